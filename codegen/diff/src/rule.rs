//! The kinds of change that are told apart.

use super::axes::{Operational, Permission, Wire};
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
    /// What every change of the kind means, with a sentence each where there is one. What depends on the change is said where it
    /// is found.
    pub effects: &'static [(Effect, &'static str)],
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

/// What a change means on an axis. What it means for Rust is set from the surface.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "they are the axes")]
pub enum Effect {
    Rust,
    Wire(Wire),
    Permission(Permission),
    Operational(Operational),
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

/// Makes the rules of a file of `compare`, a row each: the id, what it is the other way round, what it is for; then what it always
/// means by axis, with the sentence about it. Its page is in `explain/`.
macro_rules! rules {
    ($(
        $name:ident = $id:literal, $mirror:ident $(($with:literal))?, $about:literal
        $(, $axis:ident $(($level:ident))? $why:literal)*;
    )*) => {
        $(pub(crate) static $name: Rule = Rule {
            id: $id,
            about: $about,
            mirror: $crate::rule::Mirror::$mirror $(($with))?,
            effects: &[
                $(($crate::rule::Effect::$axis $(($crate::axes::$axis::$level))?, $why)),*
            ],
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
