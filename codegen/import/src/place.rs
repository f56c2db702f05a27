//! The path of a fact, as `corrections.yaml` writes it, and the lookup of the fact.
//!
//! `call` is the call itself, `call.status` a fact of it, `call.query.key` a parameter and `call.header.name` a header.
//! `Root.field.field` is a field, also inside inline objects and lists of them. `Root.field.max_length` is a limit,
//! `Root.field.values` the values of an enumeration, and `Root._links` the links. A field takes precedence over a limit of the
//! same name, because only values without fields have limits.

mod fact_ref;

use std::fmt;

use indexmap::IndexMap;

use super::lower::LINKS;
use super::published::{Answer, Api, Field, Kind, Object, Shape};
use fact_ref::{CallFact, Limit};
pub(super) use fact_ref::{FactRef, KEPT, NONE};
use front_codegen::spec::model::Fact;

/// The path of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FactPath {
    text: String,
}

/// The last steps of the paths that have several values.
const SEVERAL: &[&str] = &["values", "allowed", LINKS];

impl FactPath {
    /// Parses a path. Returns `None` if it is malformed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_step =
            |step: &str| !step.is_empty() && !step.contains(char::is_whitespace);
        text.split('.').all(is_step).then(|| Self { text: text.to_owned() })
    }

    /// Returns whether it is the bare id of a call.
    pub(super) fn is_call(&self) -> bool {
        !self.text.contains('.')
    }

    /// Returns whether the fact may have several values.
    pub(super) fn is_list(&self) -> bool {
        !self.is_call() && SEVERAL.contains(&self.last())
    }

    /// Returns whether the fact is free text.
    pub(super) fn is_free(&self) -> bool {
        !self.is_call() && self.last() == "default"
    }

    /// Returns the name of the call or schema, if the document has neither. The bare id of a call may be unknown.
    pub(super) fn unknown_name(&self, api: &Api) -> Option<&str> {
        let is_name = |name: &str| {
            api.operations.contains_key(name) || api.roots.contains_key(name)
        };
        let is_known = self.is_call() || longest(&self.text, is_name).is_some();
        (!is_known).then(|| self.text.split('.').next().unwrap_or_default())
    }

    fn last(&self) -> &str {
        self.text.rsplit('.').next().unwrap_or_default()
    }

    /// Returns the fact in the document.
    ///
    /// # Errors
    ///
    /// Returns which step does not exist, without a final period.
    pub fn value(&self, api: &mut Api) -> Result<Fact, String> {
        self.locate(api).map(|fact_ref| fact_ref.value())
    }

    /// Finds the fact.
    pub(super) fn locate<'a>(&'a self, api: &'a mut Api) -> Result<FactRef<'a>, String> {
        if self.is_call() {
            let there = api.operations.contains_key(&self.text);
            return Ok(FactRef::Call { there, id: &self.text, kept: &mut api.kept });
        }
        let call = longest(&self.text, |name| api.operations.contains_key(name));
        let root = longest(&self.text, |name| api.roots.contains_key(name));
        match (call, root) {
            // An inline body or response of a call is a root that is named after the call.
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
                match CallFact::of(of_call) {
                    Some(CallFact::Paged | CallFact::MaxPage)
                        if !matches!(operation.answer, Answer::List { .. }) =>
                    {
                        Err(format!("the response of `{call}` is not a list"))
                    }
                    Some(word) => Ok(FactRef::Fact { operation, word }),
                    None => Err(format!("a call has no fact `{of_call}`")),
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

impl fmt::Display for FactPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Returns the longest prefix of a path that is a name, and the rest.
fn longest(text: &str, is_name: impl Fn(&str) -> bool) -> Option<(&str, &str)> {
    text.rmatch_indices('.')
        .map(|(dot, _)| (&text[..dot], &text[dot + 1..]))
        .find(|(name, _)| is_name(name))
}

fn nowhere(what: &str) -> String {
    format!("the document has no `{what}`")
}

/// Finds the fact at `rest` below a shape. `whole` is the complete path.
fn below<'a>(
    shape: &'a mut Shape,
    rest: &'a str,
    whole: &str,
) -> Result<FactRef<'a>, String> {
    let limit = Limit::of(rest);
    match shape.kind {
        Kind::List(_) if limit.is_some_and(Limit::of_list) => {}
        Kind::List(ref mut item) => return below(item, rest, whole),
        Kind::Object(ref mut object) => return inside(object, rest, whole),
        Kind::Named(ref name) => {
            let (step, _) = rest.split_once('.').unwrap_or((rest, ""));
            return Err(format!("the type is `{name}`: write `{name}.{step}`"));
        }
        Kind::OneOf(_) => return Err("the value has several shapes".to_owned()),
        _ => {}
    }
    match limit {
        Some(limit) => Ok(FactRef::Limit { shape, limit }),
        None => Err(nowhere(whole)),
    }
}

/// Finds the fact at `rest` of an object.
fn inside<'a>(
    object: &'a mut Object,
    rest: &'a str,
    whole: &str,
) -> Result<FactRef<'a>, String> {
    if rest == LINKS {
        return Ok(FactRef::Links(&mut object.links));
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

/// Finds the fact at `rest` of some fields.
fn within<'a>(
    fields: &'a mut IndexMap<String, Field>,
    rest: &'a str,
    whole: &str,
) -> Result<FactRef<'a>, String> {
    match rest.split_once('.') {
        None => Ok(FactRef::Field { fields, key: rest }),
        Some((key, rest)) => match fields.get_mut(key) {
            Some(field) => below(&mut field.shape, rest, whole),
            None => Err(nowhere(
                whole.strip_suffix(rest).unwrap_or(whole).trim_end_matches('.'),
            )),
        },
    }
}
