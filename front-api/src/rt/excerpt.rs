//! Makes a foreign text safe for an error: one line, bounded, without control characters and the token.

use super::token::Secret;

/// The number of bytes of a body that are searched for an excerpt.
const SEARCHED: usize = 16 * 1024;

/// Returns a text on one line, at most `longest` characters long. `None` where it has no readable text.
pub(crate) fn line(text: &str, token: &Secret, longest: usize) -> Option<String> {
    // The order matters: one line, then without the token, then cut. Otherwise joined parts could form the
    // token, or its beginning could remain.
    let text = one_line(text);
    let mut text = token.hide_in(&text).into_owned();
    if let Some((cut, _)) = text.char_indices().nth(longest) {
        let cut = text[..cut].char_indices().last().map_or(0, |(last, _)| last);
        text.truncate(cut);
        text.push('…');
    }
    (!text.is_empty()).then_some(text)
}

/// Returns the readable beginning of a body that is not JSON. For an HTML or XML page it is the text.
pub(crate) fn excerpt(body: &[u8], token: &Secret, longest: usize) -> Option<String> {
    let beginning = &body[..body.len().min(SEARCHED)];
    let text = String::from_utf8_lossy(beginning);
    if is_markup(&text) {
        line(&text_of_markup(&text), token, longest)
    } else {
        line(&text, token, longest)
    }
}

/// Returns whether a text is an HTML or XML page.
pub(crate) fn is_markup(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    text.starts_with('<')
}

/// Replaces white space and control characters with single spaces. Removes invisible characters.
fn one_line(text: &str) -> String {
    let mut line = String::new();
    let mut gap = false;
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if c.is_whitespace() || c.is_control() {
            gap = true;
            continue;
        }
        if gap && !line.is_empty() {
            line.push(' ');
        }
        gap = false;
        line.push(c);
    }
    line
}

/// Returns whether a character is invisible: a direction mark, a joiner, a tag, a byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Returns the text of a page, its title first, without tags, comments, scripts and styles.
fn text_of_markup(page: &str) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        if let Some(comment) = tag.strip_prefix("!--") {
            text.push(' ');
            rest = comment.split_once("-->").map_or("", |(_, rest)| rest);
            continue;
        }
        let name: String = tag.chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        rest = tag.split_once('>').map_or("", |(_, rest)| rest);
        if matches!(&*name, "script" | "style" | "svg") {
            rest = after_end_tag(rest, &name);
        }
        // Pages use this tag inside long words.
        if name != "wbr" {
            text.push(' ');
        }
    }
    text.push_str(rest);
    without_entities(&text)
}

/// Returns the text after `</name`. Ignores letter case.
fn after_end_tag<'a>(text: &'a str, name: &str) -> &'a str {
    let mut rest = text;
    while let Some((_, tag)) = rest.split_once("</") {
        if tag.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return tag.split_once('>').map_or("", |(_, rest)| rest);
        }
        rest = tag;
    }
    ""
}

/// Replaces entities with their characters. An unknown entity stays unchanged.
fn without_entities(text: &str) -> String {
    /// The length of the longest known entity, with a margin.
    const LONGEST: usize = 10;
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        let end = after.bytes().take(LONGEST).position(|byte| byte == b';');
        match end.and_then(|end| Some((entity(&after[..end])?, end))) {
            Some((c, end)) => {
                plain.push(c);
                rest = &after[end + 1..];
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "copy" => '©',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token() -> Secret {
        Secret::api_token("eyJ.secret-token").expect("a token")
    }

    fn quoted(body: &[u8]) -> Option<String> {
        excerpt(body, &token(), 200)
    }

    #[test]
    fn is_one_line_of_visible_text() {
        for (body, expected) in [
            (&b""[..], None),
            (b" \r\n\t\x00\x07", None),
            (b"a\r\n b\x07c\td", Some("a b c d")),
            ("\u{feff}a\u{202e}b\u{200b}c\u{2028}d\u{85}e".as_bytes(), Some("abc d e")),
            (b"caf\xe9 \xff", Some("caf\u{fffd} \u{fffd}")),
            (b"{\"cut", Some("{\"cut")),
        ] {
            assert_eq!(quoted(body).as_deref(), expected, "{body:?}");
        }
    }

    #[test]
    fn a_page_is_its_text_with_the_title_first() {
        for (page, expected) in [
            (
                "<!DOCTYPE html><html><head><TITLE>502 Bad\nGateway</TITLE><style>p{}</style>\
                 <script>if (a<b) x()</SCRIPT ></head><body><!-- no <b> --><center>nginx</center>",
                Some("502 Bad Gateway nginx"),
            ),
            (
                "\u{feff}\n<p>Tom &amp; Jerry&#39;s&nbsp;&#x1f600;&bad; &",
                Some("Tom & Jerry's 😀&bad; &"),
            ),
            (
                "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message>",
                Some("AccessDenied Request has expired"),
            ),
            ("<html><script>alert(1)", None),
            ("<html", None),
            ("<svg><title>logo</title></svg>Sign in", Some("Sign in")),
            ("<p>&éééééééééé;", Some("&éééééééééé;")),
        ] {
            assert_eq!(quoted(page.as_bytes()).as_deref(), expected, "{page}");
        }
    }

    #[test]
    fn is_cut_at_a_character() {
        let long = quoted("é".repeat(9000).as_bytes()).expect("an excerpt");
        assert_eq!(long.chars().count(), 200);
        assert!(long.ends_with('…'));
        assert_eq!(quoted("é".repeat(200).as_bytes()).map(|text| text.len()), Some(400));
    }

    #[test]
    fn the_token_is_in_none_of_its_forms() {
        let long = "a".repeat(190);
        for body in [
            "Bearer eyJ.secret-token".to_owned(),
            "<pre>Bearer eyJ.secret-token</pre>".to_owned(),
            "<p>eyJ.sec<wbr>ret-token".to_owned(),
            "<p>eyJ&#46;secret-token".to_owned(),
            "eyJ.sec\u{200b}ret-token".to_owned(),
            // Where the text is cut, and where the body was.
            format!("{long}eyJ.secret-token"),
            "eyJ.secret-tok".to_owned(),
            format!("{}eyJ.secret-token", " ".repeat(SEARCHED - 10)),
        ] {
            let text = quoted(body.as_bytes()).expect("an excerpt");
            assert!(!text.contains("eyJ"), "{text}");
        }
    }
}
