//! What differs in calls: which there are, what they take, answer and need, and how they go.

mod answers;
mod arguments;
mod bounds;
pub(crate) mod call;
mod calls;
mod facts;
pub(crate) mod given;
mod inputs;
mod needs;
pub(crate) mod operations;
mod paths;
mod rates;
mod resources;

use super::Cx;
use crate::finding::Finding;
use crate::rule::Rule;

/// The rules of every file.
pub(super) static RULES: &[&[&Rule]] = &[
    resources::RULES,
    operations::RULES,
    paths::RULES,
    inputs::RULES,
    facts::RULES,
    bounds::RULES,
    arguments::RULES,
    answers::RULES,
    needs::RULES,
    rates::RULES,
    calls::RULES,
];

/// Everything that differs.
pub(super) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    resources::compare(cx, findings);
    operations::compare(cx, findings);
    paths::compare(cx, findings);
    inputs::compare(cx, findings);
    arguments::compare(cx, findings);
    answers::compare(cx, findings);
    needs::compare(cx, findings);
    rates::compare(cx, findings);
    calls::compare(cx, findings);
}
