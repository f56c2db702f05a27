//! Calls: their facts, inputs and responses.

use super::{
    DefaultValue, Deprecation, EndpointId, Field, NodeId, PermissionId, RateLimitId, Ty,
    TypeId, ValueLimits, WebhookId, WordId,
};
use crate::names::Name;
use crate::vocabulary::vocabulary;

/// The value of `since` for a call that was in the first published document.
pub const BASE: &str = "base";

/// The only reason for a redirect that the runtime follows.
pub const MERGED_CONVERSATION: &str = "merged_conversation";

/// One call.
#[derive(Debug)]
pub struct Endpoint {
    /// The node that defines it.
    pub source: NodeId,
    /// The name of the method, of the request type and of the operation's constant.
    pub name: Name,
    /// Front's `operationId`.
    pub operation: String,
    /// The HTTP method.
    pub method: Method,
    /// The path, with `{placeholders}`.
    pub path: String,
    /// The placeholders in the path, in order.
    pub path_params: Vec<PathParam>,
    /// Its description, one paragraph per entry.
    pub about: Vec<String>,
    /// Other words by which people look for it.
    pub search_words: Vec<String>,
    /// A remark for those who maintain the spec.
    pub note: Option<String>,
    /// The permission that Front's guide names.
    pub capability: Option<PermissionId>,
    /// The permission that Front's document names, if it differs from the guide. This one is required.
    pub published_scope: Option<PermissionId>,
    /// Whether it changes anything.
    pub access: Access,
    /// The noun for what it acts on.
    pub acts_on: String,
    /// The limit that it falls under.
    pub rate_limit: Option<RateLimitId>,
    /// The webhook event that it fires.
    pub webhook: Option<WebhookId>,
    /// The day on which it appeared, or [`BASE`].
    pub since: String,
    /// Why it is deprecated, and which call to use instead.
    pub deprecated: Option<Deprecation>,
    /// The call with the same HTTP method and path of which this is a variant.
    pub variant_of: Option<EndpointId>,
    /// Whether it is safe to send it twice.
    pub repeat: Repeat,
    /// Whether Front may redirect it to the conversation that this one was merged into.
    pub redirects: bool,
    /// The media type for the `Accept` header, if it is not JSON.
    pub accept: Option<String>,
    /// The URL of Front's page about it.
    pub docs: String,
    /// The arguments after those of the path, in order. Empty if `input` is set.
    pub arguments: Vec<Input>,
    /// The body's type if there are too many arguments: the caller creates it with `new` and passes it as one argument.
    pub input: Option<TypeId>,
    /// The body's type.
    pub body: Option<TypeId>,
    /// The optional inputs: the page size first, then query, headers and body. Constants (`fixed`) are not included.
    pub setters: Vec<Input>,
    /// The constants that are always sent.
    pub fixed: Vec<Input>,
    /// The inputs of which at least one must be set: the key on the wire, and the name of the setter.
    pub at_least_one: Vec<(String, Name)>,
    /// The content of a successful response.
    pub answer: Answer,
    /// The status of a successful response.
    pub status: u16,
}

/// A constant that is sent.
#[derive(Debug, Clone, PartialEq)]
pub enum Fixed {
    /// `true` or `false`.
    Boolean(bool),
    /// An integer.
    Integer(i64),
    /// Null.
    Null,
    /// A string.
    String(String),
}

vocabulary! {
    /// HTTP methods that Front uses.
    Method {
        /// `GET`
        Get = "GET",
        /// `POST`
        Post = "POST",
        /// `PUT`
        Put = "PUT",
        /// `PATCH`
        Patch = "PATCH",
        /// `DELETE`
        Delete = "DELETE",
    }
}

vocabulary! {
    /// Whether a call changes anything.
    Access {
        /// It changes nothing.
        Read = "read",
        /// It changes something, or may do so.
        Write = "write",
    }
}

vocabulary! {
    /// Whether a call may be sent twice.
    Repeat {
        /// It is safe to send it twice.
        Safe = "safe",
        /// It is never sent twice.
        Never = "never",
    }
}

/// A placeholder in a path.
#[derive(Debug)]
pub struct PathParam {
    /// The node that defines it: its entry under `params`, or the path.
    pub source: NodeId,
    /// The name of the placeholder.
    pub wire: String,
    /// The name of the argument.
    pub name: Name,
    /// The type of its values: an id, a scalar or an enumeration.
    pub ty: Ty,
    /// Its description, one paragraph per entry.
    pub about: Vec<String>,
    /// The entry of `words` that describes it, if it has no text of its own.
    pub word: Option<WordId>,
    /// A remark for those who maintain the spec.
    pub note: Option<String>,
    /// The limits on its values.
    pub limits: ValueLimits,
    /// Front's default.
    pub default: Option<DefaultValue>,
}

/// The part of a request that an input is sent in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The query string.
    Query,
    /// The request's headers.
    Header,
    /// The body.
    Body,
    /// The body: a choice, whose fields are beside the other fields of the body.
    Choice,
}

impl Place {
    /// Returns whether the input is part of the body.
    #[must_use]
    pub fn is_body(self) -> bool {
        matches!(self, Self::Body | Self::Choice)
    }
}

/// An argument or a setter.
#[derive(Debug, Clone)]
pub struct Input {
    /// The part of the request that it is sent in.
    pub place: Place,
    /// The field.
    pub field: Field,
}

/// The content of a successful response.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// No content.
    Nothing,
    /// A value.
    One(Ty),
    /// A page of a list.
    Page {
        /// The type of the items.
        item: Ty,
        /// The largest page size, or `None` if the size cannot be chosen.
        max: Option<u32>,
    },
    /// A download.
    File,
}
