//! From OpenAPI to facts: what the spec has a word for is taken, in the spec's own terms, and the rest is left.
//!
//! - `schema` makes a shape of a schema. References to schemas stay names; only what a schema is composed of (`allOf`, `anyOf`,
//!   `oneOf`) is laid in, by `compose` and `join`.
//! - `operation` and `answer` do the calls. They note what stands in place in them as roots of their own.
//! - `settle` then lays in the names that turned out to be bare scalars or lists, and forgets what means nothing in the direction
//!   in which a shape travels.

mod answer;
mod compose;
mod join;
mod operation;
mod schema;
mod settle;

use std::collections::HashMap;

use indexmap::IndexMap;

use super::document::Document;
use super::json::Json;
use super::published::{Api, Kind, Limits, Operation, Shape};
use super::refused::{Fault, Refused};
use super::unread::Unread;
pub(super) use operation::placeholders;

/// How the query parameters of paging are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging<'a> {
    /// The one that carries the cursor.
    pub cursor: &'a str,
    /// The one that sets the page size.
    pub size: &'a str,
}

/// The key of an object's links, which are never a field.
pub(super) const LINKS: &str = "_links";
/// The key of the links to other things, below [`LINKS`].
const RELATED: &str = "related";
/// The key of a list's items.
const RESULTS: &str = "_results";
/// The key of the next page's address.
const PAGINATION: &str = "_pagination";

/// Where schemas stand.
const SCHEMAS: &str = "#/components/schemas/";

/// The facts of a document.
///
/// # Errors
///
/// What makes no sense as a whole: a call without an answer, two calls with one id, a schema made of itself.
pub fn lower(document: &Document, paging: &Paging<'_>) -> Result<Api, Refused> {
    let mut lowering = Lowering {
        document,
        paging: *paging,
        made: IndexMap::new(),
        opened: HashMap::new(),
        trail: Vec::new(),
        roots: IndexMap::new(),
        operations: IndexMap::new(),
        sent: Vec::new(),
        unread: Vec::new(),
        faults: Vec::new(),
    };
    for (name, _) in document.part("components").get("schemas").entries() {
        let shape = lowering.open(plain(Kind::Named(name.to_owned())));
        // What is only another name for a schema is no root of its own.
        if !matches!(lowering.expand(&pointer(name)).kind, Kind::Named(_)) {
            lowering.roots.insert(name.to_owned(), shape);
        }
    }
    lowering.operations();
    let faults = std::mem::take(&mut lowering.faults);
    if faults.is_empty() {
        Ok(settle::settle(lowering))
    } else {
        Err(Refused::Document(faults))
    }
}

/// A document on its way.
struct Lowering<'d> {
    document: &'d Document,
    paging: Paging<'d>,
    /// What is made of what stands at a pointer.
    made: IndexMap<String, Shape>,
    /// What names stand for that are no names again.
    opened: HashMap<String, Shape>,
    /// The pointers to what is being made, outermost first.
    trail: Vec<String>,
    /// The roots: schemas of any kind, and what stands in place in calls.
    roots: IndexMap<String, Shape>,
    operations: IndexMap<String, Operation>,
    sent: Vec<Sent>,
    unread: Vec<Unread>,
    faults: Vec<Fault>,
}

/// A body that some call sends.
struct Sent {
    /// The schema.
    name: String,
    /// What this call alone requires of it.
    required: Vec<String>,
    /// Whether it is sent as a form, in which bytes are bytes.
    form: bool,
}

impl Lowering<'_> {
    fn fault(&mut self, fault: Fault) {
        if !self.faults.contains(&fault) {
            self.faults.push(fault);
        }
    }
}

/// A pointer to a schema.
fn pointer(name: &str) -> String {
    format!("{SCHEMAS}{}", super::document::escaped(name))
}

/// A shape without limits that is never null.
fn plain(kind: Kind) -> Shape {
    Shape { nullable: false, kind, limits: Limits::default() }
}

/// Whether it has a name where it has a place: other shapes are laid in wherever they are referred to.
fn is_root(shape: &Shape) -> bool {
    matches!(shape.kind, Kind::Object(_) | Kind::Enum(_) | Kind::OneOf(_))
}

/// The reference in `json`, if it is one.
fn reference(json: &Json) -> Option<&str> {
    json.get("$ref").text()
}
