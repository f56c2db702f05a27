//! The public Rust of the generated crate as lines of text, each with a key, made from the generator's own items.
//!
//! Names stand in it as they do in the generated files. They say what they mean, though they are without paths: types of all
//! resources share one set of names, and none is called as something that generated files import. So a type that moves to
//! another resource changes its own lines, and not those of everything that holds it.

mod changes;
mod items;
pub mod keys;
mod text;

use std::collections::BTreeMap;

use super::finding::Rust;
use front_codegen::generate::each_file;
use front_codegen::ir::Api;

pub use changes::changes;

/// Lines by key.
pub type Surface = BTreeMap<String, Line>;

/// A line: an item, or something that hangs on one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What kind of thing it says.
    pub kind: LineKind,
    /// The Rust, without documentation, bodies, and names of arguments.
    pub text: String,
    /// The names of a function's arguments, in order: no part of the API, but two of one type may have changed places.
    pub arguments: Vec<String>,
}

/// What kind of thing a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    /// An item: a type, a function, a field, a variant, a constant, an implementation of a trait, a macro that makes some.
    Item,
    /// `Copy`, which is breaking to gain and to lose.
    Copy,
    /// `#[deprecated]`
    Deprecated,
    /// `#[must_use]`
    MustUse,
    /// `#[non_exhaustive]`, or private fields, which mean the same to others.
    NonExhaustive,
    /// A bound that a call asks of the client's grant.
    Bound,
}

/// A line that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Its key.
    pub key: String,
    /// What it was.
    pub old: Option<String>,
    /// What it is.
    pub new: Option<String>,
    /// What that means for code that uses it.
    pub severity: Rust,
}

/// The public Rust that an API makes.
#[must_use]
pub fn of(api: &Api) -> Surface {
    let mut lines: Vec<(String, Line)> =
        each_file(api, |file| items::lines(&file)).into_iter().flatten().collect();
    // In an order that depends on nothing but the lines, so that two of one key have the same numbers on every run.
    lines.sort_unstable_by(|(one, a), (other, b)| {
        one.cmp(other).then_with(|| a.text.cmp(&b.text))
    });
    number_doubles(&mut lines);
    lines.into_iter().collect()
}

/// Gives the second line of a key, and those that follow, a key of their own, as a map would lose them. They come in order.
fn number_doubles(lines: &mut [(String, Line)]) {
    let mut first = 0;
    for at in 1..lines.len() {
        if lines[at].0 == lines[first].0 {
            let number = at - first + 1;
            lines[at].0 = format!("{}#{number}", lines[first].0);
        } else {
            first = at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_lost_to_another_of_its_key() {
        let line = |text: &str| Line {
            kind: LineKind::Item,
            text: text.to_owned(),
            arguments: Vec::new(),
        };
        let mut lines: Vec<(String, Line)> =
            [("a", "1"), ("a", "2"), ("a", "3"), ("b", "4")]
                .map(|(key, text)| (key.to_owned(), line(text)))
                .into();
        number_doubles(&mut lines);
        let surface: Surface = lines.into_iter().collect();
        let keys: Vec<&str> = surface.keys().map(String::as_str).collect();
        assert_eq!(keys, ["a", "a#2", "a#3", "b"]);
    }
}
