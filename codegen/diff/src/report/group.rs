//! Changes that are reported together: one change of many subjects, and changed words.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::super::finding::{Axes, Verdict};
use super::fingerprint::of_all;
use super::{Several, Told};

/// Findings that say one thing of several subjects, by their positions in the report. Most are of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The finding that is reported.
    pub lead: usize,
    /// Those that would be told alike.
    pub others: Vec<usize>,
}

impl Group {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = usize> + '_ {
        std::iter::once(self.lead).chain(self.others.iter().copied())
    }

    /// How many they are.
    #[must_use]
    pub fn count(&self) -> usize {
        1 + self.others.len()
    }
}

/// Changes of words in one resource.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Its name; empty for those of none.
    pub resource: String,
    /// The findings, by their positions in the report.
    pub findings: Vec<usize>,
}

/// All that is more than words, in order. One permission that many calls need now is one group; what is known neither before
/// nor after says nothing that two could share.
pub(super) fn groups(findings: &[Told]) -> Vec<Group> {
    type Key<'a> = (&'a str, &'a str, [Option<&'a str>; 3], Axes);
    let mut groups: Vec<Group> = Vec::new();
    let mut known: BTreeMap<Key<'_>, usize> = BTreeMap::new();
    for (index, told) in findings.iter().enumerate() {
        let finding = &told.finding;
        if finding.axes.verdict() == Verdict::Docs {
            continue;
        }
        let (old, new) = (finding.old.as_deref(), finding.new.as_deref());
        let alone = Group { lead: index, others: Vec::new() };
        if old.is_none() && new.is_none() {
            groups.push(alone);
            continue;
        }
        let key = (
            finding.rule.id,
            finding.subject.kind,
            [old, new, told.ack.as_deref()],
            finding.axes,
        );
        match known.get(&key) {
            Some(&group) => groups[group].others.push(index),
            None => {
                known.insert(key, groups.len());
                groups.push(alone);
            }
        }
    }
    groups
}

/// Lets each know those that are told with it, whatever was accepted of them.
pub(super) fn several(findings: &mut [Told]) {
    for group in groups(findings).iter().filter(|group| group.count() > 1) {
        let fingerprints: Vec<&str> =
            group.all().map(|index| findings[index].fingerprint.as_str()).collect();
        let lead = &findings[group.lead].finding.subject.id;
        let several = Several {
            fingerprint: of_all(&fingerprints),
            subject: format!("{lead} and {} more", group.others.len()),
            count: group.count(),
        };
        for index in group.all() {
            findings[index].several = Some(several.clone());
        }
    }
}

/// All that is words, by resource.
pub(super) fn words(findings: &[Told]) -> Vec<Words> {
    let mut by_resource: IndexMap<&str, Vec<usize>> = IndexMap::new();
    for (index, told) in findings.iter().enumerate() {
        if told.finding.axes.verdict() == Verdict::Docs {
            by_resource.entry(&told.finding.subject.resource).or_default().push(index);
        }
    }
    by_resource
        .into_iter()
        .map(|(resource, findings)| Words { resource: resource.to_owned(), findings })
        .collect()
}
