//! The command line: from arguments to a command that can run.

mod help;
mod reject;

use std::fmt::Debug;
use std::path::Path;

use anstream::ColorChoice;
use front_codegen::names::nearest;
use lexopt::prelude::*;

use crate::commands;
use crate::ui::Ui;

/// The result of a command. Scripts can tell the results apart by the exit code.
pub(crate) enum Outcome {
    /// Success.
    Success,
    /// A problem was found and reported.
    Failure,
    /// An argument is invalid.
    UsageError,
    /// The commit, document or tool to compare with is not available.
    Unavailable,
    /// The spec of one side of a comparison is invalid.
    InvalidSpec,
    /// The report itself is wrong: a bug in this project.
    InternalError,
}

/// A command with its arguments.
pub(crate) trait Command: Debug {
    /// Takes the option `--name`, and its value from `parser`. Returns false if the command has no such option.
    fn option(
        &mut self,
        name: &str,
        parser: &mut lexopt::Parser,
    ) -> Result<bool, lexopt::Error> {
        let _none = (name, parser);
        Ok(false)
    }

    /// Takes a positional argument. Returns false if the command takes no more of them.
    fn positional(&mut self, value: String) -> bool {
        let _none = value;
        false
    }

    /// Checks the arguments as a whole.
    fn validate(&self) -> Result<(), String> {
        Ok(())
    }

    /// Runs the command in the project at `root`.
    fn run(self: Box<Self>, root: &Path, ui: &Ui) -> Outcome;
}

/// A command in the list of all commands.
pub(crate) struct Entry {
    /// The name that is typed.
    pub(crate) name: &'static str,
    /// What the command does: a verb first, no period, at most 67 characters.
    pub(crate) summary: &'static str,
    /// The positional arguments in the usage line.
    pub(crate) usage: &'static str,
    /// Arguments and options, each with its description.
    pub(crate) arguments: &'static [(&'static str, &'static str)],
    /// Creates the command without arguments.
    pub(crate) new: fn() -> Box<dyn Command>,
}

/// A parsed command line.
pub(crate) enum Parsed {
    /// A command to run.
    Run(Box<dyn Command>, Ui),
    /// The text to print for `--help`.
    Help(String),
}

/// Parses the command line.
pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Parsed, lexopt::Error> {
    reject::empty(parser.clone())?;
    reject::invisible(parser.clone())?;
    let mut ui = Ui::default();
    let mut called: Option<(&Entry, Box<dyn Command>)> = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => {
                return Ok(Parsed::Help(help::text(called.map(|(entry, _)| entry))));
            }
            Short('q') | Long("quiet") => ui.quiet = true,
            Short('v') | Long("verbose") => ui.verbose = true,
            Long("color") => ui.color = color(&parser.value()?.string()?)?,
            Long(name) => {
                let name = name.to_owned();
                let Some((entry, command)) = &mut called else {
                    return Err(format!("option `--{name}` before a command\nhelp: the command comes first: `cargo xtask --help` lists the commands").into());
                };
                if !command.option(&name, &mut parser)? {
                    let hint = help::unknown_option(entry, &name);
                    return Err(format!(
                        "`{}` has no option `--{name}`\nhelp: {hint}",
                        entry.name
                    )
                    .into());
                }
            }
            // As in cargo: `help`, or `help COMMAND`.
            Value(word) if called.is_none() && word == "help" => {
                let entry = match parser.next()? {
                    Some(Value(word)) => Some(find(&word.string()?)?),
                    _ => None,
                };
                return Ok(Parsed::Help(help::text(entry)));
            }
            Value(value) => {
                let word = value.string()?;
                match &mut called {
                    Some((entry, command)) => {
                        if !command.positional(word.clone()) {
                            let name = entry.name;
                            return Err(format!("unexpected argument `{word}`\nhelp: `cargo xtask {name} --help` lists the arguments of `{name}`").into());
                        }
                    }
                    None => {
                        let entry = find(&word)?;
                        called = Some((entry, (entry.new)()));
                    }
                }
            }
            other => return Err(other.unexpected()),
        }
    }
    if ui.quiet && ui.verbose {
        return Err("`--quiet` and `--verbose` exclude each other".into());
    }
    let Some((_, command)) = called else {
        return Err("a command is missing\nhelp: `cargo xtask --help` lists the commands; `cargo xtask codegen` is the main one".into());
    };
    command.validate()?;
    Ok(Parsed::Run(command, ui))
}

/// Finds the command of that name.
fn find(name: &str) -> Result<&'static Entry, lexopt::Error> {
    commands::ALL.iter().find(|entry| entry.name == name).ok_or_else(|| {
        let names = commands::ALL.iter().map(|entry| entry.name);
        let hint = match nearest(name, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`cargo xtask --help` lists the commands".to_owned(),
        };
        format!("unknown command `{name}`\nhelp: {hint}").into()
    })
}

/// Parses the value of `--color`.
fn color(word: &str) -> Result<ColorChoice, lexopt::Error> {
    choice(
        "color",
        word,
        &[
            ("auto", ColorChoice::Auto),
            ("always", ColorChoice::Always),
            ("never", ColorChoice::Never),
        ],
    )
}

/// Returns the value of an option by its word.
pub(crate) fn choice<T: Copy>(
    option: &str,
    word: &str,
    choices: &[(&str, T)],
) -> Result<T, lexopt::Error> {
    if let Some((_, value)) = choices.iter().find(|(name, _)| *name == word) {
        return Ok(*value);
    }
    let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
    let listed = match &names[..] {
        [all @ .., last] if !all.is_empty() => format!("{} or {last}", all.join(", ")),
        one => one.concat(),
    };
    Err(format!("invalid value `{word}` for `--{option}`: expected {listed}").into())
}

#[cfg(test)]
mod tests;
