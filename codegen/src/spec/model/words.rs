//! What a text of the model is, where it is not any text: which of these words may stand there is said by
//! [`crate::schema`], once the spec is known. Values of these types do not exist.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

macro_rules! words {
    ($($(#[doc = $doc:literal])+ $name:ident)+) => {
        /// The names of them all, as schemas refer to them.
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
    /// What a value is, in words: `required nullable list of Tag`.
    Phrase
    /// What a value is, without `required`, `always` and `nullable`.
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
    /// Whether sending a call twice does no harm.
    Repeat
    /// Why a call may answer with a redirect.
    Redirects
    /// How the cases of a union are told apart, where no tag does.
    By
    /// How sure we are.
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
