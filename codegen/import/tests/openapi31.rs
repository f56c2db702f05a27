//! The same document written as OpenAPI 3.1 says the same.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod facts;

use std::fs;

use facts::{facts, lowered};
use front_codegen::spec;
use front_import::{Refused, Revision, import};
use serde_json::{Map, Value, json};

/// How a value is said to be null.
#[derive(Clone, Copy, PartialEq)]
enum Null {
    /// By a list of types where there is one, else by a member beside.
    Types,
    /// Always by a member of `anyOf` beside.
    AnyOf,
    /// Always by a member of `oneOf` beside.
    OneOf,
}

/// Where schemas stand in what is not a schema.
fn document(value: &mut Value, how: Null) {
    match value {
        Value::Object(map) => {
            for (key, value) in map.iter_mut() {
                match (key.as_str(), &mut *value) {
                    ("schema", schema) => self::schema(schema, how),
                    ("schemas", Value::Object(all)) => {
                        all.values_mut().for_each(|one| schema(one, how));
                    }
                    _ => document(value, how),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| document(item, how)),
        _ => {}
    }
}

/// Writes a schema of OpenAPI 3.0 in the words of 3.1.
fn schema(value: &mut Value, how: Null) {
    let Value::Object(map) = value else { return };
    for (key, value) in map.iter_mut() {
        match (key.as_str(), value) {
            ("properties", Value::Object(all)) => {
                all.values_mut().for_each(|one| schema(one, how));
            }
            ("items", one) => schema(one, how),
            ("allOf" | "anyOf" | "oneOf", Value::Array(all)) => {
                all.iter_mut().for_each(|one| schema(one, how));
            }
            _ => {}
        }
    }
    if let Some(example) = map.remove("example") {
        map.insert("examples".to_owned(), json!([example]));
    }
    if map.get("format") == Some(&json!("binary")) {
        map.remove("format");
        map.insert("contentMediaType".to_owned(), json!("application/octet-stream"));
    }
    let nullable = map.remove("nullable") == Some(json!(true));
    if let Some(Value::Array(values)) = map.get("enum")
        && let [one] = &values[..]
    {
        let one = one.clone();
        map.remove("enum");
        map.insert("const".to_owned(), one);
    }
    if !nullable {
        return;
    }
    let by_type = how == Null::Types && !map.contains_key("const");
    if let (true, Some(Value::String(word))) = (by_type, map.get("type")) {
        map.insert("type".to_owned(), json!([word, "null"]));
        if let Some(Value::Array(values)) = map.get_mut("enum") {
            values.push(Value::Null);
        }
        return;
    }
    let key = if how == Null::OneOf { "oneOf" } else { "anyOf" };
    let description = map.remove("description");
    let mut around = Map::new();
    around.insert(key.to_owned(), json!([Value::Object(map.clone()), {"type": "null"}]));
    around.extend(description.map(|text| ("description".to_owned(), text)));
    *map = around;
}

#[test]
fn the_document_in_the_words_of_3_1_imports_without_a_change() {
    let folder = match front_tests::published() {
        Ok(folder) => folder,
        Err(why) => return front_tests::skip(why),
    };
    let bytes = fs::read(folder.join("core-api.json")).unwrap();
    // Written again, so that both have the same order.
    let old: Value = serde_json::from_slice(&bytes).unwrap();
    let before = facts(&lowered(old.to_string().as_bytes()).unwrap());
    let (spec, _) = spec::read(&front_tests::root()).unwrap_or_else(|unread| {
        panic!("{}", unread.problems.render(&unread.sources, false))
    });
    for how in [Null::Types, Null::AnyOf, Null::OneOf] {
        let mut value = old.clone();
        value["openapi"] = json!("3.1.0");
        document(&mut value, how);
        let text = value.to_string();
        for old in ["\"nullable\":true", "\"format\":\"binary\""] {
            assert!(!text.contains(old), "{old} is left");
        }
        let after = facts(&lowered(text.as_bytes()).unwrap());
        let changed = similar::TextDiff::from_lines(&before, &after);
        assert!(before == after, "{}", changed.unified_diff().context_radius(1));
        match import(&spec, text.as_bytes(), &Revision::default()) {
            Ok(imported) => {
                let report = imported.report;
                assert!(
                    report.changes.is_empty()
                        && report.todo.is_empty()
                        && report.unread.is_empty(),
                    "{report}"
                );
            }
            Err(Refused::Spec(problems)) => {
                panic!("{}", problems.render(&spec.sources, false))
            }
            Err(refused) => panic!("{refused}"),
        }
    }
}

#[test]
fn each_word_of_3_1_says_what_one_of_3_0_says() {
    let of = |version: &str, schema: &str| {
        let text = format!(
            r##"{{"openapi": "{version}", "paths": {{"/a": {{"get": {{"operationId": "a", "responses": {{"204": {{}}}}}}}}}}, "components": {{"schemas": {{
                "Ref": {{"type": "object", "properties": {{"id": {{"type": "string"}}}}}}, "Words": {{"type": "string", "enum": ["a", "b"]}},
                "X": {{"type": "object", "properties": {{"x": {schema}}}}}}}}}}}"##
        );
        facts(&lowered(text.as_bytes()).unwrap())
    };
    for (old, new) in [
        (r#"{"type": "string", "nullable": true}"#, r#"{"type": ["null", "string"]}"#),
        (
            r#"{"type": "string", "nullable": true}"#,
            r#"{"oneOf": [{"type": "string"}, {"const": null}]}"#,
        ),
        (
            r##"{"$ref": "#/components/schemas/Ref", "nullable": true}"##,
            r##"{"anyOf": [{"$ref": "#/components/schemas/Ref"}, {"type": "null"}]}"##,
        ),
        (
            r##"{"$ref": "#/components/schemas/Ref", "nullable": true}"##,
            r##"{"description": "d", "oneOf": [{"type": ["null"]}, {"$ref": "#/components/schemas/Ref"}]}"##,
        ),
        (r#"{"type": "string", "enum": ["a"]}"#, r#"{"const": "a"}"#),
        (r#"{"type": "integer", "enum": [3]}"#, r#"{"type": "integer", "const": 3}"#),
        (
            r#"{"type": "string", "enum": ["a", "b"]}"#,
            r#"{"oneOf": [{"const": "a", "description": "A"}, {"const": "b"}]}"#,
        ),
        (
            r#"{"type": "string", "enum": ["a", "b"], "nullable": true}"#,
            r#"{"type": ["string", "null"], "enum": ["a", "b", null]}"#,
        ),
        (
            r##"{"allOf": [{"$ref": "#/components/schemas/Ref"}, {"properties": {"y": {"type": "string", "maxLength": 5}}}]}"##,
            r##"{"$ref": "#/components/schemas/Ref", "properties": {"y": {"type": "string", "maxLength": 5}}}"##,
        ),
        (
            r##"{"allOf": [{"$ref": "#/components/schemas/Words"}], "default": "b"}"##,
            r##"{"$ref": "#/components/schemas/Words", "default": "b"}"##,
        ),
        (
            r##"{"allOf": [{"$ref": "#/components/schemas/Ref"}], "deprecated": true}"##,
            r##"{"$ref": "#/components/schemas/Ref", "deprecated": true}"##,
        ),
        (
            r#"{"type": "array", "items": {"type": "integer", "maximum": 4}, "nullable": true}"#,
            r#"{"type": ["array", "null"], "items": {"type": ["integer"], "maximum": 4}}"#,
        ),
    ] {
        assert_eq!(of("3.1.0", new), of("3.0.3", old), "{new}");
    }
    let limited =
        of("3.1.0", r##"{"$ref": "#/components/schemas/Words", "default": "b"}"##);
    assert!(limited.contains(".x: Words, default b"), "{limited}");
}
