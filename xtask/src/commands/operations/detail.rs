//! Prints all facts about one call for a terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use front_codegen::operations::{Detail, Input};

use crate::text::{WIDTH, wrapped};

/// The column of the values.
const INDENT: usize = 14;

/// Returns the facts about calls, wrapped to `columns` if known.
pub(crate) fn draw(details: &[Detail<'_>], columns: Option<usize>) -> String {
    let width = columns.map_or(WIDTH, |columns| columns.min(WIDTH));
    let each: Vec<String> = details.iter().map(|detail| one(detail, width)).collect();
    each.join("\n")
}

fn one(detail: &Detail<'_>, width: usize) -> String {
    let row = &detail.row;
    let bold = Style::new().bold();
    let mut text =
        format!("{bold}{}{bold:#}\n{} {}\n", row.full_name(), row.method, row.path);
    if let Some(why) = &row.deprecated {
        let style = AnsiColor::Yellow.on_default().bold();
        let why = wrapped(&format!("Deprecated: {why}"), width, 0);
        let _infallible = writeln!(text, "\n{style}{why}{style:#}");
    }
    for paragraph in row.about.iter().flat_map(|about| about.split("\n\n")) {
        let _infallible = writeln!(text, "\n{}", wrapped(paragraph, width, 0));
    }
    text.push('\n');
    facts(&mut text, detail, width);
    inputs(&mut text, "Path", &detail.path_parameters, width);
    inputs(&mut text, "Arguments", &detail.arguments, width);
    inputs(&mut text, "Setters", &detail.setters, width);
    heading(&mut text, "In Rust");
    for line in detail.rust.lines() {
        let _infallible = writeln!(text, "{}", format!("  {line}").trim_end());
    }
    text
}

fn facts(text: &mut String, detail: &Detail<'_>, width: usize) {
    let row = &detail.row;
    let mut fact = |name: &str, value: String| {
        let style = AnsiColor::Cyan.on_default();
        let gap = " ".repeat(INDENT.saturating_sub(name.len()));
        let value = wrapped(&value, width, INDENT);
        let _infallible = writeln!(text, "{style}{name}{style:#}{gap}{value}");
    };
    fact("operation", row.operation.to_owned());
    if !row.search_words.is_empty() {
        fact("search words", row.search_words.join(", "));
    }
    fact("access", format!("{}, acts on: {}", row.access, row.acts_on));
    fact("capability", with_meaning(row.capability, detail.capability_about));
    if let Some(scope) = row.published_scope {
        fact("", format!("{scope} in Front's document, which the call requires"));
    }
    fact("rate limit", with_meaning(row.rate_limit, detail.rate_limit_about));
    fact("webhook", with_meaning(row.webhook, detail.webhook_signals));
    fact("since", row.since.to_owned());
    fact("repeat", detail.repeat.to_owned());
    if detail.redirects {
        fact("redirects", "to the conversation that it was merged into".to_owned());
    }
    if let Some(accept) = detail.accept {
        fact("accept", accept.to_owned());
    }
    if let Some(body) = &detail.body {
        fact("body", body.clone());
    }
    for constant in &detail.fixed {
        fact("always sent", format!("{}: {}", constant.key, constant.value));
    }
    if !detail.at_least_one.is_empty() {
        fact("one of", detail.at_least_one.join(", "));
    }
    fact(
        "response",
        match (&detail.answer, detail.max_page) {
            (None, _) => "nothing".to_owned(),
            (Some(answer), Some(max)) => format!("{answer}, at most {max} on a page"),
            (Some(answer), None) => answer.clone(),
        },
    );
    let errors: Vec<String> = detail
        .errors
        .iter()
        .map(|error| format!("{} {}", error.status, error.code))
        .collect();
    fact("errors", errors.join(", "));
    fact("docs", row.docs.to_owned());
}

/// Returns a word with its meaning.
fn with_meaning(word: Option<&str>, meaning: Option<&str>) -> String {
    match (word, meaning) {
        (Some(word), Some(meaning)) => format!("{word}: {meaning}"),
        (word, _) => word.unwrap_or("none").to_owned(),
    }
}

fn heading(text: &mut String, title: &str) {
    let style = Style::new().underline();
    let _infallible = writeln!(text, "\n{style}{title}{style:#}");
}

fn inputs(text: &mut String, title: &str, inputs: &[Input<'_>], width: usize) {
    if inputs.is_empty() {
        return;
    }
    heading(text, title);
    let bold = Style::new().bold();
    for input in inputs {
        let key = if input.key == input.name {
            String::new()
        } else {
            format!(" ({} in {})", input.key, input.place)
        };
        let _infallible =
            writeln!(text, "  {bold}{}{bold:#}: {}{key}", input.name, input.phrase);
        let deprecated = input.deprecated.map(|why| format!("Deprecated: {why}"));
        for sentence in deprecated.iter().chain(&input.description) {
            let _infallible = writeln!(text, "      {}", wrapped(sentence, width, 6));
        }
    }
}
