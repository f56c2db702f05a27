//! What is asked of a field of a type, and promised of it: that it is there, that it may be null, that it is used.

use super::field_wire::unread;
use super::fields::{derives, label};
use super::owner::Owner;
use crate::compare::build::{deprecation, item};
use crate::compare::findings::Findings;
use crate::compare::fits::is_strict;
use crate::finding::{Finding, Wire};
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Field, Fixed, Ty};

rules! {
    FIELD_ALWAYS_ADDED = "field-always-added", Of("field-always-removed"), "No answer lacks a field any more.";
    FIELD_ALWAYS_REMOVED = "field-always-removed", Of("field-always-added"), "An answer may lack a field that was always there.";
    FIELD_REQUIRED_ADDED = "field-required-added", Of("field-required-removed"),
        "A value to send has to have a field that it could lack.";
    FIELD_REQUIRED_REMOVED = "field-required-removed", Of("field-required-added"),
        "A value to send may lack a field that it had to have.";
    FIELD_NULLABLE_ADDED = "field-nullable-added", Of("field-nullable-removed"), "A field may be null.";
    FIELD_NULLABLE_REMOVED = "field-nullable-removed", Of("field-nullable-added"), "A field may not be null any more.";
    FIELD_DEPRECATED = "field-deprecated", Of("field-undeprecated"), "A field should not be used any more.";
    FIELD_UNDEPRECATED = "field-undeprecated", Of("field-deprecated"), "A field is no longer deprecated.";
    FIELD_FIXED_CHANGED = "field-fixed-changed", Itself,
        "What is always sent for a field is another constant, or is asked for, or is no longer asked for.";
}

pub(crate) fn compare(owner: &Owner<'_>, both: [&Field; 2], findings: &mut Findings) {
    findings.extend(always(owner, both));
    if both[0].fixed == both[1].fixed {
        findings.extend(required(owner, both));
        findings.extend(nullable(owner, both));
    } else {
        findings.extend(fixed(owner, both));
    }
    findings.extend(deprecated(owner, both));
}

/// A finding that accounts for all lines of the field, and for what is derived.
fn whole(owner: &Owner<'_>, finding: Finding, both: [&Field; 2]) -> Finding {
    finding.accounts_for(owner.lines(both)).accounts_for(derives(owner))
}

fn always(owner: &Owner<'_>, both: [&Field; 2]) -> Option<Finding> {
    let [old, new] = both;
    // What may be null is promised no more: that it may says it.
    let by_null = old.nullable != new.nullable && (old.always || new.always);
    if old.always == new.always || !owner.answered || by_null {
        return None;
    }
    let label = label(owner, new);
    let say = |rule, message| owner.on_part(rule, both, Some("type"), message);
    // A list or a map is empty where it is absent, whatever is promised.
    let is_list = matches!(new.ty, Ty::List(_) | Ty::Map(_));
    let finding = if new.always {
        let rust = if is_list { "" } else { "it is no longer an `Option`" };
        let message = format!("`{label}` is never absent any more");
        say(&FIELD_ALWAYS_ADDED, message).tells("rust", rust)
    } else {
        let finding = say(&FIELD_ALWAYS_REMOVED, format!("`{label}` may be absent now"));
        match is_strict(old) {
            true => {
                let finding = finding.tells("rust", "it is an `Option`");
                unread(owner, finding, "that lacks it")
            }
            false => finding,
        }
    };
    Some(whole(owner, finding, both))
}

fn required(owner: &Owner<'_>, both: [&Field; 2]) -> Option<Finding> {
    let [old, new] = both;
    if old.required == new.required || !owner.sent || new.fixed.is_some() {
        return None;
    }
    let (rule, says, rust, wire, why) = match new.required {
        true => (
            &FIELD_REQUIRED_ADDED,
            "is required now",
            "takes it, and no method sets it",
            Wire::Break,
            "Front refuses what released versions send without it",
        ),
        false => (
            &FIELD_REQUIRED_REMOVED,
            "is not required any more",
            "does not take it any more, and a method sets it",
            Wire::Additive,
            "released versions go on sending it",
        ),
    };
    let message = format!("`{}` {says}", label(owner, new));
    let finding = owner
        .on_part(rule, both, Some("type"), message)
        .tells("rust", format!("`{}::new` {rust}", owner.name()))
        .on_wire(wire, why);
    // `Default` is there where nothing is required.
    Some(whole(owner, finding, both))
}

fn nullable(owner: &Owner<'_>, both: [&Field; 2]) -> Option<Finding> {
    let [old, new] = both;
    if old.nullable == new.nullable {
        return None;
    }
    let (rule, says) = match new.nullable {
        true => (&FIELD_NULLABLE_ADDED, "may be null now"),
        false => (&FIELD_NULLABLE_REMOVED, "may not be null any more"),
    };
    let message = format!("`{}` {says}", label(owner, new));
    let mut finding = owner.on_part(rule, both, Some("type"), message);
    // What answers hold too has no method that sends null.
    let clears = owner.sent && !owner.after().direction.answer;
    if clears && new.nullable {
        finding = finding.on_wire(Wire::Additive, "");
    } else if clears {
        finding = finding
            .tells("rust", format!("`clear_{}` is gone", new.name.plain()))
            .on_wire(
                Wire::Break,
                "released versions can send a null that Front refuses",
            );
    }
    if owner.answered && new.nullable && is_strict(old) {
        finding = unread(owner, finding, "with null in it");
    }
    if owner.answered && old.always != new.always {
        let rust = match (is_strict(old), is_strict(new)) {
            (true, _) => "it is an `Option`",
            (_, true) => "it is no longer an `Option`",
            _ => "",
        };
        finding = whole(owner, finding.tells("rust", rust), both);
    }
    let (base, head) = (owner.cx.base, owner.cx.head);
    Some(finding.accounts_for([
        item(keys::type_clearer(base, owner.before(), old)),
        item(keys::type_clearer(head, owner.after(), new)),
    ]))
}

fn deprecated(owner: &Owner<'_>, both: [&Field; 2]) -> Option<Finding> {
    let [was, is] = both.map(|field| field.deprecated.as_ref());
    let rules = [&FIELD_DEPRECATED, &FIELD_UNDEPRECATED];
    let (rule, says) = deprecation(rules, [was, is])?;
    let message = format!("`{}` is {says}", label(owner, both[1]));
    let (head, after) = (owner.cx.head, owner.after());
    Some(
        owner
            .on_part(rule, both, Some("deprecated"), message)
            .values([was, is])
            // Not `new`, which is deprecated with nothing.
            .accounts_for([
                item(keys::field(head, after, both[1])),
                item(keys::type_setter(head, after, both[1])),
            ]),
    )
}

fn fixed(owner: &Owner<'_>, both: [&Field; 2]) -> Option<Finding> {
    if !owner.sent {
        return None;
    }
    let values = both.map(|field| field.fixed.as_ref().map(as_written));
    let (says, wire, why) = match &values {
        [Some(was), Some(is)] => (
            format!("always sent as `{is}`, and not as `{was}`"),
            Wire::Break,
            "released versions send the old constant",
        ),
        [None, Some(is)] => (
            format!("always sent as `{is}` now, and no longer asked for"),
            Wire::Risk,
            "released versions may send something else, or nothing",
        ),
        [Some(was), None] => (
            format!("asked for now, and not always sent as `{was}`"),
            Wire::Additive,
            "released versions go on sending the constant",
        ),
        [None, None] => return None,
    };
    let message = format!("`{}` is {says}", label(owner, both[1]));
    let finding = owner
        .on_part(&FIELD_FIXED_CHANGED, both, Some("fixed"), message)
        .values(values)
        .on_wire(wire, why);
    Some(whole(owner, finding, both))
}

/// As the spec writes it.
pub(crate) fn as_written(value: &Fixed) -> String {
    match value {
        Fixed::Boolean(value) => value.to_string(),
        Fixed::Integer(value) => value.to_string(),
        Fixed::Null => "null".to_owned(),
        Fixed::String(value) => value.clone(),
    }
}
