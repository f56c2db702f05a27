//! A report as entries of `CHANGELOG.md`, after Keep a Changelog.

use super::super::finding::Verdict;
use super::axis::deciding;
use super::{Axis, Group, Report, say};
use front_codegen::markdown::prose;

/// The heads of a release's parts, in their order.
const PARTS: [&str; 6] =
    ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

/// Where entries go.
const UNRELEASED: &str = "## [Unreleased]";

/// An entry, and the part that it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// `Added`, `Changed`, ..
    pub part: &'static str,
    /// `- ..`, in one line.
    pub text: String,
}

/// What users are told: a line a change, worst first. Changes of words are not for them.
#[must_use]
pub fn entries(report: &Report) -> Vec<Entry> {
    report.groups.iter().map(|group| entry(report, group)).collect()
}

fn entry(report: &Report, group: &Group) -> Entry {
    let finding = &report.findings[group.lead].finding;
    let breaking = finding.axes.verdict() == Verdict::Breaking;
    let rule = finding.rule.id;
    let part = if rule.ends_with("-removed") {
        "Removed"
    } else if rule.ends_with("-deprecated") {
        "Deprecated"
    } else if rule.contains("-added") && !breaking {
        "Added"
    } else {
        "Changed"
    };
    let mut text = String::from("- ");
    if breaking {
        let axes: Vec<&str> =
            deciding(finding.axes).into_iter().map(Axis::as_str).collect();
        text.push_str(&format!("**Breaking ({}):** ", axes.join(", ")));
    }
    text.push_str(&prose(finding.message.trim_end_matches('.')));
    if group.count() > 1 {
        let others = say::some(&say::others(report, group), usize::MAX);
        text.push_str(&format!("; likewise {}", prose(&others)));
    }
    text.push('.');
    let words: Vec<&str> = text.split_whitespace().collect();
    Entry { part, text: words.join(" ") }
}

/// Entries under their heads.
#[must_use]
pub fn render(entries: &[Entry]) -> String {
    insert(&format!("{UNRELEASED}\n"), entries)
}

/// Those that do not stand under `Unreleased`, in these words.
#[must_use]
pub fn missing(changelog: &str, entries: Vec<Entry>) -> Vec<Entry> {
    let changelog = changelog.replace("\r\n", "\n");
    let parts = split(&changelog).map_or_else(Vec::new, |(_, body, _)| parts(body));
    let located = |entry: &Entry| {
        let mut under = parts.iter().filter(|(head, _)| head == entry.part);
        under.any(|(_, text)| text.lines().any(|line| line == entry.text))
    };
    entries.into_iter().filter(|entry| !located(entry)).collect()
}

/// The changelog with the entries under `Unreleased`, behind those that are there. One that is there already is left as it is,
/// so that to insert twice is to insert once.
#[must_use]
pub fn insert(changelog: &str, entries: &[Entry]) -> String {
    let changelog = changelog.replace("\r\n", "\n");
    let (before, body, after) = match split(&changelog) {
        Some(split) => split,
        None => {
            // Before the last release, or at the end.
            let at = changelog.find("\n## ").map_or(changelog.len(), |at| at + 1);
            let (before, after) = changelog.split_at(at);
            let gap =
                if before.is_empty() || before.ends_with("\n\n") { "" } else { "\n" };
            (format!("{before}{gap}{UNRELEASED}\n"), "", after)
        }
    };
    let mut parts = parts(body);
    for entry in entries {
        let at = position(&mut parts, entry.part);
        let (_, text) = &mut parts[at];
        if !text.lines().any(|line| line == entry.text) {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&entry.text);
        }
    }
    let mut out = before;
    for (head, text) in
        parts.iter().filter(|(head, text)| !(head.is_empty() && text.is_empty()))
    {
        out.push('\n');
        if !head.is_empty() {
            out.push_str(&format!("### {head}\n\n"));
        }
        out.push_str(text);
        out.push('\n');
    }
    if !after.is_empty() {
        out.push('\n');
        out.push_str(after);
    }
    out
}

/// The text up to `Unreleased`, under it, and after it.
fn split(changelog: &str) -> Option<(String, &str, &str)> {
    let start = changelog
        .match_indices(UNRELEASED)
        .map(|(at, _)| at)
        .find(|&at| at == 0 || changelog[..at].ends_with('\n'))?;
    let line =
        changelog[start..].find('\n').map_or(changelog.len(), |end| start + end + 1);
    let rest = &changelog[line..];
    let end = if rest.starts_with("## ") {
        0
    } else {
        rest.find("\n## ").map_or(rest.len(), |at| at + 1)
    };
    let mut before = changelog[..line].to_owned();
    if !before.ends_with('\n') {
        before.push('\n');
    }
    Some((before, &rest[..end], &rest[end..]))
}

/// The entries under each heading; entries without a heading come first, with an empty one.
fn parts(body: &str) -> Vec<(String, String)> {
    let mut parts = vec![(String::new(), String::new())];
    for line in body.lines() {
        if let Some(head) = line.strip_prefix("### ") {
            parts.push((head.trim().to_owned(), String::new()));
        } else if let Some((_, text)) = parts.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    for (_, text) in &mut parts {
        *text = text.trim_matches('\n').to_owned();
    }
    parts
}

/// The part of that head, which is made at its place where there is none.
fn position(parts: &mut Vec<(String, String)>, part: &str) -> usize {
    if let Some(at) = parts.iter().position(|(head, _)| head == part) {
        return at;
    }
    let rank = |head: &str| PARTS.iter().position(|known| *known == head);
    let later = |head: &str| rank(head).is_some_and(|other| Some(other) > rank(part));
    let at = parts.iter().position(|(head, _)| later(head)).unwrap_or(parts.len());
    parts.insert(at, (part.to_owned(), String::new()));
    at
}
