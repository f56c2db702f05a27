//! What differs, a file a concept. Each takes pairs, and says what a pair's two sides do not share.
//!
//! What is added or removed whole is one finding; what is in it is silent. What is renamed is one finding, and what differs
//! in it besides are others.

mod alike;
mod build;
mod data;
mod docs;
mod fits;
mod graph;
mod operation;
mod service;
mod twins;

use super::finding::{At, Axes, Finding, Reach, Subject};
use super::pairs::{Pair, Pairs};
use super::rule::Rule;
use front_codegen::ir::{Api, ResourceId};

/// What every comparison may ask.
#[derive(Clone, Copy)]
pub(super) struct Cx<'a> {
    pub(super) base: &'a Api,
    pub(super) head: &'a Api,
    pub(super) pairs: &'a Pairs,
}

/// Where something stands on both sides.
pub(super) struct Place {
    at: At,
    was: At,
}

/// The rules of every file.
pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    let all = operation::RULES.iter().chain(data::RULES).chain(service::RULES);
    all.chain([&docs::RULES]).flat_map(|rules| rules.iter().copied())
}

/// Everything that differs.
pub(super) fn compare(cx: &Cx<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    operation::compare(cx, &mut findings);
    data::compare(cx, &mut findings);
    service::compare(cx, &mut findings);
    docs::compare(cx, &mut findings);
    twins::joined(&mut findings);
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
