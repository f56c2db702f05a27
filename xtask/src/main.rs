//! The maintainers' commands: `cargo xtask COMMAND`. Parses arguments, calls `front_codegen`, prints.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "commands print their results"
)]

mod cli;
mod commands;
mod git;
mod load;
mod sides;
mod stamp;
mod text;
mod ui;

use std::path::{Path, PathBuf};
use std::process::{self, ExitCode};

use cli::{Outcome, Parsed};
use ui::Ui;

fn main() -> ExitCode {
    let (command, ui) = match cli::parse(lexopt::Parser::from_env()) {
        Ok(Parsed::Run(command, ui)) => (command, ui),
        Ok(Parsed::Help(text)) => {
            let ui = Ui::default();
            ui.info(text);
            return if ui.has_failed() { ExitCode::from(1) } else { ExitCode::SUCCESS };
        }
        Err(error) => {
            Ui::default().error(format_args!("error: {error}"));
            return ExitCode::from(2);
        }
    };
    ui.apply();
    match command.run(&root(), &ui) {
        Outcome::Success if ui.has_failed() => ExitCode::from(1),
        Outcome::Success => ExitCode::SUCCESS,
        Outcome::Failure => ExitCode::from(1),
        Outcome::UsageError => ExitCode::from(2),
        Outcome::Unavailable => ExitCode::from(3),
        Outcome::InvalidSpec => ExitCode::from(4),
        Outcome::InternalError => ExitCode::from(5),
    }
}

/// Returns a command that starts the cargo that started this program.
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
    // Outside a project, the error reports that the current folder has no `spec/`.
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    let is_root =
        |folder: &&Path| folder.join("spec").is_dir() && folder.join("xtask").is_dir();
    here.ancestors().find(is_root).unwrap_or(&here).to_path_buf()
}
