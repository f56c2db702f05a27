//! The spec as it is written: one plain struct a YAML mapping, in the order in which the keys stand in canonical form.
//!
//! Phrases, names, methods and references stay strings here; [`crate::resolve`] reads them and reports what is wrong with
//! them. A key that is absent means its default, and a default is never written.

use indexmap::IndexMap;
use serde::{Deserialize, Deserializer, Serialize, de};

/// `spec/front.yaml`: the API as a whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// What a token can be allowed to do, in Front's `resource:level` form, with a sentence each.
    pub capabilities: IndexMap<String, String>,
    /// The sentence for a field name wherever its type says nothing better.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub words: IndexMap<String, String>,
}

/// Which published document the spec reflects.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hosts {
    /// The base URL that calls go to.
    pub base: String,
    /// Host patterns that links in answers may name; `*.` stands for one label.
    pub links: Vec<String>,
}

/// One way of proving who calls.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// Who has it.
    pub about: String,
    /// Requests a minute for the whole company.
    pub per_minute: u32,
}

/// The allowance on top of a plan's limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Burst {
    /// What it is.
    pub about: String,
    /// Its size as a share of the plan's limit, such as `50%`.
    pub share: String,
    /// Minutes until it is full again.
    pub refill_minutes: u32,
}

/// How lists page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    pub certainty: String,
}

/// What a status means.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Status {
    /// Its short name, such as `bad_request`.
    pub code: String,
    /// What it means.
    pub meaning: String,
    /// What to do about it.
    pub action: String,
}

/// `spec/webhooks.yaml`: the events that Front posts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Webhooks {
    /// What webhooks are.
    pub about: String,
    /// The type of a delivery's `payload`.
    pub payload: String,
    /// The events, by the name that a delivery carries. Which endpoints trigger one is said at the endpoints.
    pub events: IndexMap<String, WebhookEvent>,
}

/// One event that Front posts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WebhookEvent {
    /// What it tells.
    pub signals: String,
    /// The Core API's event types that its payload carries; empty where none is known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub event_types: Vec<String>,
}

/// `spec/resources/*.yaml`: one resource, its endpoints and its types.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resource {
    /// Its name, which is the file's, the module's and the handle's.
    pub resource: String,
    /// What it is.
    pub about: String,
    /// What its endpoints act on, in the singular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noun: Option<String>,
    /// A remark for those who maintain the spec.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// How one of them is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Id>,
    /// The calls, by the name of their method.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub endpoints: IndexMap<String, Endpoint>,
    /// The types, by their Rust name.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub types: IndexMap<String, Type>,
}

/// How one of a resource is named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Id {
    /// The id's type.
    #[serde(rename = "type")]
    pub name: String,
    /// What its values begin with, before the `_`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// The placeholders in paths that stand for one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub params: Vec<String>,
    /// The sources of `alt:source:value` that stand for an id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
}

/// One call.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Endpoint {
    /// Front's `operationId`.
    pub operation: String,
    /// The HTTP method, in capitals.
    pub method: String,
    /// The path, with `{placeholders}`.
    pub path: String,
    /// What it does, in a sentence or a few.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// A remark for those who maintain the spec.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The permission that it needs, or `none`.
    pub capability: String,
    /// The permission that Front's document names, where the guide names another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_scope: Option<String>,
    /// `read` or `write`, where the capability's level misleads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<String>,
    /// What it acts on, where that is not the resource's noun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acts_on: Option<String>,
    /// The limit that it falls under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<String>,
    /// The webhook event that it fires, or `none`.
    pub webhook: String,
    /// The day it appeared; absent: it was in the first published document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Why it should not be used any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
    /// What to call instead, as `resource.endpoint`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
    /// `safe` or `never`, where the method's own rule misleads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeat: Option<String>,
    /// Why it may answer with a redirect: `merged_conversation`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirects: Option<String>,
    /// The endpoint of this resource with the same method and path, of which this is a second form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant_of: Option<String>,
    /// The media type to ask for, where it is not JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accept: Option<String>,
    /// Types of placeholders that are not ids.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub params: IndexMap<String, Field>,
    /// Query parameters, by their key on the wire.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub query: IndexMap<String, Field>,
    /// The fields of query and body that are positional, after the path's ids and in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<String>,
    /// The body's type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The item's type, where the answer is a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub list: Option<String>,
    /// `false` where a list is never cut into pages by size.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paged: Option<bool>,
    /// The largest page, where it is not the API's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_page: Option<u32>,
    /// The answer, where it is not a list; absent: it has none (204).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns: Option<Returns>,
}

/// An answer that is not a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Returns {
    /// Its status; absent: 200, or 204 where there is no type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Its type.
    #[serde(rename = "type", default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// One type: exactly one of `fields`, `values`, `union` and `choice`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// The names under `_links.related`; an empty list where there is only `_links.self`.
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
    /// A value with one of several types.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub union: Option<Union>,
    /// Groups of fields of which a request sends exactly one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choice: Option<Choice>,
}

/// A field: a phrase alone, or a mapping with the phrase under `type`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Field(pub FieldDef);

/// What is said of a field.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct FieldDef {
    /// Its phrase.
    #[serde(rename = "type")]
    pub phrase: String,
    /// Its Rust name, where the key is not it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// A remark for those who maintain the spec.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// What Front takes when it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The value that is always sent; there is no setter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<String>,
    /// The integers that Front takes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<i64>,
    /// Characters at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u64>,
    /// Items at least.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_items: Option<u64>,
    /// Items at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u64>,
    /// The smallest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<i64>,
    /// The largest number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub maximum: Option<i64>,
    /// Why it should not be used any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Field;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(
                    "a phrase such as `nullable string`, or a mapping with one under `type`",
                )
            }
            fn visit_str<E: de::Error>(self, phrase: &str) -> Result<Field, E> {
                Ok(Field(FieldDef { phrase: phrase.to_owned(), ..FieldDef::default() }))
            }
            fn visit_map<A: de::MapAccess<'de>>(
                self,
                map: A,
            ) -> Result<Field, A::Error> {
                FieldDef::deserialize(de::value::MapAccessDeserializer::new(map))
                    .map(Field)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl Serialize for Field {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let alone = FieldDef { phrase: self.0.phrase.clone(), ..FieldDef::default() };
        if self.0 == alone {
            serializer.serialize_str(&self.0.phrase)
        } else {
            self.0.serialize(serializer)
        }
    }
}

/// A value of an enumeration: the value alone, or `value: meaning`.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// The value on the wire.
    pub wire: String,
    /// What is said of it.
    pub said: ValueDef,
}

/// What is said of a value.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ValueDef {
    /// Its Rust name, where the value does not give one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Why it should not be used any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
}

/// What stands behind `value:`: a meaning, or a mapping.
struct Said(ValueDef);

impl<'de> Deserialize<'de> for Said {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Said;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(
                    "what the value means, or a mapping with `name`, `about` or `deprecated`",
                )
            }
            fn visit_str<E: de::Error>(self, about: &str) -> Result<Said, E> {
                Ok(Said(ValueDef {
                    about: Some(about.to_owned()),
                    ..ValueDef::default()
                }))
            }
            fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Said, A::Error> {
                ValueDef::deserialize(de::value::MapAccessDeserializer::new(map))
                    .map(Said)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Value;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a value, or `value: what it means`")
            }
            fn visit_str<E: de::Error>(self, wire: &str) -> Result<Value, E> {
                Ok(Value { wire: wire.to_owned(), said: ValueDef::default() })
            }
            fn visit_map<A: de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Value, A::Error> {
                let (wire, Said(said)) = map
                    .next_entry::<String, Said>()?
                    .ok_or_else(|| de::Error::invalid_length(0, &self))?;
                if map.next_key::<String>()?.is_some() {
                    return Err(de::Error::invalid_length(2, &self));
                }
                Ok(Value { wire, said })
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap as _;
        if self.said == ValueDef::default() {
            return serializer.serialize_str(&self.wire);
        }
        let mut map = serializer.serialize_map(Some(1))?;
        match &self.said {
            ValueDef { name: None, about: Some(about), deprecated: None } => {
                map.serialize_entry(&self.wire, about)?
            }
            said => map.serialize_entry(&self.wire, said)?,
        }
        map.end()
    }
}

/// A value with one of several types.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Union {
    /// `kind` where the JSON kind tells the cases apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The dotted path of the key that tells the cases apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The key that holds the case's value; absent: the object itself is the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// The cases, by the tag's value, or by kind (`string`, `integer`, `number`, `boolean`, `list`, `object`): type phrases.
    pub cases: IndexMap<String, Case>,
}

/// A case of a union: a type phrase alone, or a mapping with it under `type`.
pub type Case = Field;

/// Groups of fields of which a request sends exactly one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The key that is sent with the case's name; absent: the fields alone tell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
    /// The groups, by name: their fields, each of them sent.
    pub cases: IndexMap<String, IndexMap<String, Field>>,
}
