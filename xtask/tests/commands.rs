//! The commands as a maintainer types them, in a project of their own: exit codes, what is said, what is touched.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A project with a spec of its own; the golden one, to begin with.
struct Project(tempfile::TempDir);

/// What a spec holds.
struct Counts {
    resources: usize,
    said: String,
}

/// Files that are made beside one for each resource.
const SHARED: usize = 7;

/// What a command did.
struct Ran {
    code: Option<i32>,
    said: String,
    wrong: String,
}

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden/spec");
        copy(&golden, &folder.path().join("spec"));
        std::fs::create_dir(folder.path().join("xtask")).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs `cargo xtask` in it.
    fn xtask(&self, words: &[&str]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(words)
            // What cargo sets when it runs a package's program.
            .env("CARGO_MANIFEST_DIR", self.path("xtask"))
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran {
            code: output.status.code(),
            said: text(output.stdout),
            wrong: text(output.stderr),
        }
    }

    fn edit(&self, name: &str, old: &str, new: &str) {
        let text = std::fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(old), "{old:?} is not in {name}");
        std::fs::write(self.path(name), text.replacen(old, new, 1)).unwrap();
    }

    /// What the spec holds, counted apart from the program.
    fn counts(&self) -> Counts {
        let count = |folder: &str, begins: &str| {
            let mut files = BTreeMap::new();
            read(&self.path(folder), &mut files);
            files
                .values()
                .flat_map(|text| text.lines())
                .filter(|line| line.starts_with(begins))
                .count()
        };
        let resources = count("spec/resources", "resource: ");
        let operations = count("spec/resources", "    operation: ");
        let mut types = 0;
        let mut files = BTreeMap::new();
        read(&self.path("spec/resources"), &mut files);
        for text in files.values() {
            let behind = text.lines().skip_while(|line| *line != "types:").skip(1);
            types += behind
                .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
                .count();
        }
        let said =
            format!("{resources} resources, {operations} operations, {types} types");
        Counts { resources, said }
    }

    /// Every file, with its text.
    fn all(&self) -> BTreeMap<PathBuf, String> {
        let mut found = BTreeMap::new();
        read(self.0.path(), &mut found);
        found
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn read(folder: &Path, found: &mut BTreeMap<PathBuf, String>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            read(&path, found);
        } else {
            found.insert(path.clone(), std::fs::read_to_string(path).unwrap());
        }
    }
}

const GENERATED: &str = "front-api/src/generated";

#[test]
fn codegen_writes_once_and_says_what() {
    let project = Project::new();
    let first = project.xtask(&["codegen"]);
    assert_eq!((first.code, first.wrong.as_str()), (Some(0), ""));
    let counts = project.counts();
    let files = counts.resources + SHARED;
    let summary =
        format!("{}: {files} files written, 0 unchanged, 0 removed", counts.said);
    assert!(
        first.said.starts_with(&summary) && first.said.ends_with(" ms)\n"),
        "{}",
        first.said
    );
    let made = project.all();
    let again = project.xtask(&["codegen"]);
    assert!(
        again.said.contains(&format!(": 0 files written, {files} unchanged, 0 removed")),
        "{}",
        again.said
    );
    assert_eq!(project.all(), made);
    assert_eq!(project.xtask(&["codegen", "--check"]).code, Some(0));
    assert_eq!(project.xtask(&["codegen", "-q"]).said, "");
}

#[test]
fn codegen_says_each_file_when_asked_and_removes_what_nothing_makes() {
    let project = Project::new();
    project.xtask(&["codegen"]);
    let orphan = project.path(GENERATED).join("gone.rs");
    std::fs::write(
        &orphan,
        "// @generated by cargo xtask codegen from spec. Do not edit.\n",
    )
    .unwrap();
    std::fs::remove_file(project.path(GENERATED).join("plain.rs")).unwrap();
    let check = project.xtask(&["codegen", "--check"]);
    assert_eq!(check.code, Some(1));
    assert!(
        check.wrong.contains("missing: front-api/src/generated/plain.rs"),
        "{}",
        check.wrong
    );
    assert!(
        check.wrong.contains("nothing generates front-api/src/generated/gone.rs"),
        "{}",
        check.wrong
    );
    assert!(orphan.exists(), "`--check` writes nothing");
    let ran = project.xtask(&["codegen", "-v"]);
    assert!(
        ran.said.contains("wrote front-api/src/generated/plain.rs\n"),
        "{}",
        ran.said
    );
    assert!(
        ran.said.contains("removed front-api/src/generated/gone.rs\n"),
        "{}",
        ran.said
    );
    assert!(!orphan.exists());
}

#[test]
fn check_shows_a_diff_and_the_command_that_mends() {
    let project = Project::new();
    project.xtask(&["codegen"]);
    project.edit(
        "spec/resources/plain.yaml",
        "The simplest object.",
        "The plainest object.",
    );
    let before = project.all();
    let ran = project.xtask(&["codegen", "--check"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.wrong.contains("\n-/// The simplest object.\n+/// The plainest object.\n"),
        "{}",
        ran.wrong
    );
    let end = "error: 1 file is not what spec/ says\nhelp: run `cargo xtask codegen` and commit the result\n";
    assert!(ran.wrong.ends_with(end), "{}", ran.wrong);
    assert_eq!(project.all(), before);
}

#[test]
fn on_an_error_no_file_is_touched() {
    let project = Project::new();
    project.xtask(&["codegen"]);
    project.edit("spec/resources/plain.yaml", "things:read", "things:raed");
    let before = project.all();
    let ran = project.xtask(&["codegen"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.wrong.contains("spec/resources/plain.yaml:17:17"), "{}", ran.wrong);
    assert!(
        ran.wrong.contains("things:read"),
        "the nearest name is shown: {}",
        ran.wrong
    );
    assert!(
        ran.wrong.ends_with("spec/ has 1 error\nnothing was written\n"),
        "{}",
        ran.wrong
    );
    assert_eq!(project.all(), before);
}

#[test]
fn check_tells_errors_from_warnings() {
    let project = Project::new();
    let fine = project.xtask(&["check"]);
    let said = format!("spec/ is well: {}\n", project.counts().said);
    assert_eq!((fine.code, fine.said), (Some(0), said));
    project.edit("spec/resources/plain.yaml", "    rate_limit: per_thing\n", "");
    let warned = project.xtask(&["check"]);
    assert_eq!(warned.code, Some(0));
    assert!(warned.wrong.contains("warning[W0202]"), "{}", warned.wrong);
    assert_eq!(project.xtask(&["check", "--deny-warnings"]).code, Some(1));
    let colored = project.xtask(&["check", "--color", "always"]).wrong;
    assert!(colored.contains("\u{1b}[") && !warned.wrong.contains("\u{1b}["));
}

#[test]
fn format_lays_out_and_says_so() {
    let project = Project::new();
    let good = project.all();
    project.edit(
        "spec/resources/plain.yaml",
        "about: A call for one object.",
        "about:   \"A call for one object.\"",
    );
    assert_eq!(project.xtask(&["check"]).code, Some(1));
    let ran = project.xtask(&["format"]);
    assert_eq!(ran.code, Some(0), "{}", ran.wrong);
    // Each resource but this one, and the two files that they share.
    let unchanged = project.counts().resources + 1;
    let said = format!(
        "laid out spec/resources/plain.yaml\n1 file written, {unchanged} unchanged\n"
    );
    assert_eq!(ran.said, said);
    assert_eq!(project.all(), good);
}

#[test]
fn what_is_typed_wrong_is_two() {
    let project = Project::new();
    for words in
        [&["codgen"][..], &["codegen", "--chekc"], &[], &["check", "--color", "red"]]
    {
        let ran = project.xtask(words);
        assert_eq!(ran.code, Some(2), "{words:?}");
        assert!(
            ran.wrong.starts_with("error: ") && ran.wrong.contains("Usage: cargo xtask"),
            "{}",
            ran.wrong
        );
    }
    let help = project.xtask(&["--help"]);
    assert_eq!(help.code, Some(0));
    assert!(help.said.starts_with("Usage: cargo xtask COMMAND"));
}

#[test]
fn a_missing_spec_is_said() {
    let project = Project::new();
    std::fs::remove_dir_all(project.path("spec")).unwrap();
    let ran = project.xtask(&["codegen"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.wrong.contains("error[E0002]"), "{}", ran.wrong);
}
