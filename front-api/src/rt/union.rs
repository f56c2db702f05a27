//! Values with one of several types.
//!
//! A generated union implements [`Union`]: how its cases are distinguished, and how each is read and written.
//! [`union!`] implements the rest. The JSON of an unknown case is kept unchanged. So is the JSON of a known case
//! whose content does not have the expected form: Front sends previews.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserializer, Serialize, Serializer, de, ser};
use serde_json::{Map, Value};

use super::json::FromJson;
use super::tolerant;

/// How the cases of a union are distinguished.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// The JSON kind of the value: `string`, `integer`, `number`, `boolean`, `list`, `object`, `null`.
    Kind,
    /// A string, the tag.
    Tag {
        /// The path to the tag: `["_meta", "type"]`.
        tag: &'static [&'static str],
        /// The key of the case's value. `None` where the whole object is the value.
        content: Option<&'static str>,
    },
}

/// A value with one of several types.
pub(crate) trait Union: Sized {
    const SHAPE: Shape;

    /// Decodes the case of this name (for [`Shape::Kind`], of this JSON kind) from its value.
    fn decode(case: &str, content: &Value) -> Option<Self>;

    /// Returns the name and the value of the case, or the unknown case.
    fn encode(&self) -> Result<(&'static str, Value), &UnknownCase>;

    /// Returns the name of the variant, and the value that `Debug` shows in it.
    fn shown(&self) -> (&'static str, &dyn fmt::Debug);

    fn unknown(case: UnknownCase) -> Self;
}

/// A case of a union that this version does not know, or whose content does not have the expected form: the JSON
/// as Front sent it.
#[derive(Clone, Default, PartialEq)]
pub struct UnknownCase {
    tag: Option<Box<str>>,
    raw: Value,
}

impl UnknownCase {
    /// Returns Front's name of the case, where there is one.
    #[must_use]
    pub fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// Returns the whole JSON.
    #[must_use]
    pub fn raw(&self) -> &Value {
        &self.raw
    }
}

/// Omits the JSON, which may contain customer text.
impl fmt::Debug for UnknownCase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnknownCase").field("tag", &self.tag()).finish_non_exhaustive()
    }
}

/// Decodes the value of a case.
pub(crate) fn case<T: DeserializeOwned>(content: &Value) -> Option<T> {
    tolerant::inside_case(content)
}

/// Decodes the list of a case. Null is an empty list.
pub(crate) fn list_case<T: DeserializeOwned>(content: &Value) -> Option<Vec<T>> {
    if content.is_null() { Some(Vec::new()) } else { case(content) }
}

/// Encodes the value of a case.
pub(crate) fn encoded<T: Serialize>(value: &T) -> Value {
    // It only fails for a file inside an input type, which no union contains.
    serde_json::to_value(value).unwrap_or_default()
}

pub(crate) fn read<'de, U: Union, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<U, D::Error> {
    from_value(Value::read(deserializer)?)
}

fn from_value<U: Union, E: de::Error>(raw: Value) -> Result<U, E> {
    let (name, content, key) = match U::SHAPE {
        Shape::Kind => (Some(kind(&raw)), &raw, None),
        Shape::Tag { tag, content: key } => {
            let name = tag.iter().try_fold(&raw, |value, key| value.get(key));
            // A case with missing content is treated like a case with null content.
            let content = key.map_or(&raw, |key| raw.get(key).unwrap_or(&Value::Null));
            (name.and_then(Value::as_str), content, key)
        }
    };
    let decoded = name.and_then(|name| match (U::decode(name, content), U::SHAPE) {
        // An integer is also accepted as a number if a float represents it exactly.
        (None, Shape::Kind) if name == "integer" && is_exact(content) => {
            U::decode("number", content)
        }
        (decoded, _) => decoded,
    });
    match decoded {
        Some(union) => Ok(union),
        None if tolerant::blame(key) => Err(E::custom(tolerant::UNION_FAILED)),
        None => {
            let tag = name.map(Into::into);
            Ok(U::unknown(UnknownCase { tag, raw }))
        }
    }
}

/// Returns whether a floating-point number represents an integer exactly.
fn is_exact(integer: &Value) -> bool {
    const EXACT: u64 = 1 << 53;
    integer
        .as_i64()
        .map(i64::unsigned_abs)
        .or(integer.as_u64())
        .is_some_and(|magnitude| magnitude <= EXACT)
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

pub(crate) fn write<U: Union, S: Serializer>(
    union: &U,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let (name, value) = match union.encode() {
        Ok(known) => known,
        Err(unknown) => return unknown.raw.serialize(serializer),
    };
    match U::SHAPE {
        Shape::Kind => value.serialize(serializer),
        Shape::Tag { tag, content } => {
            let whole = match content {
                Some(key) => Value::Object(Map::from_iter([(key.to_owned(), value)])),
                None => value,
            };
            match tagged(whole, tag, name) {
                Some(whole) => whole.serialize(serializer),
                None => Err(ser::Error::custom(
                    "a case that contains its tag must be an object",
                )),
            }
        }
    }
}

/// Adds the tag at its path, unless it is already there.
fn tagged(mut whole: Value, tag: &[&str], name: &str) -> Option<Value> {
    let (last, parents) = tag.split_last()?;
    let mut place = whole.as_object_mut()?;
    for key in parents {
        let inner = place.entry(*key).or_insert_with(|| Value::Object(Map::new()));
        place = inner.as_object_mut()?;
    }
    place.entry(*last).or_insert_with(|| name.into());
    Some(whole)
}

/// Writes a union like a derived `Debug`: `Rule(Rule { .. })`.
pub(crate) fn debug_union<U: Union>(
    f: &mut fmt::Formatter<'_>,
    union: &U,
) -> fmt::Result {
    let (variant, payload) = union.shown();
    f.debug_tuple(variant).field(payload).finish()
}

/// Implements what every union has in addition to [`Union`].
macro_rules! union {
    ($name:ident) => {
        impl ::std::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::rt::debug_union(f, self)
            }
        }

        impl Default for $name {
            #[inline]
            fn default() -> Self {
                Self::Unknown($crate::rt::UnknownCase::default())
            }
        }

        impl ::serde::Serialize for $name {
            #[inline]
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> Result<S::Ok, S::Error> {
                $crate::rt::write_union(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> Result<Self, D::Error> {
                $crate::rt::read_union(deserializer)
            }
        }

        $crate::rt::json_field!($name);
    };
}
pub(crate) use union;

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use serde_json::json;

    use super::*;

    #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
    struct Rule {
        id: String,
    }

    #[derive(Clone, PartialEq)]
    enum Source {
        Rule(Box<Rule>),
        Rules(Vec<Rule>),
        /// What null decodes to.
        Nothing(Option<Rule>),
        Unknown(UnknownCase),
    }

    impl Union for Source {
        const SHAPE: Shape =
            Shape::Tag { tag: &["_meta", "type"], content: Some("data") };

        fn decode(name: &str, content: &Value) -> Option<Self> {
            Some(match name {
                "rule" => Self::Rule(case(content)?),
                "rules" => Self::Rules(list_case(content)?),
                "nothing" => Self::Nothing(case(content)?),
                _ => return None,
            })
        }

        fn encode(&self) -> Result<(&'static str, Value), &UnknownCase> {
            match self {
                Self::Rule(value) => Ok(("rule", encoded(value))),
                Self::Rules(value) => Ok(("rules", encoded(value))),
                Self::Nothing(value) => Ok(("nothing", encoded(value))),
                Self::Unknown(unknown) => Err(unknown),
            }
        }

        fn shown(&self) -> (&'static str, &dyn fmt::Debug) {
            match self {
                Self::Rule(value) => ("Rule", value),
                Self::Rules(value) => ("Rules", value),
                Self::Nothing(value) => ("Nothing", value),
                Self::Unknown(unknown) => ("Unknown", unknown),
            }
        }

        fn unknown(case: UnknownCase) -> Self {
            Self::Unknown(case)
        }
    }

    union!(Source);

    #[derive(Clone, PartialEq)]
    enum Cell {
        Number(f64),
        Text(String),
        Unknown(UnknownCase),
    }

    impl Union for Cell {
        const SHAPE: Shape = Shape::Kind;

        fn decode(name: &str, content: &Value) -> Option<Self> {
            Some(match name {
                "number" => Self::Number(case(content)?),
                "string" => Self::Text(case(content)?),
                _ => return None,
            })
        }

        fn encode(&self) -> Result<(&'static str, Value), &UnknownCase> {
            match self {
                Self::Number(value) => Ok(("number", encoded(value))),
                Self::Text(value) => Ok(("string", encoded(value))),
                Self::Unknown(unknown) => Err(unknown),
            }
        }

        fn shown(&self) -> (&'static str, &dyn fmt::Debug) {
            match self {
                Self::Number(value) => ("Number", value),
                Self::Text(_) => ("Text", &crate::rt::HIDDEN),
                Self::Unknown(unknown) => ("Unknown", unknown),
            }
        }

        fn unknown(case: UnknownCase) -> Self {
            Self::Unknown(case)
        }
    }

    union!(Cell);

    fn round<T: DeserializeOwned + Serialize>(json: &Value) -> T {
        let value: T = serde_json::from_value(json.clone()).expect("anything decodes");
        assert_eq!(&serde_json::to_value(&value).expect("json"), json);
        value
    }

    #[test]
    fn a_tag_determines_the_case() {
        let rule = json!({"_meta": {"type": "rule"}, "data": {"id": "rul_1"}});
        assert!(matches!(round(&rule), Source::Rule(rule) if rule.id == "rul_1"));
        let rules = json!({"_meta": {"type": "rules"}, "data": [{"id": "rul_1"}]});
        assert!(matches!(round(&rules), Source::Rules(rules) if rules.len() == 1));
    }

    #[test]
    fn an_unknown_case_is_kept() {
        for (json, tag) in [
            (json!({"_meta": {"type": "moon"}, "data": 1, "x": 2}), Some("moon")),
            (json!({"_meta": {"type": "rule"}, "data": null}), Some("rule")),
            (json!({"_meta": {"type": "rule"}}), Some("rule")),
            (json!({"_meta": null}), None),
            (json!({"_meta": {"type": 5}}), None),
            (json!(null), None),
            (json!([1]), None),
        ] {
            match round(&json) {
                Source::Unknown(unknown) => {
                    assert_eq!(unknown.tag(), tag);
                    assert_eq!(unknown.raw(), &json);
                    let debug = format!("{:?}", Source::Unknown(unknown));
                    assert!(!debug.contains("data"), "{debug}");
                }
                known => panic!("{json} became {known:?}"),
            }
        }
        assert!(Source::default() == round(&Value::Null));
    }

    #[test]
    fn a_kind_determines_the_case() {
        assert!(matches!(round(&json!("secret")), Cell::Text(_)));
        assert!(matches!(round(&json!(1.5)), Cell::Number(_)));
        let number: Cell = serde_json::from_value(json!(3)).expect("a number");
        assert!(number == Cell::Number(3.0));
        // An integer that no float represents exactly is kept unchanged.
        for exact in [9_007_199_254_740_993_i64, -9_007_199_254_740_993, i64::MAX] {
            let integer: Cell = round(&json!(exact));
            assert!(matches!(integer, Cell::Unknown(_)), "{exact}");
        }
        assert!(matches!(round(&json!(u64::MAX)), Cell::Unknown(_)));
        assert!(
            matches!(round(&json!([true])), Cell::Unknown(unknown) if unknown.tag() == Some("list"))
        );
    }

    #[test]
    fn debug_is_like_a_derived_one() {
        let rule = Source::Rule(Box::new(Rule { id: "rul_1".into() }));
        assert_eq!(format!("{rule:?}"), r#"Rule(Rule { id: "rul_1" })"#);
        assert_eq!(
            format!("{rule:#?}"),
            "Rule(\n    Rule {\n        id: \"rul_1\",\n    },\n)"
        );
        assert_eq!(format!("{:?}", Cell::Number(1.5)), "Number(1.5)");
        assert_eq!(format!("{:?}", Cell::Text("secret".into())), "Text(..)");
        assert_eq!(
            format!("{:?}", Cell::default()),
            "Unknown(UnknownCase { tag: None, .. })"
        );
    }

    #[test]
    fn null_and_missing_content_are_empty() {
        let null = json!({"_meta": {"type": "nothing"}, "data": null});
        assert!(matches!(round(&null), Source::Nothing(None)));
        let nothing = json!({"_meta": {"type": "nothing"}});
        let source: Source = serde_json::from_value(nothing).expect("a source");
        assert!(matches!(source, Source::Nothing(None)));
        let rules = json!({"_meta": {"type": "rules"}, "data": null});
        let source: Source = serde_json::from_value(rules).expect("a source");
        assert!(matches!(source, Source::Rules(rules) if rules.is_empty()));
    }
}
