//! Whole documents: those of Front, if they are available, and a small one with random changes.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod facts;

use std::fs;

use facts::{assert_sound, facts, lowered};
use front_import::document::Document;
use proptest::prelude::*;
use serde_json::{Value, json};

#[test]
fn published_document() {
    let folder = match front_tests::published() {
        Ok(folder) => folder,
        Err(why) => return front_tests::skip(why),
    };
    let api = lowered(&fs::read(folder.join("core-api.json")).unwrap()).unwrap();
    assert_sound(&api);
    let text = facts(&api);
    let count = |word: &str| text.lines().filter(|line| line.contains(word)).count();
    assert!(count(" -> ") > 200 && count(", paged") > 20, "{text}");
    // Unusual notation, and every kind of response.
    let expected = front_tests::root().join("codegen/import/tests/facts/published.txt");
    let odd = [
        "list-tags:",
        "create-analytics-export:",
        "download-attachment:",
        "mark-message-seen:",
        "create-message:",
        "list-notes:",
        "get-conversation-by-id:",
        "AnalyticsExportRequest:",
        "AnalyticsFilters:",
        "AnalyticsScalarValue:",
        "EditDraft:",
        "EventResponse:",
        "KnowledgeBaseArticlePatch:",
        "SeenReceiptResponse:",
        "TeammateResponse:",
        "responses.acceptedMessage:",
        "add-conversation-link.body:",
    ];
    let mut shown = false;
    let mut excerpt = String::new();
    for line in text.lines() {
        if !line.starts_with(' ') {
            shown = odd.iter().any(|name| line.starts_with(name));
        }
        if shown {
            excerpt.push_str(line);
            excerpt.push('\n');
        }
    }
    if front_tests::bless() {
        fs::write(&expected, &excerpt).unwrap();
    }
    assert_eq!(excerpt, fs::read_to_string(expected).unwrap_or_default());
}

#[test]
fn every_published_revision() {
    let root = tempfile::tempdir().unwrap();
    let documents = match front_tests::history(root.path()) {
        Ok(documents) => documents,
        Err(why) => return front_tests::skip(why),
    };
    assert!(documents.len() > 50, "{} documents", documents.len());
    for path in documents {
        let api = lowered(&fs::read(&path).unwrap())
            .unwrap_or_else(|refused| panic!("{}: {refused}", path.display()));
        assert_sound(&api);
        assert!(
            api.operations.len() > 100 && api.roots.len() > 50,
            "{}",
            path.display()
        );
    }
}

/// Returns a document with every unusual feature.
fn odd() -> Value {
    json!({"openapi": "3.0.0", "paths": {
        "/a/{b}": {"parameters": [{"name": "x", "in": "query", "schema": {"$ref": "#/components/schemas/Id"}}],
            "post": {"operationId": "a", "tags": ["t"], "x-required-scopes": ["s"], "deprecated": true,
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Edit", "required": ["id"]}}}},
                "responses": {"200": {"$ref": "#/components/responses/list"}, "301": {}}},
            "get": {"responses": {"200": {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}}}}},
        "components": {
            "responses": {"list": {"content": {"application/json": {"schema": {"properties": {
                "_pagination": {}, "_results": {"type": "array", "items": {"$ref": "#/components/schemas/Export"}}}}}}}},
            "schemas": {
                "Id": {"type": "string", "maxLength": 3, "nullable": true},
                "Ids": {"type": "array", "items": {"$ref": "#/components/schemas/Ids"}},
                "Base": {"required": ["id", "ghost"], "properties": {"id": {"$ref": "#/components/schemas/Id"}, "e": {"enum": ["a", "b"], "default": "a"}, "_links": {}}},
                "Edit": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"e": {"enum": ["b"]}, "self": {"$ref": "#/components/schemas/Edit"}}}]},
                "Any": {"anyOf": [{"$ref": "#/components/schemas/Base"}, {"properties": {"x": {"$ref": "#/components/schemas/Ids"}}}]},
                "Export": {"discriminator": {"propertyName": "e", "mapping": {"a": "#/components/schemas/Base", "b": "Edit"}},
                    "oneOf": [{"$ref": "#/components/schemas/Base"}, {"$ref": "#/components/schemas/Edit"}], "properties": {"e": {"type": "string"}}, "required": ["e"]},
                "Value": {"oneOf": [{"type": "integer", "enum": [1, 2]}, {"type": "string"}, {"type": "object", "properties": {"v": {"oneOf": [{"enum": ["p"]}, {"enum": ["q"]}]}}}]}}}})
}

/// Collects the pointers to all values of a JSON tree.
fn pointers(value: &Value, at: &str, all: &mut Vec<String>) {
    all.push(at.to_owned());
    let step = |key: &str| format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"));
    match value {
        Value::Object(keys) => {
            for (key, value) in keys {
                pointers(value, &step(key), all);
            }
        }
        Value::Array(items) => {
            for (number, item) in items.iter().enumerate() {
                pointers(item, &step(&number.to_string()), all);
            }
        }
        _ => {}
    }
}

/// Replaces values of the document with other parts of it, or with words. `read`: keeps only changes after which the document can be
/// read.
fn mutated(
    edits: Vec<(prop::sample::Index, prop::sample::Index, usize)>,
    read: bool,
) -> Value {
    let words = [
        json!(null),
        json!({}),
        json!([]),
        json!("string"),
        json!("object"),
        json!(3),
        json!(true),
        json!([null, 1, "x"]),
        json!({"$ref": "#/components/schemas/Edit"}),
        json!({"$ref": "#/components/schemas/Any"}),
        json!({"$ref": "#/paths"}),
        json!({"$ref": "#/components/schemas/Edit/allOf/1"}),
    ];
    let mut document = odd();
    for (to, from, how) in edits {
        let mut all = Vec::new();
        pointers(&document, "", &mut all);
        let to = to.get(&all).clone();
        let new = match words.get(how) {
            Some(word) => word.clone(),
            None => document.pointer(from.get(&all).as_str()).unwrap().clone(),
        };
        // Limits the size.
        if new.to_string().len() < 2000 && !to.is_empty() {
            let old = std::mem::replace(document.pointer_mut(&to).unwrap(), new);
            if read && Document::read(document.to_string().as_bytes()).is_err() {
                *document.pointer_mut(&to).unwrap() = old;
            }
        }
    }
    document
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_json_is_converted_or_refused(edits in proptest::collection::vec(any::<(prop::sample::Index, prop::sample::Index, usize)>().prop_map(|(to, from, how)| (to, from, how % 24)), 0..5), read in any::<bool>()) {
        let document = mutated(edits, read);
        match lowered(document.to_string().as_bytes()) {
            Ok(api) => {
                assert_sound(&api);
                let _text = facts(&api);
            }
            Err(refused) => assert!(!refused.to_string().is_empty()),
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(cut in any::<prop::sample::Index>(), bytes in proptest::collection::vec(any::<u8>(), 0..4)) {
        let text = odd().to_string();
        let mut text = text.as_bytes()[..cut.index(text.len())].to_vec();
        text.extend(bytes);
        if let Err(refused) = lowered(&text) {
            assert!(!refused.to_string().is_empty());
        }
    }
}

#[test]
fn the_unusual_document_is_converted() {
    assert_sound(&lowered(odd().to_string().as_bytes()).unwrap());
}
