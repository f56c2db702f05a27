//! The code that is generated from any accepted name or text compiles, and no text becomes code.
//!
//! Each name is tried at each position of the spec. Names that the reader or the resolver rejects are left out. The rest
//! becomes one crate, which is compiled with the lints of the generated code.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod inputs;
mod spec;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use front_codegen::generate;
use front_codegen::sync::Files;
use front_tests::root;
use inputs::{NAMES, TEXTS};
use spec::{Hostile, POSITIONS};

#[test]
fn accepted_names_and_texts_compile() {
    let hostile = Hostile::accepted(NAMES, TEXTS);
    for position in POSITIONS {
        let kept = hostile.kept(position);
        assert!(kept * 10 > NAMES.len(), "{position}: only {kept} names are accepted");
    }
    // `Err` is also the name of an associated type of a trait that the enum implements.
    assert!(hostile.keeps("value", "Err"));
    let files = generate(&hostile.api);
    documentation_is_text(&files);
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &files);
    let output = Command::new(env!("CARGO"))
        .current_dir(folder.path())
        .args(["check", "--offline", "--quiet", "--color=never"])
        .env("CARGO_TARGET_DIR", root().join("target/scratch"))
        .output()
        .unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{}",
        stderr.chars().take(20_000).collect::<String>()
    );
}

/// Writes a copy of the golden crate with these files in place of its generated ones.
fn write(folder: &Path, files: &Files) {
    let golden = root().join("tests/golden");
    let manifest = fs::read_to_string(golden.join("Cargo.toml")).unwrap();
    let (_, dependencies) = manifest.split_once("[dependencies]\n").unwrap();
    let (dependencies, _) = dependencies.split_once("\n#").unwrap();
    let mut text = String::from("[package]\nname = \"hostile\"\nversion = \"0.0.0\"\n");
    let _infallible = write!(
        text,
        "edition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{dependencies}\n"
    );
    fs::create_dir_all(folder.join("src/generated")).unwrap();
    fs::write(folder.join("Cargo.toml"), text).unwrap();
    // Use the versions of the workspace, so that nothing is downloaded.
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let library = fs::read_to_string(golden.join("src/lib.rs")).unwrap();
    let relative = "../../../front-api";
    assert!(library.contains(relative));
    let runtime = root().join("front-api").to_string_lossy().replace('\\', "/");
    fs::write(folder.join("src/lib.rs"), library.replace(relative, &runtime)).unwrap();
    for (path, text) in files.iter() {
        fs::write(folder.join("src/generated").join(path), text).unwrap();
    }
}

/// Asserts that the generated examples are the only code in the documentation.
fn documentation_is_text(files: &Files) {
    let mut examples = 0;
    for (path, text) in files.iter() {
        let mut in_example = false;
        for line in text.lines() {
            let line = line.trim_start();
            let Some(doc) =
                line.strip_prefix("///").or_else(|| line.strip_prefix("//!"))
            else {
                assert!(!in_example, "{path}: an example is not closed before {line:?}");
                continue;
            };
            let doc = doc.strip_prefix(' ').unwrap_or(doc);
            if in_example {
                in_example = doc != "```";
                continue;
            }
            if doc == "```no_run" {
                (in_example, examples) = (true, examples + 1);
                continue;
            }
            // The line of a fence contains no other backquote. The line of a code span does.
            let is_fence = |line: &str| {
                line.starts_with("```") && !line.trim_start_matches('`').contains('`')
            };
            let is_code = is_fence(doc.trim_start())
                || doc.contains("~~~")
                || doc.starts_with("    ")
                || doc.contains('\t');
            assert!(!is_code, "{path}: {doc:?} is code");
            assert!(!doc.contains("<script"), "{path}: {doc:?} is HTML");
        }
    }
    assert!(examples > 100, "{examples}");
}
