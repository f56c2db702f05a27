//! The forms in which an import reads values, and what becomes of a key: the words of [`table`](super::table).
//!
//! Reading looks for a text, a list or an object and goes on without it where something else stands. That may be a permission
//! which a call would then not need. So what is read and has another form is refused first.

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
    /// One text in a list, or none: of a second one the spec could not speak.
    OneText,
    /// The names of types: one, or a list of them.
    Types,
    /// The values of an enumeration: texts or whole numbers, and null.
    Values,
    /// The one value of an enumeration: a text, a whole number or null.
    Value,
    List(&'static Form),
    /// What each key of an object stands for, whatever it is called.
    Named(&'static Form),
    /// The same, with keys that mean something: what they look like, and which they are.
    Keyed(&'static str, fn(&str) -> bool, &'static Form),
    /// An object with these keys, or a reference to one.
    Part(&'static Part),
    /// A parameter: what is read of it depends on where it is sent.
    Parameter,
    /// The responses of a call by their status, of which one is read.
    Responses,
    /// The contents of a body or response by their media type, of which one is read.
    Content(Travels),
    /// Whether an object has other keys, or the schema of their values.
    Additional,
    /// What holds when nothing is sent: of the type that is sent.
    Default,
}

/// Which way a content travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Travels {
    /// In a request.
    Sent,
    /// In a response.
    Answered,
    /// Where no call tells.
    Anywhere,
}

/// What becomes of a key.
pub(super) enum Row {
    /// Its value is read, and has to have this form.
    Read(Form),
    /// Nothing of it or below it is a fact of the API: the reason.
    Ignored(&'static str),
    /// The spec has no word for it, so a person is told: the reason, and the value with which it says nothing.
    Reported(&'static str, Moot),
    /// The rest of the document would be misread with it: the reason.
    Rejected(&'static str),
}

impl Row {
    /// The outcome in a word, and its reason.
    pub(super) fn said(&self) -> (&'static str, &'static str) {
        match self {
            Self::Read(_) => ("read", ""),
            Self::Ignored(why) => ("ignored", why),
            Self::Reported(why, _) => ("reported", why),
            Self::Rejected(why) => ("rejected", why),
        }
    }
}

/// The value with which a key says what holds without it.
pub(super) enum Moot {
    /// There is none.
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
}

impl Moot {
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
        }
    }
}

/// An object of the document.
pub(super) struct Part {
    /// What it is.
    pub(super) name: &'static str,
    /// What becomes of each of its keys.
    pub(super) rows: &'static [(&'static str, Row)],
    /// Keys that it has to have.
    pub(super) needs: &'static [&'static str],
    /// Why it may have no key without a row; none where such a key is reported.
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
    /// What is expected, as the beginning of a sentence.
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
            Self::Named(_) | Self::Keyed(..) | Self::Responses | Self::Content(_) => {
                "an object"
            }
            Self::Part(part) => part.name,
            Self::Parameter => "a parameter",
            Self::Additional => "`true`, `false` or a schema",
            Self::Default => "a value",
        };
        text.to_owned()
    }
}

/// A path, each of whose braces is closed around a name.
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

/// `200`, `2XX`, `default`.
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
