//! Booleans whose two values have names, so that a call shows what it asks for.

/// Implements what every flag has: conversions to and from `bool`, and JSON.
macro_rules! flag {
    ($name:ident, $on:ident, $off:ident) => {
        impl From<bool> for $name {
            #[inline]
            fn from(value: bool) -> Self {
                if value { Self::$on } else { Self::$off }
            }
        }

        impl From<$name> for bool {
            #[inline]
            fn from(value: $name) -> Self {
                value == $name::$on
            }
        }

        impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self::$off
            }
        }

        impl ::serde::Serialize for $name {
            #[inline]
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.serialize_bool((*self).into())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                <bool as ::serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }

        impl From<$name> for $crate::rt::Field {
            #[inline]
            fn from(value: $name) -> Self {
                Self::from(bool::from(value))
            }
        }

        impl From<$name> for $crate::rt::QueryValue {
            #[inline]
            fn from(value: $name) -> Self {
                Self::from(bool::from(value))
            }
        }
    };
}
pub(crate) use flag;

#[cfg(test)]
mod tests {
    use crate::rt::{Field, QueryValue};

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Door {
        Open,
        Shut,
    }
    flag!(Door, Open, Shut);

    #[test]
    fn a_flag_is_a_boolean_in_json_and_in_a_query() {
        for (door, value) in [(Door::Open, true), (Door::Shut, false)] {
            assert_eq!(Door::from(value), door);
            assert_eq!(bool::from(door), value);
            let json = serde_json::to_string(&door).expect("JSON");
            assert_eq!(json, value.to_string());
            assert_eq!(serde_json::from_str::<Door>(&json).expect("JSON"), door);
            assert_eq!(serde_json::to_string(&Field::from(door)).expect("JSON"), json);
            assert!(QueryValue::from(door) == QueryValue::from(value));
        }
        assert!(serde_json::from_str::<Door>("\"true\"").is_err());
    }
}
