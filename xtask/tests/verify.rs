//! `cargo xtask verify` and `diff --verify`, with the tools where they are here.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const TOOLS: [&str; 2] = ["semver-checks", "public-api"];

fn root() -> PathBuf {
    front_tests::root()
}

fn xtask(words: &[&str]) -> Command {
    let mut command = Command::new(front_tests::program("xtask"));
    command.current_dir(root()).args(words);
    command
}

/// Sees that it ended so, and gives what it said: how it went, and what is wrong.
fn ends(command: &mut Command, code: i32) -> (String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (said, wrong) =
        (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert_eq!(status.code(), Some(code), "{said}{wrong}");
    (said, wrong)
}

/// The tools that are here, by the names that cargo calls them. What is not here is said.
fn here() -> Vec<&'static str> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let is_here = |tool: &&str| {
        let output = Command::new(&cargo).args([tool, "--version"]).output();
        let is_here = output.is_ok_and(|output| output.status.success());
        if !is_here {
            let why = "`cargo xtask verify --install` installs it";
            writeln!(std::io::stderr(), "skipped: cargo-{tool} is not here; {why}")
                .unwrap_or(());
        }
        is_here
    };
    TOOLS.into_iter().filter(is_here).collect()
}

/// A folder with our spec.
fn copy_of_the_spec() -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let target = to.join(path.file_name().unwrap());
            if path.is_dir() {
                copy(&path, &target);
            } else {
                fs::copy(&path, target).unwrap();
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    copy(&root().join("spec"), &folder.path().join("spec"));
    folder
}

#[test]
fn without_the_tools_it_says_how_to_get_them() {
    let empty = tempfile::tempdir().unwrap();
    for words in [&["verify"][..], &["diff", ".", ".", "--verify"]] {
        let (_, wrong) = ends(
            xtask(words).env("PATH", empty.path()).env("CARGO_HOME", empty.path()),
            3,
        );
        assert_eq!(
            wrong,
            "error: neither cargo-semver-checks nor cargo-public-api is here to verify with\n\
             help: `cargo xtask verify --install` installs what is missing\n"
        );
    }
}

/// One test, since both write to one folder.
#[test]
fn no_verdict_is_milder_than_the_tools() {
    let tools = here();
    if tools.is_empty() {
        return;
    }
    let (said, _) = ends(&mut xtask(&["verify"]), 0);
    for tool in &tools {
        let line =
            said.lines().find(|line| line.starts_with(&format!("cargo-{tool}: ")));
        let line = line.unwrap_or_else(|| panic!("{tool} said nothing: {said}"));
        let charges: usize =
            line.split(' ').nth(1).and_then(|number| number.parse().ok()).unwrap();
        assert!(charges > 50, "examples that break are held against by tools: {line}");
    }

    let base = copy_of_the_spec();
    let tags = base.path().join("spec/resources/tags.yaml");
    let text = fs::read_to_string(&tags).unwrap();
    let more = text.replacen("    - red\n", "    - red\n    - gone\n", 1);
    assert_ne!(text, more);
    fs::write(&tags, more).unwrap();
    let mut diff = xtask(&["diff"]);
    diff.arg(base.path()).args([".", "--verify", "--fail-on=never"]);
    let (said, _) = ends(&mut diff, 0);
    let last = said.lines().last().unwrap();
    assert!(
        last.starts_with("verified: major by the report, major by cargo-"),
        "{said}"
    );
}
