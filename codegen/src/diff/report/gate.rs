//! Whether a change may go in: what breaks has to be acknowledged in `spec/acks.yaml`.

use super::super::finding::Verdict;
use super::bump::Judged;
use super::{Axis, Report, Told};
use crate::spec::canonical;
use crate::spec::model::{Ack, Acks};

/// Where the gate closes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FailOn {
    /// At what breaks something.
    #[default]
    Breaking,
    /// At what someone should know, too.
    Attention,
    /// At whatever is more than words.
    Additive,
    /// Never.
    Never,
}

impl FailOn {
    /// The one of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "breaking" => Self::Breaking,
            "attention" => Self::Attention,
            "additive" => Self::Additive,
            "never" => Self::Never,
            _ => return None,
        })
    }

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
        }
    }

    /// Whether the change may go in.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.waiting.is_empty() && !self.version
    }
}

/// Why it is accepted, if an entry says so: of this fingerprint, and of the change that it says.
pub(super) fn reason<'a>(acks: &'a [Ack], told: &Told) -> Option<(usize, &'a str)> {
    let is = |ack: &Ack| {
        ack.id == told.fingerprint
            && ack.rule == told.finding.rule.id
            && ack.subject == told.finding.subject.id
    };
    acks.iter().position(is).map(|index| (index, acks[index].reason.as_str()))
}

/// The entry that acknowledges a finding, but for the reason: without one it is refused.
#[must_use]
pub fn entry(told: &Told) -> Ack {
    Ack {
        id: told.fingerprint.clone(),
        rule: told.finding.rule.id.to_owned(),
        subject: told.finding.subject.id.clone(),
        reason: String::new(),
    }
}

/// Entries as they are written under `acks:`.
pub(super) fn entries(acks: Vec<Ack>) -> String {
    let text = canonical("", &Acks { acks });
    text.strip_prefix("acks:\n").unwrap_or_default().to_owned()
}

/// What stands before the first entry: nothing where the file has some.
pub(super) fn begin(report: &Report) -> String {
    if report.acknowledges {
        return String::new();
    }
    let empty = canonical("spec/acks.yaml", &Acks { acks: Vec::new() });
    empty.replace("acks: []\n", "acks:\n")
}
