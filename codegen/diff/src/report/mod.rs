//! The report on a [`Diff`]: each change once, with its location, its verdict and the required version; whether
//! it may go in. A file a format, which only lays out what is decided here.
//!
//! A report of the same two specs has the same bytes: it names neither commits nor days.

pub mod axis;
pub mod bump;
pub mod changelog;
pub mod fingerprint;
pub mod gate;
mod github;
mod group;
pub mod json;
mod markdown;
mod mend;
mod oneline;
mod place;
mod say;
mod text;

pub use axis::Axis;
pub use bump::{Bump, Versions};
pub use gate::{FailOn, Gate};
pub use github::github;
pub use group::{Group, Words};
pub use markdown::{MARKER, markdown};
pub use oneline::oneline;
pub use place::Spot;
pub use say::Headline;
pub use text::{text, unexplained};

use super::Diff;
use super::finding::{Axes, Finding};
use super::surface::Change;
use front_codegen::ir::Api;
use front_codegen::spec::Ack;
use front_import::unread::UnreadChanges;

/// What there is to tell.
#[derive(Debug, Clone)]
pub struct Report {
    /// Every change, worst first.
    pub findings: Vec<Told>,
    /// Those that are more than words, what is alike told at once.
    pub groups: Vec<Group>,
    /// The rest, by resource.
    pub words: Vec<Words>,
    /// All of it in a line.
    pub headline: Headline,
    /// Which version it needs.
    pub bump: Bump,
    /// Acknowledgements of nothing that is here.
    pub unused: Vec<Ack>,
    /// Whether it may go in.
    pub gate: Gate,
    /// Public Rust that differs and that nothing here explains: a rule is missing.
    pub unexplained: Vec<Change>,
    /// Keywords that differ between two of Front's documents and are not read, so that no finding covers them.
    pub unread: UnreadChanges,
    /// Whether `spec/acks.yaml` has an entry at all.
    acknowledges: bool,
    /// Whether it is of documents: nobody can accept a change of Front's.
    of_documents: bool,
    /// The one axis that it speaks of.
    only: Option<Axis>,
}

/// A change, placed and known.
#[derive(Debug, Clone)]
pub struct Told {
    /// What it is.
    pub finding: Finding,
    /// Its location at head.
    pub at: Option<Spot>,
    /// Where it stood at base.
    pub was: Option<Spot>,
    /// Where to look at head: its location, or its former or future one.
    pub near: Option<Spot>,
    /// By what it is known: [`fingerprint`](fingerprint::fingerprint).
    pub fingerprint: String,
    /// Those that say the same of other subjects, itself among them; none where there are no others.
    pub several: Option<Several>,
    /// Why it was accepted.
    pub ack: Option<String>,
}

/// Changes that can be accepted at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Several {
    /// By what all of them are known.
    pub fingerprint: String,
    /// `tags.list and 2 more`
    pub subject: String,
    /// How many they are.
    pub count: usize,
}

/// Makes the report on a diff of two APIs. `acks` are those of head. The gate closes at what breaks; [`Report::gated`]
/// moves it.
#[must_use]
pub fn report(
    diff: &Diff,
    base: &Api,
    head: &Api,
    versions: Versions,
    acks: &[Ack],
) -> Report {
    let mut findings: Vec<Told> =
        diff.findings.iter().map(|finding| Told::new(finding, base, head)).collect();
    group::several(&mut findings);
    let mut used = vec![false; acks.len()];
    for told in &mut findings {
        for (index, reason) in gate::reasons(acks, told) {
            used[index] = true;
            told.ack = Some(reason.to_owned());
        }
    }
    let unused = acks.iter().zip(used).filter(|(_, used)| !used);
    let mut report = Report {
        findings,
        groups: Vec::new(),
        words: Vec::new(),
        headline: Headline::default(),
        bump: Bump::new(bump::Needs::of(diff), versions),
        unused: unused.map(|(ack, _)| ack.clone()).collect(),
        gate: Gate::default(),
        unexplained: diff.unexplained.clone(),
        unread: UnreadChanges::default(),
        acknowledges: !acks.is_empty(),
        of_documents: false,
        only: None,
    };
    report.arrange();
    report.gated(FailOn::default(), false)
}

impl Told {
    fn new(finding: &Finding, base: &Api, head: &Api) -> Self {
        let at = finding.at.as_ref().and_then(|at| place::spot(head, at));
        let was = finding.was.as_ref().and_then(|was| place::spot(base, was));
        let before = finding.was.as_ref();
        let near = at.clone().or_else(|| before.and_then(|was| place::spot(head, was)));
        let fingerprint = fingerprint::fingerprint(finding);
        Self {
            finding: finding.clone(),
            at,
            was,
            near,
            fingerprint,
            several: None,
            ack: None,
        }
    }
}

impl Report {
    /// What it says on one axis: of other changes, and of what a change is on other axes, it is silent. The version that is
    /// needed stays the one that all of it needs. Gate it afterwards.
    #[must_use]
    pub fn only(mut self, axis: Axis) -> Self {
        for told in &mut self.findings {
            let finding = &mut told.finding;
            finding.axes = axis.alone(finding.axes);
            finding
                .notes
                .retain(|(name, _)| Axis::named(name).is_none_or(|other| other == axis));
        }
        self.findings.retain(|told| told.finding.axes != Axes::default());
        self.findings.sort_by_key(|told| std::cmp::Reverse(told.finding.axes.verdict()));
        self.only = Some(axis);
        self.arrange();
        self.gated(FailOn::default(), false)
    }

    /// Turns it into the report for two of Front's documents. Their specs are in no file, so there is no place to point to and
    /// nothing to accept. `unread` are the keywords that differ and are not read.
    #[must_use]
    pub fn of_documents(mut self, unread: UnreadChanges) -> Self {
        for told in &mut self.findings {
            (told.at, told.was, told.near) = (None, None, None);
        }
        self.unused.clear();
        self.of_documents = true;
        self.unread = unread;
        self.arrange();
        self
    }

    /// Moves the gate; `strict` closes it also where `Cargo.toml` has base's version still.
    #[must_use]
    pub fn gated(mut self, fail_on: FailOn, strict: bool) -> Self {
        self.gate = Gate::new(&self, fail_on, strict);
        self
    }

    fn arrange(&mut self) {
        self.groups = group::groups(&self.findings);
        self.words = group::words(&self.findings);
        self.headline = Headline::new(&self.findings).with_unread(self.unread.len());
    }

    /// The entries that would open the gate: one for all that are told at once.
    #[must_use]
    pub fn entries(&self) -> Vec<Ack> {
        if self.of_documents { Vec::new() } else { gate::waiting(self) }
    }
}
