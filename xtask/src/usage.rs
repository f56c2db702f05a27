//! What can be typed, in words: all of it, what is of one command, and what somebody may have meant.

use front_codegen::names::nearest;

/// All that can be typed.
const USAGE: &str = "\
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
  --published        BASE and HEAD are two documents that Front published; fails only by --fail-on
  --explain RULE     Say why a kind of change is one, with an example; without RULE, list them
Options of changelog:
  BASE               As for diff
  --dry-run          Write nothing; show the entries that are not there yet
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

/// What `--help` shows: of one command its own, where there is one of that name.
pub(crate) fn help(command: Option<&str>) -> String {
    let about = |name: &str| {
        let line = format!("  {name} ");
        USAGE.lines().find(|of| of.starts_with(&line)).map(|of| of[line.len()..].trim())
    };
    let Some((name, about)) = command.and_then(|name| Some((name, about(name)?))) else {
        return USAGE.to_owned();
    };
    let mut text = format!("Usage: cargo xtask {name} [OPTIONS]\n\n{about}.\n");
    for section in sections(name) {
        text.push('\n');
        text.push_str(section.trim_end());
        text.push('\n');
    }
    text.push_str(
        "\n`cargo xtask --help` shows every command, and what exit codes mean.",
    );
    text
}

/// What is said of a command's options, then of every command's.
fn sections(name: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut open = false;
    for line in USAGE.lines() {
        if let Some(of) = line.strip_prefix("Options of ") {
            let of = of.trim_end_matches(':').replace(" and ", ", ");
            let is_own = of.split(", ").any(|of| of == name);
            open = is_own || of == "every command";
            if open {
                let head = if is_own { "Options:" } else { line };
                all.push(format!("{head}\n"));
            }
        } else if !line.starts_with("  ") {
            open = false;
        } else if let (true, Some(section)) = (open, all.last_mut()) {
            section.push_str(line);
            section.push('\n');
        }
    }
    all
}

/// Returns the names of all commands.
pub(crate) fn commands() -> impl Iterator<Item = &'static str> {
    let lines = USAGE.lines().skip_while(|line| *line != "Commands:").skip(1);
    lines.map_while(|line| line.split_whitespace().next())
}

/// Returns the long options of a command with their dashes, including those of every command.
#[cfg(test)]
pub(crate) fn options(command: &str) -> Vec<String> {
    let sections = sections(command).concat();
    let words = sections.split([' ', '\n', ',']).filter(|word| word.starts_with("--"));
    words.map(str::to_owned).collect()
}

/// Returns the hint for an unknown command.
pub(crate) fn no_command(typed: &str) -> String {
    match nearest(typed, commands()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`cargo xtask --help` lists them".to_owned(),
    }
}

/// What helps who typed an option that a command has not: without its dashes.
pub(crate) fn no_option(command: &str, typed: &str) -> String {
    let sections = sections(command).concat();
    let options: Vec<&str> = sections
        .split([' ', '\n', ','])
        .filter_map(|word| word.strip_prefix("--"))
        .collect();
    let begun = options.iter().copied().find(|option| option.starts_with(typed));
    match begun.or_else(|| nearest(typed, options)) {
        Some(near) => format!("did you mean `--{near}`?"),
        None => format!("`cargo xtask {command} --help` lists them"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_is_of_the_command() {
        let check = help(Some("check"));
        assert_eq!(
            check,
            "Usage: cargo xtask check [OPTIONS]\n\n\
             Check spec/ and say everything that is wrong with it.\n\n\
             Options:\n  --deny-warnings    Fail on warnings too\n\n\
             Options of every command:\n  -q, --quiet        Say nothing but what is wrong\n  \
             -v, --verbose      Say more: each file, each step\n  \
             --color WHEN       auto, always or never\n  \
             -h, --help         Print this\n\n\
             `cargo xtask --help` shows every command, and what exit codes mean."
        );
        assert!(help(Some("schema")).contains("--check "));
        assert_eq!(help(None), USAGE);
        assert_eq!(help(Some("nonsense")), USAGE);
    }

    #[test]
    fn what_was_meant_is_found() {
        assert_eq!(no_command("codgen"), "did you mean `codegen`?");
        assert_eq!(no_command("zebra"), "`cargo xtask --help` lists them");
        assert_eq!(no_option("diff", "fail-in"), "did you mean `--fail-on`?");
        assert_eq!(no_option("diff", "fail"), "did you mean `--fail-on`?");
        assert_eq!(no_option("check", "verbos"), "did you mean `--verbose`?");
        assert_eq!(no_option("check", "zebra"), "`cargo xtask check --help` lists them");
    }
}
