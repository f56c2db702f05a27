//! Converts schemas to facts, with a small document for each feature.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod facts;

use facts::small::schemas;

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
fn cases_with_a_discriminator() {
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
fn references_to_bare_scalars_and_lists_are_inlined() {
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
fn keywords_that_front_does_not_use_yet() {
    let text = schemas(
        r#""X": {"properties": {"a": {"type": ["string", "null"]}, "b": {"type": ["string", "integer"]}, 
            "e": {"type": []}, "f": {"items": {"type": "string"}},
            "i": {"type": "object", "additionalProperties": {"type": "string"}}, "k": {"type": "string", "enum": ["x", "x"]},
            "l": {"type": "number", "minimum": -1, "maximum": 2.0, "default": 0.5}, "m": {"type": "array"}}}"#,
    );
    assert_eq!(
        text,
        "X: object\n  .a: nullable string\n  .b: union\n    | string\n    | integer\n  .e: json\n  .f: list of string\n  .i: map of json\n  .k: string, values x\n  .l: number, default 0.5, minimum -1, maximum 2\n  .m: list of json\n"
    );
}

#[test]
fn a_schema_may_extend_the_schema_that_contains_it() {
    let text = schemas(
        r##""Comment": {"properties": {"replies": {"type": "array", "items": {"$ref": "#/components/schemas/Reply"}}}},
        "Reply": {"allOf": [{"$ref": "#/components/schemas/Comment"}, {"properties": {"to": {"$ref": "#/components/schemas/Comment"}}}]}"##,
    );
    assert_eq!(
        text,
        "Comment: object\n  .replies: list of Reply\nReply: object\n  .replies: list of Reply\n  .to: Comment\n"
    );
}
