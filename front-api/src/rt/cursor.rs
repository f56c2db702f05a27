//! Places in a list.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};
use serde_json::Value;

/// A place in a list: where the next page begins.
///
/// [`Page::next`](crate::Page::next) gives one; a list's `from` takes it. It is no secret and can be
/// stored, as text or through serde. Front does not say how long one lasts.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Cursor {
    text: Box<str>,
    malformed: bool,
}

impl Cursor {
    /// A cursor that was stored.
    #[must_use]
    pub fn new(cursor: impl Into<String>) -> Self {
        Self { text: cursor.into().into(), malformed: false }
    }

    /// Returns the cursor as Front writes it. For a [malformed](Self::is_malformed) cursor, returns the JSON
    /// that Front sent instead of a URL with a cursor.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns whether Front's URL of the next page lacks a cursor. There are more pages, but no call can
    /// reach them: a list that begins here is an error. Such a cursor cannot be serialized.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
    /// let page = front.tags().list().send().await?;
    /// if page.next.is_some_and(|next| next.is_malformed()) {
    ///     eprintln!("the list has more pages, which cannot be reached");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn is_malformed(&self) -> bool {
        self.malformed
    }

    pub(crate) fn malformed(json: &Value) -> Self {
        Self { text: json.to_string().into(), malformed: true }
    }

    /// Returns what Front sent instead of a URL, for a malformed cursor.
    pub(crate) fn malformed_json(&self) -> Option<Value> {
        self.malformed.then(|| serde_json::from_str(&self.text).unwrap_or_default())
    }

    /// Returns the cursor in the URL of a next page, or a malformed cursor.
    pub(crate) fn in_json(next: &Value, key: &str) -> Self {
        next.as_str()
            .and_then(|address| Self::in_address(address, key))
            .unwrap_or_else(|| Self::malformed(next))
    }

    /// The cursor in the address of a next page; only that: the address may name another host than
    /// the one that was called, which is never followed.
    fn in_address(address: &str, key: &str) -> Option<Self> {
        let (_, query) = address.split_once('?')?;
        let query = query.split('#').next()?;
        let value = query.split('&').find_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            (name == key).then_some(value)
        })?;
        // A plus stays a plus: cursors are Base64 and hold no spaces.
        let value = percent_decode_str(value).decode_utf8().ok()?;
        (!value.is_empty()).then(|| Self::new(value))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.malformed {
            // When read back, it would be mistaken for a valid cursor.
            return Err(ser::Error::custom("a malformed cursor cannot be stored"));
        }
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::new)
    }
}

impl FromStr for Cursor {
    type Err = Infallible;

    fn from_str(cursor: &str) -> Result<Self, Infallible> {
        Ok(Self::new(cursor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(address: &str) -> Option<String> {
        Cursor::in_address(address, "page_token").map(|cursor| cursor.to_string())
    }

    #[test]
    fn is_taken_out_of_an_address() {
        let cursor = Some("a/b+c==".to_owned());
        assert_eq!(
            found("https://x.test/tags?limit=5&page_token=a%2Fb%2Bc%3D%3D"),
            cursor
        );
        assert_eq!(found("/tags?page_token=a/b+c==&limit=5#top"), cursor);
        for other in [
            "https://x.test/tags",
            "/tags?",
            "/tags?page_token=",
            "/tags?x_page_token=1",
            "",
            "?page_token=%ff",
        ] {
            assert_eq!(found(other), None, "{other}");
        }
    }

    #[test]
    fn can_be_stored() {
        let cursor = Cursor::new("a/b");
        let json = serde_json::to_string(&cursor).expect("a string");
        assert_eq!(json, "\"a/b\"");
        assert_eq!(serde_json::from_str::<Cursor>(&json).expect("a cursor"), cursor);
        assert_eq!("a/b".parse(), Ok(cursor));
    }
}
