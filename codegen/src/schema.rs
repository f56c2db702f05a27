//! `spec/schema`: JSON schemas with which editors complete keys and words in the files of the spec, and mark errors.
//!
//! The schemas are derived from the structs of the spec language, with their documentation, and from the spec itself, which
//! contains the permissions, rate-limit classes, events and calls. An editor reports fewer errors than `cargo xtask check`, but
//! never others: the schemas accept everything that the spec accepts.

mod print;
mod words;

use schemars::JsonSchema;
use serde_json::{Map, Value};

use crate::ir::Api;
use crate::spec::schemas;
use crate::sync::Files;

pub use crate::spec::SCHEMAS as FOLDER;

/// Returns the schemas of all files, by their names in [`FOLDER`].
#[must_use]
pub fn files(api: &Api) -> Files {
    schemas::derived()
        .into_iter()
        .map(|(name, derived)| {
            let mut schema = closed(derived, "cargo xtask schema");
            words::fill(api, &mut schema);
            (name, print::pretty(&schema))
        })
        .collect()
}

/// Returns the text of the schema of a `T` that does not depend on the spec. Its comment names `command` as the writer.
#[must_use]
pub fn of<T: JsonSchema>(command: &str) -> String {
    print::pretty(&closed(schemas::derive::<T>(), command))
}

/// Restricts a derived schema to what the spec accepts. Its comment names `command` as the writer.
fn closed(mut schema: Value, command: &str) -> Value {
    if let Some(root) = schema.as_object_mut() {
        let comment = format!("{} by {command}. Do not edit.", crate::sync::MARK);
        root.insert("$comment".to_owned(), comment.into());
    }
    strict(&mut schema);
    schema
}

/// Restricts a schema from what serde accepts to what the spec accepts: no unknown keys, and no null.
fn strict(schema: &mut Value) {
    match schema {
        Value::Object(keywords) => {
            close(keywords);
            present(keywords);
            for value in keywords.values_mut() {
                strict(value);
            }
        }
        Value::Array(all) => all.iter_mut().for_each(strict),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Forbids unknown keys in a mapping.
fn close(keywords: &mut Map<String, Value>) {
    let is_mapping = keywords.get("properties").is_some_and(Value::is_object)
        && keywords.get("type").and_then(Value::as_str) == Some("object");
    if is_mapping && !keywords.contains_key("additionalProperties") {
        keywords.insert("additionalProperties".to_owned(), false.into());
    }
}

/// Removes null from the allowed values, and removes defaults and the widths of integers.
fn present(keywords: &mut Map<String, Value>) {
    if keywords.get("type").is_some_and(Value::is_string)
        || keywords.contains_key("$ref")
        || keywords.get("type").is_some_and(Value::is_array)
        || keywords.contains_key("anyOf")
    {
        keywords.remove("default");
        keywords.remove("format");
    }
    if let Some(Value::Array(kinds)) = keywords.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [kind] = kinds.as_slice() {
            let kind = kind.clone();
            keywords.insert("type".to_owned(), kind);
        }
    }
    let null = |case: &Value| case.get("type").is_some_and(|kind| kind == "null");
    if let Some(Value::Array(cases)) = keywords.get_mut("anyOf")
        && cases.iter().any(null)
    {
        cases.retain(|case| !null(case));
        if let [Value::Object(case)] = cases.as_slice() {
            let case = case.clone();
            keywords.remove("anyOf");
            keywords.extend(case);
        }
    }
}
