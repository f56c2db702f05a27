//! Resolves name collisions in Rust.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::Draft;
use super::paths::placeholders;
use crate::propose::{KEPT_FIELDS, KEPT_INPUTS, field_name};
use front_codegen::names::Name;
use front_codegen::spec::model::{Field, FieldDef, Resource};

/// Adds a `name` if the key is not a valid Rust name or the name is taken.
pub(super) fn settle(draft: &mut Draft) {
    let bodies: HashSet<String> = draft
        .resources
        .iter()
        .flat_map(|resource| resource.endpoints.values())
        .filter_map(|endpoint| endpoint.body.clone())
        .collect();
    let kept: Vec<&str> =
        KEPT_INPUTS.iter().flat_map(|kept| kept.iter().copied()).collect();
    for resource in &mut draft.resources {
        for (name, of) in &mut resource.types {
            let is_body = bodies.contains(name);
            let all: Vec<&str> = KEPT_FIELDS
                .iter()
                .copied()
                .chain(kept.iter().copied().filter(|_| is_body))
                .collect();
            if let Some(fields) = &mut of.fields {
                disambiguate(fields, &HashSet::new(), &all, "field");
            }
            for group in
                of.choice.iter_mut().flat_map(|choice| choice.cases.values_mut())
            {
                disambiguate(group, &HashSet::new(), &["this"], "field");
            }
        }
    }
    let of_bodies: IndexMap<String, HashSet<String>> = draft
        .resources
        .iter()
        .flat_map(|resource| &resource.types)
        .filter(|(name, _)| bodies.contains(*name))
        .map(|(name, of)| {
            (
                name.clone(),
                of.fields
                    .iter()
                    .flatten()
                    .filter_map(|(key, field)| name_of(key, field))
                    .collect(),
            )
        })
        .collect();
    let ids = ids(&draft.resources);
    for resource in &mut draft.resources {
        for endpoint in resource.endpoints.values_mut() {
            let mut taken: HashSet<String> = endpoint
                .body
                .as_ref()
                .and_then(|body| of_bodies.get(body))
                .cloned()
                .unwrap_or_default();
            disambiguate(&mut endpoint.query, &taken, &kept, "query");
            taken.extend(
                endpoint.query.iter().filter_map(|(key, field)| name_of(key, field)),
            );
            disambiguate(&mut endpoint.headers, &taken, &kept, "header");
            let names = endpoint.headers.iter();
            taken.extend(names.filter_map(|(key, field)| name_of(key, field)));
            let names: Vec<String> =
                placeholders(&endpoint.path).map(str::to_owned).collect();
            for wire in names {
                let by_id = |field: Option<&Field>| {
                    field.map_or(ids.iter().find(|(param, _)| *param == wire), |field| {
                        ids.iter().find(|(_, id)| *id == field.0.phrase)
                    })
                };
                let param = endpoint.params.get(&wire);
                let id = by_id(param).map(|(_, id)| id.clone());
                let named = param.and_then(|field| field.0.name.clone());
                let key = match &id {
                    Some(_) => wire
                        .strip_suffix("_id")
                        .filter(|rest| !rest.is_empty())
                        .unwrap_or(&wire),
                    None => &wire,
                };
                let name = named.clone().or_else(|| {
                    Name::new(if key == "type" { "kind" } else { key })
                        .ok()
                        .map(|name| name.plain().to_owned())
                });
                let kept = ["input", "request", "front"];
                if name.as_ref().is_some_and(|name| {
                    !taken.contains(name) && !kept.contains(&name.as_str())
                }) {
                    taken.extend(name);
                    continue;
                }
                if let Some(new) = field_name(key, &taken, &kept, "path") {
                    taken.insert(new.clone());
                    let phrase = id.unwrap_or_else(|| "string".to_owned());
                    let field = endpoint.params.entry(wire).or_insert_with(|| {
                        Field(FieldDef { phrase, ..FieldDef::default() })
                    });
                    field.0.name = Some(new);
                }
            }
        }
    }
}

/// Returns the placeholders and their ids.
fn ids(resources: &[Resource]) -> Vec<(String, String)> {
    resources
        .iter()
        .filter_map(|resource| resource.id.as_ref())
        .flat_map(|id| id.params.iter().map(|param| (param.clone(), id.name.clone())))
        .collect()
}

/// Returns the name of a field in Rust.
fn name_of(key: &str, field: &Field) -> Option<String> {
    let text =
        field.0.name.as_deref().unwrap_or(if key == "type" { "kind" } else { key });
    Name::new(text).ok().map(|name| name.plain().to_owned())
}

fn disambiguate(
    fields: &mut IndexMap<String, Field>,
    before: &HashSet<String>,
    kept: &[&str],
    prefix: &str,
) {
    let mut taken = before.clone();
    // Somebody chose an explicit name.
    for (key, field) in fields.iter().filter(|(_, field)| field.0.name.is_some()) {
        taken.extend(name_of(key, field));
    }
    for (key, field) in fields {
        if field.0.name.is_some() || field.0.fixed.is_some() {
            continue;
        }
        field.0.name = field_name(key, &taken, kept, prefix);
        let name = name_of(key, field);
        if let Some(name) = &name
            && field.0.phrase.split(' ').any(|word| word == "nullable")
        {
            taken.insert(format!("clear_{name}"));
        }
        taken.extend(name);
    }
}
