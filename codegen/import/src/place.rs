//! The address of a fact, as `corrections.yaml` writes it, and the way there.
//!
//! `call` is the call itself; `call.status` a fact of it; `call.query.key` a parameter, `call.header.name` a header; `Root.field.field` a field, through
//! objects in place and lists of them; `Root.field.max_length` a limit, `Root.field.values` the values of an enumeration,
//! `Root._links` the links. A field comes before a limit of the same name, since only what has no fields has limits.

mod spot;

use std::fmt;

use indexmap::IndexMap;

use super::lower::LINKS;
use super::published::{Answer, Api, Field, Kind, Object, Shape};
use front_codegen::spec::model::Fact;
pub(super) use spot::{KEPT, NONE, Spot};
use spot::{Limit, Word};

/// The address of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    text: String,
}

/// The last step of a place that holds several values.
const SEVERAL: &[&str] = &["values", "allowed", LINKS];

impl Place {
    /// Reads an address. None for what is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_step =
            |step: &str| !step.is_empty() && !step.contains(char::is_whitespace);
        text.split('.').all(is_step).then(|| Self { text: text.to_owned() })
    }

    /// Whether it is a call as a whole, by its id.
    pub(super) fn is_call(&self) -> bool {
        !self.text.contains('.')
    }

    /// Whether it may hold several values.
    pub(super) fn is_list(&self) -> bool {
        !self.is_call() && SEVERAL.contains(&self.last())
    }

    /// Whether what it holds is free text.
    pub(super) fn is_free(&self) -> bool {
        !self.is_call() && self.last() == "default"
    }

    fn last(&self) -> &str {
        self.text.rsplit('.').next().unwrap_or_default()
    }

    /// What the document says there.
    ///
    /// # Errors
    ///
    /// How far the address leads, as a sentence without a full stop, where it leads to no fact.
    pub fn said(&self, api: &mut Api) -> Result<Fact, String> {
        self.locate(api).map(|spot| spot.said())
    }

    /// The fact.
    pub(super) fn locate<'a>(&'a self, api: &'a mut Api) -> Result<Spot<'a>, String> {
        if self.is_call() {
            let there = api.operations.contains_key(&self.text);
            return Ok(Spot::Call { there, id: &self.text, kept: &mut api.kept });
        }
        let call = longest(&self.text, |name| api.operations.contains_key(name));
        let root = longest(&self.text, |name| api.roots.contains_key(name));
        match (call, root) {
            // What a call sends or answers in place is a root that is named after it.
            (Some((call, of_call)), root)
                if root.is_none_or(|(name, _)| name.len() <= call.len()) =>
            {
                let operation =
                    api.operations.get_mut(call).ok_or_else(|| nowhere(call))?;
                if let Some((word, rest)) = of_call.split_once('.') {
                    if word == "query" {
                        return within(&mut operation.query, rest, &self.text);
                    }
                    if word == "header" {
                        return within(&mut operation.headers, rest, &self.text);
                    }
                    return Err(nowhere(&self.text));
                }
                match Word::of(of_call) {
                    Some(Word::Paged | Word::MaxPage)
                        if !matches!(operation.answer, Answer::List { .. }) =>
                    {
                        Err(format!("`{call}` answers with no list"))
                    }
                    Some(word) => Ok(Spot::Fact { operation, word }),
                    None => Err(format!("a call has no `{of_call}`")),
                }
            }
            (_, Some((root, rest))) => {
                let shape = api.roots.get_mut(root).ok_or_else(|| nowhere(root))?;
                below(shape, rest, &self.text)
            }
            _ => {
                let first = self.text.split('.').next().unwrap_or_default();
                Err(format!("the document has neither a call nor a schema `{first}`"))
            }
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The longest beginning of a place that is a name, and what is behind it.
fn longest(text: &str, is_name: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    text.rmatch_indices('.')
        .map(|(dot, _)| (&text[..dot], &text[dot + 1..]))
        .find(|(name, _)| is_name(name))
}

fn nowhere(what: &str) -> String {
    format!("there is no `{what}`")
}

/// The fact at `rest` below a shape. `whole` is the place as it is written.
fn below<'a>(
    shape: &'a mut Shape,
    rest: &'a str,
    whole: &str,
) -> Result<Spot<'a>, String> {
    let limit = Limit::of(rest);
    match shape.kind {
        Kind::List(_) if limit.is_some_and(Limit::of_list) => {}
        Kind::List(ref mut item) => return below(item, rest, whole),
        Kind::Object(ref mut object) => return inside(object, rest, whole),
        Kind::Named(ref name) => {
            let (step, _) = rest.split_once('.').unwrap_or((rest, ""));
            return Err(format!("`{name}` stands there; its own is `{name}.{step}`"));
        }
        Kind::OneOf(_) => return Err("several shapes stand there".to_owned()),
        _ => {}
    }
    match limit {
        Some(limit) => Ok(Spot::Limit { shape, limit }),
        None => Err(nowhere(whole)),
    }
}

/// The fact at `rest` of an object.
fn inside<'a>(
    object: &'a mut Object,
    rest: &'a str,
    whole: &str,
) -> Result<Spot<'a>, String> {
    if rest == LINKS {
        return Ok(Spot::Links(&mut object.links));
    }
    let Object { fields, cases, .. } = object;
    let (key, behind) = rest.split_once('.').unwrap_or((rest, ""));
    let case = cases.as_mut().and_then(|cases| cases.cases.get_mut(key));
    match case {
        Some(case) if !fields.contains_key(key) && !behind.is_empty() => {
            inside(case, behind, whole)
        }
        _ => within(fields, rest, whole),
    }
}

/// The fact at `rest` of some fields.
fn within<'a>(
    fields: &'a mut IndexMap<String, Field>,
    rest: &'a str,
    whole: &str,
) -> Result<Spot<'a>, String> {
    match rest.split_once('.') {
        None => Ok(Spot::Field { fields, key: rest }),
        Some((key, rest)) => match fields.get_mut(key) {
            Some(field) => below(&mut field.shape, rest, whole),
            None => Err(nowhere(
                whole.strip_suffix(rest).unwrap_or(whole).trim_end_matches('.'),
            )),
        },
    }
}
