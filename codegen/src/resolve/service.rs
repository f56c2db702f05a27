//! `front.yaml` and `webhooks.yaml`: the facts about the API as a whole.

use indexmap::IndexMap;

use super::claims::Claims;
use super::context::{At, Context};
use super::notations;
use crate::ir;
use crate::names::Name;
use crate::problem::{Code, Problem};
use crate::spec::model;
use crate::vocabulary::is_day;

/// Resolves the facts about the API as a whole.
pub(super) fn service(cx: &mut Context<'_>) -> ir::Service {
    let front = &cx.spec.front.1;
    let top = cx.front();
    addresses(cx, front, &top);
    texts(cx, front, &top);
    lifetimes(cx, front, &top);
    published(cx, &front.published, &top.then("published"));
    if let Some(size) = [front.pagination.default, front.pagination.max]
        .iter()
        .position(|size| *size == 0)
    {
        let key = ["default", "max"][size];
        cx.invalid_value(&top.then("pagination").then(key), "at least 1 is expected");
    } else if front.pagination.default > front.pagination.max {
        cx.invalid_value(&top.then("pagination").then("default"), "greater than `max`");
    }
    for (name, plan) in &front.plans {
        if plan.per_minute == 0 {
            cx.invalid_value(
                &top.then("plans").then(name).then("per_minute"),
                "at least 1 is expected",
            );
        }
    }
    let share = top.then("burst").then("share");
    let burst_percent = notations::share(&front.burst.share).unwrap_or_else(|| {
        cx.invalid_value(&share, "a share such as `50%` is expected");
        1
    });
    let plans = top.then("plans");
    let named_plans = named(cx, &front.plans, &plans, "plan");
    let auth = top.then("auth");
    // The names of the constants of an entry begin with its name.
    let named_auth = named(cx, &front.auth, &auth, "way to authenticate");
    ir::Service {
        source: cx.node(&top),
        api: front.api.clone(),
        about: front.about.clone(),
        published: ir::Published {
            document: front.published.document.clone(),
            revision: front.published.revision.clone(),
            date: front.published.date.clone(),
            sha256: front.published.sha256.clone(),
        },
        hosts: ir::Hosts {
            base: front.hosts.base.clone(),
            links: front.hosts.links.clone(),
        },
        docs: front.docs.clone(),
        auth: named_auth
            .into_iter()
            .map(|(name, key, of)| ir::Auth {
                source: cx.node(&auth.then(key)),
                key: key.clone(),
                name,
                about: of.about.clone(),
                authorize: of.authorize.clone(),
                token: of.token.clone(),
                revoke: of.revoke.clone(),
                access_minutes: of.access_minutes,
                refresh_months: of.refresh_months,
            })
            .collect(),
        plans: named_plans
            .into_iter()
            .map(|(name, key, of)| ir::Plan {
                source: cx.node(&plans.then(key)),
                name,
                about: of.about.clone(),
                per_minute: of.per_minute,
            })
            .collect(),
        burst: ir::Burst {
            about: front.burst.about.clone(),
            percent: burst_percent,
            refill_minutes: front.burst.refill_minutes,
        },
        pagination: ir::Pagination {
            about: front.pagination.about.clone(),
            cursor: front.pagination.cursor.clone(),
            size: front.pagination.size.clone(),
            max: front.pagination.max,
            default: front.pagination.default,
        },
        statuses: statuses(cx, front, &top.then("errors")),
    }
}

/// Resolves the descriptions of field names.
pub(super) fn words(cx: &Context<'_>) -> Vec<ir::Word> {
    let at = cx.front().then("words");
    let words = &cx.spec.front.1.words;
    words
        .iter()
        .map(|(key, about)| ir::Word {
            source: cx.node(&at.then(key)),
            key: key.clone(),
            about: about.clone(),
        })
        .collect()
}

/// Reports empty texts.
fn texts(cx: &mut Context<'_>, front: &model::Front, top: &At) {
    cx.non_empty(&top.then("api"), &front.api);
    cx.non_empty(&top.then("about"), &front.about);
    let pagination = top.then("pagination");
    cx.non_empty(&pagination.then("cursor"), &front.pagination.cursor);
    cx.non_empty(&pagination.then("size"), &front.pagination.size);
    for (scope, about) in &front.capabilities {
        cx.non_empty(&top.then("capabilities").then(scope), about);
    }
    for (word, about) in &front.words {
        cx.non_empty(&top.then("words").then(word), about);
    }
    for (name, auth) in &front.auth {
        cx.non_empty(&top.then("auth").then(name).then("about"), &auth.about);
    }
    for (name, plan) in &front.plans {
        cx.non_empty(&top.then("plans").then(name).then("about"), &plan.about);
    }
    for (name, class) in &front.rate_limits {
        cx.non_empty(&top.then("rate_limits").then(name).then("about"), &class.about);
    }
    let webhooks = cx.webhooks();
    cx.non_empty(&webhooks.then("about"), &cx.spec.webhooks.1.about);
    for (name, event) in &cx.spec.webhooks.1.events {
        cx.non_empty(
            &webhooks.then("events").then(name).then("signals"),
            &event.signals,
        );
    }
}

/// Reports lifetimes of zero.
fn lifetimes(cx: &mut Context<'_>, front: &model::Front, top: &At) {
    let expected = "at least 1 is expected";
    if front.burst.refill_minutes == 0 {
        cx.invalid_value(&top.then("burst").then("refill_minutes"), expected);
    }
    for (name, auth) in &front.auth {
        for (key, span) in [
            ("access_minutes", auth.access_minutes),
            ("refresh_months", auth.refresh_months),
        ] {
            if span == Some(0) {
                cx.invalid_value(&top.then("auth").then(name).then(key), expected);
            }
        }
    }
}

fn published(cx: &mut Context<'_>, published: &model::Published, at: &At) {
    if !is_day(&published.date) {
        cx.invalid_value(&at.then("date"), "a date such as `2026-10-31` is expected");
    }
    let sum = &published.sha256;
    if sum.len() != 64 || !sum.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        cx.invalid_value(&at.then("sha256"), "64 hexadecimal digits are expected");
    }
}

fn addresses(cx: &mut Context<'_>, front: &model::Front, top: &At) {
    let mut address = |at: At, text: &str, slash: bool| {
        if !text.starts_with("https://") || text.contains(char::is_whitespace) {
            cx.invalid_value(&at, "an address that begins with `https://` is expected");
        } else if slash && text.ends_with('/') {
            cx.invalid_value(
                &at,
                "remove the `/` at the end: every path begins with one",
            );
        }
    };
    address(top.then("hosts").then("base"), &front.hosts.base, true);
    address(top.then("docs"), &front.docs, false);
    for (name, auth) in &front.auth {
        let at = top.then("auth").then(name);
        for (key, text) in [
            ("authorize", &auth.authorize),
            ("token", &auth.token),
            ("revoke", &auth.revoke),
        ] {
            if let Some(text) = text {
                address(at.then(key), text, false);
            }
        }
    }
    if !front.docs.contains("{operation}") {
        cx.invalid_value(
            &top.then("docs"),
            "the placeholder `{operation}` is expected, for the id of an operation",
        );
    }
}

fn statuses(cx: &mut Context<'_>, front: &model::Front, at: &At) -> Vec<ir::Status> {
    let mut claims = Claims::default();
    let mut all = Vec::new();
    for (number, status) in &front.errors {
        let row = at.then(number.to_string());
        if !(400..=599).contains(number) {
            let problem = Problem::new(
                Code::InvalidValue,
                format!("invalid error status {number}"),
            );
            cx.report(
                problem.at(cx.key(&row)).label("a status from 400 to 599 is expected"),
            );
        }
        let place = cx.value(&row.then("code"));
        let name =
            cx.name(&status.code, place.clone(), "a short name such as `bad_request`");
        claims.claim(
            cx,
            &name,
            name.camel(),
            place,
            "status",
            "write another `code` for one of them",
        );
        all.push(ir::Status {
            source: cx.node(&row),
            name,
            number: *number,
            code: status.code.clone(),
            meaning: status.meaning.clone(),
            action: status.action.clone(),
        });
    }
    all
}

/// Resolves the permissions.
pub(super) fn permissions(cx: &mut Context<'_>) -> Vec<ir::Permission> {
    let at = cx.front().then("capabilities");
    let capabilities = &cx.spec.front.1.capabilities;
    named(cx, capabilities, &at, "capability")
        .into_iter()
        .map(|(name, scope, about)| {
            let level = match scope.rsplit_once(':') {
                Some((resource, level)) if !resource.is_empty() && !level.is_empty() => {
                    level
                }
                _ => {
                    let title = format!("invalid capability `{scope}`");
                    let problem = Problem::new(Code::InvalidValue, title)
                        .at(cx.key(&at.then(scope)));
                    cx.report(problem.label(
                        "`resource:level` is expected, in the spelling of Front",
                    ));
                    ""
                }
            };
            ir::Permission {
                source: cx.node(&at.then(scope)),
                scope: scope.clone(),
                name,
                level: level.to_owned(),
                about: about.clone(),
            }
        })
        .collect()
}

/// Resolves the rate-limit classes.
pub(super) fn rate_limits(cx: &mut Context<'_>) -> Vec<ir::RateLimit> {
    let at = cx.front().then("rate_limits");
    let classes = &cx.spec.front.1.rate_limits;
    named(cx, classes, &at, "rate-limit class")
        .into_iter()
        .map(|(name, key, class)| {
            let at = at.then(key);
            let pace_at = class.pace_at.as_ref().and_then(|text| {
                let rate = notations::rate(text);
                if rate.is_none() {
                    cx.invalid_value(
                        &at.then("pace_at"),
                        "a rate such as `1 per 3 seconds` is expected",
                    );
                }
                rate
            });
            let certainty = at.then("certainty");
            ir::RateLimit {
                source: cx.node(&at),
                key: key.clone(),
                name,
                about: class.about.clone(),
                limit: limit(cx, class, &at),
                pace_at,
                each: class.each.clone(),
                certainty: cx
                    .word(&certainty, &class.certainty, ir::CERTAINTIES)
                    .unwrap_or('D'),
            }
        })
        .collect()
}

fn limit(cx: &mut Context<'_>, class: &model::RateLimit, at: &At) -> ir::Limit {
    let share = class.share.as_ref().and_then(|text| {
        let share = notations::share(text);
        if share.is_none() {
            cx.invalid_value(&at.then("share"), "a share such as `40%` is expected");
        }
        share
    });
    let seconds = class.per.as_ref().and_then(|text| {
        let seconds = notations::seconds(text);
        if seconds.is_none() {
            cx.invalid_value(
                &at.then("per"),
                "`second`, `minute`, `hour` or a span such as `60 seconds` is expected",
            );
        }
        seconds
    });
    if class.allow == Some(0) {
        cx.invalid_value(&at.then("allow"), "at least 1 is expected");
    }
    let contradiction = match (class.allow, &class.per, &class.share) {
        (Some(_), None, _) => {
            Some(("allow", "`allow` needs `per`", "the period is missing"))
        }
        (None, Some(_), _) => {
            Some(("per", "`per` needs `allow`", "the number of calls is missing"))
        }
        (Some(_), Some(_), Some(_)) => Some((
            "share",
            "a rate-limit class has both a share and a rate",
            "remove this, or `allow` and `per`",
        )),
        _ => None,
    };
    if let Some((key, title, label)) = contradiction {
        let place = cx.key(&at.then(key));
        cx.report(Problem::new(Code::InvalidValue, title).at(place).label(label));
    }
    match (class.allow, seconds, share) {
        (Some(calls), Some(seconds), _) => ir::Limit::Rate(ir::Rate { calls, seconds }),
        (_, _, Some(share)) => ir::Limit::Share(share),
        _ => ir::Limit::Company,
    }
}

/// Resolves the webhook events. The endpoints that fire them are added later.
pub(super) fn webhooks(cx: &mut Context<'_>) -> Vec<ir::Webhook> {
    let at = cx.webhooks().then("events");
    let events = &cx.spec.webhooks.1.events;
    named(cx, events, &at, "webhook event")
        .into_iter()
        .map(|(name, wire, event)| ir::Webhook {
            source: cx.node(&at.then(wire)),
            wire: wire.clone(),
            name,
            signals: event.signals.clone(),
            event_types: event.event_types.clone(),
            triggered_by: Vec::new(),
        })
        .collect()
}

/// Claims the names of the entries of a table, which become constants and variants.
pub(super) fn named<'a, T>(
    cx: &mut Context<'_>,
    table: &'a IndexMap<String, T>,
    at: &At,
    what: &str,
) -> Vec<(Name, &'a String, &'a T)> {
    let mut claims = Claims::default()
        .reserve(
            ["All", "None"],
            "generated code uses this name for all of them, or for none",
        )
        .reserve(["Unknown"], "values that this version does not know have this name");
    table
        .iter()
        .map(|(key, entry)| {
            let place = cx.key(&at.then(key));
            let name = cx.name(
                key,
                place.clone(),
                "use letters, digits and `_`, and begin with a letter",
            );
            claims.claim(cx, &name, name.camel(), place, what, "rename one of them");
            (name, key, entry)
        })
        .collect()
}
