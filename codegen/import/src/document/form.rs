//! The forms of the values that an import reads, and what it does with a key: the vocabulary of [`table`](super::table).
//!
//! Reading looks for a text, a list or an object and skips a value of another form. That value might be a permission, which the
//! call would then not need. So a document is rejected first if a value that is read has another form.

use super::super::json::Json;

/// The form of a value.
pub(super) enum Form {
    Text,
    /// A text: one of these words.
    Word(&'static [&'static str]),
    Flag,
    /// A whole number, not below zero.
    Count,
    Whole,
    /// Texts.
    Texts,
    /// An empty list, or a list with one text. The spec cannot express a second one.
    OneText,
    /// The names of types: one, or a list of them.
    Types,
    /// The values of an enumeration: texts or whole numbers, and null.
    Values,
    /// The one value of an enumeration: a text, a whole number or null.
    Value,
    List(&'static Form),
    /// An object with arbitrary keys. Holds the form of the values.
    Named(&'static Form),
    /// The same, with keys that have a meaning. Holds the description and the check of the keys.
    Keyed(&'static str, fn(&str) -> bool, &'static Form),
    /// An object with these keys, or a reference to one.
    Part(&'static Part),
    /// The fields of an object. The links and the envelope of a list have forms of their own.
    Properties,
    /// An object with only these keys. Others are reported, with the reason.
    Fixed(&'static [(&'static str, Form)], &'static str),
    /// A pointer to a schema, or its name.
    Target,
    /// A parameter: which of its keys are read depends on where it is sent.
    Parameter,
    /// The responses of a call by their status. One of them is read.
    Responses,
    /// The contents of a body or response by their media type. One of them is read.
    Content(ContentDirection),
    /// Whether an object may have other keys, or the schema of their values.
    Additional,
    /// A default: a value of the type that is sent.
    Default,
}

/// The direction in which content is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ContentDirection {
    /// In a request.
    Sent,
    /// In a response.
    Answered,
    /// Unknown, because no call determines it.
    Anywhere,
}

/// What an import does with a key.
pub(super) enum Row {
    /// Its value is read and must have this form.
    Read(Form),
    /// Neither it nor anything below it is a fact of the API. Holds the reason.
    Ignored(&'static str),
    /// The spec cannot express it, so it is reported. Holds the reason, and the value with which the key has no effect.
    Reported(&'static str, NoEffect),
    /// With it, the rest of the document would be misread. Holds the reason.
    Rejected(&'static str),
}

impl Row {
    /// Returns the outcome as a word, and the reason.
    pub(super) fn outcome(&self) -> (&'static str, &'static str) {
        match self {
            Self::Read(_) => ("read", ""),
            Self::Ignored(why) => ("ignored", why),
            Self::Reported(why, _) => ("reported", why),
            Self::Rejected(why) => ("rejected", why),
        }
    }
}

/// The value with which a key has no effect, because it is the default.
pub(super) enum NoEffect {
    /// No value: the key always has an effect.
    Never,
    /// `true`.
    True,
    /// `false`.
    False,
    /// An empty object or list.
    Empty,
    /// One of these texts.
    Text(&'static [&'static str]),
    /// Zero.
    Zero,
    /// The type of a text that may be null, or a list of alternatives, each of which is one: an address.
    Address,
}

impl NoEffect {
    pub(super) fn is(&self, json: &Json) -> bool {
        match self {
            Self::Never => false,
            Self::True => json.is_true(),
            Self::False => *json == Json::Boolean(false),
            Self::Empty => match json {
                Json::Object(keys) => keys.is_empty(),
                Json::List(items) => items.is_empty(),
                _ => false,
            },
            Self::Text(words) => json.text().is_some_and(|text| words.contains(&text)),
            Self::Zero => json.whole() == Some(0),
            Self::Address => {
                let is = |word: &str| matches!(word, "string" | "null");
                let is_alternative = |part: &Json| {
                    part.get("type").text().is_some_and(is)
                        && !part.has("enum")
                        && !part.has("format")
                };
                match json {
                    Json::String(word) => word == "string",
                    Json::List(parts) => parts
                        .iter()
                        .all(|part| part.text().is_some_and(is) || is_alternative(part)),
                    _ => false,
                }
            }
        }
    }
}

/// An object of the document.
pub(super) struct Part {
    /// The name of its kind.
    pub(super) name: &'static str,
    /// What an import does with each of its keys.
    pub(super) rows: &'static [(&'static str, Row)],
    /// The required keys.
    pub(super) needs: &'static [&'static str],
    /// Why a key without a row is rejected; `None` if such a key is reported.
    pub(super) closed: Option<&'static str>,
}

impl Part {
    pub(super) fn row(&self, key: &str) -> Option<&'static Row> {
        self.rows.iter().find(|(known, _)| *known == key).map(|(_, row)| row)
    }
}

pub(super) const TYPES: &[&str] =
    &["string", "integer", "number", "boolean", "array", "object", "null"];

impl Form {
    /// Returns what is expected, as the beginning of a sentence.
    pub(super) fn expected(&self) -> String {
        let text = match self {
            Self::Text => "a text",
            Self::Word(words) => return format!("one of `{}`", words.join("`, `")),
            Self::Flag => "`true` or `false`",
            Self::Count => "a whole number from 0",
            Self::Whole => "a whole number",
            Self::Texts | Self::OneText => "a list of texts",
            Self::Types => {
                return format!("one of `{}`, or a list of them,", TYPES.join("`, `"));
            }
            Self::Values => "a list of texts, or of whole numbers,",
            Self::Value => "a text, a whole number or null",
            Self::List(_) => "a list",
            Self::Named(_)
            | Self::Keyed(..)
            | Self::Properties
            | Self::Fixed(..)
            | Self::Responses
            | Self::Content(_) => "an object",
            Self::Target => "a reference to a schema",
            Self::Part(part) => part.name,
            Self::Parameter => "a parameter",
            Self::Additional => "`true`, `false` or a schema",
            Self::Default => "a value",
        };
        text.to_owned()
    }
}

/// Returns whether it is a path whose braces are closed and contain a name.
pub(super) fn is_path(text: &str) -> bool {
    let mut segments = text.split('/');
    let is_whole = |segment: &str| {
        let mut open: Option<usize> = None;
        for (at, c) in segment.char_indices() {
            match (c, open) {
                ('{', None) => open = Some(at),
                ('}', Some(start)) if at > start + 1 => open = None,
                ('{' | '}', _) => return false,
                _ => {}
            }
        }
        open.is_none()
    };
    segments.next() == Some("") && text.starts_with('/') && segments.all(is_whole)
}

/// Returns whether it is a status: `200`, `2XX` or `default`.
pub(super) fn is_status(text: &str) -> bool {
    let is_class = |digits: &[u8]| digits.eq_ignore_ascii_case(b"xx");
    let is_code = |text: &[u8]| match text {
        [b'1'..=b'5', rest @ ..] => {
            rest.len() == 2 && (rest.iter().all(u8::is_ascii_digit) || is_class(rest))
        }
        _ => false,
    };
    text == "default" || is_code(text.as_bytes())
}

pub(super) fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}
