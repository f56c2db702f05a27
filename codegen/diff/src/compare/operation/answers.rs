//! What a call answers.

use super::call::Call;
use super::kinds::{Way, change};
use crate::compare::Cx;
use crate::compare::fits::same;
use crate::finding::{Explains, Finding, Operational, Wire};
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Answer, Api};

rules! {
    ANSWER_ADDED = "answer-added", Of("answer-removed"), "A call that answered nothing answers something.";
    ANSWER_REMOVED = "answer-removed", Of("answer-added"), "A call answers nothing any more.";
    ANSWER_TYPE_CHANGED = "answer-type-changed", Itself, "A call answers a value of another type.";
    ANSWER_FORMAT_CHANGED = "answer-format-changed", Itself, "A call answers bytes instead of a value, or the other way round.";
    ANSWER_STATUS_CHANGED = "answer-status-changed", Itself, "A call answers with another status of success.";
    PAGINATION_ADDED = "pagination-added", Of("pagination-removed"), "A call that answered one value answers a list.";
    PAGINATION_REMOVED = "pagination-removed", Of("pagination-added"), "A call that answered a list answers one value.";
    LIST_ITEM_CHANGED = "list-item-changed", Itself, "The items of a list are of another type.";
    PAGE_SIZE_ADDED = "page-size-added", Of("page-size-removed"), "The size of a list's pages can be chosen.";
    PAGE_SIZE_REMOVED = "page-size-removed", Of("page-size-added"), "The size of a list's pages cannot be chosen any more.";
    PAGE_SIZE_RAISED = "page-size-raised", Of("page-size-lowered"), "A list's pages may be larger.";
    PAGE_SIZE_LOWERED = "page-size-lowered", Of("page-size-raised"), "A list's pages must be smaller.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    for call in Call::all(cx) {
        let answer = answer(&call);
        if answer.is_none() {
            findings.extend(status(&call));
            findings.extend(page_size(&call));
        }
        findings.extend(answer);
        findings.extend(item_and_size(&call));
    }
}

/// `a list of Tag`
fn told(api: &Api, answer: &Answer) -> String {
    match answer {
        Answer::Nothing => "nothing".to_owned(),
        Answer::One(ty) => format!("`{}`", api.phrase(ty)),
        Answer::Page { item, .. } => format!("pages of `{}`", api.phrase(item)),
        Answer::File => "a file".to_owned(),
    }
}

fn answer(call: &Call<'_>) -> Option<Finding> {
    let cx = call.cx;
    let (before, after) = (&call.before().answer, &call.after().answer);
    let (rule, wire, note): (&'static Rule, _, _) = match (before, after) {
        (Answer::Nothing, Answer::Nothing) | (Answer::File, Answer::File) => {
            return None;
        }
        (Answer::Nothing, _) => (
            &ANSWER_ADDED,
            Wire::Additive,
            "released versions do not read what is answered",
        ),
        (_, Answer::Nothing) => (
            &ANSWER_REMOVED,
            Wire::Break,
            "released versions cannot read an answer that is not there, although Front carried the call out",
        ),
        (Answer::File, _) | (_, Answer::File) => (
            &ANSWER_FORMAT_CHANGED,
            Wire::Break,
            "released versions cannot read the answer",
        ),
        (Answer::One(_), Answer::Page { .. }) => {
            (&PAGINATION_ADDED, Wire::Break, "released versions cannot read a page")
        }
        (Answer::Page { .. }, Answer::One(_)) => (
            &PAGINATION_REMOVED,
            Wire::Break,
            "released versions look for a page, and read what is none",
        ),
        (Answer::One(old), Answer::One(new))
        | (Answer::Page { item: old, .. }, Answer::Page { item: new, .. }) => {
            if same(cx, old, new) {
                return None;
            }
            let wire = change(cx, old, new, Way::Answer);
            let rule = match before {
                Answer::One(_) => &ANSWER_TYPE_CHANGED,
                _ => &LIST_ITEM_CHANGED,
            };
            let note = match wire {
                Wire::Break => "released versions cannot read the answer",
                Wire::Risk => {
                    "released versions read the answer as what it was, and miss or fail at what differs"
                }
                Wire::None | Wire::Additive => "on the wire both are texts",
            };
            (rule, wire, note)
        }
    };
    let (was, is) = (told(cx.base, before), told(cx.head, after));
    let message = format!("`{}` answers {is}, and not {was}", call.name());
    let key = if matches!(after, Answer::Page { .. }) { "list" } else { "returns" };
    let mut finding = call.say(rule, message, [Some(&was), Some(&is)], key);
    finding.axes.wire = wire;
    finding.note("wire", note);
    finding.explains = call.requests();
    if matches!(before, Answer::Page { .. }) != matches!(after, Answer::Page { .. }) {
        finding.explains.extend(call.both(keys::limit));
    }
    Some(finding)
}

/// Where the item changed too, the size is a change of its own.
fn item_and_size(call: &Call<'_>) -> Option<Finding> {
    match (&call.before().answer, &call.after().answer) {
        (Answer::Page { item: old, .. }, Answer::Page { item: new, .. })
            if !same(call.cx, old, new) =>
        {
            page_size(call)
        }
        _ => None,
    }
}

fn status(call: &Call<'_>) -> Option<Finding> {
    let (old, new) = (call.before().status, call.after().status);
    if old == new {
        return None;
    }
    let message = format!("`{}` answers {new}, and not {old}", call.name());
    let (old, new) = (old.to_string(), new.to_string());
    let values = [Some(old.as_str()), Some(new.as_str())];
    Some(call.say(&ANSWER_STATUS_CHANGED, message, values, "returns"))
}

fn page_size(call: &Call<'_>) -> Option<Finding> {
    let (Answer::Page { max: old, .. }, Answer::Page { max: new, .. }) =
        (&call.before().answer, &call.after().answer)
    else {
        return None;
    };
    // What the whole API has is said of the whole API.
    let theirs = old.is_some() && new.is_some() && !call.is_written("max_page");
    if old == new || theirs {
        return None;
    }
    let name = call.name();
    let (rule, key, message): (&'static Rule, _, _) = match (old, new) {
        (None, Some(new)) => (
            &PAGE_SIZE_ADDED,
            "paged",
            format!("the size of the pages of `{name}` can be chosen, {new} at most"),
        ),
        (Some(_), None) => (
            &PAGE_SIZE_REMOVED,
            "paged",
            format!("the size of the pages of `{name}` cannot be chosen any more"),
        ),
        (Some(old), Some(new)) if new > old => (
            &PAGE_SIZE_RAISED,
            "max_page",
            format!("pages of `{name}` hold {new} items at most, and not {old}"),
        ),
        (old, new) => (
            &PAGE_SIZE_LOWERED,
            "max_page",
            format!(
                "pages of `{name}` hold {} items at most, and not {}",
                new.unwrap_or_default(),
                old.unwrap_or_default()
            ),
        ),
    };
    let (was, is) = (old.map(|of| of.to_string()), new.map(|of| of.to_string()));
    let mut finding = call.say(rule, message, [was.as_deref(), is.as_deref()], key);
    match (old, new) {
        (None, _) => {
            finding.axes.wire = Wire::Additive;
            finding.axes.operational = Operational::Looser;
        }
        (Some(_), None) => {
            finding.axes.wire = Wire::Risk;
            finding.axes.operational = Operational::Tighter;
            finding.note("wire", "streams of released versions ask for a size, which Front may ignore or refuse");
        }
        (Some(old), Some(new)) if new > old => {
            finding.axes.operational = Operational::Looser;
            finding.note(
                "operational",
                "streams ask for larger pages, so for fewer of them",
            );
        }
        (Some(old), Some(_)) => {
            finding.axes.wire = Wire::Risk;
            finding.axes.operational = Operational::Tighter;
            let note = format!(
                "streams of released versions ask for {old}, which Front may cut or refuse"
            );
            finding.note("wire", note);
        }
    }
    if old.is_none() || new.is_none() {
        let keys: Vec<Explains> = call.both(keys::limit);
        finding.explains = keys;
    }
    Some(finding)
}
