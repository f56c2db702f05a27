//! `front.yaml` and `webhooks.yaml`: what holds for the API as a whole.

use indexmap::IndexMap;

use super::claims::Claims;
use super::context::{At, Context};
use super::figures;
use crate::ir;
use crate::names::Name;
use crate::problem::{Code, Problem};
use crate::spec::model;
use crate::vocabulary::is_day;

/// What the API is as a whole.
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
        cx.figure(&top.then("pagination").then(key), "a page holds at least 1");
    } else if front.pagination.default > front.pagination.max {
        cx.figure(&top.then("pagination").then("default"), "more than `max`");
    }
    for (name, plan) in &front.plans {
        if plan.per_minute == 0 {
            cx.figure(
                &top.then("plans").then(name).then("per_minute"),
                "at least 1 is expected",
            );
        }
    }
    let share = top.then("burst").then("share");
    let burst_percent = figures::share(&front.burst.share).unwrap_or_else(|| {
        cx.figure(&share, "a share such as `50%` is expected");
        1
    });
    let plans = top.then("plans");
    let named_plans = named(cx, &front.plans, &plans, "plan");
    let auth = top.then("auth");
    // The constants of each way begin with its name.
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

/// The sentences for field names.
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

/// What is written must say something.
fn texts(cx: &mut Context<'_>, front: &model::Front, top: &At) {
    cx.said(&top.then("api"), &front.api);
    cx.said(&top.then("about"), &front.about);
    let pagination = top.then("pagination");
    cx.said(&pagination.then("cursor"), &front.pagination.cursor);
    cx.said(&pagination.then("size"), &front.pagination.size);
    for (scope, about) in &front.capabilities {
        cx.said(&top.then("capabilities").then(scope), about);
    }
    for (word, about) in &front.words {
        cx.said(&top.then("words").then(word), about);
    }
    for (name, auth) in &front.auth {
        cx.said(&top.then("auth").then(name).then("about"), &auth.about);
    }
    for (name, plan) in &front.plans {
        cx.said(&top.then("plans").then(name).then("about"), &plan.about);
    }
    for (name, class) in &front.rate_limits {
        cx.said(&top.then("rate_limits").then(name).then("about"), &class.about);
    }
    let webhooks = cx.webhooks();
    cx.said(&webhooks.then("about"), &cx.spec.webhooks.1.about);
    for (name, event) in &cx.spec.webhooks.1.events {
        cx.said(&webhooks.then("events").then(name).then("signals"), &event.signals);
    }
}

/// What lasts, lasts at least 1.
fn lifetimes(cx: &mut Context<'_>, front: &model::Front, top: &At) {
    let expected = "at least 1 is expected";
    if front.burst.refill_minutes == 0 {
        cx.figure(&top.then("burst").then("refill_minutes"), expected);
    }
    for (name, auth) in &front.auth {
        for (key, span) in [
            ("access_minutes", auth.access_minutes),
            ("refresh_months", auth.refresh_months),
        ] {
            if span == Some(0) {
                cx.figure(&top.then("auth").then(name).then(key), expected);
            }
        }
    }
}

fn published(cx: &mut Context<'_>, published: &model::Published, at: &At) {
    if !is_day(&published.date) {
        cx.figure(&at.then("date"), "a day such as `2026-10-31` is expected");
    }
    let sum = &published.sha256;
    if sum.len() != 64 || !sum.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        cx.figure(&at.then("sha256"), "64 hexadecimal digits are expected");
    }
}

fn addresses(cx: &mut Context<'_>, front: &model::Front, top: &At) {
    let mut address = |at: At, text: &str, slash: bool| {
        if !text.starts_with("https://") || text.contains(char::is_whitespace) {
            cx.figure(&at, "an address that begins with `https://` is expected");
        } else if slash && text.ends_with('/') {
            cx.figure(&at, "without the `/` at its end, which every path begins with");
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
        cx.figure(
            &top.then("docs"),
            "`{operation}` is expected in it, for an operation's id",
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
                Code::WrongFigure,
                format!("{number} is not the status of an error"),
            );
            cx.report(problem.at(cx.key(&row)).label("from 400 to 599"));
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
            "give one of them another `code`",
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

/// What a token can be allowed to do.
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
                    let title = format!("`{scope}` is not a capability");
                    let problem = Problem::new(Code::WrongFigure, title)
                        .at(cx.key(&at.then(scope)));
                    cx.report(
                        problem
                            .label("`resource:level` is expected, as Front writes it"),
                    );
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

/// The limits that endpoints name.
pub(super) fn rate_limits(cx: &mut Context<'_>) -> Vec<ir::RateLimit> {
    let at = cx.front().then("rate_limits");
    let classes = &cx.spec.front.1.rate_limits;
    named(cx, classes, &at, "rate-limit class")
        .into_iter()
        .map(|(name, key, class)| {
            let at = at.then(key);
            let pace_at = class.pace_at.as_ref().and_then(|text| {
                let rate = figures::rate(text);
                if rate.is_none() {
                    cx.figure(
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
        let share = figures::share(text);
        if share.is_none() {
            cx.figure(&at.then("share"), "a share such as `40%` is expected");
        }
        share
    });
    let seconds = class.per.as_ref().and_then(|text| {
        let seconds = figures::seconds(text);
        if seconds.is_none() {
            cx.figure(
                &at.then("per"),
                "`second`, `minute`, `hour` or a span such as `60 seconds` is expected",
            );
        }
        seconds
    });
    if class.allow == Some(0) {
        cx.figure(&at.then("allow"), "at least 1 is expected");
    }
    let contradiction = match (class.allow, &class.per, &class.share) {
        (Some(_), None, _) => {
            Some(("allow", "`allow` goes with `per`", "calls in which time?"))
        }
        (None, Some(_), _) => {
            Some(("per", "`per` goes with `allow`", "how many calls?"))
        }
        (Some(_), Some(_), Some(_)) => Some((
            "share",
            "a class has a share or a rate, not both",
            "beside `allow` and `per`",
        )),
        _ => None,
    };
    if let Some((key, title, label)) = contradiction {
        let place = cx.key(&at.then(key));
        cx.report(Problem::new(Code::WrongFigure, title).at(place).label(label));
    }
    match (class.allow, seconds, share) {
        (Some(calls), Some(seconds), _) => ir::Limit::Rate(ir::Rate { calls, seconds }),
        (_, _, Some(share)) => ir::Limit::Share(share),
        _ => ir::Limit::Company,
    }
}

/// The events that Front posts. Which endpoints fire them is known later.
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

/// The entries of a table that becomes constants and variants, with their names claimed.
pub(super) fn named<'a, T>(
    cx: &mut Context<'_>,
    table: &'a IndexMap<String, T>,
    at: &At,
    what: &str,
) -> Vec<(Name, &'a String, &'a T)> {
    let mut claims = Claims::default()
        .reserve(["All", "None"], "generated code has it for all of them, or for none")
        .reserve(["Unknown"], "what this version does not name is called that");
    table
        .iter()
        .map(|(key, entry)| {
            let place = cx.key(&at.then(key));
            let name = cx.name(
                key,
                place.clone(),
                "write letters, digits and `_`, a letter first",
            );
            claims.claim(
                cx,
                &name,
                name.camel(),
                place,
                what,
                "give one of them another name",
            );
            (name, key, entry)
        })
        .collect()
}
