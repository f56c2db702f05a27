//! Texts about removed items, if a new item in the same place may be the same one under another name. An import cannot know that,
//! and the text would be lost without a decision.

use indexmap::IndexMap;

use super::Todo;
use crate::merge::{Draft, is_placeholder};
use front_codegen::spec::model::{Endpoint, Field, Resource, Type, Value};

/// A named item, and the keys that people wrote about it.
struct Named<'a> {
    key: &'a str,
    wrote: Vec<&'static str>,
}

/// Returns what to check: one line for each place, with what is gone and what is new there.
pub(super) fn lost(before: &Draft, after: &Draft) -> Vec<Todo> {
    let permissions = |of: &'_ Draft| -> Vec<(String, bool)> {
        let all = of.front.capabilities.iter();
        all.map(|(scope, about)| (scope.clone(), !is_placeholder(about))).collect()
    };
    let (was, is) = (permissions(before), permissions(after));
    let mut todo: Vec<Todo> = one(
        "front.yaml",
        "permission",
        &named_permissions(&was),
        &named_permissions(&is),
    )
    .into_iter()
    .collect();
    for new in &after.resources {
        let Some(old) = before.resources.iter().find(|old| old.resource == new.resource)
        else {
            continue;
        };
        let (was, is) = (calls(old), calls(new));
        todo.extend(one(&new.resource, "call", &was, &is));
        for (name, endpoint) in &new.endpoints {
            let Some(old) = old.endpoints.get(name) else { continue };
            let at = format!("{}.{name}", new.resource);
            for (what, was, is) in [
                ("query parameter", &old.query, &endpoint.query),
                ("header", &old.headers, &endpoint.headers),
                ("placeholder", &old.params, &endpoint.params),
            ] {
                todo.extend(one(&at, what, &fields(was), &fields(is)));
            }
        }
        let (was, is) = (types(old), types(new));
        todo.extend(one(&new.resource, "type", &was, &is));
        for (name, of) in &new.types {
            let Some(old) = old.types.get(name) else { continue };
            todo.extend(of_type(name, old, of));
        }
    }
    todo
}

fn of_type(name: &str, old: &Type, new: &Type) -> Vec<Todo> {
    let none = IndexMap::new();
    let of_fields =
        |of: &Option<IndexMap<String, Field>>| of.clone().unwrap_or_default();
    let (was, is) = (of_fields(&old.fields), of_fields(&new.fields));
    let mut todo: Vec<Todo> =
        one(name, "field", &fields(&was), &fields(&is)).into_iter().collect();
    todo.extend(one(name, "value", &values(&old.values), &values(&new.values)));
    if let (Some(was), Some(is)) = (&old.union, &new.union) {
        todo.extend(one(name, "case", &fields(&was.cases), &fields(&is.cases)));
    }
    if let (Some(was), Some(is)) = (&old.choice, &new.choice) {
        for (case, group) in &is.cases {
            let old = was.cases.get(case).unwrap_or(&none);
            let at = format!("{name}.{case}");
            todo.extend(one(&at, "field", &fields(old), &fields(group)));
        }
    }
    todo
}

/// Returns what to check in one place; `None` if no written text is gone, or nothing is new.
fn one(at: &str, what: &str, was: &[Named<'_>], is: &[Named<'_>]) -> Option<Todo> {
    let has = |all: &[Named<'_>], key: &str| all.iter().any(|one| one.key == key);
    let gone: Vec<String> = was
        .iter()
        .filter(|one| !one.wrote.is_empty() && !has(is, one.key))
        .map(|one| format!("`{}` ({})", one.key, one.wrote.join(", ")))
        .collect();
    let new: Vec<String> = is
        .iter()
        .filter(|one| !has(was, one.key))
        .map(|one| format!("`{}`", one.key))
        .collect();
    if gone.is_empty() || new.is_empty() {
        return None;
    }
    let what = format!(
        "the texts of a removed {what} are lost: {}; new here: {}. If it was only renamed, restore its texts from git",
        gone.join(", "),
        new.join(", ")
    );
    Some(Todo::new(at, what))
}

fn named_permissions(all: &[(String, bool)]) -> Vec<Named<'_>> {
    let of = |is: bool| written(&[("about", is)]);
    all.iter().map(|(key, is)| Named { key, wrote: of(*is) }).collect()
}

/// Returns the keys that have a text.
fn written(keys: &[(&'static str, bool)]) -> Vec<&'static str> {
    keys.iter().filter(|(_, is)| *is).map(|(key, _)| *key).collect()
}

fn is_written(text: &Option<String>) -> bool {
    text.as_ref().is_some_and(|text| !is_placeholder(text))
}

fn fields(all: &IndexMap<String, Field>) -> Vec<Named<'_>> {
    let of = |field: &Field| {
        let def = &field.0;
        written(&[
            ("about", is_written(&def.about)),
            ("name", def.name.is_some()),
            ("note", is_written(&def.note)),
            ("deprecated", is_written(&def.deprecated)),
            ("fixed", def.fixed.is_some()),
        ])
    };
    all.iter().map(|(key, field)| Named { key, wrote: of(field) }).collect()
}

fn values(all: &Option<Vec<Value>>) -> Vec<Named<'_>> {
    let of = |value: &Value| {
        let value_def = &value.said;
        written(&[
            ("about", is_written(&value_def.about)),
            ("name", value_def.name.is_some()),
            ("deprecated", is_written(&value_def.deprecated)),
        ])
    };
    all.iter()
        .flatten()
        .map(|value| Named { key: &value.wire, wrote: of(value) })
        .collect()
}

fn types(resource: &Resource) -> Vec<Named<'_>> {
    let of = |of: &Type| {
        written(&[
            ("about", is_written(&of.about)),
            ("note", is_written(&of.note)),
            ("deprecated", is_written(&of.deprecated)),
        ])
    };
    resource.types.iter().map(|(key, ty)| Named { key, wrote: of(ty) }).collect()
}

fn calls(resource: &Resource) -> Vec<Named<'_>> {
    let of = |of: &Endpoint| {
        written(&[
            ("about", is_written(&of.about)),
            ("note", is_written(&of.note)),
            ("rate_limit", of.rate_limit.is_some()),
            ("webhook", of.webhook != "none"),
            ("deprecated", is_written(&of.deprecated)),
        ])
    };
    resource.endpoints.iter().map(|(key, call)| Named { key, wrote: of(call) }).collect()
}
