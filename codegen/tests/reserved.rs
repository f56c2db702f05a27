//! Compares the reserved names with the public API of the runtime, so that a renamed method or module stays reserved.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;

use front_codegen::reserved::{CLIENT_METHODS, MODULES};

/// Returns the committed listing of the crate's public API.
fn public_api() -> String {
    fs::read_to_string(front_tests::root().join("tests/public-api.txt")).unwrap()
}

/// Returns the methods of the client that the runtime defines.
fn client_methods(api: &str) -> BTreeSet<&str> {
    let (mut in_runtime, mut in_client) = (false, false);
    let mut methods = BTreeSet::new();
    for line in api.lines() {
        if let Some(file) = line.strip_prefix("// ") {
            in_runtime = file.starts_with("rt/");
        } else if line.starts_with("impl") {
            in_client = line.contains(" Client<") && !line.contains(" for ");
        } else if line == "}" {
            in_client = false;
        }
        let method = line.strip_prefix("    pub ").and_then(|line| {
            let line = line.trim_start_matches("const ").trim_start_matches("async ");
            line.strip_prefix("fn ")?.split(['(', '<']).next()
        });
        if in_runtime && in_client {
            methods.extend(method);
        }
    }
    methods
}

#[test]
fn methods_of_the_client_are_reserved() {
    let api = public_api();
    let methods = client_methods(&api);
    assert!(methods.contains("restrict"), "{methods:?}");
    let missing: Vec<&&str> =
        methods.iter().filter(|name| !CLIENT_METHODS.contains(name)).collect();
    assert!(missing.is_empty(), "not in `CLIENT_METHODS`: {missing:?}");
}

#[test]
fn shared_modules_are_reserved() {
    let resources = front_tests::root().join("spec/resources");
    let api = public_api();
    let modules = api.lines().filter_map(|line| {
        line.strip_prefix("pub mod ").and_then(|line| line.strip_suffix(';'))
    });
    let shared: Vec<&str> = modules
        .filter(|name| !resources.join(format!("{name}.yaml")).exists())
        .collect();
    assert!(shared.contains(&"operations"), "{shared:?}");
    let missing: Vec<&&str> =
        shared.iter().filter(|name| !MODULES.contains(name)).collect();
    assert!(missing.is_empty(), "not in `MODULES`: {missing:?}");
}
