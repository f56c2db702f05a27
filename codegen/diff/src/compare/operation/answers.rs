//! What a call answers.

use super::call::Call;
use crate::compare::Cx;
use crate::compare::findings::Findings;
use crate::compare::fits::{Way, change, same};
use crate::finding::{Finding, Wire};
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Answer, Api};

rules! {
    ANSWER_ADDED = "answer-added", Of("answer-removed"), "A call that answered nothing answers something.",
        Wire(Additive) "released versions do not read what is answered";
    ANSWER_REMOVED = "answer-removed", Of("answer-added"), "A call answers nothing any more.",
        Wire(Break) "released versions cannot read an answer that is not there, although Front carried the call out";
    ANSWER_TYPE_CHANGED = "answer-type-changed", Itself, "A call answers a value of another type.";
    ANSWER_FORMAT_CHANGED = "answer-format-changed", Itself, "A call answers bytes instead of a value, or the other way round.",
        Wire(Break) "released versions cannot read the answer";
    ANSWER_STATUS_CHANGED = "answer-status-changed", Itself, "A call answers with another status of success.";
    PAGINATION_ADDED = "pagination-added", Of("pagination-removed"), "A call that answered one value answers a list.",
        Wire(Break) "released versions cannot read a page";
    PAGINATION_REMOVED = "pagination-removed", Of("pagination-added"), "A call that answered a list answers one value.",
        Wire(Break) "released versions look for a page, and read what is none";
    LIST_ITEM_CHANGED = "list-item-changed", Itself, "The items of a list are of another type.";
    PAGE_SIZE_ADDED = "page-size-added", Of("page-size-removed"), "The size of a list's pages can be chosen.",
        Wire(Additive) "", Operational(Looser) "";
    PAGE_SIZE_REMOVED = "page-size-removed", Of("page-size-added"), "The size of a list's pages cannot be chosen any more.",
        Wire(Risk) "streams of released versions ask for a size, which Front may ignore or refuse", Operational(Tighter) "";
    PAGE_SIZE_RAISED = "page-size-raised", Of("page-size-lowered"), "A list's pages may be larger.",
        Operational(Looser) "streams ask for larger pages, so for fewer of them";
    PAGE_SIZE_LOWERED = "page-size-lowered", Of("page-size-raised"), "A list's pages must be smaller.",
        Operational(Tighter) "";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
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
    let (mut wire, mut why) = (Wire::None, "");
    let rule: &'static Rule = match (before, after) {
        (Answer::Nothing, Answer::Nothing) | (Answer::File, Answer::File) => {
            return None;
        }
        (Answer::Nothing, _) => &ANSWER_ADDED,
        (_, Answer::Nothing) => &ANSWER_REMOVED,
        (Answer::File, _) | (_, Answer::File) => &ANSWER_FORMAT_CHANGED,
        (Answer::One(_), Answer::Page { .. }) => &PAGINATION_ADDED,
        (Answer::Page { .. }, Answer::One(_)) => &PAGINATION_REMOVED,
        (Answer::One(old), Answer::One(new))
        | (Answer::Page { item: old, .. }, Answer::Page { item: new, .. }) => {
            if same(cx, old, new) {
                return None;
            }
            wire = change(cx, old, new, Way::Answer);
            why = match wire {
                Wire::Break => "released versions cannot read the answer",
                Wire::Risk => {
                    "released versions read the answer as what it was, and miss or fail at what differs"
                }
                Wire::None | Wire::Additive => "on the wire both are texts",
            };
            let is_one = matches!(before, Answer::One(_));
            if is_one { &ANSWER_TYPE_CHANGED } else { &LIST_ITEM_CHANGED }
        }
    };
    let (was, is) = (told(cx.base, before), told(cx.head, after));
    let message = format!("`{}` answers {is}, and not {was}", call.name());
    let key = if matches!(after, Answer::Page { .. }) { "list" } else { "returns" };
    let mut finding = call
        .say(rule, message, [was, is], key)
        .on_wire(wire, why)
        .accounts_for(call.requests());
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
    (old != new).then(|| {
        let message = format!("`{}` answers {new}, and not {old}", call.name());
        call.say(&ANSWER_STATUS_CHANGED, message, [old, new], "returns")
    })
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
    let pages = format!("pages of `{}`", call.name());
    let say = |rule, message, key| call.say(rule, message, [*old, *new], key);
    let lines = || call.both(keys::limit);
    Some(match (old, new) {
        (Some(old), Some(new)) => {
            let message = format!("{pages} hold {new} items at most, and not {old}");
            if new > old {
                return Some(say(&PAGE_SIZE_RAISED, message, "max_page"));
            }
            let why = format!(
                "streams of released versions ask for {old}, which Front may cut or refuse"
            );
            say(&PAGE_SIZE_LOWERED, message, "max_page").on_wire(Wire::Risk, why)
        }
        (None, new) => {
            let new = new.unwrap_or_default();
            let message =
                format!("the size of the {pages} can be chosen, {new} at most");
            say(&PAGE_SIZE_ADDED, message, "paged").accounts_for(lines())
        }
        (Some(_), None) => {
            let message = format!("the size of the {pages} cannot be chosen any more");
            say(&PAGE_SIZE_REMOVED, message, "paged").accounts_for(lines())
        }
    })
}
