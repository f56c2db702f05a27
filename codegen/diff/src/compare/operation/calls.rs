//! What else is known of a call: what it does of itself, what it fires, what is said of it.

use super::call::Call;
use crate::compare::Cx;
use crate::compare::build::deprecation_or_reason;
use crate::compare::findings::Findings;
use crate::finding::{Finding, Wire};
use crate::pairs::is_pair;
use crate::rule::{Rule, rules};
use front_codegen::emit::docs::facts;
use front_codegen::ir::{Access, Endpoint, Repeat};

rules! {
    REPEAT_BECAME_NEVER = "repeat-became-never", Of("repeat-became-safe"), "Sending a call twice does harm, which it did not.",
        Wire(Risk) "released versions tell people that it is safe to try again, and what is tried again may be done twice",
        Operational(Tighter) "";
    REPEAT_BECAME_SAFE = "repeat-became-safe", Of("repeat-became-never"), "Sending a call twice does no harm any more.",
        Operational(Looser) "";
    REDIRECTS_ADDED = "redirects-added", Of("redirects-removed"),
        "A call may answer with the address of what its subject was merged into.",
        Wire(Risk) "released versions do not follow it, and give an error", Operational(Looser) "";
    REDIRECTS_REMOVED = "redirects-removed", Of("redirects-added"), "A call does not answer with another address any more.",
        Operational(Tighter) "if Front responds with a redirect nevertheless, the call is an error";
    ACCEPT_CHANGED = "accept-changed", Itself, "A call asks for another media type.",
        Wire(Break) "released versions ask for what they asked for, and get nothing that they can read";
    ACCESS_CHANGED = "access-changed", Itself, "A call that read writes, or the other way round.";
    ACTS_ON_CHANGED = "acts-on-changed", Itself, "A call acts on something else.";
    OPERATION_WEBHOOK_CHANGED = "operation-webhook-changed", Itself, "A call fires another event.";
    OPERATION_DEPRECATED = "operation-deprecated", Of("operation-undeprecated"), "A call should not be used any more.";
    OPERATION_UNDEPRECATED = "operation-undeprecated", Of("operation-deprecated"), "A call may be used again.";
    OPERATION_DEPRECATION_CHANGED = "operation-deprecation-changed", Itself,
        "Why a call should not be used, or what to use instead, is said otherwise.";
    SINCE_CHANGED = "since-changed", Itself, "A call appeared on another day.";
    OPERATION_DOCS_CHANGED = "operation-docs-changed", Itself, "What is said of a call.";
}

/// The facts of a call that are compared, in the order in which they are told.
const FACTS: [fn(&Call<'_>) -> Option<Finding>; 9] =
    [repeat, redirects, accept, access, acts_on, webhook, deprecated, since, docs];

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    for call in Call::all(cx) {
        findings.extend(FACTS.iter().filter_map(|of| of(&call)));
    }
}

fn repeat(call: &Call<'_>) -> Option<Finding> {
    let (old, new) = (call.before().repeat, call.after().repeat);
    // Where both follow from the method, that it is another one says it.
    if old == new
        || call.before().method != call.after().method && !call.is_written("repeat")
    {
        return None;
    }
    let (rule, again) = match new {
        Repeat::Never => (&REPEAT_BECAME_NEVER, "is not safe to repeat any more"),
        _ => (&REPEAT_BECAME_SAFE, "is safe to repeat"),
    };
    let word = |of: Repeat| if of == Repeat::Safe { "safe" } else { "never" };
    let message = format!("`{}` {again}", call.name());
    Some(call.say(rule, message, [word(old), word(new)], "repeat"))
}

fn redirects(call: &Call<'_>) -> Option<Finding> {
    let (old, new) = (call.before().redirects, call.after().redirects);
    if old == new {
        return None;
    }
    let (rule, follows) = match new {
        true => (&REDIRECTS_ADDED, "may answer with another address, which is followed"),
        false => (&REDIRECTS_REMOVED, "does not follow to another address any more"),
    };
    let word = |of: bool| of.then_some("merged_conversation");
    let message = format!("`{}` {follows}", call.name());
    Some(call.say(rule, message, [word(old), word(new)], "redirects"))
}

fn accept(call: &Call<'_>) -> Option<Finding> {
    let (old, new) = (&call.before().accept, &call.after().accept);
    let says = match (old, new) {
        (old, new) if old == new => return None,
        (None, Some(new)) => format!("asks for `{new}`, and named no media type"),
        (Some(old), Some(new)) => format!("asks for `{new}`, and not for `{old}`"),
        (old, None) => format!(
            "names no media type, and asked for `{}`",
            old.as_deref().unwrap_or_default()
        ),
    };
    let message = format!("`{}` {says}", call.name());
    Some(call.say(&ACCEPT_CHANGED, message, [old.as_ref(), new.as_ref()], "accept"))
}

fn access(call: &Call<'_>) -> Option<Finding> {
    let (old, new) = (call.before().access, call.after().access);
    // Where both follow from the permission or the method, that it is another one says it.
    if old == new || !call.is_written("access") {
        return None;
    }
    let word = |of: Access| if of == Access::Read { "read" } else { "write" };
    let (was, is) = (word(old), word(new));
    let message = format!("`{}` {is}s, and was said to {was}", call.name());
    Some(call.say(&ACCESS_CHANGED, message, [was, is], "access"))
}

fn acts_on(call: &Call<'_>) -> Option<Finding> {
    let (old, new) = (&call.before().acts_on, &call.after().acts_on);
    // Where both are the noun of their resource, that it is another one says it.
    if old == new || !call.is_written("acts_on") {
        return None;
    }
    let message = format!("`{}` acts on `{new}`, and not on `{old}`", call.name());
    Some(call.say(&ACTS_ON_CHANGED, message, [old, new], "acts_on"))
}

fn webhook(call: &Call<'_>) -> Option<Finding> {
    let cx = call.cx;
    let (before, after) = (call.before().webhook, call.after().webhook);
    if is_pair(&cx.pairs.webhooks, before, after) {
        return None;
    }
    let old = before.map(|id| cx.base[id].wire.as_str());
    let new = after.map(|id| cx.head[id].wire.as_str());
    let fires = match (old, new) {
        (Some(old), Some(new)) => {
            format!("fires the `{new}` webhook, and not the `{old}` webhook")
        }
        (None, Some(new)) => format!("fires the `{new}` webhook"),
        (old, None) => {
            format!("does not fire the `{}` webhook any more", old.unwrap_or_default())
        }
    };
    let message = format!("`{}` {fires}", call.name());
    let finding = call.say(&OPERATION_WEBHOOK_CHANGED, message, [old, new], "webhook");
    let Some(old) = old else { return Some(finding) };
    let why = format!("who waits for `{old}` after the call waits in vain");
    Some(finding.on_wire(Wire::Risk, why))
}

fn deprecated(call: &Call<'_>) -> Option<Finding> {
    let why = |api, of: &Endpoint| {
        of.deprecated.as_ref().map(|of| facts::deprecation(api, of))
    };
    let old = why(call.cx.base, call.before());
    let new = why(call.cx.head, call.after());
    let rules =
        [&OPERATION_DEPRECATED, &OPERATION_UNDEPRECATED, &OPERATION_DEPRECATION_CHANGED];
    let (rule, says) = deprecation_or_reason(rules, [old.as_deref(), new.as_deref()])?;
    let message = format!("`{}` is {says}", call.name());
    let finding = call.say(rule, message, [old, new], "deprecated");
    Some(finding.accounts_for(call.methods()))
}

fn since(call: &Call<'_>) -> Option<Finding> {
    let (old, new) = (&call.before().since, &call.after().since);
    (old != new).then(|| {
        let message =
            format!("`{}` is there since `{new}`, and not since `{old}`", call.name());
        call.say(&SINCE_CHANGED, message, [old, new], "since")
    })
}

fn docs(call: &Call<'_>) -> Option<Finding> {
    // What is said of a placeholder that is new or gone goes with it.
    let text = |of: &Endpoint, other: &Endpoint| {
        let params = of.path_params.iter();
        let params = params
            .filter(|param| other.path_params.iter().any(|at| at.wire == param.wire))
            .map(|param| facts::paragraphs(param.facts()).join(" "))
            .filter(|about| !about.is_empty());
        let words = of.search_words.join(", ");
        let words = (!words.is_empty()).then(|| format!("Search words: {words}."));
        let all = of.about.iter().cloned().chain(params).chain(words);
        all.collect::<Vec<_>>().join("\n\n")
    };
    let (old, new) =
        (text(call.before(), call.after()), text(call.after(), call.before()));
    (old != new).then(|| {
        let message = format!("what is said of `{}` changed", call.name());
        call.say(&OPERATION_DOCS_CHANGED, message, [old, new], "about")
    })
}
