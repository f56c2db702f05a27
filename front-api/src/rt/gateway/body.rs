//! The kind of content of a response, detected from its body.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::IgnoredAny;

/// The kind of content of a response, detected from its first bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Body {
    /// The body was not read, or was cut off before the first byte.
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

/// The keys of errors. An object is an error if it has no other keys, and at least one key of the first row.
/// Letter case is ignored.
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

/// Returns whether a JSON object holds an error and nothing else. For most objects the first key decides.
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
