//! A published document: complete JSON, OpenAPI 3, in a form that the import knows, with valid references.

mod form;
mod table;
mod walk;

use std::collections::HashMap;

use serde_json::error::Category;

use super::json::Json;
pub(super) use super::pointer::{escaped, unescaped};
use super::refused::{Fault, Refused};
use super::unread::Unread;

/// An OpenAPI 3 document.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    root: Json,
    unread: Vec<Unread>,
    /// The statuses that the spec has, by operation id.
    statuses: HashMap<String, u16>,
}

/// The media type of JSON.
pub(super) const JSON: &str = "application/json";
/// The media type of forms.
pub(super) const FORM: &str = "multipart/form-data";

/// The longest chain of references: no schema is composed more deeply.
pub(super) const DEEP: usize = 100;

/// The keys that contain values and not parts of the document.
const VALUES: &[&str] = &["example", "examples", "default", "enum", "const", "mapping"];

/// The keys that contain parts of the document by arbitrary names.
const BY_NAME: &[&str] = &[
    "properties",
    "patternProperties",
    "paths",
    "schemas",
    "responses",
    "parameters",
    "requestBodies",
    "pathItems",
    "content",
    "$defs",
];

impl Document {
    /// Reads a document.
    ///
    /// # Errors
    ///
    /// Returns an error if it is not JSON, not OpenAPI 3, has no calls, has an unknown form, or has a reference without a target.
    pub fn read(bytes: &[u8]) -> Result<Self, Refused> {
        Self::read_knowing(bytes, HashMap::new())
    }

    /// Reads a document. `statuses` contains the response statuses that the spec has, by operation id.
    pub(super) fn read_knowing(
        bytes: &[u8],
        statuses: HashMap<String, u16>,
    ) -> Result<Self, Refused> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let root: Json = serde_json::from_slice(bytes).map_err(|e| unread(bytes, &e))?;
        if root.object().is_none() {
            return Err(not_openapi("the document is not a JSON object").into());
        }
        match root.get("openapi").text() {
            Some(version) if version.starts_with("3.") => {}
            Some(version) => {
                let title =
                    format!("the document is written in OpenAPI {version}, not 3");
                return Err(not_openapi(title).into());
            }
            None => return Err(not_openapi("the document has no key `openapi`").into()),
        }
        if !root.get("paths").entries().any(|(_, calls)| calls.object().is_some()) {
            let fault = Fault::new("#/paths", "the document has no calls")
                .help("an import would remove every call of the spec: check that the document is complete");
            return Err(fault.into());
        }
        let mut document = Self { root, unread: Vec::new(), statuses };
        let (mut faults, unread) = walk::walk(&document);
        document.check(&document.root, &mut String::from("#"), false, &mut faults);
        document.unread = unread;
        if faults.is_empty() { Ok(document) } else { Err(Refused::Document(faults)) }
    }

    /// Returns the keywords that an import does not read, in the order of the document.
    #[must_use]
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }

    /// Returns the value of a top-level key.
    pub(super) fn part(&self, key: &str) -> &Json {
        self.root.get(key)
    }

    /// Returns the target of a pointer such as `#/components/schemas/Tag`.
    pub(super) fn at(&self, pointer: &str) -> Option<&Json> {
        let steps = pointer.strip_prefix('#')?;
        let mut steps = steps.split('/');
        if steps.next() != Some("") {
            return None;
        }
        steps.try_fold(&self.root, |json, step| {
            let step = unescaped(step);
            match json {
                Json::Object(keys) => keys.get(step.as_ref()),
                Json::List(items) => items.get(step.parse::<usize>().ok()?),
                _ => None,
            }
        })
    }

    /// Checks all references in a part of the document.
    fn check(&self, json: &Json, at: &mut String, names: bool, faults: &mut Vec<Fault>) {
        if let (false, Some(pointer)) = (names, json.get("$ref").text())
            && self.at(pointer).is_none()
        {
            let title = if pointer.starts_with('#') {
                format!("the target `{pointer}` is missing")
            } else {
                format!("the target `{pointer}` is outside the document")
            };
            let help = if pointer.starts_with('#') {
                "the document is incomplete, or Front made a mistake"
            } else {
                "an import reads a single document: bundle the references first"
            };
            faults.push(Fault::new(at.clone(), title).help(help));
        }
        let length = at.len();
        for (key, value) in json.entries() {
            if names || !(VALUES.contains(&key) || key.starts_with("x-")) {
                at.push('/');
                at.push_str(&escaped(key));
                self.check(value, at, !names && BY_NAME.contains(&key), faults);
                at.truncate(length);
            }
        }
        for (number, item) in json.items().iter().enumerate() {
            at.push('/');
            at.push_str(&number.to_string());
            self.check(item, at, false, faults);
            at.truncate(length);
        }
    }
}

/// What an import does with a keyword.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Keyword {
    /// The kind of object that has it.
    pub position: &'static str,
    /// The keyword.
    pub keyword: &'static str,
    /// `read`, `ignored`, `reported` or `rejected`.
    pub outcome: &'static str,
    /// Why it is not read; empty if it is read.
    pub why: &'static str,
}

/// Returns the table of all keywords, by position.
pub fn keywords() -> impl Iterator<Item = Keyword> {
    let rows = |&(position, part): &(&'static str, &'static form::Part)| {
        part.rows.iter().map(move |(keyword, row)| {
            let (outcome, why) = row.outcome();
            Keyword { position, keyword, outcome, why }
        })
    };
    table::ALL.iter().flat_map(rows)
}

/// Returns the target of a reference, and any other value unchanged.
pub(super) fn follow<'j>(document: &'j Document, json: &'j Json) -> &'j Json {
    let mut json = json;
    for _ in 0..DEEP {
        match json.get("$ref").text().and_then(|pointer| document.at(pointer)) {
            Some(there) => json = there,
            None => break,
        }
    }
    json
}

/// Returns the content that is read, with its key and the name of its media type: JSON if there is any, else the first.
pub(super) fn media(content: &Json) -> Option<(&str, &str, &Json)> {
    let is_json = |media: &str| media.starts_with(JSON) || media.ends_with("+json");
    content
        .entries()
        .find(|(media, _)| is_json(media))
        .or_else(|| content.entries().next())
        .map(|(media, json)| (media, if is_json(media) { JSON } else { media }, json))
}

/// Returns the successful response of a call that is read, with its key: the one with the status that the spec knows, so that
/// another one beside it changes nothing; else the one with the lowest status, else `default`.
pub(super) fn chosen<'j>(
    document: &Document,
    call: &'j Json,
) -> Option<(&'j str, &'j Json)> {
    let known = call.get("operationId").text().and_then(|id| document.statuses.get(id));
    let responses = call.get("responses");
    responses
        .entries()
        .filter_map(|(key, response)| Some((success(key)?, key, response)))
        .min_by_key(|(status, ..)| (Some(status) != known, *status))
        .map(|(_, key, response)| (key, response))
        .or_else(|| {
            responses.has("default").then(|| ("default", responses.get("default")))
        })
}

/// Returns whether OpenAPI ignores header parameters with this name.
pub(super) fn has_own_place(name: &str) -> bool {
    ["Accept", "Content-Type", "Authorization"]
        .iter()
        .any(|own| own.eq_ignore_ascii_case(name))
}

/// Returns the success status that a key of `responses` means.
pub(super) fn success(key: &str) -> Option<u16> {
    match key {
        "2XX" | "2xx" => Some(200),
        digits => digits.parse().ok().filter(|status| (200..300).contains(status)),
    }
}

fn not_openapi(title: impl Into<String>) -> Fault {
    Fault::new("", title).help("Front's document has `\"openapi\": \"3.0.0\"`")
}

/// Describes bytes that are not JSON, from serde's error.
fn unread(bytes: &[u8], error: &serde_json::Error) -> Refused {
    let mut message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    if let Some(bare) = message.strip_suffix(&place) {
        message.truncate(bare.len());
    }
    let at = match error.line() {
        0 => String::new(),
        line => format!("line {line}, column {}", error.column()),
    };
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    let fault = match (error.classify(), first) {
        (_, None) => Fault::new("", "the document is empty"),
        (Category::Eof, _) => Fault::new(at, "the document ends too early")
            .help("it was cut off: download it again"),
        (Category::Data, _) => Fault::new(at, message),
        (_, Some(b'<')) => Fault::new(at, "the document is a web page")
            .help("download the raw JSON file"),
        (_, Some(b'{' | b'[')) => Fault::new(at, format!("invalid JSON: {message}")),
        _ => Fault::new(at, format!("the document is not JSON: {message}"))
            .help("YAML is not supported: download the JSON file"),
    };
    fault.into()
}
