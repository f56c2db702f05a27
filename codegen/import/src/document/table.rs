//! Every keyword at every position of OpenAPI 3.0 and 3.1, and what an import does with it: one table.
//!
//! A key is read, ignored, reported or rejected. A key without a row is reported too, with its pointer, so that an import
//! never overlooks a change. Keywords of JSON Schema are in [`schema`].
//!
//! The rule: *ignored* is a key that changes neither a request nor the reading of a response, such as a description, an
//! error response (all calls have the same), or `required` of a response's field (every field may be missing unless it is
//! `always` in the spec). *Rejected* is a key that would make the spec wrong. *Reported* is everything else, also where a
//! request that is built from the spec would be invalid, such as a required cookie, another host or another credential: people
//! decide, and until then each difference needs `attention` in a diff of two documents.

pub(super) mod envelope;
pub(super) mod schema;

use super::form::Form::{
    Content, Flag, Keyed, List, Named, OneText, Parameter as AnyParameter, Part as Of,
    Responses, Text, Texts, Word,
};
use super::form::NoEffect::{Empty, False, Never, Text as Texted, True};
use super::form::Row::{Ignored, Read, Reported};
use super::form::{ContentDirection, Part, Row, is_path};
use schema::{DISCRIMINATOR, PATH_VALUE, SCHEMA};

/// Why descriptions are not read.
const WORDS: &str =
    "the spec has its own descriptions and examples; nothing is copied from Front";
/// Why examples are not read.
const EXAMPLE: &str = "an example guarantees nothing";
/// Why other addresses are reported.
const SERVERS: &str = "requests go to the one address under `hosts` in spec/front.yaml";
/// Why other credentials are reported.
const SECURITY: &str = "every request carries the bearer token";
/// Why components that are only used through references are skipped.
const REFERRED: &str =
    "it only applies where something refers to it, and the reference is reported";

#[rustfmt::skip]
pub(super) static DOCUMENT: Part = Part {
    name: "a document",
    rows: &[
        ("openapi", Read(Text)),
        ("info", Ignored("it describes the document; none of it is a fact of the API")),
        ("jsonSchemaDialect", Reported("schemas are read as OpenAPI 3.1 defines them", Texted(DIALECTS))),
        ("servers", Reported(SERVERS, Never)),
        ("paths", Read(Keyed("a path such as `/tags/{tag_id}`", is_path, &Of(&PATH)))),
        ("webhooks", Reported("webhooks are maintained by hand in spec/webhooks.yaml", Empty)),
        ("components", Read(Of(&COMPONENTS))),
        ("security", Reported(SECURITY, Never)),
        ("tags", Ignored(WORDS)),
        ("externalDocs", Ignored(WORDS)),
        ("x-api-id", Ignored("it configures the site that shows the document")),
        ("x-explorer-enabled", Ignored("it configures the site that shows the document")),
        ("x-proxy-enabled", Ignored("it configures the site that shows the document")),
        ("x-samples-enabled", Ignored("it configures the site that shows the document")),
    ],
    needs: &[],
    closed: None,
};

/// The dialects whose keywords mean what the table of schemas assumes.
const DIALECTS: &[&str] = &[
    "https://spec.openapis.org/oas/3.1/dialect/base",
    "https://json-schema.org/draft/2020-12/schema",
];

#[rustfmt::skip]
static COMPONENTS: Part = Part {
    name: "components",
    rows: &[
        ("schemas", Read(Named(&Of(&SCHEMA)))),
        ("responses", Read(Named(&Of(&ANSWER)))),
        ("parameters", Read(Named(&AnyParameter))),
        ("requestBodies", Read(Named(&Of(&BODY)))),
        ("pathItems", Read(Named(&Of(&PATH)))),
        ("securitySchemes", Read(Named(&Of(&SECURITY_SCHEME)))),
        ("examples", Ignored(EXAMPLE)),
        ("headers", Ignored(REFERRED)),
        ("links", Ignored(REFERRED)),
        ("callbacks", Ignored(REFERRED)),
    ],
    needs: &[],
    closed: None,
};

#[rustfmt::skip]
static SECURITY_SCHEME: Part = Part {
    name: "a security scheme",
    rows: &[
        ("type", Reported(SECURITY, Texted(&["http"]))),
        ("scheme", Reported(SECURITY, Texted(&["bearer", "Bearer"]))),
        ("bearerFormat", Ignored("the token is sent unchanged, whatever its format")),
        ("description", Ignored(WORDS)),
        ("name", Reported(SECURITY, Never)),
        ("in", Reported(SECURITY, Never)),
        ("flows", Reported(SECURITY, Never)),
        ("openIdConnectUrl", Reported(SECURITY, Never)),
    ],
    needs: &[],
    closed: None,
};

#[rustfmt::skip]
static PATH: Part = Part {
    name: "a path",
    rows: &[
        ("get", Read(Of(&CALL))),
        ("put", Read(Of(&CALL))),
        ("post", Read(Of(&CALL))),
        ("delete", Read(Of(&CALL))),
        ("options", Read(Of(&CALL))),
        ("head", Read(Of(&CALL))),
        ("patch", Read(Of(&CALL))),
        ("trace", Read(Of(&CALL))),
        ("parameters", Read(List(&AnyParameter))),
        ("summary", Ignored(WORDS)),
        ("description", Ignored(WORDS)),
        ("servers", Reported(SERVERS, Empty)),
    ],
    needs: &[],
    closed: Some("an unknown key of a path may hide a call"),
};

#[rustfmt::skip]
static CALL: Part = Part {
    name: "a call",
    rows: &[
        ("operationId", Read(Text)),
        ("tags", Read(Texts)),
        ("x-required-scopes", Read(OneText)),
        ("deprecated", Read(Flag)),
        ("parameters", Read(List(&AnyParameter))),
        ("requestBody", Read(Of(&BODY))),
        ("responses", Read(Responses)),
        ("summary", Ignored(WORDS)),
        ("description", Ignored(WORDS)),
        ("externalDocs", Ignored(WORDS)),
        ("servers", Reported(SERVERS, Empty)),
        ("security", Reported(SECURITY, Never)),
        ("callbacks", Reported("the spec cannot express requests that Front makes", Empty)),
    ],
    needs: &[],
    closed: None,
};

/// Where parameters are sent.
const PLACES: Row = Read(Word(&["query", "path", "header", "cookie"]));

/// A parameter whose location is unknown.
#[rustfmt::skip]
pub(super) static PARAMETER: Part = Part {
    name: "a parameter",
    rows: &[
        ("name", Read(Text)),
        ("in", PLACES),
        ("summary", Ignored(WORDS)),
        ("description", Ignored(WORDS)),
    ],
    needs: &["name", "in"],
    closed: None,
};

#[rustfmt::skip]
pub(super) static QUERY: Part = Part {
    name: "a parameter",
    rows: &[
        ("name", Read(Text)),
        ("in", PLACES),
        ("required", Read(Flag)),
        ("deprecated", Read(Flag)),
        ("schema", Read(Of(&SCHEMA))),
        ("content", Read(Content(ContentDirection::Anywhere))),
        ("description", Ignored(WORDS)),
        ("example", Ignored(EXAMPLE)),
        ("examples", Ignored(EXAMPLE)),
        ("style", Reported("a list is sent as one pair for each item", Texted(&["form"]))),
        ("explode", Reported("a list is sent as one pair for each item", True)),
        ("allowReserved", Reported("reserved characters are always escaped", False)),
        ("allowEmptyValue", Reported("the spec cannot express a parameter without a value", False)),
    ],
    needs: &["name", "in"],
    closed: None,
};

#[rustfmt::skip]
pub(super) static HEADER: Part = Part {
    name: "a parameter",
    rows: &[
        ("name", Read(Text)),
        ("in", PLACES),
        ("required", Read(Flag)),
        ("deprecated", Read(Flag)),
        ("schema", Read(Of(&SCHEMA))),
        ("content", Read(Content(ContentDirection::Anywhere))),
        ("description", Ignored(WORDS)),
        ("example", Ignored(EXAMPLE)),
        ("examples", Ignored(EXAMPLE)),
        ("style", Reported("a header is sent as one value, unchanged", Texted(&["simple"]))),
        ("explode", Reported("a header is sent as one value, unchanged", False)),
    ],
    needs: &["name", "in"],
    closed: None,
};

/// A path parameter. The placeholder is read from the path. The value is an id or a text.
#[rustfmt::skip]
pub(super) static PLACEHOLDER: Part = Part {
    name: "a parameter",
    rows: &[
        ("name", Read(Text)),
        ("in", PLACES),
        ("required", Ignored("a path always has all of its placeholders")),
        ("deprecated", Reported("the spec cannot express a deprecated placeholder", False)),
        ("schema", Read(Of(&PATH_VALUE))),
        ("content", Reported("a placeholder is a single text", Never)),
        ("description", Ignored(WORDS)),
        ("example", Ignored(EXAMPLE)),
        ("examples", Ignored(EXAMPLE)),
        ("style", Reported("a placeholder is a single text", Texted(&["simple"]))),
        ("explode", Reported("a placeholder is a single text", False)),
    ],
    needs: &["name", "in"],
    closed: None,
};

#[rustfmt::skip]
pub(super) static BODY: Part = Part {
    name: "a body",
    rows: &[
        ("content", Read(Content(ContentDirection::Sent))),
        ("description", Ignored(WORDS)),
        ("required", Ignored("a call that has a body always sends it, `{}` if nothing is set, which satisfies either value")),
    ],
    needs: &[],
    closed: None,
};

#[rustfmt::skip]
pub(super) static ANSWER: Part = Part {
    name: "a response",
    rows: &[
        ("content", Read(Content(ContentDirection::Answered))),
        ("headers", Read(Of(&ANSWER_HEADERS))),
        ("links", Reported("the spec cannot express links between calls", Empty)),
        ("description", Ignored(WORDS)),
        ("summary", Ignored(WORDS)),
    ],
    needs: &[],
    closed: None,
};

/// Every other header of a response is reported.
#[rustfmt::skip]
static ANSWER_HEADERS: Part = Part {
    name: "headers",
    rows: &[
        ("Content-Type", Ignored("OpenAPI ignores it: `content` has the media type")),
        ("Content-Length", Ignored("HTTP defines it for every response")),
    ],
    needs: &[],
    closed: None,
};

#[rustfmt::skip]
pub(super) static MEDIA: Part = Part {
    name: "content",
    rows: &[
        ("schema", Read(Of(&SCHEMA))),
        ("example", Ignored(EXAMPLE)),
        ("examples", Ignored(EXAMPLE)),
        ("encoding", Reported("the spec cannot express how a part of a form is encoded", Empty)),
    ],
    needs: &[],
    closed: None,
};

/// All positions.
pub(super) static ALL: &[(&str, &Part)] = &[
    ("document", &DOCUMENT),
    ("components", &COMPONENTS),
    ("security scheme", &SECURITY_SCHEME),
    ("path item", &PATH),
    ("operation", &CALL),
    ("query parameter", &QUERY),
    ("header parameter", &HEADER),
    ("path parameter", &PLACEHOLDER),
    ("request body", &BODY),
    ("response", &ANSWER),
    ("response headers", &ANSWER_HEADERS),
    ("media type", &MEDIA),
    ("schema", &SCHEMA),
    ("schema of a path parameter", &PATH_VALUE),
    ("discriminator", &DISCRIMINATOR),
    ("links of an object", &envelope::OF_OBJECT),
    ("pagination of a list", &envelope::PAGINATION),
    ("total of a list", &envelope::TOTAL),
];
