//! What the parser does not say about characters: bytes instead of characters, where a quoted scalar ends, comments.

use std::ops::Range;

use saphyr_parser::ScalarStyle;

/// From a place in characters, as both parsers count, to one in bytes.
#[derive(Debug)]
pub(in crate::spec) struct Offsets {
    /// The byte of each character; none where they are the same.
    bytes: Option<Vec<usize>>,
    end: usize,
}

impl Offsets {
    pub(in crate::spec) fn new(text: &str) -> Self {
        let bytes = (!text.is_ascii())
            .then(|| text.char_indices().map(|(byte, _)| byte).collect());
        Self { bytes, end: text.len() }
    }

    /// The byte at which a character begins; the end where there is no such character.
    pub(in crate::spec) fn byte(&self, index: usize) -> usize {
        match &self.bytes {
            Some(bytes) => bytes.get(index).copied().unwrap_or(self.end),
            None => index.min(self.end),
        }
    }
}

/// The first character of which parsers think differently, a line's end or a letter, an error or a blank: the two passes
/// would not see the same file.
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

/// The scalar in the parser's span, without what belongs to its surroundings. A block scalar's header stays outside.
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

/// What is behind the anchor and the tag in `span`: a plain text begins with neither sign.
pub(super) fn undecorated(text: &str, span: &Range<usize>) -> Range<usize> {
    let mut inside = &text[span.clone()];
    while inside.starts_with(['&', '!']) {
        let word = inside.find(char::is_whitespace).unwrap_or(inside.len());
        inside = inside[word..].trim_start();
    }
    span.end - inside.len()..span.end
}

/// Whether what begins at `start` does so with a bracket.
pub(super) fn in_brackets(text: &str, start: usize) -> bool {
    text[start..].starts_with(['[', '{'])
}

/// The dash of the list item at `start`; `start` where there is none.
pub(super) fn dash(text: &str, start: usize) -> usize {
    let before = text[..start].trim_end();
    if before.ends_with('-') { before.len() - 1 } else { start }
}

/// The quoted scalar that begins in `span`: the parser's span may have an anchor before it and blanks and a comment behind.
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

/// What an editor is told in a file's first line begins so.
pub(in crate::spec) const MODELINE: &str = "# yaml-language-server:";

/// The file's first line with its end, where it speaks to editors.
fn modeline(text: &str) -> &str {
    if !text.starts_with(MODELINE) {
        return "";
    }
    match text.find('\n') {
        Some(end) => &text[..=end],
        None => text,
    }
}

/// The comments of `text`, which holds `scalars` in order; lines that are nothing but a comment and follow one another
/// count once.
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
