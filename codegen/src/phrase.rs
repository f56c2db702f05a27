//! The grammar of phrases: `([required] [nullable] | always) (list of|map of)* scalar|Name`.

use std::ops::Range;

use crate::names::nearest;
use crate::vocabulary::vocabulary;

/// A parsed phrase.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase<'a> {
    /// `required` or `always`, if present.
    pub mark: Option<Mark>,
    /// Whether the value may be null.
    pub nullable: bool,
    /// The type.
    pub shape: Shape<'a>,
}

/// The word that a phrase may begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A required input.
    Required,
    /// A value that is always present in a response.
    Always,
}

/// The type of a phrase. Names are not resolved yet.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape<'a> {
    /// `list of`
    List(Box<Self>),
    /// `map of`
    Map(Box<Self>),
    /// A scalar.
    Scalar(Scalar),
    /// A name, and its byte range in the phrase.
    Name(&'a str, Range<usize>),
}

/// An error in a phrase, with its byte range.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The byte range of the error in the phrase.
    pub at: Range<usize>,
    /// What is invalid.
    pub title: String,
    /// What was expected.
    pub label: String,
}

vocabulary! {
    /// The scalars of the spec language.
    Scalar {
        /// Text that `Debug` may show.
        String = "string",
        /// Customer text: never in `Debug`, logs or errors.
        Text = "text",
        /// A credential: never in `Debug`, logs or errors.
        Secret = "secret",
        /// An integer.
        Integer = "integer",
        /// A number.
        Number = "number",
        /// True or false.
        Boolean = "boolean",
        /// Seconds since 1970, with milliseconds.
        Timestamp = "timestamp",
        /// Any JSON.
        Json = "json",
        /// A file: bytes with a name.
        File = "file",
    }
}

/// The grammar in words.
pub const GRAMMAR: &str = "a phrase is `[required] [nullable]` or `always`, any number of `list of` and `map of`, and a type";

/// Words of other languages, and the corresponding words of the spec language.
const FOREIGN: &[(&str, &str)] = &[
    ("str", "string"),
    ("int", "integer"),
    ("int64", "integer"),
    ("float", "number"),
    ("double", "number"),
    ("bool", "boolean"),
    ("date", "timestamp"),
    ("datetime", "timestamp"),
    ("time", "timestamp"),
    ("array", "list of"),
    ("object", "json"),
    ("any", "json"),
    ("binary", "file"),
    ("null", "nullable"),
];

struct Words<'a> {
    text: &'a str,
    rest: std::iter::Peekable<std::vec::IntoIter<(usize, &'a str)>>,
}

/// Parses a phrase.
pub fn parse(text: &str) -> Result<Phrase<'_>, Wrong> {
    if text.split(' ').any(|word| word.is_empty() || word.contains(char::is_whitespace))
    {
        return Err(Wrong {
            at: 0..text.len(),
            title: format!("invalid phrase `{text}`"),
            label: "expected words separated by one space each".to_owned(),
        });
    }
    let mut start = 0;
    let words: Vec<(usize, &str)> = text
        .split(' ')
        .map(|word| {
            let at = start;
            start += word.len() + 1;
            (at, word)
        })
        .collect();
    let mut words = Words { text, rest: words.into_iter().peekable() };
    let mark = match words.peek() {
        Some("required") => Some(Mark::Required),
        Some("always") => Some(Mark::Always),
        _ => None,
    };
    if mark.is_some() {
        words.rest.next();
    }
    let nullable = words.take("nullable");
    if nullable && mark == Some(Mark::Always) {
        let label = "`always` and `nullable` exclude each other: remove one of them";
        return Err(words.wrong(0, "always", label.to_owned()));
    }
    let shape = words.shape()?;
    match words.rest.next() {
        None => Ok(Phrase { mark, nullable, shape }),
        Some((at, word)) => {
            let label = match word {
                "required" | "always" | "nullable" => {
                    "this word must come before the type"
                }
                _ => "the phrase must end with its type",
            };
            Err(words.wrong(at, word, label.to_owned()))
        }
    }
}

impl<'a> Words<'a> {
    fn peek(&mut self) -> Option<&'a str> {
        self.rest.peek().map(|(_, word)| *word)
    }

    fn take(&mut self, word: &str) -> bool {
        self.rest.next_if(|(_, next)| *next == word).is_some()
    }

    fn shape(&mut self) -> Result<Shape<'a>, Wrong> {
        let Some((at, word)) = self.rest.next() else {
            let end = self.text.len();
            return Err(Wrong {
                at: end.saturating_sub(self.text.rsplit(' ').next().map_or(0, str::len))
                    ..end,
                title: format!("`{}` has no type", self.text),
                label: "expected a type after this".to_owned(),
            });
        };
        if let Some((_, scalar)) = Scalar::WORDS.iter().find(|(name, _)| *name == word) {
            return Ok(Shape::Scalar(*scalar));
        }
        match word {
            "list" | "map" => {
                match self.rest.next() {
                    Some((_, "of")) => {}
                    Some((at, other)) => {
                        return Err(self.wrong(
                            at,
                            other,
                            format!("expected `of` after `{word}`"),
                        ));
                    }
                    None => {
                        return Err(self.wrong(
                            at,
                            word,
                            "expected `of` and a type after this".to_owned(),
                        ));
                    }
                }
                let item = Box::new(self.shape()?);
                Ok(if word == "list" { Shape::List(item) } else { Shape::Map(item) })
            }
            "required" | "always" => Err(self.wrong(
                at,
                word,
                "only one of `required` and `always` is allowed, and only at the beginning".to_owned(),
            )),
            "nullable" => Err(self.wrong(
                at,
                word,
                "`nullable` is allowed only once, before `list of`, `map of` and the type".to_owned(),
            )),
            "optional" => Err(self.wrong(
                at,
                word,
                "remove it: an input without `required` is optional".to_owned(),
            )),
            _ if word.starts_with(|c: char| c.is_ascii_uppercase()) => {
                Ok(Shape::Name(word, at..at + word.len()))
            }
            _ => Err(self.unknown(at, word)),
        }
    }

    fn unknown(&self, at: usize, word: &str) -> Wrong {
        let foreign =
            FOREIGN.iter().find(|(other, _)| *other == word).map(|(_, ours)| *ours);
        let known = Scalar::WORDS
            .iter()
            .map(|(name, _)| *name)
            .chain(["required", "always", "nullable", "list", "map"]);
        let label = match foreign.or_else(|| nearest(word, known)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "expected a scalar or the name of a type".to_owned(),
        };
        self.wrong(at, word, label)
    }

    fn wrong(&self, at: usize, word: &str, label: String) -> Wrong {
        Wrong {
            at: at..at + word.len(),
            title: if word == self.text {
                format!("invalid phrase `{word}`")
            } else {
                format!("`{word}` is not allowed at this position in `{}`", self.text)
            },
            label,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn wrong(text: &str) -> (Range<usize>, String) {
        let wrong = parse(text).unwrap_err();
        (wrong.at, wrong.label)
    }

    #[test]
    fn each_form_is_parsed() {
        assert_eq!(
            parse("string"),
            Ok(Phrase {
                mark: None,
                nullable: false,
                shape: Shape::Scalar(Scalar::String)
            })
        );
        assert_eq!(
            parse("required nullable list of map of Tag"),
            Ok(Phrase {
                mark: Some(Mark::Required),
                nullable: true,
                shape: Shape::List(Box::new(Shape::Map(Box::new(Shape::Name(
                    "Tag",
                    33..36
                ))))),
            })
        );
        assert_eq!(parse("always TagId").unwrap().mark, Some(Mark::Always));
        for (name, scalar) in Scalar::WORDS {
            assert_eq!(parse(name).unwrap().shape, Shape::Scalar(*scalar));
        }
    }

    #[test]
    fn an_error_names_the_word_and_what_was_expected() {
        assert_eq!(wrong("required"), (0..8, "expected a type after this".into()));
        assert_eq!(wrong("list string"), (5..11, "expected `of` after `list`".into()));
        assert_eq!(
            wrong("nullable list"),
            (9..13, "expected `of` and a type after this".into())
        );
        assert_eq!(wrong("list of"), (5..7, "expected a type after this".into()));
        assert_eq!(wrong("strnig"), (0..6, "did you mean `string`?".into()));
        assert_eq!(wrong("int"), (0..3, "did you mean `integer`?".into()));
        assert_eq!(wrong("array of string"), (0..5, "did you mean `list of`?".into()));
        assert_eq!(wrong("list of nullable Tag").0, 8..16);
        assert_eq!(
            wrong("string nullable"),
            (7..15, "this word must come before the type".into())
        );
        assert_eq!(wrong("always required string").0, 7..15);
        assert_eq!(wrong("optional string").0, 0..8);
        assert_eq!(
            wrong("string or Tag"),
            (7..9, "the phrase must end with its type".into())
        );
        assert_eq!(wrong("").0, 0..0);
        assert_eq!(wrong("required  string").0, 0..16);
    }

    /// Writes a phrase as text.
    fn written(phrase: &Phrase<'_>) -> String {
        fn shape(of: &Shape<'_>) -> String {
            match of {
                Shape::List(item) => format!("list of {}", shape(item)),
                Shape::Map(item) => format!("map of {}", shape(item)),
                Shape::Scalar(scalar) => Scalar::WORDS
                    .iter()
                    .find(|(_, known)| known == scalar)
                    .unwrap()
                    .0
                    .to_owned(),
                Shape::Name(name, _) => (*name).to_owned(),
            }
        }
        let mark = match phrase.mark {
            Some(Mark::Required) => "required ",
            Some(Mark::Always) => "always ",
            None => "",
        };
        format!(
            "{mark}{}{}",
            if phrase.nullable { "nullable " } else { "" },
            shape(&phrase.shape)
        )
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_errors_are_in_the_text(text in ".{0,40}") {
            if let Err(wrong) = parse(&text) {
                prop_assert!(text.get(wrong.at).is_some());
            }
        }

        #[test]
        fn a_phrase_is_written_as_it_was_read(
            text in prop::collection::vec(
                prop::sample::select(vec![
                    "required", "always", "nullable", "list", "of", "map", "string", "json", "Tag", "x", "É",
                ]),
                0..7,
            )
        ) {
            let text = text.join(" ");
            match parse(&text) {
                Ok(phrase) => prop_assert_eq!(written(&phrase), text),
                Err(wrong) => prop_assert!(text.get(wrong.at).is_some()),
            }
        }
    }
}
