//! The evidence of a tool for a version bump, parsed from its output.

use std::collections::BTreeSet;

use front_diff::report::bump::Needs;

/// A finding of a tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// The version bump that it requires.
    pub(crate) needs: Needs,
    /// The tool's rule, such as `struct_missing`.
    pub(crate) rule: String,
    /// What was found, and its location.
    pub(crate) what: String,
}

/// Returns the largest version bump that the evidence requires.
pub(crate) fn worst(evidence: &[Evidence]) -> Needs {
    evidence.iter().map(|finding| finding.needs).max().unwrap_or_default()
}

/// Returns the names of the rules, without duplicates.
pub(crate) fn rules(evidence: &[Evidence]) -> String {
    let names: BTreeSet<&str> =
        evidence.iter().map(|finding| finding.rule.as_str()).collect();
    Vec::from_iter(names).join(", ")
}

/// Returns the lines of the evidence with the largest bump.
pub(crate) fn lines_of_worst(evidence: &[Evidence]) -> String {
    const ROOM: usize = 8;
    let worst = worst(evidence);
    let lines: Vec<String> = evidence
        .iter()
        .filter(|finding| finding.needs == worst)
        .map(|Evidence { rule, what, .. }| format!("\n  {rule}: {what}"))
        .collect();
    let rest = match lines.len().saturating_sub(ROOM) {
        0 => String::new(),
        more => format!("\n  and {more} more"),
    };
    lines.into_iter().take(ROOM).collect::<String>() + &rest
}

/// Parses the output of cargo-semver-checks: after `--- failure RULE: ..` and `Failed in:`, each line is a location. `all` is
/// the output for a patch release, `major` for a minor release: its failures require a major release.
pub(crate) fn failures(all: &str, major: &str) -> Vec<Evidence> {
    let major = locations(major);
    let finding = |(rule, what): (&str, &str)| Evidence {
        needs: if major.contains(&(rule, what)) { Needs::Major } else { Needs::Minor },
        rule: rule.to_owned(),
        what: what.to_owned(),
    };
    locations(all).into_iter().map(finding).collect()
}

/// Returns the printed rules and locations.
fn locations(printed: &str) -> Vec<(&str, &str)> {
    let mut all = Vec::new();
    let (mut rule, mut listing) = (None, false);
    for line in printed.lines() {
        if let Some(title) = line.strip_prefix("--- ") {
            let failure = title.strip_prefix("failure ");
            rule = failure.and_then(|rest| rest.split(':').next());
            listing = false;
        } else if line == "Failed in:" {
            listing = true;
        } else if let (true, Some(rule), Some(location)) =
            (listing, rule, line.strip_prefix("  "))
        {
            all.push((rule, location.trim()));
        }
    }
    all
}

/// Returns the lines of a public API that were removed or changed incompatibly.
pub(crate) fn removed(base: &str, head: &str) -> Vec<Evidence> {
    let head: BTreeSet<&str> = head.lines().collect();
    let removed =
        base.lines().filter(|line| !head.contains(line) && !is_relaxed(line, &head));
    removed.map(|line| Evidence {
        needs: Needs::Major,
        rule: "removed or changed".to_owned(),
        what: line.to_owned(),
    })
    .collect()
}

/// Returns whether `head` contains a line with fewer restrictions: without `#[non_exhaustive]`, or with fewer bounds.
fn is_relaxed(line: &str, head: &BTreeSet<&str>) -> bool {
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

/// Returns each bound: `A` and `B` of `G: A + B`.
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
    fn reads_failures_and_ignores_warnings() {
        let all = format!(
            "{MAJOR}
--- failure enum_marked_deprecated: x ---

Failed in:
  enum Plan in /t/service.rs:9
"
        );
        let found = failures(&all, MAJOR);
        let found_lines: Vec<(&str, Needs, &str)> = found
            .iter()
            .map(|one| (one.rule.as_str(), one.needs, one.what.as_str()))
            .collect();
        assert_eq!(
            found_lines,
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
    fn a_relaxed_item_is_not_removed() {
        let base = "pub fn a::f(&self)\n#[non_exhaustive] pub struct a::S\npub fn a::g(&self) where G: a::X + a::Y\npub fn a::h(&self) where G: a::X";
        let found_lines = |head: &str| -> Vec<String> {
            removed(base, head).into_iter().map(|one| one.what).collect()
        };
        assert!(found_lines(base).is_empty());
        assert!(found_lines("pub fn a::f(&self)\npub struct a::S\npub fn a::g(&self) where G: a::Y\npub fn a::h(&self)\npub fn a::new()").is_empty());
        assert_eq!(
            found_lines(
                "pub fn a::f(self)\npub enum a::S\npub fn a::g(&self) where G: a::Z\npub fn a::h(&self, u8)"
            ),
            base.lines().collect::<Vec<_>>()
        );
    }

    #[test]
    fn shows_at_most_eight_lines_of_the_worst() {
        let one = |needs, number: usize| Evidence {
            needs,
            rule: "r".to_owned(),
            what: number.to_string(),
        };
        let mut all = vec![one(Needs::Minor, 0)];
        all.extend((1..=9).map(|number| one(Needs::Major, number)));
        let text = lines_of_worst(&all);
        assert!(
            text.starts_with("\n  r: 1\n  r: 2") && text.ends_with("r: 8\n  and 1 more"),
            "{text}"
        );
    }
}
