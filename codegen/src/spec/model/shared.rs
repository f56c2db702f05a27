//! The facts that the whole API shares: `front.yaml` and `webhooks.yaml`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::wire::{ResponseHeaders, ResponseKeys, WebhookScheme};
use super::words;

/// `spec/front.yaml`: the API as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Front {
    /// The name of the API.
    pub api: String,
    /// One paragraph on what it is for.
    pub about: String,
    /// The published document that the spec reflects.
    pub published: Published,
    /// The hosts of the API.
    pub hosts: Hosts,
    /// The URL of the documentation of a call, with `{operation}` for the id of the operation.
    pub docs: String,
    /// The ways to authenticate, one entry for each.
    pub auth: IndexMap<String, Auth>,
    /// The requests per minute of each plan.
    pub plans: IndexMap<String, Plan>,
    /// The allowance on top of a plan's limit.
    pub burst: Burst,
    /// The pagination of lists.
    pub pagination: Pagination,
    /// The rate-limit classes of endpoints.
    pub rate_limits: IndexMap<String, RateLimit>,
    /// The statuses that a caller handles, by number.
    pub errors: IndexMap<u16, Status>,
    /// The first part of an alias: `alt` in `alt:source:value`, which is accepted instead of an id.
    pub alias_prefix: String,
    /// The headers of responses.
    pub response_headers: ResponseHeaders,
    /// The keys that responses of all calls share.
    pub response_keys: ResponseKeys,
    /// The permissions of a token, in Front's form `resource:level`, each with a description.
    pub capabilities: IndexMap<String, String>,
    /// The description of every field with this name that has none of its own.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub words: IndexMap<String, String>,
}

/// The published document that the spec reflects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
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

/// The hosts of the API.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Hosts {
    /// The base URL that calls go to.
    pub base: String,
    /// The host patterns of links in responses; `*.` matches one label.
    pub links: Vec<String>,
}

/// A way to authenticate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Auth {
    /// What it is, and who uses it.
    pub about: String,
    /// Where a user grants access.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorize: Option<String>,
    /// Where a code or a refresh token is exchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Where a token is revoked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoke: Option<String>,
    /// Lifetime of an access token, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_minutes: Option<u32>,
    /// Lifetime of a refresh token, in months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_months: Option<u32>,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// Who has it.
    pub about: String,
    /// Requests per minute for the whole company.
    pub per_minute: u32,
}

/// The allowance on top of a plan's limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Burst {
    /// What it is.
    pub about: String,
    /// Its size as a share of the plan's limit, such as `50%`.
    pub share: String,
    /// The minutes until it is full again.
    pub refill_minutes: u32,
}

/// The pagination of lists.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pagination {
    /// What a caller needs to know.
    pub about: String,
    /// The query parameter that carries the cursor.
    pub cursor: String,
    /// The query parameter that sets the page size.
    pub size: String,
    /// The largest page size.
    pub max: u32,
    /// The default page size.
    pub default: u32,
}

/// A rate-limit class.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RateLimit {
    /// The description of the limit.
    pub about: String,
    /// Calls allowed in one `per`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub allow: Option<u32>,
    /// `second`, `minute`, `hour`, or a number of seconds such as `60 seconds`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per: Option<String>,
    /// The path parameter whose value has a limit of its own; absent: one for the company.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub each: Option<String>,
    /// A share of the company's limit, such as `40%`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<String>,
    /// A stricter rate that the client uses, such as `1 per 3 seconds`, if one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pace_at: Option<String>,
    /// The certainty: `A` documented by Front, `B` observed by several users, `C` by one, `D` inferred.
    #[schemars(with = "words::Certainty")]
    pub certainty: String,
}

/// What a status means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Status {
    /// Its short name, such as `bad_request`.
    pub code: String,
    /// What it means.
    pub meaning: String,
    /// What to do about it.
    pub action: String,
}

/// `spec/webhooks.yaml`: the webhook events that Front sends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Webhooks {
    /// What webhooks are.
    pub about: String,
    /// The type of the `payload` of a delivery; absent if there are no events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "words::TypePhrase")]
    pub payload: Option<String>,
    /// How deliveries are signed and sent, one entry for each kind of webhook.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub schemes: IndexMap<String, WebhookScheme>,
    /// The events, by the name in a delivery. The endpoints define which of them they trigger.
    pub events: IndexMap<String, WebhookEvent>,
}

/// An event that Front sends.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookEvent {
    /// What it signals.
    pub signals: String,
    /// The event types of the Core API in its payload; empty if none is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub event_types: Vec<String>,
}
