//! `spec/corrections.yaml`: the errors of Front's document.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de};

/// `spec/corrections.yaml`: the errors of Front's document, with the correct values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Corrections {
    /// The entries.
    pub corrections: Vec<Correction>,
}

/// One error of Front's document, at one or several locations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Correction {
    /// The locations of the wrong facts.
    pub at: Vec<String>,
    /// The value in the document.
    pub published: Fact,
    /// The correct value.
    pub ours: Fact,
    /// How this is known.
    pub why: String,
}

/// The value at a location: a text, or a list of texts if the location has several values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Fact {
    /// A word, a phrase, a number.
    Text(String),
    /// The values of an enumeration.
    List(Vec<String>),
}

impl<'de> Deserialize<'de> for Fact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Fact;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a text, or a list of texts")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Fact, E> {
                Ok(Fact::Text(text.to_owned()))
            }
            fn visit_seq<A: de::SeqAccess<'de>>(
                self,
                list: A,
            ) -> Result<Fact, A::Error> {
                Vec::deserialize(de::value::SeqAccessDeserializer::new(list))
                    .map(Fact::List)
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}
