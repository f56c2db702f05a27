//! Whether a document is of the API that the spec is of. Front publishes others too, and each would take all of ours away.

use super::document::Document;
use super::merge::Draft;
use super::pair;
use super::published::Api;
use super::refused::Fault;

/// Of fewer calls nobody can tell.
const ENOUGH: usize = 10;

/// One call in so many is known, where it is the same API: Front has never changed nearly as much at once.
const KNOWN: usize = 10;

/// What is wrong with a document that hardly has a call in common with our spec.
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
        "{title}: of the document's {all} calls the spec has {known}, of {calls}"
    );
    let help = "import the document that `published` in spec/front.yaml names";
    Some(Fault::new("#/paths", title).help(help))
}
