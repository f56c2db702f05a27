//! A report for a terminal: each change as rustc tells an error, then what it is all together.

use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Level, Renderer, Snippet};

use super::super::finding::{Axes, Verdict};
use super::place::Spot;
use super::{Group, Report, Told, gate, say};
use front_codegen::problem::draw::printable;

/// How many names of a list are shown; `verbose` shows all.
const SHOWN: usize = 8;

/// Draws a report; `verbose` tells changes of words one by one, and lists whole.
#[must_use]
pub fn text(report: &Report, color: bool, verbose: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let shown = if verbose { usize::MAX } else { SHOWN };
    let mut text = String::new();
    for group in &report.groups {
        text.push_str(&one(report, group, shown, &renderer));
        text.push_str("\n\n");
    }
    for words in &report.words {
        if verbose {
            for &lead in &words.findings {
                let group = Group { lead, others: Vec::new() };
                text.push_str(&one(report, &group, shown, &renderer));
                text.push_str("\n\n");
            }
        } else {
            let _infallible = writeln!(text, "docs: {}", say::words(report, words));
        }
    }
    if !report.words.is_empty() && !verbose {
        text.push_str("(-v shows each)\n\n");
    }
    for ack in &report.unused {
        let _infallible = writeln!(
            text,
            "unused: spec/acks.yaml acknowledges {} ({} of `{}`), which is not among these changes: take it out",
            ack.id,
            ack.rule,
            printable(&ack.subject)
        );
    }
    if !report.unused.is_empty() {
        text.push('\n');
    }
    let unread = say::unread(report);
    if !unread.is_empty() {
        text.push_str(
            "not read: the documents differ in keywords that the spec cannot express\n",
        );
        for line in unread {
            let _infallible = writeln!(text, "  {line}");
        }
        text.push('\n');
    }
    let _infallible =
        writeln!(text, "verdict: {}\nbump: {}", report.headline, report.bump);
    if let Some(why) = say::blocked(report) {
        let _infallible = writeln!(text, "blocked: {why}");
    }
    let entries = report.entries();
    if !entries.is_empty() {
        let _infallible = write!(
            text,
            "\nTo accept a change, paste its entry into spec/acks.yaml and give a reason:\n\n{}{}",
            gate::begin(report),
            gate::entries(entries)
        );
    }
    text
}

/// Public Rust that differs and that nothing explains, a line each; empty where there is none.
#[must_use]
pub fn unexplained(report: &Report) -> String {
    let mut text = String::new();
    for change in &report.unexplained {
        let _infallible = writeln!(text, "{}", change.key);
        for (sign, line) in [('-', &change.old), ('+', &change.new)] {
            if let Some(line) = line {
                let _infallible = writeln!(text, "  {sign} {line}");
            }
        }
    }
    text
}

fn one(report: &Report, group: &Group, shown: usize, renderer: &Renderer) -> String {
    let told = &report.findings[group.lead];
    let finding = &told.finding;
    let name = say::title(finding.axes);
    let title = level(finding.axes)
        .with_name(name.as_str())
        .primary_title(printable(&finding.message))
        .id(finding.rule.id);
    let mut notes = say::notes(report, group, shown);
    let open = group.all().filter(|index| report.gate.waiting.contains(index)).count();
    match &told.ack {
        Some(reason) => notes.push(("acknowledged", reason.clone())),
        None if report.of_documents => {}
        None if open == 1 && group.count() == 1 => {
            notes.push(("ack", told.fingerprint.clone()));
        }
        None => {
            let all = told.several.as_ref().filter(|several| several.count == open);
            notes.extend(all.map(|several| ("ack", several.fingerprint.clone())));
        }
    }
    let is_nowhere = told.at.is_none() && told.was.is_none();
    if finding.axes.verdict() < Verdict::Attention || is_nowhere {
        let alone = annotate_snippets::Group::with_title(title);
        return short(&renderer.render(&[alone]), told, &notes);
    }
    let notes: Vec<Element<'_>> = notes
        .into_iter()
        .map(|(name, note)| Level::NOTE.with_name(name).message(printable(&note)).into())
        .collect();
    renderer.render(&[title.elements(places(told).into_iter().chain(notes))])
}

fn level(axes: Axes) -> Level<'static> {
    match axes.verdict() {
        Verdict::Breaking => Level::ERROR,
        Verdict::Attention => Level::WARNING,
        Verdict::Additive => Level::INFO,
        Verdict::Docs => Level::NOTE,
    }
}

/// What nobody has to worry about, without its line: there may be hundreds.
fn short(title: &str, told: &Told, notes: &[(&str, String)]) -> String {
    let mut text = title.to_owned();
    if let Some(spot) = told.at.as_ref().or(told.was.as_ref()) {
        let _infallible = write!(text, "\n  --> {spot}");
    }
    for (name, note) in notes {
        let _infallible = write!(text, "\n   = {name}: {}", printable(note));
    }
    text
}

/// The line, and what it was where that says more.
fn places(told: &Told) -> Vec<Element<'_>> {
    match (&told.at, &told.was) {
        (Some(at), Some(was)) if at.text != was.text => vec![
            line(at, "now", AnnotationKind::Primary),
            line(was, "before", AnnotationKind::Context),
        ],
        (Some(at), _) => vec![line(at, "", AnnotationKind::Primary)],
        (None, Some(was)) => vec![line(was, "before", AnnotationKind::Primary)],
        (None, None) => Vec::new(),
    }
}

fn line<'a>(spot: &'a Spot, label: &'a str, kind: AnnotationKind) -> Element<'a> {
    let label = (!label.is_empty()).then_some(label);
    Snippet::source(spot.text.as_str())
        .path(spot.file.as_str())
        .line_start(spot.line)
        .annotation(kind.span(bytes(spot)).label(label))
        .into()
}

/// The stretch of its line, in bytes.
fn bytes(spot: &Spot) -> Range<usize> {
    let byte = |of: usize| {
        spot.text.char_indices().nth(of).map_or(spot.text.len(), |(byte, _)| byte)
    };
    let start = spot.column.saturating_sub(1);
    byte(start)..byte(start + spot.length)
}
