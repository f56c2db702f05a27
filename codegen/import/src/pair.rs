//! Matches the endpoints of the spec with the calls of the document.

use std::collections::HashMap;

use super::published::{Api, Operation};
use front_codegen::spec::model::{Endpoint, Resource};

/// A reference to an endpoint: the index of its resource, and its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct EndpointRef {
    pub(super) resource: usize,
    pub(super) endpoint: String,
}

/// The matched endpoints and calls.
#[derive(Debug, Default)]
pub(super) struct Pairs<'a> {
    /// The calls that both have, in the order of the spec.
    pub(super) both: Vec<(EndpointRef, &'a str, &'a Operation)>,
    /// Endpoints that the document does not have. Excludes variants and endpoints that a correction keeps.
    pub(super) gone: Vec<EndpointRef>,
    /// Calls that the spec does not have, in the order of the document.
    pub(super) new: Vec<(&'a str, &'a Operation)>,
}

/// Finds for each endpoint its call: the one with its `operationId`, or else the one with its method and path.
pub(super) fn pair<'a>(resources: &[Resource], api: &'a Api) -> Pairs<'a> {
    let mut ours: Vec<(EndpointRef, &Endpoint, Option<&'a str>)> = Vec::new();
    let mut left: HashMap<&str, &Operation> =
        api.operations.iter().map(|(id, of)| (id.as_str(), of)).collect();
    for (resource, of) in resources.iter().enumerate() {
        for (name, endpoint) in &of.endpoints {
            if endpoint.variant_of.is_some() {
                continue;
            }
            let known = api.operations.get_key_value(&endpoint.operation);
            let found = known
                .filter(|(id, _)| left.remove(id.as_str()).is_some())
                .map(|(id, _)| id.as_str());
            ours.push((
                EndpointRef { resource, endpoint: name.clone() },
                endpoint,
                found,
            ));
        }
    }
    let mut by_path: HashMap<(String, String), &'a str> = HashMap::new();
    for (id, operation) in api.operations.iter().rev() {
        if left.contains_key(id.as_str()) {
            by_path.insert(route(&operation.method, &operation.path), id);
        }
    }
    let mut pairs = Pairs::default();
    for (endpoint_ref, endpoint, found) in ours {
        let found =
            found.or_else(|| by_path.remove(&route(&endpoint.method, &endpoint.path)));
        match found {
            Some(id) => {
                left.remove(id);
                pairs.both.push((endpoint_ref, id, &api.operations[id]));
            }
            None if api.kept.contains(&endpoint.operation) => {}
            None => pairs.gone.push(endpoint_ref),
        }
    }
    pairs.new = api
        .operations
        .iter()
        .filter(|(id, _)| left.contains_key(id.as_str()))
        .map(|(id, of)| (id.as_str(), of))
        .collect();
    pairs
}

fn route(method: &str, path: &str) -> (String, String) {
    (method.to_owned(), by_position(path))
}

/// Returns a path without the names of its placeholders.
pub(super) fn by_position(path: &str) -> String {
    let segments: Vec<&str> = path
        .split('/')
        .map(|segment| if segment.starts_with('{') { "{}" } else { segment })
        .collect();
    segments.join("/")
}
