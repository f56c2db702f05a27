//! Every keyword of a schema: those of OpenAPI 3.0, and of JSON Schema 2020-12, which OpenAPI 3.1 takes.
//!
//! JSON Schema ignores a limit of another type, such as `maxLength` of a number. So does the import.

use super::super::form::Form::{
    Additional, Count, Default, Flag, List, Named, Part as Of, Properties, Target, Text,
    Texts, Types, Value, Values, Whole,
};
use super::super::form::NoEffect::{Empty, False, Never, Text as Texted, True, Zero};
use super::super::form::Part;
use super::super::form::Row::{Ignored, Read, Rejected, Reported};
use super::{EXAMPLE, WORDS};

/// Why a limit is reported.
const LIMIT: &str = "the spec cannot express this limit";
/// Why a condition is reported.
const CONDITION: &str = "the spec cannot express a condition on other fields";
/// Why keys without a name are reported.
const KEYS: &str = "the spec cannot express rules for the keys of an object";
/// Why keywords that change the targets of references are rejected.
const REFERENCES: &str = "it changes what references point to";

#[rustfmt::skip]
pub(in super::super) static SCHEMA: Part = Part {
    name: "a schema",
    rows: &[
        // What a value is.
        ("type", Read(Types)),
        ("format", Reported("the spec cannot express this format", Texted(&["binary"]))),
        ("nullable", Read(Flag)),
        ("enum", Read(Values)),
        ("const", Read(Value)),
        ("properties", Read(Properties)),
        ("required", Read(Texts)),
        ("items", Read(Of(&SCHEMA))),
        ("additionalProperties", Read(Additional)),
        ("contentMediaType", Reported("only `application/octet-stream` (bytes) is read", Texted(&[BYTES]))),
        ("contentEncoding", Reported("the spec cannot express encoded bytes", Never)),
        ("contentSchema", Reported("the spec cannot express JSON inside a text", Never)),
        // What it is composed of.
        ("allOf", Read(List(&Of(&SCHEMA)))),
        ("anyOf", Read(List(&Of(&SCHEMA)))),
        ("oneOf", Read(List(&Of(&SCHEMA)))),
        ("discriminator", Read(Of(&DISCRIMINATOR))),
        ("not", Reported("the spec cannot express excluded values", Never)),
        ("if", Reported(CONDITION, Never)),
        ("then", Reported(CONDITION, Never)),
        ("else", Reported(CONDITION, Never)),
        ("dependentSchemas", Reported(CONDITION, Empty)),
        ("dependentRequired", Reported(CONDITION, Empty)),
        ("unevaluatedItems", Reported("the spec cannot express a list that allows no other items", True)),
        ("unevaluatedProperties", Reported("the spec cannot express an object that allows no other keys", True)),
        ("prefixItems", Reported("all items of a list have the same type in the spec", Empty)),
        ("contains", Reported("all items of a list have the same type in the spec", Never)),
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
        ("readOnly", Reported("a type that is both sent and received has the same fields in both", False)),
        ("writeOnly", Reported("a type that is both sent and received has the same fields in both", False)),
        // Names of schemas, and targets of references.
        ("$defs", Read(Named(&Of(&SCHEMA)))),
        ("$id", Rejected(REFERENCES)),
        ("$anchor", Rejected(REFERENCES)),
        ("$dynamicRef", Rejected(REFERENCES)),
        ("$dynamicAnchor", Rejected(REFERENCES)),
        ("$recursiveRef", Rejected(REFERENCES)),
        ("$recursiveAnchor", Rejected(REFERENCES)),
        ("$schema", Reported("schemas are read as OpenAPI 3.1 defines them", Texted(super::DIALECTS))),
        ("$vocabulary", Reported("schemas are read as OpenAPI 3.1 defines them", Never)),
        // Documentation.
        ("title", Ignored(WORDS)),
        ("description", Ignored(WORDS)),
        ("example", Ignored(EXAMPLE)),
        ("examples", Ignored(EXAMPLE)),
        ("externalDocs", Ignored(WORDS)),
        ("$comment", Ignored(WORDS)),
        ("xml", Ignored("bodies are JSON or forms; any other is rejected")),
    ],
    needs: &[],
    closed: None,
};

/// The media type of bytes.
const BYTES: &str = "application/octet-stream";

/// The schema of a path parameter: an id or a text. Its limits are not needed.
#[rustfmt::skip]
pub(in super::super) static PATH_VALUE: Part = Part {
    name: "a schema",
    rows: &[
        ("type", Reported("a placeholder that is not an id is a text", Texted(&["string"]))),
        ("default", Ignored("a path always has all of its placeholders")),
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
    rows: &[("propertyName", Read(Text)), ("mapping", Read(Named(&Target)))],
    needs: &["propertyName"],
    closed: None,
};
