//! What may be wrong with `spec/acks.yaml` as such. Whether a change that it names is there is for the report on one to say.

use std::collections::HashSet;

use super::model::Acks;
use crate::problem::{Code, FileId, Place, Problem};
use crate::source::{Source, Step, at};

/// Each entry has to say what is accepted, and why.
pub(super) fn check(file: FileId, source: &Source, acks: &Acks) -> Vec<Problem> {
    let wrong = |title: String, path: &[Step], help: &str| {
        let place = Place::new(file, source.value(path));
        Problem::new(Code::WrongAck, title).at(place).help(help)
    };
    let mut known = HashSet::new();
    let mut problems = Vec::new();
    for (index, ack) in acks.acks.iter().enumerate() {
        let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
        if ack.id.len() != 12 || !ack.id.chars().all(hex) {
            problems.push(wrong(
                format!("`{}` is no fingerprint", ack.id),
                &at!["acks", index, "id"],
                "`cargo xtask diff` prints the entry, to be pasted",
            ));
        } else if !known.insert(&ack.id) {
            problems.push(wrong(
                format!("`{}` is acknowledged twice", ack.id),
                &at!["acks", index, "id"],
                "one entry is enough: take this one out",
            ));
        }
        if ack.reason.trim().is_empty() {
            problems.push(wrong(
                format!("nothing says why `{}` is accepted", ack.subject),
                &at!["acks", index, "reason"],
                "write what makes it right, for whoever is hit by it",
            ));
        }
    }
    problems
}
