//! Names: claimed once, and rendered later in the case that each place requires.

use std::collections::HashMap;

use heck::ToSnakeCase as _;

/// A name, independent of its case: `create_company`, `CreateCompany` and `CREATE_COMPANY` are the same name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    snake: String,
    camel: String,
}

impl Name {
    /// Creates a name from the letters and digits of `text`. Other characters and case changes separate words.
    ///
    /// # Errors
    ///
    /// Returns why `text` is not a valid name: it has no letter, begins with a digit, or is not ASCII.
    pub fn new(text: &str) -> Result<Self, &'static str> {
        if !text.is_ascii() {
            return Err("it is not ASCII");
        }
        let snake = snake_case(text);
        match snake.chars().next() {
            None => Err("it has no letter"),
            Some(first) if first.is_ascii_digit() => Err("it begins with a digit"),
            Some(_) => Ok(Self { camel: upper_camel_case(&snake), snake }),
        }
    }

    /// Creates the name of a type, which is kept exactly as it is written and must be in upper camel case.
    ///
    /// # Errors
    ///
    /// Returns why `text` is not a valid type name.
    pub fn of_type(text: &str) -> Result<Self, &'static str> {
        let is_valid = text.starts_with(|c: char| c.is_ascii_uppercase())
            && text.chars().all(|c| c.is_ascii_alphanumeric());
        if !is_valid {
            return Err(
                "a type name consists of letters and digits and begins with a capital letter",
            );
        }
        if matches!(
            text,
            "Self"
                | "String"
                | "Vec"
                | "Option"
                | "Result"
                | "Box"
                | "Some"
                | "None"
                | "Ok"
                | "Err"
                | "Default"
                | "Into"
                | "From"
        ) {
            return Err("the Rust standard library uses this name");
        }
        Ok(Self { snake: snake_case(text), camel: text.to_owned() })
    }

    /// Returns the name as `create_company`, for methods, fields and modules. A reserved word gets the prefix `r#`, or the
    /// suffix `_` if Rust does not allow `r#`.
    #[must_use]
    pub fn snake(&self) -> String {
        match self.snake.as_str() {
            "self" | "super" | "crate" => format!("{}_", self.snake),
            word if RESERVED.contains(&word) => format!("r#{word}"),
            word => word.to_owned(),
        }
    }

    /// Returns the name as `create_company`, even if it is a reserved word, for file names, texts and parts of names.
    #[must_use]
    pub fn plain(&self) -> &str {
        &self.snake
    }

    /// Returns the name as `CreateCompany`, for types and variants. `Self` becomes `Self_`.
    #[must_use]
    pub fn camel(&self) -> String {
        if self.camel == "Self" { "Self_".to_owned() } else { self.camel.clone() }
    }

    /// Returns the name as `CREATE_COMPANY`, for constants.
    #[must_use]
    pub fn shouty(&self) -> String {
        self.snake.to_ascii_uppercase()
    }
}

/// Converts ASCII to snake case like heck. Most texts are in snake case already.
fn snake_case(text: &str) -> String {
    let plain = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    if text.split('_').all(plain) { text.to_owned() } else { text.to_snake_case() }
}

/// Converts snake case to upper camel case like heck.
fn upper_camel_case(snake: &str) -> String {
    let mut camel = String::with_capacity(snake.len());
    for word in snake.split('_') {
        let (first, rest) = word.split_at(word.len().min(1));
        camel.push_str(&first.to_ascii_uppercase());
        camel.push_str(rest);
    }
    camel
}

/// The reserved words of Rust 2024 that `r#` makes usable as names.
const RESERVED: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override",
    "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// A scope in which every name has one owner.
#[derive(Debug)]
pub struct Scope<Owner> {
    claimed: HashMap<String, Owner>,
}

impl<Owner> Default for Scope<Owner> {
    fn default() -> Self {
        Self { claimed: HashMap::new() }
    }
}

impl<Owner: Clone> Scope<Owner> {
    /// Claims a rendered name.
    ///
    /// # Errors
    ///
    /// Returns the owner that has already claimed the name.
    pub fn claim(
        &mut self,
        rendered: impl Into<String>,
        owner: Owner,
    ) -> Result<(), Owner> {
        match self.claimed.entry(rendered.into()) {
            std::collections::hash_map::Entry::Occupied(taken) => {
                Err(taken.get().clone())
            }
            std::collections::hash_map::Entry::Vacant(free) => {
                free.insert(owner);
                Ok(())
            }
        }
    }
}

/// Returns the known name that is most similar to `word`, if one is similar enough for a suggestion.
#[must_use]
pub fn nearest<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(word, name), name))
        .filter(|(distance, name)| *distance <= 1.max(word.len().max(name.len()) / 3))
        .min()
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_case_is_rendered() {
        let name = Name::new("create-company tag").unwrap();
        assert_eq!(
            (name.snake(), name.camel(), name.shouty()),
            (
                "create_company_tag".into(),
                "CreateCompanyTag".into(),
                "CREATE_COMPANY_TAG".into()
            )
        );
        assert_eq!(Name::new("type").unwrap().snake(), "r#type");
        assert_eq!(Name::new("self").unwrap().snake(), "self_");
        assert_eq!(Name::new("Self").unwrap().camel(), "Self_");
        assert_eq!(Name::of_type("UIThing").unwrap().camel(), "UIThing");
    }

    proptest::proptest! {
        #[test]
        fn cases_equal_those_of_heck(text in "[a-zA-Z0-9_ .-]{0,12}") {
            let snake = heck::ToSnakeCase::to_snake_case(text.as_str());
            proptest::prop_assert_eq!(&snake_case(&text), &snake);
            let camel = heck::ToUpperCamelCase::to_upper_camel_case(snake.as_str());
            proptest::prop_assert_eq!(upper_camel_case(&snake), camel);
            let shouty = heck::ToShoutySnakeCase::to_shouty_snake_case(snake.as_str());
            proptest::prop_assert_eq!(snake.to_ascii_uppercase(), shouty);
        }
    }

    #[test]
    fn invalid_names_are_refused() {
        assert!(Name::new("2fa").is_err());
        assert!(Name::new("---").is_err());
        assert!(Name::new("été").is_err());
        assert!(Name::of_type("tag").is_err());
        assert!(Name::of_type("Vec").is_err());
    }

    #[test]
    fn the_most_similar_name_is_suggested() {
        assert_eq!(nearest("tags:raed", ["tags:read", "tags:write"]), Some("tags:read"));
        assert_eq!(nearest("zzz", ["tags:read"]), None);
    }
}
