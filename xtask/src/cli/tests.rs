//! Tests of the accepted command lines and of the errors for others.

use super::*;

fn typed(words: &[&str]) -> Result<Parsed, String> {
    parse(lexopt::Parser::from_args(words)).map_err(|error| error.to_string())
}

/// Returns the `Debug` output of the command with its arguments.
fn command(words: &[&str]) -> String {
    match typed(words) {
        Ok(Parsed::Run(command, _)) => format!("{command:?}"),
        Ok(Parsed::Help(_)) => "help".to_owned(),
        Err(error) => error,
    }
}

#[test]
fn parses_commands_options_and_help() {
    let Ok(Parsed::Run(command_, ui)) =
        typed(&["codegen", "--check", "-q", "--color=never"])
    else {
        panic!("`codegen --check -q --color=never` is a command");
    };
    assert_eq!(format!("{command_:?}"), "Codegen { check: true }");
    assert!(ui.quiet && !ui.verbose && ui.color == ColorChoice::Never);
    for (words, parsed) in [
        (&["test", "retry", "page"][..], r#"Test { filter: ["retry", "page"] }"#),
        (&["schema", "--check"], "Schema { check: true }"),
        (&["check", "--deny-warnings"], "Check { deny_warnings: true }"),
        (&["verify", "--install"], "Verify { install: true }"),
        (&["explain", "E0101"], r#"Explain { rule: Some("E0101") }"#),
        (&["format"], "Format"),
        (&["check", "--help"], "help"),
        (
            &[
                "import",
                "a.json",
                "--revision=f8f5386",
                "--date",
                "2026-08-11",
                "--dry-run",
            ],
            r#"Import { file: Some("a.json"), revision: Some("f8f5386"), date: Some("2026-08-11"), dry_run: true }"#,
        ),
        (
            &["history", "past", "--keep", "made"],
            r#"Replay { folder: Some("past"), keep: Some("made"), report: false }"#,
        ),
        (
            &["changelog", "v0.1.0", "--dry-run"],
            r#"Changelog { base: Some("v0.1.0"), dry_run: true }"#,
        ),
    ] {
        assert_eq!(command(words), parsed);
    }
    let help = |words: &[&str]| match typed(words) {
        Ok(Parsed::Help(text)) => text,
        _ => panic!("{words:?} prints no help"),
    };
    assert_eq!(help(&["help"]), help(&["--help"]));
    assert_eq!(help(&["help", "diff"]), help(&["diff", "--help"]));
}

#[test]
fn parses_what_to_compare() {
    for words in [
        &["diff"][..],
        &["diff", "main", "HEAD", "--only", "wire", "--fail-on=never"],
        &["diff", "--published", "old.json", "new.json", "--format", "json"],
        &["diff", "v0.1.0", "--verify"],
        &["diff", "--explain"],
        &["diff", "--explain=operation-removed"],
    ] {
        assert!(command(words).starts_with("Arguments {"), "{words:?}");
    }
}

#[test]
fn no_argument_becomes_a_line_of_its_own() {
    for hostile in ["HEAD\n::error::x", "a\r::error::x", "a\u{1b}[2K", "a\u{202e}b"] {
        let is_quoted = |words: &[&str]| {
            let error =
                typed(words).err().unwrap_or_else(|| format!("{words:?} is accepted"));
            assert!(
                error.starts_with("argument with an invisible character: `"),
                "{words:?}: {error}"
            );
            let lines: Vec<&str> = error.split(['\n', '\r']).collect();
            assert!(lines.len() == 2 && lines[1].starts_with("help: "), "{error:?}");
            assert!(!error.contains(['\u{1b}', '\u{202e}']), "{error:?}");
        };
        is_quoted(&[hostile]);
        is_quoted(&["help", hostile]);
        is_quoted(&[&format!("--{hostile}")]);
        for entry in commands::ALL {
            let command = entry.name;
            is_quoted(&[command, hostile]);
            is_quoted(&[command, "--", hostile]);
            is_quoted(&[command, &format!("--{hostile}")]);
            for option in help::options(entry) {
                is_quoted(&[command, &format!("--{option}"), hostile]);
                is_quoted(&[command, &format!("--{option}={hostile}")]);
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
    for entry in commands::ALL {
        let command = entry.name;
        for blank in ["", " ", "\t", "\n"] {
            is_empty(&[command, blank]);
            is_empty(&[command, "--", blank]);
            is_empty(&[command, "x", blank]);
        }
        let options = help::options(entry);
        assert!(options.contains(&"color"), "{options:?}");
        for option in options {
            is_empty(&[command, &format!("--{option}"), ""]);
            is_empty(&[command, &format!("--{option}=")]);
            is_empty(&[command, &format!("--{option}= ")]);
        }
    }
    let error_of = |words: &[&str]| typed(words).err().unwrap_or_default();
    let help =
        "help: is a shell variable unset? Pass a value, or leave the argument out";
    assert_eq!(
        error_of(&["diff", ""]),
        format!("empty argument: the argument after `diff`\n{help}")
    );
    assert_eq!(
        error_of(&["diff", "--only", ""]),
        format!("empty argument: `--only` has no value\n{help}")
    );
    assert_eq!(
        error_of(&["diff", "--only="]),
        format!("empty argument: `--only` has no value\n{help}")
    );
    for words in [["diff", "..."], ["diff", "...HEAD"], ["changelog", "..."]] {
        assert!(
            error_of(&words).starts_with("empty argument: nothing before `...`\nhelp: "),
            "{words:?}"
        );
    }
}

#[test]
fn errors_name_the_argument_and_the_next_step() {
    let error_of = |words: &[&str]| typed(words).err().unwrap_or_default();
    assert_eq!(
        error_of(&[]),
        "a command is missing\nhelp: `cargo xtask --help` lists the commands; `cargo xtask codegen` is the main one"
    );
    assert_eq!(
        error_of(&["codgen"]),
        "unknown command `codgen`\nhelp: did you mean `codegen`?"
    );
    assert_eq!(
        error_of(&["check", "--deny-warning"]),
        "`check` has no option `--deny-warning`\nhelp: did you mean `--deny-warnings`?"
    );
    assert_eq!(
        error_of(&["--check", "codegen"]),
        "option `--check` before a command\nhelp: the command comes first: `cargo xtask --help` lists the commands"
    );
    assert_eq!(
        error_of(&["diff", "--published", "new.json"]),
        "`--published` needs two documents, the older one first"
    );
    assert_eq!(
        error_of(&["diff", "--only", "docs"]),
        "invalid value `docs` for `--only`: expected rust, wire, permission or operational"
    );
    assert_eq!(
        error_of(&["diff", "a", "b", "c"]),
        "unexpected argument `c`\nhelp: `cargo xtask diff --help` lists the arguments of `diff`"
    );
    assert_eq!(
        error_of(&["import"]),
        "`import` needs the file of a document\nhelp: `cargo xtask import FILE`"
    );
    assert_eq!(
        error_of(&["history"]),
        "`history` needs a folder of documents\nhelp: `cargo xtask history FOLDER`"
    );
    assert_eq!(
        error_of(&["import", "x.json", "--date", "today"]),
        "invalid value `today` for `--date`: expected a day such as 2026-08-11"
    );
    assert_eq!(
        error_of(&["codegen", "--color", "red"]),
        "invalid value `red` for `--color`: expected auto, always or never"
    );
    assert_eq!(
        error_of(&["codegen", "-q", "-v"]),
        "`--quiet` and `--verbose` exclude each other"
    );
}
