//! What of one side is what of the other.

use std::collections::HashMap;

use front_codegen::ir::{
    Answer, Api, Endpoint, IdId, Kind, PermissionId, RateLimitId, ResourceId, Ty, Type,
    TypeId, WebhookId,
};

mod matching;
mod service;

pub use front_codegen::ir::EndpointId;
pub(crate) use matching::Matching;

/// What is on one side, the other, or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pair<T> {
    /// Gone.
    Base(T),
    /// New.
    Head(T),
    /// On both sides: base, head.
    Both(T, T),
}

/// What is on both sides, in the order of head.
pub(crate) fn both<T: Copy>(pairs: &[Pair<T>]) -> impl Iterator<Item = (T, T)> + '_ {
    pairs.iter().filter_map(|pair| match *pair {
        Pair::Both(old, new) => Some((old, new)),
        Pair::Base(_) | Pair::Head(_) => None,
    })
}

/// Whether what something names on both sides is one thing, or nothing on either.
pub(crate) fn is_pair<T: Copy + Eq>(
    pairs: &[Pair<T>],
    old: Option<T>,
    new: Option<T>,
) -> bool {
    match (old, new) {
        (None, None) => true,
        (Some(old), Some(new)) => pairs.contains(&Pair::Both(old, new)),
        _ => false,
    }
}

/// Everything, paired. In the order of head, then what is gone in the order of base.
#[derive(Debug, Default)]
pub struct Pairs {
    /// By name, then by where their endpoints went.
    pub resources: Vec<Pair<ResourceId>>,
    /// By Front's operation and name, then by operation, then by method and path.
    pub endpoints: Vec<Pair<EndpointId>>,
    /// By name, then by Front's name, then by form.
    pub types: Vec<Pair<TypeId>>,
    /// By name, then by resource.
    pub ids: Vec<Pair<IdId>>,
    /// By scope, then by the calls that name it, then by what is said of it.
    pub permissions: Vec<Pair<PermissionId>>,
    /// By name, then by what it allows: with the calls that name it, then with what is said of it.
    pub rate_limits: Vec<Pair<RateLimitId>>,
    /// By name, then by how much it allows: with what is said of it, then alone. Positions in
    /// [`Service::plans`](front_codegen::ir::Service::plans).
    pub plans: Vec<Pair<usize>>,
    /// By the word of a delivery, then by name.
    pub webhooks: Vec<Pair<WebhookId>>,
}

/// Pairs two APIs.
#[must_use]
pub fn pair(base: &Api, head: &Api) -> Pairs {
    let endpoints = endpoints(base, head);
    let resources = resources(base, head, &endpoints);
    let types = OfApis::new(base, head, |api| all(api.types.len(), TypeId))
        .by(|api, id| type_place(api, &api[id]))
        .by(|api, id| api[id].name.camel())
        .by_some(|api, id| api[id].published.clone())
        .by_some(|api, id| form(api, &api[id]))
        .pairs();
    let ids = OfApis::new(base, head, |api| all(api.ids.len(), IdId))
        .by(|api, id| api[id].name.camel())
        .by(|api, id| api[api[id].resource].name.plain())
        .pairs();
    let permissions = service::permissions(base, head, &endpoints);
    let rate_limits = service::rate_limits(base, head, &endpoints);
    let plans = service::plans(base, head);
    let webhooks = OfApis::new(base, head, |api| all(api.webhooks.len(), WebhookId))
        .by(|api, id| &api[id].wire)
        .by(|api, id| api[id].name.camel())
        .pairs();
    Pairs { resources, endpoints, types, ids, permissions, rate_limits, plans, webhooks }
}

fn all<T>(count: usize, id: impl Fn(usize) -> T) -> Vec<T> {
    (0..count).map(id).collect()
}

fn endpoints(base: &Api, head: &Api) -> Vec<Pair<EndpointId>> {
    let list = |api: &Api| {
        let resources = api.resources.iter().enumerate();
        let all = resources.flat_map(|(number, resource)| {
            (0..resource.endpoints.len()).map(move |at| (ResourceId(number), at))
        });
        all.collect::<Vec<EndpointId>>()
    };
    OfApis::new(base, head, list)
        .by(whole_name)
        .by(|api, id| (&endpoint(api, id).operation, endpoint(api, id).name.plain()))
        .by(|api, id| &endpoint(api, id).operation)
        .by(|api, id| route(endpoint(api, id)))
        .pairs()
}

/// An endpoint.
#[must_use]
pub fn endpoint(api: &Api, (resource, at): EndpointId) -> &Endpoint {
    &api[resource].endpoints[at]
}

/// Resource, name and Front's name: what an endpoint that did not move has on both sides.
fn whole_name(api: &Api, id: EndpointId) -> (String, String, String) {
    let endpoint = endpoint(api, id);
    let resource = api[id.0].name.plain().to_owned();
    (resource, endpoint.name.plain().to_owned(), endpoint.operation.clone())
}

/// Method and path, whatever its placeholders are called.
fn route(endpoint: &Endpoint) -> String {
    let segments = endpoint
        .path
        .split('/')
        .map(|segment| if segment.starts_with('{') { "{}" } else { segment });
    let path = segments.collect::<Vec<_>>().join("/");
    format!("{} {path} {:?}", endpoint.method.as_str(), endpoint.accept)
}

/// Resources by name, then each by where most of its endpoints went.
fn resources(
    base: &Api,
    head: &Api,
    endpoints: &[Pair<EndpointId>],
) -> Vec<Pair<ResourceId>> {
    let went = |from: ResourceId| {
        let mut counts: HashMap<ResourceId, usize> = HashMap::new();
        for pair in endpoints {
            if let Pair::Both((old, _), (new, _)) = pair
                && *old == from
            {
                *counts.entry(*new).or_default() += 1;
            }
        }
        let most = counts.into_iter().max_by_key(|&(id, count)| (count, id.0));
        most.map(|(id, _)| id)
    };
    OfApis::new(base, head, |api| all(api.resources.len(), ResourceId))
        .by(|api, id| api[id].name.plain())
        .by_sides(went, Some)
        .pairs()
}

fn type_place(api: &Api, of: &Type) -> (String, String) {
    (api[of.resource].name.plain().to_owned(), of.name.camel())
}

/// What a type holds, without its name: how a renamed one is known. Too little to go by is none.
fn form(api: &Api, of: &Type) -> Option<String> {
    let parts: Vec<String> = match &of.kind {
        Kind::Struct { fields, .. } => fields
            .iter()
            .map(|field| format!("{} {}", field.wire, shape(api, &field.ty)))
            .collect(),
        Kind::Enum(variants) | Kind::Flag(variants) => {
            variants.iter().map(|variant| variant.wire.clone()).collect()
        }
        Kind::Union { cases, .. } => cases
            .iter()
            .map(|case| format!("{} {}", case.wire, shape(api, &case.ty)))
            .collect(),
        Kind::Choice { cases, .. } => {
            cases.iter().map(|case| case.wire.clone()).collect()
        }
    };
    (parts.len() > 1)
        .then(|| format!("{:?} {}", std::mem::discriminant(&of.kind), parts.join(", ")))
}

/// A type without the names of the spec's types, which may be renamed too.
fn shape(api: &Api, ty: &Ty) -> String {
    match ty {
        Ty::List(item) => format!("list of {}", shape(api, item)),
        Ty::Map(item) => format!("map of {}", shape(api, item)),
        Ty::Named(_) => "type".to_owned(),
        Ty::Scalar(_) | Ty::Id(_) => api.phrase(ty),
    }
}

/// What a call answers, by its type.
#[must_use]
pub fn answered(answer: &Answer) -> Option<&Ty> {
    match answer {
        Answer::One(ty) | Answer::Page { item: ty, .. } => Some(ty),
        Answer::Nothing | Answer::File => None,
    }
}

/// A matching of things of two APIs, by keys that both sides have in the same way.
struct OfApis<'a, T> {
    apis: [&'a Api; 2],
    matching: Matching<T>,
}

impl<'a, T: Copy> OfApis<'a, T> {
    fn new(base: &'a Api, head: &'a Api, all: impl Fn(&Api) -> Vec<T>) -> Self {
        Self { apis: [base, head], matching: Matching::new(all(base), all(head)) }
    }

    fn by<K: PartialEq>(self, of: impl Fn(&'a Api, T) -> K) -> Self {
        self.by_some(|api, id| Some(of(api, id)))
    }

    fn by_some<K: PartialEq>(self, of: impl Fn(&'a Api, T) -> Option<K>) -> Self {
        let [base, head] = self.apis;
        self.by_sides(|id| of(base, id), |id| of(head, id))
    }

    /// By a key that each side has in its own way.
    fn by_sides<K: PartialEq>(
        mut self,
        of_base: impl Fn(T) -> Option<K>,
        of_head: impl Fn(T) -> Option<K>,
    ) -> Self {
        self.matching = self.matching.by_key(of_base, of_head);
        self
    }

    fn pairs(self) -> Vec<Pair<T>> {
        self.matching.pairs()
    }
}
