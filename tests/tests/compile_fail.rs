//! Programs that must not compile, with the compiler's messages, where the design of the crate determines the message.
//!
//! The messages change from release to release, so the test runs with one release. `TRYBUILD=overwrite` with that release
//! rewrites the expectations.

use std::process::Command;

/// The compiler whose messages are checked in.
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
            "the messages are of {RUSTC}x, but the compiler is {version}"
        )),
        Err(why) => front_tests::skip(format_args!("failed to start rustc: {why}")),
    }
}
