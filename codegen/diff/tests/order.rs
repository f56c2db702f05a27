//! The order in which things are written, and the file that they are written in, is no change.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use front_codegen::ir::Api;
use front_codegen::spec::{Front, Resource, Spec, canonical};
use front_codegen::{resolve, spec};
use front_diff::diff;
use indexmap::IndexMap;

/// The texts of a project's spec.
fn texts(root: &Path) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for folder in ["spec", "spec/resources"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|end| end == "yaml") {
                let name = path.file_name().unwrap().to_str().unwrap();
                let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
                texts.push((format!("{folder}/{name}"), text));
            }
        }
    }
    texts.sort();
    texts
}

fn read(texts: Vec<(String, String)>) -> (Spec, Api) {
    let (spec, problems) = spec::read_texts(texts).unwrap();
    assert!(!problems.has_errors(), "{}", problems.render(&spec.sources, false));
    let (api, problems) = resolve::resolve(&spec);
    let api = api.unwrap_or_else(|| panic!("{}", problems.render(&spec.sources, false)));
    (spec, api)
}

fn reversed<V: Clone>(of: &IndexMap<String, V>) -> IndexMap<String, V> {
    of.iter().rev().map(|(key, value)| (key.clone(), value.clone())).collect()
}

/// The same resource, its calls and types the other way round, and what answers alone hold as well.
fn turned(path: &str, text: &str, api: &Api) -> String {
    let mut resource: Resource = serde_yaml::from_str(text).unwrap();
    resource.endpoints = reversed(&resource.endpoints);
    resource.types = reversed(&resource.types);
    for (name, of) in &mut resource.types {
        let known = api.types.iter().find(|known| known.name.camel() == *name).unwrap();
        // What `new` takes has the order of the fields.
        if !known.direction.input {
            of.fields = of.fields.as_ref().map(reversed);
        }
    }
    canonical(path, &resource)
}

/// The shared parts of the API in reverse order, except plans, whose order has a meaning.
fn front_turned(path: &str, text: &str) -> String {
    let mut front: Front = serde_yaml::from_str(text).unwrap();
    front.rate_limits = reversed(&front.rate_limits);
    front.errors.reverse();
    front.capabilities.reverse();
    front.auth.reverse();
    canonical(path, &front)
}

#[test]
fn no_order_is_a_change() {
    let root = front_tests::root();
    for root in [root.clone(), root.join("tests/golden")] {
        let texts = texts(&root);
        let (_, api) = read(texts.clone());
        let mut other: Vec<(String, String)> = texts
            .iter()
            .map(|(path, text)| {
                let is_resource = path.starts_with("spec/resources/");
                let text = match path.as_str() {
                    "spec/front.yaml" => front_turned(path, text),
                    _ if is_resource => turned(path, text, &api),
                    _ => text.clone(),
                };
                (path.clone(), text)
            })
            .collect();
        other.reverse();
        assert_ne!(texts, other);
        let (_, of_turned) = read(other);
        let base = &api;
        let head = &of_turned;
        for (base, head) in [(base, base), (base, head), (head, base)] {
            let found = diff(base, head);
            let said: Vec<String> =
                found.findings.iter().map(ToString::to_string).collect();
            assert!(said.is_empty(), "{}", said.join("\n"));
            assert!(found.unexplained.is_empty(), "{:#?}", found.unexplained);
        }
    }
}
