//! Helpers for the tests that concern several crates; see `tests/`.

use std::path::{Path, PathBuf};
use std::process::Command;

// The dependency is a test: it must compile.
#[cfg(test)]
use front_golden as _;

/// Returns the project's folder, found at run time: the build directory may have been copied from another checkout, and tests
/// that rewrite expectations must not write there.
///
/// It is the folder that contains `spec/` and `codegen/`, above the package that cargo runs, or else above the current folder.
///
/// # Panics
///
/// If no such folder exists: the test was started outside the project.
#[must_use]
pub fn root() -> PathBuf {
    let start = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    let start = start
        .or_else(|| std::env::current_dir().ok())
        .unwrap_or_else(|| PathBuf::from("."));
    let is_root = |folder: &&Path| {
        folder.join("spec/front.yaml").is_file() && folder.join("codegen").is_dir()
    };
    let root = start.ancestors().find(is_root).map(Path::to_path_buf);
    root.unwrap_or_else(|| {
        panic!("no project found: no folder above {} holds spec/", start.display())
    })
}

/// Returns the path of a program of the workspace in the build directory of the running test.
///
/// # Panics
///
/// If the path of the running test is unknown.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    // target/debug/deps/TEST-HASH
    let test = std::env::current_exe().expect("a running test has a path");
    let profile = test.ancestors().nth(2).unwrap_or(&test);
    profile.join(name).with_extension(std::env::consts::EXE_EXTENSION)
}

/// Returns the folder with Front's published documents.
///
/// # Errors
///
/// Why tests that need the documents are skipped, if they are missing.
pub fn published() -> Result<PathBuf, String> {
    let folder = std::env::var_os("FRONT_OPENAPI")
        .map_or_else(|| root().join("../shared/front-openapi"), PathBuf::from);
    if folder.join("core-api.json").is_file() {
        Ok(folder)
    } else {
        Err("Front's published documents are missing: set FRONT_OPENAPI to their folder"
            .to_owned())
    }
}

/// Unpacks the documents that Front has published so far into a folder. Returns their paths, oldest first.
///
/// # Errors
///
/// Why tests that need the documents are skipped, if they are missing or cannot be unpacked.
pub fn history(into: &Path) -> Result<Vec<PathBuf>, String> {
    let archive = published()?.join("history.tar.xz");
    if !archive.is_file() {
        return Err(format!("{} is missing", archive.display()));
    }
    let mut tar = Command::new("tar");
    let unpacked = tar.arg("-xJf").arg(&archive).arg("-C").arg(into).status();
    if !unpacked.is_ok_and(|status| status.success()) {
        return Err(format!(
            "failed to unpack {}: tar and xz are required",
            archive.display()
        ));
    }
    let unread = |error: std::io::Error| format!("{}: {error}", into.display());
    let mut documents = Vec::new();
    let mut folders = vec![into.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).map_err(unread)? {
            let path = entry.map_err(unread)?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                documents.push(path);
            }
        }
    }
    documents.sort();
    Ok(documents)
}

/// Reports that a test was skipped, and why. The report is also visible when the test runner captures output.
pub fn skip(why: impl std::fmt::Display) {
    use std::io::Write as _;
    // A failure to write to stderr cannot be reported.
    writeln!(std::io::stderr(), "skipped: {why}").unwrap_or(());
}

/// Returns whether tests rewrite their expectations instead of comparing them (`BLESS=1`).
#[must_use]
pub fn bless() -> bool {
    std::env::var_os("BLESS").is_some_and(|value| value == "1")
}

/// The README's examples, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
