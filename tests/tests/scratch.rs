//! Programs outside the workspace: the one in the README, and one whose other dependencies enable features.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::Command;

use front_tests::root;

/// The version requirement for the crate's version.
const CURRENT: &str =
    concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));

#[test]
fn the_program_in_the_readme_compiles() {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let manifest = code_block(&readme, "```toml\n");
    let program = code_block(&readme, "```rust,no_run\nuse front_api");
    let manifest = manifest.replace(
        &format!("front-api = \"{CURRENT}\""),
        &format!("front-api = {}", path_dependency()),
    );
    assert!(
        manifest.contains("path ="),
        "the manifest in the README does not require the current version of the crate, {CURRENT}"
    );
    cargo("check", &manifest, &format!("use front_api{program}"));
}

/// Features unify: another dependency may enable a feature that changes how numbers are represented.
#[test]
fn arbitrary_precision_changes_nothing() {
    let manifest = format!(
        "[dependencies]\nfront-api = {}\nserde_json = {{ version = \"1\", features = [\"arbitrary_precision\"] }}\n",
        path_dependency()
    );
    cargo(
        "run",
        &manifest,
        r###"
        fn main() {
            let text = r##"{"id":"evt_1","emitted_at":1703102616.25,
                "source":{"_meta":{"type":"teammate"},"data":{"id":"tea_1"}},
                "conversation":{"id":"cnv_1","created_at":1703102616,
                    "custom_fields":{"n":123456789012345678901234567890,"m":[1.5,{"k":-1}]}}}"##;
            let event: front_api::events::Event = serde_json::from_str(text).unwrap();
            assert_eq!(event.emitted_at.unwrap().as_millis(), 1_703_102_616_250);
            assert!(matches!(event.source, Some(front_api::events::EventSource::Teammate(_))));
            let value: serde_json::Value = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_value(&event).unwrap(), value);
            serde_json::from_str::<front_api::tags::TagId>("11").unwrap_err();
        }
        "###,
    );
}

/// Returns the crate as a path dependency.
fn path_dependency() -> String {
    let path = root().join("front-api").to_string_lossy().replace('\\', "/");
    format!("{{ version = \"{CURRENT}\", path = \"{path}\" }}")
}

/// Checks or runs a program in a temporary folder.
fn cargo(command: &str, manifest: &str, program: &str) {
    let folder = tempfile::tempdir().unwrap();
    let head = "[package]\nname = \"scratch\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n";
    std::fs::create_dir(folder.path().join("src")).unwrap();
    std::fs::write(folder.path().join("Cargo.toml"), format!("{head}{manifest}"))
        .unwrap();
    std::fs::write(folder.path().join("src/main.rs"), program).unwrap();
    // Use the versions of the workspace, so that nothing is downloaded.
    std::fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock")).unwrap();
    let output = Command::new(env!("CARGO"))
        .current_dir(folder.path())
        .args([command, "--offline", "--quiet"])
        .env("CARGO_TARGET_DIR", root().join("target/scratch"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Returns the content of the code block that starts with `begin`.
fn code_block<'a>(text: &'a str, begin: &str) -> &'a str {
    let (_, rest) = text
        .split_once(begin)
        .unwrap_or_else(|| panic!("the README has no block that starts with {begin:?}"));
    rest.split_once("\n```").unwrap().0
}
