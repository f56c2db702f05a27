//! Finds what no key, value or text of the spec may contain: invisible characters, and markup that becomes code or HTML in the
//! generated documentation.

use std::fmt;
use std::ops::Range;

use crate::markdown::closing;
use crate::source::is_invisible;

/// Why a text is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::spec) enum Refusal {
    /// An invisible character: a control, a change of direction, a separator, a tag.
    Invisible(char),
    /// A line break in a key.
    LineBreak,
    /// Three backquotes or tildes, which begin a code block.
    Fence,
    /// A line that is a code block because of its indentation.
    Indented,
    /// A tag, a comment or a declaration, which rustdoc passes on unchanged.
    Html,
    /// A link to anything but a web page or a place in the documentation.
    Link,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Invisible(c) => {
                return write!(f, "invisible character U+{:04X}", u32::from(*c));
            }
            Self::LineBreak => "a line break in a key",
            Self::Fence => "three backquotes or tildes, which begin a code block",
            Self::Indented => "a line whose indentation makes it a code block",
            Self::Html => "HTML, which rustdoc passes on to browsers",
            Self::Link => "a link to something other than a web page",
        })
    }
}

impl Refusal {
    /// Returns the help.
    pub(super) fn help(self) -> &'static str {
        match self {
            Self::Invisible(_) => "remove it: invisible characters cannot be reviewed",
            Self::LineBreak => "write the key on one line",
            Self::Fence => {
                "write short code in single backquotes; longer code belongs in the documentation of the crate"
            }
            Self::Indented => "indent lines by three spaces at most",
            Self::Html => "write it in single backquotes, or remove it",
            Self::Link => {
                "link to an address that begins with `https://`, or remove the link"
            }
        }
    }
}

/// Returns whether a text is one line of ASCII without a character that has a meaning in Markdown or HTML, and without two
/// spaces in a row, which an indentation needs.
fn is_plain(text: &str) -> bool {
    let plain = |byte: u8| matches!(byte, b' '..=b'~') && !b"`~<[]&\\".contains(&byte);
    text.bytes().all(plain) && !text.contains("  ")
}

/// Returns the first reason to reject the value of a scalar.
pub(in crate::spec) fn refusal(text: &str, is_key: bool) -> Option<Refusal> {
    // Nearly every text is plain, and this runs for every value of the spec.
    if is_plain(text) {
        return None;
    }
    if let Some(c) = text.chars().find(|c| is_invisible(*c)) {
        return Some(Refusal::Invisible(c));
    }
    if is_key && text.contains('\n') {
        return Some(Refusal::LineBreak);
    }
    if text.contains("```") || text.contains("~~~") {
        return Some(Refusal::Fence);
    }
    if text.lines().any(is_indented) {
        return Some(Refusal::Indented);
    }
    let prose = without_code(text);
    if prose.iter().any(|part| has_html(part)) {
        return Some(Refusal::Html);
    }
    prose.iter().any(|part| has_odd_link(part)).then_some(Refusal::Link)
}

/// Returns the range of the first invisible character, relative to `text`.
pub(super) fn place(text: &str) -> Option<Range<usize>> {
    let (at, c) = text.char_indices().find(|(_, c)| is_invisible(*c))?;
    Some(at..at + c.len_utf8())
}

/// The indentation at which Markdown begins a code block.
const CODE: usize = 4;

/// Returns whether a line, or its text after the markers of quotations and lists, is a code block because of its indentation.
fn is_indented(line: &str) -> bool {
    let mut rest = line;
    let mut free = 0;
    loop {
        let inside = rest.trim_start_matches(' ');
        if inside.is_empty() {
            return false;
        }
        if rest.len() - inside.len() >= CODE + free {
            return true;
        }
        let number = inside.trim_start_matches(|c: char| c.is_ascii_digit());
        let behind = match inside.strip_prefix(['>', '-', '*', '+']) {
            Some(behind) => Some(behind),
            None if number.len() < inside.len() => number.strip_prefix(['.', ')']),
            None => None,
        };
        match behind {
            // One space belongs to the marker.
            Some(behind) if behind.starts_with(' ') || inside.starts_with('>') => {
                (rest, free) = (behind, 1);
            }
            _ => return false,
        }
    }
}

/// Returns the parts of a text outside code spans. A run of backquotes opens a span if one of the same length closes it in the
/// same paragraph.
fn without_code(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for paragraph in text.split("\n\n") {
        let mut rest = paragraph;
        while let Some(open) = rest.find('`') {
            let behind = rest[open..].trim_start_matches('`');
            let length = rest.len() - open - behind.len();
            let Some(close) = closing(behind, length) else {
                // Another run may open a span.
                parts.push(&rest[..open]);
                rest = behind;
                continue;
            };
            parts.push(&rest[..open]);
            rest = &behind[close + length..];
        }
        parts.push(rest);
    }
    parts
}

/// Returns whether a text contains HTML that Markdown passes on: `<b>`, `</b>`, `<!-- .. -->`, `<?..?>`. An address
/// in angle brackets is a link.
fn has_html(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let behind = &text[at + 1..];
        let is_address = ["https://", "http://"]
            .iter()
            .any(|scheme| behind.starts_with(scheme) && behind.contains('>'));
        !is_address
            && behind.starts_with(|c: char| {
                c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')
            })
    })
}

/// Returns whether a link leads to anything other than a web page or an item of the documentation, such as `javascript:`.
fn has_odd_link(text: &str) -> bool {
    text.match_indices("](").chain(text.match_indices("]:")).any(|(at, mark)| {
        let target = text[at + mark.len()..].trim_start_matches([' ', '<', '\n']);
        let end = target.find([')', ' ', '\n', '>']).unwrap_or(target.len());
        let target = &target[..end];
        let is_web = ["https://", "http://"].iter().any(|it| target.starts_with(it));
        // `&` and `\` encode characters, so a reviewer would not see the address.
        !is_web && target.contains([':', '&', '\\']) && !target.contains("::")
    })
}

#[cfg(test)]
mod tests {
    use super::Refusal::{Fence, Html, Indented, Invisible, LineBreak, Link};
    use super::*;

    #[test]
    fn what_is_refused() {
        for (text, expected) in [
            ("a\rb", Invisible('\r')),
            ("a\tb", Invisible('\t')),
            ("a\u{85}b", Invisible('\u{85}')),
            ("a\u{2028}b", Invisible('\u{2028}')),
            ("a\u{202e}b", Invisible('\u{202e}')),
            ("a\u{2066}b", Invisible('\u{2066}')),
            ("a\u{200f}b", Invisible('\u{200f}')),
            ("a\u{0}b", Invisible('\u{0}')),
            ("a\n```\nb()\n```", Fence),
            ("~~~rust\nb()\n~~~", Fence),
            ("- ~~~\n  b()", Fence),
            ("> ````\n> b()", Fence),
            ("Words ```b", Fence),
            ("a\n\n    b()", Indented),
            ("    b()", Indented),
            ("a\n \n     b()", Indented),
            ("-     b()", Indented),
            ("- a\n\n      b()", Indented),
            ("1.     b()", Indented),
            (">     b()", Indented),
            ("> -     b()", Indented),
            (">>     b()", Indented),
            ("a <script>b()</script>", Html),
            ("a <!-- b", Html),
            ("`a <b>", Html),
            ("`a\n\n<b>`", Html),
            ("<https:b>x", Html),
            ("[a](javascript:b)", Link),
            ("[a]( <javascript:b>)", Html),
            ("[a](&#106;avascript&colon;b)", Link),
            ("[a]\n\n[a]: data:text/html,b", Link),
        ] {
            assert_eq!(refusal(text, false), Some(expected), "{text:?}");
        }
        assert_eq!(refusal("a\nb", true), Some(LineBreak));
    }

    #[test]
    fn what_is_not() {
        for text in [
            "",
            "Two lines,\nno more.\n\nAnd another paragraph.",
            "- one\n- two\n  lines\n  - nested\n\n1. first\n2. second",
            "> quoted\n> -  twice",
            "a `<b>` and ``c ` <d>`` and `e``<f>` and a < b, 1<2, <3",
            "See <https://dev.frontapp.com> or [the guide](https://dev.frontapp.com/docs), [`Tag`](crate::tags::Tag), [x](#y).",
            "Écrit à la main — 日本語, 👩‍💻, עברית",
            "12:30, a:b, [1]: x",
        ] {
            assert_eq!(refusal(text, false), None, "{text:?}");
        }
    }
}
