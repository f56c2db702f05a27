//! The kinds of change that are told apart.

use super::compare;
use front_codegen::problem::{Part, explain};

/// A kind of change.
#[derive(Debug)]
pub struct Rule {
    /// Stable for ever: `operation-removed`.
    pub id: &'static str,
    /// What it is for, in a sentence.
    pub about: &'static str,
    /// The kind that the same change is the other way round; itself where it is that.
    pub mirror: Mirror,
    /// The page of `explain`: why, and an example with what is said of it.
    pub page: &'static str,
}

impl Rule {
    /// What its page says.
    #[must_use]
    pub fn explanation(&self) -> Vec<Part> {
        explain::parts(self.page)
    }
}

/// What a change is the other way round.
#[derive(Debug)]
pub enum Mirror {
    /// A change of the same kind.
    Itself,
    /// A change of this kind.
    Of(&'static str),
    /// Nothing of one kind: why.
    Waived(&'static str),
}

/// Makes the rules of a file of `compare`, each with its page in `explain/`.
macro_rules! rules {
    ($($name:ident = $id:literal, $about:literal, $mirror:expr;)*) => {
        $(pub(crate) static $name: Rule = Rule {
            id: $id,
            about: $about,
            mirror: $mirror,
            page: include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/src/explain/",
                $id,
                ".md"
            )),
        };)*
        pub(crate) static RULES: &[&Rule] = &[$(&$name),*];
    };
}
pub(super) use rules;

/// All of them, in the order of their concepts.
#[must_use]
pub fn all() -> Vec<&'static Rule> {
    compare::rules().collect()
}

/// The rule of this id.
#[must_use]
pub fn named(id: &str) -> Option<&'static Rule> {
    all().into_iter().find(|rule| rule.id == id)
}
