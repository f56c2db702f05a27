//! A report as Markdown, for a comment that is written over at each push, or a job's summary.

use std::fmt::Write as _;

use indexmap::IndexMap;

use super::super::finding::Verdict;
use super::axis::Axis;
use super::{Group, Report, gate, say};
use front_codegen::markdown::{code, fence, prose};

/// The first line, which nobody sees and by which the comment is found again.
pub const MARKER: &str = "<!-- front-codegen: spec diff -->";

/// How many characters there are at most. A comment takes 65,536.
const MAX: usize = 60_000;

/// How many of them may go to what is pasted into `spec/acks.yaml`.
const ACKS: usize = 15_000;

/// What the line about all that is left out takes at most.
const CUT: usize = 200;

/// How many names of a list are shown.
const SHOWN: usize = 12;

/// What is folded together.
struct Section {
    open: String,
    /// With how many findings each.
    items: Vec<(String, usize)>,
}

const CLOSE: &str = "\n</details>\n";

/// Draws a report, a resource a fold; what does not fit is left out at the end, change by change, and counted.
#[must_use]
pub fn markdown(report: &Report) -> String {
    let mut text = head(report);
    let tail = tail(report);
    let mut room = MAX.saturating_sub(length(&text) + length(&tail) + CUT);
    let mut left = 0;
    let mut full = false;
    for Section { open, items } in sections(report) {
        let around = length(&open) + length(CLOSE);
        let mut inside = String::new();
        for (item, count) in items {
            let needed = length(&item) + if inside.is_empty() { around } else { 0 };
            full |= needed > room;
            if full {
                left += count;
            } else {
                room -= needed;
                inside.push_str(&item);
            }
        }
        if !inside.is_empty() {
            text.push_str(&(open + &inside + CLOSE));
        }
    }
    if left > 0 {
        let _infallible = write!(
            text,
            "\n**{} left out here**: `cargo xtask diff` shows every one.\n",
            say::count(left, "change")
        );
    }
    text + &tail
}

fn length(text: &str) -> usize {
    text.chars().count()
}

fn head(report: &Report) -> String {
    let mut text =
        format!("{MARKER}\n### Spec: {}\n\n| | |\n|---|---|\n", report.headline);
    for axis in Axis::ALL {
        let answer = say::answer(&report.findings, axis);
        let _infallible = writeln!(text, "| {} | {answer} |", axis.question());
    }
    let _infallible = writeln!(text, "| Bump | {} |", report.bump);
    let unread = say::unread(report);
    if !unread.is_empty() {
        text.push_str("\nKeywords that differ and that the spec cannot express:\n\n");
        for line in unread.iter().take(SHOWN) {
            let _infallible = writeln!(text, "- {}", code(line));
        }
        if unread.len() > SHOWN {
            let _infallible = writeln!(text, "- and {} more", unread.len() - SHOWN);
        }
    }
    if report.of_documents {
        return text;
    }
    let gate = say::blocked(report)
        .map_or("open".to_owned(), |why| format!("**blocked**: {why}"));
    let _infallible = writeln!(text, "| Gate | {gate} |");
    text
}

/// What is more than words by resource, the resource of the worst first; then the words.
fn sections(report: &Report) -> Vec<Section> {
    let mut by_resource: IndexMap<String, Vec<&Group>> = IndexMap::new();
    for group in &report.groups {
        by_resource.entry(place(report, group)).or_default().push(group);
    }
    let mut sections: Vec<Section> = by_resource
        .into_iter()
        .map(|(place, groups)| {
            let verdicts: Vec<(Verdict, usize)> = groups
                .iter()
                .map(|group| {
                    let axes = report.findings[group.lead].finding.axes;
                    (axes.verdict(), group.count())
                })
                .collect();
            let mut counts: IndexMap<&str, usize> = IndexMap::new();
            for &(verdict, count) in &verdicts {
                *counts.entry(verdict.as_str()).or_default() += count;
            }
            let counts: Vec<String> = counts
                .into_iter()
                .map(|(verdict, count)| format!("{count} {verdict}"))
                .collect();
            let worst = verdicts.iter().map(|(verdict, _)| *verdict).max();
            let items =
                groups.into_iter().map(|group| (item(report, group), group.count()));
            Section {
                open: format!(
                    "\n<details{}><summary><b>{place}</b>: {}</summary>\n\n",
                    if worst == Some(Verdict::Breaking) { " open" } else { "" },
                    counts.join(", ")
                ),
                items: items.collect(),
            }
        })
        .collect();
    if !report.words.is_empty() {
        let count: usize = report.words.iter().map(|words| words.findings.len()).sum();
        let items = report.words.iter().map(|words| {
            (format!("- {}\n", say::words(report, words)), words.findings.len())
        });
        sections.push(Section {
            open: format!(
                "\n<details><summary><b>words only</b>: {}</summary>\n\n",
                say::count(count, "change")
            ),
            items: items.collect(),
        });
    }
    sections
}

/// The heading of a group.
fn place(report: &Report, group: &Group) -> String {
    let of = |index: usize| report.findings[index].finding.subject.resource.as_str();
    let resource = of(group.lead);
    if group.all().any(|index| of(index) != resource) {
        "several resources".to_owned()
    } else if resource.is_empty() {
        "the API as a whole".to_owned()
    } else {
        prose(resource)
    }
}

fn item(report: &Report, group: &Group) -> String {
    let told = &report.findings[group.lead];
    let finding = &told.finding;
    let mut text = format!(
        "- **{}** {}: {}\n",
        say::title(finding.axes),
        code(finding.rule.id),
        prose(&finding.message)
    );
    let mut line = |name: &str, said: &str| {
        let _infallible = writeln!(text, "  - {name}: {said}");
    };
    match (&told.at, &told.was) {
        (Some(at), _) => line("at", &code(&at.to_string())),
        (None, Some(was)) => line("was at", &code(&was.to_string())),
        (None, None) => {}
    }
    for (name, said) in say::notes(report, group, SHOWN) {
        line(name, &prose(&said));
    }
    if let Some(reason) = &told.ack {
        line("acknowledged", &prose(reason));
    }
    text
}

/// Acknowledgements that there are for nothing, and those that there might be.
fn tail(report: &Report) -> String {
    let mut text = String::new();
    for ack in report.unused.iter().take(SHOWN) {
        let _infallible = write!(
            text,
            "\n`spec/acks.yaml` acknowledges {} ({} of {}), which is not among these changes: take it out.\n",
            code(&ack.id),
            code(&ack.rule),
            code(&ack.subject)
        );
    }
    let entries = report.entries();
    if entries.is_empty() {
        return text;
    }
    let mut pasted = String::new();
    let mut left = entries.len();
    for ack in entries {
        let entry = gate::entries(vec![ack]);
        if length(&pasted) + length(&entry) > ACKS {
            break;
        }
        pasted.push_str(&entry);
        left -= 1;
    }
    let fence = fence(&pasted);
    let _infallible = write!(
        text,
        "\n<details><summary>To accept a change, paste its entry into <code>spec/acks.yaml</code> and give a reason</summary>\n\n{fence}yaml\n{}{pasted}{fence}\n",
        gate::begin(report)
    );
    if left > 0 {
        let _infallible =
            write!(text, "\n{left} more: `cargo xtask diff` prints every one.\n");
    }
    text + CLOSE
}
