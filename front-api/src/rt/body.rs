//! The content of a request body: a tree of JSON values and files.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::ser::{self, SerializeMap};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Number, Value};

use super::timestamp::Timestamp;
use super::upload::Upload;

/// A value in a body.
#[derive(Clone, PartialEq)]
pub(crate) enum Field {
    Null,
    Bool(bool),
    Integer(i64),
    Number(f64),
    /// A number of the caller's JSON that is neither an `i64` nor exactly an `f64`.
    Exact(Number),
    String(String),
    File(Upload),
    List(Vec<Field>),
    /// An empty list that Front does not accept, with the key of the field: an error when the call is sent.
    Empty(&'static str),
    Object(Fields),
}

impl Field {
    pub(crate) fn list<T: Into<Self>>(items: impl IntoIterator<Item = T>) -> Self {
        Self::List(items.into_iter().map(Into::into).collect())
    }

    fn empty_list(&self) -> Option<&'static str> {
        match self {
            Self::Empty(key) => Some(key),
            Self::List(items) => items.iter().find_map(Self::empty_list),
            Self::Object(fields) => fields.empty_list(),
            _ => None,
        }
    }

    /// Creates a value from any serializable type.
    pub(crate) fn json<T: Serialize>(value: &T) -> Self {
        Self::from(super::union::encoded(value))
    }
}

/// The fields of an object in a body, in the order in which they were first set.
///
/// Equality ignores the order, because the fields of a JSON object have none. `Debug` shows only the names.
#[derive(Clone, Default)]
pub(crate) struct Fields(Vec<(Cow<'static, str>, Field)>);

impl Fields {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Creates the fields of a map. Its keys are not split at dots.
    pub(crate) fn from_pairs<K: Into<String>, T: Into<Field>>(
        pairs: impl IntoIterator<Item = (K, T)>,
    ) -> Self {
        let mut fields = Self::new();
        for (key, value) in pairs {
            fields.insert(Cow::Owned(key.into()), value.into());
        }
        fields
    }

    /// Creates the fields of a map of JSON values.
    pub(crate) fn from_json<K: Into<String>, V: Into<Value>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        Self::from_pairs(pairs.into_iter().map(|(key, value)| (key, value.into())))
    }

    /// Creates the fields of a map of texts.
    #[allow(dead_code, reason = "no operation of the spec has one yet")]
    pub(crate) fn from_text<K: Into<String>, V: Into<String>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        Self::from_pairs(pairs.into_iter().map(|(key, value)| (key, value.into())))
    }

    /// Sets a field. Replaces an earlier value. The key `a.b` is the key `b` of the object at `a`.
    pub(crate) fn set(&mut self, key: &'static str, value: impl Into<Field>) {
        self.put(key, value.into());
    }

    /// Sets a field to a list; see [`set`](Self::set).
    pub(crate) fn set_list<T: Into<Field>>(
        &mut self,
        key: &'static str,
        items: impl IntoIterator<Item = T>,
    ) {
        self.put(key, Field::list(items));
    }

    /// Sets a field to a list that must not be empty; see [`set`](Self::set).
    #[allow(dead_code, reason = "no type inside of a body has such a list yet")]
    pub(crate) fn set_non_empty<T: Into<Field>>(
        &mut self,
        key: &'static str,
        items: impl IntoIterator<Item = T>,
    ) {
        match Field::list(items) {
            Field::List(items) if items.is_empty() => self.put(key, Field::Empty(key)),
            list => self.put(key, list),
        }
    }

    /// Sets a field to null.
    pub(crate) fn clear(&mut self, key: &'static str) {
        self.put(key, Field::Null);
    }

    fn put(&mut self, key: &'static str, value: Field) {
        match key.split_once('.') {
            None => self.insert(Cow::Borrowed(key), value),
            Some((outer, inner)) => self.object(outer).put(inner, value),
        }
    }

    /// Sets a field. The key is not split at dots.
    pub(crate) fn insert(&mut self, key: Cow<'static, str>, value: Field) {
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some((_, old)) => *old = value,
            None => self.0.push((key, value)),
        }
    }

    /// Returns the object at a key. Creates it if it is missing.
    fn object(&mut self, key: &'static str) -> &mut Self {
        let index = match self.0.iter().position(|(known, _)| known == key) {
            Some(index) => index,
            None => {
                self.0.push((Cow::Borrowed(key), Field::Null));
                self.0.len() - 1
            }
        };
        let value = &mut self.0[index].1;
        if !matches!(value, Field::Object(_)) {
            *value = Field::Object(Self::new());
        }
        match value {
            Field::Object(fields) => fields,
            _ => unreachable!("an object was put there a line above"),
        }
    }

    /// Merges other fields into these. Objects are merged; any other value replaces the old one.
    pub(crate) fn merge(&mut self, other: Self) {
        for (key, value) in other.0 {
            let old =
                self.0.iter_mut().find(|(known, _)| *known == key).map(|(_, old)| old);
            match (old, value) {
                (Some(Field::Object(old)), Field::Object(new)) => old.merge(new),
                (_, value) => self.insert(key, value),
            }
        }
    }

    /// Returns whether a field is set. The key `a.b` is the key `b` of the object at `a`.
    pub(crate) fn has(&self, key: &str) -> bool {
        let (outer, inner) = match key.split_once('.') {
            Some((outer, inner)) => (outer, Some(inner)),
            None => (key, None),
        };
        self.iter().any(|(known, value)| {
            known == outer
                && match (value, inner) {
                    (_, None) => true,
                    (Field::Object(fields), Some(inner)) => fields.has(inner),
                    (_, Some(_)) => false,
                }
        })
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the key of an empty list that Front does not accept, at any depth.
    pub(crate) fn empty_list(&self) -> Option<&'static str> {
        self.0.iter().find_map(|(_, value)| value.empty_list())
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Field)> {
        self.0.iter().map(|(key, value)| (key.as_ref(), value))
    }
}

impl PartialEq for Fields {
    fn eq(&self, other: &Self) -> bool {
        // Each key occurs once.
        self.0.len() == other.0.len()
            && self.0.iter().all(|field| other.0.contains(field))
    }
}

impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(|(key, _)| key)).finish()
    }
}

impl Serialize for Field {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i64(*value),
            // JSON has no such number, and serde_json would write null.
            Self::Number(value) if !value.is_finite() => {
                Err(ser::Error::custom("a number is not finite"))
            }
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::String(value) => serializer.serialize_str(value),
            Self::Exact(value) => value.serialize(serializer),
            Self::File(_) => Err(ser::Error::custom("a file is not JSON")),
            Self::Empty(key) => {
                Err(ser::Error::custom(format_args!("the list `{key}` is empty")))
            }
            Self::List(items) => serializer.collect_seq(items),
            Self::Object(fields) => fields.serialize(serializer),
        }
    }
}

impl Serialize for Fields {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (key, value) in self.iter() {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

/// Reads the fields of an input type.
impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let map = Map::<String, Value>::deserialize(deserializer)?;
        Ok(Self::from_pairs(map))
    }
}

macro_rules! from {
    ($($ty:ty: |$value:ident| $field:expr;)*) => {$(
        impl From<$ty> for Field {
            fn from($value: $ty) -> Self {
                $field
            }
        }
    )*};
}
from! {
    bool: |value| Self::Bool(value);
    i64: |value| Self::Integer(value);
    u32: |value| Self::Integer(value.into());
    f64: |value| Self::Number(value);
    &str: |value| Self::String(value.to_owned());
    String: |value| Self::String(value);
    Timestamp: |value| Self::json(&value);
    Upload: |value| Self::File(value);
    Fields: |value| Self::Object(value);
}

/// Uses the same form as the setters, so that deserialized fields are equal to the original ones.
impl From<Value> for Field {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(value) => value.into(),
            Value::String(value) => Self::String(value),
            Value::Array(items) => Self::list(items),
            Value::Object(map) => Self::Object(Fields::from_pairs(map)),
        }
    }
}

impl From<Number> for Field {
    fn from(number: Number) -> Self {
        if let Some(integer) = number.as_i64() {
            return Self::Integer(integer);
        }
        match number.as_f64() {
            Some(float) if Number::from_f64(float).as_ref() == Some(&number) => {
                Self::Number(float)
            }
            _ => Self::Exact(number),
        }
    }
}

/// The spec writes the constant null as `()`.
impl From<()> for Field {
    fn from((): ()) -> Self {
        Self::Null
    }
}

impl<T: Into<Field>> From<BTreeMap<String, T>> for Field {
    fn from(pairs: BTreeMap<String, T>) -> Self {
        Self::Object(Fields::from_pairs(pairs))
    }
}

impl<T: Into<Field>> From<Vec<T>> for Field {
    fn from(items: Vec<T>) -> Self {
        Self::list(items)
    }
}

/// Implements the conversion of a serializable type to a value in a body.
macro_rules! json_field {
    ($name:ident) => {
        impl From<$name> for $crate::rt::Field {
            #[inline]
            fn from(value: $name) -> Self {
                Self::json(&value)
            }
        }

        impl From<&$name> for $crate::rt::Field {
            #[inline]
            fn from(value: &$name) -> Self {
                Self::json(value)
            }
        }
    };
}
pub(crate) use json_field;

/// Implements what a type of both responses and bodies has.
macro_rules! both {
    ($name:ident) => {
        $crate::rt::json_field!($name);
    };
}
pub(crate) use both;

/// Implements what a type of bodies only has. For `struct $name(Fields)`.
macro_rules! input {
    ($name:ident) => {
        impl From<$name> for $crate::rt::Fields {
            #[inline]
            fn from(value: $name) -> Self {
                value.0
            }
        }

        impl From<$name> for $crate::rt::Field {
            #[inline]
            fn from(value: $name) -> Self {
                Self::Object(value.0)
            }
        }

        impl ::serde::Serialize for $name {
            #[inline]
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                ::serde::Serialize::serialize(&self.0, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                ::serde::Deserialize::deserialize(deserializer).map(Self)
            }
        }
    };
}
pub(crate) use input;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn json(fields: &Fields) -> Value {
        serde_json::to_value(fields).expect("no file inside")
    }

    #[test]
    fn a_key_with_a_dot_is_nested() {
        let mut fields = Fields::new();
        fields.set("options.archive", true);
        fields.set("body", "secret");
        fields.set_list("options.tag_ids", ["a", "b"]);
        fields.set("options.archive", false);
        fields.clear("assignee_id");
        assert_eq!(
            serde_json::to_string(&fields).expect("json"),
            r#"{"options":{"archive":false,"tag_ids":["a","b"]},"body":"secret","assignee_id":null}"#
        );
        assert!(fields.has("options.archive") && fields.has("assignee_id"));
        assert!(!fields.has("options.body") && !fields.has("archive"));
        assert_eq!(format!("{fields:?}"), r#"{"options", "body", "assignee_id"}"#);
    }

    #[test]
    fn the_key_of_a_map_is_not_split() {
        let fields = Fields::from_pairs([("a.b", 1i64), ("a.b", 2), ("c", 3)]);
        assert_eq!(json(&fields), json!({"a.b": 2, "c": 3}));
    }

    #[test]
    fn merging_merges_objects() {
        let mut fields = Fields::new();
        fields.set("options.archive", true);
        fields.set("kind", "a");
        let mut other = Fields::new();
        other.set("options.tag", "x");
        other.set("kind", "b");
        fields.merge(other);
        assert_eq!(
            json(&fields),
            json!({"options": {"archive": true, "tag": "x"}, "kind": "b"})
        );
    }

    #[test]
    fn deserialized_fields_are_equal() {
        let mut inner = Fields::new();
        inner.set("z", "text");
        inner.set("a", 1i64);
        let mut fields = Fields::new();
        fields.set("nothing", ());
        fields.set("flag", true);
        fields.set("whole", 5.0);
        fields.set("half", 0.5);
        fields.set("at", Timestamp::from_millis(1_500));
        fields.set_list("list", [inner.clone(), Fields::new()]);
        fields.set("json", json!({"a": [u64::MAX, null]}));
        fields.set("object", inner);
        let text = serde_json::to_string(&fields).expect("json");
        let back: Fields = serde_json::from_str(&text).expect("an object");
        assert!(back == fields, "{text}");
        let object = r#""object":{"z":"text","a":1}"#;
        assert!(text.ends_with(&format!("{object}}}")), "{text}");
        fields.clear("flag");
        assert!(back != fields);
    }

    #[test]
    fn order_does_not_matter() {
        let one = Fields::from_pairs([("a", 1i64), ("b", 2)]);
        assert!(one == Fields::from_pairs([("b", 2i64), ("a", 1)]));
        assert!(one != Fields::from_pairs([("a", 1i64), ("c", 2)]));
        assert!(one != Fields::from_pairs([("a", 1i64)]));
    }

    #[test]
    fn an_empty_list_is_kept_unless_it_must_not_be_empty() {
        let mut fields = Fields::new();
        fields.set_list("tag_ids", [""; 0]);
        assert_eq!((json(&fields), fields.empty_list()), (json!({"tag_ids": []}), None));
        fields.set_non_empty("filters.tag_ids", [""; 0]);
        assert_eq!(fields.empty_list(), Some("filters.tag_ids"));
        assert!(serde_json::to_vec(&fields).is_err());
        let mut around = Fields::new();
        around.set_list("columns", [fields.clone()]);
        assert_eq!(around.empty_list(), Some("filters.tag_ids"));
        fields.set_non_empty("filters.tag_ids", ["tag_1"]);
        assert_eq!(fields.empty_list(), None);
        assert_eq!(
            json(&fields),
            json!({"tag_ids": [], "filters": {"tag_ids": ["tag_1"]}})
        );
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        let mut fields = Fields::new();
        fields.set("score", f64::NAN);
        assert!(serde_json::to_vec(&fields).is_err());
    }
}
