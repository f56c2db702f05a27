//! `cargo xtask changelog`: adds the entries for a change of `spec/` to `CHANGELOG.md`.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use front_codegen::sync;
use front_diff::report::changelog;

use crate::cli::{Command, Entry, Outcome};
use crate::sides;
use crate::ui::{Ui, count};

pub(crate) const ENTRY: Entry = Entry {
    name: "changelog",
    summary: "Add the entries for the change of spec/ to CHANGELOG.md",
    usage: "[BASE]",
    arguments: &[
        ("BASE", "The commit or folder to compare with; see `cargo xtask diff --help`"),
        ("--dry-run", "Write nothing; print the entries that are missing"),
    ],
    new: || Box::<Changelog>::default(),
};

/// The arguments.
#[derive(Debug, Default)]
struct Changelog {
    base: Option<String>,
    dry_run: bool,
}

impl Command for Changelog {
    fn option(
        &mut self,
        name: &str,
        _: &mut lexopt::Parser,
    ) -> Result<bool, lexopt::Error> {
        self.dry_run |= name == "dry-run";
        Ok(name == "dry-run")
    }

    fn positional(&mut self, value: String) -> bool {
        let accepts = self.base.is_none();
        self.base.get_or_insert(value);
        accepts
    }

    fn validate(&self) -> Result<(), String> {
        sides::validate(self.base.as_slice())
    }

    fn run(self: Box<Self>, root: &Path, ui: &Ui) -> Outcome {
        run(root, &self, ui)
    }
}

/// The file that gets the entries.
const FILE: &str = "CHANGELOG.md";

/// Adds the missing entries under Unreleased, or prints them.
fn run(root: &Path, arguments: &Changelog, ui: &Ui) -> Outcome {
    let compared = match sides::compared(root, arguments.base.as_slice(), ui) {
        Ok(compared) => compared,
        Err(outcome) => return outcome,
    };
    let report = compared.report();
    let path = root.join(FILE);
    let old = match fs::read_to_string(&path) {
        Ok(old) => old,
        // The file is created.
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => {
            ui.error(format_args!("error: cannot read {FILE}: {error}\nhelp: nothing was written; repair the file, or move it away"));
            return Outcome::Failure;
        }
    };
    let entries = changelog::missing(&old, changelog::entries(&report));
    if arguments.dry_run {
        ui.output(&changelog::render(&entries));
        return Outcome::Success;
    }
    let new = changelog::insert(&old, &entries);
    if entries.is_empty() {
        ui.info(format_args!("{FILE} has every entry"));
        return Outcome::Success;
    }
    if let Err(error) = sync::replace(&path, &new) {
        ui.error(format_args!("error: {}", error.in_full()));
        return Outcome::Failure;
    }
    let number = if entries.len() == 1 {
        "1 entry".to_owned()
    } else {
        format!("{} entries", entries.len())
    };
    ui.info(format_args!("{number} in {FILE}; bump: {}", report.bump));
    if !report.unexplained.is_empty() {
        let lines = count(report.unexplained.len(), "line");
        ui.error(format_args!("error: no rule explains {lines} of the public API that differ; `cargo xtask diff` lists them"));
        return Outcome::InternalError;
    }
    Outcome::Success
}
