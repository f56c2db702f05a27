//! The errors of `cargo xtask diff` for missing commits and repositories.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

#[allow(dead_code, reason = "other tests use the rest")]
mod project;
#[allow(dead_code, reason = "other tests use the rest")]
mod repository;

use std::fs;
use std::process::Command;

use repository::Repository;

#[test]
fn a_missing_commit_is_reported_with_the_command_to_fetch_it() {
    let project = Repository::new();
    let printed = project.run(&["diff", "v9.9.9"]).ends(3);
    assert!(printed.contains("unknown commit `v9.9.9`"), "{printed}");
    assert!(printed.contains("git fetch --no-tags origin tag v9.9.9"), "{printed}");
    let commit = "0123456789012345678901234567890123456789";
    let printed = project.run(&["diff", commit]).ends(3);
    assert!(printed.contains(&format!("git fetch --no-tags --depth=1 origin {commit}")));
    let printed = project.run_for("develop", &["diff"]).ends(3);
    assert!(
        printed
            .contains("git fetch --no-tags origin develop:refs/remotes/origin/develop")
    );
    let printed = project.run(&["diff", "--", "--output=x"]).ends(3);
    assert!(printed.contains("unknown commit `--output=x`"), "{printed}");
    let nowhere = Repository::folder();
    let printed = nowhere.run(&["diff", "main"]).ends(3);
    assert!(printed.contains("is not in a git repository"), "{printed}");
    assert!(printed.contains("cargo xtask diff OLD NEW"), "{printed}");
}

#[test]
fn a_shallow_clone_is_reported_with_the_command_to_unshallow_it() {
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
    let printed = clone.run_for("main", &["diff"]).ends(3);
    assert!(
        printed.contains("git fetch --no-tags origin main:refs/remotes/origin/main")
    );
    clone.git(&[
        "fetch",
        "--quiet",
        "--depth=1",
        "origin",
        "main:refs/remotes/origin/main",
    ]);
    let printed = clone.run_for("main", &["diff"]).ends(3);
    assert!(printed.contains("this clone is shallow"), "{printed}");
    assert!(printed.contains("git fetch --no-tags --unshallow origin"), "{printed}");
    assert!(printed.contains("fetch-depth: 0"), "{printed}");
    clone.git(&["fetch", "--quiet", "--no-tags", "--unshallow", "origin"]);
    assert!(clone.run_for("main", &["diff"]).ends(1).contains("breaking(wire)"));
}

#[test]
fn a_project_may_be_below_its_repository() {
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
fn a_name_relative_to_a_commit_is_not_fetched() {
    let project = Repository::new();
    let printed = project.run(&["diff", "HEAD~9"]).ends(3);
    assert_eq!(
        printed,
        "error: unknown commit `HEAD~9`\nhelp: `git log --oneline -- spec` lists the commits\n"
    );
    let printed = project.run(&["diff", "vendor"]).ends(3);
    assert!(
        printed.contains("git fetch --no-tags origin vendor:refs/remotes/origin/vendor"),
        "{printed}"
    );
}

#[test]
fn a_repository_that_git_refuses_is_not_reported_as_missing() {
    let project = Repository::new();
    let variable = "GIT_TEST_ASSUME_DIFFERENT_OWNER";
    let printed = project.run_with(variable, "1", &["diff", "main"]).ends(3);
    assert!(printed.contains("detected dubious ownership in repository"), "{printed}");
    assert!(printed.contains("git config --global --add safe.directory"), "{printed}");
}
