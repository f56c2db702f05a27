//! What `front.yaml` gives a name, also where the name is another one.
//!
//! A name is all that tells some of them apart, so those that are renamed are known by the calls that name them, by what they
//! allow, and by what is said of them. Where two are as good, none is taken.

use super::{EndpointId, OfApis, Pair, all, endpoint};
use front_codegen::ir::{
    Api, Endpoint, Permission, PermissionId, RateLimit, RateLimitId,
};

pub(super) fn permissions(
    base: &Api,
    head: &Api,
    endpoints: &[Pair<EndpointId>],
) -> Vec<Pair<PermissionId>> {
    let calls = Calls::new(base, head, endpoints);
    let names = |of: &Endpoint, id| of.needs() == Some(id) || of.capability == Some(id);
    // With the same level: a call that has to be allowed something else needs another permission.
    let used = |api: &Api, id: PermissionId, users: Vec<usize>| {
        (!users.is_empty()).then(|| (api[id].level.clone(), users))
    };
    OfApis::new(base, head, |api| all(api.permissions.len(), PermissionId))
        .by(|api, id| &api[id].scope)
        .by_sides(
            |id| used(base, id, positions(&calls.base, |of| names(of, id))),
            |id| used(head, id, positions(&calls.head, |of| names(of, id))),
        )
        .by(|api, id| described(&api[id]))
        .pairs()
}

/// Of a level only this is more than a word: whether calls read.
fn described(of: &Permission) -> (bool, &str) {
    (of.level == "read", &of.about)
}

pub(super) fn rate_limits(
    base: &Api,
    head: &Api,
    endpoints: &[Pair<EndpointId>],
) -> Vec<Pair<RateLimitId>> {
    let calls = Calls::new(base, head, endpoints);
    let names = |of: &Endpoint, id| of.rate_limit == Some(id);
    let used = |api: &Api, id: RateLimitId, users: Vec<usize>| {
        (!users.is_empty()).then(|| (allowed(&api[id]), users))
    };
    OfApis::new(base, head, |api| all(api.rate_limits.len(), RateLimitId))
        .by(|api, id| api[id].name.plain())
        .by_sides(
            |id| used(base, id, positions(&calls.base, |of| names(of, id))),
            |id| used(head, id, positions(&calls.head, |of| names(of, id))),
        )
        .by(|api, id| (allowed(&api[id]), &api[id].about))
        .pairs()
}

/// What a class allows, whatever it is called.
fn allowed(of: &RateLimit) -> String {
    format!("{:?} {:?} {:?}", of.limit, of.pace_at, of.each)
}

pub(super) fn plans(base: &Api, head: &Api) -> Vec<Pair<usize>> {
    let count = |api: &Api| all(api.service.plans.len(), |at| at);
    OfApis::new(base, head, count)
        .by(|api, at| &api.service.plans[at].name)
        .by(|api, at| (api.service.plans[at].per_minute, &api.service.plans[at].about))
        // A plan's sentence tends to say its name.
        .by(|api, at| api.service.plans[at].per_minute)
        .pairs()
}

/// The calls that both sides have, a position each.
struct Calls<'a> {
    base: Vec<&'a Endpoint>,
    head: Vec<&'a Endpoint>,
}

impl<'a> Calls<'a> {
    fn new(base: &'a Api, head: &'a Api, endpoints: &[Pair<EndpointId>]) -> Self {
        let both = super::both(endpoints)
            .map(|(old, new)| (endpoint(base, old), endpoint(head, new)));
        let (base, head) = both.unzip();
        Self { base, head }
    }
}

fn positions(of: &[&Endpoint], is: impl Fn(&Endpoint) -> bool) -> Vec<usize> {
    (0..of.len()).filter(|&at| is(of[at])).collect()
}
