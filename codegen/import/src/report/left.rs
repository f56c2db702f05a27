//! The tasks that an import leaves to people: descriptions, arguments, webhooks.

use super::{Todo, lost, marks};
use indexmap::IndexMap;

use crate::merge::{Draft, is_placeholder, required};
use front_codegen::spec::model::{Endpoint, Field, Type};

/// The task if everything is new.
const EVERYTHING: &str = "everything is new: check the names, write descriptions, mark fields as `text`, `secret` or `timestamp`, and add the ids of resources and the rate limits and webhooks of calls; `cargo xtask check` reports what is missing";

/// Returns the remaining tasks after a change from one state of the spec to another.
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
                "describe in front.yaml what it allows",
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
                "describe it under `about`, and add an `id` if it has one",
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
            // For a new type, checking the type as a whole is enough.
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
                let what = format!("check its name, {} and {last}", first.join(", "));
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
                        format!("the response of its base endpoint `{name}` changed: check whether its own response changed, too"),
                    ));
                }
            }
            if old.deprecated.is_none() && endpoint.deprecated.is_some() {
                todo.push(Todo::new(&full, "write the reason under `deprecated`, and the replacement under `replaced_by`"));
            }
            for key in required(endpoint, &after.resources) {
                if !endpoint.arguments.contains(&key) {
                    todo.push(Todo::new(
                        &full,
                        format!("`{key}` is now required: add it to `arguments`, which breaks the callers of a released call; if every call sends the same value, write it under `fixed`; if the document is wrong, add an entry to corrections.yaml"),
                    ));
                }
            }
        }
    }
    todo.extend(advised(before, after));
    if !types.is_empty() {
        todo.push(Todo::new(
            types.join(", "),
            "describe it under `about`, and check its name",
        ));
    }
    todo.extend(unmarked);
    if !fields.is_empty() {
        todo.push(Todo::new(
            fields.join(", "),
            "describe it, and check whether a string is `text` or `secret` (neither is shown in logs) or an id, and a number a `timestamp`",
        ));
    }
    todo
}

/// Returns the fields of a type that are new.
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
    let what = "write under `deprecated` the reason and the replacement";
    (!all.is_empty()).then(|| Todo::new(all.join(", "), what))
}
