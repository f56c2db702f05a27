//! Names: claimed once, rendered later in the case that a place asks for.

use std::collections::HashMap;

use heck::ToSnakeCase as _;

/// A name, held as words: `create_company`, `CreateCompany` and `CREATE_COMPANY` are one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    snake: String,
    camel: String,
}

impl Name {
    /// The name that `text` gives: its letters and digits, cut into words at everything else and at case changes.
    ///
    /// # Errors
    ///
    /// Why `text` gives none: it has no letter, begins with a digit, or is not ASCII.
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

    /// A type's name: exactly as it is written, which must be upper camel case.
    ///
    /// # Errors
    ///
    /// Why `text` is not a type's name.
    pub fn of_type(text: &str) -> Result<Self, &'static str> {
        let well = text.starts_with(|c: char| c.is_ascii_uppercase())
            && text.chars().all(|c| c.is_ascii_alphanumeric());
        if !well {
            return Err("a type's name is letters and digits, a capital first");
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
            return Err("Rust's own library uses that name everywhere");
        }
        Ok(Self { snake: snake_case(text), camel: text.to_owned() })
    }

    /// `create_company`, for methods, fields and modules. A word that Rust reserves gets `r#`, or `_` behind it where Rust
    /// allows no `r#`.
    #[must_use]
    pub fn snake(&self) -> String {
        match self.snake.as_str() {
            "self" | "super" | "crate" => format!("{}_", self.snake),
            word if RESERVED.contains(&word) => format!("r#{word}"),
            word => word.to_owned(),
        }
    }

    /// `create_company` with nothing done about reserved words, for file names, texts and parts of names.
    #[must_use]
    pub fn plain(&self) -> &str {
        &self.snake
    }

    /// `CreateCompany`, for types and variants. `Self` is given as `Self_`.
    #[must_use]
    pub fn camel(&self) -> String {
        if self.camel == "Self" { "Self_".to_owned() } else { self.camel.clone() }
    }

    /// `CREATE_COMPANY`, for constants.
    #[must_use]
    pub fn shouty(&self) -> String {
        self.snake.to_ascii_uppercase()
    }
}

/// What heck makes of ASCII, which is what most texts are already.
fn snake_case(text: &str) -> String {
    let plain = |word: &str| {
        !word.is_empty()
            && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    if text.split('_').all(plain) { text.to_owned() } else { text.to_snake_case() }
}

/// What heck makes of snake case.
fn upper_camel_case(snake: &str) -> String {
    let mut camel = String::with_capacity(snake.len());
    for word in snake.split('_') {
        let (first, rest) = word.split_at(word.len().min(1));
        camel.push_str(&first.to_ascii_uppercase());
        camel.push_str(rest);
    }
    camel
}

/// The words of Rust 2024 that no name may be, but for those that `r#` does not free.
const RESERVED: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override",
    "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type",
    "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// A place in which every name is claimed by one owner.
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
    /// Who has it already.
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

/// The known name that `word` was most likely meant to be.
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
    fn renders_each_case() {
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
        fn cases_are_those_of_heck(text in "[a-zA-Z0-9_ .-]{0,12}") {
            let snake = heck::ToSnakeCase::to_snake_case(text.as_str());
            proptest::prop_assert_eq!(&snake_case(&text), &snake);
            let camel = heck::ToUpperCamelCase::to_upper_camel_case(snake.as_str());
            proptest::prop_assert_eq!(upper_camel_case(&snake), camel);
            let shouty = heck::ToShoutySnakeCase::to_shouty_snake_case(snake.as_str());
            proptest::prop_assert_eq!(snake.to_ascii_uppercase(), shouty);
        }
    }

    #[test]
    fn refuses_what_is_no_name() {
        assert!(Name::new("2fa").is_err());
        assert!(Name::new("---").is_err());
        assert!(Name::new("été").is_err());
        assert!(Name::of_type("tag").is_err());
        assert!(Name::of_type("Vec").is_err());
    }

    #[test]
    fn finds_the_nearest() {
        assert_eq!(nearest("tags:raed", ["tags:read", "tags:write"]), Some("tags:read"));
        assert_eq!(nearest("zzz", ["tags:read"]), None);
    }
}
