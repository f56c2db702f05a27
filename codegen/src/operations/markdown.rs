//! Formats calls as Markdown, for a page or a pull request.

use std::fmt::Write as _;

use super::{Constant, Detail, Input, Row};
use crate::markdown::code;

/// Formats calls as a table.
#[must_use]
pub fn rows(rows: &[Row<'_>]) -> String {
    if rows.is_empty() {
        return "No operation matches this filter.\n".to_owned();
    }
    let mut text = String::from(
        "| Call | Method | Path | Access | Capability | Rate limit | Webhook | About |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for row in rows {
        let about = match (&row.deprecated, &row.about) {
            (Some(why), Some(about)) => format!("**Deprecated.** {why} {about}"),
            (Some(why), None) => format!("**Deprecated.** {why}"),
            (None, about) => about.clone().unwrap_or_default(),
        };
        let cells = [
            format!("[{}]({})", code(&row.full_name()), row.docs),
            row.method.to_owned(),
            code(row.path),
            row.access.to_owned(),
            capability(row),
            row.rate_limit.map(code).unwrap_or_default(),
            row.webhook.map(code).unwrap_or_default(),
            about,
        ];
        line(&mut text, &cells);
    }
    text
}

/// Formats the permission of a call: the one of Front's document, then the guide's if it differs.
fn capability(row: &Row<'_>) -> String {
    match (row.capability, row.published_scope) {
        // The token needs the published one.
        (Some(guide), Some(published)) => {
            format!("{} (guide: {})", code(published), code(guide))
        }
        (Some(only), None) | (None, Some(only)) => code(only),
        (None, None) => String::new(),
    }
}

/// Formats all facts about calls.
#[must_use]
pub fn details(details: &[Detail<'_>]) -> String {
    let each: Vec<String> = details.iter().map(detail).collect();
    each.join("\n")
}

fn detail(detail: &Detail<'_>) -> String {
    let row = &detail.row;
    let mut text = format!(
        "## {}\n\n{}\n",
        code(&row.full_name()),
        code(&format!("{} {}", row.method, row.path))
    );
    if let Some(why) = &row.deprecated {
        let _infallible = write!(text, "\n**Deprecated.** {why}\n");
    }
    if let Some(about) = &row.about {
        let _infallible = write!(text, "\n{about}\n");
    }
    text.push_str("\n| | |\n|---|---|\n");
    let mut fact =
        |name: &str, value: String| line(&mut text, &[name.to_owned(), value]);
    fact("Operation", format!("[{}]({})", code(row.operation), row.docs));
    if !row.search_words.is_empty() {
        fact("Search words", row.search_words.join(", "));
    }
    fact("Access", format!("{}, acts on: {}", row.access, row.acts_on));
    fact("Capability", explained(row.capability, detail.capability_about));
    if let Some(scope) = row.published_scope {
        fact("Published scope", code(scope));
    }
    fact("Rate limit", explained(row.rate_limit, detail.rate_limit_about));
    fact("Webhook", explained(row.webhook, detail.webhook_signals));
    fact("Since", row.since.to_owned());
    fact("Repeat", detail.repeat.to_owned());
    if detail.redirects {
        fact(
            "Redirects",
            "to the conversation that this one was merged into".to_owned(),
        );
    }
    if let Some(accept) = detail.accept {
        fact("Accept", code(accept));
    }
    if let Some(body) = &detail.body {
        fact("Body", code(body));
    }
    for Constant { key, value, .. } in &detail.fixed {
        fact("Always sent", code(&format!("{key}: {value}")));
    }
    if !detail.at_least_one.is_empty() {
        let keys: Vec<String> =
            detail.at_least_one.iter().map(|key| code(key)).collect();
        fact("At least one of", keys.join(", "));
    }
    fact("Response", response(detail));
    inputs(&mut text, "Path", &detail.path_parameters);
    inputs(&mut text, "Arguments", &detail.arguments);
    inputs(&mut text, "Setters", &detail.setters);
    let _infallible = write!(text, "\n```rust\n{}\n```\n", detail.rust);
    text.push_str("\n| Status | | Meaning | What to do |\n|---|---|---|---|\n");
    for error in &detail.errors {
        let cells = [
            error.status.to_string(),
            code(error.code),
            error.meaning.to_owned(),
            error.action.to_owned(),
        ];
        line(&mut text, &cells);
    }
    text
}

/// Formats a word with its meaning.
fn explained(word: Option<&str>, meaning: Option<&str>) -> String {
    match (word, meaning) {
        (Some(word), Some(meaning)) => format!("{}: {meaning}", code(word)),
        (Some(word), None) => code(word),
        (None, _) => "none".to_owned(),
    }
}

fn response(detail: &Detail<'_>) -> String {
    match (&detail.answer, detail.max_page) {
        (None, _) => "no content".to_owned(),
        (Some(answer), Some(max)) => {
            format!("{}, at most {max} per page", code(answer))
        }
        (Some(answer), None) => code(answer),
    }
}

fn inputs(text: &mut String, title: &str, inputs: &[Input<'_>]) {
    if inputs.is_empty() {
        return;
    }
    let _infallible =
        write!(text, "\n| {title} | Key | Type | About |\n|---|---|---|---|\n");
    for input in inputs {
        let key = format!("{} in {}", code(input.key), input.place);
        let about = match (input.deprecated, &input.description) {
            (Some(why), about) => {
                format!("**Deprecated.** {why} {}", about.as_deref().unwrap_or_default())
            }
            (None, about) => about.clone().unwrap_or_default(),
        };
        line(text, &[code(&input.name), key, code(&input.phrase), about]);
    }
}

/// Writes a line of a table.
fn line(text: &mut String, cells: &[String]) {
    text.push('|');
    for cell in cells {
        let words: Vec<&str> = cell.split_whitespace().collect();
        let _infallible = write!(text, " {} |", words.join(" ").replace('|', "\\|"));
    }
    text.push('\n');
}
