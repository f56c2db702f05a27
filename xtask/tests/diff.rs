//! Tests of `cargo xtask diff` and `changelog` in a temporary repository with the golden spec.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[allow(dead_code, reason = "other tests use the rest")]
mod project;
#[allow(dead_code, reason = "other tests use the rest")]
mod repository;

use std::fs;

use repository::Repository;

#[test]
fn a_branch_is_compared_with_its_merge_base() {
    let project = Repository::new();
    project.git(&["checkout", "--quiet", "-b", "feature"]);
    assert!(project.run(&["diff"]).ends(0).contains("verdict: none"));
    project.break_wire();
    let printed = project.run(&["diff"]).ends(1);
    for expected in [
        "from main (merge base ",
        "to the working tree\n",
        "breaking(wire)[operation-path-changed]",
        "--> spec/resources/plain.yaml:",
        "bump: patch, 0.4.2 -> 0.4.3; Cargo.toml still has 0.4.2",
        "blocked: 1 change needs an entry in spec/acks.yaml",
    ] {
        assert!(printed.contains(expected), "no `{expected}` in\n{printed}");
    }
    project.commit("moved");
    // Later commits on main are not part of the branch's change.
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
fn a_printed_entry_accepts_the_change() {
    let project = Repository::new();
    project.break_wire();
    let printed = project.run(&["diff"]).ends(1);
    let (_, entries) = printed.split_once("and give a reason:\n\n").unwrap();
    project.write("spec/acks.yaml", entries);
    let printed = project.run(&["diff"]).ends(4);
    assert!(printed.contains("[E0023]"), "a reason is required\n{printed}");
    project.write("spec/acks.yaml", &entries.replace("''", "It never worked."));
    let printed = project.run(&["diff"]).ends(0);
    assert!(printed.contains("acknowledged: It never worked."), "{printed}");
    project.commit("moved");
    let printed = project.run(&["diff", "HEAD"]).ends(0);
    assert!(printed.contains("unused: spec/acks.yaml acknowledges"), "{printed}");
}

#[test]
fn every_format_and_option_is_accepted() {
    let project = Repository::new();
    project.break_wire();
    let ran = |more: &[&str]| project.run(&[&["diff", "HEAD"], more].concat());
    assert!(
        ran(&["--format", "json"]).ends(1).starts_with("{\n  \"verdict\": \"breaking\"")
    );
    assert!(ran(&["--format", "markdown"]).ends(1).starts_with("<!-- front-codegen"));
    let printed = ran(&["--format", "github"]).ends(1);
    assert!(
        printed.starts_with("::error file=spec/resources/plain.yaml,line="),
        "{printed}"
    );
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
fn kinds_of_change_are_explained() {
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
fn the_side_with_an_invalid_spec_is_reported() {
    let project = Repository::new();
    project.replace("spec/resources/plain.yaml", "method: GET", "method: FETCH");
    let printed = project.run(&["diff", "HEAD"]).ends(4);
    assert!(printed.contains("error: the spec at head is invalid: the working tree"));
    let changed = "  changed: get-plain: method GET -> FETCH (plain.get, spec/resources/plain.yaml)";
    assert!(printed.contains(changed), "the changes are still listed\n{printed}");
    project.commit("wrong");
    project.replace("spec/resources/plain.yaml", "method: FETCH", "method: GET");
    let printed = project.run(&["diff", "HEAD"]).ends(4);
    assert!(printed.contains("error: the spec at base is invalid: HEAD ("), "{printed}");
    assert!(printed.contains("git log --oneline -- spec"), "{printed}");
    assert!(printed.contains("  changed: get-plain: method FETCH -> GET"), "{printed}");
    assert!(project.run(&["diff", "HEAD~1"]).ends(0).contains("verdict: none"));
}

#[test]
fn an_older_base_may_have_unknown_keys() {
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
    let printed = new.run(&["diff", base]).ends(1);
    assert!(printed.contains(&format!("from {base}\nto the working tree")), "{printed}");
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
    let printed = project.run(&["diff"]).ends(0);
    assert!(printed.contains("which has no spec"), "{printed}");
    assert!(!printed.contains("breaking"), "{printed}");
}

#[test]
fn the_changelog_gets_each_entry_once() {
    let project = Repository::new();
    project.break_wire();
    let dry = project.run(&["changelog", "HEAD", "--dry-run"]).ends(0);
    assert!(
        dry.starts_with("## [Unreleased]\n\n### Changed\n\n- **Breaking (wire):**"),
        "{dry}"
    );
    assert!(!project.path("CHANGELOG.md").exists());
    let printed = project.run(&["changelog", "HEAD"]).ends(0);
    assert!(printed.contains("1 entry in CHANGELOG.md; bump: patch"), "{printed}");
    let text = fs::read_to_string(project.path("CHANGELOG.md")).unwrap();
    assert!(project.run(&["changelog", "HEAD"]).ends(0).contains("has every entry"));
    let left = project.run(&["changelog", "HEAD", "--dry-run"]).ends(0);
    assert_eq!(left, "## [Unreleased]\n", "no entry is missing");
    assert_eq!(fs::read_to_string(project.path("CHANGELOG.md")).unwrap(), text);
}

#[test]
fn a_changelog_that_cannot_be_read_is_not_changed() {
    let project = Repository::new();
    project.break_wire();
    let path = project.path("CHANGELOG.md");
    fs::write(&path, b"# Changelog\n\ncaf\xe9\n").unwrap();
    let printed = project.run(&["changelog", "HEAD"]).ends(1);
    assert!(printed.contains("error: cannot read CHANGELOG.md: "), "{printed}");
    assert!(printed.contains("help: nothing was written; repair the file"), "{printed}");
    assert_eq!(fs::read(path).unwrap(), b"# Changelog\n\ncaf\xe9\n");
}
