//! What `front.yaml` gives a name, also where the name is another one.
//!
//! A name is all that tells some of them apart, so those that are renamed are known by the calls that name them, by what they
//! allow, and by what is said of them. Where two are as good, none is taken.

use super::{EndpointId, Matching, Pair, all, endpoint};
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
    Matching::new(
        all(base.permissions.len(), PermissionId),
        all(head.permissions.len(), PermissionId),
    )
    .by(|&id| &base[id].scope, |&id| &head[id].scope)
    .by_some(
        |&id| used(base, id, calls.at_base(|of| names(of, id))),
        |&id| used(head, id, calls.at_head(|of| names(of, id))),
    )
    .by(|&id| described(&base[id]), |&id| described(&head[id]))
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
    Matching::new(
        all(base.rate_limits.len(), RateLimitId),
        all(head.rate_limits.len(), RateLimitId),
    )
    .by(|&id| base[id].name.plain(), |&id| head[id].name.plain())
    .by_some(
        |&id| used(base, id, calls.at_base(|of| names(of, id))),
        |&id| used(head, id, calls.at_head(|of| names(of, id))),
    )
    .by(
        |&id| (allowed(&base[id]), &base[id].about),
        |&id| (allowed(&head[id]), &head[id].about),
    )
    .pairs()
}

/// What a class allows, whatever it is called.
fn allowed(of: &RateLimit) -> String {
    format!("{:?} {:?} {:?}", of.limit, of.pace_at, of.each)
}

pub(super) fn plans(base: &Api, head: &Api) -> Vec<Pair<usize>> {
    let (was, is) = (&base.service.plans, &head.service.plans);
    Matching::new(all(was.len(), |at| at), all(is.len(), |at| at))
        .by(|&at| &was[at].name, |&at| &is[at].name)
        .by(
            |&at| (was[at].per_minute, &was[at].about),
            |&at| (is[at].per_minute, &is[at].about),
        )
        // A plan's sentence tends to say its name.
        .by(|&at| was[at].per_minute, |&at| is[at].per_minute)
        .pairs()
}

/// The calls that both sides have, a position each.
struct Calls<'a> {
    base: Vec<&'a Endpoint>,
    head: Vec<&'a Endpoint>,
}

impl<'a> Calls<'a> {
    fn new(base: &'a Api, head: &'a Api, endpoints: &[Pair<EndpointId>]) -> Self {
        let both = endpoints.iter().filter_map(|pair| match *pair {
            Pair::Both(old, new) => Some((endpoint(base, old), endpoint(head, new))),
            Pair::Base(_) | Pair::Head(_) => None,
        });
        let (base, head) = both.unzip();
        Self { base, head }
    }

    fn at_base(&self, is: impl Fn(&Endpoint) -> bool) -> Vec<usize> {
        positions(&self.base, is)
    }

    fn at_head(&self, is: impl Fn(&Endpoint) -> bool) -> Vec<usize> {
        positions(&self.head, is)
    }
}

fn positions(of: &[&Endpoint], is: impl Fn(&Endpoint) -> bool) -> Vec<usize> {
    (0..of.len()).filter(|&at| is(of[at])).collect()
}
