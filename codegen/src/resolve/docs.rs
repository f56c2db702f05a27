//! Documentation put together: what the spec says, then what its figures say.

use crate::spec::model::FieldDef;

/// The paragraphs of a text, which empty lines part.
pub(super) fn paragraphs(text: &str) -> Vec<String> {
    text.split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What is said of a field, then its limits and its default, a paragraph each.
pub fn field(about: Option<&str>, def: &FieldDef) -> Vec<String> {
    let mut all = about.map(paragraphs).unwrap_or_default();
    if let Some(most) = def.max_length {
        all.push(format!("At most {}.", count(most, "character")));
    }
    all.extend(match (def.min_items, def.max_items) {
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
    all.extend(match (def.minimum, def.maximum) {
        (Some(least), Some(most)) => Some(format!("From {least} to {most}.")),
        (Some(least), None) => Some(format!("At least {least}.")),
        (None, Some(most)) => Some(format!("At most {most}.")),
        (None, None) => None,
    });
    if let Some((last, rest)) = def.allowed.split_last() {
        let rest: Vec<String> = rest.iter().map(ToString::to_string).collect();
        all.push(match rest.len() {
            0 => format!("Only {last}."),
            _ => format!("One of {} and {last}.", rest.join(", ")),
        });
    }
    if let Some(default) = &def.default {
        all.push(format!("Front's default: `{default}`."));
    }
    all
}

/// Why not to use something, with what to use instead.
pub(super) fn deprecated(why: &str, replaced_by: Option<&str>) -> String {
    match replaced_by {
        Some(other) => format!("{} Use `{other}` instead.", sentence(why)),
        None => sentence(why),
    }
}

fn sentence(text: &str) -> String {
    let text = text.trim();
    if text.ends_with(['.', '!', '?']) { text.to_owned() } else { format!("{text}.") }
}

fn count(number: u64, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_figures_say() {
        let def = FieldDef {
            max_length: Some(64),
            min_items: Some(1),
            max_items: Some(10),
            minimum: Some(0),
            allowed: vec![0, 5, 10],
            default: Some("true".into()),
            ..FieldDef::default()
        };
        assert_eq!(
            field(Some("First.\n\nSecond."), &def),
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

    #[test]
    fn says_what_to_use_instead() {
        assert_eq!(deprecated("Gone soon", None), "Gone soon.");
        assert_eq!(
            deprecated("Gone soon.", Some("tags.list")),
            "Gone soon. Use `tags.list` instead."
        );
    }
}
