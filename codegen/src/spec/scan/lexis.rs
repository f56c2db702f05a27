//! Lexical facts that the parser does not report: byte offsets, the end of a quoted scalar, comments.

use std::ops::Range;

use saphyr_parser::ScalarStyle;

/// Converts offsets in characters, as both parsers count, to offsets in bytes.
#[derive(Debug)]
pub(in crate::spec) struct Offsets {
    /// The byte offset of each character. `None` if all characters are single bytes.
    bytes: Option<Vec<usize>>,
    end: usize,
}

impl Offsets {
    pub(in crate::spec) fn new(text: &str) -> Self {
        let bytes = (!text.is_ascii())
            .then(|| text.char_indices().map(|(byte, _)| byte).collect());
        Self { bytes, end: text.len() }
    }

    /// Returns the byte offset of a character, or the end of the text.
    pub(in crate::spec) fn byte(&self, index: usize) -> usize {
        match &self.bytes {
            Some(bytes) => bytes.get(index).copied().unwrap_or(self.end),
            None => index.min(self.end),
        }
    }
}

/// Returns the first character that parsers treat differently, for instance as a line end or as a letter. The two passes would read
/// different contents.
pub(super) fn doubtful(text: &str) -> Option<(usize, char)> {
    let doubtful = |c: char| {
        (c.is_control() && c != '\n' && c != '\t')
            || matches!(
                c,
                '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
            )
    };
    text.char_indices().find(|(_, c)| doubtful(*c))
}

/// Returns the span of a scalar without its surroundings. Excludes the header of a block scalar.
pub(super) fn scalar(
    text: &str,
    style: ScalarStyle,
    span: Range<usize>,
) -> Range<usize> {
    let span = undecorated(text, &span);
    match style {
        ScalarStyle::SingleQuoted => quoted(text, span, '\''),
        ScalarStyle::DoubleQuoted => quoted(text, span, '"'),
        ScalarStyle::Plain => span,
        ScalarStyle::Literal | ScalarStyle::Folded => {
            let inside = text[span.clone()].trim_end();
            span.start..span.start + inside.len()
        }
    }
}

/// Returns the span behind an anchor and a tag. A plain text begins with neither sign.
pub(super) fn undecorated(text: &str, span: &Range<usize>) -> Range<usize> {
    let mut inside = &text[span.clone()];
    while inside.starts_with(['&', '!']) {
        let word = inside.find(char::is_whitespace).unwrap_or(inside.len());
        inside = inside[word..].trim_start();
    }
    span.end - inside.len()..span.end
}

/// Returns whether the text at `start` begins with a bracket.
pub(super) fn in_brackets(text: &str, start: usize) -> bool {
    text[start..].starts_with(['[', '{'])
}

/// Returns the offset of the dash of the list item at `start`, or `start` if there is no dash.
pub(super) fn dash(text: &str, start: usize) -> usize {
    let before = text[..start].trim_end();
    if before.ends_with('-') { before.len() - 1 } else { start }
}

/// Returns the span of the quoted scalar in `span`. The parser's span may include an anchor, blanks and a comment.
fn quoted(text: &str, span: Range<usize>, quote: char) -> Range<usize> {
    let inside = &text[span.clone()];
    let Some(open) = inside.find(quote) else {
        return span;
    };
    let mut rest = inside.char_indices().skip_while(|(at, _)| *at <= open).peekable();
    while let Some((at, c)) = rest.next() {
        match c {
            '\\' if quote == '"' => {
                rest.next();
            }
            '\'' if quote == '\''
                && rest.peek().is_some_and(|(_, next)| *next == '\'') =>
            {
                rest.next();
            }
            c if c == quote => return span.start + open..span.start + at + 1,
            _ => {}
        }
    }
    span.start + open..span.end
}

/// The beginning of the line for editors, the first line of a file.
pub(in crate::spec) const MODELINE: &str = "# yaml-language-server:";

/// Returns the first line with its line end, if it is the line for editors.
fn modeline(text: &str) -> &str {
    if !text.starts_with(MODELINE) {
        return "";
    }
    match text.find('\n') {
        Some(end) => &text[..=end],
        None => text,
    }
}

/// Returns the comments of `text`. `scalars` contains the spans of its scalars, in order. Consecutive comment lines count as one
/// comment.
pub(super) fn comments(text: &str, scalars: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut scalars = scalars.iter().peekable();
    let mut last_line: Option<usize> = None;
    let mut start = modeline(text).len();
    for line in text[start..].split_inclusive('\n') {
        let body = line.trim_end_matches('\n');
        let comment = body.match_indices('#').map(|(at, _)| at).find(|&at| {
            let apart =
                body[..at].chars().next_back().is_none_or(|c| c == ' ' || c == '\t');
            while scalars.next_if(|scalar| scalar.end <= start + at).is_some() {}
            apart && scalars.peek().is_none_or(|scalar| scalar.start > start + at)
        });
        if let Some(at) = comment {
            let alone = body[..at].trim().is_empty();
            let continues = alone && last_line == Some(start);
            if !continues {
                found.push(start + at..start + body.trim_end().len());
            }
            last_line = alone.then_some(start + line.len());
        }
        start += line.len();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_scalar_ends_at_its_quote() {
        let text = r#"&a 'it''s' # c"#;
        assert_eq!(&text[quoted(text, 0..text.len(), '\'')], "'it''s'");
        let text = r#""a\"b\\" "#;
        assert_eq!(&text[quoted(text, 0..text.len(), '"')], r#""a\"b\\""#);
        assert_eq!(quoted("'a", 0..2, '\''), 0..2);
    }

    #[test]
    fn characters_become_bytes() {
        let offsets = Offsets::new("aé–b");
        let bytes: Vec<usize> = (0..6).map(|index| offsets.byte(index)).collect();
        assert_eq!(bytes, [0, 1, 3, 6, 7, 7]);
    }
}
