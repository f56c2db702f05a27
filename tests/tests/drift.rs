//! The checked-in generated files match the spec.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

use front_codegen::ir::Api;
use front_codegen::{generate, resolve, spec, sync, targets};
use front_tests::root;

fn texts() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for folder in ["spec", "spec/resources"] {
        for entry in std::fs::read_dir(root().join(folder)).unwrap().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".yaml") {
                all.push((
                    format!("{folder}/{name}"),
                    std::fs::read_to_string(entry.path()).unwrap(),
                ));
            }
        }
    }
    all
}

fn api(texts: Vec<(String, String)>) -> Api {
    let (read, _) = spec::read_texts(texts).unwrap_or_else(|unread| {
        panic!("{}", unread.problems.render(&unread.sources, false))
    });
    let (api, problems) = resolve::resolve(&read);
    api.unwrap_or_else(|| panic!("{}", problems.render(&read.sources, false)))
}

fn files() -> sync::Files {
    generate(&api(texts()))
}

#[test]
fn every_target_is_up_to_date() {
    let api = api(texts());
    for target in targets() {
        let drift =
            sync::drift(&root().join(target.folder), &(target.make)(&api)).unwrap();
        assert!(
            drift.is_empty(),
            "{} does not match spec/: run `cargo xtask codegen`\n{drift:#?}",
            target.folder
        );
    }
}

#[test]
fn the_order_of_files_does_not_matter() {
    let (mut forwards, mut backwards) = (texts(), texts());
    forwards.sort();
    backwards.sort_by(|a, b| b.cmp(a));
    assert_eq!(generate(&api(forwards)), generate(&api(backwards)));
}

#[test]
fn a_deleted_folder_is_written_again() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("front-api/src/generated");
    let report = sync::write(&output, &files()).unwrap();
    assert!(!report.written.is_empty() && report.unchanged == 0, "{report:?}");
    assert!(sync::drift(&output, &files()).unwrap().is_empty());
    let again = sync::write(&output, &files()).unwrap();
    assert!(again.written.is_empty() && again.removed.is_empty(), "{again:?}");
}

#[test]
fn generated_files_are_formatted() {
    let mut command = Command::new("rustfmt");
    command
        .args(["--check", "--edition", "2024"])
        .arg(root().join("front-api/src/generated/mod.rs"))
        .arg(root().join("tests/tests/generated/answers.rs"))
        .arg(root().join("tests/tests/generated/calls.rs"));
    match command.output() {
        Ok(output) => assert!(
            output.status.success(),
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(why) => front_tests::skip(format_args!(
            "failed to start rustfmt: {why}; install it with `rustup component add rustfmt`"
        )),
    }
}

/// Examples are compiled as documentation tests, unless one is marked otherwise.
#[test]
fn every_call_has_an_example_that_is_compiled() {
    for resource in api(texts()).resources {
        let name = resource.name.snake();
        let path = format!("front-api/src/generated/{}.rs", resource.name.plain());
        let text = std::fs::read_to_string(root().join(path)).unwrap();
        let docs = || text.lines().filter_map(|line| line.trim().strip_prefix("/// "));
        let fences: Vec<&str> = docs().filter(|line| line.starts_with("```")).collect();
        let examples: Vec<&str> = fences.iter().step_by(2).copied().collect();
        assert_eq!(examples, vec!["```no_run"; resource.endpoints.len()], "{name}");
        // A chain may be broken over lines.
        let docs: String = docs().map(str::trim).collect();
        for endpoint in resource.endpoints {
            let call = format!("front.{name}().{}(", endpoint.name.snake());
            assert!(docs.contains(&call), "{call} has no example");
        }
    }
}

/// A path that is compiled into a program is that of the checkout where it was built. It is wrong after the build directory is
/// copied to another checkout.
#[test]
fn no_program_contains_the_path_of_its_checkout() {
    let mut sources = Vec::new();
    for folder in ["codegen", "front-api", "xtask", "tests"] {
        read_rust(&root().join(folder), &mut sources);
    }
    assert!(sources.len() > 300, "{}", sources.len());
    let variables =
        ["CARGO_MANIFEST_", "CARGO_BIN_EXE_", "CARGO_TARGET_TMPDIR", "OUT_DIR"];
    for (path, text) in sources {
        let text: String = text.split_whitespace().collect();
        // The compiler reads included files from the checkout that it compiles.
        let text = text.replace("include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\")", "");
        for macro_name in ["env", "option_env"] {
            for variable in variables {
                let found = text.contains(&format!("{macro_name}!(\"{variable}"));
                let help = "`front_tests::root()` and `front_tests::program()` find it at run time";
                assert!(!found, "{path} has `{variable}..` compiled in: {help}");
            }
        }
        let file = concat!("file", "!()");
        assert!(!text.contains(file), "{path} uses {file}");
    }
}

/// Reads all Rust files in a folder, except in build directories.
fn read_rust(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("target") {
            read_rust(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            found.push((path.display().to_string(), text));
        }
    }
}

/// All facts about Front come from `spec/`.
#[test]
fn neither_the_generator_nor_the_runtime_names_an_endpoint() {
    let api = api(texts());
    let endpoints = || api.resources.iter().flat_map(|of| &of.endpoints);
    let mut sources = Vec::new();
    for folder in [
        "codegen/src",
        "codegen/import/src",
        "codegen/diff/src",
        "front-api/src/rt",
        "xtask/src",
    ] {
        read_all(&root().join(folder), &mut sources);
    }
    assert!(sources.len() > 20);
    for (path, text) in sources {
        // Tests may take their examples from Front.
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for endpoint in endpoints() {
            for name in
                [format!("\"{}\"", endpoint.operation), format!("\"{}\"", endpoint.path)]
            {
                assert!(!text.contains(&name), "{path} names {name}");
            }
        }
    }
}

fn read_all(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            read_all(&path, found);
        } else {
            found.push((
                path.display().to_string(),
                std::fs::read_to_string(&path).unwrap(),
            ));
        }
    }
}
