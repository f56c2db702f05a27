//! Checks that a document describes the API of the spec. Front publishes documents of other APIs, too, and importing one of them
//! would remove every call of the spec.

use super::document::Document;
use super::merge::Draft;
use super::pair;
use super::published::Api;
use super::refused::Fault;

/// With fewer calls, the check would not be reliable.
const ENOUGH: usize = 10;

/// In a document of the same API, at least one call of this number is known. Front has never changed nearly as much at once.
const KNOWN: usize = 10;

/// Returns the fault of a document that has almost no calls in common with the spec.
pub(super) fn fault(document: &Document, api: &Api, ours: &Draft) -> Option<Fault> {
    let calls = ours.resources.iter().flat_map(|of| of.endpoints.values());
    let calls = calls.filter(|call| call.variant_of.is_none()).count();
    let known = pair::pair(&ours.resources, api).both.len();
    let fewest = calls.min(api.operations.len());
    if calls < ENOUGH || known * KNOWN >= fewest {
        return None;
    }
    let title = match document.part("info").get("title").text() {
        Some(title) => format!("`{title}` is another API"),
        None => "this is the document of another API".to_owned(),
    };
    let all = api.operations.len();
    let title = format!(
        "{title}: only {known} of the document's {all} calls are in the spec, which has {calls}"
    );
    let help = "import the document that is listed under `published` in spec/front.yaml";
    Some(Fault::new("#/paths", title).help(help))
}
