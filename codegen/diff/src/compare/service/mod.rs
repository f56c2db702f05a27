//! What differs in what all calls share, and in what Front sends of itself.

pub(crate) mod budgets;
mod events;
mod front;
mod grants;
mod plans;
mod schemes;
mod wire;

use super::Concept;

/// The concepts, in the order in which they are told.
pub(super) static CONCEPTS: &[Concept] = &[
    (front::RULES, Some(front::compare)),
    (wire::RULES, Some(wire::compare)),
    (grants::RULES, Some(grants::compare)),
    (plans::RULES, Some(plans::compare)),
    (budgets::RULES, Some(budgets::compare)),
    (events::RULES, Some(events::compare)),
    (schemes::RULES, Some(schemes::compare)),
];
