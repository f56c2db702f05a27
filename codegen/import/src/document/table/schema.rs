//! Every keyword of a schema: those of OpenAPI 3.0, and of JSON Schema 2020-12, which OpenAPI 3.1 takes.
//!
//! A limit of another type than the schema's means nothing, by JSON Schema's own rule, and is passed over: `maxLength` of a number.

use super::super::form::Form::{
    Additional, Count, Default, Flag, List, Named, Part as Of, Text, Texts, Types,
    Value, Values, Whole,
};
use super::super::form::Moot::{Empty, False, Never, Text as Texted, True, Zero};
use super::super::form::Part;
use super::super::form::Row::{Ignored, Read, Rejected, Reported};
use super::{EXAMPLE, WORDS};

/// Why a limit is reported: whoever reads the spec should know it.
const LIMIT: &str = "the spec has no word for this limit";
/// Why a condition is reported.
const CONDITION: &str = "the spec has no word for a condition on other fields";
/// Why keys without a name are reported.
const KEYS: &str = "the spec has no word for what the keys of an object may be";
/// Why what changes the meaning of references is rejected.
const REFERENCES: &str = "references would lead elsewhere than they are read";

#[rustfmt::skip]
pub(in super::super) static SCHEMA: Part = Part {
    name: "a schema",
    rows: &[
        // What a value is.
        ("type", Read(Types)),
        ("format", Reported("the spec has no word for this form of a text or number", Texted(&["binary"]))),
        ("nullable", Read(Flag)),
        ("enum", Read(Values)),
        ("const", Read(Value)),
        ("properties", Read(Named(&Of(&SCHEMA)))),
        ("required", Read(Texts)),
        ("items", Read(Of(&SCHEMA))),
        ("additionalProperties", Read(Additional)),
        ("contentMediaType", Reported("only `application/octet-stream` is read: bytes", Texted(&[BYTES]))),
        ("contentEncoding", Reported("the spec has no word for encoded bytes", Never)),
        ("contentSchema", Reported("the spec has no word for JSON in a text", Never)),
        // What it is composed of.
        ("allOf", Read(List(&Of(&SCHEMA)))),
        ("anyOf", Read(List(&Of(&SCHEMA)))),
        ("oneOf", Read(List(&Of(&SCHEMA)))),
        ("discriminator", Read(Of(&DISCRIMINATOR))),
        ("not", Reported("the spec has no word for what a value may not be", Never)),
        ("if", Reported(CONDITION, Never)),
        ("then", Reported(CONDITION, Never)),
        ("else", Reported(CONDITION, Never)),
        ("dependentSchemas", Reported(CONDITION, Empty)),
        ("dependentRequired", Reported(CONDITION, Empty)),
        ("unevaluatedItems", Reported("the spec has no word for a list without other items", True)),
        ("unevaluatedProperties", Reported("the spec has no word for an object without other keys", True)),
        ("prefixItems", Reported("items of a list are alike in the spec", Empty)),
        ("contains", Reported("items of a list are alike in the spec", Never)),
        ("minContains", Reported(LIMIT, Never)),
        ("maxContains", Reported(LIMIT, Never)),
        ("patternProperties", Reported(KEYS, Empty)),
        ("propertyNames", Reported(KEYS, Empty)),
        // Limits.
        ("default", Read(Default)),
        ("deprecated", Read(Flag)),
        ("maxLength", Read(Count)),
        ("minItems", Read(Count)),
        ("maxItems", Read(Count)),
        ("minimum", Read(Whole)),
        ("maximum", Read(Whole)),
        ("minLength", Reported(LIMIT, Zero)),
        ("pattern", Reported(LIMIT, Never)),
        ("exclusiveMinimum", Reported(LIMIT, False)),
        ("exclusiveMaximum", Reported(LIMIT, False)),
        ("multipleOf", Reported(LIMIT, Never)),
        ("uniqueItems", Reported(LIMIT, False)),
        ("minProperties", Reported(LIMIT, Zero)),
        ("maxProperties", Reported(LIMIT, Never)),
        ("readOnly", Reported("a type that is sent and answered has all fields in both", False)),
        ("writeOnly", Reported("a type that is sent and answered has all fields in both", False)),
        // What schemas are called, and where references lead.
        ("$defs", Read(Named(&Of(&SCHEMA)))),
        ("$id", Rejected(REFERENCES)),
        ("$anchor", Rejected(REFERENCES)),
        ("$dynamicRef", Rejected(REFERENCES)),
        ("$dynamicAnchor", Rejected(REFERENCES)),
        ("$recursiveRef", Rejected(REFERENCES)),
        ("$recursiveAnchor", Rejected(REFERENCES)),
        ("$schema", Reported("schemas are read as OpenAPI 3.1 defines them", Texted(super::DIALECTS))),
        ("$vocabulary", Reported("schemas are read as OpenAPI 3.1 defines them", Never)),
        // What is said to people.
        ("title", Ignored(WORDS)),
        ("description", Ignored(WORDS)),
        ("example", Ignored(EXAMPLE)),
        ("examples", Ignored(EXAMPLE)),
        ("externalDocs", Ignored(WORDS)),
        ("$comment", Ignored(WORDS)),
        ("xml", Ignored("bodies are JSON or forms, and any other is rejected")),
    ],
    needs: &[],
    closed: None,
};

/// The media type of bytes.
const BYTES: &str = "application/octet-stream";

/// What stands in a path: an id or a text, whose limits nobody needs.
#[rustfmt::skip]
pub(in super::super) static PATH_VALUE: Part = Part {
    name: "a schema",
    rows: &[
        ("type", Reported("a placeholder that is no id is a text", Texted(&["string"]))),
        ("default", Ignored("a path is never without its placeholders")),
        ("title", Ignored(WORDS)),
        ("description", Ignored(WORDS)),
        ("example", Ignored(EXAMPLE)),
        ("examples", Ignored(EXAMPLE)),
        ("$comment", Ignored(WORDS)),
    ],
    needs: &[],
    closed: None,
};

pub(super) static DISCRIMINATOR: Part = Part {
    name: "a discriminator",
    rows: &[("propertyName", Read(Text)), ("mapping", Read(Named(&Text)))],
    needs: &["propertyName"],
    closed: None,
};
