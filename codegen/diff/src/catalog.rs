//! Every rule by its id.

use super::compare;
use super::rule::Rule;

/// Returns all rules, in the order of their concepts.
#[must_use]
pub fn all() -> Vec<&'static Rule> {
    compare::rules().collect()
}

/// Returns the rule with this id.
#[must_use]
pub fn named(id: &str) -> Option<&'static Rule> {
    all().into_iter().find(|rule| rule.id == id)
}
