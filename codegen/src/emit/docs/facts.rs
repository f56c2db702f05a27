//! Sentences about facts that the spec contains as data: limits, defaults and replacements.

use crate::ir::{Api, Deprecation, Facts, Field, ValueLimits};

/// Returns the documentation of a field: the spec's own paragraphs, then a paragraph for each limit and for the default. A
/// constant has no documentation, because callers do not set it.
#[must_use]
pub fn of_field(field: &Field) -> Vec<String> {
    field.facts().map(paragraphs).unwrap_or_default()
}

/// Returns the documentation of a value: the spec's own paragraphs, then a paragraph for each limit and for the default.
#[must_use]
pub fn paragraphs(facts: Facts<'_>) -> Vec<String> {
    facts.about.iter().cloned().chain(sentences(facts)).collect()
}

/// Returns a sentence for each limit of a value and for its default.
#[must_use]
pub fn sentences(Facts { limits, default, .. }: Facts<'_>) -> Vec<String> {
    let mut all: Vec<String> = self::limits(limits);
    all.extend(default.map(|default| format!("Front's default: `{}`.", default.text)));
    all
}

fn limits(limits: &ValueLimits) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(most) = limits.max_length {
        all.push(format!("At most {}.", count(most, "character")));
    }
    all.extend(match (limits.min_items, limits.max_items) {
        (Some(least), Some(most)) if least == most => {
            Some(format!("Exactly {}.", count(most, "item")))
        }
        (Some(least), Some(most)) => {
            Some(format!("From {least} to {}.", count(most, "item")))
        }
        (Some(least), None) => Some(format!("At least {}.", count(least, "item"))),
        (None, Some(most)) => Some(format!("At most {}.", count(most, "item"))),
        (None, None) => None,
    });
    all.extend(match (limits.minimum, limits.maximum) {
        (Some(least), Some(most)) => Some(format!("From {least} to {most}.")),
        (Some(least), None) => Some(format!("At least {least}.")),
        (None, Some(most)) => Some(format!("At most {most}.")),
        (None, None) => None,
    });
    if let Some((last, rest)) = limits.allowed.split_last() {
        let rest: Vec<String> = rest.iter().map(ToString::to_string).collect();
        all.push(match rest.len() {
            0 => format!("Only {last}."),
            _ => format!("One of {} and {last}.", rest.join(", ")),
        });
    }
    all
}

/// Returns why a call is deprecated, and which call to use instead.
#[must_use]
pub fn deprecation(api: &Api, of: &Deprecation) -> String {
    match of.replaced_by {
        Some(other) => {
            format!("{} Use `{}` instead.", of.reason, api.endpoint_name(other))
        }
        None => of.reason.clone(),
    }
}

fn count(number: u64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::DefaultValue;

    #[test]
    fn limits_and_defaults_become_sentences() {
        let limits = ValueLimits {
            max_length: Some(64),
            min_items: Some(1),
            max_items: Some(10),
            minimum: Some(0),
            allowed: vec![0, 5, 10],
            ..ValueLimits::default()
        };
        let default = DefaultValue { text: "true".to_owned(), value: None };
        let about = ["First.".to_owned(), "Second.".to_owned()];
        let facts = Facts { about: &about, limits: &limits, default: Some(&default) };
        assert_eq!(
            paragraphs(facts),
            [
                "First.",
                "Second.",
                "At most 64 characters.",
                "From 1 to 10 items.",
                "At least 0.",
                "One of 0, 5 and 10.",
                "Front's default: `true`.",
            ]
        );
        assert_eq!(count(1, "item"), "1 item");
    }
}
