//! What a field's change means for released versions of the crate.

use super::owner::Owner;
use crate::compare::fits::is_strict;
use crate::compare::graph::is_shielded;
use crate::finding::{Finding, Wire};
use front_codegen::ir::{Field, Scalar, Ty};

/// What a value that is not read leads to: an answer that is not read, or an unknown case of a union.
fn worst(owner: &Owner<'_>) -> (Wire, &'static str) {
    if is_shielded(owner.cx.base, owner.old) {
        (Wire::Risk, "released versions have it as an unknown case of a union")
    } else {
        (Wire::Break, "released versions cannot read an answer")
    }
}

/// What follows where a value of the type does not decode.
pub(crate) fn unread(owner: &Owner<'_>, finding: Finding, why: &str) -> Finding {
    let (wire, what) = worst(owner);
    finding.on_wire(wire, format!("{what} {why}"))
}

/// What another key means for released versions.
pub(crate) fn key(
    owner: &Owner<'_>,
    mut finding: Finding,
    [old, new]: [&Field; 2],
) -> Finding {
    if old.wire == new.wire {
        return finding;
    }
    if owner.answered && is_strict(old) {
        finding = unread(owner, finding, "without the old key");
    } else if owner.answered {
        let none = nothing(old);
        let why =
            format!("released versions have {none} in it, and the value in `extra`");
        finding = finding.on_wire(Wire::Risk, why);
    }
    if owner.sent {
        finding = finding.on_wire(Wire::Break, "released versions send the old key");
    }
    finding
}

/// What another type means for released versions.
pub(crate) fn ty(owner: &Owner<'_>, finding: Finding, both: [&Field; 2]) -> Finding {
    let [old, new] = both.map(|field| &field.ty);
    let (worst, what) = worst(owner);
    let finding = owner.read(finding, [old, new], worst, |wire| match wire {
        Wire::Risk if worst == Wire::Break => {
            "released versions read it as another type".to_owned()
        }
        _ if gains_fraction(old, new) => format!("{what} in which it has a fraction"),
        _ => format!("{what} with the new type"),
    });
    owner.taken(finding, old, new)
}

/// What a field holds that an answer does not have.
pub(crate) fn nothing(field: &Field) -> &'static str {
    match field.ty {
        Ty::List(_) | Ty::Map(_) => "nothing",
        _ => "`None`",
    }
}

fn gains_fraction(old: &Ty, new: &Ty) -> bool {
    matches!(
        (old, new),
        (Ty::Scalar(Scalar::Integer), Ty::Scalar(Scalar::Number | Scalar::Timestamp))
    )
}
