//! Refused documents: a small one for each reason.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod facts;

use facts::lowered;
use facts::small::{CALL, small};
use front_import::Refused;

/// Returns the report on a refused document.
#[track_caller]
fn refused(bytes: &[u8]) -> String {
    lowered(bytes).unwrap_err().to_string()
}

#[test]
fn invalid_documents() {
    assert_eq!(refused(b" \n"), "the document is empty");
    assert_eq!(
        refused(b"{\"openapi\": \"3.0.0\",\n \"paths\": {"),
        "line 2, column 11: the document ends too early\n  it was cut off: download it again"
    );
    assert_eq!(
        refused(b"{\"a\": 1,}"),
        "line 1, column 9: invalid JSON: trailing comma"
    );
    assert_eq!(refused(b"{\"a\": 1, \"a\": 2}"), "line 1, column 12: duplicate key `a`");
    assert_eq!(
        refused(b"<!DOCTYPE html>"),
        "line 1, column 1: the document is a web page\n  download the raw JSON file"
    );
    assert_eq!(
        refused(b"openapi: 3.0.0\n"),
        "line 1, column 1: the document is not JSON: expected value\n  YAML is not supported: download the JSON file"
    );
    assert_eq!(
        refused(b"[]"),
        "the document is not a JSON object\n  Front's document has `\"openapi\": \"3.0.0\"`"
    );
    assert_eq!(
        refused(br#"{"swagger": "2.0"}"#),
        "the document has no key `openapi`\n  Front's document has `\"openapi\": \"3.0.0\"`"
    );
    assert_eq!(
        refused(br#"{"openapi": "2.0"}"#),
        "the document is written in OpenAPI 2.0, not 3\n  Front's document has `\"openapi\": \"3.0.0\"`"
    );
    assert_eq!(
        refused(br#"{"openapi": "3.0.0", "paths": {}}"#),
        "#/paths: the document has no calls\n  an import would remove every call of the spec: check that the document is complete"
    );
    let deep = "[".repeat(200);
    assert_eq!(
        refused(deep.as_bytes()),
        "line 1, column 128: invalid JSON: recursion limit exceeded"
    );
    let text = format!("\u{feff}{{\"openapi\": \"3.0.0\", \"paths\": {{{CALL}}}}}");
    assert!(lowered(text.as_bytes()).is_ok(), "a byte order mark is allowed");
}

#[test]
fn contradictory_documents() {
    let refused = |paths: &str, schemas: &str| {
        small(paths, &format!(r#""schemas": {{{schemas}}}"#)).unwrap_err().to_string()
    };
    assert_eq!(
        refused(
            CALL,
            r##""A/B": {"properties": {"$ref": {"$ref": "#/components/schemas/C"}, "e": {"$ref": "b.json#/C"}}, "example": {"$ref": "#/x"}}"##
        ),
        "#/components/schemas/A~1B/properties/$ref: the target `#/components/schemas/C` is missing\n  the document is incomplete, or Front made a mistake\n\
         #/components/schemas/A~1B/properties/e: the target `b.json#/C` is outside the document\n  an import reads a single document: bundle the references first"
    );
    let circle =
        "the schema consists of itself\n  the fields of such a schema cannot be listed";
    assert_eq!(
        refused(
            CALL,
            r##""A": {"allOf": [{"$ref": "#/components/schemas/B"}, {"properties": {"x": {}}}]}, "B": {"allOf": [{"$ref": "#/components/schemas/A"}, {"properties": {"y": {}}}]}"##
        ),
        format!("#/components/schemas/A: {circle}")
    );
    assert_eq!(
        refused(
            CALL,
            r##""A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"}"##
        ),
        "#/components/schemas/A: the schema is an alias of itself\n#/components/schemas/B: the schema is an alias of itself"
    );
    let two = r#""/a": {"get": {"operationId": "a", "responses": {"204": {}}}, "put": {"operationId": "a", "responses": {"204": {}}}}"#;
    assert_eq!(
        refused(two, ""),
        "#/paths/~1a/put: this call and #/paths/~1a/get have the same id `a`"
    );
    assert_eq!(
        refused(r#""/a": {"get": {}, "put": {"responses": {"404": {}}}}"#, ""),
        "#/paths/~1a/get: the call has no `responses`\n#/paths/~1a/put: the call has no success response"
    );
}

/// Returns the faults of a document with an unknown form, without the help.
#[track_caller]
fn misread(paths: &str, schemas: &str) -> Vec<String> {
    let components = format!(r#""schemas": {{{schemas}}}"#);
    let Refused::Document(faults) = small(paths, &components).unwrap_err() else {
        panic!("the document itself is refused")
    };
    assert!(faults.iter().all(|fault| !fault.help.is_empty()), "{faults:?}");
    faults.into_iter().map(|fault| format!("{} {}", fault.at, fault.title)).collect()
}

/// Returns the faults of one key of the call GET /a.
#[track_caller]
fn of_call(json: &str) -> String {
    let call = format!(r#""/a": {{"get": {{{json}, "responses": {{"204": {{}}}}}}}}"#);
    let expected = misread(&call, "").join("; ");
    expected.strip_prefix("#/paths/~1a/get/").unwrap_or(&expected).to_owned()
}

#[test]
fn calls_in_another_form() {
    for (json, expected) in [
        (
            r#""x-required-scopes": "tags:read""#,
            "x-required-scopes a list of texts is expected, but the document has the text `tags:read`",
        ),
        (
            r#""x-required-scopes": [["tags:read"]]"#,
            "x-required-scopes/0 a text is expected, but the document has a list",
        ),
        (
            r#""x-required-scopes": ["tags:read", "tags:write"]"#,
            "x-required-scopes one permission is expected, but the document has several",
        ),
        (
            r#""operationId": 3"#,
            "operationId a text is expected, but the document has `3`",
        ),
        (
            r#""deprecated": "yes""#,
            "deprecated `true` or `false` is expected, but the document has the text `yes`",
        ),
        (
            r#""parameters": {"q": {}}"#,
            "parameters a list is expected, but the document has an object",
        ),
        (
            r#""parameters": [{"name": "q", "schema": {}}]"#,
            "parameters/0 a parameter has no `in`",
        ),
        (
            r#""parameters": [{"name": "q", "in": "body"}]"#,
            "parameters/0/in one of `query`, `path`, `header`, `cookie` is expected, but the document has the text `body`",
        ),
        (
            r##""parameters": [{"$ref": "#/paths/~1a"}]"##,
            "parameters/0 a parameter is expected, but `#/paths/~1a` is a path",
        ),
        (
            r##""requestBody": {"$ref": "#/openapi"}"##,
            "requestBody a body is expected, but `#/openapi` is a part that the import does not read",
        ),
        (
            r#""requestBody": {"content": {"application/json": []}}"#,
            "requestBody/content/application~1json content is expected, but the document has an empty list",
        ),
    ] {
        assert_eq!(of_call(json), expected);
    }
}

#[test]
fn paths_and_answers_in_another_form() {
    let expected = |paths: &str| misread(paths, "").join("; ");
    let call = r#"{"responses": {"204": {}}}"#;
    assert_eq!(
        expected(&format!(r#""a": {{"get": {call}}}, {CALL}"#)),
        "#/paths/a a path such as `/tags/{tag_id}` is expected, but the document has the key `a`"
    );
    assert_eq!(
        expected(&format!(r#""/a/{{b": {{"get": {call}}}"#)),
        "#/paths/~1a~1{b a path such as `/tags/{tag_id}` is expected, but the document has the key `/a/{b`"
    );
    assert_eq!(
        expected(&format!(r#""/a": {{"GET": {call}}}"#)),
        "#/paths/~1a/GET a key of a path is expected, but the document has the key `GET`"
    );
    assert_eq!(
        expected(r#""/a": {"get": {"responses": {"204": {}, "20O": {}}}}"#),
        "#/paths/~1a/get/responses/20O a status such as `200` is expected, but the document has the key `20O`"
    );
    assert_eq!(
        expected(r#""/a": {"get": []}"#),
        "#/paths/~1a/get a call is expected, but the document has an empty list"
    );
}

#[test]
fn schemas_in_another_form() {
    for (json, expected) in [
        ("3", " a schema is expected, but the document has `3`"),
        (
            r#"{"type": 3}"#,
            "/type one of `string`, `integer`, `number`, `boolean`, `array`, `object`, `null`, or a list of them, is expected, but the document has `3`",
        ),
        (
            r#"{"type": ["string", "tensor"]}"#,
            "/type/1 one of `string`, `integer`, `number`, `boolean`, `array`, `object`, `null` is expected, but the document has the text `tensor`",
        ),
        (
            r#"{"required": true}"#,
            "/required a list of texts is expected, but the document has `true`",
        ),
        (
            r#"{"properties": [{"name": "x"}]}"#,
            "/properties an object is expected, but the document has a list",
        ),
        (
            r#"{"enum": "a"}"#,
            "/enum a list of texts, or of whole numbers, is expected, but the document has the text `a`",
        ),
        (
            r#"{"enum": ["a", 1, null]}"#,
            "/enum only texts or only whole numbers are expected, but the document has other values",
        ),
        (
            r#"{"nullable": "true"}"#,
            "/nullable `true` or `false` is expected, but the document has the text `true`",
        ),
        (
            r#"{"maxLength": -1}"#,
            "/maxLength a whole number from 0 is expected, but the document has `-1`",
        ),
        (
            r#"{"minimum": "1"}"#,
            "/minimum a whole number is expected, but the document has the text `1`",
        ),
        (
            r#"{"items": [{}]}"#,
            "/items a schema is expected, but the document has a list",
        ),
        (
            r#"{"allOf": {"type": "object"}}"#,
            "/allOf a list is expected, but the document has an object",
        ),
        (r#"{"$ref": 1}"#, "/$ref a text is expected, but the document has `1`"),
        (
            r#"{"oneOf": [], "discriminator": {"mapping": {"a": 1}}}"#,
            "/discriminator a discriminator has no `propertyName`; #/components/schemas/X/discriminator/mapping/a a reference to a schema is expected, but the document has `1`",
        ),
        (
            r##"{"oneOf": [], "discriminator": {"propertyName": "k", "mapping": {"a": "#/components/schemas/Nowhere"}}}"##,
            "/discriminator/mapping/a a reference to a schema is expected, but the document has the text `#/components/schemas/Nowhere`",
        ),
        (
            r#"{"enum": []}"#,
            "/enum a list of texts, or of whole numbers, is expected, but the document has an empty list",
        ),
    ] {
        let found = misread(CALL, &format!(r#""X": {json}"#)).join("; ");
        assert_eq!(found, format!("#/components/schemas/X{expected}"));
    }
}

#[test]
fn ignored_keys_may_have_any_form() {
    let call = r#""/a": {"summary": "A", "x-y": 1, "get": {"summary": 3, "security": 4, "responses": {"2XX": {"headers": {"Content-Type": 5}}, "x-y": 6}}}, "x-y": 7"#;
    let schema = r#""properties": {"$ref": {"example": {"enum": 1}, "description": 8, "default": {"type": 9}}}"#;
    assert!(
        small(call, &format!(r#""schemas": {{"X": {{{schema}}}}}, "headers": 1"#))
            .is_ok()
    );
}

#[test]
fn keywords_that_would_be_misread() {
    assert_eq!(
        of_call(
            r#""requestBody": {"content": {"text/xml": {"schema": {"type": "object"}}}}"#
        ),
        "requestBody/content/text~1xml `text/xml` would be read as JSON: a request sends JSON, or a form with files"
    );
    let answer = r#""/a": {"get": {"responses": {"200": {"content": {"text/xml": {"schema": {"type": "object"}}}}}}}"#;
    assert_eq!(
        misread(answer, "").join("; "),
        "#/paths/~1a/get/responses/200/content/text~1xml `text/xml` would be read as JSON: a response is JSON, or bytes"
    );
    for key in ["$id", "$anchor", "$dynamicRef", "$dynamicAnchor"] {
        assert_eq!(
            misread(CALL, &format!(r#""X": {{"{key}": "y"}}"#)).join("; "),
            format!(
                "#/components/schemas/X/{key} `{key}` cannot be read: it changes what references point to"
            )
        );
    }
}
