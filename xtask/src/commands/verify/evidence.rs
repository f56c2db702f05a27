//! What a tool holds against a change, read from what it prints.

use std::collections::BTreeSet;

use front_diff::report::bump::Needs;

/// One line of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Charge {
    /// What it calls for.
    pub(crate) needs: Needs,
    /// The tool's rule, where it has any: `struct_missing`.
    pub(crate) rule: String,
    /// What was found, and where.
    pub(crate) what: String,
}

/// What they call for together.
pub(crate) fn worst(charges: &[Charge]) -> Needs {
    charges.iter().map(|charge| charge.needs).max().unwrap_or_default()
}

/// Their rules, each once.
pub(crate) fn rules(charges: &[Charge]) -> String {
    let names: BTreeSet<&str> =
        charges.iter().map(|charge| charge.rule.as_str()).collect();
    Vec::from_iter(names).join(", ")
}

/// The worst of them, a line each.
pub(crate) fn shown(charges: &[Charge]) -> String {
    const ROOM: usize = 8;
    let worst = worst(charges);
    let lines: Vec<String> = charges
        .iter()
        .filter(|charge| charge.needs == worst)
        .map(|Charge { rule, what, .. }| format!("\n  {rule}: {what}"))
        .collect();
    let rest = match lines.len().saturating_sub(ROOM) {
        0 => String::new(),
        more => format!("\n  and {more} more"),
    };
    lines.into_iter().take(ROOM).collect::<String>() + &rest
}

/// What cargo-semver-checks printed: under `--- failure RULE: ..`, after `Failed in:`, a line a place. `major` is what it
/// printed when it was asked for a minor release, which tells what takes a major one; `all` when asked for a patch.
pub(crate) fn failures(all: &str, major: &str) -> Vec<Charge> {
    let major = places(major);
    let charge = |(rule, what): (&str, &str)| Charge {
        needs: if major.contains(&(rule, what)) { Needs::Major } else { Needs::Minor },
        rule: rule.to_owned(),
        what: what.to_owned(),
    };
    places(all).into_iter().map(charge).collect()
}

/// Rules and places, as they are printed.
fn places(printed: &str) -> Vec<(&str, &str)> {
    let mut all = Vec::new();
    let (mut rule, mut listing) = (None, false);
    for line in printed.lines() {
        if let Some(title) = line.strip_prefix("--- ") {
            let failure = title.strip_prefix("failure ");
            rule = failure.and_then(|rest| rest.split(':').next());
            listing = false;
        } else if line == "Failed in:" {
            listing = true;
        } else if let (true, Some(rule), Some(place)) =
            (listing, rule, line.strip_prefix("  "))
        {
            all.push((rule, place.trim()));
        }
    }
    all
}

/// Lines of a public API that cannot be written any more as they were.
pub(crate) fn gone(base: &str, head: &str) -> Vec<Charge> {
    let head: BTreeSet<&str> = head.lines().collect();
    let gone =
        base.lines().filter(|line| !head.contains(line) && !loosened(line, &head));
    gone.map(|line| Charge {
        needs: Needs::Major,
        rule: "gone or changed".to_owned(),
        what: line.to_owned(),
    })
    .collect()
}

/// Whether a line is there with less that it forbids: open to be matched whole, or with fewer bounds.
fn loosened(line: &str, head: &BTreeSet<&str>) -> bool {
    if line.strip_prefix("#[non_exhaustive] ").is_some_and(|open| head.contains(open)) {
        return true;
    }
    let Some((item, bounds)) = line.split_once(" where ") else { return false };
    let bounds = Vec::from_iter(each_bound(bounds));
    let same = head.range(item..).take_while(|other| other.starts_with(item));
    same.filter_map(|other| match &other[item.len()..] {
        "" => Some(""),
        rest => rest.strip_prefix(" where "),
    })
    .any(|left| each_bound(left).all(|bound| bounds.contains(&bound)))
}

/// `G: A + B` as `A` and `B`.
fn each_bound(bounds: &str) -> impl Iterator<Item = &str> {
    let each = bounds.split([',', '+']).map(str::trim).filter(|bound| !bound.is_empty());
    each.map(|bound| bound.rsplit_once(": ").map_or(bound, |(_, bound)| bound))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAJOR: &str = "
--- failure struct_pub_field_missing: pub struct's pub field removed or renamed ---

Description:
A publicly-visible struct has at least one public field that is no longer available.
        ref: https://doc.rust-lang.org/cargo/reference/semver.html#item-remove

Failed in:
  field name of struct Tag, previously in file /t/tags.rs:44
  field id of struct Tag, previously in file /t/tags.rs:40
--- warning partial_ord_struct_fields_reordered: fields reordered ---

Failed in:
  struct Tag in file /t/tags.rs:2
";

    #[test]
    fn reads_failures_and_no_warnings() {
        let all = format!(
            "{MAJOR}
--- failure enum_marked_deprecated: x ---

Failed in:
  enum Plan in /t/service.rs:9
"
        );
        let found = failures(&all, MAJOR);
        let told: Vec<(&str, Needs, &str)> = found
            .iter()
            .map(|one| (one.rule.as_str(), one.needs, one.what.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                (
                    "struct_pub_field_missing",
                    Needs::Major,
                    "field name of struct Tag, previously in file /t/tags.rs:44"
                ),
                (
                    "struct_pub_field_missing",
                    Needs::Major,
                    "field id of struct Tag, previously in file /t/tags.rs:40"
                ),
                ("enum_marked_deprecated", Needs::Minor, "enum Plan in /t/service.rs:9"),
            ]
        );
        assert_eq!(worst(&found), Needs::Major);
        assert_eq!(rules(&found), "enum_marked_deprecated, struct_pub_field_missing");
        assert_eq!(failures("", ""), []);
    }

    #[test]
    fn what_forbids_less_is_not_gone() {
        let base = "pub fn a::f(&self)\n#[non_exhaustive] pub struct a::S\npub fn a::g(&self) where G: a::X + a::Y\npub fn a::h(&self) where G: a::X";
        let told = |head: &str| -> Vec<String> {
            gone(base, head).into_iter().map(|one| one.what).collect()
        };
        assert!(told(base).is_empty());
        assert!(told("pub fn a::f(&self)\npub struct a::S\npub fn a::g(&self) where G: a::Y\npub fn a::h(&self)\npub fn a::new()").is_empty());
        assert_eq!(
            told(
                "pub fn a::f(self)\npub enum a::S\npub fn a::g(&self) where G: a::Z\npub fn a::h(&self, u8)"
            ),
            base.lines().collect::<Vec<_>>()
        );
    }

    #[test]
    fn shows_the_worst_and_few() {
        let one = |needs, number: usize| Charge {
            needs,
            rule: "r".to_owned(),
            what: number.to_string(),
        };
        let mut all = vec![one(Needs::Minor, 0)];
        all.extend((1..=9).map(|number| one(Needs::Major, number)));
        let text = shown(&all);
        assert!(
            text.starts_with("\n  r: 1\n  r: 2") && text.ends_with("r: 8\n  and 1 more"),
            "{text}"
        );
    }
}
