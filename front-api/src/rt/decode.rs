//! Decodes the body of a response as its type.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::error::{Error, ErrorKind};
use super::meta::Meta;
use super::operation::Operation;
use super::tolerant::InvalidValue;
use super::{repair, tolerant};

/// The response to a successful call.
pub(crate) struct Response {
    pub(crate) operation: &'static Operation,
    pub(crate) meta: Meta,
    pub(crate) body: Bytes,
}

/// Decodes a response as a value. Reports the values that were removed or replaced in the response's
/// [`Meta`].
pub(crate) fn decode<T: DeserializeOwned>(response: &mut Response) -> Result<T, Error> {
    let (value, rounded) = tolerant::strictly(|| serde_json::from_slice(&response.body));
    let unexpected = match value {
        Ok(value) if !rounded => return Ok(value),
        Ok(value) => Ok((value, repair::repair(&response.body).found)),
        Err(error) => tolerant::read(&response.body)
            .map_err(|invalid_value| (error, invalid_value)),
    };
    match unexpected {
        Ok((value, unexpected)) => {
            if let Some(first) = unexpected.first() {
                tracing::warn!(
                    operation = response.operation.name,
                    path = first.path(),
                    reason = first.reason(),
                    count = unexpected.len(),
                    "unexpected values in a response"
                );
            }
            response.meta.add_unexpected(unexpected);
            Ok(value)
        }
        Err((error, invalid_value)) => Err(failure(response, &error, invalid_value)),
    }
}

fn failure(
    response: &Response,
    error: &serde_json::Error,
    invalid_value: Option<InvalidValue>,
) -> Error {
    let status = response.meta.status();
    let path = match &invalid_value {
        Some(invalid_value) => invalid_value.path(),
        None => tolerant::syntax_error_path(&response.body),
    };
    let why = if response.body.is_empty() {
        format!("the response (status {status}) is empty, but JSON was expected")
    } else {
        let place =
            path.as_deref().map_or(String::new(), |path| format!(" at `{path}`"));
        let (reason, position) = match invalid_value {
            // The first decode knows the line. But where it stopped at a value that can be repaired or
            // removed, that is not the value that the second decode failed at.
            Some(invalid_value) if invalid_value.reason != without_values(error) => {
                (invalid_value.reason, String::new())
            }
            _ => (
                without_values(error),
                format!(", line {} column {}", error.line(), error.column()),
            ),
        };
        format!(
            "failed to decode the response (status {status}){place}: {reason}{position}"
        )
    };
    let failure = Error::new(ErrorKind::Decode, why)
        .with_operation(response.operation)
        .with_response(&response.meta);
    match path {
        Some(path) => failure.with_path(path),
        None => failure,
    }
}

/// Returns the message of a serde error without the values that it quotes, which may be customer text.
pub(crate) fn without_values(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let text = text.strip_suffix(&place).unwrap_or(&text);
    match error.classify() {
        // These errors are about the JSON syntax, and their messages are fixed texts.
        Category::Syntax | Category::Eof | Category::Io => text.to_owned(),
        Category::Data => {
            // The value comes before these words, and may itself contain them.
            if let Some((_, expected)) = text.rsplit_once(", expected ") {
                format!("expected {expected}")
            } else if text.starts_with("missing field `") {
                text.to_owned()
            } else {
                "invalid value".to_owned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use reqwest::header::HeaderMap;

    use super::*;
    use crate::rt::meta::Progress;
    use crate::rt::{Access, Method, Repeat, ResponseBody};

    static OPERATION: Operation = Operation {
        id: "get-thing",
        name: "things.get",
        resource: "things",
        method: Method::Get,
        path: "/things",
        capability: None,
        published_scope: None,
        access: Access::Read,
        acts_on: "thing",
        rate_limit: None,
        webhook: None,
        repeat: Repeat::Safe,
        redirects: false,
        body: false,
        accept: None,
        response_status: Some(200),
        response_body: ResponseBody::Object,
        max_page: None,
        at_least_one: &[],
        deprecated: None,
        since: "base",
        docs: "",
    };

    #[derive(Debug, Deserialize)]
    struct Thing {
        #[expect(dead_code, reason = "read by the tests through errors only")]
        item: Item,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "read by the tests through errors only")]
    struct Item {
        count: u32,
        shade: Shade,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Shade {
        Light,
    }

    fn fails(body: &'static str) -> Error {
        let mut response = Response {
            operation: &OPERATION,
            meta: Meta::new(200, HeaderMap::new(), Progress::default()),
            body: Bytes::from_static(body.as_bytes()),
        };
        decode::<Thing>(&mut response).expect_err("an invalid value")
    }

    #[test]
    fn the_error_contains_the_path_but_not_the_value() {
        let error =
            fails(r#"{"item":{"count":"secret, expected nothing","shade":"light"}}"#);
        assert_eq!(error.json_path(), Some("item.count"));
        assert_eq!(
            error.to_string(),
            "things.get: GET /things: failed to decode the response (status 200) at `item.count`: \
             expected u32, line 1 column 43. \
             This version of the crate does not know this form of the response; a newer version may."
        );
        for body in [
            r#"{"item":{"count":1,"shade":"secret"}}"#,
            r#"{"item":"secret"}"#,
            r#"{"item":{"count":1.5,"shade":"secret"}}"#,
            r#"{"item":{secret}}"#,
            r#"{"item":{"secret"#,
            r#""secret""#,
            r#"{"item":{}} secret"#,
            r#"{"item":{"count":1,"shade":{"secret":1}}}"#,
            r#"{"item":{"count":1e999,"shade":"\ud83d secret"}}"#,
        ] {
            let error = fails(body);
            let all = format!("{error} {error:?}");
            assert!(!all.contains("secret") && !all.contains("1.5"), "{all}");
        }
        // After a repair the line is not known.
        let error = fails(r#"{"item":{"count":1e999,"shade":"light"}}"#);
        assert_eq!(error.json_path(), Some("item.count"));
        assert!(
            error.to_string().contains("`item.count`: expected u32. This"),
            "{error}"
        );
        assert_eq!(fails(r#"{"item":{"count":!"#).json_path(), Some("item.count"));
    }

    #[test]
    fn the_error_reports_an_empty_response() {
        let error = fails("");
        assert!(
            error.to_string().contains("is empty, but JSON was expected"),
            "{error}"
        );
        assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(200)));
    }

    #[test]
    fn the_error_contains_a_missing_field() {
        let error = fails(r#"{"item":{"shade":"light"}}"#);
        assert!(error.to_string().contains("missing field `count`"), "{error}");
    }
}
