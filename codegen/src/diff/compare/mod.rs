//! What differs, a file a concept. Each takes pairs, and says what a pair's two sides do not share.
//!
//! What is added or removed whole is one finding; what is in it is silent. What is renamed is one finding, and what differs
//! in it besides are others.

mod alike;
mod answers;
mod arguments;
mod bounds;
mod budgets;
mod build;
mod call;
mod calls;
mod choices;
mod demands;
mod docs;
mod enums;
mod events;
mod facts;
mod field_wire;
mod fields;
mod fits;
mod given;
mod grants;
mod graph;
mod ids;
mod inputs;
mod kinds;
mod limits;
mod needs;
mod operations;
mod paths;
mod rates;
mod resources;
mod service;
mod types;
mod unions;

use super::Side;
use super::finding::{At, Axes, Finding, Reach, Subject};
use super::pairs::{Pair, Pairs};
use super::rule::Rule;
use crate::ir::ResourceId;

/// What every comparison may ask.
#[derive(Clone, Copy)]
pub(super) struct Cx<'a> {
    pub(super) base: Side<'a>,
    pub(super) head: Side<'a>,
    pub(super) pairs: &'a Pairs,
}

/// Where something stands on both sides.
pub(super) struct Place {
    at: At,
    was: At,
}

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
    types::RULES,
    fields::RULES,
    demands::RULES,
    limits::RULES,
    enums::RULES,
    unions::RULES,
    choices::RULES,
    ids::RULES,
    service::RULES,
    grants::RULES,
    budgets::RULES,
    events::RULES,
    docs::RULES,
];

/// Everything that differs.
pub(super) fn compare(cx: &Cx<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    resources::compare(cx, &mut findings);
    operations::compare(cx, &mut findings);
    paths::compare(cx, &mut findings);
    inputs::compare(cx, &mut findings);
    arguments::compare(cx, &mut findings);
    answers::compare(cx, &mut findings);
    needs::compare(cx, &mut findings);
    rates::compare(cx, &mut findings);
    calls::compare(cx, &mut findings);
    types::compare(cx, &mut findings);
    fields::compare(cx, &mut findings);
    enums::compare(cx, &mut findings);
    unions::compare(cx, &mut findings);
    choices::compare(cx, &mut findings);
    ids::compare(cx, &mut findings);
    service::compare(cx, &mut findings);
    grants::compare(cx, &mut findings);
    budgets::compare(cx, &mut findings);
    events::compare(cx, &mut findings);
    docs::compare(cx, &mut findings);
    findings
}

impl Cx<'_> {
    /// Whether a resource of head is new.
    fn is_new(&self, resource: ResourceId) -> bool {
        self.pairs.resources.contains(&Pair::Head(resource))
    }

    /// Whether a resource of base is gone.
    fn is_gone(&self, resource: ResourceId) -> bool {
        self.pairs.resources.contains(&Pair::Base(resource))
    }
}

impl Finding {
    /// A finding without more.
    fn new(rule: &'static Rule, subject: Subject, message: String) -> Self {
        Self {
            rule,
            subject,
            axes: Axes::default(),
            old: None,
            new: None,
            at: None,
            was: None,
            reach: Reach::default(),
            message,
            notes: Vec::new(),
            explains: Vec::new(),
        }
    }

    /// Says what follows from it on an axis.
    fn note(&mut self, axis: &'static str, text: impl Into<String>) {
        self.notes.push((axis, text.into()));
    }

    fn stands(&mut self, place: Place) {
        self.at = Some(place.at);
        self.was = Some(place.was);
    }
}
