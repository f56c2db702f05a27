//! Converts calls to facts: their inputs and responses.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod facts;

use facts::facts;
use facts::small::{call, small};

#[test]
fn lists_and_how_they_are_paged() {
    let list = |query: &str, more: &str| {
        let json = format!(
            r#"{{"operationId": "a", "parameters": [{query}], "responses": {{"200": {{"content": {{"application/json": {{"schema":
            {{"type": "object", "properties": {{{more} "_links": {{}}, "_results": {{"type": "array", "items": {{"type": "object", "properties": {{"x": {{"type": "string"}}}}}}}}}}}}}}}}}}}}}}"#
        );
        call("get", &json, "")
    };
    let size = r#"{"name": "limit", "in": "query", "schema": {"type": "integer"}}, {"name": "page_token", "in": "query", "schema": {}},
        {"name": "h", "in": "header", "schema": {}}, {"name": "q", "in": "query", "required": true, "schema": {"type": "string", "default": "z"}}"#;
    let next = r#""_pagination": {},"#;
    let item = "a.answer: object\n  .x: string\n";
    assert_eq!(
        list(size, next),
        format!(
            "a: GET /a -> 200 list of a.answer, paged\n  ?q: required string, default z\n  #h: json\n{item}"
        )
    );
    assert_eq!(
        list(size, ""),
        format!(
            "a: GET /a -> 200 list of a.answer\n  ?q: required string, default z\n  #h: json\n{item}"
        )
    );
    assert_eq!(list("", next), format!("a: GET /a -> 200 list of a.answer\n{item}"));
    // For a response that is not a list, they are ordinary parameters.
    let json = format!(
        r#"{{"operationId": "a", "parameters": [{size}], "responses": {{"200": {{}}}}}}"#
    );
    assert_eq!(
        call("get", &json, ""),
        "a: GET /a -> 200 none\n  ?limit: integer\n  ?page_token: json\n  ?q: required string, default z\n  #h: json\n"
    );
}

#[test]
fn a_call() {
    let text = call(
        "delete",
        r##"{"operationId": "a", "deprecated": true, "tags": ["Tags", "x"], "x-required-scopes": ["tags:delete"],
        "requestBody": {"$ref": "#/components/requestBodies/B"},
        "responses": {"404": {}, "301": {}, "202": {"$ref": "#/components/responses/done"}, "201": {"description": ""}, "default": {}}}"##,
        r##""requestBodies": {"B": {"content": {"text/plain": {}, "application/json; charset=utf-8": {"schema":
            {"required": ["ids"], "properties": {"ids": {"type": "array", "minItems": 1, "items": {"type": "string"}}}}}}}},
        "responses": {"done": {"content": {"application/json": {"schema": {"properties": {"ok": {"type": "boolean", "default": true}}}}}}}"##,
    );
    assert_eq!(
        text,
        "a: DELETE /a -> 201 none [Tags] scope tags:delete, deprecated, redirects\n  <- a.body\na.body: object\n  .ids: required list of string, min_items 1\n"
    );
    let text = call(
        "put",
        r##"{"operationId": "a", "responses": {"202": {"$ref": "#/components/responses/done"}}}"##,
        r##""responses": {"done": {"content": {"application/json": {"schema": {"properties": {"ok": {"type": "boolean", "default": true}}}}}}}"##,
    );
    assert_eq!(
        text,
        "a: PUT /a -> 202 responses.done\nresponses.done: object\n  .ok: boolean\n"
    );
}

#[test]
fn bodies() {
    let sent = |method: &str, media: &str, schema: &str| {
        call(
            method,
            &format!(
                r#"{{"operationId": "a", "requestBody": {{"content": {{"{media}": {{"schema": {schema}}}}}}}, "responses": {{"204": {{}}}}}}"#
            ),
            r##""schemas": {"S": {"properties": {"file": {"type": "string", "format": "binary"}, "more": {"$ref": "#/components/schemas/T"}, "name": {"type": "string", "default": "n"}}},
                "T": {"properties": {"files": {"type": "array", "items": {"type": "string", "format": "binary"}}}}}"##,
        )
    };
    let nothing =
        sent("get", "application/json", r##"{"$ref": "#/components/schemas/S"}"##);
    let s = "S: object\n  .file: string\n  .more: T\n  .name: string, default n\nT: object\n  .files: list of string\n";
    assert_eq!(nothing, format!("a: GET /a -> 204 none\n{s}"));
    for empty in
        [r#"{"type": "object"}"#, "{}", r#"{"type": "object", "properties": {}}"#]
    {
        let text = sent("post", "application/json", empty);
        assert_eq!(text, format!("a: POST /a -> 204 none\n{s}"));
    }
    let text =
        sent("post", "application/json", r##"{"$ref": "#/components/schemas/S"}"##);
    assert_eq!(text, format!("a: POST /a -> 204 none\n  <- S\n{s}"));
    // A form can contain bytes.
    let text =
        sent("post", "multipart/form-data", r##"{"$ref": "#/components/schemas/S"}"##);
    assert_eq!(
        text,
        format!(
            "a: POST /a -> 204 none\n  <- S\n{}",
            s.replace("file: string", "file: file")
                .replace("list of string", "list of file")
        )
    );
    // A field that only one call requires is required if no other call sends the schema.
    let text = sent(
        "post",
        "application/json",
        r##"{"$ref": "#/components/schemas/S", "required": ["name"]}"##,
    );
    assert_eq!(
        text,
        format!(
            "a: POST /a -> 204 none\n  <- S\n{}",
            s.replace("name: string", "name: required string")
        )
    );
}

#[test]
fn required_by_every_call_or_by_none() {
    let body = |id: &str, more: &str| {
        format!(
            r##"{{"operationId": "{id}", "requestBody": {{"content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/S"{more}}}}}}}}}, "responses": {{"204": {{}}}}}}"##
        )
    };
    let schemas = r#""schemas": {"S": {"properties": {"a": {"type": "string"}, "b": {"type": "string"}}}}"#;
    let paths = |one: &str, two: &str| {
        format!(r#""/a": {{"put": {}, "post": {}}}"#, body("a", one), body("b", two))
    };
    let both = paths(r#", "required": ["a", "b"]"#, r#", "required": ["b"]"#);
    let text = facts(&small(&both, schemas).unwrap());
    assert!(
        text.ends_with("S: object\n  .a: string\n  .b: required string\n"),
        "{text}"
    );
    let one = paths(r#", "required": ["a", "b"]"#, "");
    let text = facts(&small(&one, schemas).unwrap());
    assert!(text.ends_with("S: object\n  .a: string\n  .b: string\n"), "{text}");
}

#[test]
fn responses() {
    let answer = |media: &str, schema: &str| {
        let text = call(
            "get",
            &format!(
                r#"{{"operationId": "a", "responses": {{"200": {{"content": {{"{media}": {{"schema": {schema}}}}}}}}}}}"#
            ),
            "",
        );
        text.strip_prefix("a: GET /a -> 200 ").unwrap().to_owned()
    };
    assert_eq!(answer("*/*", r#"{"type": "string", "format": "binary"}"#), "file\n");
    assert_eq!(answer("text/csv", "{}"), "file\n");
    let text = call("get", r#"{"operationId": "a", "responses": {"default": {}}}"#, "");
    assert_eq!(text, "a: GET /a -> 200 none\n");
    assert_eq!(
        answer("application/json", r#"{"type": "string", "format": "binary"}"#),
        "string\n"
    );
    assert_eq!(answer("application/json", "{}"), "json\n");
    assert_eq!(answer("application/json", r#"{"type": "object"}"#), "map of json\n");
    assert_eq!(
        answer("application/json", r#"{"type": "array", "items": {"type": "string"}}"#),
        "list of string\n"
    );
    assert_eq!(
        answer(
            "application/json",
            r#"{"properties": {"_results": {"type": "string"}}}"#
        ),
        "a.answer\na.answer: object\n  ._results: string\n"
    );
}

#[test]
fn calls_without_an_id_get_one() {
    let call = r#"{"responses": {"204": {}}}"#;
    let paths = format!(
        r#""/a/{{b_id}}/": {{"get": {call}, "parameters": []}}, "/a/{{b-id}}": {{"get": {call}}}, "/": {{"put": {call}}}, "x-y": 3"#
    );
    assert_eq!(
        facts(&small(&paths, "").unwrap()),
        "get-a-b-id: GET /a/{b_id}/ -> 204 none\nget-a-b-id-2: GET /a/{b-id} -> 204 none\nput: PUT / -> 204 none\n"
    );
}
