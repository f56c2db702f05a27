//! A report as annotations that GitHub shows beside the lines of a pull request.

use std::fmt::Write as _;

use super::super::finding::Verdict;
use super::{Group, Report, oneline, say};

/// GitHub shows this many of a kind for a step, and drops what comes after without a word.
const MAX: usize = 10;

/// An annotation, without its `::error `.
struct Note {
    place: String,
    title: String,
    text: String,
}

/// Errors for what breaks, warnings for what someone should know, notices for what is new, worst first; then the report in a
/// line, for the log. The last of a kind says how many more there are.
#[must_use]
pub fn github(report: &Report) -> String {
    let mut kinds: [(&str, Vec<Note>); 3] =
        [("error", Vec::new()), ("warning", Vec::new()), ("notice", Vec::new())];
    if report.gate.version {
        kinds[0].1.push(Note {
            place: "file=Cargo.toml".to_owned(),
            title: "version".to_owned(),
            text: format!("bump: {}", report.bump),
        });
    }
    for line in say::unread(report) {
        let title = "not read".to_owned();
        kinds[1].1.push(Note { place: String::new(), title, text: line });
    }
    for group in &report.groups {
        let told = &report.findings[group.lead];
        let kind = match told.finding.axes.verdict() {
            // What was accepted is shown, and alarms nobody.
            _ if told.ack.is_some() => 2,
            Verdict::Breaking => 0,
            Verdict::Attention => 1,
            Verdict::Additive => 2,
            Verdict::Docs => continue,
        };
        kinds[kind].1.push(note(report, group));
    }
    let mut text = String::new();
    for (kind, notes) in kinds {
        let shown = if notes.len() > MAX { MAX - 1 } else { notes.len() };
        for Note { place, title, text: said } in &notes[..shown] {
            let _infallible = writeln!(
                text,
                "::{kind} {place}{}title={}::{}",
                if place.is_empty() { "" } else { "," },
                property(title),
                data(said)
            );
        }
        if notes.len() > shown {
            let more = notes.len() - shown;
            let _infallible =
                writeln!(text, "::{kind} title=spec diff::+{more} more in the summary");
        }
    }
    text + &oneline(report)
}

fn note(report: &Report, group: &Group) -> Note {
    let told = &report.findings[group.lead];
    let finding = &told.finding;
    let mut text = finding.message.clone();
    for (name, said) in say::notes(report, group, 5) {
        let _infallible = write!(text, "\n{name}: {said}");
    }
    if let Some(reason) = &told.ack {
        let _infallible = write!(text, "\nacknowledged: {reason}");
    }
    let place = match &told.near {
        Some(spot) => format!(
            "file={},line={},col={},endColumn={}",
            property(&spot.file),
            spot.line,
            spot.column,
            spot.column + spot.length
        ),
        None => String::new(),
    };
    Note {
        place,
        title: format!("{} {}", say::title(finding.axes), finding.rule.id),
        text,
    }
}

/// Text with what would end it spelled out.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
