//! `cargo xtask history`: imports every revision of Front's document, and generates the crate of each.

use std::fs;
use std::path::{Path, PathBuf};

use front_codegen::ir::Api;
use front_codegen::spec::Spec;
use front_codegen::vocabulary::is_day;
use front_codegen::{generate, spec, sync};
use front_diff::diff;
use front_diff::report::{Report, Versions, report, text};
use front_import::Revision;
use front_import::history::{History, Step};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::{Command, Entry, Outcome};
use crate::ui::{Ui, count};

pub(crate) const ENTRY: Entry = Entry {
    name: "history",
    summary: "Import every document in a folder, alone and step by step",
    usage: "FOLDER",
    arguments: &[
        ("FOLDER", "The documents, `*.json`, in the order of their names, oldest first"),
        ("--keep FOLDER", "Write the generated files of each revision into this folder"),
        ("--report", "Print what each step means for users, as `diff` does"),
    ],
    new: || Box::<Replay>::default(),
};

/// The arguments.
#[derive(Debug, Default)]
struct Replay {
    folder: Option<PathBuf>,
    keep: Option<PathBuf>,
    report: bool,
}

impl Command for Replay {
    fn option(
        &mut self,
        name: &str,
        parser: &mut lexopt::Parser,
    ) -> Result<bool, lexopt::Error> {
        match name {
            "keep" => self.keep = Some(parser.value()?.into()),
            "report" => self.report = true,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn positional(&mut self, value: String) -> bool {
        let accepts = self.folder.is_none();
        self.folder.get_or_insert(value.into());
        accepts
    }

    fn validate(&self) -> Result<(), String> {
        match self.folder {
            Some(_) => Ok(()),
            None => Err("`history` needs a folder of documents\nhelp: `cargo xtask history FOLDER`".to_owned()),
        }
    }

    fn run(self: Box<Self>, root: &Path, ui: &Ui) -> Outcome {
        run(root, &self, ui)
    }
}

/// The maximum number of problems that are printed for one revision.
const SHOWN: usize = 10;

/// Imports all documents, each alone and each after the previous one.
fn run(root: &Path, arguments: &Replay, ui: &Ui) -> Outcome {
    let (spec, _) = match spec::read(root) {
        Ok(read) => read,
        Err(unread) => {
            crate::load::report(&unread.problems, &unread.sources, ui);
            return Outcome::Failure;
        }
    };
    let folder = arguments.folder.as_deref().unwrap_or(Path::new("."));
    let documents = match documents(folder) {
        Ok(documents) if documents.is_empty() => {
            ui.error(format_args!("error: {} contains no `*.json`", folder.display()));
            return Outcome::Failure;
        }
        Ok(documents) => documents,
        Err(error) => {
            ui.error(format_args!(
                "error: cannot read {}: {error}",
                folder.display()
            ));
            return Outcome::Failure;
        }
    };
    let mut history = History::new(&spec);
    let mut rows = vec![HEAD.map(str::to_owned)];
    let mut with_problems = 0;
    let mut last = None;
    let bar = bar(documents.len(), ui);
    for path in &documents {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let revision = revision(&stem);
        bar.set_message(stem.clone());
        let step = fs::read(path).map_err(|error| error.to_string()).and_then(|text| {
            history.step(&text, &revision).map_err(|refused| refused.to_string())
        });
        let problems = match step {
            Ok(mut step) => {
                bar.suspend(|| {
                    ui.detail(format_args!("\n{stem}\n{}", step.report.trim_end()))
                });
                let meaning = step
                    .made
                    .as_ref()
                    .and_then(|made| Some(meaning(last.as_ref()?, made)));
                let verdict = meaning.as_ref().map(|report| report.headline.to_string());
                if let (Some(report), true) = (&meaning, arguments.report) {
                    let text = text(report, ui.shows_color(), ui.verbose);
                    bar.suspend(|| ui.info(format_args!("\n{stem}\n\n{text}")));
                }
                rows.push(row(&stem, &revision, &step, verdict.unwrap_or_default()));
                let kept = arguments
                    .keep
                    .as_ref()
                    .map_or(Ok(()), |keep| self::keep(&keep.join(&stem), &step));
                last = step.made.take().or(last);
                let lines = meaning.iter().flat_map(|report| &report.unexplained);
                let lines =
                    lines.map(|change| format!("no finding explains `{}`", change.key));
                step.problems.into_iter().chain(kept.err()).chain(lines).collect()
            }
            Err(why) => {
                let mut row = HEAD.map(|_| String::new());
                row[0] = revision.revision.clone().unwrap_or_else(|| stem.clone());
                row[7] = "refused".to_owned();
                rows.push(row);
                vec![why]
            }
        };
        with_problems += usize::from(!problems.is_empty());
        bar.suspend(|| {
            for problem in problems.iter().take(SHOWN) {
                ui.error(format_args!("{stem}: {problem}"));
            }
            if problems.len() > SHOWN {
                ui.error(format_args!("{stem}: and {} more", problems.len() - SHOWN));
            }
        });
        bar.inc(1);
    }
    bar.finish_and_clear();
    ui.info(table(&rows));
    let all = count(documents.len(), "revision");
    if with_problems == 0 {
        ui.info(format_args!("\n{all}, no problems"));
        Outcome::Success
    } else {
        ui.error(format_args!("\n{all}, {with_problems} with problems"));
        Outcome::Failure
    }
}

/// Returns the report on a step for users of the crate.
fn meaning((_, base): &(Spec, Api), (_, head): &(Spec, Api)) -> Report {
    report(&diff(base, head), base, head, Versions::default(), &[])
}

/// The heads of the table's columns.
const HEAD: [&str; 9] = [
    "revision",
    "date",
    "operations",
    "types",
    "changed",
    "new",
    "gone",
    "problems",
    "verdict",
];

fn row(stem: &str, revision: &Revision, step: &Step, verdict: String) -> [String; 9] {
    let [changed, new, gone] = step.facts.map(|number| number.to_string());
    [
        revision.revision.clone().unwrap_or_else(|| stem.to_owned()),
        revision.date.clone().unwrap_or_default(),
        step.operations.to_string(),
        step.types.to_string(),
        changed,
        new,
        gone,
        step.problems.len().to_string(),
        verdict,
    ]
}

/// Returns rows with aligned columns: words to the left, numbers to the right.
fn table(rows: &[[String; 9]]) -> String {
    let widths: Vec<usize> = (0..HEAD.len())
        .map(|column| rows.iter().map(|row| row[column].len()).max().unwrap_or_default())
        .collect();
    let line = |row: &[String; 9]| {
        let cells: Vec<String> = row
            .iter()
            .zip(&widths)
            .enumerate()
            .map(|(column, (cell, width))| match column {
                0 | 1 | 8 => format!("{cell:<width$}"),
                _ => format!("{cell:>width$}"),
            })
            .collect();
        cells.join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Returns the documents of a folder, sorted by name.
fn documents(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut documents = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            documents.push(path);
        }
    }
    documents.sort();
    Ok(documents)
}

/// Returns the revision and the day in a name such as `201-2026-08-11-f8f5386`.
fn revision(stem: &str) -> Revision {
    let start = (0..stem.len()).find(|start| {
        stem.get(*start..start + 10).is_some_and(is_day)
            && (*start == 0 || stem.as_bytes()[start - 1] == b'-')
    });
    let Some(start) = start else {
        return Revision { revision: Some(stem.to_owned()), date: None };
    };
    let rest = stem[start + 10..].trim_start_matches('-');
    Revision {
        revision: Some(if rest.is_empty() { stem } else { rest }.to_owned()),
        date: Some(stem[start..start + 10].to_owned()),
    }
}

/// Writes the generated files of a revision.
fn keep(folder: &Path, step: &Step) -> Result<(), String> {
    let Some(api) = &step.api else {
        return Ok(());
    };
    let output = folder.join("src").join("generated");
    sync::write(&output, &generate(api)).map(drop).map_err(|error| error.in_full())
}

/// Creates the progress bar, which is visible on a terminal without `--quiet`.
fn bar(length: usize, ui: &Ui) -> ProgressBar {
    let target = if ui.quiet {
        ProgressDrawTarget::hidden()
    } else {
        ProgressDrawTarget::stderr()
    };
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(length as u64), target).with_style(style)
}

#[cfg(test)]
mod tests {
    use super::revision;

    #[test]
    fn finds_day_and_commit_in_a_name() {
        let parts = |stem: &str| {
            let of = revision(stem);
            (of.revision.unwrap_or_default(), of.date.unwrap_or_default())
        };
        assert_eq!(
            parts("201-2026-08-11-f8f5386"),
            ("f8f5386".to_owned(), "2026-08-11".to_owned())
        );
        assert_eq!(
            parts("2026-08-11"),
            ("2026-08-11".to_owned(), "2026-08-11".to_owned())
        );
        assert_eq!(parts("core-api"), ("core-api".to_owned(), String::new()));
    }
}
