//! What else is known of a call: what it does of itself, what it fires, what is said of it.

use super::call::Call;
use crate::compare::Cx;
use crate::finding::{Finding, Operational, Wire};
use crate::pairs::Pair;
use crate::rule::{Rule, rules};
use front_codegen::emit::docs::facts;
use front_codegen::ir::{Access, Endpoint, Repeat};

rules! {
    REPEAT_BECAME_NEVER = "repeat-became-never", Of("repeat-became-safe"), "Sending a call twice does harm, which it did not.";
    REPEAT_BECAME_SAFE = "repeat-became-safe", Of("repeat-became-never"), "Sending a call twice does no harm any more.";
    REDIRECTS_ADDED = "redirects-added", Of("redirects-removed"),
        "A call may answer with the address of what its subject was merged into.";
    REDIRECTS_REMOVED = "redirects-removed", Of("redirects-added"), "A call does not answer with another address any more.";
    ACCEPT_CHANGED = "accept-changed", Itself, "A call asks for another media type.";
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

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    for call in Call::all(cx) {
        let all = [repeat, redirects, accept, access, acts_on];
        findings.extend(all.iter().filter_map(|of| of(&call)));
        let all = [webhook, deprecated, since, docs];
        findings.extend(all.iter().filter_map(|of| of(&call)));
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
    let word = |of: Repeat| if of == Repeat::Safe { "safe" } else { "never" };
    let say = |rule: &'static Rule, message: String| {
        call.say(rule, message, [Some(word(old)), Some(word(new))], "repeat")
    };
    Some(if new == Repeat::Never {
        let message = format!("`{}` is not safe to repeat any more", call.name());
        let mut finding = say(&REPEAT_BECAME_NEVER, message);
        finding.axes.operational = Operational::Tighter;
        finding.axes.wire = Wire::Risk;
        finding.note(
            "wire",
            "released versions tell people that it is safe to try again, and what is tried again may be done twice",
        );
        finding
    } else {
        let message = format!("`{}` is safe to repeat", call.name());
        let mut finding = say(&REPEAT_BECAME_SAFE, message);
        finding.axes.operational = Operational::Looser;
        finding
    })
}

fn redirects(call: &Call<'_>) -> Option<Finding> {
    let (old, new) = (call.before().redirects, call.after().redirects);
    if old == new {
        return None;
    }
    let word = |of: bool| of.then_some("merged_conversation");
    let say = |rule: &'static Rule, message: String| {
        call.say(rule, message, [word(old), word(new)], "redirects")
    };
    Some(if new {
        let message = format!(
            "`{}` may answer with another address, which is followed",
            call.name()
        );
        let mut finding = say(&REDIRECTS_ADDED, message);
        finding.axes.wire = Wire::Risk;
        finding.axes.operational = Operational::Looser;
        finding.note("wire", "released versions do not follow it, and give an error");
        finding
    } else {
        let message =
            format!("`{}` does not follow to another address any more", call.name());
        let mut finding = say(&REDIRECTS_REMOVED, message);
        finding.axes.operational = Operational::Tighter;
        finding.note(
            "operational",
            "where Front answers with one all the same, it is an error",
        );
        finding
    })
}

fn accept(call: &Call<'_>) -> Option<Finding> {
    let (old, new) = (&call.before().accept, &call.after().accept);
    if old == new {
        return None;
    }
    let name = call.name();
    let message = match (old, new) {
        (None, Some(new)) => {
            format!("`{name}` asks for `{new}`, and named no media type")
        }
        (Some(old), None) => {
            format!("`{name}` names no media type, and asked for `{old}`")
        }
        (old, new) => format!(
            "`{name}` asks for `{}`, and not for `{}`",
            new.as_deref().unwrap_or_default(),
            old.as_deref().unwrap_or_default()
        ),
    };
    let values = [old.as_deref(), new.as_deref()];
    let mut finding = call.say(&ACCEPT_CHANGED, message, values, "accept");
    finding.axes.wire = Wire::Break;
    finding.note("wire", "released versions ask for what they asked for, and get nothing that they can read");
    Some(finding)
}

fn access(call: &Call<'_>) -> Option<Finding> {
    let (old, new) = (call.before().access, call.after().access);
    // Where both follow from the permission or the method, that it is another one says it.
    if old == new || !call.is_written("access") {
        return None;
    }
    let word = |of: Access| if of == Access::Read { "read" } else { "write" };
    let message = match new {
        Access::Write => format!("`{}` writes, and was said to read", call.name()),
        Access::Read => format!("`{}` reads, and was said to write", call.name()),
    };
    Some(call.say(
        &ACCESS_CHANGED,
        message,
        [Some(word(old)), Some(word(new))],
        "access",
    ))
}

fn acts_on(call: &Call<'_>) -> Option<Finding> {
    let (old, new) = (&call.before().acts_on, &call.after().acts_on);
    // Where both are the noun of their resource, that it is another one says it.
    if old == new || !call.is_written("acts_on") {
        return None;
    }
    let message = format!("`{}` acts on `{new}`, and not on `{old}`", call.name());
    Some(call.say(&ACTS_ON_CHANGED, message, [Some(old), Some(new)], "acts_on"))
}

fn webhook(call: &Call<'_>) -> Option<Finding> {
    let cx = call.cx;
    let (before, after) = (call.before().webhook, call.after().webhook);
    let is_same = match (before, after) {
        (None, None) => true,
        (Some(old), Some(new)) => cx.pairs.webhooks.contains(&Pair::Both(old, new)),
        _ => false,
    };
    if is_same {
        return None;
    }
    let old = before.map(|id| cx.base[id].wire.as_str());
    let new = after.map(|id| cx.head[id].wire.as_str());
    let name = call.name();
    let message = match (old, new) {
        (Some(old), Some(new)) => {
            format!("`{name}` fires the `{new}` webhook, and not the `{old}` webhook")
        }
        (old, None) => {
            let old = old.unwrap_or_default();
            format!("`{name}` does not fire the `{old}` webhook any more")
        }
        (None, Some(new)) => format!("`{name}` fires the `{new}` webhook"),
    };
    let mut finding =
        call.say(&OPERATION_WEBHOOK_CHANGED, message, [old, new], "webhook");
    if let Some(old) = old {
        finding.axes.wire = Wire::Risk;
        finding
            .note("wire", format!("who waits for `{old}` after the call waits in vain"));
    }
    Some(finding)
}

fn deprecated(call: &Call<'_>) -> Option<Finding> {
    let why = |api, of: &Endpoint| {
        of.deprecated.as_ref().map(|of| facts::deprecation(api, of))
    };
    let old = why(call.cx.base, call.before());
    let new = why(call.cx.head, call.after());
    let (old, new) = (old.as_deref(), new.as_deref());
    let (rule, message): (&'static Rule, String) = match (old, new) {
        (old, new) if old == new => return None,
        (None, Some(new)) => {
            (&OPERATION_DEPRECATED, format!("`{}` is deprecated: {new}", call.name()))
        }
        (Some(_), None) => (
            &OPERATION_UNDEPRECATED,
            format!("`{}` is not deprecated any more", call.name()),
        ),
        _ => (
            &OPERATION_DEPRECATION_CHANGED,
            format!(
                "`{}` is deprecated as before: {}",
                call.name(),
                new.unwrap_or_default()
            ),
        ),
    };
    let mut finding = call.say(rule, message, [old, new], "deprecated");
    finding.explains = call.methods();
    Some(finding)
}

fn since(call: &Call<'_>) -> Option<Finding> {
    let (old, new) = (&call.before().since, &call.after().since);
    (old != new).then(|| {
        let message =
            format!("`{}` is there since `{new}`, and not since `{old}`", call.name());
        call.say(&SINCE_CHANGED, message, [Some(old), Some(new)], "since")
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
        call.say(&OPERATION_DOCS_CHANGED, message, [Some(&old), Some(&new)], "about")
    })
}
