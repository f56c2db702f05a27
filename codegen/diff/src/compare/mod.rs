//! What differs, a file a concept. Each takes pairs, and says what a pair's two sides do not share.
//!
//! What is added or removed whole is one finding; what is in it is silent. What is renamed is one finding, and what differs
//! in it besides are others.

mod build;
mod data;
mod docs;
mod findings;
mod fits;
mod graph;
mod operation;
mod service;

use super::finding::Finding;
use super::pairs::{Pair, Pairs};
use super::rule::Rule;
use findings::Findings;
use front_codegen::ir::{Api, ResourceId};

/// What every comparison may ask.
#[derive(Clone, Copy)]
pub(super) struct Cx<'a> {
    pub(super) base: &'a Api,
    pub(super) head: &'a Api,
    pub(super) pairs: &'a Pairs,
}

/// A file's rules, and what finds changes by them; none where another file asks it.
type Concept = (&'static [&'static Rule], Option<fn(&Cx<'_>, &mut Findings)>);

/// All concepts, in the order in which they are told.
fn concepts() -> impl Iterator<Item = &'static Concept> {
    static DOCS: Concept = (docs::RULES, Some(docs::compare));
    let all = operation::CONCEPTS.iter().chain(data::CONCEPTS).chain(service::CONCEPTS);
    all.chain([&DOCS])
}

/// The rules of every file.
pub(super) fn rules() -> impl Iterator<Item = &'static Rule> {
    concepts().flat_map(|(rules, _)| rules.iter().copied())
}

/// Everything that differs.
pub(super) fn compare(cx: &Cx<'_>) -> Vec<Finding> {
    let mut findings = Findings::default();
    for compare in concepts().filter_map(|(_, compare)| *compare) {
        compare(cx, &mut findings);
    }
    findings.all()
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
