//! Limits and defaults of inputs. The crate only tells them, so Rust stays as it is.

use super::facts::Paired;
use super::given::Set;
use crate::finding::{Finding, Wire};
use crate::rule::{Mirror, Rule, rules};
use front_codegen::ir::ValueLimits;

rules! {
    INPUT_LIMIT_TIGHTENED = "input-limit-tightened",
        "Front takes less for an input than before.",
        Mirror::Of("input-limit-loosened");
    INPUT_LIMIT_LOOSENED = "input-limit-loosened",
        "Front takes more for an input than before.",
        Mirror::Of("input-limit-tightened");
    INPUT_DEFAULT_CHANGED = "input-default-changed",
        "Front takes something else for an input that is left out.",
        Mirror::Itself;
}

pub(crate) fn compare(
    set: &Set<'_>,
    [old, new]: Paired<'_, '_>,
    findings: &mut Vec<Finding>,
) {
    let both = [Some(old), Some(new)];
    let (owner, shown) = (set.owner(), new.shown());
    let changes = limits(&old.field.limits, &new.field.limits);
    if let Some(first) = changes.first() {
        let is_tighter = changes.iter().any(|change| change.tighter);
        let told: Vec<String> = changes.iter().map(LimitChange::to_string).collect();
        let (rule, word) = match is_tighter {
            true => (&INPUT_LIMIT_TIGHTENED, "less"),
            false => (&INPUT_LIMIT_LOOSENED, "more"),
        };
        let message = format!("{owner} takes {word} for {shown}: {}", told.join("; "));
        let mut finding = set.say(rule, message, both, Some(first.key));
        if is_tighter {
            finding.axes.wire = Wire::Risk;
            finding.note("wire", "Front may refuse what it took of released versions");
        } else {
            finding.axes.wire = Wire::Additive;
        }
        let joined = |side: fn(&LimitChange) -> &str| {
            let all =
                changes.iter().map(|change| format!("{} {}", change.key, side(change)));
            all.collect::<Vec<_>>().join(", ")
        };
        finding.old = Some(joined(|change| &change.old));
        finding.new = Some(joined(|change| &change.new));
        findings.push(finding);
    }
    let [before, after] =
        [old, new].map(|of| of.field.default.as_ref().map(|of| &*of.text));
    if before != after {
        let word = |of: Option<&str>| {
            of.map_or_else(|| "nothing known".to_owned(), |of| format!("`{of}`"))
        };
        let (was, is) = (word(before), word(after));
        let message = format!(
            "where {shown} of {owner} is left out, Front takes {is}, and not {was}"
        );
        let mut finding =
            set.say(&INPUT_DEFAULT_CHANGED, message, both, Some("default"));
        if before.is_some() && after.is_some() {
            finding.axes.wire = Wire::Risk;
            finding.note(
                "wire",
                "calls that leave it out mean something else, released versions too",
            );
        }
        finding.old = before.map(str::to_owned);
        finding.new = after.map(str::to_owned);
        findings.push(finding);
    }
}

/// A limit that differs.
#[derive(Debug, PartialEq, Eq)]
struct LimitChange {
    key: &'static str,
    old: String,
    new: String,
    /// Whether something is refused that was not.
    tighter: bool,
}

/// `` `max_length` is 32, and was 64 ``
impl std::fmt::Display for LimitChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { key, old, new, .. } = self;
        match (old.as_str(), new.as_str()) {
            ("", new) => write!(f, "`{key}` is {new}, and was nothing"),
            (old, "") => write!(f, "`{key}` is nothing, and was {old}"),
            (old, new) => write!(f, "`{key}` is {new}, and was {old}"),
        }
    }
}

fn limits(old: &ValueLimits, new: &ValueLimits) -> Vec<LimitChange> {
    let number = |of: Option<u64>| of.map(i128::from);
    let whole = |of: Option<i64>| of.map(i128::from);
    let most = [
        ("max_length", number(old.max_length), number(new.max_length)),
        ("max_items", number(old.max_items), number(new.max_items)),
        ("maximum", whole(old.maximum), whole(new.maximum)),
    ];
    let least = [
        ("min_items", number(old.min_items), number(new.min_items)),
        ("minimum", whole(old.minimum), whole(new.minimum)),
    ];
    let text = |of: Option<i128>| of.map(|of| of.to_string()).unwrap_or_default();
    let change = |key, old, new, tighter| LimitChange {
        key,
        old: text(old),
        new: text(new),
        tighter,
    };
    let mut all = Vec::new();
    for (key, old, new) in most {
        if old != new {
            let tighter = new.is_some_and(|new| old.is_none_or(|old| new < old));
            all.push(change(key, old, new, tighter));
        }
    }
    for (key, old, new) in least {
        if old != new {
            let tighter = new.is_some_and(|new| old.is_none_or(|old| new > old));
            all.push(change(key, old, new, tighter));
        }
    }
    all.extend(allowed(&old.allowed, &new.allowed));
    all
}

/// The numbers that are taken; none written is all. Their order says nothing.
fn allowed(old: &[i64], new: &[i64]) -> Option<LimitChange> {
    let has_all =
        |of: &[i64], other: &[i64]| other.iter().all(|number| of.contains(number));
    if has_all(old, new) && has_all(new, old) {
        return None;
    }
    let tighter = !new.is_empty() && (old.is_empty() || !has_all(new, old));
    let text =
        |of: &[i64]| of.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    Some(LimitChange { key: "allowed", old: text(old), new: text(new), tighter })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tighter(old: ValueLimits, new: ValueLimits) -> Vec<(&'static str, bool)> {
        limits(&old, &new)
            .into_iter()
            .map(|change| (change.key, change.tighter))
            .collect()
    }

    #[test]
    fn knows_which_limit_is_tighter() {
        let none = ValueLimits::default;
        let length = |of| ValueLimits { max_length: Some(of), ..none() };
        let least = |of| ValueLimits { minimum: Some(of), ..none() };
        let of = |numbers: &[i64]| ValueLimits { allowed: numbers.to_vec(), ..none() };
        assert_eq!(tighter(none(), none()), []);
        assert_eq!(tighter(none(), length(64)), [("max_length", true)]);
        assert_eq!(tighter(length(64), none()), [("max_length", false)]);
        assert_eq!(tighter(length(64), length(32)), [("max_length", true)]);
        assert_eq!(tighter(least(1), least(2)), [("minimum", true)]);
        assert_eq!(tighter(least(2), least(1)), [("minimum", false)]);
        assert_eq!(tighter(of(&[1, 2]), of(&[2, 1])), []);
        assert_eq!(tighter(of(&[1, 2]), of(&[1])), [("allowed", true)]);
        assert_eq!(tighter(of(&[1]), of(&[1, 2])), [("allowed", false)]);
        assert_eq!(tighter(of(&[1]), of(&[2])), [("allowed", true)]);
        assert_eq!(tighter(of(&[]), of(&[1])), [("allowed", true)]);
        assert_eq!(tighter(of(&[1]), of(&[])), [("allowed", false)]);
    }
}
