//! Whether what corrections say of calls can be written: `cargo xtask check` would refuse a spec that says it, and then it would
//! be in the files already.

use super::{Unbitten, Why};
use crate::merge::unspeakable;
use crate::pair::by_position;
use crate::published::{Api, Operation};
use front_codegen::spec::model::Correction;

/// The corrections that make a call of which the spec cannot speak. They stand together, so this is asked when all are applied.
pub(super) fn unwritable(api: &Api, corrections: &[Correction]) -> Vec<Unbitten> {
    let mut found = Vec::new();
    for (correction, of) in corrections.iter().enumerate() {
        for (at, place) in of.at.iter().enumerate() {
            let Some((id, "method" | "path" | "body")) = place.rsplit_once('.') else {
                continue;
            };
            let why =
                api.operations.get(id).and_then(|operation| why(api, id, operation));
            found.extend(why.map(|why| Unbitten {
                correction,
                at,
                why: Why::CannotHold(why),
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
        return Some("a GET has no body".to_owned());
    }
    let route = |of: &Operation| (of.method.clone(), by_position(&of.path));
    let mut others = api.operations.iter().filter(|(other, _)| *other != id);
    let (other, _) = others.find(|(_, other)| route(other) == route(operation))?;
    Some(format!("{} {} is `{other}` already", operation.method, operation.path))
}
