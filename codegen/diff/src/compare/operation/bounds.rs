//! Limits and defaults of inputs. The crate only tells them, so Rust stays as it is.

use super::facts::Paired;
use super::given::Set;
use crate::compare::data::limits::{Limit, limits};
use crate::compare::findings::Findings;
use crate::finding::Wire;
use crate::rule::{Rule, rules};

rules! {
    INPUT_LIMIT_TIGHTENED = "input-limit-tightened", Of("input-limit-loosened"), "Front takes less for an input than before.",
        Wire(Risk) "Front may refuse what it took of released versions";
    INPUT_LIMIT_LOOSENED = "input-limit-loosened", Of("input-limit-tightened"), "Front takes more for an input than before.",
        Wire(Additive) "";
    INPUT_DEFAULT_CHANGED = "input-default-changed", Itself, "Front takes something else for an input that is left out.";
}

pub(crate) fn compare(
    set: &Set<'_>,
    [old, new]: Paired<'_, '_>,
    findings: &mut Findings,
) {
    let both = [Some(old), Some(new)];
    let (owner, shown) = (set.owner(), new.shown());
    let mut changes = limits(&old.field.limits, &new.field.limits);
    // What is taken at most comes first.
    changes.sort_by_key(|of| match of.key {
        "allowed" => 2,
        key => u8::from(key.starts_with("min")),
    });
    if let Some(first) = changes.first() {
        let told: Vec<String> = changes.iter().map(told).collect();
        let (rule, word) = match changes.iter().any(|change| change.is_tighter) {
            true => (&INPUT_LIMIT_TIGHTENED, "less"),
            false => (&INPUT_LIMIT_LOOSENED, "more"),
        };
        let message = format!("{owner} takes {word} for {shown}: {}", told.join("; "));
        let joined = |side: fn(&Limit) -> &Option<String>| {
            let all = changes.iter().map(|of| {
                format!("{} {}", of.key, side(of).as_deref().unwrap_or_default())
            });
            all.collect::<Vec<_>>().join(", ")
        };
        let values = [joined(|of| &of.old), joined(|of| &of.new)];
        findings.push(set.say(rule, message, both, Some(first.key)).values(values));
    }
    let [before, after] = both.map(|of| of?.field.default.as_ref().map(|of| &*of.text));
    if before != after {
        let word = |of: Option<&str>| {
            of.map_or_else(|| "nothing known".to_owned(), |of| format!("`{of}`"))
        };
        let (was, is) = (word(before), word(after));
        let message = format!(
            "where {shown} of {owner} is left out, Front takes {is}, and not {was}"
        );
        let finding = set
            .say(&INPUT_DEFAULT_CHANGED, message, both, Some("default"))
            .values([before, after]);
        let (wire, why) = match (before, after) {
            (Some(_), Some(_)) => (
                Wire::Risk,
                "calls that leave it out mean something else, released versions too",
            ),
            _ => (Wire::None, ""),
        };
        findings.push(finding.on_wire(wire, why));
    }
}

/// `` `max_length` is 32, and was 64 ``
fn told(of: &Limit) -> String {
    let shown = |value: &Option<String>| value.clone().unwrap_or("nothing".to_owned());
    format!("`{}` is {}, and was {}", of.key, shown(&of.new), shown(&of.old))
}

#[cfg(test)]
mod tests {
    use super::limits;
    use front_codegen::ir::ValueLimits;

    fn tighter(old: ValueLimits, new: ValueLimits) -> Vec<(&'static str, bool)> {
        limits(&old, &new)
            .into_iter()
            .map(|change| (change.key, change.is_tighter))
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
