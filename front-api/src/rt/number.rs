//! Numbers in responses: whether they are written as whole numbers or as fractions.

use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, Unexpected};
use serde::{Deserialize, Deserializer};

/// A number as it was written.
#[derive(Clone, Copy)]
pub(crate) enum Number {
    /// `1`
    Whole(i64),
    /// `1.0`, `1.5`
    Fraction(f64),
}

/// Reads a finite number. `expected` describes it in errors.
pub(crate) fn read<'de, D: Deserializer<'de>>(
    deserializer: D,
    expected: &'static str,
) -> Result<Number, D::Error> {
    // Not `deserialize_f64`, which does not distinguish `1` from `1.0`.
    deserializer.deserialize_any(Visitor(expected))
}

/// Reads an integer, which Front sometimes writes as `1024.0`. Null is `None`.
pub(crate) fn integer<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<i64>, D::Error> {
    let integer = Option::<Integer>::deserialize(deserializer)?;
    Ok(integer.map(|Integer(value)| value))
}

struct Integer(i64);

impl<'de> Deserialize<'de> for Integer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const EXPECTED: &str = "a whole number";
        // The first float that is too large. Its negative is the least `i64`.
        const END: f64 = 9_223_372_036_854_775_808.0;
        match read(deserializer, EXPECTED)? {
            Number::Whole(value) => Ok(Self(value)),
            Number::Fraction(value)
                if value.fract() == 0.0 && (-END..END).contains(&value) =>
            {
                Ok(Self(value as i64))
            }
            Number::Fraction(value) => {
                Err(de::Error::invalid_value(Unexpected::Float(value), &EXPECTED))
            }
        }
    }
}

struct Visitor(&'static str);

impl<'de> de::Visitor<'de> for Visitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Number, E> {
        Ok(Number::Whole(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Number, E> {
        i64::try_from(value)
            .map(Number::Whole)
            .map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Number, E> {
        if value.is_finite() {
            Ok(Number::Fraction(value))
        } else {
            Err(E::invalid_value(Unexpected::Float(value), &self))
        }
    }

    /// Handles numbers that arrive as maps. serde_json passes them like that, and only its own `Number` can read
    /// them, where any crate of the program enables its feature `arbitrary_precision`.
    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Number, A::Error> {
        let number = serde_json::Number::deserialize(MapAccessDeserializer::new(map))
            .map_err(|_| de::Error::invalid_type(Unexpected::Map, &self))?;
        if let Some(value) = number.as_i64() {
            self.visit_i64(value)
        } else if let Some(value) = number.as_u64() {
            self.visit_u64(value)
        } else if let Some(value) = number.as_f64() {
            self.visit_f64(value)
        } else {
            Err(de::Error::invalid_value(Unexpected::Other("number"), &self))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct File {
        #[serde(default, deserialize_with = "integer")]
        size: Option<i64>,
    }

    fn size(json: &str) -> Result<Option<i64>, serde_json::Error> {
        serde_json::from_str::<File>(json).map(|file| file.size)
    }

    #[test]
    fn a_float_without_a_fraction_is_an_integer() {
        for (json, expected) in [
            ("{}", None),
            (r#"{"size":null}"#, None),
            (r#"{"size":1024}"#, Some(1024)),
            (r#"{"size":1024.0}"#, Some(1024)),
            (r#"{"size":-2e3}"#, Some(-2000)),
            (r#"{"size":9223372036854775807}"#, Some(i64::MAX)),
            (r#"{"size":-9223372036854775808.0}"#, Some(i64::MIN)),
        ] {
            assert_eq!(size(json).expect(json), expected);
        }
    }

    #[test]
    fn anything_else_is_an_error() {
        for json in [
            r#"{"size":1.5}"#,
            r#"{"size":9223372036854775808}"#,
            r#"{"size":9223372036854775808.0}"#,
            r#"{"size":1e300}"#,
            r#"{"size":"1"}"#,
            r#"{"size":true}"#,
            r#"{"size":{}}"#,
            r#"{"size":[]}"#,
        ] {
            let error = size(json).expect_err(json).to_string();
            assert!(error.contains("expected a whole number"), "{error}");
        }
    }
}
