//! `cargo xtask import`: updates `spec/` from a document that Front published.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use front_codegen::vocabulary::is_day;
use front_codegen::{spec, sync};
use front_import::report::Report;
use front_import::{Imported, Refused, Revision};
use lexopt::ValueExt as _;

use crate::cli::{Command, Entry, Outcome};
use crate::git::Git;
use crate::load::report;
use crate::ui::{Ui, count};

pub(crate) const ENTRY: Entry = Entry {
    name: "import",
    summary: "Update spec/ from a document that Front published",
    usage: "FILE",
    arguments: &[
        ("FILE", "The document: core-api.json of Front's repository"),
        ("--revision R", "The commit that published it (default: `unknown`)"),
        ("--date D", "The day it was published, such as 2026-08-11 (default: today)"),
        ("--dry-run", "Write nothing; print the changes"),
    ],
    new: || Box::<Import>::default(),
};

/// The arguments.
#[derive(Debug, Default)]
struct Import {
    file: Option<PathBuf>,
    revision: Option<String>,
    date: Option<String>,
    dry_run: bool,
}

impl Command for Import {
    fn option(
        &mut self,
        name: &str,
        parser: &mut lexopt::Parser,
    ) -> Result<bool, lexopt::Error> {
        match name {
            "revision" => self.revision = Some(parser.value()?.string()?),
            "date" => {
                let date = parser.value()?.string()?;
                if !is_day(&date) {
                    return Err(format!("invalid value `{date}` for `--date`: expected a day such as 2026-08-11").into());
                }
                self.date = Some(date);
            }
            "dry-run" => self.dry_run = true,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn positional(&mut self, value: String) -> bool {
        let accepts = self.file.is_none();
        self.file.get_or_insert(value.into());
        accepts
    }

    fn validate(&self) -> Result<(), String> {
        match self.file {
            Some(_) => Ok(()),
            None => Err("`import` needs the file of a document\nhelp: `cargo xtask import FILE`".to_owned()),
        }
    }

    fn run(self: Box<Self>, root: &Path, ui: &Ui) -> Outcome {
        run(root, *self, ui)
    }
}

/// Imports a document.
fn run(root: &Path, arguments: Import, ui: &Ui) -> Outcome {
    let file = arguments.file.unwrap_or_default();
    let document = match fs::read(&file) {
        Ok(document) => document,
        Err(error) => {
            ui.error(format_args!("error: cannot read {}: {error}", file.display()));
            return Outcome::Failure;
        }
    };
    let (spec, problems) = match spec::read(root) {
        Ok(read) => read,
        Err(unread) => {
            report(&unread.problems, &unread.sources, ui);
            ui.error("nothing was imported: spec/ is invalid, so fix it first");
            return Outcome::Failure;
        }
    };
    if problems.has_errors() {
        report(&problems, &spec.sources, ui);
        if !arguments.dry_run {
            ui.error("nothing was imported: spec/ is invalid, so fix it first");
            return Outcome::Failure;
        }
    }
    let date = arguments.date.unwrap_or_else(today);
    let revision = Revision { revision: arguments.revision, date: Some(date) };
    let imported = match front_import::import(&spec, &document, &revision) {
        Ok(imported) => imported,
        Err(Refused::Spec(problems)) => {
            report(&problems, &spec.sources, ui);
            ui.error("nothing was imported");
            return Outcome::Failure;
        }
        Err(Refused::Result { sources, problems, report: changes }) => {
            ui.info(changes.to_string().trim_end());
            report(&problems, &sources, ui);
            ui.error("nothing was imported: the resulting spec, which is shown above, is invalid");
            ui.error("help: correct the document in spec/corrections.yaml; if the document is right, this is a bug in the import: please report it");
            return Outcome::Failure;
        }
        Err(refused @ Refused::Document(_)) => {
            ui.error(format_args!(
                "error: {} is not a valid document",
                file.display()
            ));
            ui.error(refused);
            return Outcome::Failure;
        }
    };
    ui.info(imported.report.to_string().trim_end());
    if let Err(why) = check_losses(root, &imported.report) {
        ui.error(format_args!("\nerror: {why}\nnothing was imported"));
        return Outcome::Failure;
    }
    if arguments.dry_run {
        ui.detail("nothing was written");
        return Outcome::Success;
    }
    match write(root, &imported, ui) {
        Ok(()) => Outcome::Success,
        Err(error) => {
            ui.error(format_args!("error: {}", error.in_full()));
            Outcome::Failure
        }
    }
}

/// The maximum number of lost facts that are named for a file.
const NAMED: usize = 3;

/// Returns an error if git could not restore what the import removes from the spec.
fn check_losses(root: &Path, report: &Report) -> Result<(), String> {
    let mut lost: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for change in report.losses() {
        lost.entry(&change.file).or_default().push(&change.at);
    }
    let names = |path: &&str| {
        let all = &lost[path];
        let more = match all.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("\n  {path}: {}{more}", all[..all.len().min(NAMED)].join(", "))
    };
    let title = "this import removes facts from spec/ that git could not restore";
    match (Git { root }).uncommitted(lost.keys().copied()) {
        Ok(files) if files.is_empty() => Ok(()),
        Ok(files) => {
            let files: String = files.iter().map(names).collect();
            Err(format!(
                "{title}: these files have uncommitted changes{files}\nhelp: commit them, and import again; or keep the facts with spec/corrections.yaml"
            ))
        }
        Err(unresolved) => Err(format!(
            "{title}: {}\nhelp: put the project under git and commit spec/, and import again",
            unresolved.what
        )),
    }
}

/// Writes the files of the import, each one atomically.
fn write(root: &Path, imported: &Imported, ui: &Ui) -> Result<(), sync::Error> {
    for (path, text) in &imported.files {
        sync::replace(&root.join(path), text)?;
        ui.detail(format_args!("wrote {path}"));
    }
    for path in &imported.removed {
        sync::remove(&root.join(path))?;
        ui.detail(format_args!("removed {path}"));
    }
    let (written, removed) = (imported.files.len(), imported.removed.len());
    if written + removed > 0 {
        let gone = if removed > 0 {
            format!(", {} removed", count(removed, "file"))
        } else {
            String::new()
        };
        ui.info(format_args!(
            "\n{} written{gone}: review the diff, then `cargo xtask codegen`",
            count(written, "file")
        ));
    }
    Ok(())
}

/// Returns today's date in UTC.
fn today() -> String {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let (year, month, day) = civil(since.as_secs() / 86_400);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Returns the year, month and day that are this number of days after 1970-01-01.
fn civil(days: u64) -> (u64, u64, u64) {
    // Years start on the first of March, so that the leap day is the last day of a year.
    let days = days + 719_468;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year_of_era =
        (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    (year_of_era + era * 400 + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::civil;

    #[test]
    fn counts_days() {
        assert_eq!(civil(0), (1970, 1, 1));
        assert_eq!(civil(59), (1970, 3, 1));
        assert_eq!(civil(11_016), (2000, 2, 29));
        assert_eq!(civil(20_788), (2026, 12, 1));
    }
}
