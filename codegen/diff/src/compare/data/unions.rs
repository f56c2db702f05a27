//! Cases of unions, and what tells them apart.

use std::cell::OnceCell;

use super::word::Word;
use crate::compare::Cx;
use crate::compare::alike::Alike;
use crate::compare::build::{item, of_type, type_at};
use crate::compare::fits::{read, same, taken};
use crate::compare::graph::{reach, that_name_type};
use crate::finding::{At, Explains, Finding, Operational, Reach, Wire};
use crate::pairs::Pair;
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Api, Case, Discriminator, Kind, TypeId};

rules! {
    CASE_ADDED = "case-added", Of("case-removed"), "A union has another case.";
    CASE_REMOVED = "case-removed", Of("case-added"), "A case of a union is gone.";
    CASE_RENAMED = "case-renamed", Itself, "A case of a union has another name in Rust.";
    CASE_WIRE_CHANGED = "case-wire-changed", Itself, "A case of a union is told by another word.";
    CASE_TYPE_CHANGED = "case-type-changed", Itself, "A case of a union holds a value of another type.";
    DISCRIMINATOR_CHANGED = "discriminator-changed", Itself, "The cases of a union or a choice are told apart by something else.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    for &pair in &cx.pairs.types {
        let Pair::Both(old, new) = pair else { continue };
        let (before, after) = (&cx.base[old], &cx.head[new]);
        let (base, head) = (&before.direction, &after.direction);
        let owner = || Owner {
            cx,
            old,
            new,
            sent: base.input && head.input,
            answered: base.answer && head.answer,
            reach: OnceCell::new(),
        };
        match (&before.kind, &after.kind) {
            (
                Kind::Union { by: was_by, cases: was },
                Kind::Union { by: is_by, cases: is },
            ) => {
                let owner = owner();
                findings.extend(owner.told_apart(&told_by(was_by), &told_by(is_by)));
                for pair in paired(cx, was, is) {
                    match pair {
                        Pair::Head(new) => findings.push(owner.added(&is[new])),
                        Pair::Base(old) => findings.push(owner.removed(&was[old])),
                        Pair::Both(old, new) => {
                            owner.changed(&was[old], &is[new], findings)
                        }
                    }
                }
            }
            (Kind::Choice { tag: was, .. }, Kind::Choice { tag: is, .. }) => {
                findings.extend(owner().told_apart(&tag(was), &tag(is)));
            }
            _ => {}
        }
    }
}

/// What tells the cases of a union apart, as it is said.
fn told_by(by: &Discriminator) -> String {
    match by {
        Discriminator::Kind => "the JSON kind".to_owned(),
        Discriminator::Tag { tag, content: None } => format!("`{}`", tag.join(".")),
        Discriminator::Tag { tag, content: Some(content) } => {
            format!("`{}`, with the value at `{content}`", tag.join("."))
        }
    }
}

fn tag(tag: &Option<String>) -> String {
    match tag {
        Some(tag) => format!("`{tag}`"),
        None => "their fields".to_owned(),
    }
}

/// By word, by name, then by type, where only one of it is left.
pub(crate) fn paired(cx: &Cx<'_>, was: &[Case], is: &[Case]) -> Vec<Pair<usize>> {
    Alike::new(was.len(), is.len())
        .by(|old, new| was[old].wire == is[new].wire)
        .by(|old, new| was[old].name == is[new].name)
        .by(|old, new| same(cx, &was[old].ty, &is[new].ty))
        .pairs()
}

/// A union or a choice that both sides have.
struct Owner<'a> {
    cx: &'a Cx<'a>,
    old: TypeId,
    new: TypeId,
    sent: bool,
    answered: bool,
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

    fn word<'w>(&self, old: &'w Case, new: &'w Case) -> Word<'w> {
        Word {
            old: &old.wire,
            new: &new.wire,
            of: self.old_name(),
            is_answered: self.answered,
            is_sent: self.sent,
        }
    }

    fn at(&self, api: &Api, id: TypeId, case: &Case) -> At {
        type_at(api, &api[id], ["union", "cases", &case.wire])
    }

    /// The lines of a case: its variant, and on the type itself what makes the union of its value.
    fn lines(&self, api: &Api, id: TypeId, case: &Case) -> [Explains; 2] {
        let of = &api[id];
        [item(keys::case(api, of, case)), item(keys::ty(api, of))]
    }

    fn say(&self, rule: &'static Rule, case: &Case, message: String) -> Finding {
        let api = self.cx.head;
        let subject = of_type("case", api, &api[self.new], Some(&case.name.camel()));
        Finding::new(rule, subject, message).reaching(self.reach())
    }

    fn on_both(&self, finding: Finding, old: &Case, new: &Case) -> Finding {
        let (base, head) = (self.cx.base, self.cx.head);
        finding
            .at_base(self.at(base, self.old, old))
            .at_head(self.at(head, self.new, new))
            .accounts_for(self.lines(base, self.old, old))
            .accounts_for(self.lines(head, self.new, new))
    }

    fn told_apart(&self, was: &str, is: &str) -> Option<Finding> {
        if was == is {
            return None;
        }
        let (base, head) = (self.cx.base, self.cx.head);
        let (before, after) = (&base[self.old], &head[self.new]);
        let (name, key) = match after.kind {
            Kind::Union { .. } => (self.name(), "union"),
            _ => (self.name(), "choice"),
        };
        let message =
            format!("the cases of `{name}` are told apart by {is}, and not by {was}");
        let mut finding = Finding::new(
            &DISCRIMINATOR_CHANGED,
            of_type("type", head, after, None),
            message,
        )
        .before(was)
        .after(is)
        .at_base(type_at(base, before, [key]))
        .at_head(type_at(head, after, [key]))
        .reaching(self.reach())
        .accounts_for([item(keys::ty(head, after))])
        // What goes by the JSON kind is taken as anything that turns into it, and what goes by a tag is not.
        .accounts_for(that_name_type(base, self.old))
        .accounts_for(that_name_type(head, self.new));
        if self.answered {
            let why = format!("released versions have every value as `{name}::Unknown`");
            finding = finding.on_wire(Wire::Break, why);
        }
        if self.sent {
            finding =
                finding.on_wire(Wire::Break, "released versions send the old form");
        }
        Some(finding)
    }

    fn added(&self, case: &Case) -> Finding {
        let (api, name) = (self.cx.head, self.name());
        let of = api.phrase(&case.ty);
        let message = format!("`{name}` has the case `{}` now: `{of}`", case.wire);
        let rust = if self.answered {
            format!("until now it arrived as `{name}::{}`", self.arrived_as(case))
        } else {
            String::new()
        };
        self.say(&CASE_ADDED, case, message)
            .after(of)
            .at_head(self.at(api, self.new, case))
            .tells("rust", rust)
            .on_wire(Wire::Additive, "")
            .accounts_for(self.lines(api, self.new, case))
    }

    /// What a value of a new case was until now: an integer is a number, too.
    fn arrived_as(&self, case: &Case) -> String {
        let other = match &self.cx.base[self.old].kind {
            Kind::Union { by: Discriminator::Kind, cases } if case.wire == "integer" => {
                cases.iter().find(|other| other.wire == "number")
            }
            _ => None,
        };
        other.map_or_else(|| "Unknown".to_owned(), |other| other.name.camel())
    }

    fn removed(&self, case: &Case) -> Finding {
        let (api, name) = (self.cx.base, self.name());
        let of = api.phrase(&case.ty);
        let message = format!("`{name}` no longer has the case `{}`: `{of}`", case.wire);
        let (wire, why) = if self.sent {
            (Wire::Break, "released versions can send it, and Front refuses it")
        } else {
            (Wire::None, "")
        };
        self.say(&CASE_REMOVED, case, message)
            .before(of)
            .at_base(self.at(api, self.old, case))
            .on_wire(wire, why)
            .accounts_for(self.lines(api, self.old, case))
    }

    fn changed(&self, old: &Case, new: &Case, findings: &mut Vec<Finding>) {
        let name = self.name();
        let (was, is) = (old.name.camel(), new.name.camel());
        if was != is {
            let mut message =
                format!("`{}::{was}` is called `{name}::{is}` now", self.old_name());
            if old.wire != new.wire {
                message +=
                    &format!(", and is told by `{}`, not by `{}`", new.wire, old.wire);
            }
            let finding = self
                .say(&CASE_RENAMED, new, message)
                .called([&was, &is], [&old.wire, &new.wire]);
            let finding = self.word(old, new).on_wire(finding);
            findings.push(self.on_both(finding, old, new));
        } else if old.wire != new.wire {
            let message = format!(
                "`{name}::{is}` is told by `{}`, and not by `{}`",
                new.wire, old.wire
            );
            let finding = self
                .say(&CASE_WIRE_CHANGED, new, message)
                .before(&*old.wire)
                .after(&*new.wire);
            let finding = self.word(old, new).on_wire(finding);
            findings.push(self.on_both(finding, old, new));
        }
        if !same(self.cx, &old.ty, &new.ty) {
            let (base, head) = (self.cx.base, self.cx.head);
            let (was, now) = (base.phrase(&old.ty), head.phrase(&new.ty));
            let message = format!("`{name}::{is}` holds `{now}`, and not `{was}`");
            let mut finding = self.say(&CASE_TYPE_CHANGED, new, message);
            if self.answered {
                // What does not decode as its case is kept as an unknown one, so no answer fails.
                let wire = read(self.cx, &old.ty, &new.ty).min(Wire::Risk);
                let why = match wire {
                    Wire::None => String::new(),
                    Wire::Additive => {
                        "released versions read it, and do not know all of it".to_owned()
                    }
                    _ => format!("released versions may have it as `{name}::Unknown`"),
                };
                finding = finding.on_wire(wire, why);
            }
            if base.hides(&old.ty) && !head.hides(&new.ty) {
                finding = finding
                    .limits(Operational::Exposed)
                    .tells("operational", "`Debug` shows it, and so may logs");
            }
            if self.sent {
                let wire = taken(self.cx, &old.ty, &new.ty);
                let why = match wire {
                    Wire::None | Wire::Additive => "",
                    Wire::Risk => "released versions may send what Front refuses",
                    Wire::Break => "released versions send values of the old type",
                };
                finding = finding.on_wire(wire, why);
            }
            findings.push(self.on_both(finding.before(was).after(now), old, new));
        }
    }
}
