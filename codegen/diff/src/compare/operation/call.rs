//! A call that is on both sides.

use super::operations::{name, place, subject};
use crate::compare::Cx;
use crate::compare::build::Value;
use crate::finding::{Explains, Finding};
use crate::pairs::{EndpointId, both, endpoint};
use crate::rule::Rule;
use crate::surface::keys;
use front_codegen::ir::Endpoint;

/// A call, where both sides have it.
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) cx: &'a Cx<'a>,
    pub(crate) old: EndpointId,
    pub(crate) new: EndpointId,
}

impl<'a> Call<'a> {
    /// All of them, in the order of head.
    pub(crate) fn all(cx: &'a Cx<'a>) -> impl Iterator<Item = Self> {
        both(&cx.pairs.endpoints).map(move |(old, new)| Self { cx, old, new })
    }

    pub(crate) fn before(&self) -> &'a Endpoint {
        endpoint(self.cx.base, self.old)
    }

    pub(crate) fn after(&self) -> &'a Endpoint {
        endpoint(self.cx.head, self.new)
    }

    /// Whether the spec says a fact of the call itself, on either side. Elsewhere it follows from something else.
    pub(crate) fn is_written(&self, fact: &str) -> bool {
        self.cx.base.sources.is_written(self.before().source, fact)
            || self.cx.head.sources.is_written(self.after().source, fact)
    }

    /// `tags.create_company`
    pub(crate) fn name(&self) -> String {
        name(self.cx.head, self.new)
    }

    /// A finding on the whole call, located at one of its keys.
    pub(crate) fn say(
        &self,
        rule: &'static Rule,
        message: String,
        values: [impl Value; 2],
        key: &str,
    ) -> Finding {
        let (base, head) = (self.cx.base, self.cx.head);
        Finding::new(rule, subject(head, self.new), message).values(values).located([
            place(base, self.old, Some(key)),
            place(head, self.new, Some(key)),
        ])
    }

    /// The methods that make it, on both sides.
    pub(crate) fn methods(&self) -> Vec<Explains> {
        self.both(keys::method)
    }

    /// The requests that it is, on both sides, without what is in them.
    pub(crate) fn requests(&self) -> Vec<Explains> {
        self.both(keys::request)
    }

    /// What a key is on both sides.
    pub(crate) fn both(
        &self,
        key: fn(&front_codegen::ir::Resource, &Endpoint) -> String,
    ) -> Vec<Explains> {
        let (base, head) = (self.cx.base, self.cx.head);
        let mut all = vec![
            Explains::Item(key(&base[self.old.0], self.before())),
            Explains::Item(key(&head[self.new.0], self.after())),
        ];
        all.dedup();
        all
    }
}
