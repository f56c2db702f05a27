//! Checks that no key of a document is overlooked: each is read, ignored for a reason, reported with its pointer, or rejected.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod facts;

use std::collections::HashSet;
use std::fs;

use front_import::Refused;
use front_import::document::{Document, keywords};
use front_import::lower::{Paging, lower};
use front_import::published::Api;
use front_import::unread::Unread;
use serde_json::{Map, Value, json};

/// Every keyword of OpenAPI 3.0.4 and 3.1.1 and of JSON Schema 2020-12, by the objects whose keys the table lists.
const KEYWORDS: &[(&str, &str)] = &[
    (
        "document",
        "openapi info jsonSchemaDialect servers paths webhooks components security tags externalDocs",
    ),
    (
        "components",
        "schemas responses parameters examples requestBodies headers securitySchemes links callbacks pathItems",
    ),
    (
        "security scheme",
        "type description name in scheme bearerFormat flows openIdConnectUrl",
    ),
    (
        "path item",
        "summary description get put post delete options head patch trace servers parameters",
    ),
    (
        "operation",
        "tags summary description externalDocs operationId parameters requestBody responses callbacks deprecated security servers",
    ),
    (
        "query parameter",
        "name in description required deprecated allowEmptyValue style explode allowReserved schema example examples content",
    ),
    (
        "header parameter",
        "name in description required deprecated style explode schema example examples content",
    ),
    (
        "path parameter",
        "name in description required deprecated style explode schema example examples content",
    ),
    ("request body", "description content required"),
    ("response", "description headers content links"),
    ("media type", "schema example examples encoding"),
    ("discriminator", "propertyName mapping"),
    (
        "schema",
        "title multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems \
         maxProperties minProperties required enum type allOf oneOf anyOf not items properties additionalProperties description format \
         default nullable discriminator readOnly writeOnly xml externalDocs example deprecated",
    ),
    (
        "schema",
        "$schema $vocabulary $id $anchor $dynamicRef $dynamicAnchor $defs $comment if then else dependentSchemas prefixItems contains \
         patternProperties propertyNames unevaluatedItems unevaluatedProperties const minContains maxContains dependentRequired \
         contentEncoding contentMediaType contentSchema examples",
    ),
];

#[test]
fn every_keyword_has_a_row_and_each_row_a_reason() {
    let known: HashSet<(&str, &str)> =
        keywords().map(|row| (row.position, row.keyword)).collect();
    let missing: Vec<(&str, &str)> = KEYWORDS
        .iter()
        .flat_map(|(position, all)| all.split_whitespace().map(|key| (*position, key)))
        .filter(|row| !known.contains(row))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert_eq!(known.len(), keywords().count(), "a keyword has one row");
    for row in keywords() {
        assert_eq!(row.why.is_empty(), row.outcome == "read", "{row:?}");
    }
}

/// Returns Front's document; `None` if it is not available.
fn published() -> Option<Value> {
    match front_tests::published() {
        Ok(folder) => {
            let text = fs::read(folder.join("core-api.json")).unwrap();
            Some(serde_json::from_slice(&text).unwrap())
        }
        Err(why) => {
            front_tests::skip(why);
            None
        }
    }
}

/// Returns the facts of a document, and the keywords that are not read.
fn read(document: &Value) -> Result<(Api, Vec<Unread>), Refused> {
    let document = Document::read(document.to_string().as_bytes())?;
    let mut api = lower(&document, &Paging { cursor: "page_token", size: "limit" })?;
    let mut unread = document.unread().to_vec();
    unread.append(&mut api.unread);
    Ok((api, unread))
}

/// The kind of the keys of an object.
#[derive(Clone, Copy, PartialEq)]
enum Keys {
    /// Keywords.
    Words,
    /// Names, all of which are read.
    Names,
    /// Names, of which only some are allowed or only one is read.
    Few,
}

/// Returns the kind of the keys in a keyword's value.
fn keys_of(keyword: &str) -> Keys {
    match keyword {
        "properties" | "schemas" | "parameters" | "requestBodies"
        | "securitySchemes" | "mapping" => Keys::Names,
        "paths" | "responses" | "content" => Keys::Few,
        _ => Keys::Words,
    }
}

const ADDED: &str = "made-up";

/// Adds a keyword to every object that has keywords, and records where.
fn add(
    value: &mut Value,
    at: &str,
    keys: Keys,
    ignored: bool,
    added: &mut Vec<(String, bool)>,
) {
    match value {
        Value::Array(items) => {
            for (number, item) in items.iter_mut().enumerate() {
                add(item, &format!("{at}/{number}"), Keys::Words, ignored, added);
            }
        }
        Value::Object(map) => {
            let of_path =
                at.strip_prefix("#/paths/").is_some_and(|rest| !rest.contains('/'));
            for (key, value) in map.iter_mut() {
                let step = key.replace('~', "~0").replace('/', "~1");
                let is_word = keys == Keys::Words;
                let ignored =
                    ignored || is_word && is_ignored(key) || is_other_status(key, at);
                // The components of one kind are a map; the parameters of a call are a list.
                let below = if is_word { keys_of(key) } else { Keys::Words };
                add(value, &format!("{at}/{step}"), below, ignored, added);
            }
            if keys == Keys::Words && !of_path {
                map.insert(ADDED.to_owned(), json!({"x": 1}));
                added.push((format!("{at}/{ADDED}"), ignored));
            }
        }
        _ => {}
    }
}

/// Returns whether nothing below a keyword is a fact, according to the table, at any position.
fn is_ignored(key: &str) -> bool {
    keywords().any(|row| row.keyword == key && row.outcome == "ignored")
        // Reported as a whole, or not inspected.
        || ["servers", "security", "default", "enum"].contains(&key)
}

/// Returns whether a key is a status whose response is not read.
fn is_other_status(key: &str, at: &str) -> bool {
    at.ends_with("/responses")
        && key.len() == 3
        && (key.starts_with(['4', '5']) || key == "301")
}

#[test]
fn a_key_added_anywhere_in_the_document_is_reported() {
    let Some(mut document) = published() else { return };
    let (_, before) = read(&document).unwrap();
    let mut added = Vec::new();
    add(&mut document, "#", Keys::Words, false, &mut added);
    assert!(added.len() > 2_500, "{} objects", added.len());
    let (_, after) = read(&document).unwrap();
    let reported: HashSet<&str> =
        after.iter().map(|unread| unread.at.as_str()).collect();
    let silent: Vec<&String> = added
        .iter()
        .filter(|(at, ignored)| !ignored && !reported.contains(at.as_str()))
        .map(|(at, _)| at)
        .collect();
    assert!(
        silent.is_empty(),
        "{} of {}: {:#?}",
        silent.len(),
        added.len(),
        &silent[..silent.len().min(30)]
    );
    let heard = added.iter().filter(|(at, _)| reported.contains(at.as_str())).count();
    assert!(heard > 2_000, "{heard} heard");
    let known = before.iter().all(|unread| reported.contains(unread.at.as_str()));
    assert!(known, "what was reported before still is");
}

/// Collects the pointers to all objects.
fn objects(value: &Value, at: &str, all: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            all.push(at.to_owned());
            for (key, value) in map {
                let step = key.replace('~', "~0").replace('/', "~1");
                objects(value, &format!("{at}/{step}"), all);
            }
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                objects(item, &format!("{at}/{number}"), all);
            }
        }
        _ => {}
    }
}

/// Returns a document with every position of the table, small enough to be read again for each added key.
fn small() -> Value {
    let text = json!({"type": "string"});
    let media =
        json!({"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}});
    json!({"openapi": "3.1.0", "info": {"title": "T"}, "servers": [{"url": "https://x.test"}],
        "security": [{"http": []}],
        "paths": {"/things/{thing_id}": {
            "parameters": [{"name": "thing_id", "in": "path", "required": true, "schema": text}],
            "post": {"operationId": "a", "parameters": [
                    {"name": "q", "in": "query", "schema": text}, {"name": "X-H", "in": "header", "schema": text}],
                "requestBody": {"content": media},
                "responses": {"200": {"content": media, "headers": {"Content-Type": {"schema": text}}}, "404": {"content": media}}}}},
        "components": {
            "securitySchemes": {"http": {"type": "http", "scheme": "bearer"}},
            "schemas": {"Thing": {"type": "object", "properties": {"kind": {"type": "string"}, "list": {"type": "array", "items": text}},
                "discriminator": {"propertyName": "kind"}}}}})
}

#[test]
fn any_keyword_added_anywhere_is_read_ignored_reported_or_refused() {
    let document = small();
    let (api, unread) = read(&document).unwrap();
    let mut all = Vec::new();
    objects(&document, "", &mut all);
    let words: HashSet<&str> = keywords().map(|row| row.keyword).collect();
    // Few of these values are defaults, and each is valid for some keyword.
    let values = [
        json!("x"),
        json!(3),
        json!(true),
        json!(["x"]),
        json!({"x": {}}),
        json!([{"type": "string"}]),
    ];
    let mut silent = Vec::new();
    let mut tried = 0;
    for at in &all {
        let steps: Vec<&str> = at.split('/').skip(1).collect();
        let here = document.pointer(at).unwrap().as_object().unwrap();
        if is_passed_over(&steps) {
            continue;
        }
        for word in words.iter().filter(|word| !here.contains_key(**word)) {
            for value in &values {
                let mut edited = document.clone();
                edited
                    .pointer_mut(at)
                    .and_then(Value::as_object_mut)
                    .unwrap()
                    .insert((*word).to_owned(), value.clone());
                tried += 1;
                let heard = match read(&edited) {
                    Err(_) => true,
                    Ok((other, others)) => other != api || others != unread,
                };
                if !heard && !may_be_silent(word, here, value) {
                    silent.push(format!("{at} {word} {value}"));
                }
            }
        }
    }
    assert!(tried > 5_000, "{tried}");
    assert!(
        silent.is_empty(),
        "{} of {tried}: {:#?}",
        silent.len(),
        &silent[..silent.len().min(40)]
    );
}

/// Returns whether the keys here are names, or are not inspected.
fn is_passed_over(steps: &[&str]) -> bool {
    let is_name =
        |number: usize| number > 0 && keys_of(steps[number - 1]) != Keys::Words;
    let below_ignored = steps
        .iter()
        .enumerate()
        .any(|(number, step)| !is_name(number) && is_ignored(step) || *step == "404");
    let names = steps
        .last()
        .is_some_and(|last| keys_of(last) != Keys::Words && *last != "parameters");
    below_ignored || names
}

/// Returns whether a keyword may have no effect, because it is ignored here or repeats the default.
fn may_be_silent(word: &str, here: &Map<String, Value>, value: &Value) -> bool {
    let ignored = keywords().any(|row| row.keyword == word && row.outcome == "ignored");
    // JSON Schema ignores a limit of another type, and keywords for objects on another type.
    let of_type = here.get("type").and_then(Value::as_str);
    let other_type = match word {
        "maxLength" | "contentMediaType" | "format" => of_type != Some("string"),
        "minItems" | "maxItems" | "items" | "prefixItems" => of_type != Some("array"),
        "minimum" | "maximum" => !matches!(of_type, Some("number" | "integer")),
        "properties" | "required" | "additionalProperties" => of_type != Some("object"),
        _ => false,
    };
    let anyway = match (word, value) {
        (
            "explode"
            | "unevaluatedItems"
            | "unevaluatedProperties"
            | "additionalProperties",
            Value::Bool(true),
        ) => true,
        // Names that nothing refers to, or that are only looked up.
        (
            "$defs" | "parameters" | "requestBodies" | "responses" | "pathItems"
            | "securitySchemes" | "mapping",
            _,
        ) => true,
        // The type next to it already says so.
        ("allOf" | "anyOf" | "oneOf", Value::Array(_)) => of_type == Some("string"),
        _ => false,
    };
    ignored || other_type || anyway
}

/// Returns the pointers that are reported because of an edit of Front's document, and whether a fact differs.
fn edited(document: &Value, edit: impl FnOnce(&mut Value)) -> (Vec<String>, bool) {
    let mut other = document.clone();
    edit(&mut other);
    let (before, after) = (read(document).unwrap(), read(&other).unwrap());
    let new = after.1.iter().filter(|unread| !before.1.contains(unread));
    let (one, two) =
        (Api { unread: vec![], ..before.0 }, Api { unread: vec![], ..after.0 });
    (new.map(|unread| unread.at.clone()).collect(), one != two)
}

#[test]
fn previously_overlooked_changes_are_reported() {
    let Some(document) = published() else { return };
    let call = "/paths/~1tags/post";
    let at = |at: &str| format!("#{at}");
    let parameter = |parameter: Value| {
        edited(&document, |document| {
            let call = document.pointer_mut(call).unwrap().as_object_mut().unwrap();
            call.entry("parameters")
                .or_insert(json!([]))
                .as_array_mut()
                .unwrap()
                .push(parameter);
        })
    };
    let set = |place: &str, key: &str, value: Value| {
        edited(&document, |document| {
            let of = document.pointer_mut(place).unwrap().as_object_mut().unwrap();
            of.insert(key.to_owned(), value);
        })
    };
    let header = json!({"name": "Idempotency-Key", "in": "header", "required": true, "schema": {"type": "string"}});
    assert_eq!(parameter(header), (vec![], true), "a header is a fact");
    let cookie =
        json!({"name": "session", "in": "cookie", "schema": {"type": "string"}});
    let (told, fact) = parameter(cookie);
    assert!(told.len() == 1 && told[0].ends_with("/in") && !fact, "{told:?}");
    let limit = set("/components/parameters/limit/schema", "maximum", json!(50));
    assert_eq!(limit, (vec![], true), "the largest page is a fact");
    let schema = "/components/schemas/CreateTag";
    let name = "/components/schemas/CreateTag/properties/name";
    for (place, key, value) in [
        ("", "servers", json!([{"url": "https://api3.frontapp.com"}])),
        ("", "security", json!([])),
        (call, "security", json!([])),
        (call, "servers", json!([{"url": "https://x.test"}])),
        (name, "minLength", json!(1)),
        (name, "pattern", json!("^a")),
        (name, "format", json!("email")),
        (name, "not", json!({"type": "null"})),
        (name, "made-up", json!(1)),
        (schema, "additionalProperties", json!(false)),
        ("/paths/~1tags/post/responses", "202", json!({"description": "later"})),
        (
            "/paths/~1tags/post/requestBody/content",
            "multipart/form-data",
            json!({"schema": {"$ref": "#/components/schemas/CreateTag"}}),
        ),
    ] {
        let step = key.replace('/', "~1");
        let (told, fact) = set(place, key, value.clone());
        assert_eq!(
            (told, fact),
            (vec![at(&format!("{place}/{step}"))], false),
            "{place} {key}"
        );
    }
    let mut xml = document.clone();
    let content = xml.pointer_mut("/paths/~1tags/post/requestBody").unwrap();
    let json = content["content"]["application/json"].take();
    content["content"] = json!({"text/xml": json});
    let refused = read(&xml).unwrap_err().to_string();
    assert!(refused.contains("`text/xml` would be read as JSON"), "{refused}");
}
