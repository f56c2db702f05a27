//! What differs in what is sent and answered: types, what they hold, and ids.

mod choices;
pub(crate) mod demands;
pub(crate) mod enums;
mod field_wire;
pub(crate) mod fields;
mod ids;
pub(crate) mod limits;
pub(crate) mod owner;
pub(crate) mod types;
pub(crate) mod unions;

use super::Cx;
use crate::finding::Finding;
use crate::rule::Rule;

/// The rules of every file.
pub(super) static RULES: &[&[&Rule]] = &[
    types::RULES,
    fields::RULES,
    demands::RULES,
    limits::RULES,
    enums::RULES,
    unions::RULES,
    choices::RULES,
    ids::RULES,
];

/// Everything that differs.
pub(super) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    types::compare(cx, findings);
    fields::compare(cx, findings);
    enums::compare(cx, findings);
    unions::compare(cx, findings);
    choices::compare(cx, findings);
    ids::compare(cx, findings);
}
