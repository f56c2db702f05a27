//! Pages of lists.

use serde::de::{Error as _, Unexpected};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::cursor::Cursor;
use super::encode;
use super::value::{Extra, or_empty};
use crate::generated::service::CURSOR;

/// A page of a list.
///
/// It may hold fewer items than were asked for, even none, with more to come: only
/// [`next`](Self::next) tells the end. A list's `stream` and `pages` go on by themselves.
///
/// It is written in Front's form (`_results`, `_pagination`, `_total`), and read back from it. Of the
/// next page's address only what matters is written, `?page_token=..`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items, in Front's order.
    pub items: Vec<T>,
    /// Where the next page begins; none on the last page.
    pub next: Option<Cursor>,
    /// How many items there are on all pages together. Front says so for searches only, and as a hint.
    pub total: Option<u64>,
    /// What Front sent beside.
    pub extra: Extra,
}

#[derive(Deserialize)]
#[serde(bound = "T: Deserialize<'de>")]
struct Wire<T> {
    #[serde(rename = "_results")]
    results: Vec<T>,
    #[serde(rename = "_pagination", default, deserialize_with = "or_empty")]
    pagination: Pagination,
    #[serde(rename = "_total", default)]
    total: Value,
    #[serde(flatten)]
    extra: Extra,
}

#[derive(Default, Deserialize)]
struct Pagination {
    #[serde(default, deserialize_with = "cursor")]
    next: Option<Cursor>,
}

fn cursor<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Cursor>, D::Error> {
    let Some(address) = Option::<String>::deserialize(deserializer)? else {
        return Ok(None);
    };
    match Cursor::in_address(&address, CURSOR) {
        Some(cursor) => Ok(Some(cursor)),
        // To go on as if this were the last page would lose the rest without a word.
        None => {
            let expected = format!("an address with the query parameter `{CURSOR}`");
            Err(D::Error::invalid_value(
                Unexpected::Other("an address without it"),
                &&*expected,
            ))
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Wire { results, pagination, total, extra } =
            Wire::deserialize(deserializer)?;
        Ok(Self { items: results, next: pagination.next, total: total.as_u64(), extra })
    }
}

impl<T: Serialize> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Wire<'a, T> {
            #[serde(rename = "_pagination")]
            pagination: Pagination,
            #[serde(rename = "_results")]
            results: &'a [T],
            #[serde(rename = "_total", skip_serializing_if = "Option::is_none")]
            total: Option<u64>,
            #[serde(flatten)]
            extra: &'a Extra,
        }

        #[derive(Serialize)]
        struct Pagination {
            next: Option<String>,
        }

        // An empty cursor is no place: an address with one would not be read back.
        let next = self.next.as_ref().filter(|next| !next.as_str().is_empty());
        let next =
            next.map(|next| format!("?{}", encode::query([(CURSOR, next.as_str())])));
        let wire = Wire {
            pagination: Pagination { next },
            results: &self.items,
            total: self.total,
            extra: &self.extra,
        };
        wire.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_it_writes() {
        for text in [
            r#"{"_pagination":{"next":"https://c.api.test/x?limit=2&page_token=a%2Fb%2Bc%3D"},"_results":[1,2],
                "_total":7,"_links":{"self":"https://x"}}"#,
            r#"{"_results":[]}"#,
        ] {
            let page: Page<u8> = serde_json::from_str(text).expect(text);
            let written = serde_json::to_string(&page).expect("json");
            assert_eq!(
                serde_json::from_str::<Page<u8>>(&written).expect("a page"),
                page
            );
        }
        let page = Page { next: Some(Cursor::new("a/b")), ..Page::<u8>::default() };
        assert_eq!(
            serde_json::to_string(&page).expect("json"),
            r#"{"_pagination":{"next":"?page_token=a%2Fb"},"_results":[]}"#
        );
        let page = Page { next: Some(Cursor::new("")), ..page };
        let written = serde_json::to_string(&page).expect("json");
        assert_eq!(
            serde_json::from_str::<Page<u8>>(&written).expect("a page").next,
            None
        );
    }

    #[test]
    fn reads_what_front_sends() {
        let page: Page<u8> = serde_json::from_str(
            r#"{"_pagination":{"next":"https://c.api.test/x?page_token=p%3D"},"_results":[1,2],
                "_total":7,"_links":{"self":"https://x"}}"#,
        )
        .expect("a page");
        assert_eq!(page.items, [1, 2]);
        assert_eq!(page.next, Some(Cursor::new("p=")));
        assert_eq!(page.total, Some(7));
        assert!(page.extra.get("_links").is_some());
    }

    #[test]
    fn a_last_page_has_many_forms() {
        for text in [
            r#"{"_results":[]}"#,
            r#"{"_results":[],"_pagination":null}"#,
            r#"{"_results":[],"_pagination":{},"_total":null}"#,
            r#"{"_results":[],"_pagination":{"next":null},"_total":"many"}"#,
        ] {
            let page: Page<u8> = serde_json::from_str(text).expect(text);
            assert_eq!((page.items.len(), page.next, page.total), (0, None, None));
        }
    }

    #[test]
    fn what_is_no_page_is_an_error() {
        for text in [
            "[]",
            "{}",
            r#"{"_results":null}"#,
            r#"{"_results":[],"_pagination":{"next":"https://x/no-cursor"}}"#,
        ] {
            assert!(serde_json::from_str::<Page<u8>>(text).is_err(), "{text}");
        }
    }
}
