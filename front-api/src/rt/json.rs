//! Fields of any JSON type.
//!
//! The visitor of this module reads them like serde_json's does. It also detects an integer beyond 64 bits,
//! which becomes the nearest floating-point number and must be reported.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, MapAccess, SeqAccess};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Number, Value};

use super::tolerant;

/// The smallest float that an integer beyond 64 bits may become.
const BEYOND_INTEGERS: f64 = 18_446_744_073_709_551_616.0;
/// The least 64-bit integer. Slightly lower integers are rounded to it.
const LEAST_INTEGER: f64 = -9_223_372_036_854_775_808.0;
/// The key under which serde_json passes a number where any crate of the program enables its feature
/// `arbitrary_precision`.
const NUMBER: &str = "$serde_json::private::Number";

/// Reads the value of a field of any JSON type.
pub(crate) fn json<'de, D: Deserializer<'de>, T: FromJson>(
    deserializer: D,
) -> Result<T, D::Error> {
    T::read(deserializer)
}

/// The types of such fields.
pub(crate) trait FromJson: Sized {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

impl FromJson for Value {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Json::deserialize(deserializer).map(|Json(value)| value)
    }
}

/// Reads null as `None`.
impl FromJson for Option<Value> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::read(deserializer).map(|value| (!value.is_null()).then_some(value))
    }
}

/// Reads null as an empty list.
impl FromJson for Vec<Value> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items: Option<Vec<Json>> = Option::deserialize(deserializer)?;
        Ok(items.unwrap_or_default().into_iter().map(|Json(item)| item).collect())
    }
}

/// Reads the fields that a structure does not name. They are never null.
impl FromJson for Map<String, Value> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Entries::deserialize(deserializer).map(|Entries(entries)| entries)
    }
}

/// Reads null as an empty map.
impl FromJson for BTreeMap<String, Value> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entries: Option<Entries<Self>> = Option::deserialize(deserializer)?;
        Ok(entries.map(|Entries(entries)| entries).unwrap_or_default())
    }
}

struct Entries<M>(M);

impl<'de, M: Default + Extend<(String, Value)>> Deserialize<'de> for Entries<M> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<M>(PhantomData<M>);

        impl<'de, M: Default + Extend<(String, Value)>> de::Visitor<'de> for Visitor<M> {
            type Value = M;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<M, A::Error> {
                let mut entries = M::default();
                while let Some((key, Json(value))) = map.next_entry()? {
                    entries.extend([(key, value)]);
                }
                Ok(entries)
            }
        }

        deserializer.deserialize_map(Visitor(PhantomData)).map(Self)
    }
}

/// Any JSON.
pub(crate) struct Json(pub(crate) Value);

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Visitor).map(Self)
    }
}

struct Visitor;

impl<'de> de::Visitor<'de> for Visitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        if value >= BEYOND_INTEGERS || value <= LEAST_INTEGER {
            tolerant::inexact();
        }
        Ok(value.into())
    }

    fn visit_i128<E: de::Error>(self, value: i128) -> Result<Value, E> {
        let number = Number::from_i128(value);
        Ok(number.map_or_else(
            || {
                tolerant::inexact();
                Value::from(value as f64)
            },
            Value::Number,
        ))
    }

    fn visit_u128<E: de::Error>(self, value: u128) -> Result<Value, E> {
        let number = Number::from_u128(value);
        Ok(number.map_or_else(
            || {
                tolerant::inexact();
                Value::from(value as f64)
            },
            Value::Number,
        ))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Json(item)) = list.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if entries.is_empty() && key == NUMBER {
                let digits: String = map.next_value()?;
                let number: Number = digits.parse().map_err(de::Error::custom)?;
                return Ok(Value::Number(number));
            }
            let Json(value) = map.next_value()?;
            if entries.insert(key, value).is_some() {
                tolerant::inexact();
            }
        }
        Ok(Value::Object(entries))
    }
}
