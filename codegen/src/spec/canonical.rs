//! The one layout of a file: what `serde_yaml` prints for its struct, so that a diff shows facts and nothing else.
//!
//! Keys stand in the order of [`super::model`]'s structs. Entries of a map (endpoints, types, fields, capabilities, cases, ..)
//! and items of a list keep the order in which they are written: it is the order of the documentation, of the generated code
//! and, in `arguments`, of a method's parameters; a formatter that sorted would destroy what people chose.

use std::ops::Range;

use serde::Serialize;

use super::disk;
use crate::problem::{Code, FileId, Place, Problem};
use crate::source::Node;
use crate::source::{Source, Step};

/// The command that lays files out.
pub const COMMAND: &str = "cargo xtask format";

/// The text of the file at `path`, such as `spec/resources/tags.yaml`, that holds a struct of [`super::model`]: a line that
/// tells editors where the file's schema is, and what is said.
///
/// # Panics
///
/// Never for those structs: they hold texts, numbers, lists and maps.
#[must_use]
pub fn canonical<T: Serialize>(path: &str, value: &T) -> String {
    let said = serde_yaml::to_string(value)
        .expect("texts, numbers, lists and maps can always be printed");
    match disk::modeline(path) {
        Some(first) => first + &said,
        None => said,
    }
}

/// What is wrong with the file's layout: where it first differs from `text`.
pub(super) fn check(file: FileId, source: &Source, text: &str) -> Option<Problem> {
    if source.text == text {
        return None;
    }
    let mut start = 0;
    let mut ours = text.split_inclusive('\n');
    for line in source.text.split_inclusive('\n') {
        let expected = ours.next();
        if expected != Some(line) {
            let span = start..start + line.trim_end_matches('\n').len();
            if expected.is_some_and(|expected| expected.strip_suffix('\n') == Some(line))
            {
                return Some(differs(file, span, "the line has no end"));
            }
            return Some(differs(file, span, &wanted(expected)));
        }
        start += line.len();
    }
    // All that is there is right, and more belongs behind it.
    let last =
        source.text.trim_end_matches('\n').rfind('\n').map_or(0, |newline| newline + 1);
    Some(differs(
        file,
        last..source.text.trim_end_matches('\n').len(),
        &wanted(ours.next()),
    ))
}

/// What is wrong with a file whose canonical text would not be read again: most likely an odd character in a key.
pub(super) fn unwritable(file: FileId, source: &Source) -> Problem {
    let problem = Problem::new(
        Code::Unwritable,
        "what this file holds cannot be written in canonical form",
    );
    let at = odd_key(source.root());
    let label = match at {
        Some(_) => "for a character of this key",
        None => "for a character that YAML has another use for",
    };
    problem
        .at(Place::new(file, at.unwrap_or(0..0)))
        .label(label)
        .help("write keys in letters, digits and common signs")
}

/// The first key that holds an odd character.
fn odd_key(node: &Node) -> Option<Range<usize>> {
    node.children().find_map(|(step, child)| match step {
        Step::Key(key) if key.contains(odd) => Some(child.head()),
        _ => odd_key(child),
    })
}

/// Whether a character is one that YAML's readers and writers take for a line end, or leave out.
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
