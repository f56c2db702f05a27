//! The parser's own errors in the reader's terms: what was expected, and the usual cause.

/// The translation of an error of the parser.
pub(super) struct Meaning {
    /// The title.
    pub(super) title: &'static str,
    /// The label under the caret.
    pub(super) label: &'static str,
    /// The usual cause and what to do.
    pub(super) help: &'static str,
}

const INDENT: &str = "the usual cause is the indentation of this line or of the line before: two spaces for each level, and the same for all keys of one mapping";
const QUOTES: &str = "a text that contains `: ` or ` #`, or begins with one of `[ ] { } , & * ! | > ' \" % @ -`, is written in single quotes: 'a: b'";
const VALUE: &str = "a text that contains `: ` is written in single quotes ('a: b'); if this is a key, the line before lacks its `:` or is indented differently";
const TAB: &str = "replace the tab with spaces: two for each level of indentation";
const CLOSED: &str = "the quote that begins this text is not closed; inside single quotes, a single quote is written twice";
const ESCAPES: &str =
    "only single quotes are needed: inside them, a backslash is an ordinary character";

/// Parts of the parser's messages, and their translations. The first match applies.
#[rustfmt::skip]
const MEANINGS: &[(&str, Meaning)] = &[
    ("tab", Meaning { title: "a tab where only spaces are allowed", label: "a tab", help: TAB }),
    ("mapping values are not allowed", Meaning { title: "a `:` where no value can begin", label: "not expected here", help: VALUE }),
    ("':' must be followed", Meaning { title: "a space is expected after `:`", label: "", help: "write `key: value`" }),
    ("simple key expect", Meaning { title: "a key without `:`", label: "", help: "every line of a mapping is `key: value`, or `key:` with the value below it" }),
    ("did not find expected key", Meaning { title: "a key is expected on this line", label: "", help: INDENT }),
    ("did not find expected '-'", Meaning { title: "an item of a list is expected on this line: `- value`", label: "", help: INDENT }),
    ("block sequence entries are not allowed", Meaning { title: "a list item is not allowed here", label: "", help: "a list begins on the line after its key" }),
    ("mapping keys are not allowed", Meaning { title: "a key is not allowed here", label: "", help: INDENT }),
    ("indentation", Meaning { title: "wrong indentation", label: "", help: INDENT }),
    ("wrongly indented", Meaning { title: "wrong indentation", label: "", help: INDENT }),
    ("quoted scalar, found unexpected", Meaning { title: "a quoted text without its closing quote", label: "", help: CLOSED }),
    ("after double-quoted", Meaning { title: "text after the closing quote", label: "", help: CLOSED }),
    ("escape", Meaning { title: "an invalid escape sequence", label: "", help: ESCAPES }),
    ("unexpected character", Meaning { title: "a text cannot begin with this character", label: "", help: QUOTES }),
    ("flow", Meaning { title: "brackets that are not closed", label: "", help: "write one item on each line, without brackets" }),
    ("bracket", Meaning { title: "a bracket that closes nothing", label: "", help: "write one item on each line, without brackets" }),
    ("unknown anchor", Meaning { title: "an alias (`*name`) without an anchor", label: "", help: "the spec has neither anchors nor aliases; a text that begins with `*` is written in single quotes" }),
    ("byte order mark", Meaning { title: "a byte order mark inside the file", label: "", help: "remove it" }),
    ("unprintable", Meaning { title: "an unprintable character", label: "", help: "remove it" }),
    ("recursion limit", Meaning { title: "the nesting is too deep", label: "", help: INDENT }),
];

/// Returns the translation of a message of the parser. Messages that a spec can hardly cause have only general advice.
pub(super) fn meaning(message: &str) -> Option<&'static Meaning> {
    MEANINGS.iter().find(|(part, _)| message.contains(part)).map(|(_, meaning)| meaning)
}

/// The general advice.
pub(super) const ADVICE: &str = INDENT;
