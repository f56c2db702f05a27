//! A call that is on both sides.

use super::operations::{name, place, subject};
use crate::Side;
use crate::compare::{Cx, Place};
use crate::finding::{Explains, Finding};
use crate::pairs::{EndpointId, Pair, endpoint};
use crate::rule::Rule;
use crate::surface::keys;
use front_codegen::ir::{Endpoint, ResourceId, TypeId};
use front_codegen::spec::model;

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
        cx.pairs.endpoints.iter().filter_map(move |pair| match *pair {
            Pair::Both(old, new) => Some(Self { cx, old, new }),
            Pair::Base(_) | Pair::Head(_) => None,
        })
    }

    pub(crate) fn before(&self) -> &'a Endpoint {
        endpoint(self.cx.base.api, self.old)
    }

    pub(crate) fn after(&self) -> &'a Endpoint {
        endpoint(self.cx.head.api, self.new)
    }

    /// As it is written at base.
    pub(crate) fn written_before(&self) -> Option<&'a model::Endpoint> {
        written(self.cx.base, self.old)
    }

    /// As it is written at head.
    pub(crate) fn written_after(&self) -> Option<&'a model::Endpoint> {
        written(self.cx.head, self.new)
    }

    /// `tags.create_company`
    pub(crate) fn name(&self) -> String {
        name(self.cx.head.api, self.new)
    }

    /// A finding on the whole call, which stands at a key of it.
    pub(crate) fn say(
        &self,
        rule: &'static Rule,
        message: String,
        [old, new]: [Option<&str>; 2],
        key: &str,
    ) -> Finding {
        let (base, head) = (self.cx.base.api, self.cx.head.api);
        let mut finding = Finding::new(rule, subject(head, self.new), message);
        finding.old = old.map(str::to_owned);
        finding.new = new.map(str::to_owned);
        finding.stands(Place {
            at: place(head, self.new, Some(key)),
            was: place(base, self.old, Some(key)),
        });
        finding
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
        let (base, head) = (self.cx.base.api, self.cx.head.api);
        let mut all = vec![
            Explains::Item(key(&base[self.old.0], self.before())),
            Explains::Item(key(&head[self.new.0], self.after())),
        ];
        all.dedup();
        all
    }
}

/// A resource as it is written.
pub(crate) fn written_resource(
    side: Side<'_>,
    id: ResourceId,
) -> Option<&model::Resource> {
    let file = &side.api[id].file;
    let mut all = side.spec.resources.iter();
    all.find(|(of, _)| side.spec.source(*of).path == *file).map(|(_, written)| written)
}

/// An endpoint as it is written. None where the spec is not the one that the API was made from.
pub(crate) fn written(side: Side<'_>, (of, at): EndpointId) -> Option<&model::Endpoint> {
    written_resource(side, of)?.endpoints.get_index(at).map(|(_, written)| written)
}

/// A type as it is written.
pub(crate) fn written_type(side: Side<'_>, id: TypeId) -> Option<&model::Type> {
    let of = &side.api[id];
    written_resource(side, of.resource)?.types.get(&of.name.camel())
}
