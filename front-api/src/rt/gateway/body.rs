//! The kind of content of a response, detected from its body.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::IgnoredAny;

use crate::generated::service::{
    ERROR_DETAILS_KEY, ERROR_KEY, ERROR_MESSAGE_KEY, ERROR_STATUS_KEY, ERROR_TITLE_KEY,
    LINKS_KEY, OBJECT_KEYS, PAGE_ITEMS_KEY, PAGINATION_KEY,
};

/// The kind of content of a response, detected from its first bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Body {
    /// The body was not read, or was cut off before the first byte.
    Unread,
    Empty,
    /// The beginning of a JSON object.
    Object,
    /// A JSON object that contains only an error: `{"message": "Forbidden"}`.
    Error,
    /// The beginning of other JSON.
    Value,
    /// Anything else.
    Text,
}

/// Returns whether a key occurs only in objects of Front. An object with such a key is not an error, unless it
/// has [`ERROR_KEY`] as well.
fn is_own(key: &str) -> bool {
    [LINKS_KEY, PAGINATION_KEY, PAGE_ITEMS_KEY].contains(&key)
        || OBJECT_KEYS.contains(&key)
}

/// The key of Front's errors, in quotes.
const ENVELOPE: [u8; ERROR_KEY.len() + 2] = {
    let mut quoted = [b'"'; ERROR_KEY.len() + 2];
    let mut at = 0;
    while at < ERROR_KEY.len() {
        quoted[at + 1] = ERROR_KEY.as_bytes()[at];
        at += 1;
    }
    quoted
};
/// The maximum size of an object that is searched for [`ENVELOPE`] where its first key is one of Front's. Errors
/// are small, and the search must not slow down successful responses.
const SMALL: usize = 4096;

/// The keys of errors. An object without a key of Front's is an error if it has a key of the first row, or a
/// title and other keys of the second row only. Letter case is ignored. No object that Front's document
/// describes has a key of the first row.
const ERROR_KEYS: [&[&str]; 2] = [
    &[
        ERROR_KEY,
        "error",
        "errors",
        "error_description",
        "error_message",
        "errormessage",
        "error_code",
        "errorcode",
        ERROR_MESSAGE_KEY,
        "messages",
        "msg",
        "detail",
        "reason",
        "fault",
    ],
    &[
        "code",
        ERROR_DETAILS_KEY,
        "documentation_url",
        "help",
        "instance",
        "ok",
        "path",
        "request_id",
        "requestid",
        ERROR_STATUS_KEY,
        "status_code",
        "statuscode",
        "success",
        "timestamp",
        ERROR_TITLE_KEY,
        "type",
    ],
];

impl Body {
    /// Returns the kind of content of a body.
    pub(crate) fn of(body: &[u8]) -> Self {
        let body = trimmed(body);
        let Some((first, rest)) = body.split_first() else { return Self::Empty };
        match first {
            b'{' => match trimmed(rest).first() {
                Some(b'"') if is_error(body) => Self::Error,
                Some(b'"' | b'}') | None => Self::Object,
                Some(_) => Self::Text,
            },
            b'[' | b'"' | b'-' | b'0'..=b'9' => Self::Value,
            _ if matches!(body.trim_ascii_end(), b"null" | b"true" | b"false") => {
                Self::Value
            }
            _ => Self::Text,
        }
    }
}

/// Removes leading white space and a byte order mark.
fn trimmed(body: &[u8]) -> &[u8] {
    body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body).trim_ascii_start()
}

/// Returns whether a JSON object is an error. For most objects the first key decides.
fn is_error(object: &[u8]) -> bool {
    let among = |keys: &[&str], key: &str| {
        keys.iter().any(|known| known.eq_ignore_ascii_case(key))
    };
    let mut parts = object.splitn(3, |byte| *byte == b'"');
    let first = parts.nth(1).and_then(|key| std::str::from_utf8(key).ok());
    if first.is_some_and(is_own) {
        let is_small = object.len() <= SMALL;
        return is_small && object.windows(ENVELOPE.len()).any(|part| part == ENVELOPE);
    }
    let fields = serde_json::from_slice::<BTreeMap<Cow<'_, str>, IgnoredAny>>(object);
    let Ok(fields) = fields else {
        return first.is_some_and(|first| among(ERROR_KEYS[0], first));
    };
    if fields.contains_key(ERROR_KEY) {
        return true;
    }
    if fields.keys().any(|key| is_own(key)) {
        return false;
    }
    let known = |key: &str| ERROR_KEYS.iter().any(|keys| among(keys, key));
    fields.keys().any(|key| among(ERROR_KEYS[0], key))
        || (fields.contains_key(ERROR_TITLE_KEY) && fields.keys().all(|key| known(key)))
}
