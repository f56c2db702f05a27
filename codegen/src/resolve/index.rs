//! The index of names: types, ids, placeholders, capabilities, rate-limit classes, events.

use std::collections::HashMap;

use super::claims::Claims;
use super::context::{At, Context, placeholder};
use crate::ir::{self, Scalar};
use crate::ir::{IdId, PermissionId, RateLimitId, ResourceId, Ty, TypeId, WebhookId};
use crate::names::{Name, nearest};
use crate::phrase::{self, Phrase, Shape};
use crate::problem::{Code, Problem};
use crate::reserved::TYPE_NAMES;
use crate::spec::model;

/// The items by name.
#[derive(Default)]
pub(super) struct Index<'a> {
    types: HashMap<&'a str, Ty>,
    /// The placeholders of ids.
    pub(super) placeholders: HashMap<&'a str, IdId>,
    pub(super) permissions: HashMap<&'a str, PermissionId>,
    pub(super) rate_limits: HashMap<&'a str, RateLimitId>,
    pub(super) webhooks: HashMap<&'a str, WebhookId>,
    /// The node of each type, by index.
    pub(super) types_at: Vec<At>,
    /// The definition of each type, by index.
    pub(super) written: Vec<&'a model::Type>,
}

const IMPORTED_WHY: &str = "generated files and the runtime use this name";

/// Assigns an index to every item that can be referred to, and returns the id types.
pub(super) fn index<'a>(cx: &mut Context<'a>) -> (Index<'a>, Vec<ir::Id>) {
    let mut index = Index::default();
    let front = &cx.spec.front.1;
    index.permissions = number(front.capabilities.keys(), PermissionId);
    index.rate_limits = number(front.rate_limits.keys(), RateLimitId);
    index.webhooks = number(cx.spec.webhooks.1.events.keys(), WebhookId);
    let mut ids = Vec::new();
    let mut claims = Claims::default().reserve(TYPE_NAMES.iter().copied(), IMPORTED_WHY);
    let help = "the types of all resources share one namespace: rename one of them";
    for (number, located) in cx.resources.clone().into_iter().enumerate() {
        let top = At::top(located.file);
        if let Some(id) = &located.resource.id {
            let at = top.then("id");
            let place = cx.value(&at.then("type"));
            let name = type_name(cx, &id.name, &at.then("type"), true);
            claims.claim(cx, &name, name.camel(), place, "type", help);
            // A rejected name is still known, so that its uses are not reported, too.
            index.types.entry(&id.name).or_insert(Ty::Id(IdId(ids.len())));
            ids.push(self::id(
                cx,
                &mut index,
                id,
                name,
                IdId(ids.len()),
                (ResourceId(number), located.resource),
                &at,
            ));
        }
        for (key, of) in &located.resource.types {
            let at = top.then("types").then(key);
            let place = cx.key(&at);
            let name = type_name(cx, key, &at, false);
            claims.claim(cx, &name, name.camel(), place, "type", help);
            // A rejected name is still known, so that its uses are not reported, too.
            index.types.entry(key).or_insert(Ty::Named(TypeId(index.written.len())));
            index.types_at.push(at);
            index.written.push(of);
        }
    }
    (index, ids)
}

fn number<'a, Id>(
    keys: impl Iterator<Item = &'a String>,
    id: impl Fn(usize) -> Id,
) -> HashMap<&'a str, Id> {
    keys.enumerate().map(|(number, key)| (key.as_str(), id(number))).collect()
}

/// Returns the name of a type, which must be in the spelling of Rust.
fn type_name(cx: &mut Context<'_>, text: &str, at: &At, is_value: bool) -> Name {
    Name::of_type(text).unwrap_or_else(|why| {
        let place = if is_value { cx.value(at) } else { cx.key(at) };
        let problem =
            Problem::new(Code::WrongName, format!("invalid type name `{text}`"))
                .at(place);
        cx.report(problem.label(why));
        placeholder()
    })
}

fn id<'a>(
    cx: &mut Context<'a>,
    index: &mut Index<'a>,
    id: &'a model::Id,
    name: Name,
    number: IdId,
    (owner, resource): (ResourceId, &model::Resource),
    at: &At,
) -> ir::Id {
    for (item, param) in id.params.iter().enumerate() {
        let place = cx.value(&at.then("params").then(item));
        let Some(other) = index.placeholders.insert(param, number) else {
            continue;
        };
        let first = cx
            .resources
            .iter()
            .filter_map(|located| Some((located.file, located.resource.id.as_ref()?)))
            .nth(other.0)
            .map(|(file, of)| {
                let position = of
                    .params
                    .iter()
                    .position(|known| known == param)
                    .unwrap_or_default();
                At::top(file).then("id").then("params").then(position)
            });
        let mut problem = Problem::new(
            Code::ListedTwice,
            format!("two ids claim the placeholder `{{{param}}}`"),
        )
        .at(place)
        .label("here")
        .help(
            "list it at one id only, and under `params` of the endpoints where it is the other id",
        );
        if let Some(first) = first {
            problem = problem.also(cx.value(&first), "and here");
        }
        cx.report(problem);
    }
    let mut claims = Claims::default()
        .reserve(["as_str", "from", "new"], "every id has a method with this name");
    let prefix = &cx.spec.front.1.alias_prefix;
    let aliases = id
        .aliases
        .iter()
        .enumerate()
        .map(|(item, source)| {
            let place = cx.value(&at.then("aliases").then(item));
            let name = cx.name(
                source,
                place.clone(),
                &format!("write the word between `{prefix}:` and the value"),
            );
            claims.claim(
                cx,
                &name,
                name.snake(),
                place,
                "alias",
                &format!("remove it: an id accepts any text, including `{prefix}:..`"),
            );
            (name, source.clone())
        })
        .collect();
    if let Some(prefix) = &id.prefix
        && (prefix.is_empty()
            || !prefix.bytes().all(|byte| byte.is_ascii_alphanumeric()))
    {
        let problem =
            Problem::new(Code::InvalidValue, format!("invalid id prefix `{prefix}`"));
        let place = cx.value(&at.then("prefix"));
        cx.report(
            problem.at(place).label("letters and digits are expected, without the `_`"),
        );
    }
    let noun = resource.noun.as_ref().unwrap_or(&resource.resource);
    ir::Id {
        source: cx.node(at),
        name,
        resource: owner,
        noun: noun.replace('_', " "),
        prefix: id.prefix.clone(),
        placeholders: id.params.clone(),
        aliases,
    }
}

impl<'a> Index<'a> {
    /// Returns whether a type is an enumeration. A type without content, which was reported, counts as one.
    pub(super) fn is_enumeration(&self, id: TypeId) -> bool {
        let of = self.written[id.0];
        of.values.is_some()
            || of.fields.is_none()
                && of.union.is_none()
                && of.choice.is_none()
                && of.flag.is_none()
    }

    /// Whether a type is a boolean whose values have names.
    pub(super) fn is_flag(&self, id: TypeId) -> bool {
        self.written[id.0].flag.is_some()
    }

    /// Parses the phrase of a field and reports its problems.
    pub(super) fn phrase<'p>(
        &self,
        cx: &mut Context<'_>,
        text: &'p str,
        field: &At,
    ) -> Option<(Phrase<'p>, Ty)> {
        let place = cx.phrase(field);
        match phrase::parse(text) {
            Ok(phrase) => {
                let ty = self.ty(cx, &phrase.shape, text, &place)?;
                Some((phrase, ty))
            }
            Err(wrong) => {
                let place = cx.part(place, text, wrong.at);
                let problem = Problem::new(Code::WrongPhrase, wrong.title)
                    .at(place)
                    .label(wrong.label);
                cx.report(problem.help(phrase::GRAMMAR));
                None
            }
        }
    }

    /// Parses a phrase without `required`, `always` and `nullable`.
    pub(super) fn bare(
        &self,
        cx: &mut Context<'_>,
        text: &str,
        field: &At,
        why: &str,
    ) -> Option<Ty> {
        let (phrase, ty) = self.phrase(cx, text, field)?;
        for (written, word) in [
            (phrase.mark == Some(phrase::Mark::Required), "required"),
            (phrase.mark == Some(phrase::Mark::Always), "always"),
            (phrase.nullable, "nullable"),
        ] {
            if written {
                misplaced(cx, text, word, field, why);
            }
        }
        Some(ty)
    }

    fn ty(
        &self,
        cx: &mut Context<'_>,
        shape: &Shape<'_>,
        text: &str,
        place: &crate::problem::Place,
    ) -> Option<Ty> {
        match shape {
            Shape::List(item) => {
                Some(Ty::List(Box::new(self.ty(cx, item, text, place)?)))
            }
            Shape::Map(item) => Some(Ty::Map(Box::new(self.ty(cx, item, text, place)?))),
            Shape::Scalar(scalar) => Some(Ty::Scalar(*scalar)),
            Shape::Name(name, at) => {
                if let Some(ty) = self.types.get(name) {
                    return Some(ty.clone());
                }
                let place = cx.part(place.clone(), text, at.clone());
                let mut known: Vec<&str> = self.types.keys().copied().collect();
                known.extend(Scalar::WORDS.iter().map(|(scalar, _)| *scalar));
                known.sort_unstable();
                let problem =
                    Problem::new(Code::UnknownType, format!("unknown type `{name}`"))
                        .at(place);
                let problem = match nearest(name, known) {
                    Some(near) => problem.label(format!("did you mean `{near}`?")),
                    None => problem.label("not defined in any resource"),
                };
                cx.report(problem.help(
                    "types are defined under `types` of a resource, ids under its `id`",
                ));
                None
            }
        }
    }
}

/// Reports a word of a phrase that has no meaning at this position.
pub(super) fn misplaced(
    cx: &mut Context<'_>,
    text: &str,
    word: &str,
    field: &At,
    why: &str,
) {
    let at = text.find(word).unwrap_or_default();
    let place = cx.part(cx.phrase(field), text, at..at + word.len());
    let problem =
        Problem::new(Code::MisplacedWord, format!("`{word}` has no meaning here"));
    cx.report(problem.at(place).label(why));
}

/// The replacement of a type that was already reported.
pub(super) fn unknown_type() -> Ty {
    Ty::Scalar(Scalar::Json)
}
