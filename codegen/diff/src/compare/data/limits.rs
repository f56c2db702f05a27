//! Limits of what is sent, and what Front takes where nothing is. The crate checks none of them: it says them.

use super::fields::label;
use super::owner::Owner;
use crate::compare::findings::Findings;
use crate::finding::Wire;
use crate::rule::{Rule, rules};
use front_codegen::ir::{Field, ValueLimits};

rules! {
    FIELD_LIMIT_TIGHTENED = "field-limit-tightened", Of("field-limit-loosened"),
        "Front takes fewer values for a field of a value to send.",
        Wire(Risk) "Front may refuse what worked; code compiles as it did";
    FIELD_LIMIT_LOOSENED = "field-limit-loosened", Of("field-limit-tightened"),
        "Front takes more values for a field of a value to send.", Wire(Additive) "";
    FIELD_DEFAULT_CHANGED = "field-default-changed", Itself, "Front takes something else where a field is left out.";
}

/// A limit that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Limit {
    /// Its key: `max_length`.
    pub(crate) key: &'static str,
    pub(crate) old: Option<String>,
    pub(crate) new: Option<String>,
    /// Whether something is refused that was taken.
    pub(crate) is_tighter: bool,
}

/// The limits that differ.
pub(crate) fn limits(old: &ValueLimits, new: &ValueLimits) -> Vec<Limit> {
    let text = |value: Option<i128>| value.map(|value| value.to_string());
    let (upper, lower) = (true, false);
    let of = |value: Option<u64>| value.map(i128::from);
    let signed = |value: Option<i64>| value.map(i128::from);
    let bounds = [
        ("max_length", of(old.max_length), of(new.max_length), upper),
        ("min_items", of(old.min_items), of(new.min_items), lower),
        ("max_items", of(old.max_items), of(new.max_items), upper),
        ("minimum", signed(old.minimum), signed(new.minimum), lower),
        ("maximum", signed(old.maximum), signed(new.maximum), upper),
    ];
    let mut found: Vec<Limit> = bounds
        .into_iter()
        .filter(|(_, old, new, _)| old != new)
        .map(|(key, old, new, is_upper)| {
            let is_tighter = match (old, new) {
                (_, None) => false,
                (None, Some(_)) => true,
                (Some(old), Some(new)) => (new < old) == is_upper,
            };
            Limit { key, old: text(old), new: text(new), is_tighter }
        })
        .collect();
    let (was, is) = (&old.allowed, &new.allowed);
    let has_all = |of: &[i64], other: &[i64]| other.iter().all(|one| of.contains(one));
    // Their order says nothing.
    if !(has_all(was, is) && has_all(is, was)) {
        let shown = |list: &[i64]| {
            let list: Vec<String> = list.iter().map(i64::to_string).collect();
            (!list.is_empty()).then(|| list.join(", "))
        };
        // None allowed means that all are.
        let is_tighter = !is.is_empty() && (was.is_empty() || !has_all(is, was));
        found.push(Limit {
            key: "allowed",
            old: shown(was),
            new: shown(is),
            is_tighter,
        });
    }
    found
}

pub(crate) fn compare(owner: &Owner<'_>, both: [&Field; 2], findings: &mut Findings) {
    if !owner.sent {
        return;
    }
    let label = label(owner, both[1]);
    let [was, is] = both.map(|field| {
        let mut of = field.limits.clone();
        of.allowed.sort_unstable();
        of
    });
    for Limit { key, old, new, is_tighter } in limits(&was, &is) {
        let message = match (&old, &new) {
            (Some(old), Some(new)) => {
                format!("`{key}` of `{label}` is {new}, and not {old}")
            }
            (None, Some(new)) => format!("`{key}` of `{label}` is {new}; it had none"),
            (old, None) => {
                let old = old.as_deref().unwrap_or_default();
                format!("`{label}` has no `{key}` any more; it was {old}")
            }
        };
        let rule =
            if is_tighter { &FIELD_LIMIT_TIGHTENED } else { &FIELD_LIMIT_LOOSENED };
        findings.push(owner.on_part(rule, both, Some(key), message).values([old, new]));
    }
    let values = both.map(|field| field.default.as_ref().map(|of| &of.text));
    if values[0] != values[1] {
        let [was, is] = values.map(|value| {
            value.map_or_else(|| "not known".to_owned(), |value| format!("`{value}`"))
        });
        let message = format!("Front's default for `{label}` is {is}; it was {was}");
        let (wire, why) = match values {
            [Some(_), Some(_)] => {
                (Wire::Risk, "code that does not set it does something else")
            }
            _ => (Wire::None, ""),
        };
        findings.push(
            owner
                .on_part(&FIELD_DEFAULT_CHANGED, both, Some("default"), message)
                .values(values)
                .on_wire(wire, why),
        );
    }
}
