//! What of an input changed that is on both sides.

use super::arguments;
use super::bounds;
use super::call::Call;
use super::given::{Given, Set};
use crate::compare::build::deprecation_or_reason;
use crate::compare::data::demands::as_written;
use crate::compare::findings::Findings;
use crate::compare::fits::{Way, change, same};
use crate::finding::{Finding, Wire};
use crate::rule::{Rule, rules};
use front_codegen::ir::{Api, Fixed, Place};

rules! {
    INPUT_BECAME_REQUIRED = "input-became-required", Of("input-became-optional"), "Front requires an input that could be left out.";
    INPUT_BECAME_OPTIONAL = "input-became-optional", Of("input-became-required"), "An input may be left out that Front required.",
        Wire(Additive) "";
    INPUT_KEY_CHANGED = "input-key-changed", Itself, "An input is sent under another key.",
        Wire(Break) "released versions send it under the key that it had";
    INPUT_NAME_CHANGED = "input-name-changed", Itself, "An input has another name in the crate.";
    INPUT_TYPE_CHANGED = "input-type-changed", Itself, "An input is of another type.";
    INPUT_NULLABLE_ADDED = "input-nullable-added", Of("input-nullable-removed"), "Null may be sent for an input.",
        Wire(Additive) "";
    INPUT_NULLABLE_REMOVED = "input-nullable-removed", Of("input-nullable-added"), "Null may not be sent for an input any more.",
        Wire(Break) "Front refuses the null that released versions can send";
    INPUT_BECAME_FIXED = "input-became-fixed", Of("input-became-free"), "An input is a constant now.",
        Wire(Risk) "released versions send what they are told, and may leave it out";
    INPUT_BECAME_FREE = "input-became-free", Of("input-became-fixed"), "A constant is an input now.", Wire(Additive) "";
    INPUT_FIXED_CHANGED = "input-fixed-changed", Itself, "A call always sends another constant.";
    INPUT_DEPRECATED = "input-deprecated", Of("input-undeprecated"), "An input should not be set any more.";
    INPUT_UNDEPRECATED = "input-undeprecated", Of("input-deprecated"), "An input may be set again.";
    INPUT_DEPRECATION_CHANGED = "input-deprecation-changed", Itself, "Why an input should not be set is said otherwise.";
    INPUT_DOCS_CHANGED = "input-docs-changed", Itself, "What is said of the inputs of a query or of a body.";
}

/// An input at base and at head.
pub(crate) type Paired<'a, 's> = [&'s Given<'a>; 2];

/// What differs in the inputs of a set that are on both sides.
pub(crate) fn compare(
    set: &Set<'_>,
    paired: &[Paired<'_, '_>],
    findings: &mut Findings,
) {
    for &pair in paired {
        let [old, new] = pair;
        findings.extend(called(set, pair));
        if old.field.fixed.is_some() || new.field.fixed.is_some() {
            findings.extend(fixed(set, pair));
            continue;
        }
        let required = required(set, pair);
        if required.is_none() {
            arguments::moved(set, pair, findings);
        }
        findings.extend(required);
        findings.extend(ty(set, pair));
        findings.extend(nullable(set, pair));
        bounds::compare(set, pair, findings);
        findings.extend(deprecated(set, pair));
    }
    findings.extend(docs(set, paired));
}

/// Without the words of a query's or a body's own: `list of TagId`.
pub(crate) fn phrase(api: &Api, given: &Given<'_>) -> String {
    let field = given.field;
    let mark = if field.required { "required " } else { "" };
    let null = if field.nullable { "nullable " } else { "" };
    format!("{mark}{null}{}", api.phrase(&field.ty))
}

/// A constant as it is written, in backticks where it is a value.
pub(crate) fn constant(value: &Fixed) -> String {
    match value {
        Fixed::Null => "null".to_owned(),
        value => format!("`{}`", as_written(value)),
    }
}

/// Key and name. A choice's key is not sent.
fn called(set: &Set<'_>, [old, new]: Paired<'_, '_>) -> Option<Finding> {
    let owner = set.owner();
    let both = [Some(old), Some(new)];
    let chosen = old.place == Place::Choice && new.place == Place::Choice;
    let (before, after) = (old.name(), new.name());
    let is_input = old.field.fixed.is_none() && new.field.fixed.is_none();
    let wires = [old.wire(), new.wire()];
    let finding = if old.wire() != new.wire() && !chosen {
        let message =
            format!("{owner} sends {} in place of {}", new.shown(), old.shown());
        let finding = set.say(&INPUT_KEY_CHANGED, message, both, None);
        match (before, after) {
            (Some(before), Some(after)) if before != after => {
                finding.called([before.plain(), after.plain()], wires)
            }
            _ => finding.values(wires),
        }
    } else if let (Some(before), Some(after)) = (before, after)
        && before != after
        && is_input
    {
        let (was, is) = (before.plain(), after.plain());
        let message =
            format!("{owner} takes `{}` as `{is}`, and not as `{was}`", new.wire());
        set.say(&INPUT_NAME_CHANGED, message, both, Some("name")).values([was, is])
    } else {
        return None;
    };
    // A setter of one name under another key is the same Rust.
    let is_touched = before != after;
    Some(
        finding
            .accounts_for(is_touched.then(|| set.touched(both)).into_iter().flatten()),
    )
}

fn fixed(set: &Set<'_>, [old, new]: Paired<'_, '_>) -> Option<Finding> {
    let both = [Some(old), Some(new)];
    let (owner, shown) = (set.owner(), new.shown());
    let say = |rule: &'static Rule, message, values: [String; 2]| {
        set.say(rule, message, both, Some("fixed")).values(values)
    };
    let finding = match (&old.field.fixed, &new.field.fixed) {
        (Some(was), Some(is)) if was != is => {
            let (was, is) = (constant(was), constant(is));
            let message = format!("{owner} always sends {is} as {shown}, and not {was}");
            let why = format!("released versions send {was}");
            say(&INPUT_FIXED_CHANGED, message, [was, is]).on_wire(Wire::Break, why)
        }
        (None, Some(is)) => {
            let is = constant(is);
            let message =
                format!("{owner} always sends {is} as {shown}, which was free");
            say(&INPUT_BECAME_FIXED, message, [phrase(set.cx.base, old), is])
        }
        (Some(was), None) => {
            let was = constant(was);
            let message = format!("{owner} takes {shown}, which was always {was}");
            say(&INPUT_BECAME_FREE, message, [was, phrase(set.cx.head, new)])
        }
        _ => return None,
    };
    Some(finding.accounts_for(set.touched(both)))
}

fn required(set: &Set<'_>, [old, new]: Paired<'_, '_>) -> Option<Finding> {
    if old.field.required == new.field.required {
        return None;
    }
    let both = [Some(old), Some(new)];
    let (owner, shown) = (set.owner(), new.shown());
    let say = |rule, message| set.say(rule, message, both, Some("type"));
    let was_argument = |call: &Call<'_>| old.is_argument(set.cx.base, call.before());
    let is_argument = |call: &Call<'_>| new.is_argument(set.cx.head, call.after());
    let finding = if new.field.required {
        let message = format!("{owner} needs {shown}, which could be left out");
        let (wire, why) = match set.calls.iter().all(was_argument) {
            true => (
                Wire::Risk,
                "it was an argument, so the methods of released versions always send it; raw requests may leave it out",
            ),
            false => (
                Wire::Break,
                "released versions may leave it out, and Front refuses them then",
            ),
        };
        say(&INPUT_BECAME_REQUIRED, message).on_wire(wire, why)
    } else {
        let message = format!("{owner} does not need {shown} any more");
        let gone = set.calls.iter().any(|call| was_argument(call) && !is_argument(call));
        let why = "an argument becomes a setter; named under `arguments` still, it would stay one";
        say(&INPUT_BECAME_OPTIONAL, message).tells("rust", if gone { why } else { "" })
    };
    Some(finding.values(phrases(set, old, new)).accounts_for(set.touched(both)))
}

fn ty(set: &Set<'_>, [old, new]: Paired<'_, '_>) -> Option<Finding> {
    let cx = set.cx;
    let (before, after) = (&old.field.ty, &new.field.ty);
    if same(cx, before, after) {
        return None;
    }
    let both = [Some(old), Some(new)];
    let (was, is) = (cx.base.phrase(before), cx.head.phrase(after));
    let message =
        format!("{} takes {} as `{is}`, and not as `{was}`", set.owner(), new.shown());
    let way = if new.place.is_body() { Way::Body } else { Way::Text };
    let wire = match (old.place, new.place) {
        // The fields of a choice stand beside the others, and not under a key.
        (Place::Choice, Place::Body) | (Place::Body, Place::Choice) => Wire::Break,
        _ => change(cx, before, after, way),
    };
    let why = match wire {
        Wire::Break => "what released versions send is not what Front takes",
        Wire::Risk => {
            "Front may refuse what released versions send, or take it otherwise"
        }
        Wire::None | Wire::Additive => "on the wire both are texts",
    };
    Some(
        set.say(&INPUT_TYPE_CHANGED, message, both, Some("type"))
            .values([was, is])
            .on_wire(wire, why)
            .accounts_for(set.touched(both)),
    )
}

fn nullable(set: &Set<'_>, [old, new]: Paired<'_, '_>) -> Option<Finding> {
    let both = [Some(old), Some(new)];
    let (owner, shown) = (set.owner(), new.shown());
    let (rule, message) = match (old.field.nullable, new.field.nullable) {
        (false, true) => (
            &INPUT_NULLABLE_ADDED,
            format!("{owner} takes null for {shown}, which clears it"),
        ),
        (true, false) => (
            &INPUT_NULLABLE_REMOVED,
            format!("{owner} does not take null for {shown} any more"),
        ),
        _ => return None,
    };
    Some(
        set.say(rule, message, both, Some("type"))
            .values(phrases(set, old, new))
            .accounts_for(set.clearers(both)),
    )
}

fn phrases(set: &Set<'_>, old: &Given<'_>, new: &Given<'_>) -> [String; 2] {
    [phrase(set.cx.base, old), phrase(set.cx.head, new)]
}

fn deprecated(set: &Set<'_>, [old, new]: Paired<'_, '_>) -> Option<Finding> {
    let both = [Some(old), Some(new)];
    let [before, after] = [old, new].map(|of| of.field.deprecated.as_deref());
    let rules = [&INPUT_DEPRECATED, &INPUT_UNDEPRECATED, &INPUT_DEPRECATION_CHANGED];
    let (rule, says) = deprecation_or_reason(rules, [before, after])?;
    let message = format!("{} of {} is {says}", new.shown(), set.owner());
    Some(
        set.say(rule, message, both, Some("deprecated"))
            .values([before, after])
            .accounts_for(set.setters(both)),
    )
}

/// What is said of the inputs of a set, together.
fn docs(set: &Set<'_>, paired: &[Paired<'_, '_>]) -> Option<Finding> {
    let mut changed = Vec::new();
    let (mut was, mut is) = (Vec::new(), Vec::new());
    for [old, new] in paired {
        let [before, after] = [old, new].map(|of| text(of));
        // What is constant has no setter on which it could be said.
        if before != after && new.field.fixed.is_none() {
            changed.push(new.shown());
            was.push(before);
            is.push(after);
        }
    }
    if changed.is_empty() {
        return None;
    }
    let message =
        format!("what is said of {} of {} changed", changed.join(", "), set.owner());
    let finding = set
        .say(&INPUT_DOCS_CHANGED, message, [None; 2], None)
        .values([was.join("\n\n"), is.join("\n\n")]);
    let [old, new] = paired.iter().find(|[_, new]| changed[0] == new.shown())?;
    Some(finding.located([old.at.clone(), new.at.clone()]))
}

/// What is said of an input in its own words. Those for its key are told where they stand; limits and defaults, apart.
fn text(given: &Given<'_>) -> String {
    let field = given.field;
    if field.word.is_some() { String::new() } else { field.about.join("\n\n") }
}
