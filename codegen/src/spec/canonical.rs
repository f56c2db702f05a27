//! The canonical layout of a file: the output of `serde_yaml` for its struct, so that a diff shows only facts.
//!
//! Keys have the order of the structs in [`super::model`]. Entries of a map (endpoints, types, fields, capabilities, cases, ..) and
//! items of a list keep their order. It is the order of the documentation, of the generated code and, in `arguments`, of the
//! parameters of a method, so sorting would lose a decision.

use std::ops::Range;

use serde::Serialize;

use super::disk;
use crate::problem::{Code, FileId, Place, Problem};
use crate::source::Node;
use crate::source::{Source, Step};

/// The command that formats files.
pub const COMMAND: &str = "cargo xtask format";

/// Returns the canonical text of a struct of [`super::model`] for the file at `path`, such as `spec/resources/tags.yaml`. The first
/// line tells editors where the schema of the file is.
///
/// # Panics
///
/// Never for these structs: they contain only texts, numbers, lists and maps.
#[must_use]
pub fn canonical<T: Serialize>(path: &str, value: &T) -> String {
    let said = serde_yaml::to_string(value)
        .expect("texts, numbers, lists and maps can always be printed");
    match disk::modeline(path) {
        Some(first) => first + &said,
        None => said,
    }
}

/// Returns the problem of a file whose layout differs from `text`, at the first difference.
pub(super) fn check(file: FileId, source: &Source, text: &str) -> Option<Problem> {
    if source.text == text {
        let first = source.text.find('\n').unwrap_or(source.text.len());
        let label = "the lines end with CRLF; LF is expected";
        return source.crlf.then(|| differs(file, 0..first, label));
    }
    let mut start = 0;
    let mut ours = text.split_inclusive('\n');
    for line in source.text.split_inclusive('\n') {
        let expected = ours.next();
        if expected != Some(line) {
            let span = start..start + line.trim_end_matches('\n').len();
            if expected.is_some_and(|expected| expected.strip_suffix('\n') == Some(line))
            {
                return Some(differs(file, span, "the line end is missing"));
            }
            return Some(differs(file, span, &wanted(expected)));
        }
        start += line.len();
    }
    // The file is a prefix of the canonical text.
    let last =
        source.text.trim_end_matches('\n').rfind('\n').map_or(0, |newline| newline + 1);
    Some(differs(
        file,
        last..source.text.trim_end_matches('\n').len(),
        &wanted(ours.next()),
    ))
}

/// Returns the problem of a file whose canonical text could not be read again. The usual cause is an unusual character in a key.
pub(super) fn unwritable(file: FileId, source: &Source) -> Problem {
    let problem = Problem::new(
        Code::Unwritable,
        "the contents of this file cannot be written in canonical form",
    );
    let at = odd_key(source.root());
    let label = match at {
        Some(_) => "because of a character in this key",
        None => "because of a character that has another meaning in YAML",
    };
    problem
        .at(Place::new(file, at.unwrap_or(0..0)))
        .label(label)
        .help("use letters, digits and common punctuation in keys")
}

/// Returns the first key with an unusual character.
fn odd_key(node: &Node) -> Option<Range<usize>> {
    node.children().find_map(|(step, child)| match step {
        Step::Key(key) if key.contains(odd) => Some(child.head()),
        _ => odd_key(child),
    })
}

/// Returns whether YAML readers or writers treat the character as a line end, or drop it.
fn odd(c: char) -> bool {
    c.is_control() || ['\u{2028}', '\u{2029}', '\u{feff}'].contains(&c)
}

fn wanted(line: Option<&str>) -> String {
    match line {
        Some(line) => format!("expected `{}`", line.trim_end_matches('\n')),
        None => "expected the end of the file".to_owned(),
    }
}

fn differs(file: FileId, line: Range<usize>, label: &str) -> Problem {
    Problem::new(Code::NotCanonical, "the file is not in canonical form")
        .at(Place::new(file, line))
        .label(label)
        .help(format!("run `{COMMAND}`"))
}
