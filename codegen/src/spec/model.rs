//! The files of the spec: one plain struct for each YAML mapping, with the keys in canonical order.
//!
//! Phrases, names, methods and references stay strings here. [`crate::resolve`] parses them and reports their problems. A key that is absent means its default, and a default is never written.

mod acks;
mod corrections;
mod field;
mod shared;
mod wire;
pub(crate) mod words;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use acks::{Ack, Acks};
pub use corrections::{Correction, Corrections, Fact};
pub use field::{Field, FieldDef, Value, ValueDef};
pub use shared::{
    Auth, Burst, Front, Hosts, Pagination, Plan, Published, RateLimit, Status,
    WebhookEvent, Webhooks,
};
pub use wire::{
    ErrorKeys, LinkKeys, PageKeys, ResponseHeaders, ResponseKeys, WebhookChallenge,
    WebhookEnvelope, WebhookScheme, WebhookSignature, WebhookTimestamp,
};

/// `spec/resources/*.yaml`: one resource, its endpoints and its types.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Resource {
    /// Its name, which is also the name of the file, the module and the handle.
    pub resource: String,
    /// What it is.
    pub about: String,
    /// The noun for its items, in the singular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noun: Option<String>,
    /// A remark for those who maintain the spec.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The id of its items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The calls, by the name of their method.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(extend("propertyNames" = words::snake()))]
    pub endpoints: IndexMap<String, Endpoint>,
    /// The types, by their Rust name.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    #[schemars(extend("propertyNames" = words::camel()))]
    pub types: IndexMap<String, Type>,
}

/// The id of the items of a resource.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Id {
    /// The id's type.
    #[serde(rename = "type")]
    pub name: String,
    /// The prefix of its values, before the `_`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// The placeholders in paths that contain this id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<String>,
    /// The sources of `alt:source:value` that are accepted instead of an id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

/// One call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Endpoint {
    /// Front's `operationId`.
    pub operation: String,
    /// The HTTP method, in capitals.
    #[schemars(with = "words::Method")]
    pub method: String,
    /// The path, with `{placeholders}`.
    pub path: String,
    /// What it does, in one or a few sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Other words by which people look for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub search_words: Vec<String>,
    /// A remark for those who maintain the spec.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The permission that it needs, or `none`.
    #[schemars(with = "words::Capability")]
    pub capability: String,
    /// The permission in Front's document, if the guide has another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "words::Scope")]
    pub published_scope: Option<String>,
    /// `read` or `write`, if the level of the capability is misleading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "words::Access")]
    pub access: Option<String>,
    /// What it acts on, if that is not the noun of the resource.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acts_on: Option<String>,
    /// The rate-limit class of the call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "words::RateLimitClass")]
    pub rate_limit: Option<String>,
    /// The webhook event that it fires, or `none`.
    #[schemars(with = "words::Webhook")]
    pub webhook: String,
    /// The date of its first appearance; absent: it was in the first published document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Why it should not be used any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// The replacement, as `resource.endpoint`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "words::Call")]
    pub replaced_by: Option<String>,
    /// Whether repeating the call is `safe` or must `never` happen, if the default of the method is misleading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "words::Repeat")]
    pub repeat: Option<String>,
    /// Why it may return a redirect: `merged_conversation`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "words::Redirects")]
    pub redirects: Option<String>,
    /// The base endpoint of this variant: an endpoint of this resource with the same method and path.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant_of: Option<String>,
    /// The media type of the response, if it is not JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accept: Option<String>,
    /// Types of placeholders that are not ids.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub params: IndexMap<String, Field>,
    /// Query parameters, by their key on the wire.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub query: IndexMap<String, Field>,
    /// Request headers, by their name.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub headers: IndexMap<String, Field>,
    /// The fields of query, headers and body that are positional, after the path's ids and in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<String>,
    /// The body's type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "words::TypePhrase")]
    pub body: Option<String>,
    /// The type of the items, if the response is a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "words::TypePhrase")]
    pub list: Option<String>,
    /// `false` if the list has no page size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paged: Option<bool>,
    /// The largest page size, if it differs from that of the API.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_page: Option<u32>,
    /// The response, if it is not a list; absent: no body (204).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns: Option<Returns>,
}

/// A response that is not a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Returns {
    /// Its status; absent: 200, or 204 without a type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Its type.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "words::TypePhrase")]
    pub name: Option<String>,
}

/// One type: exactly one of `fields`, `values`, `flag`, `union` and `choice`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("oneOf" = words::one_of(&["fields", "values", "flag", "union", "choice"])))]
pub struct Type {
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// A remark for those who maintain the spec.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Its name in Front's document: `Schema`, `Schema.field` or `responses.name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<String>,
    /// Why it should not be used any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// The names under `_links.related`; an empty list if there is only `_links.self`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<Vec<String>>,
    /// A structure's fields, by their key on the wire; `a.b` in a body is key `b` of the object at `a`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<IndexMap<String, Field>>,
    /// Fields of which a request must set one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at_least_one: Vec<String>,
    /// An enumeration's values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub values: Option<Vec<Value>>,
    /// The two values of a boolean.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flag: Option<Flag>,
    /// A value with one of several types.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub union: Option<Union>,
    /// Groups of fields of which a request sends exactly one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<Choice>,
}

/// The two values of a boolean, each with a name that says more than `true`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Flag {
    /// What `true` is.
    #[serde(rename = "true")]
    pub on: FlagValue,
    /// What `false` is.
    #[serde(rename = "false")]
    pub off: FlagValue,
}

/// A value of a boolean.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FlagValue {
    /// Its Rust name.
    pub name: String,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
}

/// A value with one of several types.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Union {
    /// `kind`, if the JSON kind distinguishes the cases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "words::By")]
    pub by: Option<String>,
    /// The dotted path of the key that distinguishes the cases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The key with the value of the case; absent: the object itself is the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// The cases, by the tag's value, or by kind (`string`, `integer`, `number`, `boolean`, `list`, `object`): type phrases.
    pub cases: IndexMap<String, Case>,
}

/// A case of a union: a type phrase alone, or a mapping with it under `type`.
pub type Case = Field;

/// Groups of fields of which a request sends exactly one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Choice {
    /// The key that is sent with the name of the case; absent: only the fields distinguish the cases.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The groups, by name. All fields of the selected group are sent.
    pub cases: IndexMap<String, IndexMap<String, Field>>,
}
