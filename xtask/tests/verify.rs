//! Tests of `cargo xtask verify` and `diff --verify`, with the tools if they are installed.

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

/// Asserts the exit code of a command. Returns its standard output and standard error.
fn expect_code(command: &mut Command, code: i32) -> (String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let (stdout, stderr) =
        (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert_eq!(status.code(), Some(code), "{stdout}{stderr}");
    (stdout, stderr)
}

/// Returns the installed tools, by their cargo subcommand. Reports missing tools.
fn installed_tools() -> Vec<&'static str> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let is_installed = |tool: &&str| {
        let output = Command::new(&cargo).args([tool, "--version"]).output();
        let is_installed = output.is_ok_and(|output| output.status.success());
        if !is_installed {
            let why = "`cargo xtask verify --install` installs it";
            writeln!(std::io::stderr(), "skipped: cargo-{tool} is missing; {why}")
                .unwrap_or(());
        }
        is_installed
    };
    TOOLS.into_iter().filter(is_installed).collect()
}

/// Creates a folder with a copy of the spec.
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
fn without_the_tools_the_error_names_the_command_to_install_them() {
    let empty = tempfile::tempdir().unwrap();
    for words in [&["verify"][..], &["diff", ".", ".", "--verify"]] {
        let (_, stderr) = expect_code(
            xtask(words).env("PATH", empty.path()).env("CARGO_HOME", empty.path()),
            3,
        );
        assert_eq!(
            stderr,
            "error: no tool to verify with: neither cargo-semver-checks nor cargo-public-api is installed\n\
             help: `cargo xtask verify --install` installs the missing tools\n"
        );
    }
}

/// One test, because both commands write to the same folder.
#[test]
fn no_verdict_is_less_strict_than_the_tools() {
    let tools = installed_tools();
    if tools.is_empty() {
        return;
    }
    let (stdout, _) = expect_code(&mut xtask(&["verify"]), 0);
    for tool in &tools {
        let line =
            stdout.lines().find(|line| line.starts_with(&format!("cargo-{tool}: ")));
        let line = line.unwrap_or_else(|| panic!("no line for {tool}: {stdout}"));
        let findings: usize =
            line.split(' ').nth(1).and_then(|number| number.parse().ok()).unwrap();
        assert!(findings > 50, "the tools find the breaking examples: {line}");
    }

    let base = copy_of_the_spec();
    let tags = base.path().join("spec/resources/tags.yaml");
    let text = fs::read_to_string(&tags).unwrap();
    let more = text.replacen("    - red\n", "    - red\n    - gone\n", 1);
    assert_ne!(text, more);
    fs::write(&tags, more).unwrap();
    let mut diff = xtask(&["diff"]);
    diff.arg(base.path()).args([".", "--verify", "--fail-on=never"]);
    let (stdout, _) = expect_code(&mut diff, 0);
    let last = stdout.lines().last().unwrap();
    assert!(
        last.starts_with("verified: major by the report, major by cargo-"),
        "{stdout}"
    );
}
