//! A shape in words: `[required] [nullable] (list of)* (string|integer|number|boolean|json|map of json|file|object|union|Root)`.
//!
//! They are the language's own phrases, in the document's terms: it knows neither `text` nor `timestamp`, and its names are
//! those of the document. `object` and `union` stand for what is written out in place.

use super::published::{Kind, Limits, Object, Shape};

/// What a shape is, in words. The values of an enumeration in place, the fields of an object in place and the members of a
/// union are facts of their own, and not in it.
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

/// Reads a phrase: whether it is required, and what it is. None for what is no phrase of these.
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
        // Words of the language that name nothing in the document.
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
    fn phrases_are_read_as_they_are_written() {
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
    fn other_words_are_no_phrases() {
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
