//! `cargo xtask diff` and `changelog` in a repository of their own, whose spec is the golden one.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[allow(dead_code, reason = "others use the rest")]
mod project;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use project::Project;

/// A project of its own, with a version; most are repositories.
struct Repository(Project);

/// What a command printed, and its exit code.
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Repository {
    /// A folder with the golden spec.
    fn folder() -> Self {
        let folder = Self(Project::new());
        folder.write("Cargo.toml", "[workspace.package]\nversion = \"0.4.2\"\n");
        folder
    }

    /// A folder with nothing in it.
    fn empty() -> Self {
        let folder = Self(Project::new());
        for name in ["spec", "xtask"] {
            fs::remove_dir_all(folder.path(name)).unwrap();
        }
        folder
    }

    /// The golden spec as a repository with one commit, on `main`.
    fn new() -> Self {
        let repository = Self::folder();
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit("first");
        repository
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path(path)
    }

    fn root(&self) -> String {
        self.path("").to_str().unwrap().trim_end_matches(['/', '\\']).to_owned()
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).unwrap();
    }

    /// Changes a file.
    fn replace(&self, path: &str, old: &str, new: &str) {
        self.0.edit(path, old, new);
    }

    /// Moves a call to another path.
    fn break_wire(&self) {
        self.replace("spec/resources/plain.yaml", "path: /", "path: /v2/");
    }

    fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .current_dir(self.path(""))
            .args(["-c", "user.name=x", "-c", "user.email=x@example.com"])
            .args(["-c", "commit.gpgsign=false"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "git {arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        self.run_for("", arguments)
    }

    /// Runs a command as GitHub does for a pull request against `target`.
    fn run_for(&self, target: &str, arguments: &[&str]) -> Ran {
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .current_dir(self.path(""))
            .env("CARGO_MANIFEST_DIR", self.path("xtask"))
            .env("GITHUB_BASE_REF", target)
            .env_remove("GIT_DIR")
            .args(arguments)
            .output()
            .unwrap();
        Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Ran {
    /// Sees that it ended so, and gives all that it said.
    fn ends(&self, code: i32) -> String {
        let all = format!("{}{}", self.out, self.err);
        assert_eq!(self.code, code, "{all}");
        all
    }
}

#[test]
fn a_branch_is_compared_with_where_it_left_the_default_one() {
    let project = Repository::new();
    project.git(&["checkout", "--quiet", "-b", "feature"]);
    assert!(project.run(&["diff"]).ends(0).contains("verdict: none"));
    project.break_wire();
    let said = project.run(&["diff"]).ends(1);
    for expected in [
        "from main (where it was left, ",
        "to the working tree\n",
        "breaking(wire)[operation-path-changed]",
        "--> spec/resources/plain.yaml:",
        "bump: patch, 0.4.2 -> 0.4.3; Cargo.toml still has 0.4.2",
        "closed: 1 change waits for an entry in spec/acks.yaml",
    ] {
        assert!(said.contains(expected), "no `{expected}` in\n{said}");
    }
    project.commit("moved");
    // What others did on main since is not taken back by this branch.
    project.git(&["checkout", "--quiet", "main"]);
    project.replace("spec/resources/many.yaml", "path: /", "path: /v3/");
    project.commit("elsewhere");
    project.git(&["checkout", "--quiet", "feature"]);
    let after = project.run(&["diff"]).ends(1);
    assert!(!after.contains("many"), "{after}");
    assert_eq!(
        project.run(&["diff", "main..."]).ends(1).matches("[operation-").count(),
        1
    );
    assert_eq!(project.run(&["diff", "main"]).ends(1).matches("[operation-").count(), 2);
    let both = project.run(&["diff", "main...feature", "--format", "oneline"]);
    assert!(both.ends(1).starts_with("breaking (wire 1); bump: patch"));
}

#[test]
fn an_entry_that_was_printed_opens_the_gate() {
    let project = Repository::new();
    project.break_wire();
    let said = project.run(&["diff"]).ends(1);
    let (_, entries) = said.split_once("with the reason:\n\n").unwrap();
    project.write("spec/acks.yaml", entries);
    let said = project.run(&["diff"]).ends(4);
    assert!(said.contains("[E0023]"), "a reason is asked for\n{said}");
    project.write("spec/acks.yaml", &entries.replace("''", "It never worked."));
    let said = project.run(&["diff"]).ends(0);
    assert!(said.contains("acknowledged: It never worked."), "{said}");
    project.commit("moved");
    let said = project.run(&["diff", "HEAD"]).ends(0);
    assert!(said.contains("unused: spec/acks.yaml acknowledges"), "{said}");
}

#[test]
fn each_format_and_option_is_taken() {
    let project = Repository::new();
    project.break_wire();
    let ran = |more: &[&str]| project.run(&[&["diff", "HEAD"], more].concat());
    assert!(
        ran(&["--format", "json"]).ends(1).starts_with("{\n  \"verdict\": \"breaking\"")
    );
    assert!(ran(&["--format", "markdown"]).ends(1).starts_with("<!-- front-codegen"));
    let said = ran(&["--format", "github"]).ends(1);
    assert!(said.starts_with("::error file=spec/resources/plain.yaml,line="), "{said}");
    ran(&["--fail-on", "never"]).ends(0);
    ran(&["--fail-on", "never", "--check-version"]).ends(0);
    assert!(ran(&["--only", "permission"]).ends(0).contains("verdict: none"));
    assert!(ran(&["--only", "wire"]).ends(1).contains("breaking(wire)"));
    project.replace("Cargo.toml", "0.4.2", "0.4.1");
    assert!(ran(&["--only", "rust"]).ends(1).contains("the version is too small"));
    project.replace("Cargo.toml", "0.4.1", "0.4.3");
    assert!(ran(&[]).ends(1).contains("Cargo.toml has it"));
    for wrong in [
        &["--format", "xml"][..],
        &["--fail-on", "docs"],
        &["--only", "docs"],
        &["--published"],
        &["a", "b"],
        &["--explain", "operation-removd"],
    ] {
        ran(wrong).ends(2);
    }
}

#[test]
fn rules_are_explained() {
    let project = Repository::folder();
    let all = project.run(&["diff", "--explain"]).ends(0);
    assert!(all.contains("operation-removed"), "{all}");
    for typed in
        [&["--explain", "operation-removed"][..], &["--explain=operation-removed"]]
    {
        let one = project.run(&[&["diff"], typed].concat()).ends(0);
        assert_eq!(one, project.run(&["explain", "operation-removed"]).ends(0));
        assert!(one.contains("After, in spec/resources/tags.yaml:"), "{one}");
        assert!(one.contains("Says:\n"), "{one}");
    }
    let wrong = project.run(&["diff", "--explain", "operation-removd"]).ends(2);
    assert!(wrong.contains("did you mean `operation-removed`?"), "{wrong}");
}

#[test]
fn what_is_not_here_is_named_with_the_command_that_brings_it() {
    let project = Repository::new();
    let said = project.run(&["diff", "v9.9.9"]).ends(3);
    assert!(said.contains("there is no commit `v9.9.9` here"), "{said}");
    assert!(said.contains("git fetch --no-tags origin tag v9.9.9"), "{said}");
    let commit = "0123456789012345678901234567890123456789";
    let said = project.run(&["diff", commit]).ends(3);
    assert!(said.contains(&format!("git fetch --no-tags --depth=1 origin {commit}")));
    let said = project.run_for("develop", &["diff"]).ends(3);
    assert!(
        said.contains("git fetch --no-tags origin develop:refs/remotes/origin/develop")
    );
    let said = project.run(&["diff", "--", "--output=x"]).ends(3);
    assert!(said.contains("there is no commit `--output=x` here"), "{said}");
    let nowhere = Repository::folder();
    let said = nowhere.run(&["diff", "main"]).ends(3);
    assert!(said.contains("lies in no git repository"), "{said}");
    assert!(said.contains("cargo xtask diff OLD NEW"), "{said}");
}

#[test]
fn a_shallow_clone_is_told_how_to_get_the_rest() {
    let origin = Repository::new();
    origin.git(&["checkout", "--quiet", "-b", "feature"]);
    origin.break_wire();
    origin.commit("moved");
    origin.git(&["checkout", "--quiet", "main"]);
    origin.write("README.md", "More.\n");
    origin.commit("more");
    let clone = Repository::empty();
    let path = origin.root().replace('\\', "/");
    let from = format!("file:///{}", path.trim_start_matches('/'));
    clone.git(&["clone", "--quiet", "--depth=1", "--branch=feature", &from, "."]);
    let said = clone.run_for("main", &["diff"]).ends(3);
    assert!(said.contains("git fetch --no-tags origin main:refs/remotes/origin/main"));
    clone.git(&[
        "fetch",
        "--quiet",
        "--depth=1",
        "origin",
        "main:refs/remotes/origin/main",
    ]);
    let said = clone.run_for("main", &["diff"]).ends(3);
    assert!(said.contains("this clone is shallow"), "{said}");
    assert!(said.contains("git fetch --no-tags --unshallow origin"), "{said}");
    assert!(said.contains("fetch-depth: 0"), "{said}");
    clone.git(&["fetch", "--quiet", "--no-tags", "--unshallow", "origin"]);
    assert!(clone.run_for("main", &["diff"]).ends(1).contains("breaking(wire)"));
}

#[test]
fn the_side_whose_spec_is_not_valid_is_named() {
    let project = Repository::new();
    project.replace("spec/resources/plain.yaml", "method: GET", "method: FETCH");
    let said = project.run(&["diff", "HEAD"]).ends(4);
    assert!(said.contains("error: the spec at head is not valid: the working tree"));
    project.commit("wrong");
    project.replace("spec/resources/plain.yaml", "method: FETCH", "method: GET");
    let said = project.run(&["diff", "HEAD"]).ends(4);
    assert!(said.contains("error: the spec at base is not valid: HEAD ("), "{said}");
    assert!(said.contains("git log --oneline -- spec"), "{said}");
    assert!(project.run(&["diff", "HEAD~1"]).ends(0).contains("verdict: none"));
}

#[test]
fn an_older_base_may_have_keys_that_are_unknown_today() {
    let project = Repository::new();
    project.replace(
        "spec/resources/plain.yaml",
        "resource: plain",
        "resource: plain\ncolour: red",
    );
    project.commit("older");
    project.replace("spec/resources/plain.yaml", "\ncolour: red", "");
    assert!(project.run(&["diff", "HEAD"]).ends(0).contains("verdict: none"));
}

#[test]
fn folders_are_compared_without_git() {
    let (old, new) = (Repository::folder(), Repository::folder());
    new.break_wire();
    let base = &old.root();
    let said = new.run(&["diff", base]).ends(1);
    assert!(said.contains(&format!("from {base}\nto the working tree")), "{said}");
    let head = &new.root();
    assert!(old.run(&["diff", base, head]).ends(1).contains("breaking(wire)"));
}

#[test]
fn without_a_spec_at_base_everything_is_new() {
    let project = Repository::empty();
    project.git(&["init", "--quiet", "--initial-branch=main"]);
    project.write("README.md", "Nothing yet.\n");
    project.commit("first");
    let spec = Repository::folder();
    fs::rename(spec.path("spec"), project.path("spec")).unwrap();
    let said = project.run(&["diff"]).ends(0);
    assert!(said.contains("which has no spec"), "{said}");
    assert!(!said.contains("breaking"), "{said}");
}

#[test]
fn a_project_may_lie_below_its_repository() {
    let project = Repository::folder();
    let above = Repository::empty();
    fs::rename(project.path(""), above.path("below")).unwrap();
    above.git(&["init", "--quiet", "--initial-branch=main"]);
    above.commit("first");
    let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .current_dir(above.path("below"))
        .env("CARGO_MANIFEST_DIR", above.path("below/xtask"))
        .env("GITHUB_BASE_REF", "")
        .args(["diff", "HEAD", "HEAD", "--format=oneline"])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "none; bump: none\n");
}

#[test]
fn the_changelog_takes_what_changed_once() {
    let project = Repository::new();
    project.break_wire();
    let dry = project.run(&["changelog", "HEAD", "--dry-run"]).ends(0);
    assert!(
        dry.starts_with("## [Unreleased]\n\n### Changed\n\n- **Breaking (wire):**"),
        "{dry}"
    );
    assert!(!project.path("CHANGELOG.md").exists());
    let said = project.run(&["changelog", "HEAD"]).ends(0);
    assert!(said.contains("1 entry in CHANGELOG.md; bump: patch"), "{said}");
    let text = fs::read_to_string(project.path("CHANGELOG.md")).unwrap();
    assert!(project.run(&["changelog", "HEAD"]).ends(0).contains("says it all"));
    assert_eq!(fs::read_to_string(project.path("CHANGELOG.md")).unwrap(), text);
}

#[test]
fn a_changelog_that_cannot_be_read_is_left_alone() {
    let project = Repository::new();
    project.break_wire();
    let path = project.path("CHANGELOG.md");
    fs::write(&path, b"# Changelog\n\ncaf\xe9\n").unwrap();
    let said = project.run(&["changelog", "HEAD"]).ends(1);
    assert!(said.contains("error: cannot read CHANGELOG.md: "), "{said}");
    assert!(said.contains("help: nothing was written; mend the file"), "{said}");
    assert_eq!(fs::read(path).unwrap(), b"# Changelog\n\ncaf\xe9\n");
}
