//! Checks that changes to parts with a fixed form are reported: links, lists, paging, and the fields that one call requires.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod facts;

use front_import::Refused;
use front_import::document::Document;
use front_import::lower::{Paging, lower};
use serde_json::{Value, json};

/// A document with a list that is paged, an object with links, and two calls that send the same schema.
fn sound() -> Value {
    let body = json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/New"}}}});
    let answer = json!({"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Tag"}}}});
    json!({
        "openapi": "3.0.0",
        "paths": {
            "/tags": {
                "get": {
                    "operationId": "list",
                    "parameters": [
                        {"name": "limit", "in": "query", "schema": {"type": "integer", "maximum": 100}},
                        {"name": "page_token", "in": "query", "schema": {"type": "string"}}
                    ],
                    "responses": {"200": {"content": {"application/json": {"schema": {
                        "type": "object",
                        "properties": {
                            "_pagination": {"type": "object", "properties": {"next": {"type": "string", "nullable": true}}},
                            "_links": {"type": "object", "properties": {"self": {"type": "string"}}},
                            "_results": {"type": "array", "items": {"$ref": "#/components/schemas/Tag"}},
                            "_total": {"type": "integer"}
                        }
                    }}}}}
                },
                "post": {"operationId": "create", "requestBody": body, "responses": {"201": answer}}
            },
            "/more": {"post": {"operationId": "more", "requestBody": body, "responses": {"204": {}}}}
        },
        "components": {"schemas": {
            "New": {"type": "object", "properties": {"name": {"type": "string"}, "color": {"type": "string"}}},
            "Tag": {"type": "object", "properties": {
                "id": {"type": "string"},
                "_links": {"type": "object", "properties": {
                    "self": {"type": "string"},
                    "related": {"type": "object", "properties": {"owner": {"type": "string", "nullable": true}}}
                }}
            }}
        }}
    })
}

/// Returns the pointers that are reported.
fn reported(document: &Value) -> Result<Vec<String>, Refused> {
    let document = Document::read(document.to_string().as_bytes())?;
    let api = lower(&document, &Paging { cursor: "page_token", size: "limit" })?;
    Ok(document
        .unread()
        .iter()
        .chain(&api.unread)
        .map(|unread| unread.at.clone())
        .collect())
}

const LIST: &str = "/paths/~1tags/get/responses/200/content/application~1json/schema";
const TAG: &str = "/components/schemas/Tag";
const CREATE: &str = "/paths/~1tags/post/requestBody/content/application~1json/schema";
const CREATED: &str = "/paths/~1tags/post/responses/201/content";

#[test]
fn changes_to_parts_with_a_fixed_form_are_reported() {
    assert_eq!(reported(&sound()).unwrap(), Vec::<String>::new());
    let links = format!("{TAG}/properties/_links");
    let owner = format!("{links}/properties/related/properties/owner");
    let (pages, results) = (
        format!("{LIST}/properties/_pagination"),
        format!("{LIST}/properties/_results"),
    );
    let created = format!("{CREATED}/application~1json/schema");
    let parameters = "/paths/~1tags/get/parameters";
    let text = || json!({"type": "string"});
    for (at, value, expected) in [
        // The value at a pointer, what it becomes, and the pointer that is reported.
        (
            pages.clone(),
            json!({"type": "object", "properties": {"cursor": text()}}),
            format!("{pages}/properties/cursor"),
        ),
        (pages.clone(), json!({"type": "object", "properties": {}}), pages.clone()),
        (
            format!("{pages}/properties/next"),
            json!({"type": "object", "properties": {"href": text()}}),
            format!("{pages}/properties/next/type"),
        ),
        (
            format!("{parameters}/1"),
            json!({"name": "q", "in": "query", "schema": text()}),
            parameters.to_owned(),
        ),
        (
            format!("{parameters}/1/schema"),
            json!({"type": "array", "items": {"type": "integer"}}),
            format!("{parameters}/1/schema/type"),
        ),
        (
            format!("{parameters}/0/schema"),
            json!({"type": "string", "enum": ["a", "b"]}),
            format!("{parameters}/0/schema/type"),
        ),
        (
            format!("{LIST}/properties/_total"),
            text(),
            format!("{LIST}/properties/_total/type"),
        ),
        (format!("{LIST}/properties/_more"), text(), format!("{LIST}/properties/_more")),
        (format!("{LIST}/required"), json!(["_results"]), format!("{LIST}/required")),
        (format!("{LIST}/nullable"), json!(true), format!("{LIST}/nullable")),
        (format!("{results}/nullable"), json!(true), format!("{results}/nullable")),
        (format!("{results}/maxItems"), json!(3), format!("{results}/maxItems")),
        (
            created.clone(),
            json!({"allOf": [{"$ref": "#/components/schemas/Tag"}], "nullable": true}),
            CREATED.to_owned(),
        ),
        (format!("{owner}/type"), json!("object"), format!("{owner}/type")),
        (format!("{owner}/deprecated"), json!(true), format!("{owner}/deprecated")),
        (
            format!("{links}/properties/related/required"),
            json!(["owner"]),
            format!("{links}/properties/related/required"),
        ),
        (format!("{links}/nullable"), json!(true), format!("{links}/nullable")),
        (
            format!("{links}/properties/next_thing"),
            text(),
            format!("{links}/properties/next_thing"),
        ),
        (
            format!("{links}/properties/self/type"),
            json!("object"),
            format!("{links}/properties/self/type"),
        ),
        (
            "/components/schemas/New/anyOf".to_owned(),
            json!([{"required": ["name"]}, {"required": ["color"]}]),
            "/components/schemas/New/anyOf/0/required".to_owned(),
        ),
        (
            "/components/schemas/New/oneOf".to_owned(),
            json!([{"required": ["name"]}, {"required": ["color"]}]),
            "/components/schemas/New/oneOf/1/required".to_owned(),
        ),
        (
            CREATE.to_owned(),
            json!({"$ref": "#/components/schemas/New", "required": ["color"]}),
            format!("{CREATE}/required"),
        ),
    ] {
        let mut document = sound();
        let (parent, key) = at.rsplit_once('/').unwrap();
        match document.pointer_mut(parent).unwrap() {
            Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
            parent => parent[key] = value,
        }
        let found = reported(&document).unwrap();
        assert!(found.contains(&format!("#{expected}")), "{at}: {found:#?}");
    }
}

#[test]
fn another_json_media_type_is_reported() {
    let mut document = sound();
    let content = document.pointer_mut(CREATED).unwrap();
    *content = json!({"application/vnd.front.v2+json": content["application/json"]});
    assert_eq!(
        reported(&document).unwrap(),
        [format!("#{CREATED}/application~1vnd.front.v2+json")]
    );
}

#[test]
fn a_body_without_fields_is_rejected() {
    for body in [
        json!({"type": "array", "items": {"$ref": "#/components/schemas/New"}}),
        json!({"type": "string"}),
        json!({"oneOf": [{"$ref": "#/components/schemas/New"}, {"type": "string"}]}),
    ] {
        let mut document = sound();
        *document.pointer_mut(CREATE).unwrap() = body;
        let Err(Refused::Document(faults)) = reported(&document) else {
            panic!("a body without fields is accepted")
        };
        assert_eq!(faults[0].at, "#/paths/~1tags/post/requestBody");
        assert!(faults[0].title.starts_with("the body of `create` is "), "{faults:?}");
    }
}

#[test]
fn schemas_that_grow_with_every_level_are_rejected() {
    let levels = |number: usize| {
        let mut document = sound();
        let schemas = document.pointer_mut("/components/schemas").unwrap();
        for level in 0..number {
            let next = json!({"$ref": format!("#/components/schemas/B{}", level + 1)});
            let more = |key: &str| json!({"allOf": [next, {"type": "object", "properties": {key: {"type": "string"}}}]});
            schemas[format!("B{level}")] = json!({"type": "object", "properties": {"b": more("x"), "c": more("y")}});
        }
        schemas[format!("B{number}")] =
            json!({"type": "object", "properties": {"z": {"type": "string"}}});
        reported(&document)
    };
    levels(8).unwrap();
    let Err(Refused::Document(faults)) = levels(60) else {
        panic!("60 levels are accepted")
    };
    assert!(faults[0].title.contains("more than"), "{faults:?}");
}
