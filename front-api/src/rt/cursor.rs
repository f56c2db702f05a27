//! Places in a list.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

/// A place in a list: where the next page begins.
///
/// [`Page::next`](crate::Page::next) gives one; a list's `from` takes it. It is no secret and can be
/// stored, as text or through serde. Front does not say how long one lasts.
#[derive(Clone, Debug, Deserialize, Eq, Hash, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Cursor(Box<str>);

impl Cursor {
    /// A cursor that was stored.
    #[must_use]
    pub fn new(cursor: impl Into<String>) -> Self {
        Self(cursor.into().into())
    }

    /// As Front writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The cursor in the address of a next page; only that: the address may name another host than
    /// the one that was called, which is never followed.
    pub(crate) fn in_address(address: &str, key: &str) -> Option<Self> {
        let (_, query) = address.split_once('?')?;
        let query = query.split('#').next()?;
        let value = query.split('&').find_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            (name == key).then_some(value)
        })?;
        // A plus stays a plus: cursors are Base64 and hold no spaces.
        let value = percent_decode_str(value).decode_utf8().ok()?;
        (!value.is_empty()).then(|| Self(value.into()))
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
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
