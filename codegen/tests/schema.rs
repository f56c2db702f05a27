//! The schemas refuse invalid files, and accept all valid files.
//!
//! `tests/golden/spec/schema` contains the schemas of the golden spec. `BLESS=1 cargo test` writes them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use front_codegen::ir::Api;
use front_codegen::{resolve, schema, spec, sync};
use jsonschema::Validator;
use serde_json::{Value, json};

fn golden() -> PathBuf {
    front_tests::root().join("tests/golden")
}

/// Returns the API of a project, whatever the layout of its files.
fn api(root: &Path) -> Api {
    let (read, _) = spec::read(root).unwrap_or_else(|unread| {
        panic!("{}", unread.problems.render(&unread.sources, false))
    });
    let (api, problems) = resolve::resolve(&read);
    api.unwrap_or_else(|| panic!("{}", problems.render(&read.sources, false)))
}

/// Converts a YAML file to JSON as schemas see it: all keys are strings.
fn json(text: &str) -> Value {
    fn of(value: serde_yaml::Value) -> Value {
        match value {
            serde_yaml::Value::Mapping(entries) => entries
                .into_iter()
                .map(|(key, value)| match key {
                    serde_yaml::Value::String(key) => (key, of(value)),
                    other => (
                        serde_yaml::to_string(&other).unwrap().trim().to_owned(),
                        of(value),
                    ),
                })
                .collect(),
            serde_yaml::Value::Sequence(items) => items.into_iter().map(of).collect(),
            scalar => serde_json::to_value(scalar).unwrap(),
        }
    }
    of(serde_yaml::from_str(text).unwrap())
}

fn validator(api: &Api, name: &str) -> Validator {
    let files = schema::files(api);
    let schema: Value = serde_json::from_str(files.get(name).unwrap()).unwrap();
    assert!(
        jsonschema::draft202012::meta::is_valid(&schema),
        "{name} is not a valid schema"
    );
    jsonschema::draft202012::new(&schema).unwrap()
}

/// Returns every YAML file of a spec, with the name of its schema.
fn files(root: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in ["spec", "spec/resources"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            if path.extension().is_some_and(|ends| ends == "yaml") {
                let schema = if folder == "spec" { &name } else { "resource" };
                found.push((path, format!("{schema}.json")));
            }
        }
    }
    assert!(found.len() > 4, "{found:?}");
    found
}

fn every_file_is_valid(root: &Path) {
    let api = api(root);
    let mut errors = String::new();
    for (path, name) in files(root) {
        let value = json(&fs::read_to_string(&path).unwrap());
        for error in validator(&api, &name).iter_errors(&value) {
            errors.push_str(&format!(
                "{} {}: {error}\n",
                path.display(),
                error.instance_path()
            ));
        }
    }
    assert!(errors.is_empty(), "{errors}");
}

#[test]
fn every_file_of_the_golden_spec_is_valid() {
    every_file_is_valid(&golden());
}

#[test]
fn every_file_of_the_spec_is_valid() {
    every_file_is_valid(&front_tests::root());
}

#[test]
fn golden_schemas_are_up_to_date() {
    let files = schema::files(&api(&golden()));
    let folder = golden().join(schema::FOLDER);
    if std::env::var_os("BLESS").is_some_and(|value| value == "1") {
        sync::write(&folder, &files).unwrap();
    }
    let drift = sync::drift(&folder, &files).unwrap();
    assert!(
        drift.is_empty(),
        "if this is intended, run `BLESS=1 cargo test -p front-codegen --test schema`\n{drift:#?}"
    );
}

#[test]
fn the_first_line_of_every_file_names_its_schema() {
    for (path, name) in files(&golden()) {
        let text = fs::read_to_string(&path).unwrap();
        let first = text.lines().next().unwrap();
        let schema = first.strip_prefix("# yaml-language-server: $schema=").unwrap();
        let schema = path.parent().unwrap().join(schema).canonicalize().unwrap();
        let expected = golden().join(schema::FOLDER).join(name);
        assert_eq!(schema, expected.canonicalize().unwrap());
    }
}

/// Returns whether the golden spec's schema refuses a resource with this change.
fn refuses(change: impl FnOnce(&mut Value)) -> bool {
    let api = api(&golden());
    let text = fs::read_to_string(golden().join("spec/resources/plain.yaml")).unwrap();
    let mut resource = json(&text);
    let validator = validator(&api, "resource.json");
    assert!(validator.is_valid(&resource));
    change(&mut resource);
    !validator.is_valid(&resource)
}

#[test]
fn invalid_values_are_refused() {
    for (key, value) in [
        ("method", json!("FETCH")),
        ("capability", json!("things:raed")),
        ("rate_limit", json!("standrad")),
        ("webhook", json!("thing_changd")),
        ("access", json!("wirte")),
        ("repeat", json!("always")),
        ("redirects", json!("merged")),
        ("replaced_by", json!("plain.gte")),
        ("replaced_by", json!("get")),
        ("published_scope", json!("none")),
        ("returns", json!({ "typ": "Thing" })),
        ("returns", json!({ "type": "required Thing" })),
        ("about", json!(null)),
        ("about", json!(["a"])),
        ("max_page", json!(-1)),
        ("arguments", json!("name")),
        ("params", json!({ "a": "strnig" })),
        ("params", json!({ "a": { "about": "A." } })),
        ("params", json!({ "a": { "type": "string", "maxlength": 1 } })),
        ("rate_limits", json!("standard")),
    ] {
        let change =
            |resource: &mut Value| resource["endpoints"]["get"][key] = value.clone();
        assert!(refuses(change), "{key}: {value}");
    }
    for ty in [
        json!({}),
        json!({ "fields": {}, "values": [] }),
        json!({ "values": [1] }),
        json!({ "values": [{ "a": "A.", "b": "B." }] }),
        json!({ "values": [{ "a": { "means": "A." } }] }),
        json!({ "union": { "by": "type", "cases": {} } }),
        json!({ "choice": { "cases": { "a": { "b": "optional string" } } } }),
    ] {
        assert!(refuses(|resource| resource["types"]["More"] = ty.clone()), "{ty}");
    }
    assert!(refuses(|resource| resource["colour"] = json!("blue")));
    assert!(refuses(|resource| drop(resource.as_object_mut().unwrap().remove("about"))));
    assert!(refuses(|resource| resource["types"]["more"] = json!({ "values": ["a"] })));
}

#[test]
fn every_short_and_long_form_is_accepted() {
    for ty in [
        json!({ "values": ["a", { "b": "B." }, { "c": { "name": "C", "deprecated": "Old." } }] }),
        json!({ "fields": { "a": "nullable list of map of PlainId", "b": { "type": "always Thing" } } }),
        json!({ "fields": { "a.b[]": "required NotYetThere" } }),
        json!({ "links": [], "fields": {} }),
        json!({ "union": { "tag": "a.b", "content": "c", "cases": { "d": "Thing", "e": { "type": "json" } } } }),
        json!({ "choice": { "cases": { "a": {}, "b": { "c": "file" } } } }),
    ] {
        assert!(!refuses(|resource| resource["types"]["More"] = ty.clone()), "{ty}");
    }
}
