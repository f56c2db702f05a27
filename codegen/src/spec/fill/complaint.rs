//! Translates errors of serde into the terms of the spec.

/// The cause of an error.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Complaint {
    /// A key is missing.
    Missing(String),
    /// A value of the wrong kind.
    Kind { found: String, expected: String },
    /// An error of the parser.
    Other(String),
}

impl Complaint {
    /// Parses a message of serde: a path, one of its fixed sentences, a place.
    pub(super) fn of(error: &serde_yaml::Error) -> Self {
        let mut message = error.to_string();
        if let Some(location) = error.location() {
            let place =
                format!(" at line {} column {}", location.line(), location.column());
            if let Some(bare) = message.strip_suffix(&place) {
                message.truncate(bare.len());
            }
        }
        if let Some(key) = behind(&message, "missing field `") {
            return Self::Missing(key.trim_end_matches('`').to_owned());
        }
        for sentence in ["invalid type: ", "invalid value: ", "invalid length "] {
            if let Some((found, expected)) = behind(&message, sentence)
                .and_then(|rest| rest.rsplit_once(", expected "))
            {
                return Self::Kind {
                    found: kind_found(found),
                    expected: kind_expected(expected),
                };
            }
        }
        Self::Other(message)
    }

    /// Returns whether the error is about a mapping or a list, and not about a scalar at the same place.
    pub(super) fn of_collection(&self) -> bool {
        match self {
            Self::Missing(_) => true,
            Self::Kind { found, .. } => {
                found.starts_with("a list") || found.starts_with("a mapping")
            }
            Self::Other(_) => false,
        }
    }
}

fn behind<'m>(message: &'m str, sentence: &str) -> Option<&'m str> {
    message.find(sentence).map(|at| &message[at + sentence.len()..])
}

fn kind_found(found: &str) -> String {
    if found.parse::<usize>().is_ok() {
        return format!("a mapping of {found}");
    }
    match found.split_once(' ') {
        Some(("string", text)) => quote(text),
        Some(("integer" | "boolean", value)) => value.to_owned(),
        Some(("floating", value)) => value.trim_start_matches("point ").to_owned(),
        Some(("unit", _)) => "empty".to_owned(),
        _ => match found {
            "map" => "a mapping".to_owned(),
            "sequence" => "a list".to_owned(),
            other => other.to_owned(),
        },
    }
}

/// Returns a text that serde shows in quotes, shortened if it is long.
fn quote(text: &str) -> String {
    let bare =
        text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
    match bare.char_indices().nth(40) {
        Some((end, _)) => format!("the text `{}..`", &bare[..end]),
        None => format!("the text `{bare}`"),
    }
}

fn kind_expected(expected: &str) -> String {
    match expected {
        "a string" | "string" => "a text".to_owned(),
        "a map" => "a mapping".to_owned(),
        "a sequence" => "a list".to_owned(),
        "u16" | "u32" | "u64" => "a whole number that is not negative".to_owned(),
        "i64" => "a whole number".to_owned(),
        "a boolean" => "`true` or `false`".to_owned(),
        other if other.starts_with("struct ") => "a mapping".to_owned(),
        other => other.to_owned(),
    }
}
