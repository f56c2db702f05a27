//! The phrase of a shape: `[required] [nullable] (list of)* (string|integer|number|boolean|json|map of json|file|object|union|Root)`.
//!
//! The phrases follow the grammar of the spec, but use the terms of the document: it has neither `text` nor `timestamp`, and the
//! names are those of its schemas. `object` and `union` mean an inline object or union.

use super::published::{Kind, Limits, Object, Shape};

/// Returns the phrase of a shape. It does not contain the values of an inline enumeration, the fields of an inline object or the
/// members of a union, which are separate facts.
#[must_use]
pub fn of(shape: &Shape) -> String {
    let nullable = if shape.nullable { "nullable " } else { "" };
    format!("{nullable}{}", kind(&shape.kind))
}

fn kind(of: &Kind) -> String {
    let word = match of {
        Kind::String | Kind::Enum(_) => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
        Kind::Any => "json",
        Kind::Map => "map of json",
        Kind::File => "file",
        Kind::Object(_) => "object",
        Kind::OneOf(_) => "union",
        Kind::Named(name) => name,
        Kind::List(item) => return format!("list of {}", kind(&item.kind)),
    };
    word.to_owned()
}

/// Parses a phrase. Returns whether it is required, and the shape; `None` if it is invalid.
#[must_use]
pub fn parse(phrase: &str) -> Option<(bool, Shape)> {
    let (required, rest) = taken(phrase, "required ");
    let (nullable, rest) = taken(rest, "nullable ");
    Some((required, Shape { nullable, kind: parsed(rest)?, limits: Limits::default() }))
}

fn taken<'p>(phrase: &'p str, word: &str) -> (bool, &'p str) {
    phrase.strip_prefix(word).map_or((false, phrase), |rest| (true, rest))
}

fn parsed(phrase: &str) -> Option<Kind> {
    if let Some(item) = phrase.strip_prefix("list of ") {
        let kind = parsed(item)?;
        let item = Shape { nullable: false, kind, limits: Limits::default() };
        return Some(Kind::List(Box::new(item)));
    }
    let kind = match phrase {
        "string" => Kind::String,
        "integer" => Kind::Integer,
        "number" => Kind::Number,
        "boolean" => Kind::Boolean,
        "json" => Kind::Any,
        "map of json" => Kind::Map,
        "file" => Kind::File,
        "object" => Kind::Object(Object::default()),
        "union" => Kind::OneOf(Vec::new()),
        // Words of the language that the document does not use as names.
        "" | "none" | "required" | "nullable" | "always" | "list" | "map" | "text"
        | "secret" | "timestamp" => return None,
        name if name.contains(char::is_whitespace) => return None,
        name => Kind::Named(name.to_owned()),
    };
    Some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_round_trip() {
        for phrase in [
            "string",
            "nullable integer",
            "list of list of number",
            "nullable list of TagResponse",
            "responses.acceptedMessage",
            "map of json",
            "list of object",
            "union",
            "file",
            "json",
            "boolean",
        ] {
            let (required, shape) = parse(phrase).expect(phrase);
            assert_eq!((required, of(&shape).as_str()), (false, phrase));
            let (required, shape) = parse(&format!("required {phrase}")).expect(phrase);
            assert_eq!((required, of(&shape).as_str()), (true, phrase));
        }
    }

    #[test]
    fn other_words_are_rejected() {
        for phrase in [
            "",
            "none",
            "required",
            "nullable",
            "nullable required string",
            "list of",
            "list of ",
            "list of nullable string",
            "map of string",
            "text",
            "list of timestamp",
            "two words",
            " string",
            "string ",
        ] {
            assert_eq!(parse(phrase), None, "{phrase:?}");
        }
    }
}
