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

use super::Concept;

/// The concepts, in the order in which they are told.
pub(super) static CONCEPTS: &[Concept] = &[
    (types::RULES, Some(types::compare)),
    (fields::RULES, Some(fields::compare)),
    (demands::RULES, None),
    (limits::RULES, None),
    (enums::RULES, Some(enums::compare)),
    (unions::RULES, Some(unions::compare)),
    (choices::RULES, Some(choices::compare)),
    (ids::RULES, Some(ids::compare)),
];
