//! What a field's change means for released versions of the crate.

use super::fields::{Both, Owner};
use crate::compare::fits::{self, is_strict};
use crate::compare::graph::is_shielded;
use crate::finding::{Finding, Wire};
use front_codegen::ir::{Field, Scalar, Ty};

impl Owner<'_> {
    /// What a value of it that is not read leads to: an answer that is not read, or an unknown case of a union.
    pub(crate) fn unread(&self) -> Wire {
        if is_shielded(self.cx.base, self.old) { Wire::Risk } else { Wire::Break }
    }

    /// What follows where a value of the type does not decode.
    pub(crate) fn unread_because(&self, why: &str) -> String {
        let what = if self.unread() == Wire::Break {
            "released versions cannot read an answer"
        } else {
            "released versions have it as an unknown case of a union"
        };
        format!("{what} {why}")
    }

    /// What another key means for released versions.
    pub(crate) fn on_wire(
        &self,
        mut finding: Finding,
        Both { old, new }: Both<'_>,
    ) -> Finding {
        if old.wire == new.wire {
            return finding;
        }
        if self.answered && is_strict(old) {
            finding = finding
                .on_wire(self.unread(), self.unread_because("without the old key"));
        } else if self.answered {
            let why = format!(
                "released versions have {} in it, and the value in `extra`",
                nothing(old)
            );
            finding = finding.on_wire(Wire::Risk, why);
        }
        if self.sent {
            finding = finding.on_wire(Wire::Break, "released versions send the old key");
        }
        finding
    }

    /// What another type means for released versions.
    pub(crate) fn type_on_wire(&self, mut finding: Finding, of: Both<'_>) -> Finding {
        if self.answered {
            let wire = fits::read(self.cx, &of.old.ty, &of.new.ty).min(self.unread());
            let why = match wire {
                Wire::None => String::new(),
                Wire::Additive => {
                    "released versions read it, and do not know all of it".to_owned()
                }
                Wire::Risk if self.unread() == Wire::Break => {
                    "released versions read it as what it is not".to_owned()
                }
                Wire::Risk | Wire::Break if gains_fraction(&of.old.ty, &of.new.ty) => {
                    self.unread_because("in which it has a fraction")
                }
                Wire::Risk | Wire::Break => self.unread_because("with the new type"),
            };
            finding = finding.on_wire(wire, why);
        }
        if self.sent {
            let wire = fits::taken(self.cx, &of.old.ty, &of.new.ty);
            let why = match wire {
                Wire::None | Wire::Additive => "",
                Wire::Risk => "released versions may send what Front refuses",
                Wire::Break => "released versions send values of the old type",
            };
            finding = finding.on_wire(wire, why);
        }
        finding
    }
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
