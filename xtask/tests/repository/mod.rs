//! A temporary git repository for a test.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::project::Project;

/// A temporary project with a version. Most of them are git repositories.
pub(crate) struct Repository(pub(crate) Project);

/// The exit code and the output of a command.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Repository {
    /// Creates a folder with the golden spec.
    pub(crate) fn folder() -> Self {
        let folder = Self(Project::new());
        folder.write("Cargo.toml", "[workspace.package]\nversion = \"0.4.2\"\n");
        folder
    }

    /// Creates an empty folder.
    pub(crate) fn empty() -> Self {
        let folder = Self(Project::new());
        for name in ["spec", "xtask"] {
            fs::remove_dir_all(folder.path(name)).unwrap();
        }
        folder
    }

    /// Creates a repository with the golden spec and one commit on `main`.
    pub(crate) fn new() -> Self {
        let repository = Self::folder();
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository.commit("first");
        repository
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path(path)
    }

    pub(crate) fn root(&self) -> String {
        self.path("").to_str().unwrap().trim_end_matches(['/', '\\']).to_owned()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).unwrap();
    }

    /// Replaces a text in a file.
    pub(crate) fn replace(&self, path: &str, old: &str, new: &str) {
        self.0.edit(path, old, new);
    }

    /// Moves a call to another path.
    pub(crate) fn break_wire(&self) {
        self.replace("spec/resources/plain.yaml", "path: /", "path: /v2/");
    }

    pub(crate) fn git(&self, arguments: &[&str]) {
        self.0.git(arguments);
    }

    pub(crate) fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_for("", arguments)
    }

    /// Runs a command as GitHub does for a pull request against `target`.
    pub(crate) fn run_for(&self, target: &str, arguments: &[&str]) -> Ran {
        self.run_with("GITHUB_BASE_REF", target, arguments)
    }

    /// Runs a command with an environment variable.
    pub(crate) fn run_with(&self, name: &str, value: &str, arguments: &[&str]) -> Ran {
        let output = Command::new(front_tests::program("xtask"))
            .current_dir(self.path(""))
            .env("CARGO_MANIFEST_DIR", self.path("xtask"))
            .env_remove("GITHUB_BASE_REF")
            .env_remove("GIT_DIR")
            .env(name, value)
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
    /// Asserts the exit code. Returns the whole output.
    pub(crate) fn ends(&self, code: i32) -> String {
        let all = format!("{}{}", self.out, self.err);
        assert_eq!(self.code, code, "{all}");
        all
    }
}
