//! What the whole API shares: `front.yaml` and `webhooks.yaml`.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::wire::{ResponseHeaders, ResponseKeys, WebhookScheme};
use super::words;

/// `spec/front.yaml`: the API as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Front {
    /// What the API is called.
    pub api: String,
    /// One paragraph on what it is for.
    pub about: String,
    /// The published document that the spec reflects.
    pub published: Published,
    /// Where the API answers.
    pub hosts: Hosts,
    /// A page's address with `{operation}` for an operation's id.
    pub docs: String,
    /// How a caller proves who it is, one entry a way.
    pub auth: IndexMap<String, Auth>,
    /// Requests a minute by plan.
    pub plans: IndexMap<String, Plan>,
    /// The allowance on top of a plan's limit.
    pub burst: Burst,
    /// How lists page.
    pub pagination: Pagination,
    /// Limits that endpoints name.
    pub rate_limits: IndexMap<String, RateLimit>,
    /// The statuses that a caller handles, by number.
    pub errors: IndexMap<u16, Status>,
    /// The first part of an alias: `alt` in `alt:source:value`, which stands for an id.
    pub alias_prefix: String,
    /// The headers of responses.
    pub response_headers: ResponseHeaders,
    /// The keys that responses of all calls share.
    pub response_keys: ResponseKeys,
    /// What a token can be allowed to do, in Front's `resource:level` form, with a sentence each.
    pub capabilities: IndexMap<String, String>,
    /// The sentence for a field name wherever its type says nothing better.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub words: IndexMap<String, String>,
}

/// Which published document the spec reflects.
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

/// Where the API answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Hosts {
    /// The base URL that calls go to.
    pub base: String,
    /// Host patterns that links in answers may name; `*.` stands for one label.
    pub links: Vec<String>,
}

/// One way of proving who calls.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Auth {
    /// What it is and whom it suits.
    pub about: String,
    /// Where a user grants access.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorize: Option<String>,
    /// Where a code or a refresh token is exchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// Where a token is given back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoke: Option<String>,
    /// Lifetime of an access token, in minutes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_minutes: Option<u32>,
    /// Lifetime of a refresh token, in months.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_months: Option<u32>,
}

/// One plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// Who has it.
    pub about: String,
    /// Requests a minute for the whole company.
    pub per_minute: u32,
}

/// The allowance on top of a plan's limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Burst {
    /// What it is.
    pub about: String,
    /// Its size as a share of the plan's limit, such as `50%`.
    pub share: String,
    /// Minutes until it is full again.
    pub refill_minutes: u32,
}

/// How lists page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
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

/// A limit that endpoints name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RateLimit {
    /// The limit in words.
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
    /// A stricter number to keep to, such as `1 per 3 seconds`, where one is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pace_at: Option<String>,
    /// How sure we are: `A` Front says so, `B` seen by several, `C` by one, `D` inferred.
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

/// `spec/webhooks.yaml`: the events that Front posts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Webhooks {
    /// What webhooks are.
    pub about: String,
    /// The type of a delivery's `payload`; absent where there are no events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "words::TypePhrase")]
    pub payload: Option<String>,
    /// How deliveries are signed and sent, one entry for each kind of webhook.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub schemes: IndexMap<String, WebhookScheme>,
    /// The events, by the name that a delivery carries. Which endpoints trigger one is said at the endpoints.
    pub events: IndexMap<String, WebhookEvent>,
}

/// One event that Front posts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WebhookEvent {
    /// What it tells.
    pub signals: String,
    /// The Core API's event types that its payload carries; empty where none is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub event_types: Vec<String>,
}
