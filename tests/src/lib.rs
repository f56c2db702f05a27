//! What holds across the crates is tested here; see `tests/`.

use std::path::{Path, PathBuf};

// That it compiles is a test.
#[cfg(test)]
use front_golden as _;

/// The project's folder.
#[must_use]
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_path_buf()
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
