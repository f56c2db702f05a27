//! `cargo xtask changelog`: what users are told of a change of `spec/`, in `CHANGELOG.md`.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use front_codegen::sync;
use front_diff::report::changelog;

use crate::Outcome;
use crate::diff::side;
use crate::ui::{Ui, count};

/// What was asked for.
#[derive(Default)]
pub(crate) struct Asked {
    /// What to compare the working tree with.
    pub(crate) base: Option<String>,
    /// Write nothing.
    pub(crate) dry_run: bool,
}

/// Where it goes.
const FILE: &str = "CHANGELOG.md";

/// Writes the entries under Unreleased, but for those that are there; or shows them.
pub(crate) fn run(root: &Path, asked: &Asked, ui: &Ui) -> Outcome {
    let words: Vec<String> = asked.base.iter().cloned().collect();
    let compared = match side::compared(root, &words, ui) {
        Ok(compared) => compared,
        Err(outcome) => return outcome,
    };
    let report = compared.report();
    let path = root.join(FILE);
    let old = match fs::read_to_string(&path) {
        Ok(old) => old,
        // A project without one gets one.
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => {
            ui.wrong(format_args!("error: cannot read {FILE}: {error}\nhelp: nothing was written; mend the file, or move it away"));
            return Outcome::Found;
        }
    };
    let entries = changelog::missing(&old, changelog::entries(&report));
    if asked.dry_run {
        ui.show(&changelog::render(&entries));
        return Outcome::Fine;
    }
    let new = changelog::insert(&old, &entries);
    if entries.is_empty() {
        ui.say(format_args!("{FILE} says it all"));
        return Outcome::Fine;
    }
    if let Err(error) = sync::replace(&path, &new) {
        ui.wrong(format_args!("error: {}", error.in_full()));
        return Outcome::Found;
    }
    let said = if entries.len() == 1 {
        "1 entry".to_owned()
    } else {
        format!("{} entries", entries.len())
    };
    ui.say(format_args!("{said} in {FILE}; bump: {}", report.bump));
    if !report.unexplained.is_empty() {
        let lines = count(report.unexplained.len(), "line");
        ui.wrong(format_args!("error: no rule explains {lines} of the public API that differ; `cargo xtask diff` lists them"));
        return Outcome::Ours;
    }
    Outcome::Fine
}
