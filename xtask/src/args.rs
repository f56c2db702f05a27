//! Arguments, as cargo's users know them.

use std::ffi::OsStr;

use anstream::ColorChoice;
use front_codegen::problem::draw::printable;
use front_codegen::source::is_invisible;
use front_codegen::vocabulary::is_day;
use lexopt::prelude::*;

use crate::import::Import;
use crate::ui::Ui;
use crate::{changelog, diff, history, operations, usage, verify};

/// What to do.
pub(crate) enum Command {
    /// `changelog`
    Changelog(changelog::Asked),
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
    /// `diff`
    Diff(diff::Asked),
    /// `format`
    Format,
    /// `import`
    Import(Import),
    /// `history`
    History(history::Asked),
    /// `explain`
    Explain {
        /// Which rule; none: all of them.
        code: Option<String>,
    },
    /// `operations`
    Operations(operations::Asked),
    /// `schema`
    Schema {
        /// `--check`
        check: bool,
    },
    /// `test`
    Test {
        /// Words that names of tests must hold.
        filter: Vec<String>,
    },
    /// `verify`
    Verify(verify::Asked),
}

impl Command {
    /// The command of that name, nothing more asked of it.
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "changelog" => Self::Changelog(changelog::Asked::default()),
            "codegen" => Self::Codegen { check: false },
            "check" => Self::Check { deny_warnings: false },
            "diff" => Self::Diff(diff::Asked::default()),
            "format" => Self::Format,
            "import" => Self::Import(Import::default()),
            "history" => Self::History(history::Asked::default()),
            "explain" => Self::Explain { code: None },
            "operations" => Self::Operations(operations::Asked::default()),
            "schema" => Self::Schema { check: false },
            "test" => Self::Test { filter: Vec::new() },
            "verify" => Self::Verify(verify::Asked::default()),
            _ => return None,
        })
    }

    /// Takes an option, written without its dashes; false where the command has none of that name.
    fn option(
        &mut self,
        name: &str,
        parser: &mut lexopt::Parser,
    ) -> Result<bool, lexopt::Error> {
        match (self, name) {
            (Self::Codegen { check } | Self::Schema { check }, "check") => {
                *check = true;
            }
            (Self::Check { deny_warnings }, "deny-warnings") => *deny_warnings = true,
            (Self::Import(asked), "revision") => {
                asked.revision = Some(parser.value()?.string()?);
            }
            (Self::Import(asked), "date") => {
                let date = parser.value()?.string()?;
                if !is_day(&date) {
                    return Err(format!(
                        "`--date` takes a day such as 2026-08-11, not `{date}`"
                    )
                    .into());
                }
                asked.date = Some(date);
            }
            (Self::Import(asked), "dry-run") => asked.dry_run = true,
            (Self::Operations(asked), name) => return asked.option(name, parser),
            (Self::Diff(asked), name) => return asked.option(name, parser),
            (Self::Changelog(asked), "dry-run") => asked.dry_run = true,
            (Self::Verify(asked), "install") => asked.install = true,
            (Self::History(asked), "report") => asked.report = true,
            (Self::History(asked), "keep") => asked.keep = Some(parser.value()?.into()),
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Takes a word that is no option; false where the command takes no more of them.
    fn word(&mut self, word: String) -> bool {
        match self {
            Self::Import(Import { file: file @ None, .. }) => *file = Some(word.into()),
            Self::History(history::Asked { folder: folder @ None, .. }) => {
                *folder = Some(word.into());
            }
            Self::Diff(asked) => return asked.word(word),
            Self::Changelog(changelog::Asked { base: base @ None, .. }) => {
                *base = Some(word);
            }
            Self::Operations(operations::Asked { operation: one @ None, .. }) => {
                *one = Some(word);
            }
            Self::Explain { code: code @ None } => *code = Some(word),
            Self::Test { filter } => filter.push(word),
            _ => return false,
        }
        true
    }
}

/// What was typed.
pub(crate) enum Parsed {
    /// A command.
    Run(Command, Ui),
    /// `--help`.
    Help(String),
}

/// Reads the command line.
pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Parsed, lexopt::Error> {
    if let Some(empty) = empty(parser.clone())? {
        return Err(empty.into());
    }
    if let Some(unprintable) = unprintable(parser.clone())? {
        return Err(unprintable.into());
    }
    let mut ui = Ui::default();
    let mut command: Option<Command> = None;
    let mut called = String::new();
    let wrong = |what: String, help: String| Err(format!("{what}\nhelp: {help}").into());
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => {
                let of = command.is_some().then_some(called.as_str());
                return Ok(Parsed::Help(usage::help(of)));
            }
            Short('q') | Long("quiet") => ui.quiet = true,
            Short('v') | Long("verbose") => ui.verbose = true,
            Long("color") => ui.color = color(&parser.value()?.string()?)?,
            Long(name) => {
                let name = name.to_owned();
                let taken = match &mut command {
                    Some(command) => command.option(&name, &mut parser)?,
                    None => false,
                };
                if !taken && command.is_none() {
                    return wrong(
                        format!("`--{name}` stands before a command"),
                        "the command comes first: `cargo xtask --help` lists them"
                            .to_owned(),
                    );
                }
                if !taken {
                    let what = format!("`{called}` has no option `--{name}`");
                    return wrong(what, usage::no_option(&called, &name));
                }
            }
            // As cargo has it: `help`, or `help COMMAND`.
            Value(word) if command.is_none() && word == "help" => {
                let of = parser.next()?;
                let of = match of {
                    Some(Value(word)) => Some(word.string()?),
                    _ => None,
                };
                if let Some(word) =
                    of.as_ref().filter(|word| Command::named(word).is_none())
                {
                    let what = format!("there is no command `{word}`");
                    return wrong(what, usage::no_command(word));
                }
                return Ok(Parsed::Help(usage::help(of.as_deref())));
            }
            Value(value) => {
                let word = value.string()?;
                match &mut command {
                    Some(command) => {
                        if !command.word(word.clone()) {
                            return wrong(
                                format!("`{called}` takes no `{word}`"),
                                format!(
                                    "`cargo xtask {called} --help` says what it takes"
                                ),
                            );
                        }
                    }
                    None => match Command::named(&word) {
                        None => {
                            let what = format!("there is no command `{word}`");
                            return wrong(what, usage::no_command(&word));
                        }
                        named => (command, called) = (named, word),
                    },
                }
            }
            other => return Err(other.unexpected()),
        }
    }
    if ui.quiet && ui.verbose {
        return Err("`--quiet` and `--verbose` exclude each other".into());
    }
    match command {
        Some(Command::Import(Import { file: None, .. })) => {
            Err("`import` takes the file of a document".into())
        }
        Some(Command::History(history::Asked { folder: None, .. })) => {
            Err("`history` takes a folder of documents".into())
        }
        Some(Command::Operations(asked)) if asked.complaint().is_some() => {
            Err(asked.complaint().unwrap_or_default().into())
        }
        Some(Command::Diff(asked)) if asked.complaint().is_some() => {
            Err(asked.complaint().unwrap_or_default().into())
        }
        Some(Command::Changelog(changelog::Asked { base: Some(base), .. }))
            if diff::lacks_base(&base) =>
        {
            Err(diff::NO_BASE.into())
        }
        Some(command) => Ok(Parsed::Run(command, ui)),
        None => wrong(
            "a command is missing".to_owned(),
            "`cargo xtask --help` lists them; `cargo xtask codegen` is the main one"
                .to_owned(),
        ),
    }
}

/// Returns an error message for the first argument with a character that is not shown, such as a line end. Every command quotes
/// its arguments, and in a workflow's log a line of an argument could be taken for a command.
fn unprintable(mut parser: lexopt::Parser) -> Result<Option<String>, lexopt::Error> {
    for argument in parser.raw_args()? {
        let text = argument.to_string_lossy();
        if text.chars().any(|c| c == '\n' || is_invisible(c)) {
            let shown = printable(&text).replace('\n', "\\n");
            let help = "help: name commits and files without line ends and control characters; is a shell variable set to more than one line?";
            return Ok(Some(format!(
                "an argument holds a character that is not shown: `{shown}`\n{help}"
            )));
        }
    }
    Ok(None)
}

/// Returns an error message for the first argument or option value that is empty. An unset shell variable causes one, and no
/// command needs it: `diff ''` would compare the current folder with itself.
fn empty(mut parser: lexopt::Parser) -> Result<Option<String>, lexopt::Error> {
    let help =
        "help: is a shell variable unset? Pass a value, or leave the argument out";
    let is_blank =
        |value: &OsStr| value.to_str().is_some_and(|text| text.trim().is_empty());
    let mut before: Option<String> = None;
    for argument in parser.raw_args()? {
        let text = argument.to_string_lossy();
        let of = match text.split_once('=') {
            Some((option, value))
                if option.starts_with('-') && value.trim().is_empty() =>
            {
                Some(format!("`{option}`"))
            }
            _ if is_blank(&argument) => match &before {
                Some(option) if option.starts_with('-') && option != "--" => {
                    Some(format!("`{option}`"))
                }
                _ => None,
            },
            _ => {
                before = Some(text.into_owned());
                continue;
            }
        };
        let what = match (of, before) {
            (Some(option), _) => format!("empty argument: {option} has no value"),
            (None, Some(before)) => format!("empty argument: the one after `{before}`"),
            (None, None) => "empty argument: the first one".to_owned(),
        };
        return Ok(Some(format!("{what}\n{help}")));
    }
    Ok(None)
}

/// When to colour.
fn color(word: &str) -> Result<ColorChoice, lexopt::Error> {
    match word {
        "auto" => Ok(ColorChoice::Auto),
        "always" => Ok(ColorChoice::Always),
        "never" => Ok(ColorChoice::Never),
        other => {
            Err(format!("`--color` takes auto, always or never, not `{other}`").into())
        }
    }
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
        let help = |words: &[&str]| match typed(words) {
            Ok(Parsed::Help(text)) => text,
            _ => panic!("{words:?} is no help"),
        };
        assert_eq!(help(&["help"]), help(&["--help"]));
        assert_eq!(help(&["help", "diff"]), help(&["diff", "--help"]));
        let Ok(Parsed::Run(Command::Import(asked), _)) = typed(&[
            "import",
            "core-api.json",
            "--revision=f8f5386",
            "--date",
            "2026-08-11",
            "--dry-run",
        ]) else {
            panic!("`import` takes a file, a revision and a date");
        };
        assert!(
            asked.dry_run
                && asked.file.is_some_and(|file| file.ends_with("core-api.json"))
        );
        assert_eq!(asked.revision.as_deref(), Some("f8f5386"));
        assert_eq!(asked.date.as_deref(), Some("2026-08-11"));
        assert!(
            matches!(typed(&["history", "past", "--keep", "made"]), Ok(Parsed::Run(Command::History(asked), _)) if asked.folder.is_some() && asked.keep.is_some())
        );
    }

    #[test]
    fn reads_what_to_compare() {
        for words in [
            &["diff"][..],
            &["diff", "main", "HEAD", "--only", "wire", "--fail-on=never"],
            &["diff", "--published", "old.json", "new.json", "--format", "json"],
            &["diff", "v0.1.0", "--verify"],
            &["diff", "--explain"],
            &["diff", "--explain=operation-removed"],
        ] {
            assert!(
                matches!(typed(words), Ok(Parsed::Run(Command::Diff(_), _))),
                "{words:?}"
            );
        }
        assert!(
            matches!(typed(&["changelog", "v0.1.0", "--dry-run"]), Ok(Parsed::Run(Command::Changelog(asked), _)) if asked.dry_run && asked.base.is_some())
        );
    }

    #[test]
    fn no_argument_becomes_a_line_of_its_own() {
        for hostile in ["HEAD\n::error::x", "a\r::error::x", "a\u{1b}[2K", "a\u{202e}b"]
        {
            let is_quoted = |words: &[&str]| {
                let error = typed(words)
                    .err()
                    .unwrap_or_else(|| format!("{words:?} is accepted"));
                assert!(
                    error.starts_with(
                        "an argument holds a character that is not shown: `"
                    ),
                    "{words:?}: {error}"
                );
                let lines: Vec<&str> = error.split(['\n', '\r']).collect();
                assert!(lines.len() == 2 && lines[1].starts_with("help: "), "{error:?}");
                assert!(!error.contains(['\u{1b}', '\u{202e}']), "{error:?}");
            };
            is_quoted(&[hostile]);
            is_quoted(&["help", hostile]);
            is_quoted(&[&format!("--{hostile}")]);
            for command in usage::commands() {
                is_quoted(&[command, hostile]);
                is_quoted(&[command, "--", hostile]);
                is_quoted(&[command, &format!("--{hostile}")]);
                for option in usage::options(command) {
                    is_quoted(&[command, &option, hostile]);
                    is_quoted(&[command, &format!("{option}={hostile}")]);
                }
            }
        }
    }

    #[test]
    fn empty_arguments_are_rejected_everywhere() {
        let is_empty = |words: &[&str]| {
            let error =
                typed(words).err().unwrap_or_else(|| format!("{words:?} is accepted"));
            assert!(error.starts_with("empty argument: "), "{words:?}: {error}");
            assert!(error.contains("\nhelp: is a shell variable unset?"), "{error}");
        };
        is_empty(&[""]);
        for command in usage::commands() {
            for blank in ["", " ", "\t", "\n"] {
                is_empty(&[command, blank]);
                is_empty(&[command, "--", blank]);
                is_empty(&[command, "x", blank]);
            }
            let options = usage::options(command);
            assert!(options.iter().any(|option| option == "--color"), "{options:?}");
            for option in options {
                is_empty(&[command, &option, ""]);
                is_empty(&[command, &format!("{option}=")]);
                is_empty(&[command, &format!("{option}= ")]);
            }
        }
        let wrong = |words: &[&str]| typed(words).err().unwrap_or_default();
        let help =
            "help: is a shell variable unset? Pass a value, or leave the argument out";
        assert_eq!(
            wrong(&["diff", ""]),
            format!("empty argument: the one after `diff`\n{help}")
        );
        assert_eq!(
            wrong(&["diff", "--only", ""]),
            format!("empty argument: `--only` has no value\n{help}")
        );
        assert_eq!(
            wrong(&["diff", "--only="]),
            format!("empty argument: `--only` has no value\n{help}")
        );
        for words in [["diff", "..."], ["diff", "...HEAD"], ["changelog", "..."]] {
            assert_eq!(wrong(&words), diff::NO_BASE, "{words:?}");
        }
    }

    #[test]
    fn says_what_was_typed_wrong() {
        let wrong = |words: &[&str]| typed(words).err().unwrap_or_default();
        assert_eq!(
            wrong(&[]),
            "a command is missing\nhelp: `cargo xtask --help` lists them; `cargo xtask codegen` is the main one"
        );
        assert_eq!(
            wrong(&["codgen"]),
            "there is no command `codgen`\nhelp: did you mean `codegen`?"
        );
        assert_eq!(
            wrong(&["check", "--deny-warning"]),
            "`check` has no option `--deny-warning`\nhelp: did you mean `--deny-warnings`?"
        );
        assert_eq!(
            wrong(&["--check", "codegen"]),
            "`--check` stands before a command\nhelp: the command comes first: `cargo xtask --help` lists them"
        );
        assert_eq!(
            wrong(&["diff", "--published", "new.json"]),
            "`--published` takes two documents, the older one first"
        );
        assert_eq!(
            wrong(&["diff", "--only", "docs"]),
            "`--only` takes rust, wire, permission or operational, not `docs`"
        );
        assert_eq!(
            wrong(&["diff", "a", "b", "c"]),
            "`diff` takes no `c`\nhelp: `cargo xtask diff --help` says what it takes"
        );
        assert_eq!(wrong(&["import"]), "`import` takes the file of a document");
        assert_eq!(wrong(&["history"]), "`history` takes a folder of documents");
        assert_eq!(
            wrong(&["import", "x.json", "--date", "today"]),
            "`--date` takes a day such as 2026-08-11, not `today`"
        );
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
