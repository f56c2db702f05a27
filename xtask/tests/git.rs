//! What `cargo xtask diff` says where git does not have what it needs.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[allow(dead_code, reason = "others use the rest")]
mod project;
#[allow(dead_code, reason = "others use the rest")]
mod repository;

use std::fs;
use std::process::Command;

use repository::Repository;

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
fn a_project_may_lie_below_its_repository() {
    let project = Repository::folder();
    let above = Repository::empty();
    fs::rename(project.path(""), above.path("below")).unwrap();
    above.git(&["init", "--quiet", "--initial-branch=main"]);
    above.commit("first");
    let output = Command::new(front_tests::program("xtask"))
        .current_dir(above.path("below"))
        .env("CARGO_MANIFEST_DIR", above.path("below/xtask"))
        .env("GITHUB_BASE_REF", "")
        .args(["diff", "HEAD", "HEAD", "--format=oneline"])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "none; bump: none\n");
}

#[test]
fn what_is_counted_from_a_commit_is_nothing_to_fetch() {
    let project = Repository::new();
    let said = project.run(&["diff", "HEAD~9"]).ends(3);
    assert_eq!(
        said,
        "error: there is no commit `HEAD~9` here\nhelp: `git log --oneline -- spec` lists those that there are\n"
    );
    let said = project.run(&["diff", "vendor"]).ends(3);
    assert!(
        said.contains("git fetch --no-tags origin vendor:refs/remotes/origin/vendor"),
        "{said}"
    );
}

#[test]
fn a_repository_that_git_refuses_is_not_said_to_be_missing() {
    let project = Repository::new();
    let variable = "GIT_TEST_ASSUME_DIFFERENT_OWNER";
    let said = project.run_with(variable, "1", &["diff", "main"]).ends(3);
    assert!(said.contains("detected dubious ownership in repository"), "{said}");
    assert!(said.contains("git config --global --add safe.directory"), "{said}");
}
