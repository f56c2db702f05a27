//! How much code says what a change means. A rule that is like others is a row or a call of what they share, so the number only
//! falls: whoever deletes code lowers the limit.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

/// Lines at most, without tests and pages. 8,500 is the goal.
const LIMIT: usize = 10_114;

fn lines(folder: &Path) -> usize {
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            count += lines(&path);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
            count += code.lines().count();
        }
    }
    count
}

#[test]
fn the_diff_does_not_grow() {
    let count = lines(&front_tests::root().join("codegen/diff/src"));
    assert!(count <= LIMIT, "{count} lines, and not {LIMIT} at most");
    // A limit that is far above would let it grow again.
    assert!(count + 100 > LIMIT, "{count} lines: lower the limit");
}
