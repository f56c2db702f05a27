//! A temporary project for a test.

use std::path::{Path, PathBuf};
use std::process::Command;

/// A temporary project. At first, its spec is a copy of the golden spec.
pub(crate) struct Project(tempfile::TempDir);

/// The result of a command.
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Project {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let golden = front_tests::root().join("tests/golden/spec");
        copy(&golden, &folder.path().join("spec"));
        std::fs::create_dir(folder.path().join("xtask")).unwrap();
        Self(folder)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs `cargo xtask` in the project.
    pub(crate) fn xtask(&self, words: &[&str]) -> Ran {
        let output = Command::new(front_tests::program("xtask"))
            .args(words)
            // What cargo sets when it runs a package's program.
            .env("CARGO_MANIFEST_DIR", self.path("xtask"))
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ran {
            code: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// Runs git in the project, with a name and an email address.
    pub(crate) fn git(&self, words: &[&str]) {
        let output = Command::new("git")
            .current_dir(self.path(""))
            .args(["-c", "user.name=x", "-c", "user.email=x@example.com"])
            .args(["-c", "commit.gpgsign=false"])
            .args(words)
            .output()
            .unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "git {words:?}: {stderr}");
    }

    pub(crate) fn edit(&self, name: &str, old: &str, new: &str) {
        let text = std::fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(old), "{old:?} is not in {name}");
        std::fs::write(self.path(name), text.replacen(old, new, 1)).unwrap();
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
