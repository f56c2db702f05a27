//! Checks that the spec can express the corrected calls. Otherwise `cargo xtask check` would reject the files after they are written.

use super::{StaleCorrection, StaleReason};
use crate::merge::unspeakable;
use crate::pair::by_position;
use crate::published::{Api, Operation};
use front_codegen::spec::model::Correction;

/// Returns the corrections whose result the spec cannot express. Called when all corrections are applied, because they depend on
/// each other.
pub(super) fn unsupported(
    api: &Api,
    corrections: &[Correction],
) -> Vec<StaleCorrection> {
    let mut found = Vec::new();
    for (correction, of) in corrections.iter().enumerate() {
        for (at, place) in of.at.iter().enumerate() {
            let Some((id, "method" | "path" | "body")) = place.rsplit_once('.') else {
                continue;
            };
            let why =
                api.operations.get(id).and_then(|operation| why(api, id, operation));
            found.extend(why.map(|why| StaleCorrection {
                correction,
                at,
                why: StaleReason::Unsupported(why),
            }));
        }
    }
    found
}

fn why(api: &Api, id: &str, operation: &Operation) -> Option<String> {
    if let Some(why) = unspeakable(operation) {
        return Some(why);
    }
    if operation.method == "GET" && operation.body.is_some() {
        return Some("a GET cannot have a body".to_owned());
    }
    let route = |of: &Operation| (of.method.clone(), by_position(&of.path));
    let mut others = api.operations.iter().filter(|(other, _)| *other != id);
    let (other, _) = others.find(|(_, other)| route(other) == route(operation))?;
    Some(format!("{} {} is already `{other}`", operation.method, operation.path))
}
