//! The known keys of every mapping, derived from the structs, so that they are defined once.

use serde::de::value::{BorrowedStrDeserializer, Error};
use serde::de::{self, Deserialize, DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::super::model::{
    Ack, Acks, Auth, Burst, Choice, Correction, Corrections, Endpoint, ErrorKeys,
    FieldDef, Front, Hosts, Id, LinkKeys, PageKeys, Pagination, Plan, Published,
    RateLimit, Resource, ResponseHeaders, ResponseKeys, Returns, Status, Type, Union,
    ValueDef, WebhookChallenge, WebhookEnvelope, WebhookEvent, WebhookScheme,
    WebhookSignature, WebhookTimestamp, Webhooks,
};
use crate::source::Step;

/// The kind of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::spec) enum Shape {
    /// A [`Front`].
    Front,
    /// A [`Webhooks`].
    Webhooks,
    /// A [`Resource`].
    Resource,
    /// A [`Corrections`].
    Corrections,
    /// An [`Acks`].
    Acks,
}

/// The keys of a mapping.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Keys {
    /// All keys, in canonical order.
    pub(super) all: &'static [&'static str],
    /// The required keys.
    pub(super) required: Vec<&'static str>,
}

impl Shape {
    /// Returns the keys of the mapping at `path`, or `None` if its keys are arbitrary.
    pub(super) fn keys(self, path: &[Step]) -> Option<Keys> {
        let path: Vec<&str> = path
            .iter()
            .map(|step| if let Step::Key(key) = step { key } else { "" })
            .collect();
        let keys = match (self, path.as_slice()) {
            (Self::Front, []) => keys::<Front>(),
            (Self::Front, ["published"]) => keys::<Published>(),
            (Self::Front, ["hosts"]) => keys::<Hosts>(),
            (Self::Front, ["auth", _]) => keys::<Auth>(),
            (Self::Front, ["plans", _]) => keys::<Plan>(),
            (Self::Front, ["burst"]) => keys::<Burst>(),
            (Self::Front, ["pagination"]) => keys::<Pagination>(),
            (Self::Front, ["rate_limits", _]) => keys::<RateLimit>(),
            (Self::Front, ["errors", _]) => keys::<Status>(),
            (Self::Front, ["response_headers"]) => keys::<ResponseHeaders>(),
            (Self::Front, ["response_keys"]) => keys::<ResponseKeys>(),
            (Self::Front, ["response_keys", "page"]) => keys::<PageKeys>(),
            (Self::Front, ["response_keys", "links"]) => keys::<LinkKeys>(),
            (Self::Front, ["response_keys", "error"]) => keys::<ErrorKeys>(),
            (Self::Webhooks, []) => keys::<Webhooks>(),
            (Self::Webhooks, ["schemes", _]) => keys::<WebhookScheme>(),
            (Self::Webhooks, ["schemes", _, "envelope"]) => keys::<WebhookEnvelope>(),
            (Self::Webhooks, ["schemes", _, "signature"]) => keys::<WebhookSignature>(),
            (Self::Webhooks, ["schemes", _, "timestamp"]) => keys::<WebhookTimestamp>(),
            (Self::Webhooks, ["schemes", _, "challenge"]) => keys::<WebhookChallenge>(),
            (Self::Webhooks, ["events", _]) => keys::<WebhookEvent>(),
            (Self::Resource, []) => keys::<Resource>(),
            (Self::Resource, ["id"]) => keys::<Id>(),
            (Self::Resource, ["endpoints", _]) => keys::<Endpoint>(),
            (Self::Resource, ["endpoints", _, "params" | "query", _]) => {
                keys::<FieldDef>()
            }
            (Self::Resource, ["endpoints", _, "returns"]) => keys::<Returns>(),
            (Self::Resource, ["types", _]) => keys::<Type>(),
            (Self::Resource, ["types", _, "fields", _]) => keys::<FieldDef>(),
            (Self::Resource, ["types", _, "values", _, _]) => keys::<ValueDef>(),
            (Self::Resource, ["types", _, "union"]) => keys::<Union>(),
            (Self::Resource, ["types", _, "union", "cases", _]) => keys::<FieldDef>(),
            (Self::Resource, ["types", _, "choice"]) => keys::<Choice>(),
            (Self::Resource, ["types", _, "choice", "cases", _, _]) => {
                keys::<FieldDef>()
            }
            (Self::Corrections, []) => keys::<Corrections>(),
            (Self::Corrections, ["corrections", _]) => keys::<Correction>(),
            (Self::Acks, []) => keys::<Acks>(),
            (Self::Acks, ["acks", _]) => keys::<Ack>(),
            _ => return None,
        };
        Some(keys)
    }
}

/// Returns the keys of a struct. The struct requests its field names from a deserializer, and a key is required if deserializing
/// fails without it.
fn keys<'de, T: Deserialize<'de>>() -> Keys {
    let mut all: &'static [&'static str] = &[];
    let _asked = T::deserialize(Ask { names: &mut all, but: None });
    let required = all.iter().copied().filter(|key| {
        let mut names: &'static [&'static str] = &[];
        T::deserialize(Ask { names: &mut names, but: Some(key) }).is_err()
    });
    Keys { all, required: required.collect() }
}

/// A deserializer that provides all keys of a struct except one, and minimal values.
struct Ask<'n> {
    names: &'n mut &'static [&'static str],
    but: Option<&'n str>,
}

impl<'de> Deserializer<'de> for Ask<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str("")
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        *self.names = names;
        visitor.visit_map(Entries { names: names.iter(), but: self.but })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct Entries<'b> {
    names: std::slice::Iter<'static, &'static str>,
    but: Option<&'b str>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Error> {
        let but = self.but;
        match self.names.find(|name| Some(**name) != but) {
            Some(name) => seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some),
            None => Ok(None),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, Error> {
        seed.deserialize(Nothing)
    }
}

/// A deserializer of minimal values.
struct Nothing;

impl<'de> Deserializer<'de> for Nothing {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_str("")
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(false)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_none()
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_seq(de::value::SeqDeserializer::<_, Error>::new(
            std::iter::empty::<()>(),
        ))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(Entries { names: [].iter(), but: None })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_map(Entries { names: names.iter(), but: None })
    }

    serde::forward_to_deserialize_any! {
        char str string bytes byte_buf unit unit_struct newtype_struct tuple tuple_struct enum identifier ignored_any
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i64(0)
    }

    fn deserialize_u16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u16(0)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u32(0)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(0)
    }

    fn deserialize_i8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i64(0)
    }
    fn deserialize_i16<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i64(0)
    }
    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_i64(0)
    }
    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_u64(0)
    }
    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f64(0.0)
    }
    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_f64(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structs_tell_their_keys() {
        let keys = Shape::Resource.keys(&["types".into(), "Tag".into(), "union".into()]);
        assert_eq!(
            keys,
            Some(Keys {
                all: &["by", "tag", "content", "cases"],
                required: vec!["cases"]
            })
        );
        let keys = Shape::Front.keys(&[]).expect("a struct");
        assert_eq!(
            keys.required.len(),
            keys.all.len() - 1,
            "all but `words`: {:?}",
            keys.required
        );
        assert_eq!(Shape::Front.keys(&["plans".into()]), None);
    }
}
