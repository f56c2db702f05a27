//! Imports of unusual or large documents: the result can be read again, and the time grows with the size of the document.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod base;

use std::collections::BTreeSet;

use base::{Texts, applied, base, revision};
use front_codegen::resolve;
use front_codegen::spec::{Spec, read_texts};
use front_import::{Refused, import};
use serde_json::{Value, json};

/// A spec without calls.
fn empty() -> Spec {
    let texts = front_import::history::empty(&base::spec(&base()));
    read_texts(texts).unwrap().0
}

/// Returns the spec that an import of a document leaves, after checking that it is read and resolved without errors.
fn after(document: &Value) -> Result<Spec, Refused> {
    let spec = empty();
    let bytes = serde_json::to_vec(document).unwrap();
    let imported = front_import::import(&spec, &bytes, &revision())?;
    let texts: Texts =
        spec.sources.iter().map(|of| (of.path.clone(), of.text.clone())).collect();
    let texts = applied(&texts, &imported);
    let (after, problems) = read_texts(texts.into_iter().collect()).unwrap();
    assert!(!problems.has_errors(), "{}", problems.render(&after.sources, false));
    let (api, problems) = resolve::resolve(&after);
    assert!(api.is_some(), "{}", problems.render(&after.sources, false));
    // Importing it again changes nothing.
    let again = import(&after, &bytes, &revision()).unwrap();
    assert!(again.files.is_empty() && again.removed.is_empty(), "{}", again.report);
    Ok(after)
}

/// A document with one call, whose response has this schema.
fn returning(schema: Value, schemas: Value) -> Value {
    json!({
        "openapi": "3.0.0",
        "paths": {"/things": {"get": {
            "operationId": "list-things",
            "responses": {"200": {"content": {"application/json": {"schema": schema}}}},
        }}},
        "components": {"schemas": schemas},
    })
}

fn calls(ids: &[&str]) -> Value {
    let paths = ids.iter().enumerate().map(|(number, id)| {
        let call = json!({"get": {"operationId": id, "responses": {"204": {}}}});
        (format!("/things/{number}"), call)
    });
    let paths: serde_json::Map<String, Value> = paths.collect();
    json!({"openapi": "3.0.0", "paths": paths})
}

#[test]
fn unusual_ids_of_calls_become_names() {
    let words = [
        "self", "Self", "super", "crate", "type", "r#type", "async", "None", "Err",
        "send", "client",
    ];
    let signs = [
        "-", "1", "2fa", "a b", "a`b", "a\"b", "'", "null", "~", "é", "日本", "..",
        "a:b", "- a", "#",
    ];
    let ids = [&words[..], &signs[..]].concat();
    let spec = after(&calls(&ids)).unwrap_or_else(|refused| panic!("{refused}"));
    let endpoints: BTreeSet<&str> = spec
        .resources
        .iter()
        .flat_map(|(_, of)| of.endpoints.values())
        .map(|endpoint| endpoint.operation.as_str())
        .collect();
    assert_eq!(endpoints, ids.into_iter().collect());
    // The spec cannot describe a call without a name: nothing is written.
    let Err(Refused::Result { problems, .. }) = after(&calls(&[" "])) else {
        panic!("a blank operationId must be rejected")
    };
    assert!(problems.iter().any(|problem| problem.title == "invalid value `' '`"));
}

/// Invisible characters.
const INVISIBLE: [&str; 9] = [
    "\u{2028}", "\u{2029}", "\u{85}", "\r", "\t", "\u{0}", "\u{202e}", "\u{2066}",
    "\u{feff}",
];

/// Either the resulting spec can be read, or the document is rejected with the place of the error and nothing is written.
#[test]
fn contents_that_cannot_be_written_are_refused_with_their_place() {
    for c in INVISIBLE {
        let odd = format!("a{c}b");
        let thing = |key: &str, schema: Value| json!({"type": "object", "properties": {key: schema}});
        let string = || json!({"type": "string"});
        let cases = [
            (
                "a value",
                returning(
                    thing("x", json!({"type": "string", "enum": ["y", odd]})),
                    json!({}),
                ),
            ),
            ("a key", returning(thing(&odd, string()), json!({}))),
            ("an operationId", calls(&[&odd])),
            (
                "a tag's value",
                returning(
                    json!({"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}],
                    "discriminator": {"propertyName": "kind", "mapping": {odd.as_str(): "#/components/schemas/A", "b": "#/components/schemas/B"}}}),
                    json!({"A": thing("kind", string()), "B": thing("kind", string())}),
                ),
            ),
            (
                "a schema's name",
                returning(
                    json!({"$ref": format!("#/components/schemas/{odd}")}),
                    json!({odd.as_str(): thing("x", string())}),
                ),
            ),
        ];
        for (what, document) in cases {
            match after(&document) {
                Ok(_) => {}
                Err(Refused::Document(faults)) => {
                    let all: Vec<String> =
                        faults.iter().map(ToString::to_string).collect();
                    let all = all.join("\n");
                    assert!(
                        faults.iter().all(|fault| fault.at.starts_with("#/")),
                        "{all}"
                    );
                    assert!(
                        all.contains("invisible character"),
                        "{what} with {c:?}: {all}"
                    );
                    // The message does not print the character itself, which could affect a terminal.
                    assert!(!all.contains(c), "{what} with {c:?}: {all:?}");
                }
                Err(other) => panic!("{what} with {c:?}: {other}"),
            }
        }
        // A keyword that is not read may contain anything.
        let mut described = calls(&["list"]);
        described["paths"]["/things/0"]["get"]["description"] = odd.clone().into();
        after(&described).unwrap();
    }
    let fence = returning(json!({"type": "string", "enum": ["a", "```"]}), json!({}));
    let refused = after(&fence).unwrap_err().to_string();
    assert!(refused.contains("/enum/1: three backquotes"), "{refused}");
}

#[test]
fn a_file_that_would_be_too_large_is_not_written() {
    let long = "x".repeat(1 << 20);
    let refused =
        after(&returning(json!({"type": "string", "enum": ["a", long]}), json!({})));
    let Err(Refused::Result { problems, .. }) = refused else { panic!("{refused:?}") };
    assert!(problems.has_errors());
}

/// This took twelve seconds when each name of a chain walked the whole chain again.
#[test]
fn a_long_chain_of_references_is_walked_once() {
    const LONG: usize = 2_000;
    let mut schemas = serde_json::Map::new();
    for number in 0..LONG {
        let next = json!({"$ref": format!("#/components/schemas/S{}", number + 1)});
        schemas.insert(format!("S{number}"), next);
    }
    schemas.insert(
        format!("S{LONG}"),
        json!({"type": "object", "properties": {"x": {"type": "string"}}}),
    );
    let first = json!({"$ref": "#/components/schemas/S0"});
    let spec = after(&returning(first.clone(), schemas.clone().into())).unwrap();
    assert_eq!(spec.resources[0].1.types.len(), 1);

    // Each name that only refers to itself is reported.
    schemas.insert(format!("S{LONG}"), first.clone());
    let Err(Refused::Document(faults)) = after(&returning(first, schemas.into())) else {
        panic!("a circular reference must be rejected")
    };
    assert_eq!(faults.len(), LONG + 1);
}

/// This took over a minute when each value was compared with all others.
#[test]
fn many_values_keep_their_order() {
    const MANY: usize = 20_000;
    let values: Vec<String> =
        (0..MANY).map(|number| format!("value_{number}")).collect();
    let thing = json!({"type": "object", "properties": {"x": {"type": "string", "enum": values}}});
    let spec = after(&returning(thing, json!({}))).unwrap();
    let types = spec.resources.iter().flat_map(|(_, of)| of.types.values());
    let listed: Vec<String> = types
        .flat_map(|of| of.values.iter().flatten())
        .map(|value| value.wire.clone())
        .collect();
    assert_eq!(listed, values);
}

/// This took twenty seconds when the name of each new call was compared with all others.
#[test]
fn many_calls_are_imported() {
    const MANY: usize = 3_000;
    let ids: Vec<String> =
        (0..MANY).map(|number| format!("get-number-{number}")).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let spec = after(&calls(&ids)).unwrap();
    let endpoints = spec.resources.iter().map(|(_, of)| of.endpoints.len());
    assert_eq!(endpoints.sum::<usize>(), MANY);
}
