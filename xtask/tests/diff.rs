//! `cargo xtask diff` and `changelog` in a repository of their own, whose spec is the golden one.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[allow(dead_code, reason = "others use the rest")]
mod project;
#[allow(dead_code, reason = "others use the rest")]
mod repository;

use std::fs;

use repository::Repository;

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
fn the_side_whose_spec_is_not_valid_is_named() {
    let project = Repository::new();
    project.replace("spec/resources/plain.yaml", "method: GET", "method: FETCH");
    let said = project.run(&["diff", "HEAD"]).ends(4);
    assert!(said.contains("error: the spec at head is not valid: the working tree"));
    let changed = "  changed: get-plain: method GET -> FETCH (plain.get, spec/resources/plain.yaml)";
    assert!(said.contains(changed), "the changes are still listed\n{said}");
    project.commit("wrong");
    project.replace("spec/resources/plain.yaml", "method: FETCH", "method: GET");
    let said = project.run(&["diff", "HEAD"]).ends(4);
    assert!(said.contains("error: the spec at base is not valid: HEAD ("), "{said}");
    assert!(said.contains("git log --oneline -- spec"), "{said}");
    assert!(said.contains("  changed: get-plain: method FETCH -> GET"), "{said}");
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
    assert!(project.run(&["changelog", "HEAD"]).ends(0).contains("has every entry"));
    let left = project.run(&["changelog", "HEAD", "--dry-run"]).ends(0);
    assert_eq!(left, "## [Unreleased]\n", "nothing is left to write");
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
    assert!(said.contains("help: nothing was written; repair the file"), "{said}");
    assert_eq!(fs::read(path).unwrap(), b"# Changelog\n\ncaf\xe9\n");
}
