//! How webhook deliveries are signed and sent.

use std::cmp::Ordering;

use crate::compare::Cx;
use crate::compare::build::{item, of_service};
use crate::compare::findings::Findings;
use crate::finding::{At, Finding, Operational, Wire};
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::WebhookScheme;
use front_codegen::source::{Step, at};

rules! {
    SCHEME_ADDED = "webhook-scheme-added", Of("webhook-scheme-removed"), "There is another kind of webhook.", Wire(Additive) "";
    SCHEME_REMOVED = "webhook-scheme-removed", Of("webhook-scheme-added"), "A kind of webhook is gone.",
        Wire(Break) "receivers of such deliveries wait for ever";
    SCHEME_CHANGED = "webhook-scheme-changed", Itself, "Deliveries of a kind of webhook are signed or sent in another way.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    let (old, new) = (&cx.base.webhook_schemes, &cx.head.webhook_schemes);
    let of = |all: &[WebhookScheme], scheme: &WebhookScheme| {
        all.iter().position(|of| of.name == scheme.name)
    };
    for is in new {
        match of(old, is) {
            Some(was) => changed(&old[was], is, findings),
            None => findings.push(alone(is, true)),
        }
    }
    let gone = old.iter().filter(|was| of(new, was).is_none());
    findings.extend(gone.map(|was| alone(was, false)));
}

fn place(of: &WebhookScheme, below: &[&str]) -> At {
    let mut path = at!["schemes", of.name.plain()];
    path.extend(below.iter().map(|key| Step::from(*key)));
    At { file: "spec/webhooks.yaml".to_owned(), path }
}

fn say(
    rule: &'static Rule,
    of: &WebhookScheme,
    below: &[&str],
    message: String,
) -> Finding {
    let id = [&[of.name.plain()], below].concat().join(".");
    Finding::new(rule, of_service("scheme", id), message)
        .accounts_for([item(keys::webhook_scheme(of))])
}

fn alone(of: &WebhookScheme, is_new: bool) -> Finding {
    let name = of.name.plain();
    let (rule, message) = match is_new {
        true => (&SCHEME_ADDED, format!("`{name}` is another kind of webhook")),
        false => (&SCHEME_REMOVED, format!("`{name}` is no kind of webhook any more")),
    };
    say(rule, of, &[], message).alone(is_new, name, place(of, &[]))
}

/// The facts of a scheme: the path to each, and the value.
fn facts(of: &WebhookScheme) -> [(&'static [&'static str], Option<String>); 12] {
    let (envelope, challenge) = (of.envelope.as_ref(), of.challenge.as_ref());
    let timestamp = of.timestamp.as_ref();
    let signature = &of.signature;
    let signed = signature.signed.iter().map(|part| part.as_str()).collect();
    [
        (&["envelope", "type"], envelope.map(|of| of.kind.clone())),
        (&["envelope", "company"], envelope.map(|of| of.company.clone())),
        (&["envelope", "payload"], envelope.map(|of| of.payload.clone())),
        (&["signature", "header"], Some(signature.header.clone())),
        (&["signature", "digest"], Some(signature.digest.as_str().to_owned())),
        (&["signature", "encoding"], Some(signature.encoding.as_str().to_owned())),
        (&["signature", "signed"], Some(signed)),
        (&["timestamp", "header"], timestamp.map(|of| of.header.clone())),
        (&["timestamp", "unit"], timestamp.map(|of| of.unit.as_str().to_owned())),
        (&["challenge", "type"], challenge.map(|of| of.kind.clone())),
        (&["challenge", "header"], challenge.map(|of| of.header.clone())),
        (&["challenge", "response_key"], challenge.map(|of| of.response_key.clone())),
    ]
}

/// The numbers of a scheme: the path to each, and the value. Less is tighter.
fn numbers(of: &WebhookScheme) -> [(&'static [&'static str], Option<u32>); 3] {
    let challenge = of.challenge.as_ref().map(|of| of.deadline_seconds);
    [
        (&["deadline_seconds"], Some(of.deadline_seconds)),
        (&["retries"], Some(of.retries)),
        (&["challenge", "deadline_seconds"], challenge),
    ]
}

fn changed(old: &WebhookScheme, new: &WebhookScheme, findings: &mut Findings) {
    for ((path, was), (_, is)) in facts(old).into_iter().zip(facts(new)) {
        if was != is {
            findings.push(differs(old, new, path, was, is).on_wire(
                Wire::Break,
                "released versions verify and read deliveries in the old way",
            ));
        }
    }
    for ((path, was), (_, is)) in numbers(old).into_iter().zip(numbers(new)) {
        let operational = match is.cmp(&was) {
            Ordering::Equal => continue,
            Ordering::Less => Operational::Tighter,
            Ordering::Greater => Operational::Looser,
        };
        let text = |number: Option<u32>| number.map(|number| number.to_string());
        findings.push(differs(old, new, path, text(was), text(is)).limits(operational));
    }
    if old.certainty != new.certainty {
        let (was, is) = (old.certainty.to_string(), new.certainty.to_string());
        findings.push(differs(old, new, &["certainty"], Some(was), Some(is)));
    }
}

fn differs(
    old: &WebhookScheme,
    new: &WebhookScheme,
    path: &[&str],
    was: Option<String>,
    is: Option<String>,
) -> Finding {
    let id = [&[new.name.plain()], path].concat().join(".");
    let message = match (&was, &is) {
        (Some(was), Some(is)) => format!("`{id}` is `{is}`, and not `{was}`"),
        (None, Some(is)) => format!("`{id}` is `{is}`"),
        (Some(was), None) => format!("`{id}` is gone: `{was}`"),
        (None, None) => format!("`{id}` is gone"),
    };
    say(&SCHEME_CHANGED, new, path, message)
        .located([place(old, path), place(new, path)])
        .values([was, is])
}
