//! `cargo xtask format`: rewrites `spec/` in its canonical form.

use std::path::Path;

use crate::cli::{Command, Entry, Outcome};
use crate::load::report;
use crate::ui::{Ui, count};

pub(crate) const ENTRY: Entry = Entry {
    name: "format",
    summary: "Rewrite spec/ in its canonical form",
    usage: "",
    arguments: &[],
    new: || Box::new(Format),
};

/// The command has no arguments.
#[derive(Debug)]
struct Format;

impl Command for Format {
    fn run(self: Box<Self>, root: &Path, ui: &Ui) -> Outcome {
        let done = match front_codegen::format::format(root) {
            Ok(done) => done,
            Err(error) => {
                ui.error(format_args!("error: {}", error.in_full()));
                return Outcome::Failure;
            }
        };
        for path in &done.written {
            ui.info(format_args!("formatted {path}"));
        }
        report(&done.problems, &done.sources, ui);
        ui.info(format_args!(
            "{} written, {} unchanged",
            count(done.written.len(), "file"),
            done.unchanged
        ));
        if done.problems.has_errors() { Outcome::Failure } else { Outcome::Success }
    }
}
