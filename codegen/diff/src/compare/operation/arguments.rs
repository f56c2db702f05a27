//! The arguments of a call: which inputs, in which order, and whether they are one value.

use super::call::Call;
use super::facts::Paired;
use super::given::{Set, positional, touched};
use crate::compare::Cx;
use crate::compare::build::{all, listed, type_at};
use crate::compare::findings::Findings;
use crate::finding::{Explains, Finding};
use crate::pairs::Pair;
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Api, Endpoint, Field, Kind, Place as Where, TypeId};

rules! {
    INPUT_BECAME_ARGUMENT = "input-became-argument", Of("input-became-setter"), "An input that may be left out became an argument.";
    INPUT_BECAME_SETTER = "input-became-setter", Of("input-became-argument"), "An argument that may be left out became a setter.";
    ARGUMENT_ORDER_CHANGED = "argument-order-changed", Itself, "Arguments of a call have changed places.";
    ARGUMENTS_JOINED = "arguments-joined", Of("arguments-split"), "A call takes its body as one value, and not as arguments.",
        Rust "more than four arguments become one value, which has the setters that the request had";
    ARGUMENTS_SPLIT = "arguments-split", Of("arguments-joined"), "A call takes its body as arguments, and not as one value.",
        Rust "up to four arguments stand for themselves, and the request has the setters that the value had";
    AT_LEAST_ONE_TIGHTENED = "at-least-one-tightened", Of("at-least-one-loosened"),
        "A call needs one of some inputs, or one of fewer.",
        Wire(Break) "Front refuses what released versions can send without them";
    AT_LEAST_ONE_LOOSENED = "at-least-one-loosened", Of("at-least-one-tightened"),
        "A call needs none of some inputs any more, or one of more.",
        Wire(Additive) "released versions still refuse to send it";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    for call in Call::all(cx) {
        findings.extend(joined(&call));
        findings.extend(order(&call));
    }
}

/// An input that is as much required as it was, between the parentheses on one side alone.
pub(crate) fn moved(set: &Set<'_>, [old, new]: Paired<'_, '_>, findings: &mut Findings) {
    for call in &set.calls {
        let was = old.is_argument(call.cx.base, call.before());
        let is = new.is_argument(call.cx.head, call.after());
        if was == is {
            continue;
        }
        let (rule, takes): (&'static Rule, _) = match is {
            true => (&INPUT_BECAME_ARGUMENT, "as an argument"),
            false => (&INPUT_BECAME_SETTER, "by a setter, and not as an argument"),
        };
        let word = |is: bool| if is { "argument" } else { "setter" };
        let message = format!("`{}` takes {} {takes}", call.name(), new.shown());
        let mut finding = call.say(rule, message, [word(was), word(is)], "arguments");
        finding.subject.kind = "input";
        finding.subject.id = format!("{} {}", call.name(), new.wire());
        touched(call.cx.base, call.old, old, &mut finding.explains);
        touched(call.cx.head, call.new, new, &mut finding.explains);
        findings.push(finding);
    }
}

/// The same arguments in another order. What was added, removed or renamed has a place of its own.
fn order<'a>(call: &Call<'a>) -> Option<Finding> {
    type Argument<'a> = (Where, &'a Field);
    let (base, head) = (call.cx.base, call.cx.head);
    let (before, after) = (call.before(), call.after());
    let is = |one: &Argument<'_>, other: &Argument<'_>| {
        one.1.wire == other.1.wire
            && (one.0 == Where::Query) == (other.0 == Where::Query)
    };
    // Of one value on both sides, it is said of its `new`.
    let of_type = match (before.input, after.input) {
        (Some(old), Some(new)) => call.cx.pairs.types.contains(&Pair::Both(old, new)),
        _ => false,
    };
    let here = |(place, _): &Argument<'_>| !of_type || *place == Where::Query;
    let old: Vec<Argument<'a>> = positional(base, before).filter(here).collect();
    let new: Vec<Argument<'a>> = positional(head, after).filter(here).collect();
    let common = |of: &[Argument<'a>], other: &[Argument<'a>]| -> Vec<Argument<'a>> {
        let known = |one: &&Argument<'a>| other.iter().any(|other| is(one, other));
        of.iter().filter(known).copied().collect()
    };
    let (was, now) = (common(&old, &new), common(&new, &old));
    let moved = || now.iter().zip(&was).filter(|(one, other)| !is(one, other));
    moved().next()?;
    let list = |of: &[Argument<'_>]| listed(of.iter().map(|(_, field)| &field.wire));
    let (old, new) = (list(&was), list(&now));
    let message = format!("`{}` takes {new} in this order, and not {old}", call.name());
    let phrases: Vec<String> =
        moved().map(|((_, field), _)| head.phrase(&field.ty)).collect();
    let alike = phrases.iter().enumerate().any(|(at, one)| {
        let alike = |other: &String| one == other || is_text(one) && is_text(other);
        phrases[..at].iter().any(alike)
    });
    let why = "code compiles where two are of one type, and sends one for the other";
    let mut finding = call
        .say(&ARGUMENT_ORDER_CHANGED, message, [old, new], "arguments")
        .tells("rust", if alike { why } else { "" })
        .accounts_for(call.methods());
    for (api, of) in [(base, before), (head, after)] {
        let constructor = |id: TypeId| keys::new(api, &api[id]);
        finding.explains.extend(of.input.map(constructor).map(Explains::Item));
    }
    Some(finding)
}

/// Phrases that are one type in Rust.
fn is_text(phrase: &str) -> bool {
    matches!(phrase, "string" | "text" | "secret")
}

/// A call whose body became one value, or is one no more.
fn joined(call: &Call<'_>) -> Option<Finding> {
    let (before, after) = (call.before(), call.after());
    // If the body is added or removed, only that is reported.
    before.body.and(after.body)?;
    let (base, head) = (call.cx.base, call.cx.head);
    let (rule, api, id) = match (before.input, after.input) {
        (None, Some(id)) => (&ARGUMENTS_JOINED, head, id),
        (Some(id), None) => (&ARGUMENTS_SPLIT, base, id),
        _ => return None,
    };
    let (name, of) = (call.name(), api[id].name.camel());
    let message = match after.input {
        Some(_) => format!("`{name}` takes one `{of}`, and not its parts"),
        None => format!("`{name}` takes the parts of a `{of}`, and not one"),
    };
    let list = |of: &Endpoint| {
        let names = of.arguments.iter().map(|input| input.field.wire.as_str());
        let names = names.chain(of.input.map(|_| "input"));
        names.collect::<Vec<_>>().join(", ")
    };
    Some(
        call.say(rule, message, [list(before), list(after)], "arguments")
            .accounts_for(call.methods())
            // The setters of the body are on one side alone.
            .accounts_for([
                all(keys::ty(api, &api[id])),
                all(keys::request(&base[call.old.0], before)),
                all(keys::request(&head[call.new.0], after)),
            ]),
    )
}

/// Inputs of which one must be set, once for all calls with them. Where one of them is an argument, nothing is asked of the
/// others.
pub(crate) fn at_least_one(set: &Set<'_>, paired: &[Paired<'_, '_>]) -> Option<Finding> {
    let (base, head) = set.bodies?;
    let asks = |of: &Endpoint| !of.at_least_one.is_empty();
    if !set.calls.iter().any(|call| asks(call.before()) || asks(call.after())) {
        return None;
    }
    let keys = |api: &Api, id: TypeId| match &api[id].kind {
        Kind::Struct { at_least_one, .. } => at_least_one.clone(),
        _ => Vec::new(),
    };
    let mut before = keys(set.cx.base, base);
    for wire in &mut before {
        if let Some([_, new]) = paired.iter().find(|[old, _]| old.wire() == wire) {
            new.wire().clone_into(wire);
        }
    }
    let after = keys(set.cx.head, head);
    let has_all =
        |of: &[String], other: &[String]| other.iter().all(|wire| of.contains(wire));
    if has_all(&before, &after) && has_all(&after, &before) {
        return None;
    }
    let (old, new) = (listed(&before), listed(&after));
    let tighter = !after.is_empty() && (before.is_empty() || !has_all(&after, &before));
    let (rule, needs): (&'static Rule, _) = match (tighter, after.is_empty()) {
        (true, _) => (&AT_LEAST_ONE_TIGHTENED, format!("needs at least one of {new}")),
        (false, true) => {
            (&AT_LEAST_ONE_LOOSENED, format!("does not need one of {old} any more"))
        }
        (false, false) => (
            &AT_LEAST_ONE_LOOSENED,
            format!("needs at least one of {new}, and not of fewer"),
        ),
    };
    let located = |api: &Api, id: TypeId| type_at(api, &api[id], ["at_least_one"]);
    let message = format!("{} {needs}", set.owner());
    let mut finding = Finding::new(rule, set.subject(None), message)
        .values([old, new])
        .located([located(set.cx.base, base), located(set.cx.head, head)]);
    set.reach(&mut finding);
    Some(finding)
}
