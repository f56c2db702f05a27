//! Cursors of lists.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};
use serde_json::Value;

/// The cursor of a page of a list.
///
/// [`Page::next`](crate::Page::next) contains it, and a list's `from` accepts it. It is not secret and can be
/// stored, as text or with serde. Front does not document how long a cursor is valid.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Cursor {
    text: Box<str>,
    malformed: bool,
}

impl Cursor {
    /// Creates a cursor from stored text.
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

    /// Returns whether Front's URL of the next page has no cursor. There are more pages, but they cannot be
    /// requested: a list that starts here is an error. Such a cursor cannot be serialized.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
    /// let page = front.tags().list().send().await?;
    /// if page.next.is_some_and(|next| next.is_malformed()) {
    ///     eprintln!("the list has more pages, which cannot be requested");
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
            .and_then(|url| Self::in_url(url, key))
            .unwrap_or_else(|| Self::malformed(next))
    }

    /// Returns the cursor in the URL of a next page. The rest of the URL is ignored, because its host may be
    /// another one than that of the request.
    fn in_url(url: &str, key: &str) -> Option<Self> {
        let (_, query) = url.split_once('?')?;
        let query = query.split('#').next()?;
        let value = query.split('&').find_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            (name == key).then_some(value)
        })?;
        // A plus sign is not a space: cursors are Base64.
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
            return Err(ser::Error::custom("a malformed cursor cannot be serialized"));
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

    fn found(url: &str) -> Option<String> {
        Cursor::in_url(url, "page_token").map(|cursor| cursor.to_string())
    }

    #[test]
    fn is_read_from_a_url() {
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
