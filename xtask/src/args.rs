//! Arguments, as cargo's users know them.

use anstream::ColorChoice;
use lexopt::prelude::*;

use crate::ui::Ui;

/// What is typed wrong gets this.
pub(crate) const USAGE: &str = "\
Usage: cargo xtask COMMAND [OPTIONS]

Commands:
  codegen   Write front-api/src/generated from spec/ (the main job)
  check     Check spec/ and say everything that is wrong with it
  format    Rewrite spec/ in its canonical form
  test      Run every test

Options of codegen:
  --check            Write nothing; fail with a diff where something would be written
Options of check:
  --deny-warnings    Fail on warnings too
Options of test:
  FILTER..           Run only tests whose names hold one of these

Options of every command:
  -q, --quiet        Say nothing but what is wrong
  -v, --verbose      Say more: each file, each step
  --color WHEN       auto, always or never
  -h, --help         Print this

Exit codes: 0 nothing is wrong, 1 something is, 2 the command was typed wrong.";

/// What to do.
pub(crate) enum Command {
    /// `codegen`
    Codegen {
        /// `--check`
        check: bool,
    },
    /// `check`
    Check {
        /// `--deny-warnings`
        deny_warnings: bool,
    },
    /// `format`
    Format,
    /// `test`
    Test {
        /// Words that names of tests must hold.
        filter: Vec<String>,
    },
}

/// What was typed.
pub(crate) enum Parsed {
    /// A command.
    Run(Command, Ui),
    /// `--help`.
    Help(&'static str),
}

/// Reads the command line.
pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Parsed, lexopt::Error> {
    let mut ui = Ui::default();
    let mut name: Option<String> = None;
    let (mut check, mut deny_warnings) = (false, false);
    let mut filter = Vec::new();
    while let Some(argument) = parser.next()? {
        let command = name.as_deref();
        match argument {
            Short('h') | Long("help") => return Ok(Parsed::Help(USAGE)),
            Short('q') | Long("quiet") => ui.quiet = true,
            Short('v') | Long("verbose") => ui.verbose = true,
            Long("color") => {
                ui.color = match parser.value()?.string()?.as_str() {
                    "auto" => ColorChoice::Auto,
                    "always" => ColorChoice::Always,
                    "never" => ColorChoice::Never,
                    other => {
                        return Err(format!(
                            "`--color` takes auto, always or never, not `{other}`"
                        )
                        .into());
                    }
                }
            }
            Long("check") if command == Some("codegen") => check = true,
            Long("deny-warnings") if command == Some("check") => deny_warnings = true,
            Value(value) if name.is_none() => {
                let value = value.string()?;
                if !["codegen", "check", "format", "test"].contains(&value.as_str()) {
                    return Err(format!("there is no command `{value}`").into());
                }
                name = Some(value);
            }
            Value(value) if command == Some("test") => filter.push(value.string()?),
            other => return Err(other.unexpected()),
        }
    }
    let command = match name.as_deref() {
        Some("codegen") => Command::Codegen { check },
        Some("check") => Command::Check { deny_warnings },
        Some("format") => Command::Format,
        Some("test") => Command::Test { filter },
        _ => return Err("a command is missing".into()),
    };
    if ui.quiet && ui.verbose {
        return Err("`--quiet` and `--verbose` exclude each other".into());
    }
    Ok(Parsed::Run(command, ui))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(words: &[&str]) -> Result<Parsed, String> {
        parse(lexopt::Parser::from_args(words)).map_err(|error| error.to_string())
    }

    #[test]
    fn reads_commands_and_options() {
        let Ok(Parsed::Run(Command::Codegen { check: true }, ui)) =
            typed(&["codegen", "--check", "-q", "--color=never"])
        else {
            panic!("`codegen --check -q --color=never` is a command");
        };
        assert!(ui.quiet && !ui.verbose && ui.color == ColorChoice::Never);
        assert!(
            matches!(typed(&["test", "retry", "page"]), Ok(Parsed::Run(Command::Test { filter }, _)) if filter == ["retry", "page"])
        );
        assert!(matches!(typed(&["check", "--help"]), Ok(Parsed::Help(_))));
    }

    #[test]
    fn says_what_was_typed_wrong() {
        let wrong = |words: &[&str]| typed(words).err().unwrap_or_default();
        assert_eq!(wrong(&[]), "a command is missing");
        assert_eq!(wrong(&["codgen"]), "there is no command `codgen`");
        assert_eq!(wrong(&["check", "--check"]), "invalid option '--check'");
        assert_eq!(
            wrong(&["codegen", "--color", "red"]),
            "`--color` takes auto, always or never, not `red`"
        );
        assert_eq!(
            wrong(&["codegen", "-q", "-v"]),
            "`--quiet` and `--verbose` exclude each other"
        );
    }
}
