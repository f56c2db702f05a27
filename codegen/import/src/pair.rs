//! Identity: which endpoint of ours is which call of the document.

use std::collections::HashMap;

use super::published::{Api, Operation};
use front_codegen::spec::model::{Endpoint, Resource};

/// An endpoint, by its resource's position and its name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Spot {
    pub(super) resource: usize,
    pub(super) endpoint: String,
}

/// Endpoints and calls, side by side.
#[derive(Debug, Default)]
pub(super) struct Pairs<'a> {
    /// What both have, in the order of ours.
    pub(super) both: Vec<(Spot, &'a str, &'a Operation)>,
    /// Endpoints that the document does not have. Second forms of a call are never among them, nor what a correction keeps.
    pub(super) gone: Vec<Spot>,
    /// Calls that we do not have, in the order of the document.
    pub(super) new: Vec<(&'a str, &'a Operation)>,
}

/// Finds for each endpoint its call: the one with its `operationId`, or else the one with its method and path.
pub(super) fn pair<'a>(resources: &[Resource], api: &'a Api) -> Pairs<'a> {
    let mut ours: Vec<(Spot, &Endpoint, Option<&'a str>)> = Vec::new();
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
            ours.push((Spot { resource, endpoint: name.clone() }, endpoint, found));
        }
    }
    let mut by_path: HashMap<(String, String), &'a str> = HashMap::new();
    for (id, operation) in api.operations.iter().rev() {
        if left.contains_key(id.as_str()) {
            by_path.insert(route(&operation.method, &operation.path), id);
        }
    }
    let mut pairs = Pairs::default();
    for (spot, endpoint, found) in ours {
        let found =
            found.or_else(|| by_path.remove(&route(&endpoint.method, &endpoint.path)));
        match found {
            Some(id) => {
                left.remove(id);
                pairs.both.push((spot, id, &api.operations[id]));
            }
            None if api.kept.contains(&endpoint.operation) => {}
            None => pairs.gone.push(spot),
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

/// A path whatever its placeholders are called.
pub(super) fn by_position(path: &str) -> String {
    let segments: Vec<&str> = path
        .split('/')
        .map(|segment| if segment.starts_with('{') { "{}" } else { segment })
        .collect();
    segments.join("/")
}
