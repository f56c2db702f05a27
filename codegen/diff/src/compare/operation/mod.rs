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

use super::Concept;

/// The concepts, in the order in which they are told.
pub(super) static CONCEPTS: &[Concept] = &[
    (resources::RULES, Some(resources::compare)),
    (operations::RULES, Some(operations::compare)),
    (paths::RULES, Some(paths::compare)),
    (inputs::RULES, Some(inputs::compare)),
    (facts::RULES, None),
    (bounds::RULES, None),
    (arguments::RULES, Some(arguments::compare)),
    (answers::RULES, Some(answers::compare)),
    (needs::RULES, Some(needs::compare)),
    (rates::RULES, Some(rates::compare)),
    (calls::RULES, Some(calls::compare)),
];
