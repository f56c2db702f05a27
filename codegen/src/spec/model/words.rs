//! The kinds of texts that are not arbitrary. [`crate::schema`] adds the allowed words, when the spec is known. These types have no
//! values.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

macro_rules! words {
    ($($(#[doc = $doc:literal])+ $name:ident)+) => {
        /// The names of all kinds, as schemas refer to them.
        pub(crate) const ALL: &[&str] = &[$(stringify!($name)),+];

        $(
            $(#[doc = $doc])+
            pub(crate) enum $name {}

            impl JsonSchema for $name {
                fn schema_name() -> Cow<'static, str> {
                    stringify!($name).into()
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!({
                        "description": concat!($($doc),+).trim(),
                        "type": "string",
                    })
                }
            }
        )+
    };
}

words! {
    /// The type of a value: `required nullable list of Tag`.
    Phrase
    /// The type of a value, without `required`, `always` and `nullable`.
    TypePhrase
    /// An HTTP method.
    Method
    /// A permission of `front.yaml`, or `none`.
    Capability
    /// A permission of `front.yaml`.
    Scope
    /// Whether a call changes anything.
    Access
    /// A rate-limit class of `front.yaml`.
    RateLimitClass
    /// An event of `webhooks.yaml`, or `none`.
    Webhook
    /// A call, as `resource.endpoint`.
    Call
    /// Whether a call can be repeated safely.
    Repeat
    /// Why a call may return a redirect.
    Redirects
    /// How the cases of a union without a tag are distinguished.
    By
    /// The certainty.
    Certainty
    /// The algorithm of a signature.
    Digest
    /// How bytes are written as text.
    Encoding
    /// The unit of a time.
    TimeUnit
}

/// Keys that are names of calls.
pub(super) fn snake() -> Value {
    json!({ "pattern": "^[a-z][a-z0-9_]*$" })
}

/// Keys that are names of types.
pub(super) fn camel() -> Value {
    json!({ "pattern": "^[A-Z][A-Za-z0-9]*$" })
}

/// Mappings that have exactly one of these keys.
pub(super) fn one_of(keys: &[&str]) -> Value {
    keys.iter().map(|key| json!({ "required": [key] })).collect()
}
