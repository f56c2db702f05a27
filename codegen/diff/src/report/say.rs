//! What every format says alike.

use std::fmt;

use indexmap::IndexMap;

use super::super::finding::{
    Axes, Finding, Operational, Permission, Rust, Verdict, Wire,
};
pub(super) use super::super::words::count;
use super::axis::{Axis, deciding};
use super::mend::mend;
use super::{Group, Report, Told, Words};
use front_codegen::problem::draw::printable;
use front_import::unread::Unread;

/// `breaking(rust, wire)`, and without axes what is not to worry about. An axis that needs attention beside a worse one is there
/// with its word, as in `breaking(rust, wire risk)`: a sentence below says what may go wrong on it.
pub(super) fn title(axes: Axes) -> String {
    let verdict = axes.verdict();
    if verdict < Verdict::Attention {
        return verdict.as_str().to_owned();
    }
    let decides = deciding(axes);
    let shown = Axis::ALL.into_iter().filter_map(|axis| {
        if decides.contains(&axis) {
            return Some(axis.as_str().to_owned());
        }
        let worries = axis.alone(axes).verdict() >= Verdict::Attention;
        worries.then(|| format!("{} {}", axis.as_str(), axis.word(axes)))
    });
    format!("{}({})", verdict.as_str(), shown.collect::<Vec<_>>().join(", "))
}

/// What follows from a change, an axis each. What breaks says it of every axis that a reviewer is afraid of; where the finding
/// has no sentence of its own, a general one stands for it.
fn consequences(finding: &Finding) -> Vec<(&'static str, String)> {
    let axes = finding.axes;
    let general = [
        (Axis::Rust, (axes.rust == Rust::Major).then(|| mend(finding.rule.id))),
        (
            Axis::Wire,
            match axes.wire {
                Wire::Break => Some("released versions fail"),
                Wire::Risk => Some("released versions may fail, or mean something else"),
                Wire::None | Wire::Additive
                    if axes.rust == Rust::Major
                        && axes.permission != Permission::Wider =>
                {
                    Some("released versions keep working")
                }
                Wire::None | Wire::Additive => None,
            },
        ),
        (
            Axis::Permission,
            (axes.permission == Permission::Wider)
                .then_some("tokens need more than they did"),
        ),
        (
            Axis::Operational,
            (axes.operational == Operational::Tighter)
                .then_some("less is possible than was"),
        ),
    ];
    let mut said = Vec::new();
    for (axis, sentence) in general {
        let own = finding.notes.iter().filter(|(name, _)| *name == axis.as_str());
        let before = said.len();
        said.extend(own.cloned());
        if let (Some(sentence), true) = (sentence, said.len() == before) {
            said.push((axis.as_str(), sentence.to_owned()));
        }
    }
    let other = finding.notes.iter().filter(|(name, _)| Axis::named(name).is_none());
    said.extend(other.cloned());
    said
}

/// What there is to say of a group under its sentence: what follows, what it reaches, what is alike.
pub(super) fn notes(
    report: &Report,
    group: &Group,
    shown: usize,
) -> Vec<(&'static str, String)> {
    let finding = &report.findings[group.lead].finding;
    let mut notes = consequences(finding);
    notes.extend(reach(finding, shown).map(|reach| ("reaches", reach)));
    if let [_, ..] = &group.others[..] {
        let others = others(report, group);
        let said = format!("{} more: {}", others.len(), some(&others, shown));
        notes.push(("alike", said));
    }
    notes
}

/// The subjects of a group but its first.
pub(super) fn others<'r>(report: &'r Report, group: &'r Group) -> Vec<&'r str> {
    let others = group.others.iter().map(|&index| &report.findings[index].finding);
    others.map(|finding| finding.subject.id.as_str()).collect()
}

/// What a type's change reaches: `3 operations (..) and 1 event (..)`; none where it reaches nothing.
fn reach(finding: &Finding, shown: usize) -> Option<String> {
    let of = |list: &[String], noun: &str| {
        (!list.is_empty())
            .then(|| format!("{}: {}", count(list.len(), noun), some(list, shown)))
    };
    let both =
        [of(&finding.reach.operations, "operation"), of(&finding.reach.events, "event")];
    let both: Vec<String> = both.into_iter().flatten().collect();
    (!both.is_empty()).then(|| both.join("; "))
}

/// A list of names, cut after `shown`.
pub(super) fn some(names: &[impl AsRef<str>], shown: usize) -> String {
    let listed: Vec<String> =
        names.iter().take(shown).map(|name| format!("`{}`", name.as_ref())).collect();
    match names.len().saturating_sub(shown) {
        0 => listed.join(", "),
        more => format!("{} and {more} more", listed.join(", ")),
    }
}

/// What changed in the words of one resource: `3 in tags: 2 about-changed, 1 docs-changed`.
pub(super) fn words(report: &Report, words: &Words) -> String {
    let mut rules: IndexMap<&str, usize> = IndexMap::new();
    for &index in &words.findings {
        *rules.entry(report.findings[index].finding.rule.id).or_default() += 1;
    }
    let rules: Vec<String> =
        rules.into_iter().map(|(rule, count)| format!("{count} {rule}")).collect();
    let place = if words.resource.is_empty() {
        "the API as a whole".to_owned()
    } else {
        format!("`{}`", words.resource)
    };
    format!("{} in {place}: {}", words.findings.len(), rules.join(", "))
}

/// What all changes are together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headline {
    /// The worst of them; none where nothing changed.
    pub verdict: Option<Verdict>,
    /// The axes by which it is, with how many changes are that.
    pub axes: Vec<(Axis, usize)>,
    /// How many changes there are of each kind, worst first.
    pub counts: Vec<(Verdict, usize)>,
}

impl Headline {
    /// Counts keywords that differ and are not read as changes that need attention.
    pub(super) fn with_unread(mut self, number: usize) -> Self {
        if number == 0 {
            return self;
        }
        if self.verdict < Some(Verdict::Attention) {
            (self.verdict, self.axes) = (Some(Verdict::Attention), Vec::new());
        }
        match self.counts.iter_mut().find(|(verdict, _)| *verdict == Verdict::Attention)
        {
            Some((_, count)) => *count += number,
            None => {
                self.counts.push((Verdict::Attention, number));
                self.counts.sort_by_key(|(verdict, _)| std::cmp::Reverse(*verdict));
            }
        }
        self
    }

    pub(super) fn new(findings: &[Told]) -> Self {
        let all = || findings.iter().map(|told| told.finding.axes);
        let verdict = all().map(Axes::verdict).max();
        let worst = || all().filter(|axes| Some(axes.verdict()) == verdict);
        let axes = Axis::ALL.map(|axis| {
            (axis, worst().filter(|axes| deciding(*axes).contains(&axis)).count())
        });
        let counts =
            [Verdict::Breaking, Verdict::Attention, Verdict::Additive, Verdict::Docs]
                .map(|of| (of, all().filter(|axes| axes.verdict() == of).count()));
        Self {
            verdict,
            axes: axes.into_iter().filter(|(_, count)| *count > 0).collect(),
            counts: counts.into_iter().filter(|(_, count)| *count > 0).collect(),
        }
    }

    /// `breaking`; `none`
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        self.verdict.map_or("none", Verdict::as_str)
    }
}

/// `breaking (rust 2, permission 1), additive 4, docs 27`
impl fmt::Display for Headline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())?;
        let axes: Vec<String> = self
            .axes
            .iter()
            .map(|(axis, count)| format!("{} {count}", axis.as_str()))
            .collect();
        if !axes.is_empty() {
            write!(f, " ({})", axes.join(", "))?;
        } else if let Some((verdict, count)) = self.counts.first()
            && (self.counts.len() == 1 || *verdict == Verdict::Attention)
        {
            write!(f, " {count}")?;
        }
        for (verdict, count) in self.counts.iter().skip(1) {
            write!(f, ", {} {count}", verdict.as_str())?;
        }
        Ok(())
    }
}

/// What there is to answer on an axis: `no: 2 major, 4 minor`.
pub(super) fn answer(findings: &[Told], axis: Axis) -> String {
    let mut words: IndexMap<&str, usize> = IndexMap::new();
    let mut all: Vec<Axes> =
        findings.iter().map(|told| axis.alone(told.finding.axes)).collect();
    all.sort_by(|a, b| b.cmp(a));
    let worst = all.first().copied().unwrap_or_default().verdict();
    for axes in all.into_iter().filter(|axes| *axes != Axes::default()) {
        *words.entry(axis.word(axes)).or_default() += 1;
    }
    // Who lacks what a call needs is refused, whatever the version.
    let refused = |told: &Told| told.finding.axes.permission == Permission::Wider;
    let is_tighter = findings
        .iter()
        .any(|told| told.finding.axes.operational == Operational::Tighter);
    let yes = match (axis, worst) {
        (Axis::Rust | Axis::Wire, Verdict::Breaking) => "no",
        (Axis::Wire, Verdict::Attention) => "perhaps not",
        (Axis::Wire, _) if findings.iter().any(refused) => {
            "yes, with the permissions that calls need now"
        }
        (Axis::Rust | Axis::Wire, _) => "yes",
        (Axis::Operational, Verdict::Attention) if !is_tighter => {
            "no, but logs may show what they hid"
        }
        (Axis::Permission, Verdict::Breaking)
        | (Axis::Operational, Verdict::Attention) => "yes",
        (Axis::Permission | Axis::Operational, _) => "no",
    };
    let words: Vec<String> =
        words.into_iter().map(|(word, count)| format!("{count} {word}")).collect();
    if words.is_empty() {
        yes.to_owned()
    } else {
        format!("{yes}: {}", words.join(", "))
    }
}

/// Returns why the change is blocked, or `None` if it is not.
pub(super) fn blocked(report: &Report) -> Option<String> {
    let waiting = report.gate.waiting.len();
    let verb = if waiting == 1 { "needs" } else { "need" };
    let acks = (waiting > 0).then(|| {
        let changes = count(waiting, "change");
        if report.of_documents {
            // Front has published the changes: they cannot be accepted in spec/acks.yaml.
            let verb = if waiting == 1 { "reaches" } else { "reach" };
            return format!("{changes} {verb} the level of `--fail-on`");
        }
        format!("{changes} {verb} an entry in spec/acks.yaml")
    });
    let version = report.gate.version.then(|| "the version is too small".to_owned());
    let unexplained = report.unexplained.len();
    let fault = (unexplained > 0).then(|| {
        let lines = count(unexplained, "line");
        format!("no rule explains {lines} of the public API that differ")
    });
    let unread = (report.gate.unread > 0).then(|| {
        let verb = if report.gate.unread == 1 { "is" } else { "are" };
        format!("{} {verb} not read", count(report.gate.unread, "differing keyword"))
    });
    let why: Vec<String> =
        acks.into_iter().chain(unread).chain(version).chain(fault).collect();
    (!why.is_empty()).then(|| why.join(", and "))
}

/// Returns a line for each keyword that differs between two documents and is not read: new ones first, then those that are gone.
pub(super) fn unread(report: &Report) -> Vec<String> {
    let line = |sign: &str, unread: &Unread| {
        format!(
            "{sign} {}: {} ({})",
            printable(&unread.at),
            printable(&unread.shown()),
            unread.why
        )
    };
    let new = report.unread.new.iter().map(|unread| line("+", unread));
    new.chain(report.unread.gone.iter().map(|unread| line("-", unread))).collect()
}
