//! Reads the body of an error response. Every part may be missing, and the body may not be JSON.
//!
//! Gateways and older parts of Front use other forms. In every form, a part of the text is kept: the message,
//! or else an excerpt.

use serde_json::{Map, Value};

use super::excerpt::{self, line};
use super::repair::repair;
use super::token::Secret;
use crate::generated::service::{
    ERROR_DETAILS_KEY, ERROR_KEY, ERROR_MESSAGE_KEY, ERROR_STATUS_KEY, ERROR_TITLE_KEY,
};

/// The maximum length of each part, in characters.
const LONGEST: usize = 500;
/// The maximum length of an excerpt of a body, in characters.
const EXCERPT: usize = 200;
/// The maximum number of details that are kept.
const MAX_DETAILS: usize = 20;

/// The keys under which an error is nested: `{"_error": {..}}`, `{"error": {..}}`.
const NESTED: [&str; 2] = [ERROR_KEY, "error"];
/// The keys of a short name of the error, the most specific first. Letter case is ignored in all of these
/// lists.
const TITLES: [&str; 4] = [ERROR_TITLE_KEY, "error", ERROR_KEY, "code"];
/// The keys of a sentence.
const MESSAGES: [&str; 9] = [
    ERROR_MESSAGE_KEY,
    "detail",
    "error_description",
    "error_message",
    "errormessage",
    "description",
    "msg",
    "reason",
    "messages",
];
/// The key of a list of errors.
const LIST: &str = "errors";
/// Keys that add nothing to the HTTP status.
const REPEATED: [&str; 3] = [ERROR_STATUS_KEY, "statuscode", "status_code"];

/// The body of an error response.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ErrorBody {
    pub(crate) title: Option<String>,
    pub(crate) message: Option<String>,
    pub(crate) details: Vec<String>,
    /// The readable beginning of a body that has no message in any form known here.
    pub(crate) excerpt: Option<String>,
    /// Whether the body was an HTML or XML page, which Front's API does not send.
    pub(crate) markup: bool,
}

impl ErrorBody {
    /// Reads the body of an error response. Removes `token` from all parts, because a gateway may echo the
    /// request.
    pub(crate) fn read(body: &[u8], token: &Secret) -> Self {
        match parse(body) {
            Some(value) => Reader { token }.read(&value),
            None => Self {
                excerpt: excerpt::excerpt(body, token, EXCERPT),
                markup: excerpt::is_markup(&String::from_utf8_lossy(body)),
                ..Self::default()
            },
        }
    }
}

/// Reads JSON. Accepts strings with bytes that are not UTF-8, or with unpaired surrogates.
fn parse(body: &[u8]) -> Option<Value> {
    let repaired = || serde_json::from_slice(&repair(body).text).ok();
    serde_json::from_slice(body).ok().or_else(repaired)
}

struct Reader<'a> {
    token: &'a Secret,
}

impl Reader<'_> {
    fn read(&self, body: &Value) -> ErrorBody {
        let mut error_body = ErrorBody::default();
        match body {
            Value::String(text) => error_body.message = self.line(text),
            Value::Array(errors) => self.list(&mut error_body, errors),
            Value::Object(fields) => self.object(&mut error_body, fields),
            _ => {}
        }
        if error_body.message.is_none() && error_body.details.is_empty() {
            let titled = error_body.title.is_some();
            if let Some(rest) = rest(body, titled) {
                error_body.excerpt = line(&self.json(rest), self.token, EXCERPT);
            }
        }
        error_body
    }

    fn object(&self, error_body: &mut ErrorBody, fields: &Map<String, Value>) {
        let error = nested(fields).unwrap_or(fields);
        error_body.title = self.first(error, &TITLES);
        error_body.message = self.first(error, &MESSAGES);
        match get(error, ERROR_DETAILS_KEY) {
            Some(Value::Array(items)) => self.details(error_body, items),
            Some(one) => error_body.details.extend(self.detail(one)),
            None => {}
        }
        match get(error, LIST).or_else(|| get(fields, LIST)) {
            Some(Value::Array(errors)) => self.list(error_body, errors),
            // `{"errors": {"email": ["is invalid"]}}`
            Some(Value::Object(errors)) => {
                for (field, error) in errors {
                    let what = self.text(error).unwrap_or_else(|| self.json(error));
                    self.add(
                        error_body,
                        line(&format!("{field}: {what}"), self.token, LONGEST),
                    );
                }
            }
            Some(Value::String(text)) if error_body.message.is_none() => {
                error_body.message = self.line(text);
            }
            _ => {}
        }
    }

    /// Reads several errors. The first one becomes the message unless there already is one. The others are
    /// details.
    fn list(&self, error_body: &mut ErrorBody, errors: &[Value]) {
        let mut errors = errors.iter();
        if error_body.message.is_none()
            && let Some(first) = errors.clone().next()
        {
            let message = self.text(first);
            if let (Value::Object(first), None) = (first, &error_body.title) {
                error_body.title = self.first(first, &TITLES);
            }
            if message.is_some() {
                error_body.message = message;
                errors.next();
            } else if error_body.title.is_some() && errors.len() == 1 {
                return;
            }
        }
        self.details(error_body, errors.as_slice());
    }

    fn details(&self, error_body: &mut ErrorBody, items: &[Value]) {
        for item in items.iter().take(MAX_DETAILS) {
            self.add(error_body, self.detail(item));
        }
    }

    fn add(&self, error_body: &mut ErrorBody, detail: Option<String>) {
        if error_body.details.len() < MAX_DETAILS {
            error_body.details.extend(detail);
        }
    }

    fn detail(&self, value: &Value) -> Option<String> {
        match value {
            Value::Null => None,
            Value::String(text) => self.line(text),
            other => line(&self.json(other), self.token, LONGEST),
        }
    }

    /// Returns the text at the first of the keys that has one.
    fn first(&self, fields: &Map<String, Value>, keys: &[&str]) -> Option<String> {
        keys.iter().find_map(|key| self.text(get(fields, key)?))
    }

    /// Returns the text of a message: a string, the texts of a list, or the text of a nested error.
    fn text(&self, value: &Value) -> Option<String> {
        match value {
            Value::String(text) => self.line(text),
            Value::Array(items) => {
                let texts: Vec<String> = items
                    .iter()
                    .take(MAX_DETAILS)
                    .filter_map(|item| self.text(item))
                    .collect();
                line(&texts.join("; "), self.token, LONGEST)
            }
            Value::Object(fields) => self.first(fields, &MESSAGES),
            _ => None,
        }
    }

    fn line(&self, text: &str) -> Option<String> {
        line(text, self.token, LONGEST)
    }

    /// Returns compact JSON. The token is removed before the JSON is written, because it could not be found in
    /// an escaped form.
    fn json(&self, value: &Value) -> String {
        self.hidden(value).to_string()
    }

    fn hidden(&self, value: &Value) -> Value {
        let hide = |text: &str| self.token.hide_in(text).into_owned();
        match value {
            Value::String(text) => Value::String(hide(text)),
            Value::Array(items) => items.iter().map(|item| self.hidden(item)).collect(),
            Value::Object(fields) => fields
                .iter()
                .map(|(key, value)| (hide(key), self.hidden(value)))
                .collect(),
            other => other.clone(),
        }
    }
}

/// Returns the object with the error, where it is nested in another object.
fn nested(fields: &Map<String, Value>) -> Option<&Map<String, Value>> {
    NESTED.iter().find_map(|key| get(fields, key)?.as_object())
}

/// Returns a field. Ignores the letter case of its key.
fn get<'a>(fields: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    fields.get(key).or_else(|| {
        let mut fields = fields.iter();
        fields.find_map(|(name, value)| name.eq_ignore_ascii_case(key).then_some(value))
    })
}

/// Returns the body if it contains anything to quote. `titled`: the title is already shown.
fn rest(body: &Value, titled: bool) -> Option<&Value> {
    fn is_shown(key: &str, value: &Value, titled: bool) -> bool {
        let among =
            |keys: &[&str]| keys.iter().any(|known| known.eq_ignore_ascii_case(key));
        among(&REPEATED) || (titled && value.is_string() && among(&TITLES))
    }
    fn has_more(value: &Value, titled: bool) -> bool {
        match value {
            Value::Null => false,
            Value::String(text) => !text.trim().is_empty(),
            Value::Array(items) => items.iter().any(|item| has_more(item, titled)),
            Value::Object(fields) => fields.iter().any(|(key, value)| {
                !is_shown(key, value, titled) && has_more(value, titled)
            }),
            Value::Bool(_) | Value::Number(_) => true,
        }
    }
    has_more(body, titled).then_some(body)
}

#[cfg(test)]
mod tests;
