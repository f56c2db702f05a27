//! What Front says when it refuses a call. Every part may be missing, and the body may be no JSON.

use serde_json::Value;

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
    pub(crate) fn read(body: &[u8]) -> Self {
        match serde_json::from_slice::<Value>(body) {
            Ok(value) => Self::from_json(&value),
            Err(_) => Self {
                excerpt: excerpt(&String::from_utf8_lossy(
                    &body[..body.len().min(8 * EXCERPT)],
                )),
                ..Self::default()
            },
        }
    }

    fn from_json(value: &Value) -> Self {
        // `{"_error": {..}}`; gateways and older parts of Front: `{"errors": [{..}, ..]}`, or bare.
        let error = value.get("_error").unwrap_or(value);
        let listed = error.get("errors").and_then(Value::as_array);
        let first = listed.and_then(|errors| errors.first());
        let text = |keys: &[&str]| {
            [Some(error), first]
                .into_iter()
                .flatten()
                .flat_map(|place| keys.iter().filter_map(|key| place.get(key)))
                .find_map(line)
        };
        let title = text(&["title", "error"]);
        let message = text(&["message", "detail", "error_description"]);
        let details = match error.get("details") {
            Some(Value::Array(items)) => {
                items.iter().filter_map(line).take(MOST_DETAILS).collect()
            }
            Some(one) => line(one).into_iter().collect(),
            None => Vec::new(),
        };
        Self { title, message, details, excerpt: None }
    }
}

/// A text on one line, not too long.
fn line(value: &Value) -> Option<String> {
    shorten(value.as_str()?, LONGEST)
}

fn excerpt(body: &str) -> Option<String> {
    shorten(body, EXCERPT)
}

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

    fn said(body: &str) -> (Option<String>, Option<String>, Vec<String>) {
        let said = Said::read(body.as_bytes());
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
    fn quotes_the_beginning_of_what_is_no_json() {
        let said = Said::read(b"<html>\r\n  <h1>502\x07 Bad Gateway</h1>");
        assert_eq!(said.excerpt, some("<html> <h1>502 Bad Gateway</h1>"));
        let long = Said::read("é".repeat(9000).as_bytes()).excerpt.expect("an excerpt");
        assert_eq!(long.chars().count(), 200);
        assert_eq!(Said::read(b"").excerpt, None);
        assert!(Said::read(&[0xff; 300]).excerpt.is_some());
    }
}
