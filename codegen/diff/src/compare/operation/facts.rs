//! What of an input changed that is on both sides.

use super::arguments;
use super::bounds;
use super::given::{Given, Set};
use super::kinds::{Way, change};
use crate::compare::data::demands::as_written;
use crate::compare::fits::same;
use crate::finding::{Finding, Wire};
use crate::rule::{Rule, rules};
use front_codegen::ir::{Api, Fixed, Place};

rules! {
    INPUT_BECAME_REQUIRED = "input-became-required", Of("input-became-optional"), "Front requires an input that could be left out.";
    INPUT_BECAME_OPTIONAL = "input-became-optional", Of("input-became-required"), "An input may be left out that Front required.";
    INPUT_KEY_CHANGED = "input-key-changed", Itself, "An input is sent under another key.";
    INPUT_NAME_CHANGED = "input-name-changed", Itself, "An input has another name in the crate.";
    INPUT_TYPE_CHANGED = "input-type-changed", Itself, "An input is of another type.";
    INPUT_NULLABLE_ADDED = "input-nullable-added", Of("input-nullable-removed"), "Null may be sent for an input.";
    INPUT_NULLABLE_REMOVED = "input-nullable-removed", Of("input-nullable-added"), "Null may not be sent for an input any more.";
    INPUT_BECAME_FIXED = "input-became-fixed", Of("input-became-free"), "An input is a constant now.";
    INPUT_BECAME_FREE = "input-became-free", Of("input-became-fixed"), "A constant is an input now.";
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
    findings: &mut Vec<Finding>,
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

/// The finding with what changed in words of the spec.
fn said(
    mut finding: Finding,
    old: impl Into<String>,
    new: impl Into<String>,
) -> Finding {
    finding.old = Some(old.into());
    finding.new = Some(new.into());
    finding
}

/// Key and name. A choice's key is not sent.
fn called(set: &Set<'_>, [old, new]: Paired<'_, '_>) -> Option<Finding> {
    let owner = set.owner();
    let both = [Some(old), Some(new)];
    let chosen = old.place == Place::Choice && new.place == Place::Choice;
    let (before, after) = (old.name(), new.name());
    let mut finding = if old.wire() != new.wire() && !chosen {
        let message =
            format!("{owner} sends {} in place of {}", new.shown(), old.shown());
        let mut finding = set.say(&INPUT_KEY_CHANGED, message, both, None);
        finding.axes.wire = Wire::Break;
        finding.note("wire", "released versions send it under the key that it had");
        match (before, after) {
            (Some(before), Some(after)) if before != after => {
                finding.called([before.plain(), after.plain()], [old.wire(), new.wire()])
            }
            _ => said(finding, old.wire(), new.wire()),
        }
    } else if let (Some(before), Some(after)) = (before, after)
        && before != after
        && old.field.fixed.is_none()
        && new.field.fixed.is_none()
    {
        let (was, is) = (before.plain(), after.plain());
        let message =
            format!("{owner} takes `{}` as `{is}`, and not as `{was}`", new.wire());
        let finding = set.say(&INPUT_NAME_CHANGED, message, both, Some("name"));
        said(finding, was, is)
    } else {
        return None;
    };
    // A setter of one name under another key is the same Rust.
    if before != after {
        finding.explains = set.touched(both);
    }
    Some(finding)
}

fn fixed(set: &Set<'_>, [old, new]: Paired<'_, '_>) -> Option<Finding> {
    let both = [Some(old), Some(new)];
    let (owner, shown) = (set.owner(), new.shown());
    let say = |rule: &'static Rule, message| set.say(rule, message, both, Some("fixed"));
    let mut finding = match (&old.field.fixed, &new.field.fixed) {
        (Some(was), Some(is)) if was != is => {
            let (was, is) = (constant(was), constant(is));
            let message = format!("{owner} always sends {is} as {shown}, and not {was}");
            let mut finding = say(&INPUT_FIXED_CHANGED, message);
            finding.axes.wire = Wire::Break;
            finding.note("wire", format!("released versions send {was}"));
            said(finding, was, is)
        }
        (None, Some(is)) => {
            let is = constant(is);
            let message =
                format!("{owner} always sends {is} as {shown}, which was free");
            let mut finding = say(&INPUT_BECAME_FIXED, message);
            finding.axes.wire = Wire::Risk;
            let note = "released versions send what they are told, and may leave it out";
            finding.note("wire", note);
            said(finding, phrase(set.cx.base, old), is)
        }
        (Some(was), None) => {
            let was = constant(was);
            let message = format!("{owner} takes {shown}, which was always {was}");
            let mut finding = say(&INPUT_BECAME_FREE, message);
            finding.axes.wire = Wire::Additive;
            said(finding, was, phrase(set.cx.head, new))
        }
        _ => return None,
    };
    finding.explains = set.touched(both);
    Some(finding)
}

fn required(set: &Set<'_>, [old, new]: Paired<'_, '_>) -> Option<Finding> {
    if old.field.required == new.field.required {
        return None;
    }
    let both = [Some(old), Some(new)];
    let (owner, shown) = (set.owner(), new.shown());
    let mut finding = if new.field.required {
        let message = format!("{owner} needs {shown}, which could be left out");
        let mut finding = set.say(&INPUT_BECAME_REQUIRED, message, both, Some("type"));
        if set.calls.iter().all(|call| old.is_argument(set.cx.base, call.before())) {
            finding.axes.wire = Wire::Risk;
            finding.note(
                "wire",
                "it was an argument, so the methods of released versions always send it; raw requests may leave it out",
            );
        } else {
            finding.axes.wire = Wire::Break;
            finding.note(
                "wire",
                "released versions may leave it out, and Front refuses them then",
            );
        }
        finding
    } else {
        let message = format!("{owner} does not need {shown} any more");
        let mut finding = set.say(&INPUT_BECAME_OPTIONAL, message, both, Some("type"));
        finding.axes.wire = Wire::Additive;
        let gone = set.calls.iter().any(|call| {
            old.is_argument(set.cx.base, call.before())
                && !new.is_argument(set.cx.head, call.after())
        });
        if gone {
            finding.note(
                "rust",
                "an argument becomes a setter; named under `arguments` still, it would stay one",
            );
        }
        finding
    };
    finding.explains = set.touched(both);
    Some(said(finding, phrase(set.cx.base, old), phrase(set.cx.head, new)))
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
    let mut finding = set.say(&INPUT_TYPE_CHANGED, message, both, Some("type"));
    let way = if new.place.is_body() { Way::Body } else { Way::Text };
    finding.axes.wire = match (old.place, new.place) {
        // The fields of a choice stand beside the others, and not under a key.
        (Place::Choice, Place::Body) | (Place::Body, Place::Choice) => Wire::Break,
        _ => change(cx, before, after, way),
    };
    finding.note(
        "wire",
        match finding.axes.wire {
            Wire::Break => "what released versions send is not what Front takes",
            Wire::Risk => {
                "Front may refuse what released versions send, or take it otherwise"
            }
            Wire::None | Wire::Additive => "on the wire both are texts",
        },
    );
    finding.explains = set.touched(both);
    Some(said(finding, was, is))
}

fn nullable(set: &Set<'_>, [old, new]: Paired<'_, '_>) -> Option<Finding> {
    let both = [Some(old), Some(new)];
    let (owner, shown) = (set.owner(), new.shown());
    let mut finding = match (old.field.nullable, new.field.nullable) {
        (false, true) => {
            let message = format!("{owner} takes null for {shown}, which clears it");
            let mut finding =
                set.say(&INPUT_NULLABLE_ADDED, message, both, Some("type"));
            finding.axes.wire = Wire::Additive;
            finding
        }
        (true, false) => {
            let message = format!("{owner} does not take null for {shown} any more");
            let mut finding =
                set.say(&INPUT_NULLABLE_REMOVED, message, both, Some("type"));
            finding.axes.wire = Wire::Break;
            finding
                .note("wire", "Front refuses the null that released versions can send");
            finding
        }
        _ => return None,
    };
    finding.explains = set.clearers(both);
    Some(said(finding, phrase(set.cx.base, old), phrase(set.cx.head, new)))
}

fn deprecated(set: &Set<'_>, [old, new]: Paired<'_, '_>) -> Option<Finding> {
    let [before, after] = [old, new].map(|of| of.field.deprecated.as_deref());
    let both = [Some(old), Some(new)];
    let (owner, shown) = (set.owner(), new.shown());
    let (rule, message): (&'static Rule, _) = match (before, after) {
        (before, after) if before == after => return None,
        (None, Some(why)) => {
            (&INPUT_DEPRECATED, format!("{shown} of {owner} is deprecated: {why}"))
        }
        (_, None) => (
            &INPUT_UNDEPRECATED,
            format!("{shown} of {owner} is not deprecated any more"),
        ),
        (_, Some(why)) => (
            &INPUT_DEPRECATION_CHANGED,
            format!("{shown} of {owner} is deprecated as before: {why}"),
        ),
    };
    let mut finding = set.say(rule, message, both, Some("deprecated"));
    finding.old = before.map(str::to_owned);
    finding.new = after.map(str::to_owned);
    finding.explains = set.setters(both);
    Some(finding)
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
    let mut finding = set.say(&INPUT_DOCS_CHANGED, message, [None; 2], None);
    let first = paired.iter().find(|[_, new]| changed[0] == new.shown());
    if let Some([old, new]) = first {
        finding.was = Some(old.at.clone());
        finding.at = Some(new.at.clone());
    }
    Some(said(finding, was.join("\n\n"), is.join("\n\n")))
}

/// What is said of an input in its own words. Those for its key are told where they stand; limits and defaults, apart.
fn text(given: &Given<'_>) -> String {
    let field = given.field;
    if field.word.is_some() { String::new() } else { field.about.join("\n\n") }
}
