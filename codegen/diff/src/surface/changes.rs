//! What differs between two surfaces, and what that means for code that uses the crate.
//!
//! As Cargo's chapter on SemVer and cargo-semver-checks judge it, and stricter where those are silent and code breaks all the
//! same: the type of a field, an argument or an answer.

use super::{Change, Line, LineKind, Surface};
use crate::finding::Rust;

/// What differs, by key.
#[must_use]
pub fn changes(base: &Surface, head: &Surface) -> Vec<Change> {
    let mut all = Vec::new();
    let (mut olds, mut news) = (base.iter().peekable(), head.iter().peekable());
    // Both sides are in order, so they are walked once, side by side: of two that are next, the smaller key stands alone.
    while let Some(key) = olds
        .peek()
        .map(|(key, _)| *key)
        .into_iter()
        .chain(news.peek().map(|(key, _)| *key))
        .min()
    {
        let old = olds.next_if(|(of, _)| *of == key).map(|(_, line)| line);
        let new = news.next_if(|(of, _)| *of == key).map(|(_, line)| line);
        if old == new {
            continue;
        }
        all.push(Change {
            key: key.clone(),
            old: old.map(shown),
            new: new.map(shown),
            severity: severity(old, new, base.contains_key(owner(key))),
        });
    }
    all
}

/// What a line hangs on.
fn owner(key: &str) -> &str {
    key.rsplit_once('#').map_or(key, |(owner, _)| owner)
}

/// What it means that a line differs. `known`: whether what it hangs on was there before.
fn severity(old: Option<&Line>, new: Option<&Line>, known: bool) -> Rust {
    match (old, new) {
        (None, None) => Rust::None,
        (None, Some(new)) => match new.kind {
            LineKind::Item | LineKind::Deprecated | LineKind::MustUse => Rust::Minor,
            // They narrow what there was. What is new was never wider.
            LineKind::Copy | LineKind::NonExhaustive | LineKind::Bound if known => {
                Rust::Major
            }
            LineKind::Copy | LineKind::NonExhaustive | LineKind::Bound => Rust::Minor,
        },
        (Some(old), None) => match old.kind {
            LineKind::Item | LineKind::Copy => Rust::Major,
            LineKind::NonExhaustive | LineKind::Bound => Rust::Minor,
            LineKind::Deprecated | LineKind::MustUse => Rust::None,
        },
        (Some(old), Some(new)) if old.kind != new.kind => Rust::Major,
        (Some(old), Some(new)) if old.text != new.text => match new.kind {
            LineKind::Item | LineKind::Copy | LineKind::Bound => Rust::Major,
            LineKind::Deprecated | LineKind::MustUse | LineKind::NonExhaustive => {
                Rust::None
            }
        },
        (Some(old), Some(new)) if moved(&old.arguments, &new.arguments) => Rust::Major,
        (Some(_), Some(_)) => Rust::None,
    }
}

/// Returns whether the position of an argument changed. Where the types are the same, what is written still compiles, and
/// hands each value to the other. That an argument is called something else changes nothing.
fn moved(old: &[String], new: &[String]) -> bool {
    let was = |name| old.iter().position(|old| old == name);
    new.iter().enumerate().any(|(at, name)| was(name).is_some_and(|was| was != at))
}

/// A line with the names of its arguments.
fn shown(line: &Line) -> String {
    let mut names = line.arguments.iter();
    let mut text = String::with_capacity(line.text.len());
    // A nameless argument is `_: Type`; no type has that in it.
    for part in line.text.split_inclusive([' ', '(']) {
        match (part, names.as_slice()) {
            ("_: ", [name, ..]) => {
                text.push_str(name);
                text.push_str(": ");
                names.next();
            }
            _ => text.push_str(part),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(kind: LineKind, text: &str, arguments: &[&str]) -> Line {
        let arguments = arguments.iter().map(|&name| name.to_owned()).collect();
        Line { kind, text: text.to_owned(), arguments }
    }

    fn surface(lines: &[(&str, Line)]) -> Surface {
        lines.iter().map(|(key, line)| ((*key).to_owned(), line.clone())).collect()
    }

    /// The severity of what hangs on `a`, which is there on both sides.
    fn of(kind: LineKind, old: Option<&str>, new: Option<&str>) -> Rust {
        let side = |text: Option<&str>| {
            let mut all = surface(&[("a", line(LineKind::Item, "pub struct A", &[]))]);
            all.extend(text.map(|text| ("a#it".to_owned(), line(kind, text, &[]))));
            all
        };
        let [change] = &changes(&side(old), &side(new))[..] else {
            panic!("one line differs");
        };
        assert_eq!((change.old.as_deref(), change.new.as_deref()), (old, new));
        change.severity
    }

    #[test]
    fn every_kind_of_line_has_its_severities() {
        use LineKind::{Bound, Copy, Deprecated, Item, MustUse, NonExhaustive};
        use Rust::{Major, Minor, None};
        for (kind, added, removed, changed) in [
            (Item, Minor, Major, Major),
            (Copy, Major, Major, Major),
            (Deprecated, Minor, None, None),
            (MustUse, Minor, None, None),
            (NonExhaustive, Major, Minor, None),
            (Bound, Major, Minor, Major),
        ] {
            assert_eq!(of(kind, Option::None, Some("x")), added, "{kind:?} added");
            assert_eq!(of(kind, Some("x"), Option::None), removed, "{kind:?} removed");
            assert_eq!(of(kind, Some("x"), Some("y")), changed, "{kind:?} changed");
        }
    }

    #[test]
    fn what_hangs_on_something_new_narrows_nothing() {
        let head = surface(&[
            ("a::b", line(LineKind::Item, "pub fn b()", &[])),
            ("a::b#bound Grants<x::Y>", line(LineKind::Bound, "G: Grants<x::Y>", &[])),
        ]);
        let severities: Vec<Rust> = changes(&Surface::new(), &head)
            .into_iter()
            .map(|change| change.severity)
            .collect();
        assert_eq!(severities, [Rust::Minor, Rust::Minor]);
    }

    #[test]
    fn arguments_may_be_renamed_and_must_not_change_places() {
        let text = "pub fn put<'a>(&self, _: &str, _: impl Into<&'a str>, _: &str)";
        let with =
            |names: &[&str]| surface(&[("a::put", line(LineKind::Item, text, names))]);
        let of = |old: &[&str], new: &[&str]| changes(&with(old), &with(new));
        assert!(of(&["a", "b", "c"], &["a", "b", "c"]).is_empty());
        for (new, severity) in [
            (["a", "x", "c"], Rust::None),
            (["c", "b", "a"], Rust::Major),
            // `a` moved, though `c` is gone: the first value is now another one's.
            (["x", "b", "a"], Rust::Major),
        ] {
            let [change] = &of(&["a", "b", "c"], &new)[..] else {
                panic!("one line differs");
            };
            assert_eq!(change.severity, severity, "{new:?}");
            assert_eq!(
                change.old.as_deref(),
                Some("pub fn put<'a>(&self, a: &str, b: impl Into<&'a str>, c: &str)")
            );
        }
    }

    #[test]
    fn changes_are_in_the_order_of_keys() {
        let side = |keys: &[&str]| {
            let lines = keys.iter().map(|key| (*key, line(LineKind::Item, key, &[])));
            surface(&lines.collect::<Vec<_>>())
        };
        let found = changes(&side(&["a", "c", "d", "f"]), &side(&["b", "c", "e", "f"]));
        let keys: Vec<&str> = found.iter().map(|change| change.key.as_str()).collect();
        assert_eq!(keys, ["a", "b", "d", "e"]);
        assert!(found[0].new.is_none() && found[1].old.is_none());
    }
}
