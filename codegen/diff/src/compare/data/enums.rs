//! Values of enumerations.

use std::cell::OnceCell;

use super::word::Word;
use crate::compare::Cx;
use crate::compare::alike::Alike;
use crate::compare::build::{item, of_type, type_at};
use crate::compare::graph::reach;
use crate::finding::{At, Finding, Reach, Wire};
use crate::pairs::Pair;
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Api, Kind, Type, TypeId, Variant};

rules! {
    VALUE_ADDED = "value-added", Of("value-removed"), "An enumeration has another value.";
    VALUE_REMOVED = "value-removed", Of("value-added"), "A value of an enumeration is gone.";
    VALUE_RENAMED = "value-renamed", Itself, "A value has another name in Rust.";
    VALUE_WIRE_CHANGED = "value-wire-changed", Itself, "A value is another word on the wire.";
    VALUE_DEPRECATED = "value-deprecated", Of("value-undeprecated"), "A value should not be used any more.";
    VALUE_UNDEPRECATED = "value-undeprecated", Of("value-deprecated"), "A value is no longer deprecated.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    for &pair in &cx.pairs.types {
        let Pair::Both(old, new) = pair else { continue };
        let (was, is) = match (&cx.base[old].kind, &cx.head[new].kind) {
            (Kind::Enum(was), Kind::Enum(is)) | (Kind::Flag(was), Kind::Flag(is)) => {
                (was, is)
            }
            _ => continue,
        };
        let owner = Owner { cx, old, new, reach: OnceCell::new() };
        for pair in paired(was, is) {
            match pair {
                Pair::Head(new) => findings.push(owner.added(&is[new])),
                Pair::Base(old) => findings.push(owner.removed(&was[old])),
                Pair::Both(old, new) => owner.changed(&was[old], &is[new], findings),
            }
        }
    }
}

/// By word, by name, by what is said of them, then the last of each side where they stand at the same position.
pub(crate) fn paired(was: &[Variant], is: &[Variant]) -> Vec<Pair<usize>> {
    Alike::new(was.len(), is.len())
        .by(|old, new| was[old].wire == is[new].wire)
        .by(|old, new| was[old].name == is[new].name)
        .by(|old, new| was[old].about.is_some() && was[old].about == is[new].about)
        .last_in_place()
        .pairs()
}

/// Where a value of an enumeration or of a flag is written.
pub(crate) fn value_at(api: &Api, of: &Type, value: &Variant) -> At {
    match &of.kind {
        Kind::Enum(values) => {
            let mut at = type_at(api, of, ["values"]);
            let position = values.iter().position(|known| known.wire == value.wire);
            at.path.extend(position.map(Into::into));
            at
        }
        _ => type_at(api, of, ["flag", &value.wire]),
    }
}

/// An enumeration or a flag that both sides have.
struct Owner<'a> {
    cx: &'a Cx<'a>,
    old: TypeId,
    new: TypeId,
    /// Asked for where something differs, which is seldom.
    reach: OnceCell<Reach>,
}

impl Owner<'_> {
    fn reach(&self) -> Reach {
        self.reach.get_or_init(|| reach(self.cx.head, self.new)).clone()
    }

    fn name(&self) -> String {
        self.cx.head[self.new].name.camel()
    }

    /// What released versions call it.
    fn old_name(&self) -> String {
        self.cx.base[self.old].name.camel()
    }

    fn word<'w>(&self, old: &'w Variant, new: &'w Variant) -> Word<'w> {
        Word {
            old: &old.wire,
            new: &new.wire,
            of: self.old_name(),
            is_answered: self.answered(),
            is_sent: self.sent(),
        }
    }

    fn at(&self, api: &Api, id: TypeId, value: &Variant) -> At {
        value_at(api, &api[id], value)
    }

    fn say(&self, rule: &'static Rule, value: &Variant, message: String) -> Finding {
        let api = self.cx.head;
        let subject = of_type("value", api, &api[self.new], Some(&value.name.camel()));
        Finding::new(rule, subject, message).reaching(self.reach())
    }

    fn on_both(&self, finding: Finding, old: &Variant, new: &Variant) -> Finding {
        let (base, head) = (self.cx.base, self.cx.head);
        finding
            .at_base(self.at(base, self.old, old))
            .at_head(self.at(head, self.new, new))
            .accounts_for([
                item(keys::variant(base, &base[self.old], old)),
                item(keys::variant(head, &head[self.new], new)),
            ])
    }

    /// Whether released versions send values of it, and Front still takes them.
    fn sent(&self) -> bool {
        self.cx.base[self.old].direction.input && self.cx.head[self.new].direction.input
    }

    fn answered(&self) -> bool {
        self.cx.base[self.old].direction.answer
            && self.cx.head[self.new].direction.answer
    }

    fn added(&self, value: &Variant) -> Finding {
        let (api, name) = (self.cx.head, self.name());
        let message = format!("`{name}` has the value `{}` now", value.wire);
        let rust = if self.answered() {
            format!("until now it arrived as `{name}::Unknown`")
        } else {
            String::new()
        };
        self.say(&VALUE_ADDED, value, message)
            .after(value.wire.as_str())
            .at_head(self.at(api, self.new, value))
            .tells("rust", rust)
            .on_wire(Wire::Additive, "")
            .accounts_for([item(keys::variant(api, &api[self.new], value))])
    }

    fn removed(&self, value: &Variant) -> Finding {
        let (api, name) = (self.cx.base, self.name());
        let message = format!("`{name}` no longer has the value `{}`", value.wire);
        let (wire, why) = if self.sent() {
            (Wire::Break, "released versions can send it, and Front refuses it")
        } else {
            (Wire::None, "")
        };
        self.say(&VALUE_REMOVED, value, message)
            .before(value.wire.as_str())
            .at_base(self.at(api, self.old, value))
            .on_wire(wire, why)
            .accounts_for([item(keys::variant(api, &api[self.old], value))])
    }

    fn changed(&self, old: &Variant, new: &Variant, findings: &mut Vec<Finding>) {
        let name = self.name();
        let (was, is) = (old.name.camel(), new.name.camel());
        if was != is {
            let mut message =
                format!("`{}::{was}` is called `{name}::{is}` now", self.old_name());
            if old.wire != new.wire {
                message +=
                    &format!(", and is `{}` on the wire, not `{}`", new.wire, old.wire);
            }
            let finding = self
                .say(&VALUE_RENAMED, new, message)
                .called([&was, &is], [&old.wire, &new.wire]);
            let finding = self.word(old, new).on_wire(finding);
            findings.push(self.on_both(finding, old, new));
        } else if old.wire != new.wire {
            let message = format!(
                "`{name}::{is}` is `{}` on the wire, and not `{}`",
                new.wire, old.wire
            );
            let finding = self
                .say(&VALUE_WIRE_CHANGED, new, message)
                .before(&*old.wire)
                .after(&*new.wire);
            let finding = self.word(old, new).on_wire(finding);
            findings.push(self.on_both(finding, old, new));
        }
        let finding = match (&old.deprecated, &new.deprecated) {
            (None, Some(why)) => self
                .say(
                    &VALUE_DEPRECATED,
                    new,
                    format!("`{name}::{is}` is deprecated: {why}"),
                )
                .after(why),
            (Some(why), None) => self
                .say(
                    &VALUE_UNDEPRECATED,
                    new,
                    format!("`{name}::{is}` is no longer deprecated"),
                )
                .before(why),
            _ => return,
        };
        findings.push(self.on_both(finding, old, new));
    }
}
