//! Parts of responses that this version does not know, and URLs.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::json::FromJson;
use crate::generated::service::{RELATED_LINKS_KEY, SELF_LINK_KEY};

/// A value of an enumeration that this version does not know.
///
/// The enumeration's `as_str` returns the text of every value, known or not.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    pub(crate) fn new(value: &str) -> Self {
        Self(value.into())
    }

    /// Returns the text of the value.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Fields that this version does not know yet, as Front sent them.
///
/// They are serialized with the other fields. `Debug` shows only their names.
///
/// ```
/// let tag: front_api::tags::Tag = serde_json::from_str(r#"{"id": "tag_1a", "shade": "dark"}"#)?;
/// assert_eq!(tag.extra.get("shade").and_then(|shade| shade.as_str()), Some("dark"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Extra(Map<String, Value>);

impl From<Map<String, Value>> for Extra {
    fn from(fields: Map<String, Value>) -> Self {
        Self(fields)
    }
}

impl<'de> Deserialize<'de> for Extra {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::read(deserializer).map(Self)
    }
}

impl Extra {
    /// Returns the field of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// Returns all fields.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Returns the number of fields.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there are no fields.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// The URLs that Front sends with an object: its own, and those of related resources.
///
/// They are URLs of the API. Use the calls of this crate instead of requesting them: a URL requires the token, and
/// its host may differ from the base URL. `Debug` shows only the names.
///
/// ```
/// let tag: front_api::tags::Tag = serde_json::from_str(r#"{
///     "_links": {"self": "https://x/tags/tag_1", "related": {"owner": null, "children": "https://x/c"}},
///     "id": "tag_1"
/// }"#)?;
/// assert_eq!(tag.api_links.this(), Some("https://x/tags/tag_1"));
/// assert_eq!(tag.api_links.get("children"), Some("https://x/c"));
/// assert_eq!(tag.api_links.get("owner"), None);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct ApiLinks(Map<String, Value>);

impl ApiLinks {
    /// Returns the URL of the object itself.
    #[must_use]
    pub fn this(&self) -> Option<&str> {
        self.0.get(SELF_LINK_KEY)?.as_str()
    }

    /// Returns the URL of a related resource. `None` where Front sends null or no URL.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.related()?.get(name)?.as_str()
    }

    /// Returns the names of the related resources, also of those whose URL is null.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.related().into_iter().flat_map(Map::keys).map(String::as_str)
    }

    /// Returns whether there are no URLs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn related(&self) -> Option<&Map<String, Value>> {
        self.0.get(RELATED_LINKS_KEY)?.as_object()
    }
}

/// Reads null as no URLs.
impl<'de> Deserialize<'de> for ApiLinks {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        or_empty(deserializer).map(Self)
    }
}

impl fmt::Debug for ApiLinks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let own = self.0.contains_key(SELF_LINK_KEY).then_some(SELF_LINK_KEY);
        f.debug_set().entries(own.into_iter().chain(self.names())).finish()
    }
}

/// Reads null as the default value, for lists, maps and links.
pub(crate) fn or_empty<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_serialized_unchanged() {
        let text =
            r#"{"other":1,"related":{"a":"https://x/a","b":null},"self":"https://x"}"#;
        let links: ApiLinks = serde_json::from_str(text).expect("links");
        assert_eq!(links.names().collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(format!("{links:?}"), r#"{"self", "a", "b"}"#);
        assert_eq!(serde_json::to_string(&links).expect("json"), text);
        assert!(serde_json::from_str::<ApiLinks>("null").expect("null").is_empty());
    }

    #[test]
    fn extra_shows_no_value() {
        let extra: Extra = serde_json::from_str(r#"{"a": "secret"}"#).expect("a map");
        assert_eq!(format!("{extra:?}"), r#"{"a"}"#);
        assert_eq!((extra.len(), extra.is_empty()), (1, false));
        assert_eq!(extra.iter().map(|(name, _)| name).collect::<Vec<_>>(), ["a"]);
    }
}
