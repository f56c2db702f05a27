//! Facts about the API as a whole: hosts, authentication, plans, pages, statuses, permissions, rate limits and webhooks.

use super::{EndpointId, NodeId};
use crate::names::Name;

/// The facts of `front.yaml` about the API as a whole. Permissions and rate-limit classes are in [`super::Api`].
#[derive(Debug)]
pub struct Service {
    /// The root node of `front.yaml`.
    pub source: NodeId,
    /// The name of the API.
    pub api: String,
    /// Its purpose.
    pub about: String,
    /// The published document that the spec describes.
    pub published: Published,
    /// The hosts of the API.
    pub hosts: Hosts,
    /// The URL of an operation's page, with `{operation}` for the operation's id.
    pub docs: String,
    /// The authentication methods, in the order of the spec.
    pub auth: Vec<Auth>,
    /// The plans, in the order of the spec.
    pub plans: Vec<Plan>,
    /// The allowance on top of a plan's limit.
    pub burst: Burst,
    /// The pagination of lists.
    pub pagination: Pagination,
    /// The statuses that a caller handles, in the order of the spec.
    pub statuses: Vec<Status>,
}

/// The published document that the spec describes.
#[derive(Debug, PartialEq, Eq)]
pub struct Published {
    /// The document's path in Front's repository.
    pub document: String,
    /// The commit that published it.
    pub revision: String,
    /// The day on which it was published.
    pub date: String,
    /// The document's SHA-256, in hexadecimal.
    pub sha256: String,
}

/// The hosts of the API.
#[derive(Debug)]
pub struct Hosts {
    /// The base URL of calls.
    pub base: String,
    /// Patterns of the hosts that links in responses may have; `*.` matches one label.
    pub links: Vec<String>,
}

/// An authentication method.
#[derive(Debug)]
pub struct Auth {
    /// The node that defines it.
    pub source: NodeId,
    /// Its key in the spec: `oauth`.
    pub key: String,
    /// The prefix of its constants.
    pub name: Name,
    /// What it is, and which programs should use it.
    pub about: String,
    /// The URL where a user grants access.
    pub authorize: Option<String>,
    /// The URL that exchanges a code or a refresh token for an access token.
    pub token: Option<String>,
    /// The URL that revokes a token.
    pub revoke: Option<String>,
    /// The lifetime of an access token in minutes.
    pub access_minutes: Option<u32>,
    /// The lifetime of a refresh token in months.
    pub refresh_months: Option<u32>,
}

/// A plan.
#[derive(Debug)]
pub struct Plan {
    /// The node that defines it.
    pub source: NodeId,
    /// The variant's name.
    pub name: Name,
    /// Which companies have it.
    pub about: String,
    /// The requests per minute for the whole company.
    pub per_minute: u32,
}

/// The allowance on top of a plan's limit.
#[derive(Debug)]
pub struct Burst {
    /// Its description.
    pub about: String,
    /// Its size as a percentage of the plan's limit.
    pub percent: u32,
    /// Minutes until a spent allowance is full again.
    pub refill_minutes: u32,
}

/// The pagination of lists.
#[derive(Debug)]
pub struct Pagination {
    /// Its description for callers.
    pub about: String,
    /// The query parameter with the cursor.
    pub cursor: String,
    /// The query parameter that sets the page size.
    pub size: String,
    /// The largest page size.
    pub max: u32,
    /// The page size if the request sets none.
    pub default: u32,
}

/// A status that a caller handles.
#[derive(Debug)]
pub struct Status {
    /// The node that defines it.
    pub source: NodeId,
    /// The variant's name.
    pub name: Name,
    /// The HTTP status.
    pub number: u16,
    /// Its short name, such as `bad_request`.
    pub code: String,
    /// Its meaning.
    pub meaning: String,
    /// What to do about it.
    pub action: String,
}

/// The sentence that describes fields with this name if they have no text of their own.
#[derive(Debug)]
pub struct Word {
    /// The node that defines it.
    pub source: NodeId,
    /// The last part of the field's key.
    pub key: String,
    /// The sentence.
    pub about: String,
}

/// A permission: `tags:read`.
#[derive(Debug)]
pub struct Permission {
    /// The node that defines it.
    pub source: NodeId,
    /// The permission as Front writes it.
    pub scope: String,
    /// `TagsRead`, `TAGS_READ`.
    pub name: Name,
    /// `read`, `write`, `delete`, `send` or another of Front's words.
    pub level: String,
    /// What it allows.
    pub about: String,
}

/// A rate-limit class.
#[derive(Debug)]
pub struct RateLimit {
    /// The node that defines it.
    pub source: NodeId,
    /// Its key in the spec.
    pub key: String,
    /// Its name.
    pub name: Name,
    /// Its description.
    pub about: String,
    /// Its limit.
    pub limit: Limit,
    /// A stricter limit that the client respects.
    pub pace_at: Option<Rate>,
    /// The path parameter of which each value has its own limit.
    pub each: Option<String>,
    /// How certain it is: one of [`CERTAINTIES`].
    pub certainty: char,
}

/// How certain a fact is: `A` documented by Front, `B` observed by several, `C` observed by one, `D` inferred.
pub const CERTAINTIES: &[(&str, char)] =
    &[("A", 'A'), ("B", 'B'), ("C", 'C'), ("D", 'D')];

/// The limit of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Only the company's budget applies.
    Company,
    /// A number of calls in a period.
    Rate(Rate),
    /// A percentage of the company's limit.
    Share(u32),
}

/// A number of calls in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The number of calls.
    pub calls: u32,
    /// The period in seconds.
    pub seconds: u32,
}

/// A webhook event.
#[derive(Debug)]
pub struct Webhook {
    /// The node that defines it.
    pub source: NodeId,
    /// Its name in a delivery.
    pub wire: String,
    /// `InboundReceived`.
    pub name: Name,
    /// What it reports.
    pub signals: String,
    /// The types of the event in a delivery.
    pub event_types: Vec<String>,
    /// The endpoints that fire it.
    pub triggered_by: Vec<EndpointId>,
}
