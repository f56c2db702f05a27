//! What of one side is what of the other.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use front_codegen::ir::{
    Answer, Api, Endpoint, Id, IdId, Kind, PermissionId, RateLimitId, ResourceId, Ty,
    Type, TypeId, WebhookId,
};

mod service;

pub use front_codegen::ir::EndpointId;

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
    let types =
        Matching::new(all(base.types.len(), TypeId), all(head.types.len(), TypeId))
            .by(|&id| type_place(base, &base[id]), |&id| type_place(head, &head[id]))
            .by(|&id| base[id].name.camel(), |&id| head[id].name.camel())
            .by_some(|&id| base[id].published.clone(), |&id| head[id].published.clone())
            .by_some(|&id| form(base, &base[id]), |&id| form(head, &head[id]))
            .pairs();
    let ids = Matching::new(all(base.ids.len(), IdId), all(head.ids.len(), IdId))
        .by(|&id| base[id].name.camel(), |&id| head[id].name.camel())
        .by(|&id| owner(base, &base[id]), |&id| owner(head, &head[id]))
        .pairs();
    let permissions = service::permissions(base, head, &endpoints);
    let rate_limits = service::rate_limits(base, head, &endpoints);
    let plans = service::plans(base, head);
    let webhooks = Matching::new(
        all(base.webhooks.len(), WebhookId),
        all(head.webhooks.len(), WebhookId),
    )
    .by(|&id| &base[id].wire, |&id| &head[id].wire)
    .by(|&id| base[id].name.camel(), |&id| head[id].name.camel())
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
    Matching::new(list(base), list(head))
        .by(|&id| whole_name(base, id), |&id| whole_name(head, id))
        .by(
            |&id| (&endpoint(base, id).operation, endpoint(base, id).name.plain()),
            |&id| (&endpoint(head, id).operation, endpoint(head, id).name.plain()),
        )
        .by(|&id| &endpoint(base, id).operation, |&id| &endpoint(head, id).operation)
        .by(|&id| route(endpoint(base, id)), |&id| route(endpoint(head, id)))
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
    Matching::new(
        all(base.resources.len(), ResourceId),
        all(head.resources.len(), ResourceId),
    )
    .by(|&id| base[id].name.plain(), |&id| head[id].name.plain())
    .by_some(|&id| went(id), |&id| Some(id))
    .pairs()
}

fn type_place(api: &Api, of: &Type) -> (String, String) {
    (api[of.resource].name.plain().to_owned(), of.name.camel())
}

fn owner(api: &Api, id: &Id) -> String {
    api[id.resource].name.plain().to_owned()
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

/// A matching on its way: what is left on each side, and what was found.
struct Matching<T> {
    base: Vec<T>,
    head: Vec<T>,
    found: Vec<(T, T)>,
}

impl<T: Copy + Eq + Hash> Matching<T> {
    fn new(base: Vec<T>, head: Vec<T>) -> Self {
        Self { base, head, found: Vec::new() }
    }

    /// Pairs what is left by a key, where exactly one of each side has it.
    fn by<K: Eq + Hash>(
        self,
        of_base: impl Fn(&T) -> K,
        of_head: impl Fn(&T) -> K,
    ) -> Self {
        self.by_some(|id| Some(of_base(id)), |id| Some(of_head(id)))
    }

    fn by_some<K: Eq + Hash>(
        mut self,
        of_base: impl Fn(&T) -> Option<K>,
        of_head: impl Fn(&T) -> Option<K>,
    ) -> Self {
        let used: HashSet<(bool, T)> = self
            .found
            .iter()
            .flat_map(|&(base, head)| [(false, base), (true, head)])
            .collect();
        let mut keys: HashMap<K, (Vec<T>, Vec<T>)> = HashMap::new();
        for &id in self.base.iter().filter(|&&id| !used.contains(&(false, id))) {
            if let Some(key) = of_base(&id) {
                keys.entry(key).or_default().0.push(id);
            }
        }
        for &id in self.head.iter().filter(|&&id| !used.contains(&(true, id))) {
            if let Some(key) = of_head(&id) {
                keys.entry(key).or_default().1.push(id);
            }
        }
        for (base, head) in keys.into_values() {
            if let ([base], [head]) = (&base[..], &head[..]) {
                self.found.push((*base, *head));
            }
        }
        self
    }

    fn pairs(self) -> Vec<Pair<T>> {
        let of: HashMap<T, T> =
            self.found.iter().map(|&(base, head)| (head, base)).collect();
        let paired: HashSet<T> = self.found.iter().map(|&(base, _)| base).collect();
        let head = self.head.iter().map(|id| match of.get(id) {
            Some(&base) => Pair::Both(base, *id),
            None => Pair::Head(*id),
        });
        let gone =
            self.base.iter().filter(|id| !paired.contains(id)).map(|&id| Pair::Base(id));
        head.chain(gone).collect()
    }
}
