//! `spec/schema`: what an editor reads to offer keys and words in the spec's files, and to mark what does not belong there.
//!
//! Derived from the structs of the spec's language, with their documentation, and from the spec itself: permissions,
//! rate-limit classes, events and calls are those that it has. An editor hears less than `cargo xtask check` does, and
//! nothing else: what the spec accepts, its schema accepts.

mod print;
mod words;

use schemars::JsonSchema;
use serde_json::{Map, Value};

use crate::ir::Api;
use crate::spec::schemas;
use crate::sync::Files;

pub use crate::spec::SCHEMAS as FOLDER;

/// The schemas of all files, by their names in [`FOLDER`].
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

/// Returns the text of the schema of a `T`, of which nothing depends on the spec. Its comment says that `command` writes it.
#[must_use]
pub fn of<T: JsonSchema>(command: &str) -> String {
    print::pretty(&closed(schemas::derive::<T>(), command))
}

/// What is derived, with what the spec refuses beside it. Its comment says that `command` writes it.
fn closed(mut schema: Value, command: &str) -> Value {
    if let Some(root) = schema.as_object_mut() {
        let comment = format!("{} by {command}. Do not edit.", crate::sync::MARK);
        root.insert("$comment".to_owned(), comment.into());
    }
    strict(&mut schema);
    schema
}

/// Makes of what serde takes what the spec takes: no key beside those that a mapping has, and no null.
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

/// Lets a mapping have no keys but its own.
fn close(keywords: &mut Map<String, Value>) {
    let is_mapping = keywords.get("properties").is_some_and(Value::is_object)
        && keywords.get("type").and_then(Value::as_str) == Some("object");
    if is_mapping && !keywords.contains_key("additionalProperties") {
        keywords.insert("additionalProperties".to_owned(), false.into());
    }
}

/// Takes away that a value may be null, what it is where it is left out, and how wide an integer is.
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
