//! Paths of the document and of the spec.

use super::Cx;
use crate::propose;
use crate::published::Operation;
use front_codegen::ir::Method;

/// Returns why the spec cannot express a call.
pub(crate) fn unspeakable(operation: &Operation) -> Option<String> {
    if !Method::WORDS.iter().any(|(known, _)| *known == operation.method) {
        return Some(format!("the crate does not send {}", operation.method));
    }
    let path = &operation.path;
    let legal = |segment: &str| {
        segment.starts_with('{')
            && segment.ends_with('}')
            && segment.matches(['{', '}']).count() == 2
            || segment
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte))
    };
    let fine = path.strip_prefix('/').is_some_and(|rest| {
        let segments: Vec<&str> = rest.split('/').collect();
        let last = segments.len() - 1;
        segments.iter().enumerate().all(|(number, segment)| {
            (number == last || !segment.is_empty()) && legal(segment)
        })
    });
    (!fine).then(|| format!("`{path}` is not a path that the crate can write"))
}

/// Returns a path with placeholders in the form of the spec.
pub(super) fn path(published: &str) -> String {
    let mut before: Vec<String> = Vec::new();
    let segments: Vec<String> = published
        .split('/')
        .map(|segment| {
            match segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
                Some(name) => {
                    let name = propose::placeholder(name, &before);
                    before.push(name.clone());
                    format!("{{{name}}}")
                }
                None => segment.to_owned(),
            }
        })
        .collect();
    segments.join("/")
}

/// Returns a changed path. Keeps the placeholder names of the spec if their number is the same and the new names are unknown.
pub(super) fn moved(cx: &Cx<'_, '_>, ours: &str, new: &str) -> String {
    let known = |name: &str| {
        let ids = cx.resources.iter().filter_map(|resource| resource.id.as_ref());
        ids.flat_map(|id| &id.params).any(|param| param == name)
    };
    let old: Vec<&str> = placeholders(ours).collect();
    if old.len() != placeholders(new).count() {
        return new.to_owned();
    }
    let names: Vec<&str> = placeholders(new)
        .zip(&old)
        .map(|(new, old)| if known(new) { new } else { old })
        .collect();
    if (1..names.len()).any(|number| names[..number].contains(&names[number])) {
        return new.to_owned();
    }
    let mut names = names.into_iter();
    let segments: Vec<String> = new
        .split('/')
        .map(|segment| match segment.starts_with('{') {
            true => format!("{{{}}}", names.next().unwrap_or_default()),
            false => segment.to_owned(),
        })
        .collect();
    segments.join("/")
}

/// Returns the placeholders of a path of the spec.
pub(super) fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'))
}
