//! What Front says when it refuses a call. Every part may be missing, and the body may be no JSON.

use serde_json::Value;

use super::token::Secret;

/// The longest text that is kept of any one part.
const LONGEST: usize = 500;
/// The longest excerpt of a body that is no JSON.
const EXCERPT: usize = 200;
/// The most details that are kept.
const MOST_DETAILS: usize = 20;

/// What Front said.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Said {
    pub(crate) title: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) details: Vec<String>,
    /// The beginning of a body that is not JSON.
    pub(crate) excerpt: Option<String>,
}

impl Said {
    /// Reads a refusal. A gateway may echo the request: `token` is kept in no part.
    pub(crate) fn read(body: &[u8], token: &Secret) -> Self {
        match serde_json::from_slice::<Value>(body) {
            Ok(value) => Self::from_json(&value, token),
            Err(_) => Self {
                excerpt: excerpt(&token.hide_in(&String::from_utf8_lossy(body))),
                ..Self::default()
            },
        }
    }

    fn from_json(value: &Value, token: &Secret) -> Self {
        // `{"_error": {..}}`; gateways and older parts of Front: `{"errors": [{..}, ..]}`, or bare.
        let error = value.get("_error").unwrap_or(value);
        let listed = error.get("errors").and_then(Value::as_array);
        let first = listed.and_then(|errors| errors.first());
        let line = |text: &str| shorten(&token.hide_in(text), LONGEST);
        let text = |keys: &[&str]| {
            [Some(error), first]
                .into_iter()
                .flatten()
                .flat_map(|place| keys.iter().filter_map(|key| place.get(key)))
                .find_map(|value| line(value.as_str()?))
        };
        let detail = |value: &Value| match value {
            Value::String(text) => line(text),
            Value::Object(_) => line(&value.to_string()),
            _ => None,
        };
        let title = text(&["title", "error"]);
        let message = text(&["message", "detail", "error_description"]);
        let details = match error.get("details") {
            Some(Value::Array(items)) => {
                items.iter().filter_map(detail).take(MOST_DETAILS).collect()
            }
            Some(one) => detail(one).into_iter().collect(),
            None => Vec::new(),
        };
        Self { title, message, details, excerpt: None }
    }
}

/// The beginning of a text, which may be long and all white space.
fn excerpt(body: &str) -> Option<String> {
    let beginning: String = body.chars().take(8 * EXCERPT).collect();
    shorten(&beginning, EXCERPT)
}

/// A text on one line, not too long.
fn shorten(text: &str, longest: usize) -> Option<String> {
    let mut short = String::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
        // A character is at most four bytes, and a cut is made once, below.
        if short.len() > 4 * longest {
            break;
        }
    }
    if let Some((cut, _)) = short.char_indices().nth(longest) {
        let cut = short[..cut].char_indices().last().map_or(0, |(last, _)| last);
        short.truncate(cut);
        short.push('…');
    }
    (!short.is_empty()).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &[u8]) -> Said {
        Said::read(body, &Secret::api_token("eyJ.secret").expect("a token"))
    }

    fn said(body: &str) -> (Option<String>, Option<String>, Vec<String>) {
        let said = read(body.as_bytes());
        assert_eq!(said.excerpt, None);
        (said.title, said.message, said.details)
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn reads_the_envelope_and_its_relatives() {
        assert_eq!(
            said(
                r#"{"_error":{"status":400,"title":"Bad request","message":"No","details":["a","b",3]}}"#
            ),
            (some("Bad request"), some("No"), vec!["a".to_owned(), "b".to_owned()])
        );
        assert_eq!(said(r#"{"_error":{"message":"Odd"}}"#), (None, some("Odd"), vec![]));
        assert_eq!(
            said(r#"{"errors":[{"title":"T","detail":"D","status":"400"}]}"#),
            (some("T"), some("D"), vec![])
        );
        assert_eq!(
            said(r#"{"error":"invalid_grant","error_description":"Old"}"#),
            (some("invalid_grant"), some("Old"), vec![])
        );
        assert_eq!(
            said(r#"{"_error":{"title":1,"message":null,"details":"one"}}"#),
            (None, None, vec!["one".to_owned()])
        );
        for other in ["null", "[]", "\"text\"", "{}", r#"{"_error":null}"#] {
            assert_eq!(said(other), (None, None, vec![]));
        }
    }

    #[test]
    fn a_detail_may_be_an_object() {
        let (_, _, details) = said(
            r#"{"_error":{"details":[{"field": "to", "why": ["a", "b"]},"c",["d"]]}}"#,
        );
        assert_eq!(details, [r#"{"field":"to","why":["a","b"]}"#, "c"]);
        let (_, _, details) = said(r#"{"_error":{"details":{"field":"to"}}}"#);
        assert_eq!(details, [r#"{"field":"to"}"#]);
    }

    #[test]
    fn an_echoed_token_is_not_kept() {
        let json = r#"{"_error":{"title":"eyJ.secret","message":"Bearer eyJ.secret, no",
            "details":["eyJ.secret",{"authorization":"Bearer eyJ.secret"}]}}"#;
        let filled = |text: &str| text.replace('.', &" ".repeat(1590));
        for body in [json, "<pre>Bearer eyJ.secret</pre>", &(filled(".") + "eyJ.secret")]
        {
            let said = read(body.as_bytes());
            let shown = format!("{said:?}");
            assert!(shown.contains("<token>") && !shown.contains("eyJ"), "{shown}");
        }
        // Not even its beginning, where the text is cut.
        let long = format!(r#"{{"message":"{}eyJ.secret"}}"#, "a".repeat(495));
        let message = read(long.as_bytes()).message.expect("a message");
        assert!(!message.contains("eyJ"), "{message}");
    }

    #[test]
    fn quotes_the_beginning_of_what_is_no_json() {
        let said = read(b"<html>\r\n  <h1>502\x07 Bad Gateway</h1>");
        assert_eq!(said.excerpt, some("<html> <h1>502 Bad Gateway</h1>"));
        let long = read("é".repeat(9000).as_bytes()).excerpt.expect("an excerpt");
        assert_eq!(long.chars().count(), 200);
        assert_eq!(read(b"").excerpt, None);
        assert!(read(&[0xff; 300]).excerpt.is_some());
    }
}
