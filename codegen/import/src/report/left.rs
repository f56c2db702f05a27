//! What an import leaves to people: sentences, arguments, webhooks.

use super::{Todo, lost, marks};
use indexmap::IndexMap;

use crate::merge::{Draft, is_placeholder, required};
use front_codegen::spec::model::{Endpoint, Field, Type};

/// What is left where all is new.
const EVERYTHING: &str = "everything is new: look at names, say what things are and which are `text`, `secret` or a `timestamp`, give resources their ids, calls their rate limits and webhooks; `cargo xtask check` shows what is missing";

/// What is left to do after a step from one state of the spec to another.
pub(super) fn left(before: &Draft, after: &Draft) -> Vec<Todo> {
    let mut todo = Vec::new();
    if before.resources.iter().all(|resource| resource.endpoints.is_empty()) {
        if after.resources.iter().any(|resource| !resource.endpoints.is_empty()) {
            todo.push(Todo::new("spec/resources", EVERYTHING));
        }
        return todo;
    }
    for (scope, about) in &after.front.capabilities {
        if !before.front.capabilities.contains_key(scope) && is_placeholder(about) {
            todo.push(Todo::new(
                format!("`{scope}`"),
                "say in front.yaml what it allows",
            ));
        }
    }
    todo.extend(lost::lost(before, after));
    let mut fields = Vec::new();
    let mut types = Vec::new();
    let mut unmarked = Vec::new();
    for resource in &after.resources {
        let old = before.resources.iter().find(|old| old.resource == resource.resource);
        if old.is_none() {
            todo.push(Todo::new(
                &resource.resource,
                "say under `about` what it is, and give it an `id` if it has one",
            ));
        }
        for (name, of) in &resource.types {
            let old = old.and_then(|old| old.types.get(name));
            if old.is_none() && of.about.is_none() {
                types.push(name.clone());
            }
            if old.is_none() {
                unmarked.extend(marks::missing(name, of));
            }
            // Of what is new as a whole the type is enough to look at.
            if old.is_some() {
                fields.extend(new_fields(of, old).map(|key| format!("{name}.{key}")));
            }
        }
        for (name, endpoint) in &resource.endpoints {
            let full = format!("{}.{name}", resource.resource);
            let Some(old) = old.and_then(|old| old.endpoints.get(name)) else {
                let mut what = vec!["`about`", "`rate_limit`", "`webhook`"];
                if !endpoint.arguments.is_empty() {
                    what.push("the order of its arguments");
                }
                let (last, first) = what
                    .split_last()
                    .map_or(("", &[][..]), |(last, first)| (*last, first));
                let what = format!("look at its name, {} and {last}", first.join(", "));
                todo.push(Todo::new(full, what));
                continue;
            };
            let answer = |of: &Endpoint| (of.list.clone(), of.returns.clone());
            if endpoint.variant_of.is_none() && answer(old) != answer(endpoint) {
                let forms = resource
                    .endpoints
                    .iter()
                    .filter(|(_, other)| other.variant_of.as_ref() == Some(name));
                for (form, _) in forms {
                    todo.push(Todo::new(
                        format!("{}.{form}", resource.resource),
                        format!("`{name}`, of which it is a second form, answers otherwise: see whether it does too"),
                    ));
                }
            }
            if old.deprecated.is_none() && endpoint.deprecated.is_some() {
                todo.push(Todo::new(&full, "say under `deprecated` why, and under `replaced_by` what to call instead"));
            }
            for key in required(endpoint, &after.resources) {
                if !endpoint.arguments.contains(&key) {
                    todo.push(Todo::new(
                        &full,
                        format!("`{key}` is required now: add it to `arguments`, which breaks every call; if it has only one value, give it `fixed`; if the document is wrong, add it to corrections.yaml"),
                    ));
                }
            }
        }
    }
    todo.extend(advised(before, after));
    if !types.is_empty() {
        todo.push(Todo::new(
            types.join(", "),
            "say under `about` what it is, and look at its name",
        ));
    }
    todo.extend(unmarked);
    if !fields.is_empty() {
        todo.push(Todo::new(
            fields.join(", "),
            "say what it is, and whether a string is `text` or `secret` (neither is shown in logs) or an id, and a number a `timestamp`",
        ));
    }
    todo
}

/// The fields of a type that its old state did not have.
fn new_fields<'a>(
    of: &'a Type,
    old: Option<&'a Type>,
) -> impl Iterator<Item = &'a String> {
    let known = old.and_then(|old| old.fields.as_ref());
    of.fields
        .iter()
        .flatten()
        .filter(|(_, field)| field.0.about.is_none())
        .map(|(key, _)| key)
        .filter(move |key| !known.is_some_and(|known| known.contains_key(*key)))
}

/// Lists the fields that are newly deprecated.
fn advised(before: &Draft, after: &Draft) -> Option<Todo> {
    let mut all = Vec::new();
    let mut look =
        |at: &str, old: &IndexMap<String, Field>, new: &IndexMap<String, Field>| {
            for (key, field) in new {
                let is_new = |text: &&String| is_placeholder(text);
                let had = old.get(key).is_some_and(|old| old.0.deprecated.is_some());
                if field.0.deprecated.as_ref().filter(is_new).is_some() && !had {
                    all.push(format!("{at}.{key}"));
                }
            }
        };
    let none = IndexMap::new();
    for new in &after.resources {
        let old = before.resources.iter().find(|old| old.resource == new.resource);
        for (name, of) in &new.types {
            let old = old.and_then(|old| old.types.get(name)?.fields.as_ref());
            look(name, old.unwrap_or(&none), of.fields.as_ref().unwrap_or(&none));
        }
        for (name, endpoint) in &new.endpoints {
            let old = old.and_then(|old| old.endpoints.get(name));
            let at = format!("{}.{name}", new.resource);
            look(&at, old.map_or(&none, |old| &old.query), &endpoint.query);
            look(&at, old.map_or(&none, |old| &old.headers), &endpoint.headers);
        }
    }
    let what = "say under `deprecated` why, and what to use instead";
    (!all.is_empty()).then(|| Todo::new(all.join(", "), what))
}
