//! A field of what is both sent by parts and answered: an edit of it is one finding, though a call's inputs and a type's
//! fields both say it.

use crate::finding::{At, Finding};
use crate::rule::Rule;
use front_codegen::source::Step;

/// What is said of an input, and what is said of the field that it is.
const TWINS: [(&str, &str); 14] = [
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

/// Lets the field say what the input says of the same place.
pub(super) fn joined(findings: &mut Vec<Finding>) {
    let (inputs, mut others): (Vec<Finding>, Vec<Finding>) =
        std::mem::take(findings).into_iter().partition(|finding| is_input(finding.rule));
    let mut alone = Vec::new();
    for input in inputs {
        match others.iter_mut().find(|other| are_twins(&input, other)) {
            Some(field) => join(field, input),
            None => alone.push(input),
        }
    }
    // As they were found: calls before types.
    *findings = alone;
    findings.append(&mut others);
}

fn is_input(rule: &Rule) -> bool {
    TWINS.iter().any(|(input, _)| *input == rule.id)
}

fn are_twins(input: &Finding, field: &Finding) -> bool {
    TWINS.contains(&(input.rule.id, field.rule.id))
        && of_field(input.at.as_ref()) == of_field(field.at.as_ref())
        && of_field(input.was.as_ref()) == of_field(field.was.as_ref())
}

/// The field of a type in which a place is: file, `types`, the type, `fields`, the key. The rest is a key of what is said of it.
fn of_field(at: Option<&At>) -> Option<(&str, &[Step])> {
    at.map(|at| (at.file.as_str(), at.path.get(..4).unwrap_or(&at.path)))
}

fn join(field: &mut Finding, input: Finding) {
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
    use super::TWINS;
    use crate::rule;

    #[test]
    fn twins_are_rules() {
        for id in TWINS.iter().flat_map(|(input, field)| [input, field]) {
            assert!(rule::named(id).is_some(), "{id}");
        }
    }
}
