//! API tokens.

use std::fmt;

use reqwest::header::HeaderValue;

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
        let mut header = HeaderValue::from_str(&format!("Bearer {token}"))
            .map_err(|_| "the API token cannot be written into a header")?;
        header.set_sensitive(true);
        Ok(Self(header))
    }

    /// The value of the `authorization` header.
    pub(crate) fn header(&self) -> HeaderValue {
        self.0.clone()
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
    fn refuses_what_is_none() {
        for bad in
            ["", " ", "Bearer abc", "abc\n", "a\u{7f}b", "\u{1}", "tokén", "a\u{a0}b"]
        {
            let why = Secret::api_token(bad).expect_err(bad);
            assert!(why.starts_with("the API token "), "{why}");
        }
    }
}
