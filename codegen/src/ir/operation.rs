//! A call: what it is, takes and answers.

use super::{
    DefaultValue, Deprecation, EndpointId, Field, NodeId, PermissionId, RateLimitId, Ty,
    TypeId, ValueLimits, WebhookId, WordId,
};
use crate::names::Name;
use crate::vocabulary::vocabulary;

/// When a call appeared that was in the first published document.
pub const BASE: &str = "base";

/// The one reason for a redirect that the runtime follows.
pub const MERGED_CONVERSATION: &str = "merged_conversation";

/// One call.
#[derive(Debug)]
pub struct Endpoint {
    /// Where it is written.
    pub source: NodeId,
    /// The method's name; also the request's and the operation's.
    pub name: Name,
    /// Front's `operationId`.
    pub operation: String,
    /// The HTTP method.
    pub method: Method,
    /// The path, with `{placeholders}`.
    pub path: String,
    /// What stands in the path, in its order.
    pub path_params: Vec<PathParam>,
    /// What it does, one paragraph an entry.
    pub about: Vec<String>,
    /// Other words by which people look for it.
    pub search_words: Vec<String>,
    /// A remark for those who maintain the spec.
    pub note: Option<String>,
    /// The permission that it needs by the guide.
    pub capability: Option<PermissionId>,
    /// The permission that Front's document names where that differs: the one that is asked for.
    pub published_scope: Option<PermissionId>,
    /// Whether it changes anything.
    pub access: Access,
    /// What it acts on.
    pub acts_on: String,
    /// The limit that it falls under.
    pub rate_limit: Option<RateLimitId>,
    /// The event that it fires.
    pub webhook: Option<WebhookId>,
    /// The day it appeared, or [`BASE`].
    pub since: String,
    /// Why it should not be used, with what to call instead.
    pub deprecated: Option<Deprecation>,
    /// The call of the same method and path of which this is a second form.
    pub variant_of: Option<EndpointId>,
    /// Whether sending it twice does no harm.
    pub repeat: Repeat,
    /// Whether it may answer with the address of the conversation that this one was merged into.
    pub redirects: bool,
    /// The media type to ask for, where it is not JSON.
    pub accept: Option<String>,
    /// The address of Front's page on it.
    pub docs: String,
    /// Positional inputs after the path's, in order. Empty when `input` is there.
    pub arguments: Vec<Input>,
    /// The body's type where there are too many arguments: made by its `new`, passed as one.
    pub input: Option<TypeId>,
    /// The body's type.
    pub body: Option<TypeId>,
    /// Optional inputs, in the order of query, headers, body; page size first. Without `fixed` ones and choices.
    pub setters: Vec<Input>,
    /// Always sent: fields with a constant.
    pub fixed: Vec<Input>,
    /// Inputs of which one must be set, by wire key; with setters' names.
    pub at_least_one: Vec<(String, Name)>,
    /// What it answers.
    pub answer: Answer,
    /// The status of a successful response.
    pub status: u16,
}

/// A constant that is sent.
#[derive(Debug, Clone, PartialEq)]
pub enum Fixed {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Null.
    Null,
    /// Anything else.
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
        /// It does not.
        Read = "read",
        /// It does, or may.
        Write = "write",
    }
}

vocabulary! {
    /// Whether a call may be sent again.
    Repeat {
        /// Sending it twice does no harm.
        Safe = "safe",
        /// It is never sent twice.
        Never = "never",
    }
}

/// What stands in a path.
#[derive(Debug)]
pub struct PathParam {
    /// Where it is written: under `params`, or where the path is.
    pub source: NodeId,
    /// The placeholder.
    pub wire: String,
    /// The argument's name.
    pub name: Name,
    /// What may stand there: an id, a scalar or an enumeration.
    pub ty: Ty,
    /// What is said of it, one paragraph an entry.
    pub about: Vec<String>,
    /// The entry of `words` that says it, where its own text does not.
    pub word: Option<WordId>,
    /// A remark for those who maintain the spec.
    pub note: Option<String>,
    /// What values may be.
    pub limits: ValueLimits,
    /// What Front takes where there is none.
    pub default: Option<DefaultValue>,
}

/// Where an input goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The query string.
    Query,
    /// The request's headers.
    Header,
    /// The body.
    Body,
    /// The body: a choice, whose fields stand beside the others.
    Choice,
}

impl Place {
    /// Whether it is a part of the body, and not a text beside it.
    #[must_use]
    pub fn is_body(self) -> bool {
        matches!(self, Self::Body | Self::Choice)
    }
}

/// An argument or a setter.
#[derive(Debug, Clone)]
pub struct Input {
    /// Where it goes.
    pub place: Place,
    /// The field.
    pub field: Field,
}

/// What a call answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Nothing.
    Nothing,
    /// A value.
    One(Ty),
    /// A list.
    Page {
        /// Of these.
        item: Ty,
        /// The largest page; none where it cannot be chosen.
        max: Option<u32>,
    },
    /// Bytes.
    File,
}
