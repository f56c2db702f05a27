//! The permissions of the workflows, which run for pull requests by anyone.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use front_tests::root;

/// Returns the name and the text of every workflow.
fn workflows() -> Vec<(String, String)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(root().join(".github/workflows")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        all.push((name, std::fs::read_to_string(path).unwrap()));
    }
    assert!(all.len() >= 3, "{all:?}");
    all
}

/// Returns the values of a key at any depth.
fn values<'t>(text: &'t str, key: &str) -> Vec<&'t str> {
    let lines = text.lines().map(|line| line.trim_start().trim_start_matches("- "));
    lines.filter_map(|line| line.strip_prefix(key)).map(str::trim).collect()
}

/// A tag or a branch can be moved to other code. A commit cannot.
#[test]
fn actions_are_pinned_by_commit() {
    for (name, text) in workflows() {
        for action in values(&text, "uses:") {
            let (action, version) = action.split_once(" # ").unwrap_or((action, ""));
            let commit = action.split_once('@').map_or("", |(_, commit)| commit);
            assert!(
                commit.len() == 40 && commit.bytes().all(|b| b.is_ascii_hexdigit()),
                "{name}: `{action}` is not pinned by the hash of a commit"
            );
            assert!(version.starts_with('v'), "{name}: `{action}` names no version");
        }
    }
}

/// A workflow with write permission runs no code of a pull request.
#[test]
fn a_workflow_with_write_permission_runs_no_code_of_a_pull_request() {
    let mut writers = 0;
    for (name, text) in workflows() {
        assert!(!text.contains("pull_request_target"), "{name}");
        assert!(!text.contains("write-all") && !text.contains("secrets."), "{name}");
        assert!(
            text.contains("\npermissions:\n"),
            "{name} uses the default permissions"
        );
        let writes = text.lines().any(|line| line.trim_end().ends_with(": write"));
        if !writes {
            continue;
        }
        writers += 1;
        assert_eq!(values(&text, "uses:"), Vec::<&str>::new(), "{name}");
        assert!(text.contains("\n  workflow_run:\n"), "{name}");
        for word in [
            "\n  pull_request:",
            "cargo ",
            "git ",
            ".ci/",
            "checkout@",
            "bash -c",
            "eval ",
        ] {
            assert!(
                !text.contains(word),
                "{name} has write permission and contains {word:?}"
            );
        }
    }
    assert_eq!(
        writers, 1,
        "only the workflow that comments on a pull request has write permission"
    );
}

/// The shell executes the text of `${{ .. }}` in a script, and anyone can choose the name of a branch.
#[test]
fn scripts_take_values_from_the_environment() {
    for (name, text) in workflows() {
        let mut script: Option<usize> = None;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let indent = line.len() - line.trim_start().len();
            if script.is_some_and(|begin| indent <= begin) {
                script = None;
            }
            let key = line.trim_start().trim_start_matches("- ");
            if key.starts_with("run:") {
                script = Some(indent);
            }
            assert!(script.is_none() || !line.contains("${{"), "{name}: {line}");
        }
    }
}

/// Code of a pull request could read a token that the checkout action has stored.
#[test]
fn no_checkout_stores_a_token() {
    for (name, text) in workflows() {
        let checkouts = text.matches("uses: actions/checkout@").count();
        assert_eq!(
            text.matches("persist-credentials: false").count(),
            checkouts,
            "{name}"
        );
    }
}
