//! The kinds of change that are told apart.

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

/// Makes the rules of a file of `compare`, a row each: the id, what it is the other way round, what it is for. Its page is in
/// `explain/`.
macro_rules! rules {
    ($($name:ident = $id:literal, $mirror:ident $(($with:literal))?, $about:literal;)*) => {
        $(pub(crate) static $name: Rule = Rule {
            id: $id,
            about: $about,
            mirror: $crate::rule::Mirror::$mirror $(($with))?,
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
