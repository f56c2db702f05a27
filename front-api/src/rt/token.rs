//! API tokens.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use reqwest::header::HeaderValue;

/// The text before the token in the header.
const SCHEME: &str = "Bearer ";
/// The shortest part of a token that is hidden. A shorter part may occur in any word; tokens have hundreds of
/// characters.
const SHORTEST: usize = 8;
/// The text that replaces the token.
const HIDDEN: &str = "<token>";

/// A credential, which is written only to one header.
#[derive(Clone)]
pub(crate) struct Secret(HeaderValue);

impl Secret {
    /// Creates the secret of an API token, or returns why the token is invalid. The reason does not contain the
    /// token.
    pub(crate) fn api_token(token: &str) -> Result<Self, &'static str> {
        if token.is_empty() {
            return Err("missing API token: it is empty");
        }
        if token.contains(char::is_whitespace) {
            return Err(
                "invalid API token: it contains white space; pass the token alone, without `Bearer` or a line break",
            );
        }
        if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(
                "invalid API token: it contains a character that no API token has",
            );
        }
        let mut header = HeaderValue::from_str(&format!("{SCHEME}{token}"))
            .map_err(|_| "invalid API token: it cannot be written to a header")?;
        header.set_sensitive(true);
        Ok(Self(header))
    }

    /// Returns the value of the `authorization` header.
    pub(crate) fn header(&self) -> HeaderValue {
        self.0.clone()
    }

    /// Replaces the token in a foreign text with `<token>`, and each part of it that is at least
    /// [`SHORTEST`] characters long: a text may be cut off inside the token, or contain parts of it.
    pub(crate) fn hide_in<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let token = self.0.to_str().ok().and_then(|header| header.strip_prefix(SCHEME));
        let Some(token) = token.filter(|token| token.len() >= SHORTEST) else {
            return Cow::Borrowed(text);
        };
        let parts: HashSet<&[u8]> = token.as_bytes().windows(SHORTEST).collect();
        let mut redacted = String::new();
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
            redacted.push_str(&text[copied..at]);
            redacted.push_str(HIDDEN);
            (copied, at) = (end, end);
        }
        if copied == 0 && redacted.is_empty() {
            return Cow::Borrowed(text);
        }
        redacted.push_str(&text[copied..]);
        Cow::Owned(redacted)
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
    fn accepts_a_token_and_never_shows_it() {
        let secret = Secret::api_token("eyJ.abc-_").expect("a token");
        assert_eq!(secret.header(), "Bearer eyJ.abc-_");
        assert!(!format!("{secret:?} {:?}", secret.header()).contains("eyJ"));
    }

    #[test]
    fn is_hidden_in_texts() {
        let secret = Secret::api_token("eyJ.abc-_").expect("a token");
        assert_eq!(
            secret.hide_in("Bearer eyJ.abc-_, eyJ.abc-_!"),
            "Bearer <token>, <token>!"
        );
        // Cut off inside the token. A part that is too short is not hidden.
        for (cut, redacted) in [
            ("a eyJ.abc-", "a <token>"),
            ("eyJ.abc-", "<token>"),
            ("eyJ.abc", "eyJ.abc"),
            // Shortened, in parts, next to other characters.
            ("Bearer eyJ.abc-...", "Bearer <token>..."),
            ("é eyJ.abc-é yJ.abc-_ é", "é <token>é <token> é"),
        ] {
            assert_eq!(secret.hide_in(cut), redacted);
        }
        let short = Secret::api_token("t").expect("a token");
        assert_eq!(short.hide_in("that"), "that");
    }

    #[test]
    fn rejects_invalid_tokens() {
        for bad in
            ["", " ", "Bearer abc", "abc\n", "a\u{7f}b", "\u{1}", "tokén", "a\u{a0}b"]
        {
            let why = Secret::api_token(bad).expect_err(bad);
            assert!(why.contains("API token: it "), "{why}");
        }
    }
}
