//! What a response holds, by its body.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::IgnoredAny;

/// What a response holds, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Body {
    /// Not read, or it broke off before anything came.
    Unread,
    Empty,
    /// The beginning of a JSON object.
    Object,
    /// A JSON object that holds an error and nothing else: `{"message": "Forbidden"}`.
    Error,
    /// The beginning of other JSON.
    Value,
    /// Anything else.
    Text,
}

/// The keys of errors. An object with no other keys, and one of those in the first row, is an error. Letter case is
/// ignored.
const ERROR_KEYS: [&[&str]; 2] = [
    &[
        "_error",
        "error",
        "errors",
        "error_description",
        "error_message",
        "errormessage",
        "error_code",
        "errorcode",
        "message",
        "messages",
        "msg",
        "detail",
        "reason",
        "fault",
    ],
    &[
        "code",
        "details",
        "documentation_url",
        "help",
        "instance",
        "ok",
        "path",
        "request_id",
        "requestid",
        "status",
        "status_code",
        "statuscode",
        "success",
        "timestamp",
        "title",
        "type",
    ],
];

impl Body {
    /// What a body that was read holds.
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

/// Without white space and a byte order mark in front.
fn trimmed(body: &[u8]) -> &[u8] {
    body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body).trim_ascii_start()
}

/// Whether a JSON object holds an error and nothing else. Most objects are told by their first key.
fn is_error(object: &[u8]) -> bool {
    let among = |keys: &[&str], key: &str| {
        keys.iter().any(|known| known.eq_ignore_ascii_case(key))
    };
    let known = |key: &str| ERROR_KEYS.iter().any(|keys| among(keys, key));
    let mut parts = object.splitn(3, |byte| *byte == b'"');
    let first = parts.nth(1).and_then(|key| std::str::from_utf8(key).ok());
    if !first.is_some_and(known) {
        return false;
    }
    let fields = serde_json::from_slice::<BTreeMap<Cow<'_, str>, IgnoredAny>>(object);
    fields.is_ok_and(|fields| {
        fields.keys().all(|key| known(key))
            && fields.keys().any(|key| among(ERROR_KEYS[0], key))
    })
}
