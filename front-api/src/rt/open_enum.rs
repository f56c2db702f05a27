//! Enumerations that keep values which this version does not know.

use super::value::UnknownValue;

/// An enumeration of Front's. It is open: Front adds values, and an unknown value is kept as text.
pub trait OpenEnum: Sized + 'static {
    /// The texts that this version knows, with their values.
    const KNOWN: &'static [(&'static str, Self)];

    /// Creates the value for any other text.
    fn unknown(value: UnknownValue) -> Self;
}

/// Returns the value for a text.
pub(crate) fn from_word<E: OpenEnum + Clone>(word: &str) -> E {
    match E::KNOWN.iter().find(|(known, _)| *known == word) {
        Some((_, value)) => value.clone(),
        None => E::unknown(UnknownValue::new(word)),
    }
}

/// Returns the text of a known value.
pub(crate) fn known_word<E: OpenEnum + PartialEq>(value: &E) -> &'static str {
    match E::KNOWN.iter().find(|(_, known)| known == value) {
        Some((word, _)) => word,
        // A variant that is missing in `KNOWN`; the test of every enumeration would fail.
        None => "",
    }
}

/// Implements what every enumeration has in addition to [`OpenEnum`].
macro_rules! open_enum {
    ($name:ident) => {
        impl $name {
            /// Returns the value as Front writes it.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    Self::Unknown(value) => value.as_str(),
                    known => $crate::rt::known_word(known),
                }
            }

            /// Returns whether this version knows the value.
            #[must_use]
            #[inline]
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::Unknown(_))
            }
        }

        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, concat!(stringify!($name), "({:?})"), self.as_str())
            }
        }

        impl ::std::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self::from("")
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(word: &str) -> Self {
                $crate::rt::from_word(word)
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(word: String) -> Self {
                $crate::rt::from_word(&word)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(word: &str) -> Result<Self, ::std::convert::Infallible> {
                Ok(Self::from(word))
            }
        }

        impl ::serde::Serialize for $name {
            #[inline]
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::rt::read_word(deserializer, $crate::rt::from_word)
            }
        }

        impl From<$name> for $crate::rt::Field {
            #[inline]
            fn from(value: $name) -> Self {
                Self::from(value.as_str())
            }
        }

        impl From<&$name> for $crate::rt::Field {
            #[inline]
            fn from(value: &$name) -> Self {
                Self::from(value.as_str())
            }
        }

        impl From<$name> for $crate::rt::QueryValue {
            #[inline]
            fn from(value: $name) -> Self {
                Self::from(value.as_str())
            }
        }
    };
}
pub(crate) use open_enum;

/// Reads a text without copying it.
pub(crate) fn read_word<'de, D, T>(
    deserializer: D,
    make: fn(&str) -> T,
) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
{
    struct Visitor<T>(fn(&str) -> T);

    impl<T> serde::de::Visitor<'_> for Visitor<T> {
        type Value = T;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E>(self, word: &str) -> Result<T, E> {
            Ok((self.0)(word))
        }
    }

    deserializer.deserialize_str(Visitor(make))
}

#[cfg(test)]
#[allow(unreachable_pub, reason = "the macro is for public types")]
mod tests {
    use super::*;

    #[derive(Clone, PartialEq)]
    enum Shade {
        Light,
        Dark,
        Unknown(UnknownValue),
    }

    impl OpenEnum for Shade {
        const KNOWN: &'static [(&'static str, Self)] =
            &[("light", Self::Light), ("dark", Self::Dark)];

        fn unknown(value: UnknownValue) -> Self {
            Self::Unknown(value)
        }
    }

    open_enum!(Shade);

    #[test]
    fn keeps_every_value() {
        for (word, known) in
            [("light", true), ("dark", true), ("Dark", false), ("", false)]
        {
            let shade = Shade::from(word);
            assert_eq!((shade.as_str(), shade.is_known()), (word, known));
            let json = serde_json::to_string(&shade).expect("a string");
            assert_eq!(serde_json::from_str::<Shade>(&json).expect("a string"), shade);
        }
        assert!(Shade::from("dark") == Shade::Dark);
        assert!(Shade::default() == Shade::from(String::new()));
        assert_eq!(format!("{:?} {0}", Shade::Light), r#"Shade("light") light"#);
        assert!(serde_json::from_str::<Shade>("1").is_err());
    }
}
