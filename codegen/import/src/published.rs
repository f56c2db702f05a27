//! What Front's document says, in the spec's own terms: a fact a field, nothing that the spec has no word for.
//!
//! Made by [`super::lower`], mended by [`super::correct`], never written to disk. Descriptions, examples, summaries, the order
//! of fields and what an answer calls `required` are not in here.

use indexmap::IndexMap;

use super::unread::Unread;

/// A published document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Api {
    /// Its calls, by `operationId`, in the order of the document.
    pub operations: IndexMap<String, Operation>,
    /// Everything that has a name, by that name: a schema (`TagResponse`), a named answer that is an object in place
    /// (`responses.acceptedMessage`), a body or answer in place (`add-conversation-followers.body`, `x.answer`). Only objects,
    /// enumerations and unions; a schema that is a bare scalar or list is laid in where it is referred to.
    pub roots: IndexMap<String, Shape>,
    /// Calls that the document does not have and the spec keeps all the same, by `operationId`: a correction says so.
    pub kept: Vec<String>,
    /// What the calls say in no word of ours.
    pub unread: Vec<Unread>,
}

/// A call.
#[derive(Debug, Clone, PartialEq)]
pub struct Operation {
    /// In capitals.
    pub method: String,
    /// With `{placeholders}`.
    pub path: String,
    /// The first of the document's tags: where people look for it.
    pub group: Option<String>,
    /// The permission that it asks for.
    pub scope: Option<String>,
    /// Whether Front advises against it.
    pub deprecated: bool,
    /// Placeholders of the path, in its order.
    pub params: Vec<String>,
    /// Query parameters, without the cursor; the page size is `paged`.
    pub query: IndexMap<String, Field>,
    /// Request headers, by their names as they are written. The client's own are never among them.
    pub headers: IndexMap<String, Field>,
    /// What is sent: `Kind::Named` of a root. An empty object is no body.
    pub body: Option<Shape>,
    /// What comes back.
    pub answer: Answer,
    /// The status of success.
    pub status: u16,
    /// Whether it may answer with 301.
    pub redirects: bool,
}

/// What comes back from a call.
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
        /// The largest page, where the document says one.
        max: Option<u32>,
    },
    /// Bytes.
    File,
}

/// A field of an object, or a query parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Whether the document requires it. Meaningful in what is sent only.
    pub required: bool,
    /// What it is.
    pub shape: Shape,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// Whether it may be null.
    pub nullable: bool,
    /// What kind of value.
    pub kind: Kind,
    /// Its limits.
    pub limits: Limits,
}

/// What kind of value.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Text. `format: binary` inside a JSON body is text too: the document says nothing else.
    String,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// Anything, of which the document says no more.
    Any,
    /// An object with any keys: one without properties.
    Map,
    /// Bytes.
    File,
    /// One of these strings.
    Enum(Vec<String>),
    /// Several.
    List(Box<Shape>),
    /// An object in place.
    Object(Object),
    /// One of several shapes.
    OneOf(Vec<Shape>),
    /// A root.
    Named(String),
}

/// An object, with what it took from others laid in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Object {
    /// Its fields by key, without `_links`.
    pub fields: IndexMap<String, Field>,
    /// The names under `_links.related`; none where it has no `_links`.
    pub links: Option<Vec<String>>,
    /// Fields that come by case, told apart by a key that is then not in `fields`.
    pub cases: Option<Cases>,
}

/// Fields that come by case.
#[derive(Debug, Clone, PartialEq)]
pub struct Cases {
    /// The key that tells.
    pub tag: String,
    /// The fields of each case, by the key's value.
    pub cases: IndexMap<String, Object>,
}

/// Limits and defaults of a value.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Limits {
    /// What Front takes when it is left out: a boolean, number or string. Lists, objects and a default of what Front answers
    /// are left out, and so is that of a path's placeholder.
    pub default: Option<String>,
    /// The whole numbers that are taken.
    pub allowed: Vec<i64>,
    /// Characters at most.
    pub max_length: Option<u64>,
    /// Items at least.
    pub min_items: Option<u64>,
    /// Items at most.
    pub max_items: Option<u64>,
    /// The smallest number.
    pub minimum: Option<i64>,
    /// The largest number.
    pub maximum: Option<i64>,
    /// Whether Front advises against it.
    pub deprecated: bool,
}
