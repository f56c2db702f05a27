//! `cargo xtask diff`: reports what a change of `spec/` means, and whether it is blocked.

use std::fs;
use std::path::Path;

use front_diff::report::{Axis, FailOn, Report, json};
use front_diff::report::{github, markdown, oneline, text, unexplained};
use front_import::Revision;
use front_import::history::History;
use front_import::unread::UnreadChanges;
use lexopt::ValueExt as _;

use super::{explain, verify};
use crate::cli::{Command, Entry, Outcome, choice};
use crate::sides::{self, Compared, Loaded};
use crate::ui::{Ui, count};

pub(crate) const ENTRY: Entry = Entry {
    name: "diff",
    summary: "Report what a change of spec/ means, and whether it is blocked",
    usage: "[BASE [HEAD]]",
    arguments: &[
        (
            "BASE, HEAD",
            "Commits, or folders that contain spec/. `A...B` compares B with its merge base with A. Default: HEAD is the working tree, and BASE its merge base with the target branch",
        ),
        ("--format F", "text (default), markdown, json, github (annotations) or oneline"),
        (
            "--fail-on WHAT",
            "Block on breaking (default), attention or additive changes, or never",
        ),
        ("--only AXIS", "Only one axis: rust, wire, permission or operational"),
        ("--check-version", "Fail if the version in Cargo.toml must still be raised"),
        (
            "--verify",
            "Compare the verdict on Rust with cargo-semver-checks and cargo-public-api, if installed",
        ),
        (
            "--published",
            "BASE and HEAD are two documents that Front published; fails only with --fail-on",
        ),
        ("--explain[=RULE]", "Explain a kind of change, or list all of them"),
    ],
    new: || Box::<Arguments>::default(),
};

/// The arguments.
#[derive(Debug, Default)]
struct Arguments {
    /// Base and head; documents with `published`, a rule with `explain`.
    words: Vec<String>,
    format: Format,
    fail_on: Option<FailOn>,
    only: Option<Axis>,
    check_version: bool,
    verify: bool,
    published: bool,
    explain: bool,
}

/// The output format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Format {
    /// For a terminal.
    #[default]
    Text,
    /// For a comment or a job's summary.
    Markdown,
    /// For programs.
    Json,
    /// As annotations.
    Github,
    /// In a line.
    Oneline,
}

const FORMATS: &[(&str, Format)] = &[
    ("text", Format::Text),
    ("markdown", Format::Markdown),
    ("json", Format::Json),
    ("github", Format::Github),
    ("oneline", Format::Oneline),
];

impl Command for Arguments {
    fn option(
        &mut self,
        name: &str,
        parser: &mut lexopt::Parser,
    ) -> Result<bool, lexopt::Error> {
        match name {
            "format" => {
                self.format = choice(name, &parser.value()?.string()?, FORMATS)?;
            }
            "fail-on" => {
                let word = parser.value()?.string()?;
                self.fail_on = Some(FailOn::named(&word).ok_or_else(|| {
                    format!("invalid value `{word}` for `--fail-on`: expected breaking, attention, additive or never")
                })?);
            }
            "only" => {
                let word = parser.value()?.string()?;
                self.only = Some(Axis::named(&word).ok_or_else(|| {
                    format!("invalid value `{word}` for `--only`: expected rust, wire, permission or operational")
                })?);
            }
            "check-version" => self.check_version = true,
            "verify" => self.verify = true,
            "published" => self.published = true,
            "explain" => {
                self.explain = true;
                if let Some(rule) = parser.optional_value() {
                    self.words.push(rule.string()?);
                }
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn positional(&mut self, value: String) -> bool {
        let accepts = self.words.len() < 2;
        if accepts {
            self.words.push(value);
        }
        accepts
    }

    fn validate(&self) -> Result<(), String> {
        if self.explain && self.words.len() > 1 {
            return Err("`--explain` accepts only one rule".to_owned());
        }
        if self.published && self.words.len() != 2 {
            return Err("`--published` needs two documents, the older one first".to_owned());
        }
        sides::validate(&self.words)
    }

    fn run(self: Box<Self>, root: &Path, ui: &Ui) -> Outcome {
        run(root, &self, ui)
    }
}

/// Compares, prints the report and checks whether the change is blocked.
fn run(root: &Path, arguments: &Arguments, ui: &Ui) -> Outcome {
    if arguments.explain {
        return explain::change(arguments.words.first().map(String::as_str), ui);
    }
    let compared = if arguments.published {
        published(root, &arguments.words, ui)
    } else {
        sides::compared(root, &arguments.words, ui)
            .map(|compared| (compared, UnreadChanges::default()))
    };
    let (compared, unread) = match compared {
        Ok(compared) => compared,
        Err(outcome) => return outcome,
    };
    let mut report = compared.report();
    // Front has published the change already, so it is blocked only on request.
    let mut fail_on = FailOn::default();
    if arguments.published {
        (report, fail_on) = (report.of_documents(unread), FailOn::Never);
    }
    if let Some(axis) = arguments.only {
        report = report.only(axis);
    }
    let fail_on = arguments.fail_on.unwrap_or(fail_on);
    let report = report.gated(fail_on, arguments.check_version);
    if arguments.format == Format::Text {
        let (base, head) = (&compared.base.name, &compared.head.name);
        ui.info(format_args!("from {base}\nto {head}\n"));
    }
    let colored = ui.shows_color();
    let shown = match arguments.format {
        Format::Text => text(&report, colored, ui.verbose),
        Format::Markdown => markdown(&report),
        Format::Json => json::json(&report),
        Format::Github => github(&report),
        Format::Oneline => oneline(&report),
    };
    match arguments.format {
        Format::Github => ui.show_commands(&shown),
        _ => ui.output(&shown),
    }
    if arguments.verify && report.unexplained.is_empty() {
        let sides = [&compared.base.api, &compared.head.api];
        match verify::change(root, sides, report.bump.needs, ui) {
            Ok(summary) if arguments.format == Format::Text => ui.info(format_args!("\n{summary}")),
            Ok(_) => {}
            Err(outcome) => return outcome,
        }
    }
    outcome(&report, ui)
}

fn outcome(report: &Report, ui: &Ui) -> Outcome {
    if !report.unexplained.is_empty() {
        ui.error(format_args!(
            "error: no rule explains {} of the public API that differ: this is a bug in the report, not in the change:\n{}",
            count(report.unexplained.len(), "line"),
            unexplained(report).trim_end()
        ));
        return Outcome::InternalError;
    }
    if report.gate.is_open() { Outcome::Success } else { Outcome::Failure }
}

/// Imports two of Front's documents, the second after the first. The version at base is the current one, so that the report
/// contains the next version.
fn published(
    root: &Path,
    words: &[String],
    ui: &Ui,
) -> Result<(Compared, UnreadChanges), Outcome> {
    let (ours, _) = front_codegen::spec::read(root).map_err(|unread| {
        crate::load::report(&unread.problems, &unread.sources, ui);
        Outcome::InvalidSpec
    })?;
    let mut history = History::new(&ours);
    let mut next = |path: &str, manifest: Option<String>| {
        let invalid = |why: String| {
            ui.error(format_args!("error: {path} is not a valid document: {why}"));
            Outcome::InvalidSpec
        };
        let document = fs::read(path).map_err(|error| {
            ui.error(format_args!("error: cannot read {path}: {error}"));
            ui.error(
                "help: name two documents that Front published, the older one first",
            );
            Outcome::Unavailable
        })?;
        let revision = Revision { revision: Some(path.to_owned()), date: None };
        let step = history
            .step(&document, &revision)
            .map_err(|refused| invalid(refused.to_string()))?;
        let Some((spec, api)) = step.made else {
            // What changed is still known, but not what it means.
            ui.info(format_args!("to {path}\n\n{}", step.report.trim_end()));
            return Err(invalid(format!(
                "the imported spec is invalid:\n{}\nhelp: the changes are listed above; their effects can be reported once the spec is valid",
                step.problems.join("\n")
            )));
        };
        Ok((Loaded { name: path.to_owned(), spec, api, manifest }, step.unread))
    };
    let manifest = fs::read_to_string(root.join("Cargo.toml")).ok();
    let [base, head] = [0, 1].map(|at| words.get(at).map_or("", String::as_str));
    let (base, earlier) = next(base, manifest)?;
    let (head, later) = next(head, None)?;
    Ok((Compared { base, head }, UnreadChanges::between(&earlier, &later)))
}
