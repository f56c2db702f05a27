//! By what a change is known from one run to the next.

use sha2::{Digest as _, Sha256};

use super::super::finding::Finding;

/// Twelve hexadecimal digits of what changed and from what to what: not of its wording, its location or its severity,
/// so that an acknowledgement outlives another sentence, another line and a better rule.
#[must_use]
pub fn fingerprint(finding: &Finding) -> String {
    let mut hash = Sha256::new();
    let parts =
        [Some(finding.rule.id), Some(finding.subject.kind), Some(&finding.subject.id)];
    for part in parts.into_iter().chain([finding.old.as_deref(), finding.new.as_deref()])
    {
        // With their lengths, so that no two lists of parts are one text; nothing is not an empty text.
        match part {
            Some(text) => hash.update(format!("{}:{text};", text.len())),
            None => hash.update("-;"),
        }
    }
    digits(hash)
}

/// The fingerprint of several changes that are told at once: another one as soon as one more is among them.
pub(super) fn of_all(fingerprints: &[&str]) -> String {
    let mut sorted = fingerprints.to_vec();
    sorted.sort_unstable();
    let mut hash = Sha256::new();
    hash.update(sorted.join(" "));
    digits(hash)
}

fn digits(hash: Sha256) -> String {
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
