//! Compares the verdict of the report on a change with the evidence of a tool.

use std::fmt;

use front_diff::report::bump::Needs;

use super::evidence::{self, Evidence, worst};
use super::tools::Tool;

/// The verdicts of the report and of a tool on a change.
#[derive(Debug)]
pub(crate) struct Verdict {
    /// The name of the change: the rule of an example.
    pub(crate) name: String,
    /// The version bump that the report requires.
    pub(crate) reported: Needs,
    /// The evidence of the tool.
    pub(crate) evidence: Vec<Evidence>,
}

impl Verdict {
    /// Returns an error message if the tool is stricter than the report.
    pub(crate) fn error_message(&self, tool: Tool) -> Option<String> {
        let required = worst(&self.evidence);
        (required > self.reported).then(|| {
            format!(
                "error: {} requires {} for {}, but the report requires {}: this is a bug in the report, not in the change:{}",
                tool.package(),
                required.as_str(),
                self.name,
                self.reported.as_str(),
                evidence::lines_of_worst(&self.evidence)
            )
        })
    }

    /// Returns whether only the report requires a major version.
    pub(crate) fn is_stricter(&self) -> bool {
        self.reported == Needs::Major && worst(&self.evidence) < Needs::Major
    }
}

/// `field-removed  major  major  struct_pub_field_missing`: the report's bump, the tool's bump, and the tool's rules.
impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (reported, required) = (self.reported.as_str(), worst(&self.evidence).as_str());
        let rules = evidence::rules(&self.evidence);
        write!(f, "{:<32} {reported:<6} {required:<6} {rules}", self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(reported: Needs, required: &[Needs]) -> Verdict {
        let finding = |&needs: &Needs| Evidence {
            needs,
            rule: "struct_missing".to_owned(),
            what: "struct Tag".to_owned(),
        };
        Verdict {
            name: "field-removed".to_owned(),
            reported,
            evidence: required.iter().map(finding).collect(),
        }
    }

    #[test]
    fn the_report_may_be_stricter_but_never_less_strict() {
        use Needs::{Major, Minor, Nothing, Patch};
        for (reported, required) in [
            (Nothing, &[][..]),
            (Patch, &[]),
            (Minor, &[Minor]),
            (Major, &[Minor]),
            (Major, &[Minor, Major]),
        ] {
            assert_eq!(verdict(reported, required).error_message(Tool::SemverChecks), None);
        }
        assert_eq!(
            verdict(Minor, &[Minor, Major]).error_message(Tool::SemverChecks).as_deref(),
            Some(
                "error: cargo-semver-checks requires major for field-removed, but the report requires minor: this is a bug in the \
                 report, not in the change:\n  struct_missing: struct Tag"
            )
        );
        for (reported, required) in [(Nothing, Minor), (Patch, Minor), (Patch, Major)] {
            assert!(verdict(reported, &[required]).error_message(Tool::PublicApi).is_some());
        }
        assert!(verdict(Major, &[Minor]).is_stricter());
        assert!(!verdict(Major, &[Major]).is_stricter());
        assert!(!verdict(Minor, &[]).is_stricter());
    }
}
