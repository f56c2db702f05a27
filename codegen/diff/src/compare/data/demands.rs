//! What is asked of a field of a type, and promised of it: that it is there, that it may be null, that it is used.

use super::fields::{Both, Owner};
use crate::compare::build::item;
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

pub(crate) fn compare(owner: &Owner<'_>, of: Both<'_>, findings: &mut Vec<Finding>) {
    findings.extend(always(owner, of));
    if of.old.fixed == of.new.fixed {
        findings.extend(required(owner, of));
        findings.extend(nullable(owner, of));
    } else {
        findings.extend(fixed(owner, of));
    }
    findings.extend(deprecated(owner, of));
}

fn always(owner: &Owner<'_>, of: Both<'_>) -> Option<Finding> {
    let Both { old, new } = of;
    // What may be null is promised no more: that it may says it.
    let by_null = old.nullable != new.nullable && (old.always || new.always);
    if old.always == new.always || !owner.answered || by_null {
        return None;
    }
    let label = owner.label(new);
    // A list or a map is empty where it is absent, whatever is promised.
    let is_list = matches!(new.ty, Ty::List(_) | Ty::Map(_));
    let finding = if new.always {
        let message = format!("`{label}` is never absent any more");
        let rust = if is_list { "" } else { "it stands there without `Option`" };
        owner.say(&FIELD_ALWAYS_ADDED, of, Some("type"), message).tells("rust", rust)
    } else {
        let message = format!("`{label}` may be absent now");
        let finding = owner.say(&FIELD_ALWAYS_REMOVED, of, Some("type"), message);
        if is_strict(old) {
            finding
                .tells("rust", "it stands in an `Option`")
                .on_wire(owner.unread(), owner.unread_because("that lacks it"))
        } else {
            finding
        }
    };
    Some(finding.accounts_for(owner.lines(of)).accounts_for(owner.derives()))
}

fn required(owner: &Owner<'_>, of: Both<'_>) -> Option<Finding> {
    let Both { old, new } = of;
    if old.required == new.required || !owner.sent || new.fixed.is_some() {
        return None;
    }
    let (label, name) = (owner.label(new), owner.after().name.camel());
    let finding = if new.required {
        owner
            .say(
                &FIELD_REQUIRED_ADDED,
                of,
                Some("type"),
                format!("`{label}` is required now"),
            )
            .tells("rust", format!("`{name}::new` takes it, and no method sets it"))
            .on_wire(Wire::Break, "Front refuses what released versions send without it")
    } else {
        owner
            .say(
                &FIELD_REQUIRED_REMOVED,
                of,
                Some("type"),
                format!("`{label}` is not required any more"),
            )
            .tells(
                "rust",
                format!("`{name}::new` does not take it any more, and a method sets it"),
            )
            .on_wire(Wire::Additive, "released versions go on sending it")
    };
    // `Default` is there where nothing is required.
    Some(finding.accounts_for(owner.lines(of)).accounts_for(owner.derives()))
}

fn nullable(owner: &Owner<'_>, of: Both<'_>) -> Option<Finding> {
    let Both { old, new } = of;
    if old.nullable == new.nullable {
        return None;
    }
    let label = owner.label(new);
    // What answers hold too has no method that sends null.
    let clears = owner.sent && !owner.after().direction.answer;
    let mut finding = if new.nullable {
        let message = format!("`{label}` may be null now");
        owner.say(&FIELD_NULLABLE_ADDED, of, Some("type"), message)
    } else {
        let message = format!("`{label}` may not be null any more");
        owner.say(&FIELD_NULLABLE_REMOVED, of, Some("type"), message)
    };
    if clears && new.nullable {
        finding = finding.on_wire(Wire::Additive, "");
    } else if clears {
        let clear = format!("`clear_{}`", new.name.plain());
        finding = finding.tells("rust", format!("{clear} is gone")).on_wire(
            Wire::Break,
            "released versions can send a null that Front refuses",
        );
    }
    if owner.answered && new.nullable {
        finding = if is_strict(old) {
            finding.on_wire(owner.unread(), owner.unread_because("with null in it"))
        } else {
            finding
        };
    }
    let (base, head) = (owner.cx.base, owner.cx.head);
    let lines = [
        item(keys::type_clearer(base, owner.before(), old)),
        item(keys::type_clearer(head, owner.after(), new)),
    ];
    if owner.answered && old.always != new.always {
        let rust = if is_strict(old) {
            "it stands in an `Option`"
        } else if is_strict(new) {
            "it stands there without `Option`"
        } else {
            ""
        };
        finding = finding
            .tells("rust", rust)
            .accounts_for(owner.lines(of))
            .accounts_for(owner.derives());
    }
    Some(finding.accounts_for(lines))
}

fn deprecated(owner: &Owner<'_>, of: Both<'_>) -> Option<Finding> {
    let label = owner.label(of.new);
    let finding = match (&of.old.deprecated, &of.new.deprecated) {
        (None, Some(why)) => owner
            .say(
                &FIELD_DEPRECATED,
                of,
                Some("deprecated"),
                format!("`{label}` is deprecated: {why}"),
            )
            .after(why),
        (Some(why), None) => owner
            .say(
                &FIELD_UNDEPRECATED,
                of,
                Some("deprecated"),
                format!("`{label}` is no longer deprecated"),
            )
            .before(why),
        _ => return None,
    };
    // Not `new`, which is deprecated with nothing.
    let head = owner.cx.head;
    let after = owner.after();
    Some(finding.accounts_for([
        item(keys::field(head, after, of.new)),
        item(keys::type_setter(head, after, of.new)),
    ]))
}

fn fixed(owner: &Owner<'_>, of: Both<'_>) -> Option<Finding> {
    if !owner.sent {
        return None;
    }
    let label = owner.label(of.new);
    let shown = |field: &Field| field.fixed.as_ref().map(as_written);
    let (was, is) = (shown(of.old), shown(of.new));
    let (message, wire, why) = match (&was, &is) {
        (Some(was), Some(is)) => (
            format!("`{label}` is always sent as `{is}`, and not as `{was}`"),
            Wire::Break,
            "released versions send the old constant",
        ),
        (None, Some(is)) => (
            format!("`{label}` is always sent as `{is}` now, and no longer asked for"),
            Wire::Risk,
            "released versions may send something else, or nothing",
        ),
        (Some(was), None) => (
            format!("`{label}` is asked for now, and not always sent as `{was}`"),
            Wire::Additive,
            "released versions go on sending the constant",
        ),
        (None, None) => return None,
    };
    let mut finding = owner
        .say(&FIELD_FIXED_CHANGED, of, Some("fixed"), message)
        .on_wire(wire, why)
        .accounts_for(owner.lines(of))
        .accounts_for(owner.derives());
    (finding.old, finding.new) = (was, is);
    Some(finding)
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
