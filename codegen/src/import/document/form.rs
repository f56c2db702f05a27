//! What an import reads of a document, and in which form: one table.
//!
//! Reading looks for a text, a list or an object and goes on without it where something else stands. That may be a permission
//! which a call would then not need. So what is read and has another form is refused first. Keys that nobody reads are free.

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
    List(&'static Form),
    /// What each key of an object stands for, whatever it is called.
    Named(&'static Form),
    /// The same, with keys that mean something: what they look like, and which they are.
    Keyed(&'static str, fn(&str) -> bool, &'static Form),
    /// An object with these keys among others, or a reference to one.
    Part(&'static Part),
}

/// An object of the document.
pub(super) struct Part {
    /// What it is.
    pub(super) name: &'static str,
    pub(super) keys: &'static [(&'static str, Form)],
    /// Keys that it has to have.
    pub(super) needs: &'static [&'static str],
    /// Whether it has other keys than those that are listed, and extensions.
    pub(super) open: bool,
}

use Form::{
    Count, Flag, Keyed, List, Named, OneText, Part as Of, Text, Texts, Types, Values,
    Whole, Word,
};

pub(super) static DOCUMENT: Part = Part {
    name: "a document",
    keys: &[
        ("openapi", Text),
        ("paths", Keyed("a path such as `/tags/{tag_id}`", is_path, &Of(&PATH))),
        ("components", Of(&COMPONENTS)),
    ],
    needs: &[],
    open: true,
};

static COMPONENTS: Part = Part {
    name: "components",
    keys: &[
        ("schemas", Named(&Of(&SCHEMA))),
        ("responses", Named(&Of(&ANSWER))),
        ("parameters", Named(&Of(&PARAMETER))),
        ("requestBodies", Named(&Of(&BODY))),
    ],
    needs: &[],
    open: true,
};

/// A key of a path that is no method hides a call.
static PATH: Part = Part {
    name: "a path",
    keys: &[
        ("get", Of(&CALL)),
        ("put", Of(&CALL)),
        ("post", Of(&CALL)),
        ("delete", Of(&CALL)),
        ("options", Of(&CALL)),
        ("head", Of(&CALL)),
        ("patch", Of(&CALL)),
        ("trace", Of(&CALL)),
        ("parameters", List(&Of(&PARAMETER))),
        ("summary", Text),
        ("description", Text),
        ("servers", List(&Of(&ANYTHING))),
    ],
    needs: &[],
    open: false,
};

static ANYTHING: Part = Part { name: "an object", keys: &[], needs: &[], open: true };

static CALL: Part = Part {
    name: "a call",
    keys: &[
        ("operationId", Text),
        ("tags", Texts),
        ("x-required-scopes", OneText),
        ("deprecated", Flag),
        ("parameters", List(&Of(&PARAMETER))),
        ("requestBody", Of(&BODY)),
        ("responses", Keyed("a status such as `200`", is_status, &Of(&ANSWER))),
    ],
    needs: &[],
    open: true,
};

static PARAMETER: Part = Part {
    name: "a parameter",
    keys: &[
        ("name", Text),
        ("in", Word(&["query", "path", "header", "cookie"])),
        ("required", Flag),
        ("schema", Of(&SCHEMA)),
        ("content", Named(&Of(&MEDIA))),
    ],
    needs: &["name", "in"],
    open: true,
};

static BODY: Part = Part {
    name: "a body",
    keys: &[("content", Named(&Of(&MEDIA)))],
    needs: &[],
    open: true,
};

static ANSWER: Part = Part {
    name: "an answer",
    keys: &[("content", Named(&Of(&MEDIA)))],
    needs: &[],
    open: true,
};

static MEDIA: Part =
    Part { name: "content", keys: &[("schema", Of(&SCHEMA))], needs: &[], open: true };

pub(super) static SCHEMA: Part = Part {
    name: "a schema",
    keys: &[
        ("type", Types),
        ("format", Text),
        ("nullable", Flag),
        ("enum", Values),
        ("properties", Named(&Of(&SCHEMA))),
        ("required", Texts),
        ("items", Of(&SCHEMA)),
        ("allOf", List(&Of(&SCHEMA))),
        ("anyOf", List(&Of(&SCHEMA))),
        ("oneOf", List(&Of(&SCHEMA))),
        ("discriminator", Of(&DISCRIMINATOR)),
        ("maxLength", Count),
        ("minItems", Count),
        ("maxItems", Count),
        ("minimum", Whole),
        ("maximum", Whole),
    ],
    needs: &[],
    open: true,
};

static DISCRIMINATOR: Part = Part {
    name: "a discriminator",
    keys: &[("propertyName", Text), ("mapping", Named(&Text))],
    needs: &["propertyName"],
    open: true,
};

pub(super) const TYPES: &[&str] =
    &["string", "integer", "number", "boolean", "array", "object", "null"];

impl Form {
    /// What is expected, as the beginning of a sentence.
    pub(super) fn expected(&self) -> String {
        let text = match self {
            Text => "a text",
            Word(words) => return format!("one of `{}`", words.join("`, `")),
            Flag => "`true` or `false`",
            Count => "a whole number from 0",
            Whole => "a whole number",
            Texts | OneText => "a list of texts",
            Types => {
                return format!("one of `{}`, or a list of them,", TYPES.join("`, `"));
            }
            Values => "a list of texts, or of whole numbers,",
            List(_) => "a list",
            Named(_) | Keyed(..) => "an object",
            Of(part) => part.name,
        };
        text.to_owned()
    }
}

/// A path, each of whose braces is closed around a name.
fn is_path(text: &str) -> bool {
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
fn is_status(text: &str) -> bool {
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
