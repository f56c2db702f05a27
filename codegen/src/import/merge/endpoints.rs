//! Endpoints that come and go.

use indexmap::IndexMap;

use super::Draft;
use super::paths::{path, unspeakable};
use crate::import::pair::{Pairs, Spot};
use crate::import::propose;
use crate::import::published::{Api, Operation};
use crate::import::report::Todo;
use crate::spec::model::{Endpoint, Resource};

/// What stands under `deprecated` until somebody says more.
pub(super) const DEPRECATED: &str = "Front advises against it.";

/// What stands under `about` of a resource until somebody says more.
const RESOURCE: &str = "Calls that Front lists under this name.";

/// What stands beside a permission until somebody says more.
pub(super) const CAPABILITY: &str = "A permission that no sentence explains yet.";

/// Whether a sentence is one that an import wrote for want of a better one.
pub(in crate::import) fn is_placeholder(text: &str) -> bool {
    [DEPRECATED, RESOURCE, CAPABILITY].contains(&text)
}

/// Removes endpoints, with the second forms of the same calls.
pub(super) fn gone(draft: &mut Draft, gone: &[Spot]) {
    for spot in gone {
        let endpoints = &mut draft.resources[spot.resource].endpoints;
        endpoints.shift_remove(&spot.endpoint);
        endpoints.retain(|_, other| other.variant_of.as_ref() != Some(&spot.endpoint));
        let full =
            format!("{}.{}", draft.resources[spot.resource].resource, spot.endpoint);
        for resource in &mut draft.resources {
            for endpoint in resource.endpoints.values_mut() {
                if endpoint.replaced_by.as_ref() == Some(&full) {
                    endpoint.replaced_by = None;
                }
            }
        }
    }
}

/// Adds endpoints, each as a stub in the resource where most calls of its group are.
pub(super) fn new(
    draft: &mut Draft,
    api: &Api,
    pairs: &Pairs<'_>,
    since: Option<&str>,
    todo: &mut Vec<Todo>,
) {
    for (id, operation) in &pairs.new {
        if let Some(why) = unspeakable(operation) {
            todo.push(Todo::new(*id, format!("left out, because {why}")));
            continue;
        }
        let home = home(draft, api, pairs, operation);
        let name = propose::endpoint_name(id, &draft.resources, home);
        let endpoint = Endpoint {
            operation: (*id).to_owned(),
            method: operation.method.clone(),
            path: path(&operation.path),
            about: None,
            note: None,
            capability: "none".to_owned(),
            published_scope: None,
            access: None,
            acts_on: None,
            rate_limit: None,
            webhook: "none".to_owned(),
            since: since.map(str::to_owned),
            deprecated: None,
            replaced_by: None,
            repeat: None,
            redirects: None,
            variant_of: None,
            accept: None,
            params: IndexMap::new(),
            query: IndexMap::new(),
            headers: IndexMap::new(),
            arguments: Vec::new(),
            body: None,
            list: None,
            paged: None,
            max_page: None,
            returns: None,
        };
        draft.resources[home].endpoints.insert(name, endpoint);
    }
}

/// The resource of a new endpoint.
fn home(
    draft: &mut Draft,
    api: &Api,
    pairs: &Pairs<'_>,
    operation: &Operation,
) -> usize {
    let mut most: Option<(usize, usize)> = None;
    for resource in 0..draft.resources.len() {
        let of_group = pairs
            .both
            .iter()
            .filter(|(spot, _, of)| {
                spot.resource == resource && of.group == operation.group
            })
            .count();
        if of_group > 0 && most.is_none_or(|(_, best)| of_group > best) {
            most = Some((resource, of_group));
        }
    }
    if let Some((resource, _)) = most {
        return resource;
    }
    // One that an earlier new endpoint of the same group went to.
    let of_group = |endpoint: &Endpoint| {
        api.operations
            .get(&endpoint.operation)
            .is_some_and(|of| of.group == operation.group)
    };
    let name = propose::resource_name(operation, &draft.resources);
    let found = draft
        .resources
        .iter()
        .position(|resource| resource.endpoints.values().any(of_group))
        .or_else(|| {
            draft.resources.iter().position(|resource| resource.resource == name)
        });
    if let Some(found) = found {
        return found;
    }
    let noun = name.replace('_', " ");
    draft.resources.push(Resource {
        resource: name,
        about: RESOURCE.to_owned(),
        noun: Some(propose::singular(&noun)),
        note: None,
        id: None,
        endpoints: IndexMap::new(),
        types: IndexMap::new(),
    });
    draft.resources.len() - 1
}
