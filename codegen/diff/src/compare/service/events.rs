//! Webhook events, and what a delivery carries.

use crate::compare::Cx;
use crate::compare::build::{come_or_gone, item, listed, of_service};
use crate::compare::findings::Findings;
use crate::compare::fits::{read, same};
use crate::finding::{At, Explains, Finding, Reach, Wire};
use crate::pairs::Pair;
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Api, Ty, Webhook, WebhookId};
use front_codegen::source::{Step, at};

rules! {
    EVENT_ADDED = "webhook-added", Of("webhook-removed"), "Front posts another event.",
        Rust "until now it arrived as `WebhookType::Unknown`", Wire(Additive) "";
    EVENT_REMOVED = "webhook-removed", Of("webhook-added"), "Front does not post an event any more.",
        Wire(Break) "what waits for it waits for ever";
    EVENT_RENAMED = "webhook-renamed", Itself, "A webhook event has another name.";
    EVENT_WIRE_CHANGED = "webhook-wire-changed", Itself, "A delivery calls an event something else.",
        Wire(Break) "released versions have it as `WebhookType::Unknown`";
    EVENT_TYPES_CHANGED = "webhook-event-types-changed", Itself, "A delivery of a webhook event carries events of other types.";
    PAYLOAD_CHANGED = "webhook-payload-changed", Itself, "A delivery carries a value of another type.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    findings.extend(payload(cx));
    let renamed = renamed(cx);
    if let Some((old, new)) = renamed {
        changed(cx, old, new, findings);
    }
    let is_told = |pair: &Pair<WebhookId>| {
        renamed.is_some_and(|(old, new)| {
            *pair == Pair::Base(old) || *pair == Pair::Head(new)
        })
    };
    for &pair in cx.pairs.webhooks.iter().filter(|pair| !is_told(pair)) {
        match pair {
            Pair::Head(id) => findings.push(alone(cx, id, true)),
            Pair::Base(id) => findings.push(alone(cx, id, false)),
            Pair::Both(old, new) => changed(cx, old, new, findings),
        }
    }
}

/// The last event of each side, where both stand at one position and carry the same: its word makes its name, so both differ.
fn renamed(cx: &Cx<'_>) -> Option<(WebhookId, WebhookId)> {
    let mut left = (Vec::new(), Vec::new());
    for &pair in &cx.pairs.webhooks {
        match pair {
            Pair::Base(id) => left.0.push(id),
            Pair::Head(id) => left.1.push(id),
            Pair::Both(..) => {}
        }
    }
    let (&[old], &[new]) = (&left.0[..], &left.1[..]) else { return None };
    let types = |api: &Api, id: WebhookId| api[id].event_types.clone();
    (old.0 == new.0 && types(cx.base, old) == types(cx.head, new)).then_some((old, new))
}

fn place(path: Vec<Step>) -> At {
    At { file: "spec/webhooks.yaml".to_owned(), path }
}

fn event_at(of: &Webhook, key: Option<&str>) -> At {
    let mut path = at!["events", &of.wire];
    path.extend(key.map(Step::from));
    place(path)
}

fn lines(of: &Webhook) -> [Explains; 2] {
    [item(keys::webhook_type(of)), item(keys::webhook(of))]
}

fn reach(of: &Webhook) -> Reach {
    Reach { operations: Vec::new(), events: vec![of.wire.clone()] }
}

fn say(rule: &'static Rule, of: &Webhook, message: String) -> Finding {
    Finding::new(rule, of_service("webhook", of.wire.as_str()), message)
        .reaching(reach(of))
        .accounts_for(lines(of))
}

fn alone(cx: &Cx<'_>, id: WebhookId, is_new: bool) -> Finding {
    let of = &cx.side(is_new)[id];
    let (wire, name, what) = (&of.wire, of.name.camel(), come_or_gone(is_new));
    let (rule, posts): (&'static Rule, _) = match is_new {
        true => (&EVENT_ADDED, format!("`{wire}`")),
        false => (&EVENT_REMOVED, format!("no `{wire}` any more")),
    };
    let message = format!("Front posts {posts}: `WebhookType::{name}` is {what}");
    say(rule, of, message).alone(is_new, wire, event_at(of, None))
}

fn changed(cx: &Cx<'_>, old: WebhookId, new: WebhookId, findings: &mut Findings) {
    let (old, new) = (&cx.base[old], &cx.head[new]);
    let say = |rule, message, key| {
        say(rule, new, message)
            .located([old, new].map(|of| event_at(of, key)))
            .accounts_for(lines(old))
    };
    let (was, is, wire) = (old.name.camel(), new.name.camel(), &new.wire);
    if was != is {
        let message = format!(
            "`WebhookType::{was}` is called `WebhookType::{is}` now, and `{wire}` by a delivery"
        );
        let why = format!("released versions have `{wire}` as `WebhookType::Unknown`");
        findings.push(
            say(&EVENT_RENAMED, message, None)
                .values([was, is])
                .on_wire(Wire::Break, why),
        );
    } else if old.wire != new.wire {
        let was = &old.wire;
        let message =
            format!("a delivery calls `WebhookType::{is}` `{wire}`, and not `{was}`");
        findings.push(say(&EVENT_WIRE_CHANGED, message, None).values([was, wire]));
    }
    let sorted = |of: &Webhook| {
        let mut types = of.event_types.clone();
        types.sort_unstable();
        types
    };
    let (was, now) = (sorted(old), sorted(new));
    if was != now {
        let shown = |types: &[String]| match listed(types) {
            list if list.is_empty() => "none that is known".to_owned(),
            list => list,
        };
        let message = format!(
            "a delivery of `{wire}` carries events of type {}; it was {}",
            shown(&now),
            shown(&was)
        );
        // Of what was not known, nothing is known to be new.
        let (risk, why) = match was.is_empty() || now.is_empty() {
            true => (Wire::None, ""),
            false => (
                Wire::Risk,
                "what goes by the payload's type meets another, or waits for one that is gone",
            ),
        };
        findings.push(
            say(&EVENT_TYPES_CHANGED, message, Some("event_types"))
                .values([was.join(", "), now.join(", ")])
                .on_wire(risk, why),
        );
    }
}

fn payload(cx: &Cx<'_>) -> Option<Finding> {
    let of = |api: &Api| api.webhook_payload.map(Ty::Named);
    let (was, is) = (of(cx.base), of(cx.head));
    let (message, wire) = match (&was, &is) {
        (Some(was), Some(is)) if !same(cx, was, is) => {
            let (old, new) = (cx.base.phrase(was), cx.head.phrase(is));
            (format!("a delivery carries `{new}`, and not `{old}`"), read(cx, was, is))
        }
        (None, Some(is)) => {
            let new = cx.head.phrase(is);
            (format!("a delivery carries `{new}`"), Wire::Additive)
        }
        (Some(was), None) => {
            let old = cx.base.phrase(was);
            (format!("no delivery carries `{old}` any more"), Wire::None)
        }
        _ => return None,
    };
    let why = match wire {
        Wire::None => "",
        Wire::Additive if was.is_none() => "",
        Wire::Additive => "released versions read it, and do not know all of it",
        Wire::Risk => "released versions read it as another type",
        Wire::Break => "released versions cannot read a delivery",
    };
    let events = cx.head.webhooks.iter().map(|event| event.wire.clone()).collect();
    Some(
        Finding::new(&PAYLOAD_CHANGED, of_service("webhook", "payload"), message)
            .values([
                was.map(|ty| cx.base.phrase(&ty)),
                is.map(|ty| cx.head.phrase(&ty)),
            ])
            .located([(); 2].map(|()| place(at!["payload"])))
            .reaching(Reach { operations: Vec::new(), events })
            .on_wire(wire, why),
    )
}
