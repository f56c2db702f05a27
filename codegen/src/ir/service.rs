//! What holds for the API as a whole: hosts, auth, plans, pages, statuses, permissions, rate limits, webhooks.

use super::{EndpointId, NodeId};
use crate::names::Name;

/// What `front.yaml` says of the API as a whole. Permissions and rate-limit classes have a place of their own in
/// [`super::Api`].
#[derive(Debug)]
pub struct Service {
    /// `front.yaml`.
    pub source: NodeId,
    /// What the API is called.
    pub api: String,
    /// What it is for.
    pub about: String,
    /// The published document that the spec reflects.
    pub published: Published,
    /// Where the API answers.
    pub hosts: Hosts,
    /// A page's address with `{operation}` for an operation's id.
    pub docs: String,
    /// The ways to prove who calls, as written.
    pub auth: Vec<Auth>,
    /// The plans, as written.
    pub plans: Vec<Plan>,
    /// The allowance on top of a plan's limit.
    pub burst: Burst,
    /// How lists page.
    pub pagination: Pagination,
    /// The statuses that a caller handles, as written.
    pub statuses: Vec<Status>,
}

/// Which published document the spec reflects.
#[derive(Debug, PartialEq, Eq)]
pub struct Published {
    /// The document's path in Front's repository.
    pub document: String,
    /// The commit that published it.
    pub revision: String,
    /// The day it was published.
    pub date: String,
    /// The document's SHA-256, in hexadecimal.
    pub sha256: String,
}

/// Where the API answers.
#[derive(Debug)]
pub struct Hosts {
    /// The base URL that calls go to.
    pub base: String,
    /// Host patterns that links in answers may name; `*.` stands for one label.
    pub links: Vec<String>,
}

/// A way to prove who calls.
#[derive(Debug)]
pub struct Auth {
    /// Where it is written.
    pub source: NodeId,
    /// As written: `oauth`.
    pub key: String,
    /// The beginning of its constants.
    pub name: Name,
    /// What it is and whom it suits.
    pub about: String,
    /// Where a user grants access.
    pub authorize: Option<String>,
    /// Where a code or a refresh token is exchanged.
    pub token: Option<String>,
    /// Where a token is given back.
    pub revoke: Option<String>,
    /// Lifetime of an access token, in minutes.
    pub access_minutes: Option<u32>,
    /// Lifetime of a refresh token, in months.
    pub refresh_months: Option<u32>,
}

/// A plan.
#[derive(Debug)]
pub struct Plan {
    /// Where it is written.
    pub source: NodeId,
    /// The variant's name.
    pub name: Name,
    /// Who has it.
    pub about: String,
    /// Requests a minute for the whole company.
    pub per_minute: u32,
}

/// The allowance on top of a plan's limit.
#[derive(Debug)]
pub struct Burst {
    /// What it is.
    pub about: String,
    /// Its size as a percentage of the plan's limit.
    pub percent: u32,
    /// Minutes until it is full again.
    pub refill_minutes: u32,
}

/// How lists page.
#[derive(Debug)]
pub struct Pagination {
    /// What a caller has to know.
    pub about: String,
    /// The query parameter that carries the cursor.
    pub cursor: String,
    /// The query parameter that sets the page size.
    pub size: String,
    /// The largest page.
    pub max: u32,
    /// The page size when none is asked for.
    pub default: u32,
}

/// A status that a caller handles.
#[derive(Debug)]
pub struct Status {
    /// Where it is written.
    pub source: NodeId,
    /// The variant's name.
    pub name: Name,
    /// The HTTP status.
    pub number: u16,
    /// Its short name, such as `bad_request`.
    pub code: String,
    /// What it means.
    pub meaning: String,
    /// What to do about it.
    pub action: String,
}

/// The sentence for a field name wherever its type says nothing better.
#[derive(Debug)]
pub struct Word {
    /// Where it is written.
    pub source: NodeId,
    /// The last part of the field's key.
    pub key: String,
    /// The sentence.
    pub about: String,
}

/// A permission: `tags:read`.
#[derive(Debug)]
pub struct Permission {
    /// Where it is written.
    pub source: NodeId,
    /// As Front writes it.
    pub scope: String,
    /// `TagsRead`, `TAGS_READ`.
    pub name: Name,
    /// `read`, `write`, `delete`, `send` or another word of Front's.
    pub level: String,
    /// What it allows.
    pub about: String,
}

/// A rate-limit class.
#[derive(Debug)]
pub struct RateLimit {
    /// Where it is written.
    pub source: NodeId,
    /// As written.
    pub key: String,
    /// Its name.
    pub name: Name,
    /// In words.
    pub about: String,
    /// Its number; none: only the company's budget counts.
    pub limit: Limit,
    /// A stricter number to keep to.
    pub pace_at: Option<Rate>,
    /// The path parameter whose value has a limit of its own.
    pub each: Option<String>,
    /// How sure we are: one of [`CERTAINTIES`].
    pub certainty: char,
}

/// How sure we are of a rate limit: `A` Front says so, `B` seen by several, `C` by one, `D` inferred.
pub const CERTAINTIES: &[(&str, char)] =
    &[("A", 'A'), ("B", 'B'), ("C", 'C'), ("D", 'D')];

/// What a class allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The company's budget alone.
    Company,
    /// Calls in a time.
    Rate(Rate),
    /// A percentage of the company's limit.
    Share(u32),
}

/// Calls in a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many calls.
    pub calls: u32,
    /// In how many seconds.
    pub seconds: u32,
}

/// A webhook event.
#[derive(Debug)]
pub struct Webhook {
    /// Where it is written.
    pub source: NodeId,
    /// As a delivery carries it.
    pub wire: String,
    /// `InboundReceived`.
    pub name: Name,
    /// What it tells.
    pub signals: String,
    /// The Core API's event types.
    pub event_types: Vec<String>,
    /// The endpoints that fire it.
    pub triggered_by: Vec<EndpointId>,
}
