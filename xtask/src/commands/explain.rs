//! `cargo xtask explain`: explains a rule, laid out for a terminal.

use std::fmt::Write as _;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use front_codegen::names;
use front_codegen::problem::{Code, Part, Severity};
use front_diff::catalog;
use front_diff::rule::Rule;

use crate::cli::{Command, Entry, Outcome};
use crate::text::{WIDTH, wrapped};
use crate::ui::{self, Ui};

pub(crate) const ENTRY: Entry = Entry {
    name: "explain",
    summary: "Explain a rule, with a wrong and a right example",
    usage: "[RULE]",
    arguments: &[(
        "RULE",
        "A code such as E0101, or a kind of change such as operation-removed (default: list the codes)",
    )],
    new: || Box::<Explain>::default(),
};

/// The arguments.
#[derive(Debug, Default)]
struct Explain {
    rule: Option<String>,
}

impl Command for Explain {
    fn positional(&mut self, value: String) -> bool {
        let accepts = self.rule.is_none();
        self.rule.get_or_insert(value);
        accepts
    }

    fn run(self: Box<Self>, _: &Path, ui: &Ui) -> Outcome {
        run(self.rule.as_deref(), ui)
    }
}

/// The groups of rules, by the first characters of their codes.
const GROUPS: &[(&str, &str)] = &[
    ("E00", "Reading: files and YAML"),
    ("E01", "Meaning: phrases, names and references"),
    ("E03", "Import: corrections"),
    ("E", "Other errors"),
    ("W", "Warnings"),
];

/// Explains a rule, or lists all of them.
fn run(code: Option<&str>, ui: &Ui) -> Outcome {
    let Some(typed) = code else {
        ui.output(&all());
        return Outcome::Success;
    };
    let Some(code) = Code::named(typed) else {
        if catalog::named(typed).is_some() {
            return change(Some(typed), ui);
        }
        let codes = Code::ALL.iter().map(|code| code.id());
        let changes = catalog::all().into_iter().map(|rule| rule.id);
        let near = names::nearest(&typed.to_ascii_uppercase(), codes)
            .or_else(|| names::nearest(&typed.to_ascii_lowercase(), changes));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`cargo xtask explain` lists the rules of the spec, `cargo xtask diff --explain` the kinds of change".to_owned(),
        };
        ui.error(format_args!("error: there is no rule `{typed}`\nhelp: {help}"));
        return Outcome::UsageError;
    };
    ui.output(&one(code, ui::columns().map_or(WIDTH, |columns| columns.min(WIDTH))));
    Outcome::Success
}

/// Explains a kind of change, or lists them all.
pub(crate) fn change(id: Option<&str>, ui: &Ui) -> Outcome {
    let Some(typed) = id else {
        ui.output(&changes());
        return Outcome::Success;
    };
    let Some(rule) = catalog::named(typed) else {
        let known = catalog::all().into_iter().map(|rule| rule.id);
        let help = match names::nearest(typed, known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`cargo xtask diff --explain` lists them".to_owned(),
        };
        ui.error(format_args!("error: there is no rule `{typed}`\nhelp: {help}"));
        return Outcome::UsageError;
    };
    ui.output(&one_change(
        rule,
        ui::columns().map_or(WIDTH, |columns| columns.min(WIDTH)),
    ));
    Outcome::Success
}

/// Returns a line for every kind of change.
fn changes() -> String {
    let style = AnsiColor::Cyan.on_default().bold();
    let rules = catalog::all();
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
    let mut text = String::new();
    for Rule { id, about, .. } in rules {
        let _infallible = writeln!(text, "{style}{id:<width$}{style:#}  {about}");
    }
    text.push_str("\n`cargo xtask diff --explain RULE` explains one of them.\n");
    text
}

/// Returns the page of a kind of change, wrapped to `width`.
fn one_change(rule: &Rule, width: usize) -> String {
    let (style, bold) = (AnsiColor::Cyan.on_default().bold(), Style::new().bold());
    let title = format!("{style}{}{style:#}{bold}: {}{bold:#}\n", rule.id, rule.about);
    page(title, rule.explanation(), width)
}

/// Returns a line for every rule.
fn all() -> String {
    let mut text = String::new();
    let mut left: Vec<Code> = Code::ALL.to_vec();
    for (begins, title) in GROUPS {
        let group: Vec<Code> =
            left.iter().copied().filter(|code| code.id().starts_with(begins)).collect();
        if group.is_empty() {
            continue;
        }
        left.retain(|code| !group.contains(code));
        let style = Style::new().bold();
        let _infallible = writeln!(text, "{style}{title}{style:#}");
        for code in group {
            let style = style_of(code);
            let _infallible =
                writeln!(text, "  {style}{}{style:#}  {}", code.id(), code.summary());
        }
        text.push('\n');
    }
    text.push_str("`cargo xtask explain CODE` explains one of them.\n");
    text
}

/// Returns the page of a rule, wrapped to `width`.
fn one(code: Code, width: usize) -> String {
    let (style, bold) = (style_of(code), Style::new().bold());
    let level = match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let text = format!(
        "{style}{level}[{}]{style:#}{bold}: {}{bold:#}\n",
        code.id(),
        code.summary()
    );
    page(text, code.explanation(), width)
}

/// Appends the parts of a page to its title.
fn page(mut text: String, parts: Vec<Part>, width: usize) -> String {
    let mut under = None;
    for part in parts {
        text.push('\n');
        match part {
            Part::Text(sentences) => {
                text.push_str(&color_code(&wrapped(&sentences, width, 0)));
                text.push('\n');
            }
            Part::Heading(heading) => {
                // The heading is printed with the file name of its first example.
                text.pop();
                under = Some(heading);
            }
            Part::Code { file, text: lines } => {
                if !file.is_empty() {
                    let _infallible =
                        writeln!(text, "{}\n", caption(under.take(), file));
                } else if let Some(heading) = under.take() {
                    let style = Style::new().bold();
                    let _infallible = writeln!(text, "{style}{heading}{style:#}:\n");
                }
                for line in lines.lines() {
                    let _infallible =
                        writeln!(text, "{}", format!("    {line}").trim_end());
                }
                if lines.is_empty() {
                    text.push_str("    (nothing)\n");
                }
            }
        }
    }
    text
}

/// Returns the caption of an example.
fn caption(heading: Option<&str>, file: &str) -> String {
    let color = match heading {
        Some("Wrong") => AnsiColor::Red,
        _ => AnsiColor::Green,
    };
    let style = color.on_default().bold();
    match (heading, file) {
        (Some(heading), "files") => format!("{style}{heading}{style:#}:"),
        (Some(heading), file) => format!("{style}{heading}{style:#}, in {file}:"),
        (None, file) => format!("and in {file}:"),
    }
}

fn style_of(code: Code) -> Style {
    let color = match code.severity() {
        Severity::Error => AnsiColor::BrightRed,
        Severity::Warning => AnsiColor::Yellow,
    };
    color.on_default().bold()
}

/// Returns the text with a color for everything between backquotes.
fn color_code(text: &str) -> String {
    let style = AnsiColor::Cyan.on_default();
    let mut colored = String::new();
    for (number, piece) in text.split('`').enumerate() {
        let inside = number % 2 == 1;
        if inside {
            let _infallible = write!(colored, "`{style}{piece}{style:#}`");
        } else {
            colored.push_str(piece);
        }
    }
    colored
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn lists_each_rule_once() {
        let text = plain(&all());
        for code in Code::ALL {
            let line = format!("  {}  {}\n", code.id(), code.summary());
            assert_eq!(text.matches(&line).count(), 1, "{line}");
        }
    }

    #[test]
    fn lists_each_kind_of_change_once() {
        let text = plain(&changes());
        for rule in catalog::all() {
            let lines =
                text.lines().filter(|line| line.split(' ').next() == Some(rule.id));
            assert_eq!(lines.count(), 1, "{}", rule.id);
        }
    }

    #[test]
    fn lines_fit_the_width() {
        let codes = Code::ALL.iter().map(|code| one(*code, 60));
        let changes = catalog::all().into_iter().map(|rule| one_change(rule, 60));
        for text in codes.chain(changes) {
            let text = plain(&text);
            for line in text.lines().skip(1).filter(|line| !line.starts_with("    ")) {
                let long = line.chars().count() > 60 && !line.ends_with(':');
                assert!(!long, "{line}");
            }
            assert!(!text.contains("\n\n\n") && text.ends_with('\n'), "{text}");
        }
    }
}
