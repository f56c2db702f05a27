//! Arguments, as cargo's users know them.

use anstream::ColorChoice;
use front_codegen::import::is_day;
use lexopt::prelude::*;

use crate::import::Import;
use crate::ui::Ui;
use crate::{changelog, diff, history, operations, verify};

/// What is typed wrong gets this.
pub(crate) const USAGE: &str = "\
Usage: cargo xtask COMMAND [OPTIONS]

Commands:
  codegen     Write what is made of spec/: the crate, schemas, tests' table (the main job)
  check       Check spec/ and say everything that is wrong with it
  format      Rewrite spec/ in its canonical form
  diff        Say what a change of spec/ means, and whether it may go in
  changelog   Write what users are told of it into CHANGELOG.md
  import      Bring spec/ in line with a document that Front published
  history     Import every document of a folder, alone and step by step
  operations  Show which calls there are, or all that is known of one
  explain     Say why a rule is one, with a wrong example and a right one
  schema      Write spec/schema, which editors read; codegen does it too
  test        Run every test
  verify      Hold the verdicts of every rule of diff against cargo-semver-checks and cargo-public-api

Options of codegen and schema:
  --check            Write nothing; fail with a diff where something would be written
Options of check:
  --deny-warnings    Fail on warnings too
Options of diff:
  BASE HEAD          Commits, or folders that hold spec/; `A...B` is where B left A. The working tree
                     is head unless one is named, and base where it left the branch that it goes to
  --format F         text, markdown, json, github (annotations) or oneline
  --fail-on WHAT     breaking, attention, additive or never: breaking unless said
  --only AXIS        rust, wire, permission or operational
  --check-version    Fail, too, where Cargo.toml still has base's version and may not
  --verify           Hold its verdict on Rust against cargo-semver-checks and cargo-public-api, whichever is here
  --published        BASE and HEAD are two documents that Front published
  --explain RULE     Say why a kind of change is one, with an example; without RULE, list them
Options of changelog:
  BASE               As for diff
  --dry-run          Write nothing; show the entries
Options of import:
  FILE               The document, core-api.json of Front's repository
  --revision R       The commit that published it; `unknown` unless said
  --date D           The day it was published, such as 2026-08-11; today unless said
  --dry-run          Write nothing; only say what would change
Options of history:
  FOLDER             The documents, `*.json`, oldest first by name
  --keep FOLDER      Write there what each revision's crate is made of
  --report           Show what each step means, as diff does
Options of explain:
  CODE               Such as E0101 or w0201; without one, every rule in a line
Options of operations:
  OPERATION          One call, as tags.list or list-tags; else those that are all of these:
  --method M         Its HTTP method
  --access A         read or write
  --capability C     The permission that it needs, such as tags:read, or none
  --resource R       The resource that has it
  --webhook W        The event that it fires, any or none
  --rate-limit L     The rate-limit class that it falls under
  --deprecated       It should not be used any more
  --search TEXT      Its name, operation, path or description holds this
  --format F         table, json or markdown
Options of verify:
  --install          Install what is missing of the two first; takes some minutes each
Options of test:
  FILTER..           Run only tests whose names hold one of these

Options of every command:
  -q, --quiet        Say nothing but what is wrong
  -v, --verbose      Say more: each file, each step
  --color WHEN       auto, always or never
  -h, --help         Print this

Exit codes: 0 nothing is wrong, 1 something is, 2 the command was typed wrong; of diff, changelog and verify, too:
3 what to compare or verify with is not here, 4 the spec of a side is not valid, 5 the report has a fault of its own.";

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
    Help(&'static str),
}

/// Reads the command line.
pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Parsed, lexopt::Error> {
    let mut ui = Ui::default();
    let mut command: Option<Command> = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Parsed::Help(USAGE)),
            Short('q') | Long("quiet") => ui.quiet = true,
            Short('v') | Long("verbose") => ui.verbose = true,
            Long("color") => ui.color = color(&parser.value()?.string()?)?,
            Long(name) => {
                let name = name.to_owned();
                let taken = match &mut command {
                    Some(command) => command.option(&name, &mut parser)?,
                    None => false,
                };
                if !taken {
                    return Err(lexopt::Error::UnexpectedOption(format!("--{name}")));
                }
            }
            Value(value) => {
                let word = value.string()?;
                match &mut command {
                    Some(command) => {
                        if !command.word(word.clone()) {
                            return Err(lexopt::Error::UnexpectedArgument(word.into()));
                        }
                    }
                    None => match Command::named(&word) {
                        None => {
                            return Err(format!("there is no command `{word}`").into());
                        }
                        named => command = named,
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
        Some(command) => Ok(Parsed::Run(command, ui)),
        None => Err("a command is missing".into()),
    }
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
    fn says_what_was_typed_wrong() {
        let wrong = |words: &[&str]| typed(words).err().unwrap_or_default();
        assert_eq!(wrong(&[]), "a command is missing");
        assert_eq!(wrong(&["codgen"]), "there is no command `codgen`");
        assert_eq!(wrong(&["check", "--check"]), "invalid option '--check'");
        assert_eq!(
            wrong(&["diff", "--published", "new.json"]),
            "`--published` takes two documents, the older one first"
        );
        assert_eq!(
            wrong(&["diff", "--only", "docs"]),
            "`--only` takes rust, wire, permission or operational, not `docs`"
        );
        assert_eq!(wrong(&["diff", "a", "b", "c"]), "unexpected argument \"c\"");
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
