//! The facts of Front's document in the terms of the spec: one field for each fact, and nothing that the spec cannot express.
//!
//! Created by [`super::lower`], corrected by [`super::correct`], and never written to disk. Does not contain descriptions, examples,
//! summaries, the order of fields, or `required` of responses.

use indexmap::IndexMap;

use super::unread::Unread;

/// A published document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Api {
    /// The calls, by `operationId`, in the order of the document.
    pub operations: IndexMap<String, Operation>,
    /// The named shapes (roots): a schema (`TagResponse`), a named response with an inline object (`responses.acceptedMessage`), an
    /// inline body or response (`add-conversation-followers.body`, `x.answer`). Only objects, enumerations and unions; references
    /// to a schema that is a bare scalar or list are replaced by the shape.
    pub roots: IndexMap<String, Shape>,
    /// Calls that the document does not have but the spec keeps because of a correction, by `operationId`.
    pub kept: Vec<String>,
    /// The keywords of calls that the spec cannot express.
    pub unread: Vec<Unread>,
}

/// A call.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// The method, in capitals.
    pub method: String,
    /// The path, with `{placeholders}`.
    pub path: String,
    /// The first of its tags, by which the document groups calls.
    pub group: Option<String>,
    /// The permission that it needs.
    pub scope: Option<String>,
    /// Whether it is deprecated.
    pub deprecated: bool,
    /// The placeholders of the path, in its order.
    pub params: Vec<String>,
    /// The query parameters, without the cursor. The page size is `paged`.
    pub query: IndexMap<String, Field>,
    /// The request headers, in the spelling of the document. Excludes headers that OpenAPI ignores.
    pub headers: IndexMap<String, Field>,
    /// The body: `Kind::Named` of a root. An empty object is no body.
    pub body: Option<Shape>,
    /// The response.
    pub answer: Answer,
    /// The success status.
    pub status: u16,
    /// Whether it may return 301.
    pub redirects: bool,
}

/// The response of a call.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// No body.
    Nothing,
    /// A value.
    One(Shape),
    /// A list under `_results`.
    List {
        /// Its items.
        item: Shape,
        /// Whether the document declares a page size and the next page's address.
        paged: bool,
        /// The maximum page size, if the document gives one.
        max: Option<u32>,
    },
    /// Bytes.
    File,
}

/// A field of an object, or a query parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Whether the document requires it. Only meaningful in requests.
    pub required: bool,
    /// The shape.
    pub shape: Shape,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Whether it may be null.
    pub nullable: bool,
    /// The kind.
    pub kind: Kind,
    /// Its limits.
    pub limits: Limits,
}

/// The kind of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Text. `format: binary` inside a JSON body is also text, because JSON cannot contain bytes.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// Any value; the document specifies nothing.
    Any,
    /// An object with any keys, without properties.
    Map,
    /// Bytes.
    File,
    /// One of these strings.
    Enum(Vec<String>),
    /// A list.
    List(Box<Shape>),
    /// An inline object.
    Object(Object),
    /// One of several shapes.
    OneOf(Vec<Shape>),
    /// A root.
    Named(String),
}

/// An object, including the fields of the schemas that it is composed of.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Object {
    /// Its fields by key, without `_links`.
    pub fields: IndexMap<String, Field>,
    /// The names under `_links.related`. `None` if it has no `_links`.
    pub links: Option<Vec<String>>,
    /// Fields by case. `fields` does not contain the key that distinguishes the cases.
    pub cases: Option<Cases>,
}

/// Fields by case.
#[derive(Debug, Clone, PartialEq)]
pub struct Cases {
    /// The key that distinguishes the cases.
    pub tag: String,
    /// The fields of each case, by the key's value.
    pub cases: IndexMap<String, Object>,
}

/// Limits and defaults of a value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Limits {
    /// The default of Front: a boolean, number or string. Excludes lists, objects, and defaults of responses and placeholders.
    pub default: Option<String>,
    /// The allowed whole numbers.
    pub allowed: Vec<i64>,
    /// The maximum number of characters.
    pub max_length: Option<u64>,
    /// The minimum number of items.
    pub min_items: Option<u64>,
    /// The maximum number of items.
    pub max_items: Option<u64>,
    /// The minimum.
    pub minimum: Option<i64>,
    /// The maximum.
    pub maximum: Option<i64>,
    /// Whether it is deprecated.
    pub deprecated: bool,
}
