//! Fields and values of enumerations, each with a short and a long form.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};

use super::words;

/// A field: a phrase alone, or a mapping with the phrase under `type`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Field(pub FieldDef);

/// The definition of a field.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct FieldDef {
    /// Its phrase.
    #[serde(rename = "type")]
    #[schemars(with = "words::Phrase")]
    pub phrase: String,
    /// Its Rust name, if it differs from the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// A remark for those who maintain the spec.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The value that Front uses if it is not sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// The value that is always sent; there is no setter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<String>,
    /// The integers that Front accepts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed: Vec<i64>,
    /// The maximum number of characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u64>,
    /// The minimum number of items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_items: Option<u64>,
    /// The maximum number of items.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u64>,
    /// The minimum.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum: Option<i64>,
    /// The maximum.
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

impl JsonSchema for Field {
    fn schema_name() -> Cow<'static, str> {
        "Field".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A field: a phrase alone, or a mapping with the phrase under `type`.",
            "anyOf": [
                generator.subschema_for::<words::Phrase>(),
                generator.subschema_for::<FieldDef>(),
            ],
        })
    }
}

/// A value of an enumeration: the value alone, or `value: meaning`.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// The value on the wire.
    pub wire: String,
    /// Its definition.
    pub said: ValueDef,
}

/// The definition of a value.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize, JsonSchema)]
pub struct ValueDef {
    /// Its Rust name, if it does not follow from the value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Why it should not be used any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<String>,
}

/// The part behind `value:`: a meaning, or a mapping.
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

impl JsonSchema for Value {
    fn schema_name() -> Cow<'static, str> {
        "Value".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A value of an enumeration: the value alone, or `value: meaning`.",
            "anyOf": [
                { "description": "The value on the wire.", "type": "string" },
                {
                    "description": "The value on the wire, with what it means or more.",
                    "type": "object",
                    "minProperties": 1,
                    "maxProperties": 1,
                    "additionalProperties": {
                        "anyOf": [
                            { "description": "What it means.", "type": "string" },
                            generator.subschema_for::<ValueDef>(),
                        ],
                    },
                },
            ],
        })
    }
}
