//! The maintainers' commands: `cargo xtask COMMAND`. Parses arguments, calls `front_codegen`, prints.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "printing is what a command does"
)]

mod args;
mod changelog;
mod codegen;
mod diff;
mod explain;
mod git;
mod history;
mod import;
mod operations;
mod spec;
mod test;
mod text;
mod ui;
mod usage;
mod verify;

use std::path::{Path, PathBuf};
use std::process::{self, ExitCode};

use args::{Command, Parsed};
use ui::Ui;

/// What a command found, as an exit code that scripts can tell apart.
pub(crate) enum Outcome {
    /// Nothing is wrong.
    Fine,
    /// Something is wrong, and has been said.
    Found,
    /// A word of the command means nothing, and it has been said which.
    Typed,
    /// What to compare with is not here, and it has been said how to get it.
    Unresolved,
    /// The spec of a side cannot be compared, and it has been said which, and why.
    Invalid,
    /// Our own code is wrong, and it has been said where.
    Ours,
}

fn main() -> ExitCode {
    let parsed = match args::parse(lexopt::Parser::from_env()) {
        Ok(Parsed::Help(text)) => {
            let ui = Ui::default();
            ui.say(text);
            return if ui.has_failed() { ExitCode::from(1) } else { ExitCode::SUCCESS };
        }
        Ok(Parsed::Run(command, ui)) => (command, ui),
        Err(error) => {
            Ui::default().wrong(format_args!("error: {error}"));
            return ExitCode::from(2);
        }
    };
    let (command, ui) = parsed;
    ui.apply();
    let root = root();
    let outcome = match command {
        Command::Changelog(asked) => changelog::run(&root, &asked, &ui),
        Command::Codegen { check } => codegen::run(&root, check, &ui),
        Command::Check { deny_warnings } => spec::check(&root, deny_warnings, &ui),
        Command::Diff(asked) => diff::run(&root, &asked, &ui),
        Command::Format => spec::format(&root, &ui),
        Command::History(asked) => history::run(&root, &asked, &ui),
        Command::Import(asked) => import::run(&root, asked, &ui),
        Command::Explain { code } => explain::run(code.as_deref(), &ui),
        Command::Operations(asked) => operations::run(&root, &asked, &ui),
        Command::Schema { check } => codegen::schema(&root, check, &ui),
        Command::Test { filter } => test::run(&root, &filter, &ui),
        Command::Verify(asked) => verify::run(&root, &asked, &ui),
    };
    match outcome {
        Outcome::Fine if ui.has_failed() => ExitCode::from(1),
        Outcome::Fine => ExitCode::SUCCESS,
        Outcome::Found => ExitCode::from(1),
        Outcome::Typed => ExitCode::from(2),
        Outcome::Unresolved => ExitCode::from(3),
        Outcome::Invalid => ExitCode::from(4),
        Outcome::Ours => ExitCode::from(5),
    }
}

/// The cargo that called us.
fn cargo() -> process::Command {
    process::Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Returns the root folder of the workspace. If cargo runs the program, that is the parent of this package's folder; otherwise the
/// nearest folder with `spec/` and `xtask/`, from the current one upwards. It is determined at run time: a program that was copied
/// with its build directory must not write into the checkout that it was built in.
fn root() -> PathBuf {
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    if let Some(root) = package.as_deref().and_then(Path::parent) {
        return root.to_path_buf();
    }
    // Outside a project, the error says that the current folder has no `spec/`.
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let is_root =
        |folder: &&Path| folder.join("spec").is_dir() && folder.join("xtask").is_dir();
    here.ancestors().find(is_root).unwrap_or(&here).to_path_buf()
}
