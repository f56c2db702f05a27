//! How much may be called: the burst, and the classes of limits.

use std::cmp::Ordering;

use crate::compare::Cx;
use crate::compare::build::{come_or_gone, front_at, item, of_service};
use crate::compare::findings::Findings;
use crate::compare::graph::every_endpoint;
use crate::compare::operation::operations::name;
use crate::finding::{Finding, Reach};
use crate::pairs::Pair;
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Api, Limit, Rate, RateLimit, RateLimitId};

rules! {
    BURST_TIGHTENED = "burst-tightened", Of("burst-loosened"),
        "The allowance on top of a plan's limit is smaller, or fills more slowly.",
        Operational(Tighter) "";
    BURST_LOOSENED = "burst-loosened", Of("burst-tightened"), "The allowance on top of a plan's limit is larger, or fills faster.",
        Operational(Looser) "";
    RATE_LIMIT_ADDED = "rate-limit-added", Of("rate-limit-removed"), "There is another class of limits.";
    RATE_LIMIT_REMOVED = "rate-limit-removed", Of("rate-limit-added"), "A class of limits is gone.";
    RATE_LIMIT_RENAMED = "rate-limit-renamed", Itself, "A class of limits has another name.";
    RATE_LIMIT_TIGHTENED = "rate-limit-tightened", Of("rate-limit-loosened"),
        "A class allows less, or what it allows cannot be compared.",
        Operational(Tighter) "released versions send too much, and wait for Front to say so";
    RATE_LIMIT_LOOSENED = "rate-limit-loosened", Of("rate-limit-tightened"), "A class allows more.",
        Operational(Looser) "released versions keep to the old number";
    RATE_LIMIT_CERTAINTY_CHANGED = "rate-limit-certainty-changed", Itself, "How sure we are of a limit is another thing.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    burst(cx, findings);
    for &pair in &cx.pairs.rate_limits {
        match pair {
            Pair::Head(id) => findings.push(class(cx.head, id, true)),
            Pair::Base(id) => findings.push(class(cx.base, id, false)),
            Pair::Both(old, new) => class_changed(cx, old, new, findings),
        }
    }
}

fn burst(cx: &Cx<'_>, findings: &mut Findings) {
    let (old, new) = (&cx.base.service, &cx.head.service);
    let (was, is) = (old.burst.percent, new.burst.percent);
    let (was_minutes, is_minutes) = (old.burst.refill_minutes, new.burst.refill_minutes);
    let rows = [
        (
            "share",
            "BURST_PERCENT",
            was,
            is,
            is < was,
            format!("the burst is {is} % of a plan's limit, and not {was} %"),
        ),
        (
            "refill_minutes",
            "BURST_REFILL_MINUTES",
            was_minutes,
            is_minutes,
            is_minutes > was_minutes,
            format!(
                "the burst is full again after {is_minutes} minutes, and not after {was_minutes}"
            ),
        ),
    ];
    for (key, constant, was, is, is_tighter, message) in rows {
        if was == is {
            continue;
        }
        let rule = if is_tighter { &BURST_TIGHTENED } else { &BURST_LOOSENED };
        findings.push(
            Finding::new(rule, of_service("burst", key), message)
                .values([was, is])
                .located([(); 2].map(|()| front_at(["burst", key])))
                .accounts_for([item(keys::service(constant))]),
        );
    }
}

/// The calls that name a class.
fn reach(api: &Api, class: RateLimitId) -> Reach {
    let of = every_endpoint(api).filter(|(_, of)| of.rate_limit == Some(class));
    let operations = of.map(|(id, _)| name(api, id)).collect();
    Reach { operations, events: Vec::new() }
}

fn class(api: &Api, id: RateLimitId, is_new: bool) -> Finding {
    let of = &api[id];
    let (name, allows) = (of.name.plain(), allows(of));
    let rule = if is_new { &RATE_LIMIT_ADDED } else { &RATE_LIMIT_REMOVED };
    let message = format!("the limit `{name}` is {}: {allows}", come_or_gone(is_new));
    Finding::new(rule, of_service("rate-limit", name), message)
        .alone(is_new, allows, front_at(["rate_limits", name]))
        .reaching(reach(api, id))
        .accounts_for([item(keys::rate_limit(of))])
}

fn class_changed(
    cx: &Cx<'_>,
    old: RateLimitId,
    new: RateLimitId,
    findings: &mut Findings,
) {
    let (before, after) = (&cx.base[old], &cx.head[new]);
    let name = after.name.plain();
    let say = |rule: &'static Rule, message: String| {
        Finding::new(rule, of_service("rate-limit", name), message)
            .located(
                [before, after].map(|of| front_at(["rate_limits", of.name.plain()])),
            )
            .reaching(reach(cx.head, new))
            .accounts_for([item(keys::rate_limit(after))])
    };
    let (was, is) = (before.name.plain(), name);
    if was != is {
        let message = format!("the limit `{was}` is called `{is}` now");
        findings.push(
            say(&RATE_LIMIT_RENAMED, message)
                .values([was, is])
                .tells("rust", format!("its `name` is `{is}`"))
                .accounts_for([item(keys::rate_limit(before))]),
        );
    }
    let (was, is) = (allows(before), allows(after));
    if was != is {
        let message = format!("the limit `{name}` is {is}; it was {was}");
        let rule = match is_looser(before, after) {
            true => &RATE_LIMIT_LOOSENED,
            false => &RATE_LIMIT_TIGHTENED,
        };
        findings.push(say(rule, message).values([was, is]));
    }
    let (was, is) = (before.certainty, after.certainty);
    if was != is {
        let message =
            format!("the limit `{name}` is of certainty `{is}`, and not `{was}`");
        let values = [was, is].map(|certainty| certainty.to_string());
        findings.push(say(&RATE_LIMIT_CERTAINTY_CHANGED, message).values(values));
    }
}

/// What a class allows, in words.
fn allows(of: &RateLimit) -> String {
    let mut text = match of.limit {
        Limit::Company => "the company's alone".to_owned(),
        Limit::Rate(rate) => rate_in_words(rate),
        Limit::Share(percent) => format!("{percent} % of the company's"),
    };
    if let Some(each) = &of.each {
        text += &format!(" for each `{each}`");
    }
    if let Some(pace) = of.pace_at {
        text += &format!(", kept to {}", rate_in_words(pace));
    }
    text
}

fn rate_in_words(Rate { calls, seconds }: Rate) -> String {
    let of = if calls == 1 { "call" } else { "calls" };
    match seconds {
        1 => format!("{calls} {of} a second"),
        60 => format!("{calls} {of} a minute"),
        3600 => format!("{calls} {of} an hour"),
        _ => format!("{calls} {of} in {seconds} seconds"),
    }
}

/// Whether a class allows more in something and less in nothing.
fn is_looser(old: &RateLimit, new: &RateLimit) -> bool {
    let limit = limits_compared(old.limit, new.limit);
    let pace = match (old.pace_at, new.pace_at) {
        (old, new) if old == new => Some(Ordering::Equal),
        (None, _) => Some(Ordering::Less),
        (_, None) => Some(Ordering::Greater),
        (Some(old), Some(new)) => compared(old, new),
    };
    let each = match (&old.each, &new.each) {
        (old, new) if old == new => Some(Ordering::Equal),
        // What was one allowance is now one for each value.
        (None, Some(_)) => Some(Ordering::Greater),
        (Some(_), None) => Some(Ordering::Less),
        // Equal ones were told above.
        (Some(_), Some(_)) | (None, None) => None,
    };
    [limit, pace, each].iter().all(|part| part.is_some_and(Ordering::is_ge))
}

/// How a limit compares to an older one; none where they cannot be compared.
pub(crate) fn limits_compared(old: Limit, new: Limit) -> Option<Ordering> {
    match (old, new) {
        (old, new) if old == new => Some(Ordering::Equal),
        // The company's requests are what every call counts against.
        (Limit::Company, _) => Some(Ordering::Less),
        (_, Limit::Company) => Some(Ordering::Greater),
        (Limit::Share(old), Limit::Share(new)) => Some(new.cmp(&old)),
        (Limit::Rate(old), Limit::Rate(new)) => compared(old, new),
        (Limit::Share(_), Limit::Rate(_)) | (Limit::Rate(_), Limit::Share(_)) => None,
    }
}

/// How a rate compares to an older one: both in the long run and at once, or not at all.
pub(crate) fn compared(old: Rate, new: Rate) -> Option<Ordering> {
    let per = |rate: Rate, other: Rate| u64::from(rate.calls) * u64::from(other.seconds);
    let long = per(new, old).cmp(&per(old, new));
    let at_once = new.calls.cmp(&old.calls);
    match (long, at_once) {
        (Ordering::Equal, one) | (one, Ordering::Equal) => Some(one),
        (long, at_once) if long == at_once => Some(long),
        _ => None,
    }
}
