//! Paths: the placeholders and their types.

use std::ops::Range;

use super::context::{At, Context};
use super::fields;
use super::index::{Index, unknown_type};
use crate::ir::{PathParam, Scalar, Ty, ValueLimits};
use crate::names::{Name, nearest};
use crate::problem::{Code, Problem};
use crate::spec::model;

/// Resolves the placeholders of a path, in its order.
pub(super) fn params(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    endpoint: &model::Endpoint,
    at: &At,
) -> Vec<PathParam> {
    let path_at = at.then("path");
    let placeholders = match placeholders(&endpoint.path) {
        Ok(placeholders) => placeholders,
        Err((part, why)) => {
            let place = cx.part(cx.value(&path_at), &endpoint.path, part);
            let problem =
                Problem::new(Code::BadPath, format!("invalid path `{}`", endpoint.path));
            cx.report(problem.at(place).label(why));
            return Vec::new();
        }
    };
    for wire in endpoint.params.keys() {
        if !placeholders.iter().any(|(name, _)| name == wire) {
            let problem =
                Problem::new(Code::UnusedParam, format!("the path has no `{{{wire}}}`"));
            let problem = problem.at(cx.key(&at.then("params").then(wire)));
            let problem = match nearest(wire, placeholders.iter().map(|(name, _)| *name))
            {
                Some(near) => problem.label(format!("did you mean `{near}`?")),
                None => problem.label("`params` describes the placeholders of the path"),
            };
            let path = cx.value(&path_at);
            cx.report(problem.also(path, "the path"));
        }
    }
    placeholders
        .into_iter()
        .map(|(wire, part)| match endpoint.params.get(wire) {
            Some(written) => {
                described(cx, index, wire, written, &at.then("params").then(wire))
            }
            None => by_id(cx, index, wire, endpoint, part, &path_at),
        })
        .collect()
}

/// The name of a placeholder, and its range in the path.
type Placeholder<'a> = (&'a str, Range<usize>);

/// Parses the placeholders of a path. Returns the invalid part and what is expected as an error.
fn placeholders(
    path: &str,
) -> Result<Vec<Placeholder<'_>>, (Range<usize>, &'static str)> {
    let Some(rest) = path.strip_prefix('/') else {
        return Err((0..path.len(), "a path begins with `/`"));
    };
    let mut found: Vec<Placeholder<'_>> = Vec::new();
    let mut start = 1;
    let segments: Vec<&str> = rest.split('/').collect();
    for (number, segment) in segments.iter().enumerate() {
        let part = start..start + segment.len();
        start = part.end + 1;
        if segment.is_empty() && number + 1 < segments.len() {
            return Err((part.start - 1..part.end + 1, "an empty segment"));
        }
        if let Some(name) =
            segment.strip_prefix('{').and_then(|inner| inner.strip_suffix('}'))
        {
            let plain = |byte: u8| {
                byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'
            };
            if !name.starts_with(|c: char| c.is_ascii_lowercase())
                || !name.bytes().all(plain)
            {
                return Err((
                    part,
                    "a placeholder consists of lower-case letters, digits and `_`",
                ));
            }
            if found.iter().any(|(known, _)| *known == name) {
                return Err((part, "duplicate placeholder"));
            }
            found.push((name, part));
        } else if segment.contains(['{', '}']) {
            return Err((
                part,
                "a placeholder is written `{..}` and must be a whole segment",
            ));
        } else if !segment
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte))
        {
            return Err((
                part,
                "only letters, digits, `-`, `_`, `.` and `~` are allowed",
            ));
        }
    }
    Ok(found)
}

/// Resolves a placeholder that `params` describes.
fn described(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    wire: &str,
    written: &model::Field,
    at: &At,
) -> PathParam {
    let def = &written.0;
    let ty = index.bare(cx, &def.phrase, at, "a path parameter is always present");
    let fits = ty.as_ref().is_none_or(|ty| match ty {
        Ty::Id(_) => true,
        Ty::Scalar(scalar) => !matches!(scalar, Scalar::Json | Scalar::File),
        Ty::Named(id) => index.is_enumeration(*id),
        Ty::List(_) | Ty::Map(_) => false,
    });
    if !fits {
        let problem = Problem::new(
            Code::MisplacedType,
            format!("a path parameter cannot be of type `{}`", def.phrase),
        );
        let place = cx.phrase(at);
        cx.report(problem.at(place).label(
            "an id, an enumeration or a scalar other than `json` and `file` is expected",
        ));
    }
    let ty = ty.unwrap_or_else(unknown_type);
    let name = match (&def.name, &ty) {
        (None, Ty::Id(_)) => of_id(wire),
        (Some(text), Ty::Id(_)) => {
            let at = at.then("name");
            let place = cx.value(&at);
            let given = cx.snake(text, place);
            if of_id(wire).is_some_and(|by_key| by_key == given) {
                cx.redundant(&at, "the name that follows from the placeholder");
            }
            Some(given)
        }
        _ => Some(fields::name(cx, wire, def, at)),
    };
    let name = name.unwrap_or_else(super::context::placeholder);
    let (about, word) = match (&def.about, &ty) {
        (None, Ty::Id(_)) => (Vec::new(), None),
        _ => fields::about(cx, wire, def, at),
    };
    PathParam {
        source: cx.node(at),
        wire: wire.to_owned(),
        name,
        about,
        word,
        note: def.note.clone(),
        limits: fields::value_limits(def),
        default: fields::default(index, def, Some(&ty), false),
        ty,
    }
}

/// Resolves the placeholder of an id.
fn by_id(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    wire: &str,
    endpoint: &model::Endpoint,
    part: Range<usize>,
    path_at: &At,
) -> PathParam {
    let ty = match index.placeholders.get(wire) {
        Some(id) => Ty::Id(*id),
        None => {
            let place = cx.part(cx.value(path_at), &endpoint.path, part);
            let problem = Problem::new(
                Code::UntypedPlaceholder,
                format!("the placeholder `{{{wire}}}` has no type"),
            );
            let mut known: Vec<&str> = index.placeholders.keys().copied().collect();
            known.sort_unstable();
            let problem = match nearest(wire, known) {
                Some(near) => problem.label(format!("did you mean `{{{near}}}`?")),
                None => problem.label("no id lists it under `params`"),
            };
            cx.report(problem.at(place).help(format!(
                "if it is an id, write `- {wire}` under `params` of that `id`; otherwise write `{wire}: string` under `params` of the endpoint"
            )));
            unknown_type()
        }
    };
    let name = of_id(wire).unwrap_or_else(super::context::placeholder);
    PathParam {
        source: cx.node(path_at),
        wire: wire.to_owned(),
        name,
        ty,
        about: Vec::new(),
        word: None,
        note: None,
        limits: ValueLimits::default(),
        default: None,
    }
}

/// Returns `conversation` for `{conversation_id}`: the type of the argument already shows that it is an id.
fn of_id(wire: &str) -> Option<Name> {
    Name::new(wire.strip_suffix("_id").filter(|rest| !rest.is_empty()).unwrap_or(wire))
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_placeholders() {
        assert_eq!(placeholders("/tags").unwrap(), []);
        assert_eq!(
            placeholders("/tags/{tag_id}/children/{child}/").unwrap(),
            [("tag_id", 6..14), ("child", 24..31)]
        );
    }

    #[test]
    fn refuses_what_is_no_path() {
        for path in [
            "", "tags", "/a//b", "/{}", "/{A}", "/{a}/{a}", "/x{a}", "/{a", "/a}",
            "/a b", "/a?b=c", "/é",
        ] {
            let (part, _) = placeholders(path).unwrap_err();
            assert!(path.get(part).is_some(), "{path}");
        }
    }
}
