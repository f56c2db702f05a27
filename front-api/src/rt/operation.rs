//! What is known of an operation, as data that generated code fills in.

use std::fmt;

/// One operation of the API: what it is called, what it needs, how it is limited.
///
/// There is one static value for each; [`operations::ALL`](crate::operations::ALL) lists them.
#[derive(Debug)]
#[non_exhaustive]
pub struct Operation {
    /// Front's own name for it: `list-tags`.
    pub id: &'static str,
    /// Its name in this crate: `tags.list` is `client.tags().list()`.
    pub name: &'static str,
    /// The resource that it belongs to: `tags`.
    pub resource: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path, with `{placeholders}`.
    pub path: &'static str,
    /// The permission that the reference guide says it takes; none where any token will do.
    pub capability: Option<Permission>,
    /// The permission that Front's document names, where that differs from [`capability`](Self::capability).
    pub published_scope: Option<Permission>,
    /// The level of the permission that it takes. What sending it twice does is said by
    /// [`repeat`](Self::repeat).
    pub access: Access,
    /// What it acts on: `tag`.
    pub acts_on: &'static str,
    /// The limit that it falls under, beside the company's budget.
    pub rate_limit: Option<&'static RateLimitClass>,
    /// The name of the webhook event that it fires.
    pub webhook: Option<&'static str>,
    /// Whether sending it twice does no harm.
    pub repeat: Repeat,
    /// Whether it may answer with the address of what its subject was merged into.
    pub redirects: bool,
    /// Whether it takes a body. Where nothing is set in it, an empty object is sent.
    pub body: bool,
    /// The media type to ask for, where it is not JSON.
    pub accept: Option<&'static str>,
    /// Returns the documented status of a successful response. `None` for a call that is not in the spec.
    pub response_status: Option<u16>,
    /// What a successful response holds.
    pub response_body: ResponseBody,
    /// The largest page, where the size can be chosen.
    pub max_page: Option<u32>,
    /// Keys of which a request must set at least one; empty where there is no such rule.
    pub at_least_one: &'static [&'static str],
    /// Why it should not be used any more, with what to call instead.
    pub deprecated: Option<&'static str>,
    /// The day on which it appeared, or `base`.
    pub since: &'static str,
    /// The address of Front's page on it.
    pub docs: &'static str,
}

impl Operation {
    /// What an operation is unless more is said of it. Generated code says the rest.
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

    /// The permission that a token must have: the published one, else the guide's.
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
    /// As it goes over the wire: `GET`.
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

/// The level of the permission that an operation takes; where it takes none, what its method is for.
///
/// It says what a token must be allowed. Whether a call may be sent twice is said by [`Repeat`] alone.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Access {
    /// That of reading.
    Read,
    /// That of writing, sending or deleting.
    Write,
}

/// Whether sending an operation twice does no harm.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum Repeat {
    /// Twice is as once.
    Safe,
    /// Twice may be two of something: two messages to a customer, two tags.
    Never,
}

/// What a successful response of an operation holds.
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

/// A limit that operations fall under beside the company's budget. Operations that name one share it.
#[derive(Debug)]
#[non_exhaustive]
pub struct RateLimitClass {
    /// Its name.
    pub name: &'static str,
    /// The limit in words.
    pub about: &'static str,
    /// The limit in numbers.
    pub limit: Limit,
    /// A slower pace that is known to be needed in practice.
    pub pace_at: Option<Rate>,
    /// The path parameter whose every value has a limit of its own: `channel_id`.
    pub each: Option<&'static str>,
    /// How sure the numbers are: `A` Front says so, `B` several clients saw it, `C` one source,
    /// `D` inferred.
    pub certainty: char,
}

/// What a [`RateLimitClass`] allows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Limit {
    /// What the company's budget allows, nothing less.
    Company,
    /// So many calls in so much time.
    Rate(Rate),
    /// A part of the company's budget.
    Share {
        /// In percent of the plan's requests a minute.
        percent: u32,
    },
}

/// Calls in a time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[allow(clippy::exhaustive_structs, reason = "a rate is these two numbers")]
pub struct Rate {
    /// How many calls.
    pub calls: u32,
    /// In how many seconds.
    pub seconds: u32,
}

/// Something that a token can be allowed to do, as Front writes it: `tags:read`.
///
/// [`permissions`](crate::permissions) has a constant for each.
#[derive(Clone, Copy, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Permission(&'static str);

impl Permission {
    pub(crate) const fn new(scope: &'static str) -> Self {
        Self(scope)
    }

    /// As Front writes it: `tags:read`.
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

/// An event that Front posts to an application's webhook.
#[derive(Debug)]
#[non_exhaustive]
pub struct Webhook {
    /// The `type` of a delivery: `inbound_received`.
    pub name: &'static str,
    /// What it tells.
    pub signals: &'static str,
    /// The types of event that its payload carries, in the words of the events API.
    pub event_types: &'static [&'static str],
    /// The operations that fire it. Where there are none, only people and rules do.
    pub triggered_by: &'static [&'static Operation],
}
