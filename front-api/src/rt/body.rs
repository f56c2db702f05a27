//! What a body holds: a tree of JSON values and files.

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
    /// A number of the caller's JSON that neither of the two holds exactly.
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

    /// Anything that serializes.
    pub(crate) fn json<T: Serialize>(value: &T) -> Self {
        Self::from(super::union::encoded(value))
    }
}

/// The fields of an object in a body, in the order in which they were first set.
///
/// Equal whatever the order: JSON has none, and one that was read back may have another. `Debug`
/// shows their names only.
#[derive(Clone, Default)]
pub(crate) struct Fields(Vec<(Cow<'static, str>, Field)>);

impl Fields {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// A map whose keys are the caller's.
    pub(crate) fn from_pairs<K: Into<String>, T: Into<Field>>(
        pairs: impl IntoIterator<Item = (K, T)>,
    ) -> Self {
        let mut fields = Self::new();
        for (key, value) in pairs {
            fields.insert(Cow::Owned(key.into()), value.into());
        }
        fields
    }

    /// A map of the caller's JSON.
    pub(crate) fn from_json<K: Into<String>, V: Into<Value>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        Self::from_pairs(pairs.into_iter().map(|(key, value)| (key, value.into())))
    }

    /// A map of the caller's text.
    #[allow(dead_code, reason = "no operation of the spec takes one yet")]
    pub(crate) fn from_text<K: Into<String>, V: Into<String>>(
        pairs: impl IntoIterator<Item = (K, V)>,
    ) -> Self {
        Self::from_pairs(pairs.into_iter().map(|(key, value)| (key, value.into())))
    }

    /// Sets a field, in place of an earlier value of it. The key `a.b` is key `b` of the object at `a`.
    pub(crate) fn set(&mut self, key: &'static str, value: impl Into<Field>) {
        self.put(key, value.into());
    }

    /// [`set`](Self::set) for a list.
    pub(crate) fn set_list<T: Into<Field>>(
        &mut self,
        key: &'static str,
        items: impl IntoIterator<Item = T>,
    ) {
        self.put(key, Field::list(items));
    }

    /// [`set_list`](Self::set_list) for a list that must not be empty.
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

    /// Sends null for a field.
    pub(crate) fn clear(&mut self, key: &'static str) {
        self.put(key, Field::Null);
    }

    fn put(&mut self, key: &'static str, value: Field) {
        match key.split_once('.') {
            None => self.insert(Cow::Borrowed(key), value),
            Some((outer, inner)) => self.object(outer).put(inner, value),
        }
    }

    /// Sets a field whose key is taken as it is.
    pub(crate) fn insert(&mut self, key: Cow<'static, str>, value: Field) {
        match self.0.iter_mut().find(|(known, _)| *known == key) {
            Some((_, old)) => *old = value,
            None => self.0.push((key, value)),
        }
    }

    /// The object at a key, made where there is none.
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

    /// Takes in other fields; objects are merged, everything else replaces.
    pub(crate) fn absorb(&mut self, other: Self) {
        for (key, value) in other.0 {
            let old =
                self.0.iter_mut().find(|(known, _)| *known == key).map(|(_, old)| old);
            match (old, value) {
                (Some(Field::Object(old)), Field::Object(new)) => old.absorb(new),
                (_, value) => self.insert(key, value),
            }
        }
    }

    /// Whether a field is there; `a.b` looks into the object at `a`.
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
        // No key is there twice.
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
            // JSON has no such number, and null would be sent in its place.
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

/// What an input type is read back from.
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

/// In the form that setters give the same value, so that what was read back is equal to it.
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

/// Null: what the spec's constants write as `()`.
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

/// Makes a type that serializes a value in bodies.
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

/// What a type has that answers and bodies share.
macro_rules! both {
    ($name:ident) => {
        $crate::rt::json_field!($name);
    };
}
pub(crate) use both;

/// What a type has that only bodies hold. For `struct $name(Fields)`.
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
    fn a_dotted_key_goes_inside() {
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
    fn a_callers_key_stays_whole() {
        let fields = Fields::from_pairs([("a.b", 1i64), ("a.b", 2), ("c", 3)]);
        assert_eq!(json(&fields), json!({"a.b": 2, "c": 3}));
    }

    #[test]
    fn absorbing_merges_objects() {
        let mut fields = Fields::new();
        fields.set("options.archive", true);
        fields.set("kind", "a");
        let mut other = Fields::new();
        other.set("options.tag", "x");
        other.set("kind", "b");
        fields.absorb(other);
        assert_eq!(
            json(&fields),
            json!({"options": {"archive": true, "tag": "x"}, "kind": "b"})
        );
    }

    #[test]
    fn reading_back_gives_the_same() {
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
    fn refuses_what_json_cannot_say() {
        let mut fields = Fields::new();
        fields.set("score", f64::NAN);
        assert!(serde_json::to_vec(&fields).is_err());
    }
}
