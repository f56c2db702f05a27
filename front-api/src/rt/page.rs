//! Pages of lists.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeOwned, DeserializeSeed, Error as _, MapAccess};
use serde::ser::{SerializeMap, SerializeSeq};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::cursor::Cursor;
use super::json::Json;
use super::lenient::Undecodable;
use super::value::Extra;
use super::{encode, tolerant};
use crate::generated::service::{
    CURSOR, NEXT_PAGE_KEY, PAGE_ITEMS_KEY, PAGINATION_KEY, TOTAL_KEY,
};

/// A page of a list.
///
/// A page may contain fewer items than requested, or none, although more pages follow. The list ends where
/// [`next`](Self::next) is `None`. A list's `stream` and `pages` request the next pages themselves.
///
/// A page is serialized in Front's form (`_results`, `_pagination`, `_total`), and deserialized from it. To
/// deserialize a page with undecodable items, use `Page<Lenient<T>>`. Of the URL of the next page, only the
/// cursor is serialized: `?page_token=..`.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Page<T> {
    /// The items, in Front's order, without those in [`undecodable`](Self::undecodable).
    pub items: Vec<T>,
    /// The items of a response that this version cannot decode, as Front sent them. Empty for almost every
    /// page. `items` does not contain them; [`Undecodable::index`] returns the position of each.
    pub undecodable: Vec<Undecodable>,
    /// The cursor of the next page. `None` on the last page. A [malformed](Cursor::is_malformed) cursor means
    /// that there is a next page that this version cannot request.
    pub next: Option<Cursor>,
    /// The number of items on all pages. Front sends it for searches only, and it is approximate.
    pub total: Option<u64>,
    /// The fields that Front sent in addition to the URL of the next page: `prev`, `limit`.
    pub pagination: Extra,
    /// Other fields that Front sent.
    pub extra: Extra,
}

/// The known keys of an object. Reads a known key as its part, and any other key as its text.
struct Keys<P, const N: usize>([(&'static str, P); N]);

impl<'de, P: Copy, const N: usize> DeserializeSeed<'de> for Keys<P, N> {
    type Value = Result<P, String>;

    fn deserialize<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<P: Copy, const N: usize> de::Visitor<'_> for Keys<P, N> {
    type Value = Result<P, String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        let known = self.0.iter().find(|(known, _)| *known == key);
        Ok(known.map(|(_, part)| *part).ok_or_else(|| key.to_owned()))
    }
}

struct Items<T> {
    items: Vec<T>,
    undecodable: Vec<Undecodable>,
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Items<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !tolerant::is_tolerant() {
            let items = Vec::deserialize(deserializer)?;
            return Ok(Self { items, undecodable: Vec::new() });
        }
        let tolerant::Items { decoded, others } =
            tolerant::items(PAGE_ITEMS_KEY, Vec::deserialize(deserializer)?);
        let undecodable = others
            .into_iter()
            .map(|(index, json, misfit)| Undecodable::new(json, &misfit, Some(index)));
        Ok(Self { items: decoded, undecodable: undecodable.collect() })
    }
}

/// Decoding never fails. Without the URL of the next page, a list would end too early.
#[derive(Default)]
struct Pagination {
    next: Option<Cursor>,
    extra: Extra,
}

impl<'de> Deserialize<'de> for Pagination {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(PaginationVisitor)
    }
}

struct PaginationVisitor;

impl PaginationVisitor {
    /// Creates the pagination for JSON that is not an object. Whether there is a next page is unknown.
    fn malformed(json: impl Into<Value>) -> Pagination {
        let next = Cursor::malformed(&json.into());
        Pagination { next: Some(next), extra: Extra::default() }
    }
}

impl<'de> de::Visitor<'de> for PaginationVisitor {
    type Value = Pagination;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pagination, A::Error> {
        let mut next: Option<Value> = None;
        let mut extra = Map::new();
        while let Some(key) = map.next_key_seed(Keys([(NEXT_PAGE_KEY, ())]))? {
            match key {
                Ok(()) => once(&mut next, NEXT_PAGE_KEY, &mut map)?,
                Err(other) => {
                    let Json(value) = map.next_value()?;
                    extra.insert(other, value);
                }
            }
        }
        let next = next.filter(|next| !next.is_null());
        let next = next.map(|next| Cursor::in_json(&next, CURSOR));
        Ok(Pagination { next, extra: extra.into() })
    }

    fn visit_unit<E>(self) -> Result<Pagination, E> {
        Ok(Pagination::default())
    }

    fn visit_none<E>(self) -> Result<Pagination, E> {
        Ok(Pagination::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, json: D) -> Result<Pagination, D::Error> {
        json.deserialize_any(self)
    }

    fn visit_bool<E>(self, json: bool) -> Result<Pagination, E> {
        Ok(Self::malformed(json))
    }

    fn visit_i64<E>(self, json: i64) -> Result<Pagination, E> {
        Ok(Self::malformed(json))
    }

    fn visit_u64<E>(self, json: u64) -> Result<Pagination, E> {
        Ok(Self::malformed(json))
    }

    fn visit_f64<E>(self, json: f64) -> Result<Pagination, E> {
        Ok(Self::malformed(json))
    }

    fn visit_str<E>(self, json: &str) -> Result<Pagination, E> {
        Ok(Self::malformed(json))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(
        self,
        mut list: A,
    ) -> Result<Pagination, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element::<Value>()? {
            items.push(item);
        }
        Ok(Self::malformed(items))
    }
}

/// Reads a total in every form that Front uses or may use: `7`, `7.0`, `"7"`.
fn read_total(total: &Value) -> Option<u64> {
    match total {
        Value::Number(number) => number.as_u64().or_else(|| {
            let float = number.as_f64()?;
            // Up to this limit, a float represents every integer exactly.
            let is_count =
                float.fract() == 0.0 && (0.0..=9_007_199_254_740_992.0).contains(&float);
            is_count.then_some(float as u64)
        }),
        Value::String(digits) => digits.parse().ok(),
        _ => None,
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Page<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PageVisitor(PhantomData))
    }
}

struct PageVisitor<T>(PhantomData<T>);

/// The parts of a page.
#[derive(Clone, Copy)]
enum Part {
    Items,
    Pagination,
    Total,
}

const PARTS: [(&str, Part); 3] = [
    (PAGE_ITEMS_KEY, Part::Items),
    (PAGINATION_KEY, Part::Pagination),
    (TOTAL_KEY, Part::Total),
];

impl<'de, T: DeserializeOwned> de::Visitor<'de> for PageVisitor<T> {
    type Value = Page<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a page of a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Page<T>, A::Error> {
        let mut results: Option<Items<T>> = None;
        let mut pagination: Option<Pagination> = None;
        let mut total: Option<Value> = None;
        let mut extra = Map::new();
        while let Some(key) = map.next_key_seed(Keys(PARTS))? {
            let part = match key {
                Ok(part) => part,
                Err(other) => {
                    let Json(value) = map.next_value()?;
                    extra.insert(other, value);
                    continue;
                }
            };
            match part {
                Part::Items => once(&mut results, PAGE_ITEMS_KEY, &mut map)?,
                Part::Pagination => once(&mut pagination, PAGINATION_KEY, &mut map)?,
                Part::Total => once(&mut total, TOTAL_KEY, &mut map)?,
            }
        }
        let Some(Items { items, undecodable }) = results else {
            return Err(A::Error::missing_field(PAGE_ITEMS_KEY));
        };
        let Pagination { next, extra: pagination } = pagination.unwrap_or_default();
        let total = total.filter(|total| !total.is_null());
        let count = total.as_ref().and_then(read_total);
        if let (None, Some(total)) = (count, total) {
            extra.insert(TOTAL_KEY.to_owned(), total);
        }
        let extra = extra.into();
        Ok(Page { items, undecodable, next, total: count, pagination, extra })
    }
}

/// Reads the value of a key that may occur once.
fn once<'de, V: Deserialize<'de>, A: MapAccess<'de>>(
    value: &mut Option<V>,
    key: &'static str,
    map: &mut A,
) -> Result<(), A::Error> {
    if value.is_some() {
        return Err(A::Error::duplicate_field(key));
    }
    *value = Some(map.next_value()?);
    Ok(())
}

impl<T: Serialize> Serialize for Page<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A URL with an empty cursor would be read back as a malformed cursor.
        let next = self.next.as_ref().filter(|next| !next.as_str().is_empty());
        let next = next.map(|next| {
            next.malformed_json().unwrap_or_else(|| {
                format!("?{}", encode::query([(CURSOR, next.as_str())])).into()
            })
        });
        let mut page = serializer.serialize_map(None)?;
        page.serialize_entry(PAGINATION_KEY, &Next(next, &self.pagination))?;
        page.serialize_entry(PAGE_ITEMS_KEY, &Results(self))?;
        if let Some(total) = self.total {
            page.serialize_entry(TOTAL_KEY, &total)?;
        }
        for (key, value) in self.extra.iter() {
            page.serialize_entry(key, value)?;
        }
        page.end()
    }
}

/// The URL of the next page, and what Front sent in addition to it.
struct Next<'a>(Option<Value>, &'a Extra);

impl Serialize for Next<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut pagination = serializer.serialize_map(None)?;
        pagination.serialize_entry(NEXT_PAGE_KEY, &self.0)?;
        for (key, value) in self.1.iter() {
            pagination.serialize_entry(key, value)?;
        }
        pagination.end()
    }
}

/// The items of a page, each at its position.
struct Results<'a, T>(&'a Page<T>);

impl<T: Serialize> Serialize for Results<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Page { items, undecodable, .. } = self.0;
        let mut list =
            serializer.serialize_seq(Some(items.len() + undecodable.len()))?;
        let mut others = undecodable.iter().peekable();
        let mut position = 0;
        for item in items {
            while let Some(other) =
                others.next_if(|other| other.index() <= Some(position))
            {
                list.serialize_element(other.json())?;
                position += 1;
            }
            list.serialize_element(item)?;
            position += 1;
        }
        for other in others {
            list.serialize_element(other.json())?;
        }
        list.end()
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
    fn unknown_fields_are_kept() {
        let text = r#"{"_pagination":{"next":null,"prev":"https://x/p","limit":2},"_results":[],
            "_total":"many","_links":{"self":"https://x"}}"#;
        let page: Page<u8> = serde_json::from_str(text).expect("a page");
        assert_eq!(page.pagination.get("limit"), Some(&2.into()));
        assert_eq!(page.pagination.get("prev"), Some(&"https://x/p".into()));
        assert_eq!((page.total, page.extra.get("_total")), (None, Some(&"many".into())));
        let sent: Value = serde_json::from_str(text).expect("json");
        assert_eq!(serde_json::to_value(&page).expect("json"), sent);

        for (total, count) in [
            ("7", Some(7)),
            ("7.0", Some(7)),
            (r#""7""#, Some(7)),
            ("-1", None),
            ("7.5", None),
        ] {
            let text = format!(r#"{{"_results":[],"_total":{total}}}"#);
            let page: Page<u8> = serde_json::from_str(&text).expect("a page");
            assert_eq!(page.total, count, "{total}");
            assert_eq!(page.extra.get("_total").is_some(), count.is_none(), "{total}");
        }
    }

    #[test]
    fn a_url_without_a_cursor_is_not_the_end() {
        for next in
            [r#""""#, "5", "true", r#""https://x/no-cursor""#, "{}", "[1]", "1.5"]
        {
            let text = format!(r#"{{"_results":[1],"_pagination":{{"next":{next}}}}}"#);
            let page: Page<u8> = serde_json::from_str(&text).expect("a page");
            let cursor = page.next.clone().expect(next);
            assert!(cursor.is_malformed() && cursor.as_str() == next, "{cursor:?}");
            assert!(serde_json::to_string(&cursor).is_err());
            let written = serde_json::to_string(&page).expect("json");
            assert_eq!(
                serde_json::from_str::<Page<u8>>(&written).expect("a page"),
                page
            );
        }
        for pagination in [r#""secret""#, "5", "-5", "1.5", "false", "[]"] {
            let text = format!(r#"{{"_results":[1],"_pagination":{pagination}}}"#);
            let page: Page<u8> = serde_json::from_str(&text).expect("a page");
            assert!(page.next.expect(pagination).is_malformed());
        }
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
    fn json_that_is_not_a_page_is_an_error() {
        for text in ["[]", "{}", r#"{"_results":null}"#, r#"{"_results":{"0":1}}"#] {
            assert!(serde_json::from_str::<Page<u8>>(text).is_err(), "{text}");
        }
    }
}
