//! `spec/corrections.yaml`: where Front's document is wrong.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de};

/// `spec/corrections.yaml`: where Front's document is wrong, and what holds instead.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Corrections {
    /// Each of them.
    pub corrections: Vec<Correction>,
}

/// One defect of Front's document, at one place or several.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Correction {
    /// The addresses of the facts that are wrong.
    pub at: Vec<String>,
    /// What the document says there.
    pub published: Fact,
    /// What holds.
    pub ours: Fact,
    /// How we know.
    pub why: String,
}

/// What is said of a place: a text, or a list of them where the place holds several values.
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
