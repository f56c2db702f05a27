//! A report for programs. `codegen/diff/schema/diff.json` is its schema, made of these structs.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::finding::Finding;
use super::axis::Axis;
use super::place::Spot;
use super::{Report, Told};
use front_codegen::spec::Ack;
use front_import::unread::Unread;

/// What a change of the spec means. A key that is absent has nothing to say.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Document<'a> {
    /// The worst of the findings.
    #[schemars(extend("enum" = ["none", "docs", "additive", "attention", "breaking"]))]
    verdict: &'static str,
    /// The axes by which it is.
    #[schemars(extend("items" = axis_schema()))]
    axes: Vec<&'static str>,
    /// How far the version has to move.
    #[schemars(extend("enum" = ["none", "patch", "minor", "major"]))]
    bump: &'static str,
    /// From which version, and to which.
    version: Version,
    /// Whether it may go in.
    gate: Gate<'a>,
    /// Every change, worst first.
    findings: Vec<Entry<'a>>,
    /// Entries of `spec/acks.yaml` that are of none of them.
    unused_acks: &'a [Ack],
    /// Keywords that differ between two of Front's documents and are not read.
    unread: Vec<Keyword<'a>>,
    /// Public Rust that differs and that no finding explains: a fault of the report.
    unexplained: Vec<Line<'a>>,
}

/// Returns the JSON Schema of a report, as `codegen/diff/schema/diff.json` has it.
#[must_use]
pub fn schema() -> String {
    front_codegen::schema::of::<Document<'_>>(BLESS)
}

/// The command that writes the schema.
const BLESS: &str = "BLESS=1 cargo test -p front-diff --test report";

/// A keyword that the spec cannot express.
#[derive(Debug, Serialize, JsonSchema)]
struct Keyword<'a> {
    /// `new` if only the later document has it, `gone` if only the earlier one has it.
    #[schemars(extend("enum" = ["new", "gone"]))]
    change: &'static str,
    /// The pointer to it.
    at: &'a str,
    /// Its value.
    value: String,
    /// Why it is not read.
    why: &'a str,
}

/// From which version, and to which.
#[derive(Debug, Serialize, JsonSchema)]
struct Version {
    /// What `Cargo.toml` has at base.
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<String>,
    /// What it has at head.
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<String>,
    /// What it has to have at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    /// Whether it has. `kept`: it has base's still.
    #[schemars(extend("enum" = ["unknown", "kept", "enough", "too-small", "larger"]))]
    judged: &'static str,
}

/// Whether a change may go in.
#[derive(Debug, Serialize, JsonSchema)]
struct Gate<'a> {
    /// Whether it may: nothing waits, the version is large enough, and nothing is unexplained.
    open: bool,
    /// The fingerprints of findings that wait for an acknowledgement.
    waiting: Vec<&'a str>,
    /// Whether the version keeps it out.
    version: bool,
}

/// A change.
#[derive(Debug, Serialize, JsonSchema)]
struct Entry<'a> {
    /// Which kind of change: `cargo xtask diff --explain` lists them.
    rule: &'static str,
    /// The worst of its axes.
    #[schemars(extend("enum" = ["docs", "additive", "attention", "breaking"]))]
    verdict: &'static str,
    /// What it means on each axis.
    axes: Axes,
    /// What changed.
    subject: Subject<'a>,
    /// One sentence.
    message: &'a str,
    /// What it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<&'a str>,
    /// What it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<&'a str>,
    /// Its location at head.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<Place<'a>>,
    /// Where it stood at base.
    #[serde(skip_serializing_if = "Option::is_none")]
    was: Option<Place<'a>>,
    /// What it reaches, where it is a type's.
    reach: Reach<'a>,
    /// What follows from it.
    notes: Vec<Note<'a>>,
    /// The fingerprint of all that say the same of other subjects, itself among them; absent where there are no others.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'a str>,
    /// By what it is known from run to run.
    #[schemars(extend("pattern" = "^[0-9a-f]{12}$"))]
    fingerprint: &'a str,
    /// Why it was accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    ack: Option<&'a str>,
}

/// What a change means on each axis.
#[derive(Debug, Serialize, JsonSchema)]
struct Axes {
    /// For code that uses the crate.
    #[schemars(extend("enum" = ["none", "minor", "major"]))]
    rust: &'static str,
    /// For released versions of the crate.
    #[schemars(extend("enum" = ["none", "additive", "risk", "break"]))]
    wire: &'static str,
    /// For tokens.
    #[schemars(extend("enum" = ["none", "narrower", "wider"]))]
    permission: &'static str,
    /// For limits and logs.
    #[schemars(extend("enum" = ["none", "looser", "exposed", "tighter"]))]
    operational: &'static str,
}

/// What changed.
#[derive(Debug, Serialize, JsonSchema)]
struct Subject<'a> {
    /// `operation`, `type`, `field`, ..
    kind: &'static str,
    /// Its name.
    id: &'a str,
    /// The resource that it belongs to; absent where it is none's.
    #[serde(skip_serializing_if = "str::is_empty")]
    #[schemars(with = "Option<&str>")]
    resource: &'a str,
}

/// A stretch of a line.
#[derive(Debug, Serialize, JsonSchema)]
struct Place<'a> {
    /// The file, from the project's root.
    file: &'a str,
    /// From 1.
    line: usize,
    /// In characters, from 1.
    column: usize,
    /// In characters.
    length: usize,
}

/// What a type's change reaches.
#[derive(Debug, Serialize, JsonSchema)]
struct Reach<'a> {
    /// Operations, by their names in the crate.
    operations: &'a [String],
    /// Webhook events.
    events: &'a [String],
}

/// What follows from a change.
#[derive(Debug, Serialize, JsonSchema)]
struct Note<'a> {
    /// On which axis, or what else it is about.
    about: &'static str,
    /// A sentence.
    text: &'a str,
}

/// A line of the public API.
#[derive(Debug, Serialize, JsonSchema)]
struct Line<'a> {
    /// Which item.
    key: &'a str,
    /// What it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    old: Option<&'a str>,
    /// What it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    new: Option<&'a str>,
}

fn axis_schema() -> serde_json::Value {
    serde_json::json!({ "type": "string", "enum": Axis::ALL.map(Axis::as_str) })
}

/// The report as JSON: one object.
///
/// # Panics
///
/// Never: texts, numbers and lists can always be printed.
#[must_use]
pub fn json(report: &Report) -> String {
    let mut text = serde_json::to_string_pretty(&document(report))
        .expect("texts, numbers and lists can always be printed");
    text.push('\n');
    text
}

fn document(report: &Report) -> Document<'_> {
    let bump = &report.bump;
    let said =
        |version: &Option<semver::Version>| version.as_ref().map(ToString::to_string);
    let waiting = report.gate.waiting.iter();
    Document {
        verdict: report.headline.as_str(),
        axes: report.headline.axes.iter().map(|(axis, _)| axis.as_str()).collect(),
        bump: bump.needs.as_str(),
        version: Version {
            base: said(&bump.versions.base),
            head: said(&bump.versions.head),
            next: said(&bump.next),
            judged: bump.judged.as_str(),
        },
        gate: Gate {
            open: report.gate.is_open() && report.unexplained.is_empty(),
            waiting: waiting
                .map(|&index| report.findings[index].fingerprint.as_str())
                .collect(),
            version: report.gate.version,
        },
        findings: report.findings.iter().map(entry).collect(),
        unused_acks: &report.unused,
        unread: keywords("new", &report.unread.new)
            .chain(keywords("gone", &report.unread.gone))
            .collect(),
        unexplained: report
            .unexplained
            .iter()
            .map(|change| Line {
                key: &change.key,
                old: change.old.as_deref(),
                new: change.new.as_deref(),
            })
            .collect(),
    }
}

fn entry(told: &Told) -> Entry<'_> {
    let Finding { rule, subject, axes, old, new, reach, message, notes, .. } =
        &told.finding;
    Entry {
        rule: rule.id,
        verdict: axes.verdict().as_str(),
        axes: Axes {
            rust: Axis::Rust.word(*axes),
            wire: Axis::Wire.word(*axes),
            permission: Axis::Permission.word(*axes),
            operational: Axis::Operational.word(*axes),
        },
        subject: Subject {
            kind: subject.kind,
            id: &subject.id,
            resource: &subject.resource,
        },
        message,
        old: old.as_deref(),
        new: new.as_deref(),
        at: told.at.as_ref().map(place),
        was: told.was.as_ref().map(place),
        reach: Reach { operations: &reach.operations, events: &reach.events },
        notes: notes.iter().map(|(about, text)| Note { about, text }).collect(),
        group: told.several.as_ref().map(|several| several.fingerprint.as_str()),
        fingerprint: &told.fingerprint,
        ack: told.ack.as_deref(),
    }
}

fn place(spot: &Spot) -> Place<'_> {
    let Spot { file, line, column, length, text: _ } = spot;
    Place { file, line: *line, column: *column, length: *length }
}

fn keywords<'r>(
    change: &'static str,
    all: &'r [Unread],
) -> impl Iterator<Item = Keyword<'r>> {
    all.iter().map(move |unread| Keyword {
        change,
        at: &unread.at,
        value: unread.shown(),
        why: &unread.why,
    })
}
