//! Texts of the spec in Markdown that others read, such as comments on a pull request: a stranger may have written them, so that
//! nothing in them may become a link, a mention or a tag.

/// A word as a code span, whatever backquotes are in it; nothing where there is no word.
pub fn code(word: &str) -> String {
    let word = one_line(word);
    if word.is_empty() {
        return word;
    }
    let fence = "`".repeat(longest_run(&word) + 1);
    // A backquote beside the fence would be part of it.
    let space = if word.starts_with('`') || word.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{word}{space}{fence}")
}

/// What fences a block of text that may have fences in it.
pub fn fence(text: &str) -> String {
    "`".repeat(longest_run(text).max(2) + 1)
}

/// How many backquotes stand in a row at most.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ")
}

/// A sentence in one line, in which nothing but code spans means anything.
///
/// A run of backquotes opens a code span where a run of the same length closes it, as in CommonMark; all others are escaped.
pub fn prose(text: &str) -> String {
    let text = one_line(text);
    let mut safe = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(open) = rest.find('`') {
        escape(&rest[..open], &mut safe);
        let inside = rest[open..].trim_start_matches('`');
        let length = rest.len() - open - inside.len();
        let run = &rest[open..open + length];
        match closing(inside, length) {
            Some(end) => {
                safe.extend([run, &inside[..end], run]);
                rest = &inside[end + length..];
            }
            None => {
                safe.push_str(&"\\`".repeat(length));
                rest = inside;
            }
        }
    }
    escape(rest, &mut safe);
    safe
}

/// Where the next run of exactly so many backquotes begins.
pub fn closing(text: &str, length: usize) -> Option<usize> {
    let mut at = 0;
    while let Some(found) = text[at..].find('`') {
        let begin = at + found;
        let run = text[begin..].len() - text[begin..].trim_start_matches('`').len();
        if run == length {
            return Some(begin);
        }
        at = begin + run;
    }
    None
}

/// Spells out what means something outside of code spans.
fn escape(prose: &str, safe: &mut String) {
    let mut before = ' ';
    for (at, c) in prose.char_indices() {
        match c {
            '<' => safe.push_str("&lt;"),
            '&' => safe.push_str("&amp;"),
            // A name behind it would be notified of the comment.
            '@' => safe.push_str("@\u{200b}"),
            // An address would become a link.
            ':' if prose[at..].starts_with("://") => safe.push_str(":\u{200b}"),
            '.' if before.eq_ignore_ascii_case(&'w') => safe.push_str("\u{200b}."),
            '\\' | '*' | '_' | '[' | ']' | '~' | '|' | '#' | '!' => {
                safe.extend(['\\', c])
            }
            _ => safe.push(c),
        }
        before = c;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_one_code_span() {
        for (word, expected) in [
            ("tags.list", "`tags.list`"),
            ("a`b", "``a`b``"),
            ("`a", "`` `a ``"),
            ("a``", "``` a`` ```"),
            ("a```b` c", "````a```b` c````"),
            ("a\n\nb", "`a b`"),
            ("", ""),
            (" ", ""),
        ] {
            assert_eq!(code(word), expected, "{word:?}");
        }
    }

    #[test]
    fn only_code_spans_mean_anything() {
        for (text, expected) in [
            ("`tags.list` is gone", "`tags.list` is gone"),
            ("``a`` [x](https://y.z) `", "``a`` \\[x\\](https:\u{200b}//y.z) \\`"),
            ("`a`` [x](y) `b` @c <d>", "`a`` [x](y) `b\\` @\u{200b}c &lt;d>"),
            ("`` ` [x](y) ` ``` <b>", "\\`\\` ` [x](y) ` \\`\\`\\` &lt;b>"),
            ("www.a.b, WWW.c", "www\u{200b}.a.b, WWW\u{200b}.c"),
            ("\\`<b>\\`", "\\\\`<b>\\`"),
            ("![x](y) &lt;b> #1", "\\!\\[x\\](y) &amp;lt;b> \\#1"),
        ] {
            assert_eq!(prose(text), expected, "{text:?}");
        }
    }

    /// What CommonMark sees outside of code spans, by its own rules, apart from how `prose` finds them.
    fn outside(markdown: &str) -> String {
        let (mut text, mut rest) = (String::new(), markdown);
        while let Some(c) = rest.chars().next() {
            let run = rest.len() - rest.trim_start_matches('`').len();
            if c == '\\' {
                let escaped = rest[1..].chars().next().map_or(0, char::len_utf8);
                text.push('e');
                rest = &rest[1 + escaped..];
            } else if run == 0 {
                text.push(c);
                rest = &rest[c.len_utf8()..];
            } else {
                let inside = &rest[run..];
                let runs = inside.match_indices('`').map(|(at, _)| at).find(|&at| {
                    let is_begin = !inside[..at].ends_with('`');
                    let length =
                        inside[at..].len() - inside[at..].trim_start_matches('`').len();
                    is_begin && length == run
                });
                match runs {
                    Some(end) => rest = &inside[end + run..],
                    None => {
                        text.push_str(&rest[..run]);
                        rest = inside;
                    }
                }
            }
        }
        text
    }

    proptest::proptest! {
        #[test]
        fn no_text_breaks_out(text in r"[`\\a@<&\[\]!*: /.w]{0,24}") {
            let seen = outside(&prose(&text));
            proptest::prop_assert!(!seen.contains(['<', '[', ']', '`', '*', '!']), "{seen:?}");
            proptest::prop_assert!(!seen.contains("://"), "{seen:?}");
            let bare = seen.match_indices('@').any(|(at, _)| !seen[at + 1..].starts_with('\u{200b}'));
            proptest::prop_assert!(!bare, "{seen:?}");
            let seen = outside(&format!("{} x", code(&text)));
            proptest::prop_assert_eq!(seen.trim_start(), "x");
        }
    }
}
