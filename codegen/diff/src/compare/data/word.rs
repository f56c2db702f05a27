//! The word by which a value or a case travels.

use crate::finding::{Finding, Wire};

/// A word on both sides.
pub(super) struct Word<'a> {
    pub(super) old: &'a str,
    pub(super) new: &'a str,
    /// What released versions call the type.
    pub(super) of: String,
    pub(super) is_answered: bool,
    pub(super) is_sent: bool,
}

impl Word<'_> {
    /// What it means for released versions that it is another one; nothing where it is not.
    pub(super) fn on_wire(self, mut finding: Finding) -> Finding {
        let Self { old, new, of, is_answered, is_sent } = self;
        if old == new {
            return finding;
        }
        if is_answered {
            let why = format!("released versions have `{new}` as `{of}::Unknown`");
            finding = finding.on_wire(Wire::Risk, why);
        }
        if is_sent {
            let why = format!("released versions send `{old}`");
            finding = finding.on_wire(Wire::Break, why);
        }
        finding
    }
}
