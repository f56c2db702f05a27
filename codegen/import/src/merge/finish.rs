//! The last steps of a merge: arguments, and the removal of unused items.

use std::collections::{HashMap, HashSet};

use super::Draft;
use front_codegen::phrase::{self, Mark};
use front_codegen::spec::model::{Endpoint, Field, Resource};

/// Lists the arguments of new calls, and removes unused items.
pub(super) fn finish(before: &Draft, draft: &mut Draft) {
    arguments(before, draft);
    prune(before, draft);
    classes(before, draft);
}

/// Returns the keys of the required inputs of a call.
pub(crate) fn required(endpoint: &Endpoint, resources: &[Resource]) -> Vec<String> {
    let body = endpoint.body.as_ref().and_then(|body| {
        resources.iter().find_map(|resource| resource.types.get(body))?.fields.as_ref()
    });
    let is_required = |field: &Field| {
        field.0.fixed.is_none()
            && phrase::parse(&field.0.phrase)
                .is_ok_and(|phrase| phrase.mark == Some(Mark::Required))
    };
    endpoint
        .query
        .iter()
        .chain(&endpoint.headers)
        .chain(body.into_iter().flatten())
        .filter(|(_, field)| is_required(field))
        .map(|(key, _)| key.clone())
        .collect()
}

/// Returns the keys of all inputs of a call.
fn inputs<'a>(endpoint: &'a Endpoint, resources: &'a [Resource]) -> Vec<&'a String> {
    let body = endpoint.body.as_ref().and_then(|body| {
        resources.iter().find_map(|resource| resource.types.get(body))?.fields.as_ref()
    });
    endpoint
        .query
        .keys()
        .chain(endpoint.headers.keys())
        .chain(body.into_iter().flat_map(|fields| fields.keys()))
        .collect()
}

fn arguments(before: &Draft, draft: &mut Draft) {
    let old: HashMap<(&str, &str), &Endpoint> = before
        .resources
        .iter()
        .flat_map(|resource| {
            let of = |(name, endpoint)| {
                ((resource.resource.as_str(), String::as_str(name)), endpoint)
            };
            resource.endpoints.iter().map(of)
        })
        .collect();
    let resources = draft.resources.clone();
    for resource in &mut draft.resources {
        for (name, endpoint) in &mut resource.endpoints {
            let body = endpoint.body.as_ref().and_then(|body| {
                resources.iter().find_map(|resource| resource.types.get(body))
            });
            let there = |key: &String| {
                endpoint.query.contains_key(key)
                    || endpoint.headers.contains_key(key)
                    || body.is_some_and(|of| {
                        of.fields.as_ref().is_some_and(|fields| fields.contains_key(key))
                    })
            };
            if let Some(old) = old.get(&(resource.resource.as_str(), name.as_str())) {
                // The resolver reports keys that were not inputs before, either.
                let gone: Vec<String> = endpoint
                    .arguments
                    .iter()
                    .filter(|key| {
                        !there(key) && inputs(old, &before.resources).contains(key)
                    })
                    .cloned()
                    .collect();
                endpoint.arguments.retain(|key| !gone.contains(key));
                continue;
            }
            // All calls with one body have the same order of arguments.
            let mut needed = required(endpoint, &resources);
            let sibling = resources
                .iter()
                .flat_map(|resource| resource.endpoints.values())
                .find(|other| {
                    other.body.is_some()
                        && other.body == endpoint.body
                        && !other.arguments.is_empty()
                });
            if let Some(sibling) = sibling {
                let place = |key: &String| {
                    sibling.arguments.iter().position(|known| known == key)
                };
                needed.sort_by_key(|key| place(key).unwrap_or(usize::MAX));
            }
            endpoint.arguments = needed;
        }
    }
}

/// Removes types that are unused after this import, and empty files.
fn prune(before: &Draft, draft: &mut Draft) {
    let was_used = super::used(&before.resources, before.payload.as_deref());
    let unused_before: HashSet<&str> = before
        .resources
        .iter()
        .flat_map(|resource| resource.types.keys())
        .map(String::as_str)
        .filter(|name| !was_used.contains(name))
        .collect();
    let after = draft.resources.clone();
    let used = super::used(&after, draft.payload.as_deref());
    for resource in &mut draft.resources {
        resource.types.retain(|name, _| {
            used.contains(name.as_str()) || unused_before.contains(name.as_str())
        });
    }
    let phrases: HashSet<String> = ids_used(&draft.resources);
    let had = |name: &str| {
        before.resources.iter().find(|resource| resource.resource == name).is_none_or(
            |resource| !resource.endpoints.is_empty() || !resource.types.is_empty(),
        )
    };
    draft.resources.retain(|resource| {
        let holds = !resource.endpoints.is_empty() || !resource.types.is_empty();
        let names = resource.id.as_ref().is_some_and(|id| phrases.contains(&id.name));
        holds || names || !had(&resource.resource)
    });
}

/// Removes from front.yaml the rate-limit classes and permissions that this import left without a call.
fn classes(before: &Draft, draft: &mut Draft) {
    let lost = |of: fn(&Endpoint) -> Vec<&str>, names: Vec<&String>| -> Vec<String> {
        let has = |resources: &[Resource], name: &str| {
            resources
                .iter()
                .flat_map(|resource| resource.endpoints.values())
                .any(|endpoint| of(endpoint).contains(&name))
        };
        names
            .into_iter()
            .filter(|name| has(&before.resources, name) && !has(&draft.resources, name))
            .cloned()
            .collect()
    };
    let of_limits = lost(limits, draft.front.rate_limits.keys().collect());
    let of_scopes = lost(scopes, draft.front.capabilities.keys().collect());
    draft.front.rate_limits.retain(|name, _| !of_limits.contains(name));
    draft.front.capabilities.retain(|name, _| !of_scopes.contains(name));
}

fn limits(endpoint: &Endpoint) -> Vec<&str> {
    endpoint.rate_limit.as_deref().into_iter().collect()
}

fn scopes(endpoint: &Endpoint) -> Vec<&str> {
    let published = endpoint.published_scope.as_deref();
    std::iter::once(endpoint.capability.as_str()).chain(published).collect()
}

/// Returns all inputs of a call outside its body.
fn all_texts(endpoint: &Endpoint) -> impl Iterator<Item = &Field> {
    endpoint
        .params
        .values()
        .chain(endpoint.query.values())
        .chain(endpoint.headers.values())
}

/// Returns every word of every phrase, and the id of every placeholder.
fn ids_used(resources: &[Resource]) -> HashSet<String> {
    let mut words = HashSet::new();
    let mut add = |phrase: &str| words.extend(phrase.split(' ').map(str::to_owned));
    for resource in resources {
        for endpoint in resource.endpoints.values() {
            for field in all_texts(endpoint) {
                add(&field.0.phrase);
            }
            for phrase in endpoint
                .list
                .iter()
                .chain(endpoint.returns.iter().filter_map(|of| of.name.as_ref()))
            {
                add(phrase);
            }
        }
        for of in resource.types.values() {
            let fields = of.fields.iter().flat_map(|fields| fields.values());
            let cases = of.union.iter().flat_map(|union| union.cases.values());
            let groups = of.choice.iter().flat_map(|choice| choice.cases.values());
            for field in
                fields.chain(cases).chain(groups.flat_map(|group| group.values()))
            {
                add(&field.0.phrase);
            }
        }
    }
    let paths: Vec<&str> = resources
        .iter()
        .flat_map(|resource| resource.endpoints.values())
        .flat_map(|endpoint| super::paths::placeholders(&endpoint.path))
        .collect();
    for id in resources.iter().filter_map(|resource| resource.id.as_ref()) {
        if id.params.iter().any(|param| paths.contains(&param.as_str())) {
            words.insert(id.name.clone());
        }
    }
    words
}
