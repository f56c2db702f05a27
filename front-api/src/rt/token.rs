//! API tokens.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use reqwest::header::HeaderValue;

/// What stands before the token in the header.
const SCHEME: &str = "Bearer ";
/// Tokens have hundreds of characters. What is shorter than this may be a part of any word.
const SHORTEST: usize = 8;
/// The text that replaces the token.
const HIDDEN: &str = "<token>";

/// A credential: written to one header, and to nothing else.
#[derive(Clone)]
pub(crate) struct Secret(HeaderValue);

impl Secret {
    /// Takes an API token, or says in a sentence why it cannot be one. The sentence does not hold it.
    pub(crate) fn api_token(token: &str) -> Result<Self, &'static str> {
        if token.is_empty() {
            return Err("the API token is empty");
        }
        if token.contains(char::is_whitespace) {
            return Err(
                "the API token contains whitespace: give the token alone, without `Bearer` or a line break",
            );
        }
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("the API token contains a character that no API token has");
        }
        let mut header = HeaderValue::from_str(&format!("{SCHEME}{token}"))
            .map_err(|_| "the API token cannot be written into a header")?;
        header.set_sensitive(true);
        Ok(Self(header))
    }

    /// The value of the `authorization` header.
    pub(crate) fn header(&self) -> HeaderValue {
        self.0.clone()
    }

    /// Replaces the token in a foreign text with `<token>`, and each part of it that is at least
    /// [`SHORTEST`] characters long: a text may be cut off inside the token, or hold it in pieces.
    pub(crate) fn hide_in<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let token = self.0.to_str().ok().and_then(|header| header.strip_prefix(SCHEME));
        let Some(token) = token.filter(|token| token.len() >= SHORTEST) else {
            return Cow::Borrowed(text);
        };
        let parts: HashSet<&[u8]> = token.as_bytes().windows(SHORTEST).collect();
        let mut shown = String::new();
        let (mut copied, mut at) = (0, 0);
        while let Some(part) = text.as_bytes().get(at..at + SHORTEST) {
            if !parts.contains(part) {
                at += 1;
                continue;
            }
            // The token is ASCII, so each of its parts begins and ends at a character.
            let mut end = at + SHORTEST;
            while end < text.len()
                && parts.contains(&text.as_bytes()[end + 1 - SHORTEST..=end])
            {
                end += 1;
            }
            shown.push_str(&text[copied..at]);
            shown.push_str(HIDDEN);
            (copied, at) = (end, end);
        }
        if copied == 0 && shown.is_empty() {
            return Cow::Borrowed(text);
        }
        shown.push_str(&text[copied..]);
        Cow::Owned(shown)
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_a_token_and_never_shows_it() {
        let secret = Secret::api_token("eyJ.abc-_").expect("a token");
        assert_eq!(secret.header(), "Bearer eyJ.abc-_");
        assert!(!format!("{secret:?} {:?}", secret.header()).contains("eyJ"));
    }

    #[test]
    fn is_taken_out_of_texts() {
        let secret = Secret::api_token("eyJ.abc-_").expect("a token");
        assert_eq!(
            secret.hide_in("Bearer eyJ.abc-_, eyJ.abc-_!"),
            "Bearer <token>, <token>!"
        );
        // Cut off in the middle of it; a part as short as this may be any word.
        for (cut, shown) in [
            ("a eyJ.abc-", "a <token>"),
            ("eyJ.abc-", "<token>"),
            ("eyJ.abc", "eyJ.abc"),
            // Shortened, in pieces, beside other characters.
            ("Bearer eyJ.abc-...", "Bearer <token>..."),
            ("é eyJ.abc-é yJ.abc-_ é", "é <token>é <token> é"),
        ] {
            assert_eq!(secret.hide_in(cut), shown);
        }
        let short = Secret::api_token("t").expect("a token");
        assert_eq!(short.hide_in("that"), "that");
    }

    #[test]
    fn refuses_what_is_none() {
        for bad in
            ["", " ", "Bearer abc", "abc\n", "a\u{7f}b", "\u{1}", "tokén", "a\u{a0}b"]
        {
            let why = Secret::api_token(bad).expect_err(bad);
            assert!(why.starts_with("the API token "), "{why}");
        }
    }
}
