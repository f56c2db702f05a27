//! Draws problems as rustc does: title, place, the lines in question with carets, what to do.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use super::{Place, Problem, Problems, Severity};
use crate::source::Source;
use crate::source::is_invisible;

/// Every problem in order, then how many were left out.
pub(super) fn all(problems: &[Problem], sources: &[Source], color: bool) -> String {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let mut ordered: Vec<&Problem> = problems.iter().collect();
    ordered.sort_by_key(|problem| {
        let at = problem.at.as_ref().map(|at| (at.file, at.span.start, at.span.end));
        (at, problem.code)
    });
    let mut text = String::new();
    for problem in ordered.iter().take(Problems::SHOWN) {
        text.push_str(&one(problem, sources, &renderer));
        text.push_str("\n\n");
    }
    let more = ordered.len().saturating_sub(Problems::SHOWN);
    if more > 0 {
        let _infallible = writeln!(text, "... and {more} more\n");
    }
    text
}

fn one(problem: &Problem, sources: &[Source], renderer: &Renderer) -> String {
    let level = match problem.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(printable(&problem.title)).id(problem.code.id());
    let elements = places(problem)
        .into_iter()
        .filter_map(|(file, marks)| Some(lines(sources.get(file)?, marks)));
    let help =
        problem.help.iter().map(|line| Level::HELP.message(printable(line)).into());
    renderer.render(&[title.elements(elements.chain(help))])
}

type Mark<'a> = (&'a Range<usize>, &'a str, AnnotationKind);

/// The marks file by file, the file of the problem first.
fn places(problem: &Problem) -> Vec<(usize, Vec<Mark<'_>>)> {
    let Some(Place { file, span }) = &problem.at else {
        return Vec::new();
    };
    let mut others: BTreeMap<usize, Vec<Mark<'_>>> = BTreeMap::new();
    let mut first = vec![(span, problem.label.as_str(), AnnotationKind::Primary)];
    for (place, label) in &problem.also {
        let mark = (&place.span, label.as_str(), AnnotationKind::Context);
        if place.file == *file {
            first.push(mark);
        } else {
            others.entry(place.file.0).or_default().push(mark);
        }
    }
    std::iter::once((file.0, first)).chain(others).collect()
}

/// The lines that hold the marks, and no more: the renderer walks all that it is given.
fn lines<'a>(source: &'a Source, marks: Vec<Mark<'a>>) -> Element<'a> {
    let text = source.text.as_str();
    if text.is_empty() {
        return Origin::path(source.path.as_str()).into();
    }
    let clip = |at: usize| {
        (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
    };
    let start = marks.iter().map(|mark| clip(mark.0.start)).min().unwrap_or(0);
    let end = marks.iter().map(|mark| clip(mark.0.end)).max().unwrap_or(0).max(start);
    let start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
    let first_line = text[..start].matches('\n').count() + 1;
    Snippet::source(&text[start..end])
        .path(source.path.as_str())
        .line_start(first_line)
        .annotations(marks.into_iter().map(|(span, label, kind)| {
            let from = clip(span.start) - start;
            let to = (clip(span.end).max(clip(span.start)) - start).max(from);
            let label = (!label.is_empty()).then(|| printable(label));
            kind.span(from..to).label(label)
        }))
        .into()
}

/// The text with what a terminal obeys instead of showing it spelled out: the spec may quote anything.
pub fn printable(text: &str) -> String {
    let mut printable = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && is_invisible(c) {
            printable.extend(c.escape_default());
        } else {
            printable.push(c);
        }
    }
    printable
}
