//! What was found so far.

use crate::finding::{At, Finding};
use crate::rule::Rule;
use front_codegen::source::Step;

/// What is said of an input, and what is said of the field that it is.
const SAME: [(&str, &str); 14] = [
    ("input-added-optional", "field-added"),
    ("input-added-required", "field-added"),
    ("input-removed", "field-removed"),
    ("input-key-changed", "field-renamed"),
    ("input-key-changed", "field-wire-changed"),
    ("input-name-changed", "field-renamed"),
    ("input-type-changed", "field-type-changed"),
    ("input-type-changed", "field-hidden"),
    ("input-type-changed", "field-shown"),
    ("input-nullable-added", "field-nullable-added"),
    ("input-nullable-removed", "field-nullable-removed"),
    ("input-deprecated", "field-deprecated"),
    ("input-undeprecated", "field-undeprecated"),
    ("input-deprecation-changed", "text-changed"),
];

/// Findings on their way. A field of what is both sent by parts and answered is an input too, and an edit of it is one finding.
#[derive(Default)]
pub(crate) struct Findings {
    inputs: Vec<Finding>,
    others: Vec<Finding>,
}

impl Findings {
    /// Adds a finding. Where it says of a field what was said of the input that it is, it takes the input's place.
    pub(crate) fn push(&mut self, mut finding: Finding) {
        if is_input(finding.rule) {
            return self.inputs.push(finding);
        }
        let inputs = self.inputs.extract_if(.., |input| is_same(input, &finding));
        for input in inputs.collect::<Vec<_>>() {
            take(&mut finding, input);
        }
        self.others.push(finding);
    }

    pub(crate) fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        findings.into_iter().for_each(|finding| self.push(finding));
    }

    /// All of them, those on inputs first.
    pub(super) fn all(self) -> Vec<Finding> {
        [self.inputs, self.others].concat()
    }
}

fn is_input(rule: &Rule) -> bool {
    SAME.iter().any(|(input, _)| *input == rule.id)
}

fn is_same(input: &Finding, field: &Finding) -> bool {
    SAME.contains(&(input.rule.id, field.rule.id))
        && of_field(input.at.as_ref()) == of_field(field.at.as_ref())
        && of_field(input.was.as_ref()) == of_field(field.was.as_ref())
}

/// The field of a type in which a place is: file, `types`, the type, `fields`, the key. The rest is a key of what is said of it.
fn of_field(at: Option<&At>) -> Option<(&str, &[Step])> {
    at.map(|at| (at.file.as_str(), at.path.get(..4).unwrap_or(&at.path)))
}

fn take(field: &mut Finding, input: Finding) {
    let (own, other) = (&mut field.axes, input.axes);
    own.wire = own.wire.max(other.wire);
    own.permission = own.permission.max(other.permission);
    own.operational = own.operational.max(other.operational);
    for note in input.notes {
        if !field.notes.contains(&note) {
            field.notes.push(note);
        }
    }
    field.explains.extend(input.explains);
}

#[cfg(test)]
mod tests {
    use super::SAME;

    #[test]
    fn what_is_the_same_are_rules() {
        for id in SAME.iter().flat_map(|(input, field)| [input, field]) {
            assert!(crate::catalog::named(id).is_some(), "{id}");
        }
    }
}
