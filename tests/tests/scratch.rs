//! A program outside of the workspace, made of what the README says and nothing else.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::process::Command;

use front_tests::root;

#[test]
fn the_readme_is_enough() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let manifest = block(&readme, "```toml\n");
    let program = block(&readme, "```rust,no_run\nuse front_api");
    let folder = tempfile::tempdir().unwrap();
    let path = root().join("front-api").to_string_lossy().replace('\\', "/");
    let manifest = manifest.replace(
        "front-api = \"0.1\"",
        &format!("front-api = {{ version = \"0.1\", path = \"{path}\" }}"),
    );
    assert!(
        manifest.contains(&path),
        "the README's manifest names the crate's current version"
    );
    let head = "[package]\nname = \"scratch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n";
    std::fs::create_dir(folder.path().join("src")).unwrap();
    std::fs::write(folder.path().join("Cargo.toml"), format!("{head}{manifest}"))
        .unwrap();
    std::fs::write(folder.path().join("src/main.rs"), format!("use front_api{program}"))
        .unwrap();
    // The versions that the workspace has, so that nothing is fetched.
    std::fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .current_dir(folder.path())
        .args(["check", "--offline", "--quiet"])
        .env("CARGO_TARGET_DIR", root().join("target/scratch"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// What stands between a fence that begins like this and its end.
fn block<'a>(text: &'a str, begin: &str) -> &'a str {
    let (_, rest) = text
        .split_once(begin)
        .unwrap_or_else(|| panic!("the README has a block that begins with {begin:?}"));
    rest.split_once("\n```").unwrap().0
}
