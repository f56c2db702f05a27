//! Ids: strings with a type.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Unexpected};
use serde::{Deserialize, Deserializer};

use super::tolerant;
use crate::generated::service::ALIAS_PREFIX;

/// Returns the text of an alias: `alt:email:a@b.c`.
pub(crate) fn alias(source: &str, value: &str) -> Box<str> {
    format!("{ALIAS_PREFIX}:{source}:{value}").into()
}

/// Returns the part of an id that `Debug` shows: all of it, but without the value of an alias, which is a
/// person's address.
fn redacted(id: &str) -> &str {
    let rest = id.strip_prefix(ALIAS_PREFIX).and_then(|rest| rest.strip_prefix(':'));
    match rest.and_then(|rest| rest.split_once(':')) {
        Some((_, value)) => &id[..id.len() - value.len()],
        None => id,
    }
}

/// Reads the text of an id. Converts an integer to its digits, because Front used to send some ids as
/// numbers.
pub(crate) fn read<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Box<str>, D::Error> {
    struct Visitor;

    impl<'de> de::Visitor<'de> for Visitor {
        type Value = Box<str>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E>(self, id: &str) -> Result<Box<str>, E> {
            Ok(id.into())
        }

        fn visit_string<E>(self, id: String) -> Result<Box<str>, E> {
            Ok(id.into())
        }

        fn visit_i64<E>(self, id: i64) -> Result<Box<str>, E> {
            Ok(id.to_string().into())
        }

        fn visit_u64<E>(self, id: u64) -> Result<Box<str>, E> {
            Ok(id.to_string().into())
        }

        /// Handles numbers that arrive as maps. serde_json passes them like that, and only its own `Number`
        /// can read them, where any crate of the program enables the feature `arbitrary_precision`.
        fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Box<str>, A::Error> {
            let map = MapAccessDeserializer::new(map);
            let number = serde_json::Number::deserialize(map)
                .map_err(|_| de::Error::invalid_type(Unexpected::Map, &self))?;
            if number.is_f64() {
                return Err(de::Error::invalid_type(Unexpected::Other("number"), &self));
            }
            Ok(number.to_string().into())
        }
    }

    // Users decode ids from other formats. Such a format may not be self-describing, or may read `007` as a number.
    if tolerant::is_reading() {
        deserializer.deserialize_any(Visitor)
    } else {
        deserializer.deserialize_str(Visitor)
    }
}

/// Implements what every id type has. For `struct $id(Box<str>)`.
macro_rules! id {
    ($id:ident) => {
        impl $id {
            /// Returns the id as Front writes it.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl ::std::fmt::Debug for $id {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::rt::debug_id(f, stringify!($id), &self.0)
            }
        }

        impl ::std::fmt::Display for $id {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl AsRef<str> for $id {
            #[inline]
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $id {
            #[inline]
            fn from(id: &str) -> Self {
                Self(id.into())
            }
        }

        impl From<String> for $id {
            #[inline]
            fn from(id: String) -> Self {
                Self(id.into())
            }
        }

        impl ::std::str::FromStr for $id {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(id: &str) -> Result<Self, ::std::convert::Infallible> {
                Ok(Self::from(id))
            }
        }

        impl ::serde::Serialize for $id {
            #[inline]
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $id {
            #[inline]
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::rt::read_id(deserializer).map(Self)
            }
        }

        impl From<&$id> for $crate::rt::Field {
            #[inline]
            fn from(id: &$id) -> Self {
                Self::from(id.as_str())
            }
        }

        impl From<$id> for $crate::rt::Field {
            #[inline]
            fn from(id: $id) -> Self {
                Self::from(id.as_str())
            }
        }

        impl From<&$id> for $crate::rt::QueryValue {
            #[inline]
            fn from(id: &$id) -> Self {
                Self::from(id.as_str())
            }
        }

        impl From<$id> for $crate::rt::QueryValue {
            #[inline]
            fn from(id: $id) -> Self {
                Self::from(id.as_str())
            }
        }
    };
}
pub(crate) use id;

/// Writes an id for `Debug`: `TagId("tag_1a2b")`.
pub(crate) fn debug_id(
    f: &mut std::fmt::Formatter<'_>,
    name: &str,
    id: &str,
) -> std::fmt::Result {
    let redacted = redacted(id);
    if redacted.len() == id.len() {
        f.debug_tuple(name).field(&id).finish()
    } else {
        write!(f, "{name}(\"{redacted}..\")")
    }
}

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macro is for public types")]
mod tests {
    #[derive(Clone, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
    struct ThingId(Box<str>);
    id!(ThingId);

    #[test]
    fn an_alias_hides_its_value() {
        let alias = ThingId(super::alias("email", "ann@b.c:d"));
        assert_eq!(alias.to_string(), "alt:email:ann@b.c:d");
        assert_eq!(format!("{alias:?}"), r#"ThingId("alt:email:..")"#);
        assert_eq!(format!("{:?}", ThingId::from("tag_1")), r#"ThingId("tag_1")"#);
        assert_eq!(format!("{:?}", ThingId::from("alt:x")), r#"ThingId("alt:x")"#);
    }

    #[test]
    fn is_a_string_in_json() {
        let id: ThingId = serde_json::from_str("\"tag_1\"").expect("a string");
        assert_eq!(id.as_str(), "tag_1");
        assert_eq!(serde_json::to_string(&id).expect("a string"), "\"tag_1\"");
        let read = |json: &'static str| {
            let read = || serde_json::from_str::<ThingId>(json);
            (read(), crate::rt::tolerant::strictly(read).0)
        };
        for number in ["11", "-3", "18446744073709551615"] {
            let (plain, in_response) = read(number);
            assert!(plain.is_err(), "{number}");
            assert_eq!(in_response.expect("an integer").as_str(), number);
        }
        for other in ["1.0", "1e2", "18446744073709551616", "true", "null", "{}", "[]"] {
            let (plain, in_response) = read(other);
            assert!(plain.is_err() && in_response.is_err(), "{other}");
        }
    }
}
