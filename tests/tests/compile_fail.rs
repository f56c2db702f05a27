//! What must not compile, and what the compiler says then. Only where the words, or the shape that brings them about, are ours.
//!
//! The compiler's own words change from release to release, so this runs with one: `TRYBUILD=overwrite` with it blesses.

use std::process::Command;

/// The compiler whose words are checked in.
const RUSTC: &str = "rustc 1.95.";

#[test]
fn misuse_does_not_compile() {
    let version = Command::new("rustc")
        .arg("--version")
        .output()
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    match version {
        Ok(version) if version.starts_with(RUSTC) => {
            trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs")
        }
        Ok(version) => front_tests::skip(format_args!(
            "the messages are those of {RUSTC}x, and this is {version}"
        )),
        Err(why) => front_tests::skip(format_args!("rustc cannot be started ({why})")),
    }
}
