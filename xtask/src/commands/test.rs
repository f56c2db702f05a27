//! `cargo xtask test`: every test of the workspace, in one command.

use std::path::Path;

use crate::cli::{Command, Entry, Outcome};
use crate::ui::Ui;

pub(crate) const ENTRY: Entry = Entry {
    name: "test",
    summary: "Run every test",
    usage: "[FILTER..]",
    arguments: &[("FILTER..", "Run only the tests whose names contain one of these")],
    new: || Box::<Test>::default(),
};

/// The arguments.
#[derive(Debug, Default)]
struct Test {
    filter: Vec<String>,
}

impl Command for Test {
    fn positional(&mut self, value: String) -> bool {
        self.filter.push(value);
        true
    }

    fn run(self: Box<Self>, root: &Path, ui: &Ui) -> Outcome {
        run(root, &self.filter, ui)
    }
}

/// Runs the tests of every package with every feature, and the examples in the documentation. A test that needs something that
/// the machine lacks names it and skips.
fn run(root: &Path, filter: &[String], ui: &Ui) -> Outcome {
    let mut command = crate::cargo();
    command.current_dir(root).args([
        "test",
        "--workspace",
        "--all-features",
        "--no-fail-fast",
    ]);
    if ui.quiet {
        command.arg("--quiet");
    }
    command.arg("--").args(filter);
    ui.step(format_args!("running {command:?}"));
    match command.status() {
        Ok(status) if status.success() => Outcome::Success,
        Ok(_) => Outcome::Failure,
        Err(error) => {
            ui.error(format_args!("error: failed to start cargo: {error}"));
            Outcome::Failure
        }
    }
}
