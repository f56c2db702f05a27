//! The texts of `--help`, within 80 columns, and the hints for options that do not exist.

use front_codegen::names::nearest;

use super::Entry;
use crate::commands;
use crate::text::wrapped;

/// Columns of a help text at most.
const WIDTH: usize = 80;

/// The column at which descriptions begin.
const INDENT: usize = 20;

/// The options of every command.
const COMMON: &[(&str, &str)] = &[
    ("-q, --quiet", "Print only errors and warnings"),
    ("-v, --verbose", "Print each file and each step"),
    ("--color WHEN", "When to use color: auto (default), always or never"),
    ("-h, --help", "Print this help"),
];

/// The exit codes; scripts depend on them.
const EXIT_CODES: &[(&str, &str)] = &[
    ("0", "success"),
    ("1", "a problem was found: an invalid spec, a blocked change, a failed test"),
    ("2", "invalid arguments"),
    ("3", "diff, changelog, verify: the commit, document or tool is not available"),
    ("4", "diff, changelog: the spec of one side is invalid"),
    ("5", "diff, changelog, verify: a bug in the report; please report it"),
];

/// Returns the help of a command, or of the program.
pub(super) fn text(entry: Option<&Entry>) -> String {
    let Some(entry) = entry else {
        let commands = commands::ALL.iter().map(|entry| (entry.name, entry.summary));
        return format!(
            "Usage: cargo xtask COMMAND [OPTIONS]\n\nCommands:\n{}\n\
             Options of every command:\n{}\nExit codes:\n{}\n\
             `cargo xtask COMMAND --help` lists the options of a command.",
            rows(commands, 14),
            rows(COMMON.iter().copied(), INDENT),
            rows(EXIT_CODES.iter().copied(), 5),
        );
    };
    let Entry { name, summary, usage, arguments, .. } = entry;
    let space = if usage.is_empty() { "" } else { " " };
    let mut text =
        format!("Usage: cargo xtask {name}{space}{usage} [OPTIONS]\n\n{summary}.\n\n");
    let (options, positional): (Vec<_>, Vec<_>) =
        arguments.iter().copied().partition(|(name, _)| name.starts_with('-'));
    for (title, all) in [("Arguments", positional), ("Options", options)] {
        if !all.is_empty() {
            text.push_str(&format!("{title}:\n{}\n", rows(all.into_iter(), INDENT)));
        }
    }
    text.push_str(&format!(
        "Options of every command:\n{}\n`cargo xtask --help` lists the commands and the exit codes.",
        rows(COMMON.iter().copied(), INDENT)
    ));
    text
}

/// Returns names with their descriptions, one below the other.
fn rows<'t>(rows: impl Iterator<Item = (&'t str, &'t str)>, indent: usize) -> String {
    rows.map(|(name, about)| {
        let width = indent - 2;
        // A long name has a line of its own.
        let gap = if name.len() < width {
            String::new()
        } else {
            format!("\n{}", " ".repeat(indent))
        };
        format!("  {name:<width$}{gap}{}\n", wrapped(about, WIDTH, indent))
    })
    .collect()
}

/// Returns the long options of a command, without dashes, including those of every command.
pub(super) fn options(entry: &Entry) -> Vec<&'static str> {
    let rows = entry.arguments.iter().chain(COMMON);
    let words = rows.flat_map(|(name, _)| name.split([' ', ',', '[']));
    words.filter_map(|word| word.strip_prefix("--")).collect()
}

/// Returns the hint for an option that the command does not have; `typed` is without dashes.
pub(super) fn unknown_option(entry: &Entry, typed: &str) -> String {
    let options = options(entry);
    let begun = options.iter().copied().find(|option| option.starts_with(typed));
    match begun.or_else(|| nearest(typed, options)) {
        Some(near) => format!("did you mean `--{near}`?"),
        None => format!("`cargo xtask {} --help` lists the options", entry.name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> &'static Entry {
        commands::ALL.iter().find(|entry| entry.name == name).expect("a command")
    }

    #[test]
    fn the_help_of_a_command_lists_its_options_and_the_common_ones() {
        assert_eq!(
            text(Some(named("check"))),
            "Usage: cargo xtask check [OPTIONS]\n\n\
             Check spec/ and report every problem.\n\n\
             Options:\n  --deny-warnings   Fail on warnings, too\n\n\
             Options of every command:\n  -q, --quiet       Print only errors and warnings\n  \
             -v, --verbose     Print each file and each step\n  \
             --color WHEN      When to use color: auto (default), always or never\n  \
             -h, --help        Print this help\n\n\
             `cargo xtask --help` lists the commands and the exit codes."
        );
    }

    /// A terminal of 80 columns is the smallest in use; a line of 81 wraps there.
    #[test]
    fn every_help_text_fits_80_columns() {
        for entry in commands::ALL.iter().map(Some).chain([None]) {
            for line in text(entry).lines() {
                assert!(line.chars().count() <= WIDTH, "{line}");
            }
        }
    }

    #[test]
    fn hints_name_the_option_that_was_meant() {
        let hint = |command, typed| unknown_option(named(command), typed);
        assert_eq!(hint("diff", "fail-in"), "did you mean `--fail-on`?");
        assert_eq!(hint("diff", "fail"), "did you mean `--fail-on`?");
        assert_eq!(hint("check", "verbos"), "did you mean `--verbose`?");
        assert_eq!(
            hint("check", "zebra"),
            "`cargo xtask check --help` lists the options"
        );
    }
}
