//! `cargo xtask diff`: what a change of `spec/` means, and whether it may go in.

pub(crate) mod side;

use std::fs;
use std::path::Path;

use front_diff::report::{Axis, FailOn, Report, json};
use front_diff::report::{github, markdown, oneline, text, unexplained};
use front_import::Revision;
use front_import::history::History;
use front_import::unread::UnreadChanges;
use lexopt::ValueExt as _;

use crate::ui::{Ui, count};
use crate::{Outcome, explain, verify};
use side::{Compared, Loaded};

/// What was asked for.
#[derive(Default)]
pub(crate) struct Asked {
    /// Base and head; documents with `published`, a rule with `explain`.
    words: Vec<String>,
    /// How the report is shown.
    format: Format,
    /// Where the gate closes.
    fail_on: Option<FailOn>,
    /// The one axis to speak of.
    only: Option<Axis>,
    /// A version that has yet to be moved closes the gate.
    check_version: bool,
    /// Hold what it says of Rust against other tools.
    verify: bool,
    /// Compare two documents of Front's.
    published: bool,
    /// Say why a kind of change is one.
    explain: bool,
}

/// How a report is shown.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
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

impl Asked {
    /// Takes an option; false where there is none of that name.
    pub(crate) fn option(
        &mut self,
        name: &str,
        parser: &mut lexopt::Parser,
    ) -> Result<bool, lexopt::Error> {
        match name {
            "format" => self.format = format(&parser.value()?.string()?)?,
            "fail-on" => {
                let word = parser.value()?.string()?;
                self.fail_on = Some(FailOn::named(&word).ok_or_else(|| {
                    format!("`--fail-on` takes breaking, attention, additive or never, not `{word}`")
                })?);
            }
            "only" => {
                let word = parser.value()?.string()?;
                self.only = Some(Axis::named(&word).ok_or_else(|| {
                    format!("`--only` takes rust, wire, permission or operational, not `{word}`")
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

    /// Takes a word; false where there are enough.
    pub(crate) fn word(&mut self, word: String) -> bool {
        let room = self.words.len() < 2;
        if room {
            self.words.push(word);
        }
        room
    }

    /// What is wrong with it as a whole.
    pub(crate) fn complaint(&self) -> Option<&'static str> {
        if self.explain && self.words.len() > 1 {
            Some("`--explain` takes one rule")
        } else if self.published && self.words.len() != 2 {
            Some("`--published` takes two documents, the older one first")
        } else if self.words.iter().any(|word| lacks_base(word)) {
            Some(NO_BASE)
        } else {
            None
        }
    }
}

/// What is wrong with a word for which [`lacks_base`] holds.
pub(crate) const NO_BASE: &str = "empty argument: nothing comes before `...`\nhelp: is a shell variable unset? Name the commit to compare with, as in `main...HEAD`";

/// Whether a word has the form `BASE...HEAD` without a base, as with an unset variable in front.
pub(crate) fn lacks_base(word: &str) -> bool {
    word.trim_start().starts_with("...")
}

fn format(word: &str) -> Result<Format, lexopt::Error> {
    Ok(match word {
        "text" => Format::Text,
        "markdown" => Format::Markdown,
        "json" => Format::Json,
        "github" => Format::Github,
        "oneline" => Format::Oneline,
        other => {
            return Err(format!(
                "`--format` takes text, markdown, json, github or oneline, not `{other}`"
            )
            .into());
        }
    })
}

/// Compares, shows, and judges.
pub(crate) fn run(root: &Path, asked: &Asked, ui: &Ui) -> Outcome {
    if asked.explain {
        return explain::change(asked.words.first().map(String::as_str), ui);
    }
    let compared = if asked.published {
        published(root, &asked.words, ui)
    } else {
        side::compared(root, &asked.words, ui)
            .map(|compared| (compared, UnreadChanges::default()))
    };
    let (compared, unread) = match compared {
        Ok(compared) => compared,
        Err(outcome) => return outcome,
    };
    let mut report = compared.report();
    // Front has published it, whatever it breaks: who wants to hear of it by the exit code says where.
    let mut fail_on = FailOn::default();
    if asked.published {
        (report, fail_on) = (report.of_documents(unread), FailOn::Never);
    }
    if let Some(axis) = asked.only {
        report = report.only(axis);
    }
    let fail_on = asked.fail_on.unwrap_or(fail_on);
    let report = report.gated(fail_on, asked.check_version);
    if asked.format == Format::Text {
        let (base, head) = (&compared.base.name, &compared.head.name);
        ui.say(format_args!("from {base}\nto {head}\n"));
    }
    let colored = ui.shows_color();
    let shown = match asked.format {
        Format::Text => text(&report, colored, ui.verbose),
        Format::Markdown => markdown(&report),
        Format::Json => json::json(&report),
        Format::Github => github(&report),
        Format::Oneline => oneline(&report),
    };
    match asked.format {
        Format::Github => ui.show_commands(&shown),
        _ => ui.show(&shown),
    }
    if asked.verify && report.unexplained.is_empty() {
        let sides = [&compared.base.api, &compared.head.api];
        match verify::change(root, sides, report.bump.needs, ui) {
            Ok(said) if asked.format == Format::Text => ui.say(format_args!("\n{said}")),
            Ok(_) => {}
            Err(outcome) => return outcome,
        }
    }
    judge(&report, ui)
}

fn judge(report: &Report, ui: &Ui) -> Outcome {
    if !report.unexplained.is_empty() {
        ui.wrong(format_args!(
            "error: no rule explains {} of the public API that differ; this is a fault of the report, not of the change:\n{}",
            count(report.unexplained.len(), "line"),
            unexplained(report).trim_end()
        ));
        return Outcome::Ours;
    }
    if report.gate.is_open() { Outcome::Fine } else { Outcome::Found }
}

/// Two of Front's documents, each as an import would take it in after the one before. Versions are ours at base: the report
/// says what would come of them.
fn published(
    root: &Path,
    words: &[String],
    ui: &Ui,
) -> Result<(Compared, UnreadChanges), Outcome> {
    let (ours, _) = front_codegen::spec::read(root).map_err(|unread| {
        crate::spec::report(&unread.problems, &unread.sources, ui);
        Outcome::Invalid
    })?;
    let mut history = History::new(&ours);
    let mut next = |path: &str, manifest: Option<String>| {
        let wrong = |why: String| {
            ui.wrong(format_args!("error: {path} is not a document to compare: {why}"));
            Outcome::Invalid
        };
        let document = fs::read(path).map_err(|error| {
            ui.wrong(format_args!("error: cannot read {path}: {error}"));
            ui.wrong(
                "help: name two documents that Front published, the older one first",
            );
            Outcome::Unresolved
        })?;
        let revision = Revision { revision: Some(path.to_owned()), date: None };
        let step = history
            .step(&document, &revision)
            .map_err(|refused| wrong(refused.to_string()))?;
        let Some((spec, api)) = step.made else {
            // What changed is known all the same, only not what it means.
            ui.say(format_args!("to {path}\n\n{}", step.report.trim_end()));
            return Err(wrong(format!(
                "the spec that an import makes of it is not valid:\n{}\nhelp: what changed is listed above; what it means can be told once the spec is valid",
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
