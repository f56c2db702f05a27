//! From a document to facts: a small document for each thing that documents do, and for each reason to refuse one.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod import_facts;

use front_codegen::import::Refused;
use front_codegen::import::published::Api;
use import_facts::{facts, lowered};

/// The facts of the document whose calls and components are given.
fn small(paths: &str, components: &str) -> Result<Api, Refused> {
    let text = format!(
        r#"{{"openapi": "3.0.0", "paths": {{{paths}}}, "components": {{{components}}}}}"#
    );
    lowered(text.as_bytes())
}

const CALL: &str = r#""/a": {"get": {"operationId": "a", "responses": {"204": {}}}}"#;

/// The facts of schemas, without those of the one call.
#[track_caller]
fn schemas(schemas: &str) -> String {
    let api = small(CALL, &format!(r#""schemas": {{{schemas}}}"#)).unwrap();
    let all = facts(&api);
    all.strip_prefix("a: GET /a -> 204 none\n").unwrap().to_owned()
}

/// The facts of a call that is written out, and what it brings along.
#[track_caller]
fn call(method: &str, json: &str, components: &str) -> String {
    facts(&small(&format!(r#""/a": {{"{method}": {json}}}"#), components).unwrap())
}

#[test]
fn parts_are_joined() {
    let text = schemas(
        r##""Base": {"type": "object", "required": ["body"], "properties": {
            "body": {"type": "string"},
            "mode": {"type": "string", "enum": ["private", "shared"], "default": "private"},
            "title": {"type": "string", "maxLength": 5},
            "_links": {"properties": {"self": {}, "related": {"properties": {"owner": {}}}}}
        }},
        "Reply": {"required": ["body", "channel"], "allOf": [{"$ref": "#/components/schemas/Base"},
            {"type": "object", "properties": {"channel": {"type": "string"}}}]},
        "Edit": {"required": ["version"], "allOf": [{"$ref": "#/components/schemas/Reply"}, {"properties": {
            "version": {"type": "integer"}, "mode": {"type": "string", "enum": ["shared"]},
            "title": {"type": "string", "maxLength": 9, "nullable": true}}}]}"##,
    );
    assert_eq!(
        text,
        "Base: object\n  .body: required string\n  .mode: string, values private, shared, default private\n  .title: string, max_length 5\n  ._links: owner\n\
         Reply: object\n  .body: required string\n  .mode: string, values private, shared, default private\n  .title: string, max_length 5\n  .channel: required string\n  ._links: owner\n\
         Edit: object\n  .body: required string\n  .mode: string, values shared, default private\n  .title: nullable string, max_length 9\n  .channel: required string\n  .version: required integer\n  ._links: owner\n"
    );
}

#[test]
fn one_part_alone_stays_a_name() {
    let text = schemas(
        r##""A": {"type": "object", "properties": {"x": {"type": "string"}}},
        "B": {"type": "object", "properties": {
            "all": {"allOf": [{"$ref": "#/components/schemas/A"}], "nullable": true, "description": "d"},
            "any": {"type": "object", "anyOf": [{"$ref": "#/components/schemas/A"}]},
            "one": {"oneOf": [{"$ref": "#/components/schemas/A"}]},
            "beside": {"$ref": "#/components/schemas/A", "nullable": true},
            "alias": {"$ref": "#/components/schemas/C"}}},
        "C": {"$ref": "#/components/schemas/A"},
        "D": {"allOf": [{"$ref": "#/components/schemas/A"}]}"##,
    );
    assert_eq!(
        text,
        "A: object\n  .x: string\nB: object\n  .all: nullable A\n  .any: A\n  .one: A\n  .beside: nullable A\n  .alias: A\n"
    );
}

#[test]
fn alternatives() {
    let text = schemas(
        r##""Id": {"type": "string"},
        "Tags": {"required": ["tags"], "properties": {"tags": {"type": "array", "items": {"$ref": "#/components/schemas/Id"}}}},
        "Inboxes": {"required": ["inboxes"], "properties": {"inboxes": {"type": "array", "items": {"$ref": "#/components/schemas/Id"}}}},
        "Filters": {"anyOf": [{"$ref": "#/components/schemas/Tags"}, {"$ref": "#/components/schemas/Inboxes"}]},
        "Words": {"oneOf": [{"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["b"]}]},
        "Patterns": {"type": "string", "oneOf": [{"type": "string", "pattern": "a"}, {"type": "string", "pattern": "b"}]},
        "Value": {"nullable": true, "oneOf": [{"type": "integer"}, {"$ref": "#/components/schemas/Id"}, {"type": "string"},
            {"$ref": "#/components/schemas/Words"}, {"type": "object", "properties": {"x": {"type": "number"}}}]},
        "Use": {"properties": {"value": {"$ref": "#/components/schemas/Value"}, "p": {"$ref": "#/components/schemas/Patterns"},
            "null": {"oneOf": [{"type": "integer"}, {"type": "string", "nullable": true}]}}}"##,
    );
    assert_eq!(
        text,
        "Tags: object\n  .tags: required list of string\nInboxes: object\n  .inboxes: required list of string\n\
         Filters: object\n  .tags: list of string\n  .inboxes: list of string\n\
         Words: string, values a, b\n\
         Value: union\n  | integer\n  | string\n  | Words\n  | object\n  .x: number\n\
         Use: object\n  .value: nullable Value\n  .p: string\n  .null: nullable union\n    | integer\n    | string\n"
    );
}

#[test]
fn cases_that_a_key_tells_apart() {
    let text = schemas(
        r##""M": {"required": ["columns", "start"], "properties": {"columns": {"type": "array", "items": {"type": "string"}}}},
        "E": {"required": ["events", "start", "type"], "properties": {"events": {"type": "string"}, "type": {"type": "string"}}},
        "Export": {"discriminator": {"propertyName": "type", "mapping": {"messages": "#/components/schemas/M", "events": "E"}},
            "oneOf": [{"$ref": "#/components/schemas/M"}, {"$ref": "#/components/schemas/E"}],
            "properties": {"type": {"type": "string", "enum": ["messages", "events"]}, "start": {"type": "number"}},
            "required": ["type"]}"##,
    );
    let (_, export) = text.split_once("Export").unwrap();
    assert_eq!(
        export,
        ": object by type\n  .start: required number\n  messages\n  .columns: required list of string\n  events\n  .events: required string\n"
    );
}

#[test]
fn what_is_no_root_is_laid_in() {
    let text = schemas(
        r##""Id": {"type": "string", "maxLength": 9, "nullable": true},
        "Ids": {"type": "array", "maxItems": 3, "items": {"$ref": "#/components/schemas/Id"}},
        "Any": {"description": "d"}, "Free": {"type": "object", "description": "d"},
        "Loop": {"type": "array", "items": {"$ref": "#/components/schemas/Loop"}},
        "Tree": {"properties": {"children": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}}},
        "X": {"required": ["ghost", "_links"], "properties": {"id": {"$ref": "#/components/schemas/Id"}, "ids": {"$ref": "#/components/schemas/Ids"},
            "any": {"$ref": "#/components/schemas/Any"}, "free": {"$ref": "#/components/schemas/Free"},
            "loop": {"$ref": "#/components/schemas/Loop"}, "_links": {"type": "string"},
            "in": {"type": "object", "properties": {"deep": {"type": "integer", "enum": [0, 5.0, null]}}}}}"##,
    );
    assert_eq!(
        text,
        "Tree: object\n  .children: list of Tree\n\
         X: object\n  .id: nullable string, max_length 9\n  .ids: list of string, max_items 3\n    items: max_length 9\n  .any: json\n  .free: map of json\n  .loop: list of json\n  .in: object\n    .deep: nullable integer, allowed 0, 5\n  .ghost: required json\n  ._links: -\n"
    );
}

#[test]
fn words_that_front_does_not_use_yet() {
    let text = schemas(
        r#""X": {"properties": {"a": {"type": ["string", "null"]}, "b": {"type": ["string", "integer"]}, "c": {"type": "tensor"},
            "d": {"type": 3}, "e": {"type": []}, "f": {"items": {"type": "string"}}, "g": {"enum": []}, "h": {"enum": ["x", 3]},
            "i": {"type": "object", "additionalProperties": {"type": "string"}}, "j": true, "k": {"type": "string", "enum": ["x", "x"]},
            "l": {"type": "number", "minimum": -1, "maximum": 1.5, "default": 0.5}, "m": {"type": "array"}}}"#,
    );
    assert_eq!(
        text,
        "X: object\n  .a: nullable string\n  .b: union\n    | string\n    | integer\n  .c: json\n  .d: json\n  .e: json\n  .f: list of string\n  .g: json\n  .h: json\n  .i: map of json\n  .j: json\n  .k: string, values x\n  .l: number, default 0.5, minimum -1\n  .m: list of json\n"
    );
}

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
            "a: GET /a -> 200 list of a.answer, paged\n  ?q: required string, default z\n{item}"
        )
    );
    assert_eq!(
        list(size, ""),
        format!(
            "a: GET /a -> 200 list of a.answer\n  ?q: required string, default z\n{item}"
        )
    );
    assert_eq!(list("", next), format!("a: GET /a -> 200 list of a.answer\n{item}"));
    // Of what is no list they are parameters as all others.
    let json = format!(
        r#"{{"operationId": "a", "parameters": [{size}], "responses": {{"200": {{}}}}}}"#
    );
    assert_eq!(
        call("get", &json, ""),
        "a: GET /a -> 200 none\n  ?limit: integer\n  ?page_token: json\n  ?q: required string, default z\n"
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
fn what_is_sent() {
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
    // In a form, bytes are bytes.
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
    // What one call alone requires counts where it is the only one.
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
fn answers() {
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
fn calls_without_a_name_get_one() {
    let call = r#"{"responses": {"204": {}}}"#;
    let paths = format!(
        r#""/a/{{b_id}}/": {{"get": {call}, "parameters": []}}, "/a/{{b-id}}": {{"get": {call}}}, "/": {{"put": {call}}}, "x-y": 3"#
    );
    assert_eq!(
        facts(&small(&paths, "").unwrap()),
        "get-a-b-id: GET /a/{b_id}/ -> 204 none\nget-a-b-id-2: GET /a/{b-id} -> 204 none\nput: PUT / -> 204 none\n"
    );
}

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

#[test]
fn a_schema_may_extend_what_holds_it() {
    let text = schemas(
        r##""Comment": {"properties": {"replies": {"type": "array", "items": {"$ref": "#/components/schemas/Reply"}}}},
        "Reply": {"allOf": [{"$ref": "#/components/schemas/Comment"}, {"properties": {"to": {"$ref": "#/components/schemas/Comment"}}}]}"##,
    );
    assert_eq!(
        text,
        "Comment: object\n  .replies: list of Reply\nReply: object\n  .replies: list of Reply\n  .to: Comment\n"
    );
}
