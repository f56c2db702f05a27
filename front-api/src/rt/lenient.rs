//! Items of a list that may be undecodable without making the whole page an error.

use std::fmt;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use serde_json::Value;

use super::tolerant::{self, FallbackError, InvalidValue};

/// An item of a list, or its JSON if it cannot be decoded.
///
/// A list's stream returns it after `lenient`; see [`PageStream::lenient`](crate::PageStream::lenient). Any JSON
/// can be decoded as a `Lenient<T>`. It is serialized as Front sent it.
///
/// ```
/// use front_api::{Lenient, tags::Tag};
///
/// # fn main() -> Result<(), serde_json::Error> {
/// let tags: Vec<Lenient<Tag>> = serde_json::from_str(r#"[{"id": "tag_1"}, {"id": null}]"#)?;
/// for tag in tags {
///     match tag {
///         Lenient::Item(tag) => assert_eq!(tag.id.as_str(), "tag_1"),
///         Lenient::Undecodable(other) => {
///             assert_eq!(other.path(), Some("id"));
///             assert!(other.json()["id"].is_null());
///         }
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Lenient<T> {
    /// A decoded item.
    Item(T),
    /// An item that cannot be decoded.
    Undecodable(Undecodable),
}

impl<T> Lenient<T> {
    /// Returns the item. `None` if it cannot be decoded.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
    /// let mut tags = front.tags().list().stream().lenient();
    /// while let Some(tag) = tags.try_next().await? {
    ///     let Some(tag) = tag.ok() else { continue };
    ///     println!("{}", tag.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn ok(self) -> Option<T> {
        self.into_result().ok()
    }

    /// Returns the item as a `Result`.
    ///
    /// # Errors
    ///
    /// Returns the JSON of an item that cannot be decoded.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let mut tags = front.tags().list().stream().lenient();
    /// while let Some(tag) = tags.try_next().await? {
    ///     println!("{}", tag.into_result()?.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn into_result(self) -> Result<T, Undecodable> {
        match self {
            Self::Item(item) => Ok(item),
            Self::Undecodable(other) => Err(other),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Lenient<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let json = Value::deserialize(deserializer)?;
        match tolerant::attempt(&json) {
            Ok(item) => Ok(Self::Item(item)),
            Err(FallbackError::Final(invalid_value)) => {
                Ok(Self::Undecodable(Undecodable::new(json, &invalid_value, None)))
            }
            Err(FallbackError::Again) => {
                Err(de::Error::custom("failed to decode an item"))
            }
        }
    }
}

impl<T: Serialize> Serialize for Lenient<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Item(item) => item.serialize(serializer),
            Self::Undecodable(other) => other.json.serialize(serializer),
        }
    }
}

/// An item of a list that cannot be decoded.
///
/// `Display` shows the path to the invalid value, and why it is invalid. Neither `Display` nor `Debug` contains a
/// value of the JSON, which may be customer text; only [`json`](Self::json) returns it.
///
/// ```
/// use front_api::{Lenient, tags::Tag};
///
/// # fn main() -> Result<(), serde_json::Error> {
/// let tag: Lenient<Tag> = serde_json::from_str(r#"{"id": null}"#)?;
/// let other = tag.into_result().expect_err("a tag has an id");
/// assert_eq!(other.to_string(), "failed to decode the item at `id`: expected a string");
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq)]
pub struct Undecodable {
    json: Value,
    reason: Box<str>,
    path: Option<Box<str>>,
    index: Option<usize>,
}

impl Undecodable {
    pub(crate) fn new(
        json: Value,
        invalid_value: &InvalidValue,
        index: Option<usize>,
    ) -> Self {
        let path = invalid_value.path().map(Into::into);
        Self { json, reason: invalid_value.reason.as_str().into(), path, index }
    }

    /// Returns the position among the items that Front sent, from 0, for an item of
    /// [`Page::undecodable`](crate::Page::undecodable). `None` where this replaces the item in a list.
    #[must_use]
    pub fn index(&self) -> Option<usize> {
        self.index
    }

    pub(crate) fn in_place(mut self) -> Self {
        self.index = None;
        self
    }

    /// Returns the whole JSON that Front sent.
    ///
    /// ```no_run
    /// # fn example(other: &front_api::Undecodable) {
    /// println!("{}", other.json());
    /// # }
    /// ```
    #[must_use]
    pub fn json(&self) -> &Value {
        &self.json
    }

    /// Returns the whole JSON that Front sent, without copying it.
    ///
    /// ```no_run
    /// # fn example(other: front_api::Undecodable) {
    /// let json: serde_json::Value = other.into_json();
    /// # }
    /// ```
    #[must_use]
    pub fn into_json(self) -> Value {
        self.json
    }

    /// Returns why the item cannot be decoded, without the invalid value: ``missing field `id` ``.
    ///
    /// ```no_run
    /// # fn example(other: &front_api::Undecodable) {
    /// println!("{}", other.reason());
    /// # }
    /// ```
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// Returns the path to the invalid value in the item, such as `recipient.role`. `None` where the whole item is
    /// invalid. It has the form of [`Error::json_path`](crate::Error::json_path).
    ///
    /// ```no_run
    /// # fn example(other: &front_api::Undecodable) {
    /// println!("{}", other.path().unwrap_or("the whole item"));
    /// # }
    /// ```
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }
}

/// Omits the JSON, which may contain customer text.
impl fmt::Debug for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Undecodable")
            .field("path", &self.path())
            .field("reason", &self.reason())
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("failed to decode the item")?;
        if let Some(path) = self.path() {
            write!(f, " at `{path}`")?;
        }
        write!(f, ": {}", self.reason)
    }
}

impl std::error::Error for Undecodable {}
