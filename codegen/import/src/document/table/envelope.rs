//! Parts that have the same form everywhere: the links of an object and the envelope of a list. The runtime relies on that form, so
//! every other key in them is reported.

use super::super::form::Form::{Fixed, Flag, Named, Part as Of};
use super::super::form::NoEffect::{Address, Text as Texted};
use super::super::form::Row::{Ignored, Read, Reported};
use super::super::form::{NoEffect, Part};
use super::{EXAMPLE, WORDS};

/// Why another kind of link is reported.
const LINK: &str = "a link is the address of something else, a text";
/// Why more links are reported.
const LINKS: &str = "`_links` holds `self` and `related`, which holds addresses by name";
/// Why another way to page is reported.
const PAGING: &str = "the address of the next page is `next` in `_pagination`";
/// Why another total is reported.
const COUNT: &str = "the total of a list is a whole number";

/// The keys of a list's envelope. Another one is reported.
pub(in super::super) const ENVELOPE: &[&str] =
    &["_results", "_pagination", "_links", "_total"];

/// Creates a schema of one type: the reason for reporting other types, the expected types, and the other keywords.
macro_rules! fixed {
    ($why:expr, $type:expr, [$($row:expr),* $(,)?]) => {
        Part {
            name: "a schema",
            rows: &[
                ("type", Reported($why, $type)),
                $($row,)*
                ("title", Ignored(WORDS)),
                ("description", Ignored(WORDS)),
                ("example", Ignored(EXAMPLE)),
                ("examples", Ignored(EXAMPLE)),
                ("externalDocs", Ignored(WORDS)),
                ("$comment", Ignored(WORDS)),
            ],
            needs: &[],
            closed: None,
        }
    };
}

const OBJECT: NoEffect = Texted(&["object"]);

/// `_links` of an object.
pub(in super::super) static OF_OBJECT: Part = fixed!(
    LINKS,
    OBJECT,
    [(
        "properties",
        Read(Fixed(&[("self", Of(&ADDRESS)), ("related", Of(&RELATED))], LINKS))
    ),]
);

static RELATED: Part =
    fixed!(LINKS, OBJECT, [("properties", Read(Named(&Of(&ADDRESS))))]);

static ADDRESS: Part = fixed!(
    LINK,
    Address,
    [
        ("anyOf", Reported(LINK, Address)),
        ("oneOf", Reported(LINK, Address)),
        ("nullable", Read(Flag)),
    ]
);

/// `_pagination` of a list.
pub(in super::super) static PAGINATION: Part = fixed!(
    PAGING,
    OBJECT,
    [("properties", Read(Fixed(&[("next", Of(&ADDRESS))], PAGING))),]
);

/// `_total` of a list.
pub(in super::super) static TOTAL: Part = fixed!(COUNT, Texted(&["integer"]), []);
