//! From an answer's bytes to its type.

use bytes::Bytes;
use serde::Deserializer;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use super::error::{Error, ErrorKind};
use super::meta::Meta;
use super::operation::Operation;

/// What Front answered to a call that went well.
pub(crate) struct Answer {
    pub(crate) operation: &'static Operation,
    pub(crate) meta: Meta,
    pub(crate) body: Bytes,
}

/// Reads an answer as a value.
pub(crate) fn decode<T: DeserializeOwned>(answer: &Answer) -> Result<T, Error> {
    match serde_json::from_slice(&answer.body) {
        Ok(value) => Ok(value),
        Err(error) => {
            let mut json = serde_json::Deserializer::from_slice(&answer.body);
            let path = place::<T, _>(&mut json);
            Err(failure(answer, &error, path))
        }
    }
}

/// The path of the value that does not fit; none where that is the whole. Decodes a second time, so
/// that only failures pay for it.
pub(crate) fn place<'de, T: DeserializeOwned, D: Deserializer<'de>>(
    json: D,
) -> Option<String> {
    let error = serde_path_to_error::deserialize::<_, T>(json).err()?;
    let path = error.path();
    (path.iter().len() > 0).then(|| path.to_string())
}

fn failure(answer: &Answer, error: &serde_json::Error, path: Option<String>) -> Error {
    let status = answer.meta.status();
    let why = if answer.body.is_empty() {
        format!("the answer (status {status}) is empty, where a value was expected")
    } else {
        let place =
            path.as_deref().map_or(String::new(), |path| format!(" at `{path}`"));
        format!(
            "the answer (status {status}) does not decode{place}: {}, line {} column {}",
            without_values(error),
            error.line(),
            error.column()
        )
    };
    let failure =
        Error::new(ErrorKind::Decode, why).at(answer.operation).answered(&answer.meta);
    match path {
        Some(path) => failure.with_path(path),
        None => failure,
    }
}

/// What serde says, without the values of the body that it quotes, which may be customer text.
pub(crate) fn without_values(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let text = text.strip_suffix(&place).unwrap_or(&text);
    match error.classify() {
        // About the JSON itself: these messages are fixed texts.
        Category::Syntax | Category::Eof | Category::Io => text.to_owned(),
        Category::Data => {
            // The value stands before, and may itself hold these words.
            if let Some((_, expected)) = text.rsplit_once(", expected ") {
                format!("expected {expected}")
            } else if text.starts_with("missing field `") {
                text.to_owned()
            } else {
                "it does not fit".to_owned()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use reqwest::header::HeaderMap;

    use super::*;
    use crate::rt::meta::Course;
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
        items: Vec<Item>,
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
        let answer = Answer {
            operation: &OPERATION,
            meta: Meta::new(200, HeaderMap::new(), Course::default()),
            body: Bytes::from_static(body.as_bytes()),
        };
        decode::<Thing>(&answer).expect_err("it does not fit")
    }

    #[test]
    fn names_the_place_and_not_the_value() {
        let error =
            fails(r#"{"items":[{"count":"secret, expected nothing","shade":"light"}]}"#);
        assert_eq!(error.json_path(), Some("items[0].count"));
        assert_eq!(
            error.to_string(),
            "things.get: GET /things: the answer (status 200) does not decode at `items[0].count`: \
             expected u32, line 1 column 45. \
             This version of the crate does not know this form of the answer; a newer one may."
        );
        for body in [
            r#"{"items":[{"count":1,"shade":"secret"}]}"#,
            r#"{"items":"secret"}"#,
            r#"{"items":[{"count":1.5,"shade":"secret"}]}"#,
            r#"{"items":[secret]}"#,
            r#"{"items":["secret"#,
            r#""secret""#,
            r#"{"items":[]} secret"#,
            r#"{"items":[{"count":1,"shade":{"secret":1}}]}"#,
        ] {
            let error = fails(body);
            let all = format!("{error} {error:?}");
            assert!(!all.contains("secret") && !all.contains("1.5"), "{all}");
        }
    }

    #[test]
    fn says_that_an_answer_is_empty() {
        let error = fails("");
        assert!(
            error.to_string().contains("is empty, where a value was expected"),
            "{error}"
        );
        assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(200)));
    }

    #[test]
    fn names_a_missing_field() {
        let error = fails(r#"{"items":[{"shade":"light"}]}"#);
        assert!(error.to_string().contains("missing field `count`"), "{error}");
    }
}
