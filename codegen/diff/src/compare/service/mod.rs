//! What differs in what all calls share, and in what Front sends of itself.

pub(crate) mod budgets;
mod events;
mod front;
mod grants;
mod plans;
mod schemes;
mod wire;

use super::Cx;
use crate::finding::Finding;
use crate::rule::Rule;

/// The rules of every file.
pub(super) static RULES: &[&[&Rule]] = &[
    front::RULES,
    wire::RULES,
    grants::RULES,
    plans::RULES,
    budgets::RULES,
    events::RULES,
    schemes::RULES,
];

/// Everything that differs.
pub(super) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    front::compare(cx, findings);
    wire::compare(cx, findings);
    grants::compare(cx, findings);
    plans::compare(cx, findings);
    budgets::compare(cx, findings);
    events::compare(cx, findings);
    schemes::compare(cx, findings);
}
