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

use super::finding::Finding;
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

impl<'a> Cx<'a> {
    /// The side on which something is that the other does not have.
    fn side(&self, is_new: bool) -> &'a Api {
        if is_new { self.head } else { self.base }
    }

    /// Whether a resource is on one side alone, and so says what of it is.
    fn is_alone(&self, resource: ResourceId, is_new: bool) -> bool {
        let pair = if is_new { Pair::Head(resource) } else { Pair::Base(resource) };
        self.pairs.resources.contains(&pair)
    }
}
