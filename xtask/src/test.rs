//! `cargo xtask test`: every test of the workspace, in one command.

use std::path::Path;

use crate::Outcome;
use crate::ui::Ui;

/// Runs the tests of every package with every feature, and the examples in the documentation. What a machine lacks for one
/// of them, that test names as it skips.
pub(crate) fn run(root: &Path, filter: &[String], ui: &Ui) -> Outcome {
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
        Ok(status) if status.success() => Outcome::Fine,
        Ok(_) => Outcome::Found,
        Err(error) => {
            ui.wrong(format_args!("error: cargo cannot be started: {error}"));
            Outcome::Found
        }
    }
}
