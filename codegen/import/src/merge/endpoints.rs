//! New and removed endpoints.

use std::cmp::Reverse;
use std::collections::HashMap;

use indexmap::IndexMap;

use super::Draft;
use super::paths::{path, unspeakable};
use crate::pair::{EndpointRef, Pairs};
use crate::propose::{self, TakenNames};
use crate::published::{Api, Operation};
use crate::todo::Todo;
use front_codegen::spec::model::{Endpoint, Resource};

/// The text under `deprecated` until somebody writes a better one.
pub(super) const DEPRECATED: &str = "Front advises against it.";

/// The text under `about` of a resource until somebody writes a better one.
const RESOURCE: &str = "Calls that Front lists under this name.";

/// The description of a permission until somebody writes a better one.
pub(super) const CAPABILITY: &str = "A permission that no sentence explains yet.";

/// Returns whether a text is a placeholder that an import wrote.
pub(crate) fn is_placeholder(text: &str) -> bool {
    [DEPRECATED, RESOURCE, CAPABILITY].contains(&text)
}

/// Removes endpoints and their variants.
pub(super) fn gone(draft: &mut Draft, gone: &[EndpointRef]) {
    for endpoint_ref in gone {
        let endpoints = &mut draft.resources[endpoint_ref.resource].endpoints;
        endpoints.shift_remove(&endpoint_ref.endpoint);
        endpoints.retain(|_, other| {
            other.variant_of.as_ref() != Some(&endpoint_ref.endpoint)
        });
        let full = format!(
            "{}.{}",
            draft.resources[endpoint_ref.resource].resource, endpoint_ref.endpoint
        );
        for resource in &mut draft.resources {
            for endpoint in resource.endpoints.values_mut() {
                if endpoint.replaced_by.as_ref() == Some(&full) {
                    endpoint.replaced_by = None;
                }
            }
        }
    }
}

/// Adds a stub for each new endpoint, in the resource with most calls of its group.
pub(super) fn new<'a>(
    draft: &mut Draft,
    api: &'a Api,
    pairs: &Pairs<'a>,
    since: Option<&str>,
    todo: &mut Vec<Todo>,
) {
    let mut beside = TakenNames::of(&draft.resources);
    let mut homes = ResourceGroups::of(draft, api, pairs);
    for (id, operation) in &pairs.new {
        if let Some(why) = unspeakable(operation) {
            todo.push(Todo::new(*id, format!("left out, because {why}")));
            continue;
        }
        let home = homes.home(draft, operation, &beside);
        let name = propose::endpoint_name(id, &draft.resources, home, &mut beside);
        let endpoint = Endpoint {
            operation: (*id).to_owned(),
            method: operation.method.clone(),
            path: path(&operation.path),
            about: None,
            search_words: Vec::new(),
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

/// The resources that new endpoints are added to.
struct ResourceGroups<'a> {
    /// By group, the resource with most of its calls; the first of several.
    groups: HashMap<Option<&'a str>, usize>,
    /// The resources by name.
    names: HashMap<String, usize>,
}

impl<'a> ResourceGroups<'a> {
    fn of(draft: &Draft, api: &'a Api, pairs: &Pairs<'a>) -> Self {
        let mut groups: HashMap<Option<&str>, usize> = HashMap::new();
        for (number, resource) in draft.resources.iter().enumerate() {
            for endpoint in resource.endpoints.values() {
                if let Some(of) = api.operations.get(&endpoint.operation) {
                    groups.entry(of.group.as_deref()).or_insert(number);
                }
            }
        }
        let mut counts: HashMap<(Option<&str>, usize), usize> = HashMap::new();
        for (endpoint_ref, _, of) in &pairs.both {
            *counts.entry((of.group.as_deref(), endpoint_ref.resource)).or_default() +=
                1;
        }
        let mut most: HashMap<Option<&str>, (usize, Reverse<usize>)> = HashMap::new();
        for ((group, resource), count) in counts {
            let best = most.entry(group).or_insert((0, Reverse(resource)));
            *best = (*best).max((count, Reverse(resource)));
        }
        let most = most.into_iter();
        groups.extend(most.map(|(group, (_, Reverse(resource)))| (group, resource)));
        let names = draft.resources.iter().enumerate();
        let names = names.map(|(number, of)| (of.resource.clone(), number)).collect();
        Self { groups, names }
    }

    /// Returns the resource of a new endpoint, and creates it if there is none.
    fn home(
        &mut self,
        draft: &mut Draft,
        operation: &'a Operation,
        beside: &TakenNames,
    ) -> usize {
        let group = operation.group.as_deref();
        if let Some(known) = self.groups.get(&group) {
            return *known;
        }
        let name = propose::resource_name(operation, beside);
        let number = *self.names.entry(name.clone()).or_insert_with(|| {
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
        });
        self.groups.insert(group, number);
        number
    }
}
