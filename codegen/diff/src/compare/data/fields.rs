//! Fields of types that Rust has: which there are, what they are called, what they hold.
//!
//! The fields of a body are setters of its call, and are told there.

use std::cell::OnceCell;

use super::demands;
use super::field_wire::nothing;
use super::limits;
use crate::compare::Cx;
use crate::compare::alike::Alike;
use crate::compare::build::{item, of_type, type_at};
use crate::compare::fits::{is_strict, same, same_but_hidden};
use crate::compare::graph::{field_lines, reach};
use crate::compare::operation::given::are_inputs;
use crate::finding::{At, Explains, Finding, Operational, Reach, Subject, Wire};
use crate::pairs::Pair;
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Api, Field, Kind, Ty, Type, TypeId};

rules! {
    FIELD_ADDED = "field-added", Of("field-removed"), "A type has another field.";
    FIELD_REMOVED = "field-removed", Of("field-added"), "A field of a type is gone.";
    FIELD_RENAMED = "field-renamed", Itself, "A field has another name in Rust.";
    FIELD_WIRE_CHANGED = "field-wire-changed", Itself, "A field has another key on the wire.";
    FIELD_TYPE_CHANGED = "field-type-changed", Itself, "A field holds values of another type.";
    FIELD_HIDDEN = "field-hidden", Of("field-shown"), "A field's text is no longer shown in logs and errors.";
    FIELD_SHOWN = "field-shown", Of("field-hidden"), "A field's text is shown in logs and errors, where it was hidden.";
    FIELD_BOXED = "field-boxed", Itself, "A field's value is now in a `Box`, or no longer, because of what other types contain.";
}

/// A type that both sides have, with fields.
pub(crate) struct Owner<'a> {
    pub(crate) cx: &'a Cx<'a>,
    pub(crate) old: TypeId,
    pub(crate) new: TypeId,
    /// Whether it is a value to send on both sides.
    pub(crate) sent: bool,
    /// Whether it is a value of answers on both sides.
    pub(crate) answered: bool,
    /// Asked for where something differs, which is seldom.
    reach: OnceCell<Reach>,
}

/// A field of head, with what it was.
#[derive(Clone, Copy)]
pub(crate) struct Both<'a> {
    pub(crate) old: &'a Field,
    pub(crate) new: &'a Field,
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    for &pair in &cx.pairs.types {
        let Pair::Both(old, new) = pair else { continue };
        let (before, after) = (&cx.base[old], &cx.head[new]);
        let (Kind::Struct { fields: was, .. }, Kind::Struct { fields: is, .. }) =
            (&before.kind, &after.kind)
        else {
            continue;
        };
        let sent = before.direction.input && after.direction.input;
        let answered = before.direction.answer && after.direction.answer;
        // What a call takes by parts is told of its inputs.
        let told_here = answered || sent && !are_inputs(cx, old, new);
        if !told_here {
            continue;
        }
        let owner = Owner { cx, old, new, sent, answered, reach: OnceCell::new() };
        for pair in paired(cx, was, is) {
            match pair {
                Pair::Head(new) => findings.push(owner.added(&is[new])),
                Pair::Base(old) => findings.push(owner.removed(&was[old])),
                Pair::Both(old, new) => {
                    let both = Both { old: &was[old], new: &is[new] };
                    owner.changed(both, findings);
                    demands::compare(&owner, both, findings);
                    limits::compare(&owner, both, findings);
                }
            }
        }
    }
}

/// By key, by name, then by type, where only one of it is left.
pub(crate) fn paired(cx: &Cx<'_>, was: &[Field], is: &[Field]) -> Vec<Pair<usize>> {
    Alike::new(was.len(), is.len())
        .by(|old, new| was[old].wire == is[new].wire)
        .by(|old, new| was[old].name == is[new].name)
        .by(|old, new| {
            let (old, new) = (&was[old], &is[new]);
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

impl Owner<'_> {
    pub(crate) fn before(&self) -> &Type {
        &self.cx.base[self.old]
    }

    pub(crate) fn after(&self) -> &Type {
        &self.cx.head[self.new]
    }

    fn reach(&self) -> Reach {
        self.reach.get_or_init(|| reach(self.cx.head, self.new)).clone()
    }

    /// `Tag.name`, as head calls it.
    pub(crate) fn label(&self, field: &Field) -> String {
        format!("{}.{}", self.after().name.camel(), field.name.plain())
    }

    fn subject(&self, field: &Field) -> Subject {
        let name = Some(field.name.plain());
        of_type("field", self.cx.head, self.after(), name)
    }

    /// Where it stands at head, or what is said of it under a key.
    pub(crate) fn at_head(&self, field: &Field, key: Option<&str>) -> At {
        let path = ["fields", &field.wire].into_iter().chain(key);
        type_at(self.cx.head, self.after(), path)
    }

    pub(crate) fn at_base(&self, field: &Field, key: Option<&str>) -> At {
        let path = ["fields", &field.wire].into_iter().chain(key);
        type_at(self.cx.base, self.before(), path)
    }

    /// A finding on a field that both sides have.
    pub(crate) fn say(
        &self,
        rule: &'static Rule,
        of: Both<'_>,
        key: Option<&str>,
        message: String,
    ) -> Finding {
        Finding::new(rule, self.subject(of.new), message)
            .at_base(self.at_base(of.old, key))
            .at_head(self.at_head(of.new, key))
            .reaching(self.reach())
    }

    /// Every line of a field on both sides.
    pub(crate) fn lines(&self, of: Both<'_>) -> Vec<Explains> {
        let mut lines = field_lines(self.cx.base, self.before(), of.old);
        lines.extend(field_lines(self.cx.head, self.after(), of.new));
        lines
    }

    /// The type's own line on both sides: its derives hang on what its fields are.
    pub(crate) fn derives(&self) -> [Explains; 2] {
        let (base, head) = (self.cx.base, self.cx.head);
        [item(keys::ty(base, self.before())), item(keys::ty(head, self.after()))]
    }

    /// The type's own line, where a field that came or went may change what hangs on it: `Debug` is another one where
    /// something is hidden, and `Default` is there where nothing is required.
    fn derives_by(&self, api: &Api, field: &Field) -> Vec<Explains> {
        if field.required || api.hides(&field.ty) {
            self.derives().into()
        } else {
            Vec::new()
        }
    }

    fn added(&self, field: &Field) -> Finding {
        let api = self.cx.head;
        let phrase = phrase(api, field);
        let message = format!("`{}` is new: `{phrase}`", self.label(field));
        let (wire, why) = if !self.sent {
            (Wire::Additive, "released versions have it in `extra`")
        } else if field.required {
            (Wire::Break, "released versions do not send it, and Front requires it")
        } else if field.fixed.is_some() {
            (Wire::Risk, "released versions do not send it")
        } else {
            (Wire::Additive, "")
        };
        let rust = if self.sent && field.required && field.fixed.is_none() {
            format!("`{}::new` takes one more", self.after().name.camel())
        } else {
            String::new()
        };
        Finding::new(&FIELD_ADDED, self.subject(field), message)
            .after(phrase)
            .at_head(self.at_head(field, None))
            .reaching(self.reach())
            .tells("rust", rust)
            .on_wire(wire, why)
            .accounts_for(field_lines(api, self.after(), field))
            .accounts_for(self.derives_by(api, field))
    }

    fn removed(&self, field: &Field) -> Finding {
        let api = self.cx.base;
        let phrase = phrase(api, field);
        let message = format!("`{}` is gone: `{phrase}`", self.label(field));
        let mut finding = Finding::new(&FIELD_REMOVED, self.subject(field), message)
            .before(phrase)
            .at_base(self.at_base(field, None))
            .reaching(self.reach())
            .accounts_for(field_lines(api, self.before(), field))
            .accounts_for(self.derives_by(api, field));
        if self.answered {
            finding = if is_strict(field) {
                finding.on_wire(self.unread(), self.unread_because("without it"))
            } else {
                let none = nothing(field);
                let why = format!("released versions have {none} in it");
                finding.on_wire(Wire::Additive, why)
            };
        }
        if self.sent {
            let why = "released versions send it, which Front may refuse or ignore";
            finding = finding.on_wire(Wire::Risk, why);
        }
        finding
    }

    fn changed(&self, of: Both<'_>, findings: &mut Vec<Finding>) {
        let Both { old, new } = of;
        let (base, head) = (self.cx.base, self.cx.head);
        let label = self.label(new);
        if old.name != new.name {
            let was = self.label(old);
            let mut message = format!("`{was}` is called `{label}` now");
            if old.wire != new.wire {
                message +=
                    &format!(", and stands at `{}`, not at `{}`", new.wire, old.wire);
            }
            let finding = self.say(&FIELD_RENAMED, of, Some("name"), message);
            findings.push(
                self.on_wire(finding, of)
                    .called([old.name.plain(), new.name.plain()], [&old.wire, &new.wire])
                    .accounts_for(self.lines(of)),
            );
        } else if old.wire != new.wire {
            let message =
                format!("`{label}` stands at `{}`, and not at `{}`", new.wire, old.wire);
            let finding = self.say(&FIELD_WIRE_CHANGED, of, None, message);
            findings.push(
                self.on_wire(finding, of)
                    .before(old.wire.as_str())
                    .after(new.wire.as_str())
                    .accounts_for(self.lines(of)),
            );
        }
        if same(self.cx, &old.ty, &new.ty) {
            let (was, is) =
                (is_boxed(base, self.old, old), is_boxed(head, self.new, new));
            if was != is {
                let name = self.after().name.camel();
                // A field is boxed because its type can contain its owner, or because its type is large.
                let holds = |api: &Api, owner, field: &Field| matches!(field.ty, Ty::Named(target) if api.holds(target, owner));
                let message = match (
                    is,
                    holds(base, self.old, old),
                    holds(head, self.new, new),
                ) {
                    (true, _, true) => format!(
                        "`{label}` is in a `Box` now: its type can contain a `{name}`"
                    ),
                    (true, ..) => {
                        format!("`{label}` is in a `Box` now: its type is large")
                    }
                    (false, true, _) => format!(
                        "`{label}` is no longer in a `Box`: its type cannot contain a `{name}`"
                    ),
                    (false, ..) => {
                        format!("`{label}` is no longer in a `Box`: its type is small")
                    }
                };
                findings.push(
                    self.say(&FIELD_BOXED, of, None, message)
                        .before(was.to_string())
                        .after(is.to_string())
                        .accounts_for(self.lines(of)),
                );
            }
            return;
        }
        let (was, is) = (base.phrase(&old.ty), head.phrase(&new.ty));
        let finding = if same_but_hidden(self.cx, &old.ty, &new.ty)
            && base.hides(&old.ty) != head.hides(&new.ty)
        {
            if head.hides(&new.ty) {
                let message =
                    format!("`{label}` is `{is}`, and not `{was}`: it is hidden now");
                self.say(&FIELD_HIDDEN, of, Some("type"), message)
                    .tells("operational", "`Debug` says only that it is there")
            } else {
                let message = format!(
                    "`{label}` is `{is}`, and not `{was}`: it is no longer hidden"
                );
                self.say(&FIELD_SHOWN, of, Some("type"), message)
                    .limits(Operational::Exposed)
                    .tells("operational", "`Debug` shows it, and so may logs")
            }
        } else {
            let message = format!("`{label}` is `{is}`, and not `{was}`");
            self.type_on_wire(
                self.say(&FIELD_TYPE_CHANGED, of, Some("type"), message),
                of,
            )
        };
        findings.push(
            finding
                .before(was)
                .after(is)
                .accounts_for(self.lines(of))
                .accounts_for(self.derives()),
        );
    }
}

fn is_boxed(api: &Api, owner: TypeId, field: &Field) -> bool {
    matches!(field.ty, Ty::Named(target) if api[owner].direction.answer && api.boxes(target, owner))
}
