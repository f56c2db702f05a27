//! Fields of types that Rust has: which there are, what they are called, what they hold.
//!
//! The fields of a body are setters of its call, and are told there.

use super::demands;
use super::field_wire;
use super::field_wire::{nothing, unread};
use super::limits;
use super::owner::Owner;
use crate::compare::Cx;
use crate::compare::build::item;
use crate::compare::findings::Findings;
use crate::compare::fits::{is_strict, same, same_but_hidden};
use crate::compare::operation::given::are_inputs;
use crate::finding::{Explains, Finding, Wire};
use crate::pairs::{Matching, Pair};
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Api, Field, Kind, Ty, TypeId};

rules! {
    FIELD_ADDED = "field-added", Of("field-removed"), "A type has another field.";
    FIELD_REMOVED = "field-removed", Of("field-added"), "A field of a type is gone.";
    FIELD_RENAMED = "field-renamed", Itself, "A field has another name in Rust.";
    FIELD_WIRE_CHANGED = "field-wire-changed", Itself, "A field has another key on the wire.";
    FIELD_TYPE_CHANGED = "field-type-changed", Itself, "A field holds values of another type.";
    FIELD_HIDDEN = "field-hidden", Of("field-shown"), "A field's text is no longer shown in logs and errors.",
        Operational(None) "`Debug` says only that it is there";
    FIELD_SHOWN = "field-shown", Of("field-hidden"), "A field's text is shown in logs and errors, where it was hidden.",
        Operational(Exposed) "`Debug` shows it, and so may logs";
    FIELD_BOXED = "field-boxed", Itself, "A field's value is now in a `Box`, or no longer, because of what other types contain.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    for owner in Owner::all(cx) {
        let (Kind::Struct { fields: was, .. }, Kind::Struct { fields: is, .. }) =
            owner.kinds()
        else {
            continue;
        };
        // Fields that are inputs of a call are reported at the inputs.
        let told_here =
            owner.answered || owner.sent && !are_inputs(cx, owner.old, owner.new);
        if !told_here {
            continue;
        }
        for pair in paired(cx, was, is) {
            match pair {
                Pair::Head(new) => findings.push(added(&owner, new)),
                Pair::Base(old) => findings.push(removed(&owner, old)),
                Pair::Both(old, new) => {
                    let both = [old, new];
                    findings.extend(called(&owner, both));
                    findings.extend(ty(&owner, both));
                    demands::compare(&owner, both, findings);
                    limits::compare(&owner, both, findings);
                }
            }
        }
    }
}

/// By key, by name, then by type, where only one of it is left.
pub(crate) fn paired<'a>(
    cx: &Cx<'_>,
    was: &'a [Field],
    is: &'a [Field],
) -> Vec<Pair<&'a Field>> {
    Matching::new(was, is)
        .by(|old, new| old.wire == new.wire)
        .by(|old, new| old.name == new.name)
        .by(|old, new| {
            let marks = |field: &Field| (field.required, field.always, field.nullable);
            marks(old) == marks(new) && same(cx, &old.ty, &new.ty)
        })
        .pairs()
}

/// A type as the spec writes it: `required nullable string`.
pub(crate) fn phrase(api: &Api, field: &Field) -> String {
    let marks = [
        (field.required, "required "),
        (field.always, "always "),
        (field.nullable, "nullable "),
    ];
    let marks: String =
        marks.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect();
    format!("{marks}{}", api.phrase(&field.ty))
}

/// `Tag.name`, as head calls it.
pub(crate) fn label(owner: &Owner<'_>, field: &Field) -> String {
    format!("{}.{}", owner.name(), field.name.plain())
}

/// The type's own line on both sides: its derives hang on what its fields are.
pub(crate) fn derives(owner: &Owner<'_>) -> [Explains; 2] {
    let (base, head) = (owner.cx.base, owner.cx.head);
    [item(keys::ty(base, owner.before())), item(keys::ty(head, owner.after()))]
}

/// The type's own line, where a field that came or went may change what hangs on it: `Debug` is another one where something is
/// hidden, and `Default` is there where nothing is required.
fn derives_by(owner: &Owner<'_>, api: &Api, field: &Field) -> Option<[Explains; 2]> {
    (field.required || api.hides(&field.ty)).then(|| derives(owner))
}

fn added(owner: &Owner<'_>, field: &Field) -> Finding {
    let api = owner.cx.head;
    let phrase = phrase(api, field);
    let message = format!("`{}` is new: `{phrase}`", label(owner, field));
    let (wire, why) = if !owner.sent {
        (Wire::Additive, "released versions have it in `extra`")
    } else if field.required {
        (Wire::Break, "released versions do not send it, and Front requires it")
    } else if field.fixed.is_some() {
        (Wire::Risk, "released versions do not send it")
    } else {
        (Wire::Additive, "")
    };
    let mut finding = owner.alone(&FIELD_ADDED, true, field, message, phrase);
    if owner.sent && field.required && field.fixed.is_none() {
        finding =
            finding.tells("rust", format!("`{}::new` takes one more", owner.name()));
    }
    finding
        .on_wire(wire, why)
        .accounts_for(derives_by(owner, api, field).into_iter().flatten())
}

fn removed(owner: &Owner<'_>, field: &Field) -> Finding {
    let api = owner.cx.base;
    let phrase = phrase(api, field);
    let message = format!("`{}` is gone: `{phrase}`", label(owner, field));
    let mut finding = owner
        .alone(&FIELD_REMOVED, false, field, message, phrase)
        .accounts_for(derives_by(owner, api, field).into_iter().flatten());
    if owner.answered && is_strict(field) {
        finding = unread(owner, finding, "without it");
    } else if owner.answered {
        let why = format!("released versions have {} in it", nothing(field));
        finding = finding.on_wire(Wire::Additive, why);
    }
    if owner.sent {
        let why = "released versions send it, which Front may refuse or ignore";
        finding = finding.on_wire(Wire::Risk, why);
    }
    finding
}

/// Another name, or another key.
fn called(owner: &Owner<'_>, both: [&Field; 2]) -> Option<Finding> {
    let [old, new] = both;
    let (was, is) = (label(owner, old), label(owner, new));
    let words = [old.wire.as_str(), new.wire.as_str()];
    let finding = if old.name != new.name {
        let mut message = format!("`{was}` is called `{is}` now");
        if old.wire != new.wire {
            message += &format!(
                ", and has the key `{}` on the wire, not `{}`",
                new.wire, old.wire
            );
        }
        owner
            .on_part(&FIELD_RENAMED, both, Some("name"), message)
            .called([old.name.plain(), new.name.plain()], words)
    } else if old.wire != new.wire {
        let message =
            format!("`{is}` has the key `{}` on the wire, not `{}`", new.wire, old.wire);
        owner.on_part(&FIELD_WIRE_CHANGED, both, None, message).values(words)
    } else {
        return None;
    };
    Some(field_wire::key(owner, finding, both).accounts_for(owner.lines(both)))
}

fn ty(owner: &Owner<'_>, both: [&Field; 2]) -> Option<Finding> {
    let [old, new] = both;
    let (cx, base, head) = (owner.cx, owner.cx.base, owner.cx.head);
    if same(cx, &old.ty, &new.ty) {
        return boxed(owner, both);
    }
    let (was, is) = (base.phrase(&old.ty), head.phrase(&new.ty));
    let message = format!("`{}` is `{is}`, and not `{was}`", label(owner, new));
    let say = |rule, more: &str| {
        owner.on_part(rule, both, Some("type"), message.clone() + more)
    };
    let finding = if same_but_hidden(cx, &old.ty, &new.ty)
        && base.hides(&old.ty) != head.hides(&new.ty)
    {
        match head.hides(&new.ty) {
            true => say(&FIELD_HIDDEN, ": it is hidden now"),
            false => say(&FIELD_SHOWN, ": it is no longer hidden"),
        }
    } else {
        field_wire::ty(owner, say(&FIELD_TYPE_CHANGED, ""), both)
    };
    Some(
        finding
            .values([was, is])
            .accounts_for(owner.lines(both))
            .accounts_for(derives(owner)),
    )
}

/// A field is boxed because its type can contain its owner, or because its type is large.
fn boxed(owner: &Owner<'_>, both: [&Field; 2]) -> Option<Finding> {
    let sides = [(owner.cx.base, owner.old), (owner.cx.head, owner.new)];
    let of = |is: fn(&Api, TypeId, &Field) -> bool| {
        [0, 1].map(|side| is(sides[side].0, sides[side].1, both[side]))
    };
    let [was, is] = of(is_boxed);
    if was == is {
        return None;
    }
    let holds = of(
        |api, owner, field| matches!(field.ty, Ty::Named(target) if api.holds(target, owner)),
    );
    let name = owner.name();
    let why = match (is, holds) {
        (true, [_, true]) => format!("in a `Box` now: its type can contain a `{name}`"),
        (true, _) => "in a `Box` now: its type is large".to_owned(),
        (false, [true, _]) => {
            format!("no longer in a `Box`: its type cannot contain a `{name}`")
        }
        (false, _) => "no longer in a `Box`: its type is small".to_owned(),
    };
    let message = format!("`{}` is {why}", label(owner, both[1]));
    Some(
        owner
            .on_part(&FIELD_BOXED, both, None, message)
            .values([was, is])
            .accounts_for(owner.lines(both)),
    )
}

fn is_boxed(api: &Api, owner: TypeId, field: &Field) -> bool {
    matches!(field.ty, Ty::Named(target) if api[owner].direction.answer && api.boxes(target, owner))
}
