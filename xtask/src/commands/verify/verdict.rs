//! What the report says of a change, held against what a tool says of it.

use std::fmt;

use front_diff::report::bump::Needs;

use super::charge::{self, Charge, worst};
use super::tools::Tool;

/// A change of which both have said something.
#[derive(Debug)]
pub(crate) struct Held {
    /// What it is called: a rule, for its example.
    pub(crate) name: String,
    /// What the report says that it needs.
    pub(crate) ours: Needs,
    /// What the tool holds against it.
    pub(crate) theirs: Vec<Charge>,
}

impl Held {
    /// What is said where the tool is stricter than the report; none where it is not.
    pub(crate) fn complaint(&self, tool: Tool) -> Option<String> {
        let asks = worst(&self.theirs);
        (asks > self.ours).then(|| {
            format!(
                "error: {} asks for {} for {}, and the report for {}; this is a fault of the report, not of the change:{}",
                tool.package(),
                asks.as_str(),
                self.name,
                self.ours.as_str(),
                charge::shown(&self.theirs)
            )
        })
    }

    /// Whether only the report calls it major.
    pub(crate) fn is_ours_alone(&self) -> bool {
        self.ours == Needs::Major && worst(&self.theirs) < Needs::Major
    }
}

/// `field-removed  major  major  struct_pub_field_missing`: ours, theirs, and why.
impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (ours, theirs) = (self.ours.as_str(), worst(&self.theirs).as_str());
        let rules = charge::rules(&self.theirs);
        write!(f, "{:<32} {ours:<6} {theirs:<6} {rules}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(ours: Needs, theirs: &[Needs]) -> Held {
        let charge = |&needs: &Needs| Charge {
            needs,
            rule: "struct_missing".to_owned(),
            what: "struct Tag".to_owned(),
        };
        Held {
            name: "field-removed".to_owned(),
            ours,
            theirs: theirs.iter().map(charge).collect(),
        }
    }

    #[test]
    fn the_report_may_be_stricter_and_never_milder() {
        use Needs::{Major, Minor, Nothing, Patch};
        for (ours, theirs) in [
            (Nothing, &[][..]),
            (Patch, &[]),
            (Minor, &[Minor]),
            (Major, &[Minor]),
            (Major, &[Minor, Major]),
        ] {
            assert_eq!(held(ours, theirs).complaint(Tool::SemverChecks), None);
        }
        assert_eq!(
            held(Minor, &[Minor, Major]).complaint(Tool::SemverChecks).as_deref(),
            Some(
                "error: cargo-semver-checks asks for major for field-removed, and the report for minor; this is a fault of the \
                 report, not of the change:\n  struct_missing: struct Tag"
            )
        );
        for (ours, theirs) in [(Nothing, Minor), (Patch, Minor), (Patch, Major)] {
            assert!(held(ours, &[theirs]).complaint(Tool::PublicApi).is_some());
        }
        assert!(held(Major, &[Minor]).is_ours_alone());
        assert!(!held(Major, &[Major]).is_ours_alone());
        assert!(!held(Minor, &[]).is_ours_alone());
    }
}
