//! Checks `spec/acks.yaml` by itself. `cargo xtask diff` checks whether the acknowledged changes exist.

use std::collections::HashSet;

use super::model::Acks;
use crate::problem::{Code, FileId, Place, Problem};
use crate::source::{Source, Step, at};

/// Returns the problems of the entries: each needs a valid fingerprint and a reason.
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
                format!("invalid fingerprint `{}`", ack.id),
                &at!["acks", index, "id"],
                "paste the entry that `cargo xtask diff` prints",
            ));
        } else if !known.insert(&ack.id) {
            problems.push(wrong(
                format!("`{}` is acknowledged twice", ack.id),
                &at!["acks", index, "id"],
                "remove one of the two entries",
            ));
        }
        if ack.reason.trim().is_empty() {
            problems.push(wrong(
                format!("the entry of `{}` has no reason", ack.subject),
                &at!["acks", index, "reason"],
                "write why the change is acceptable for users who are affected",
            ));
        }
    }
    problems
}
