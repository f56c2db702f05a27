//! What holds across the crates is tested here; see `tests/`.

use std::path::{Path, PathBuf};
use std::process::Command;

// That it compiles is a test.
#[cfg(test)]
use front_golden as _;

/// Returns the project's folder, found at run time: the build directory may have been copied from another checkout, and tests
/// that rewrite expectations must not write there.
///
/// It is the folder above the package that cargo runs, else above the current folder, that holds `spec/` and `codegen/`.
///
/// # Panics
///
/// There is none: the test was started outside of the project.
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

/// Returns the path of a program of the workspace that was built with the test that is running, from the same build directory.
///
/// # Panics
///
/// The system does not say which program is running.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    // target/debug/deps/TEST-HASH
    let test = std::env::current_exe().expect("a running test has a path");
    let profile = test.ancestors().nth(2).unwrap_or(&test);
    profile.join(name).with_extension(std::env::consts::EXE_EXTENSION)
}

/// The folder with Front's published documents, or a sentence on why what needs them is skipped.
///
/// # Errors
///
/// The sentence, where they are not there.
pub fn published() -> Result<PathBuf, String> {
    let folder = std::env::var_os("FRONT_OPENAPI")
        .map_or_else(|| root().join("../shared/front-openapi"), PathBuf::from);
    if folder.join("core-api.json").is_file() {
        Ok(folder)
    } else {
        Err("Front's published documents are not here; name their folder in FRONT_OPENAPI".to_owned())
    }
}

/// The documents that Front has published so far, oldest first, unpacked into a folder; or a sentence on why what needs them is
/// skipped.
///
/// # Errors
///
/// The sentence, where they are not there or cannot be unpacked.
pub fn history(into: &Path) -> Result<Vec<PathBuf>, String> {
    let archive = published()?.join("history.tar.xz");
    if !archive.is_file() {
        return Err(format!("{} is not there", archive.display()));
    }
    let mut tar = Command::new("tar");
    let unpacked = tar.arg("-xJf").arg(&archive).arg("-C").arg(into).status();
    if !unpacked.is_ok_and(|status| status.success()) {
        return Err(format!(
            "{} cannot be unpacked: are tar and xz here?",
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

/// Says that a test was skipped and why, past what the test runner keeps to itself.
pub fn skip(why: impl std::fmt::Display) {
    use std::io::Write as _;
    // Where nothing can be said, there is nobody to hear it.
    writeln!(std::io::stderr(), "skipped: {why}").unwrap_or(());
}

/// Whether expectations are to be rewritten instead of compared: `BLESS=1`.
#[must_use]
pub fn bless() -> bool {
    std::env::var_os("BLESS").is_some_and(|value| value == "1")
}

/// The README's examples, compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
