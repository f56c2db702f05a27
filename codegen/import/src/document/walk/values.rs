//! What the table alone cannot say: keywords that are read only beside others, and values that fit a type.

use super::super::super::json::Json;
use super::super::super::refused::Fault;
use super::super::form::Form::Part as Of;
use super::super::form::Travels;
use super::super::table::schema::SCHEMA;
use super::super::{escaped, follow};
use super::{HELP, Walk};

/// The values of other keys.
static VALUES: super::Form = Of(&SCHEMA);

/// What a schema says about which type a value has.
const KINDS: &[&str] =
    &["type", "$ref", "enum", "const", "allOf", "anyOf", "oneOf", "properties", "items"];

/// Limits, which hold for values of one type.
const LIMITS: &[&str] =
    &["maxLength", "minItems", "maxItems", "minimum", "maximum", "default"];

impl<'d> Walk<'d> {
    /// What a schema says with several of its keywords.
    pub(super) fn schema(&mut self, json: &'d Json, at: &str) {
        self.left_out(json, at);
        if !KINDS.iter().any(|kind| json.has(kind)) {
            for limit in LIMITS.iter().filter(|limit| json.has(limit)) {
                let why = "a limit is read beside the type that it limits";
                self.unread(at, limit, json.get(limit), why);
            }
        }
        for key in ["allOf", "anyOf", "oneOf"] {
            if json.get(key).items().iter().any(|part| contradicts(json, part)) {
                let why = "a part has another type than the schema, whose own is read";
                self.unread(at, key, json.get(key), why);
            }
        }
        if let Some(key) = says_null(self.document, json.get("items")) {
            let items = format!("{at}/items");
            let why = "the spec has no word for a list with nulls";
            self.unread(&items, key, json.get("items").get(key), why);
        }
    }

    /// What is taken when nothing is sent is of the type that is sent.
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
            let why = "the spec has no word for a default that is a list or an object";
            self.unread(at, "default", default, why);
        } else if !fits && *default != Json::Null {
            self.fault(&format!("{at}/default"), expected, default);
        }
    }

    /// A placeholder that is no text by reference.
    pub(super) fn placeholder(&mut self, json: &'d Json, at: &str) {
        let there = follow(self.document, json);
        if json.has("$ref") && there.get("type").text() != Some("string") {
            let why = "a placeholder that is no id is a text";
            self.unread(at, "$ref", json.get("$ref"), why);
        }
    }

    /// The keys of an object beside those that it names.
    pub(super) fn additional(&mut self, json: &'d Json, at: &mut String) {
        let why = match json {
            Json::Boolean(true) => return,
            Json::Boolean(false) => "an object of the spec may always have other keys",
            other if other.entries().next().is_none() => return,
            _ => {
                // What it refers to has to be there, and of a known form.
                self.form(json, &VALUES, at);
                "the values of other keys may be anything in the spec"
            }
        };
        self.unread.push(super::Unread::new(at.clone(), json, why));
    }

    /// A media type that would be sent or read as another one.
    pub(super) fn media(
        &mut self,
        name: &str,
        schema: &'d Json,
        travels: Travels,
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
            (_, super::super::JSON | "*/*") | (Travels::Anywhere, _) => return,
            (Travels::Sent, super::super::FORM) => {
                if has_file(self.document, schema, 0) {
                    return;
                }
                let why = "a form without a file is sent as JSON";
                return self.unread(at, key, schema, why);
            }
            (Travels::Sent, _) => "a request sends JSON, or a form with files",
            (Travels::Answered, _) if bytes(schema) => return,
            (Travels::Answered, _) => "a response is JSON, or bytes",
        };
        let title = format!("`{key}` would be taken for JSON: {why}");
        let at = format!("{at}/{}", escaped(key));
        self.faults.push(Fault::new(at, title).help(HELP));
    }
}

/// Whether a part of a schema is of a type of which no value of the schema can be.
fn contradicts(schema: &Json, part: &Json) -> bool {
    let (Some(own), Some(of_part)) =
        (schema.get("type").text(), part.get("type").text())
    else {
        return false;
    };
    let number = |word: &str| matches!(word, "integer" | "number");
    own != of_part && of_part != "null" && !(number(own) && number(of_part))
}

/// Whether some field of a form is a file, or a list of them.
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

/// The keyword by which a value may be null, here or where it refers to.
fn says_null<'k>(document: &super::Document, schema: &Json) -> Option<&'k str> {
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

/// Whether the values of an enumeration are neither all texts nor all whole numbers.
pub(super) fn mixed(values: &Json) -> bool {
    let values = || values.items().iter().filter(|value| **value != Json::Null);
    values().any(|value| value.text().is_none())
        && values().any(|value| value.whole().is_none())
}

/// What stands there, in a few words.
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
