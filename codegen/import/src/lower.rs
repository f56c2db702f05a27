//! Converts an OpenAPI document to facts, in the terms of the spec. Drops what the spec cannot express.
//!
//! - `schema` converts a schema to a shape. References to schemas stay names. `compose` and `join` inline the parts of a composed
//!   schema (`allOf`, `anyOf`, `oneOf`).
//! - `operation` and `answer` convert the calls. They record inline schemas as roots.
//! - `settle` then inlines the names that are bare scalars or lists, and removes facts that have no meaning in the direction of a
//!   shape.

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

/// The names of the query parameters for paging.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging<'a> {
    /// The cursor.
    pub cursor: &'a str,
    /// The page size.
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

/// The pointer to the schemas.
const SCHEMAS: &str = "#/components/schemas/";

/// Returns the facts of a document.
///
/// # Errors
///
/// Returns what is contradictory: a call without a response, two calls with one id, a schema that consists of itself.
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
        copied: 0,
    };
    for (name, _) in document.part("components").get("schemas").entries() {
        let shape = lowering.open(plain(Kind::Named(name.to_owned())));
        // An alias of a schema is not a root of its own.
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

/// A document while it is converted.
struct Lowering<'d> {
    document: &'d Document,
    paging: Paging<'d>,
    /// The shapes of the schemas, by pointer.
    made: IndexMap<String, Shape>,
    /// The resolved shapes of names. None of these shapes is a name.
    opened: HashMap<String, Shape>,
    /// The pointers to the schemas that are being converted, outermost first.
    trail: Vec<String>,
    /// The roots: schemas of any kind, and inline schemas of calls.
    roots: IndexMap<String, Shape>,
    operations: IndexMap<String, Operation>,
    sent: Vec<Sent>,
    unread: Vec<Unread>,
    faults: Vec<Fault>,
    /// How many fields were copied into composed schemas.
    copied: usize,
}

/// The most fields that are copied into composed schemas: `allOf` copies, so schemas that refer to each other can grow exponentially.
const MOST_COPIED: usize = 50_000;

/// A body of a call.
struct Sent {
    /// The schema.
    name: String,
    /// The fields that only this call requires.
    required: Vec<String>,
    /// Whether it is sent as a form, which can contain bytes.
    form: bool,
    /// The pointer to its schema in the call.
    at: String,
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

/// Creates a shape without limits that is never null.
fn plain(kind: Kind) -> Shape {
    Shape { nullable: false, kind, limits: Limits::default() }
}

/// Returns whether the shape can be a root. References to other shapes are replaced by the shape.
fn is_root(shape: &Shape) -> bool {
    matches!(shape.kind, Kind::Object(_) | Kind::Enum(_) | Kind::OneOf(_))
}

/// Returns the reference in `json`, if it is one.
fn reference(json: &Json) -> Option<&str> {
    json.get("$ref").text()
}
