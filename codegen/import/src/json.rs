//! JSON in the order of the text, without duplicate keys.
//!
//! `serde_json::Value` keeps the order only with a Cargo feature. Feature unification would enable it for `front-api`, too, and the
//! tests of `front-api` would run with another configuration than its users have.

use std::fmt;

use indexmap::IndexMap;
use indexmap::map::Entry;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// A JSON value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json {
    Null,
    Boolean(bool),
    Number(Number),
    String(String),
    List(Vec<Json>),
    Object(IndexMap<String, Json>),
}

/// The value for a missing key.
static NO_KEYS: Json = Json::Null;

impl Json {
    /// Returns the value of a key, or null if it is missing.
    pub(super) fn get(&self, key: &str) -> &Self {
        self.object().and_then(|keys| keys.get(key)).unwrap_or(&NO_KEYS)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.object().is_some_and(|keys| keys.contains_key(key))
    }

    pub(super) fn object(&self) -> Option<&IndexMap<String, Self>> {
        if let Self::Object(keys) = self { Some(keys) } else { None }
    }

    /// Returns the entries of an object. Empty for other values.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &Self)> {
        self.object().into_iter().flatten().map(|(key, value)| (key.as_str(), value))
    }

    /// Returns the items of a list. Empty for other values.
    pub(super) fn items(&self) -> &[Self] {
        if let Self::List(items) = self { items } else { &[] }
    }

    pub(super) fn text(&self) -> Option<&str> {
        if let Self::String(text) = self { Some(text) } else { None }
    }

    /// Returns the items of a list that are texts.
    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.items().iter().filter_map(Self::text)
    }

    /// Returns whether it is `true`.
    pub(super) fn is_true(&self) -> bool {
        *self == Self::Boolean(true)
    }

    /// Returns a whole number, also if it is written `1.0`.
    pub(super) fn whole(&self) -> Option<i64> {
        let Self::Number(number) = self else {
            return None;
        };
        number.as_i64().or_else(|| {
            let text = number.to_string();
            text.strip_suffix(".0")?.parse().ok()
        })
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Read)
    }
}

struct Read;

impl<'de> Visitor<'de> for Read {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Boolean(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json, E> {
        Ok(Json::String(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut keys = IndexMap::new();
        while let Some(key) = map.next_key::<String>()? {
            match keys.entry(key) {
                Entry::Vacant(free) => {
                    free.insert(map.next_value()?);
                }
                Entry::Occupied(taken) => {
                    let title = format!("duplicate key `{}`", taken.key());
                    return Err(A::Error::custom(title));
                }
            }
        }
        Ok(Json::Object(keys))
    }
}
