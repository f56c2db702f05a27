//! The facts of an operation, as data in generated code.

use std::fmt;

/// An operation of the API: its names, its permission, its rate limit.
///
/// Each operation is a static value; [`operations::ALL`](crate::operations::ALL) lists them.
#[derive(Debug)]
#[non_exhaustive]
pub struct Operation {
    /// Front's id of the operation: `list-tags`.
    pub id: &'static str,
    /// The name in this crate: `tags.list` is `client.tags().list()`.
    pub name: &'static str,
    /// The resource of the operation: `tags`.
    pub resource: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path, with `{placeholders}`.
    pub path: &'static str,
    /// The permission that Front's reference guide requires. `None` where every token is accepted.
    pub capability: Option<Permission>,
    /// The permission that Front's document names, where that differs from [`capability`](Self::capability).
    pub published_scope: Option<Permission>,
    /// The level of the required permission. Whether the operation is idempotent is [`repeat`](Self::repeat).
    pub access: Access,
    /// The kind of resource that the operation acts on: `tag`.
    pub acts_on: &'static str,
    /// The rate limit of the operation, in addition to that of the company.
    pub rate_limit: Option<&'static RateLimitClass>,
    /// The name of the webhook event that the operation fires.
    pub webhook: Option<&'static str>,
    /// Whether the operation is idempotent.
    pub repeat: Repeat,
    /// Whether the response may be a redirect to the resource into which the requested one was merged.
    pub redirects: bool,
    /// Whether the request has a body. If no field is set, the body is an empty object.
    pub body: bool,
    /// The media type of the response, where it is not JSON.
    pub accept: Option<&'static str>,
    /// The documented status of a successful response. `None` for a call that is not in the spec.
    pub response_status: Option<u16>,
    /// The content of a successful response.
    pub response_body: ResponseBody,
    /// The maximum page size. `None` where the request cannot set a page size.
    pub max_page: Option<u32>,
    /// The fields of which a request must set at least one. Empty where there is no such rule.
    pub at_least_one: &'static [&'static str],
    /// Why the operation is deprecated, and what to use instead.
    pub deprecated: Option<&'static str>,
    /// The date on which the operation appeared, or `base`.
    pub since: &'static str,
    /// The URL of Front's documentation of the operation.
    pub docs: &'static str,
}

impl Operation {
    /// The default values. Generated code sets the others.
    pub(crate) const DEFAULT: Self = Self {
        id: "",
        name: "",
        resource: "",
        method: Method::Get,
        path: "",
        capability: None,
        published_scope: None,
        access: Access::Read,
        acts_on: "",
        rate_limit: None,
        webhook: None,
        repeat: Repeat::Never,
        redirects: false,
        body: false,
        accept: None,
        response_status: None,
        response_body: ResponseBody::Unspecified,
        max_page: None,
        at_least_one: &[],
        deprecated: None,
        since: "base",
        docs: "",
    };

    /// Returns the permission that a token must have: the published one, or else that of the guide.
    #[must_use]
    pub const fn needs(&self) -> Option<Permission> {
        match self.published_scope {
            Some(permission) => Some(permission),
            None => self.capability,
        }
    }
}

/// `tags.create_company: POST /company/tags`
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} {}", self.name, self.method, self.path)
    }
}

/// An HTTP method that Front uses.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
}

impl Method {
    /// Returns the method as HTTP writes it: `GET`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The level of the permission that an operation requires. Without a permission, it follows from the HTTP method.
///
/// Whether an operation is idempotent is [`Repeat`].
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Access {
    /// Reading.
    Read,
    /// Writing, sending or deleting.
    Write,
}

/// Whether an operation is idempotent.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Repeat {
    /// The operation is idempotent: sending it twice has the same effect as sending it once.
    Safe,
    /// The operation is not idempotent: sending it twice may create two messages to a customer, or two tags.
    Never,
}

/// The content of a successful response of an operation.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ResponseBody {
    /// Unknown: the call is not in the spec.
    Unspecified,
    /// Nothing.
    Empty,
    /// A JSON object.
    Object,
    /// JSON of any type.
    Json,
    /// A page of a list, which is a JSON object.
    Page,
    /// The bytes of a file.
    File,
}

/// A rate limit of operations, in addition to that of the company. All operations of the class share it.
#[derive(Debug)]
#[non_exhaustive]
pub struct RateLimitClass {
    /// The name of the class.
    pub name: &'static str,
    /// The limit in words.
    pub about: &'static str,
    /// The limit in numbers.
    pub limit: Limit,
    /// A slower rate that is needed in practice.
    pub pace_at: Option<Rate>,
    /// The path parameter of which each value has a separate limit: `channel_id`.
    pub each: Option<&'static str>,
    /// How certain the numbers are: `A` documented by Front, `B` observed by several clients, `C` one source,
    /// `D` inferred.
    pub certainty: char,
}

/// What a [`RateLimitClass`] allows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Limit {
    /// Only the company's rate limit.
    Company,
    /// A number of calls in a time.
    Rate(Rate),
    /// A share of the company's rate limit.
    Share {
        /// In percent of the plan's requests per minute.
        percent: u32,
    },
}

/// A number of calls in a time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "a rate is these two numbers")]
pub struct Rate {
    /// The number of calls.
    pub calls: u32,
    /// The time in seconds.
    pub seconds: u32,
}

/// A permission of a token, as Front writes it: `tags:read`.
///
/// [`permissions`](crate::permissions) has a constant for each permission.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Permission(&'static str);

impl Permission {
    pub(crate) const fn new(scope: &'static str) -> Self {
        Self(scope)
    }

    /// Returns the permission as Front writes it: `tags:read`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl fmt::Debug for Permission {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// An event that Front sends to the webhook of an application.
#[derive(Debug)]
#[non_exhaustive]
pub struct Webhook {
    /// The `type` of a delivery: `inbound_received`.
    pub name: &'static str,
    /// What the event means.
    pub signals: &'static str,
    /// The event types of its payload, as in the events API.
    pub event_types: &'static [&'static str],
    /// The operations that fire the event. If empty, only people and rules fire it.
    pub triggered_by: &'static [&'static Operation],
}
