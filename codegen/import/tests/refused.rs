//! Documents that are not read: a small one for each reason to refuse one.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod facts;

use facts::lowered;
use facts::small::{CALL, small};
use front_import::Refused;

/// What is said of a document that is not read.
#[track_caller]
fn refused(bytes: &[u8]) -> String {
    lowered(bytes).unwrap_err().to_string()
}

#[test]
fn documents_that_are_none() {
    assert_eq!(refused(b" \n"), "the document is empty");
    assert_eq!(
        refused(b"{\"openapi\": \"3.0.0\",\n \"paths\": {"),
        "line 2, column 11: the document ends too early\n  it was cut off; fetch it again"
    );
    assert_eq!(refused(b"{\"a\": 1,}"), "line 1, column 9: bad JSON: trailing comma");
    assert_eq!(
        refused(b"{\"a\": 1, \"a\": 2}"),
        "line 1, column 12: the key `a` stands twice"
    );
    assert_eq!(
        refused(b"<!DOCTYPE html>"),
        "line 1, column 1: the document is a web page\n  fetch the raw JSON file"
    );
    assert_eq!(
        refused(b"openapi: 3.0.0\n"),
        "line 1, column 1: the document is not JSON: expected value\n  YAML is not read; fetch the JSON file"
    );
    assert_eq!(
        refused(b"[]"),
        "it is not a JSON object\n  Front's document says `\"openapi\": \"3.0.0\"`"
    );
    assert_eq!(
        refused(br#"{"swagger": "2.0"}"#),
        "it has no key `openapi`\n  Front's document says `\"openapi\": \"3.0.0\"`"
    );
    assert_eq!(
        refused(br#"{"openapi": "2.0"}"#),
        "it is written in OpenAPI 2.0, not 3\n  Front's document says `\"openapi\": \"3.0.0\"`"
    );
    assert_eq!(
        refused(br#"{"openapi": "3.0.0", "paths": {}}"#),
        "#/paths: the document has no calls\n  all that the spec knows would go; is it the whole document?"
    );
    let deep = "[".repeat(200);
    assert_eq!(
        refused(deep.as_bytes()),
        "line 1, column 128: bad JSON: recursion limit exceeded"
    );
    let text = format!("\u{feff}{{\"openapi\": \"3.0.0\", \"paths\": {{{CALL}}}}}");
    assert!(lowered(text.as_bytes()).is_ok(), "a byte order mark does no harm");
}

#[test]
fn documents_that_make_no_sense() {
    let refused = |paths: &str, schemas: &str| {
        small(paths, &format!(r#""schemas": {{{schemas}}}"#)).unwrap_err().to_string()
    };
    assert_eq!(
        refused(
            CALL,
            r##""A/B": {"properties": {"$ref": {"$ref": "#/components/schemas/C"}, "e": {"$ref": "b.json#/C"}}, "example": {"$ref": "#/x"}}"##
        ),
        "#/components/schemas/A~1B/properties/$ref: `#/components/schemas/C` is referred to and not there\n  the document is not whole, or Front has made a mistake\n\
         #/components/schemas/A~1B/properties/e: `b.json#/C` lies outside of the document\n  an import reads one document that holds all"
    );
    let circle =
        "it is made of itself\n  such a schema has no fields that could be listed";
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
        "#/components/schemas/A: it is only another name for itself\n#/components/schemas/B: it is only another name for itself"
    );
    let two = r#""/a": {"get": {"operationId": "a", "responses": {"204": {}}}, "put": {"operationId": "a", "responses": {"204": {}}}}"#;
    assert_eq!(
        refused(two, ""),
        "#/paths/~1a/put: this call and #/paths/~1a/get are both named `a`"
    );
    assert_eq!(
        refused(r#""/a": {"get": {}, "put": {"responses": {"404": {}}}}"#, ""),
        "#/paths/~1a/get: the call has no `responses`\n#/paths/~1a/put: the call has no answer that is a success"
    );
}

/// Where a document is not of the form that is read, and what is said of it, without what to do.
#[track_caller]
fn misread(paths: &str, schemas: &str) -> Vec<String> {
    let components = format!(r#""schemas": {{{schemas}}}"#);
    let Refused::Document(faults) = small(paths, &components).unwrap_err() else {
        panic!("the document itself is refused")
    };
    assert!(faults.iter().all(|fault| !fault.help.is_empty()), "{faults:?}");
    faults.into_iter().map(|fault| format!("{} {}", fault.at, fault.title)).collect()
}

/// What is said of one key of the call GET /a.
#[track_caller]
fn of_call(json: &str) -> String {
    let call = format!(r#""/a": {{"get": {{{json}, "responses": {{"204": {{}}}}}}}}"#);
    let said = misread(&call, "").join("; ");
    said.strip_prefix("#/paths/~1a/get/").unwrap_or(&said).to_owned()
}

#[test]
fn calls_in_another_form() {
    for (json, said) in [
        (
            r#""x-required-scopes": "tags:read""#,
            "x-required-scopes a list of texts is expected, and the text `tags:read` is there",
        ),
        (
            r#""x-required-scopes": [["tags:read"]]"#,
            "x-required-scopes/0 a text is expected, and a list is there",
        ),
        (
            r#""x-required-scopes": ["tags:read", "tags:write"]"#,
            "x-required-scopes one permission is expected, and several are there",
        ),
        (r#""operationId": 3"#, "operationId a text is expected, and `3` is there"),
        (
            r#""deprecated": "yes""#,
            "deprecated `true` or `false` is expected, and the text `yes` is there",
        ),
        (
            r#""parameters": {"q": {}}"#,
            "parameters a list is expected, and an object is there",
        ),
        (
            r#""parameters": [{"name": "q", "schema": {}}]"#,
            "parameters/0 a parameter without `in`",
        ),
        (
            r#""parameters": [{"name": "q", "in": "body"}]"#,
            "parameters/0/in one of `query`, `path`, `header`, `cookie` is expected, and the text `body` is there",
        ),
        (
            r##""parameters": [{"$ref": "#/paths/~1a"}]"##,
            "parameters/0 a parameter is expected, and `#/paths/~1a` is a path",
        ),
        (
            r##""requestBody": {"$ref": "#/openapi"}"##,
            "requestBody a body is expected, and `#/openapi` is none that an import reads",
        ),
        (
            r#""requestBody": {"content": {"application/json": []}}"#,
            "requestBody/content/application~1json content is expected, and an empty list is there",
        ),
    ] {
        assert_eq!(of_call(json), said);
    }
}

#[test]
fn paths_and_answers_in_another_form() {
    let said = |paths: &str| misread(paths, "").join("; ");
    let call = r#"{"responses": {"204": {}}}"#;
    assert_eq!(
        said(&format!(r#""a": {{"get": {call}}}, {CALL}"#)),
        "#/paths/a a path such as `/tags/{tag_id}` is expected, and the key `a` is there"
    );
    assert_eq!(
        said(&format!(r#""/a/{{b": {{"get": {call}}}"#)),
        "#/paths/~1a~1{b a path such as `/tags/{tag_id}` is expected, and the key `/a/{b` is there"
    );
    assert_eq!(
        said(&format!(r#""/a": {{"GET": {call}}}"#)),
        "#/paths/~1a/GET a key of a path is expected, and the key `GET` is there"
    );
    assert_eq!(
        said(r#""/a": {"get": {"responses": {"204": {}, "20O": {}}}}"#),
        "#/paths/~1a/get/responses/20O a status such as `200` is expected, and the key `20O` is there"
    );
    assert_eq!(
        said(r#""/a": {"get": []}"#),
        "#/paths/~1a/get a call is expected, and an empty list is there"
    );
}

#[test]
fn schemas_in_another_form() {
    for (json, said) in [
        ("3", " a schema is expected, and `3` is there"),
        (
            r#"{"type": 3}"#,
            "/type one of `string`, `integer`, `number`, `boolean`, `array`, `object`, `null`, or a list of them, is expected, and `3` is there",
        ),
        (
            r#"{"type": ["string", "tensor"]}"#,
            "/type/1 one of `string`, `integer`, `number`, `boolean`, `array`, `object`, `null` is expected, and the text `tensor` is there",
        ),
        (
            r#"{"required": true}"#,
            "/required a list of texts is expected, and `true` is there",
        ),
        (
            r#"{"properties": [{"name": "x"}]}"#,
            "/properties an object is expected, and a list is there",
        ),
        (
            r#"{"enum": "a"}"#,
            "/enum a list of texts, or of whole numbers, is expected, and the text `a` is there",
        ),
        (
            r#"{"enum": ["a", 1, null]}"#,
            "/enum texts alone or whole numbers alone are expected, and other values are there",
        ),
        (
            r#"{"nullable": "true"}"#,
            "/nullable `true` or `false` is expected, and the text `true` is there",
        ),
        (
            r#"{"maxLength": -1}"#,
            "/maxLength a whole number from 0 is expected, and `-1` is there",
        ),
        (
            r#"{"minimum": "1"}"#,
            "/minimum a whole number is expected, and the text `1` is there",
        ),
        (r#"{"items": [{}]}"#, "/items a schema is expected, and a list is there"),
        (
            r#"{"allOf": {"type": "object"}}"#,
            "/allOf a list is expected, and an object is there",
        ),
        (r#"{"$ref": 1}"#, "/$ref a text is expected, and `1` is there"),
        (
            r#"{"oneOf": [], "discriminator": {"mapping": {"a": 1}}}"#,
            "/discriminator a discriminator without `propertyName`; #/components/schemas/X/discriminator/mapping/a a text is expected, and `1` is there",
        ),
    ] {
        let found = misread(CALL, &format!(r#""X": {json}"#)).join("; ");
        assert_eq!(found, format!("#/components/schemas/X{said}"));
    }
}

#[test]
fn what_nobody_reads_has_any_form() {
    let call = r#""/a": {"summary": "A", "x-y": 1, "get": {"summary": 3, "security": 4, "responses": {"2XX": {"headers": {"Content-Type": 5}}, "x-y": 6}}}, "x-y": 7"#;
    let schema = r#""properties": {"$ref": {"example": {"enum": 1}, "description": 8, "default": {"type": 9}}}"#;
    assert!(
        small(call, &format!(r#""schemas": {{"X": {{{schema}}}}}, "headers": 1"#))
            .is_ok()
    );
}

#[test]
fn what_would_be_misread() {
    assert_eq!(
        of_call(
            r#""requestBody": {"content": {"text/xml": {"schema": {"type": "object"}}}}"#
        ),
        "requestBody/content/text~1xml `text/xml` would be taken for JSON: a request sends JSON, or a form with files"
    );
    let answer = r#""/a": {"get": {"responses": {"200": {"content": {"text/xml": {"schema": {"type": "object"}}}}}}}"#;
    assert_eq!(
        misread(answer, "").join("; "),
        "#/paths/~1a/get/responses/200/content/text~1xml `text/xml` would be taken for JSON: a response is JSON, or bytes"
    );
    for key in ["$id", "$anchor", "$dynamicRef", "$dynamicAnchor"] {
        assert_eq!(
            misread(CALL, &format!(r#""X": {{"{key}": "y"}}"#)).join("; "),
            format!(
                "#/components/schemas/X/{key} `{key}` cannot be read: references would lead elsewhere than they are read"
            )
        );
    }
}
