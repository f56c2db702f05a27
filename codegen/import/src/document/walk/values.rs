//! Checks that the table cannot express: keywords that are only read next to others, and values that must fit a type.

use super::super::super::json::Json;
use super::super::super::refused::Fault;
use super::super::form::ContentDirection;
use super::super::form::Form::Part as Of;
use super::super::table::schema::SCHEMA;
use super::super::{escaped, follow};
use super::{HELP, Walk};

/// The form of the values of other keys.
static VALUES: super::Form = Of(&SCHEMA);

/// The keywords that determine the type of a value.
const KINDS: &[&str] =
    &["type", "$ref", "enum", "const", "allOf", "anyOf", "oneOf", "properties", "items"];

/// Limits, each of which applies to values of one type.
const LIMITS: &[&str] =
    &["maxLength", "minItems", "maxItems", "minimum", "maximum", "default"];

impl<'d> Walk<'d> {
    /// Checks the keywords of a schema that depend on each other.
    pub(super) fn schema(&mut self, json: &'d Json, at: &str) {
        self.left_out(json, at);
        if !KINDS.iter().any(|kind| json.has(kind)) {
            for limit in LIMITS.iter().filter(|limit| json.has(limit)) {
                let why = "a limit is only read next to the type that it limits";
                self.unread(at, limit, json.get(limit), why);
            }
        }
        for key in ["allOf", "anyOf", "oneOf"] {
            if json.get(key).items().iter().any(|part| contradicts(json, part)) {
                let why = "a part has another type than the schema; only the type of the schema is read";
                self.unread(at, key, json.get(key), why);
            }
        }
        self.conditions(json, at);
        self.envelope(json, at);
        if let Some(key) = allows_null(self.document, json.get("items")) {
            let items = format!("{at}/items");
            let why = "the spec cannot express a list with nulls";
            self.unread(&items, key, json.get("items").get(key), why);
        }
    }

    /// Reports what only some alternatives require: every field of a type is either required or not.
    fn conditions(&mut self, json: &'d Json, at: &str) {
        if json.has("discriminator") {
            return;
        }
        for key in ["anyOf", "oneOf"] {
            for (number, part) in json.get(key).items().iter().enumerate() {
                if json.get(key).items().len() > 1
                    && part.has("required")
                    && !part.has("type")
                {
                    let at = format!("{at}/{key}/{number}");
                    let why = "the spec cannot express a requirement of one alternative; see `at_least_one` and `choose`";
                    self.unread(&at, "required", part.get("required"), why);
                }
            }
        }
    }

    /// Reports what is specified for the envelope of a list as a whole, or for its list of items.
    fn envelope(&mut self, json: &'d Json, at: &str) {
        const KEYS: &[&str] =
            &["nullable", "required", "minItems", "maxItems", "default"];
        let results = json.get("properties").get(super::RESULTS);
        if results.object().is_none() {
            return;
        }
        let why = "every list has the same form, and is never null";
        let of_results = format!("{at}/properties/{}", super::RESULTS);
        for (json, at) in [(json, at), (results, &of_results)] {
            for key in KEYS.iter().filter(|key| json.has(key)) {
                self.unread(at, key, json.get(key), why);
            }
        }
    }

    /// Checks that a default is of the type that is sent.
    fn left_out(&mut self, schema: &Json, at: &str) {
        let default = schema.get("default");
        let (fits, expected) = match schema.get("type").text() {
            Some("string") => (default.text().is_some(), "a text"),
            Some("integer" | "number") => {
                (matches!(default, Json::Number(_)), "a number")
            }
            Some("boolean") => {
                (matches!(default, Json::Boolean(_)), "`true` or `false`")
            }
            _ => (true, ""),
        };
        if matches!(default, Json::List(_) | Json::Object(_)) && fits {
            let why = "the spec cannot express a default that is a list or an object";
            self.unread(at, "default", default, why);
        } else if !fits && *default != Json::Null {
            self.fault(&format!("{at}/default"), expected, default);
        }
    }

    /// Reports a placeholder whose reference does not lead to a text.
    pub(super) fn placeholder(&mut self, json: &'d Json, at: &str) {
        let there = follow(self.document, json);
        if json.has("$ref") && there.get("type").text() != Some("string") {
            let why = "a placeholder that is not an id is a text";
            self.unread(at, "$ref", json.get("$ref"), why);
        }
    }

    /// Checks the schema of the keys that an object does not name.
    pub(super) fn additional(&mut self, json: &'d Json, at: &mut String) {
        let why = match json {
            Json::Boolean(true) => return,
            Json::Boolean(false) => "an object in the spec may always have other keys",
            other if other.entries().next().is_none() => return,
            _ => {
                // The target of a reference must exist and have a known form.
                self.form(json, &VALUES, at);
                "in the spec, the values of other keys may be anything"
            }
        };
        self.unread.push(super::Unread::new(at.clone(), json, why));
    }

    /// Reports a media type that would be sent or read as another one.
    pub(super) fn media(
        &mut self,
        name: &str,
        schema: &'d Json,
        travels: ContentDirection,
        key: &str,
        at: &str,
    ) {
        let schema = follow(self.document, schema);
        let bytes = |schema: &Json| match schema.get("type").text() {
            Some("string") => true,
            Some(_) => false,
            None => !["properties", "allOf", "anyOf", "oneOf", "items"]
                .iter()
                .any(|key| schema.has(key)),
        };
        let why = match (travels, name) {
            (_, super::super::JSON | "*/*") | (ContentDirection::Anywhere, _) => return,
            (ContentDirection::Sent, super::super::FORM) => {
                if has_file(self.document, schema, 0) {
                    return;
                }
                let why = "a form without a file is sent as JSON";
                return self.unread(at, key, schema, why);
            }
            (ContentDirection::Sent, _) => "a request sends JSON, or a form with files",
            (ContentDirection::Answered, _) if bytes(schema) => return,
            (ContentDirection::Answered, _) => "a response is JSON, or bytes",
        };
        let title = format!("`{key}` would be read as JSON: {why}");
        let at = format!("{at}/{}", escaped(key));
        self.faults.push(Fault::new(at, title).help(HELP));
    }
}

/// Returns whether a part of a schema has a type that no value of the schema can have.
fn contradicts(schema: &Json, part: &Json) -> bool {
    let (Some(own), Some(of_part)) =
        (schema.get("type").text(), part.get("type").text())
    else {
        return false;
    };
    let number = |word: &str| matches!(word, "integer" | "number");
    own != of_part && of_part != "null" && !(number(own) && number(of_part))
}

/// Returns whether a field of a form is a file, or a list of files.
fn has_file(document: &super::Document, schema: &Json, depth: usize) -> bool {
    if depth > 8 {
        return false;
    }
    let schema = follow(document, schema);
    let is_file = |field: &Json| {
        let field = follow(document, field);
        let one = follow(document, field.get("items"));
        [field, one].iter().any(|of| {
            of.get("format").text() == Some("binary") || of.has("contentMediaType")
        })
    };
    schema.get("properties").entries().any(|(_, field)| is_file(field))
        || ["allOf", "anyOf", "oneOf"]
            .iter()
            .flat_map(|key| schema.get(key).items())
            .any(|part| has_file(document, part, depth + 1))
}

/// Returns the keyword that allows null, here or in the target of the reference.
fn allows_null<'k>(document: &super::Document, schema: &Json) -> Option<&'k str> {
    let here = |schema: &Json| {
        let in_list = |key: &str| {
            schema.get(key).items().iter().any(|one| {
                *one == Json::Null
                    || one.text() == Some("null")
                    || one.get("type").text() == Some("null")
            })
        };
        ["type", "enum", "anyOf", "oneOf"]
            .into_iter()
            .find(|key| in_list(key))
            .or_else(|| schema.get("nullable").is_true().then_some("nullable"))
    };
    here(schema).or_else(|| {
        let there = follow(document, schema);
        here(there).map(|_| "$ref")
    })
}

/// Returns whether the values of an enumeration are neither all texts nor all whole numbers.
pub(super) fn mixed(values: &Json) -> bool {
    let values = || values.items().iter().filter(|value| **value != Json::Null);
    values().any(|value| value.text().is_none())
        && values().any(|value| value.whole().is_none())
}

/// Describes a value in a few words.
pub(super) fn shown(json: &Json) -> String {
    match json {
        Json::Null => "`null`".to_owned(),
        Json::Boolean(value) => format!("`{value}`"),
        Json::Number(number) => format!("`{number}`"),
        Json::String(text) if text.chars().count() > 40 => "a long text".to_owned(),
        Json::String(text) => format!("the text `{text}`"),
        Json::List(items) if items.is_empty() => "an empty list".to_owned(),
        Json::List(_) => "a list".to_owned(),
        Json::Object(_) => "an object".to_owned(),
    }
}
