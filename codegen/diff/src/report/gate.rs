//! Whether a change may go in: what breaks has to be acknowledged in `spec/acks.yaml`.

use super::super::finding::Verdict;
use super::super::words::words;
use super::bump::Judged;
use super::{Axis, Report, Several, Told};
use front_codegen::spec::{Ack, Acks, canonical};

words! {
    /// Where the gate closes.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
    pub enum FailOn {
        /// At what breaks something.
        #[default]
        Breaking = "breaking",
        /// At what someone should know, too.
        Attention = "attention",
        /// At whatever is more than words.
        Additive = "additive",
        /// Never.
        Never = "never",
    }
}

impl FailOn {
    fn stops(self, verdict: Verdict) -> bool {
        match self {
            Self::Breaking => verdict >= Verdict::Breaking,
            Self::Attention => verdict >= Verdict::Attention,
            Self::Additive => verdict >= Verdict::Additive,
            Self::Never => false,
        }
    }
}

/// What keeps a change out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Gate {
    /// Findings that wait for an acknowledgement, by their positions in the report.
    pub waiting: Vec<usize>,
    /// Whether the version does.
    pub version: bool,
    /// How many keywords that are not read do: what they mean for callers is for people to decide.
    pub unread: usize,
}

impl Gate {
    /// `strict` closes it also where the version has yet to be moved. The version is of Rust's axis.
    pub(super) fn new(report: &Report, fail_on: FailOn, strict: bool) -> Self {
        let waits = |told: &Told| {
            told.ack.is_none() && fail_on.stops(told.finding.axes.verdict())
        };
        let version = match report.bump.judged {
            Judged::TooSmall => true,
            Judged::Kept => strict,
            Judged::Unknown | Judged::Enough | Judged::Larger => false,
        };
        let of_rust = report.only.is_none_or(|axis| axis == Axis::Rust);
        let all = report.findings.iter().enumerate();
        Self {
            waiting: all
                .filter(|(_, told)| waits(told))
                .map(|(index, _)| index)
                .collect(),
            version: version && of_rust && fail_on != FailOn::Never,
            unread: if fail_on.stops(Verdict::Attention) {
                report.unread.len()
            } else {
                0
            },
        }
    }

    /// Whether the change may go in.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.waiting.is_empty() && !self.version && self.unread == 0
    }
}

/// Why it is accepted, where entries say so: of this fingerprint, and of the change that it says. The last is the nearest: its
/// own, behind that of all that are told with it.
pub(super) fn reasons<'a>(acks: &'a [Ack], told: &Told) -> Vec<(usize, &'a str)> {
    let entries = told.several.as_ref().map(|several| all(told, several));
    let known = entries.into_iter().chain([entry(told)]);
    let same = |known: &Ack, ack: &Ack| {
        (&known.id, &known.rule, &known.subject) == (&ack.id, &ack.rule, &ack.subject)
    };
    known
        .filter_map(|known| acks.iter().position(|ack| same(&known, ack)))
        .map(|index| (index, acks[index].reason.as_str()))
        .collect()
}

/// The entries for what waits: one where all that are told at once wait.
pub(super) fn waiting(report: &Report) -> Vec<Ack> {
    let waiting = || report.gate.waiting.iter().map(|&index| &report.findings[index]);
    let mut entries: Vec<Ack> = Vec::new();
    for told in waiting() {
        let wait = |several: &&Several| {
            let with = |other: &&Told| other.several.as_ref() == Some(*several);
            waiting().filter(with).count() == several.count
        };
        let entry = match told.several.as_ref().filter(wait) {
            Some(several) => all(told, several),
            None => entry(told),
        };
        if !entries.contains(&entry) {
            entries.push(entry);
        }
    }
    entries
}

/// The entry that acknowledges a finding, without a reason: an entry without one is rejected.
#[must_use]
pub fn entry(told: &Told) -> Ack {
    Ack {
        id: told.fingerprint.clone(),
        rule: told.finding.rule.id.to_owned(),
        subject: told.finding.subject.id.clone(),
        reason: String::new(),
    }
}

/// The entry that acknowledges a finding with all that are told with it.
fn all(told: &Told, several: &Several) -> Ack {
    Ack {
        id: several.fingerprint.clone(),
        rule: told.finding.rule.id.to_owned(),
        subject: several.subject.clone(),
        reason: String::new(),
    }
}

/// Entries as they are written under `acks:`.
pub(super) fn entries(acks: Vec<Ack>) -> String {
    let text = canonical("", &Acks { acks });
    text.strip_prefix("acks:\n").unwrap_or_default().to_owned()
}

/// The text before the first entry; empty if the file has entries.
pub(super) fn begin(report: &Report) -> String {
    if report.acknowledges {
        return String::new();
    }
    let empty = canonical("spec/acks.yaml", &Acks { acks: Vec::new() });
    empty.replace("acks: []\n", "acks:\n")
}
