//! Endpoints that come and go.

use std::cmp::Reverse;
use std::collections::HashMap;

use indexmap::IndexMap;

use super::Draft;
use super::paths::{path, unspeakable};
use crate::pair::{Pairs, Spot};
use crate::propose::{self, Beside};
use crate::published::{Api, Operation};
use crate::todo::Todo;
use front_codegen::spec::model::{Endpoint, Resource};

/// What stands under `deprecated` until somebody says more.
pub(super) const DEPRECATED: &str = "Front advises against it.";

/// What stands under `about` of a resource until somebody says more.
const RESOURCE: &str = "Calls that Front lists under this name.";

/// What stands beside a permission until somebody says more.
pub(super) const CAPABILITY: &str = "A permission that no sentence explains yet.";

/// Whether a sentence is one that an import wrote for want of a better one.
pub(crate) fn is_placeholder(text: &str) -> bool {
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
pub(super) fn new<'a>(
    draft: &mut Draft,
    api: &'a Api,
    pairs: &Pairs<'a>,
    since: Option<&str>,
    todo: &mut Vec<Todo>,
) {
    let mut beside = Beside::of(&draft.resources);
    let mut homes = Homes::of(draft, api, pairs);
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
struct Homes<'a> {
    /// By group, the resource with most of its calls; the first of several.
    groups: HashMap<Option<&'a str>, usize>,
    /// The resources by name.
    names: HashMap<String, usize>,
}

impl<'a> Homes<'a> {
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
        for (spot, _, of) in &pairs.both {
            *counts.entry((of.group.as_deref(), spot.resource)).or_default() += 1;
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
        beside: &Beside,
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
