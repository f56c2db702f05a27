//! Cases of choices, each of which is a constructor.

use std::cell::OnceCell;

use crate::compare::Cx;
use crate::compare::alike::Alike;
use crate::compare::build::{item, of_type, type_at};
use crate::compare::fits::{same, taken};
use crate::compare::graph::reach;
use crate::finding::{At, Finding, Reach, Wire};
use crate::pairs::Pair;
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Api, Group, Kind, TypeId};

rules! {
    GROUP_ADDED = "choice-case-added", Of("choice-case-removed"), "A choice has another case.";
    GROUP_REMOVED = "choice-case-removed", Of("choice-case-added"), "A case of a choice is gone.";
    GROUP_RENAMED = "choice-case-renamed", Itself,
        "A case of a choice has another name, and with a tag is another word on the wire.";
    GROUP_CHANGED = "choice-case-changed", Itself, "A case of a choice takes other values.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    for &pair in &cx.pairs.types {
        let Pair::Both(old, new) = pair else { continue };
        let (Kind::Choice { cases: was, .. }, Kind::Choice { tag, cases: is }) =
            (&cx.base[old].kind, &cx.head[new].kind)
        else {
            continue;
        };
        let owner =
            Owner { cx, old, new, is_tagged: tag.is_some(), reach: OnceCell::new() };
        let pairs = Alike::new(was.len(), is.len())
            .by(|old, new| was[old].wire == is[new].wire)
            .by(|old, new| was[old].name == is[new].name)
            .by(|old, new| takes_same(cx, &was[old], &is[new]))
            .pairs();
        for pair in pairs {
            match pair {
                Pair::Head(new) => findings.push(owner.added(&is[new])),
                Pair::Base(old) => findings.push(owner.removed(&was[old])),
                Pair::Both(old, new) => owner.changed(&was[old], &is[new], findings),
            }
        }
    }
}

fn takes_same(cx: &Cx<'_>, was: &Group, is: &Group) -> bool {
    was.fields.len() == is.fields.len()
        && was.fields.iter().zip(&is.fields).all(|(old, new)| {
            old.wire == new.wire && old.name == new.name && same(cx, &old.ty, &new.ty)
        })
}

/// A choice that both sides have.
struct Owner<'a> {
    cx: &'a Cx<'a>,
    old: TypeId,
    new: TypeId,
    /// Whether a case's word is sent.
    is_tagged: bool,
    /// Asked for where something differs, which is seldom.
    reach: OnceCell<Reach>,
}

impl Owner<'_> {
    fn reach(&self) -> Reach {
        self.reach.get_or_init(|| reach(self.cx.head, self.new)).clone()
    }

    /// `ExportKind::events`
    fn label(&self, group: &Group) -> String {
        format!("{}::{}", self.cx.head[self.new].name.camel(), group.name.plain())
    }

    fn at(&self, api: &Api, id: TypeId, group: &Group) -> At {
        type_at(api, &api[id], ["choice", "cases", &group.wire])
    }

    fn say(&self, rule: &'static Rule, group: &Group, message: String) -> Finding {
        let api = self.cx.head;
        let subject = of_type("case", api, &api[self.new], Some(group.name.plain()));
        Finding::new(rule, subject, message).reaching(self.reach())
    }

    fn on_both(&self, finding: Finding, old: &Group, new: &Group) -> Finding {
        let (base, head) = (self.cx.base, self.cx.head);
        finding
            .at_base(self.at(base, self.old, old))
            .at_head(self.at(head, self.new, new))
            .accounts_for([
                item(keys::group(base, &base[self.old], old)),
                item(keys::group(head, &head[self.new], new)),
            ])
    }

    fn added(&self, group: &Group) -> Finding {
        let api = self.cx.head;
        let takes = takes(api, group);
        let message = format!("`{}` is new: it takes {takes}", self.label(group));
        self.say(&GROUP_ADDED, group, message)
            .after(takes)
            .at_head(self.at(api, self.new, group))
            .on_wire(Wire::Additive, "")
            .accounts_for([item(keys::group(api, &api[self.new], group))])
    }

    fn removed(&self, group: &Group) -> Finding {
        let api = self.cx.base;
        let takes = takes(api, group);
        let message = format!("`{}` is gone: it took {takes}", self.label(group));
        self.say(&GROUP_REMOVED, group, message)
            .before(takes)
            .at_base(self.at(api, self.old, group))
            .on_wire(
                Wire::Break,
                "released versions can send it, and Front may refuse it",
            )
            .accounts_for([item(keys::group(api, &api[self.old], group))])
    }

    fn changed(&self, old: &Group, new: &Group, findings: &mut Vec<Finding>) {
        let (was, is) = (self.label(old), self.label(new));
        if old.wire != new.wire {
            let mut message = format!("`{was}` is called `{is}` now");
            if was == is {
                message = format!("the case of `{is}` is `{}` now", new.wire);
            } else if self.is_tagged {
                message += &format!(", and is `{}` on the wire", new.wire);
            }
            let (wire, why) = if self.is_tagged {
                (Wire::Break, format!("released versions send `{}`", old.wire))
            } else {
                (Wire::None, String::new())
            };
            let finding = self
                .say(&GROUP_RENAMED, new, message)
                .before(&*old.wire)
                .after(&*new.wire)
                .on_wire(wire, why);
            findings.push(self.on_both(finding, old, new));
        }
        if !takes_same(self.cx, old, new) {
            let (base, head) = (self.cx.base, self.cx.head);
            let (was, now) = (takes(base, old), takes(head, new));
            let message = format!("`{is}` takes {now}; it took {was}");
            let (wire, why) = self.on_wire(old, new);
            let finding = self
                .say(&GROUP_CHANGED, new, message)
                .before(was)
                .after(now)
                .on_wire(wire, why);
            findings.push(self.on_both(finding, old, new));
        }
    }

    /// All the fields of a case are sent, and told apart by their keys.
    fn on_wire(&self, old: &Group, new: &Group) -> (Wire, &'static str) {
        let was = |wire: &str| old.fields.iter().find(|field| field.wire == wire);
        let mut worst = Wire::None;
        for field in &new.fields {
            worst = worst.max(match was(&field.wire) {
                Some(old) => taken(self.cx, &old.ty, &field.ty),
                None => Wire::Break,
            });
        }
        if old.fields.iter().any(|old| new.fields.iter().all(|new| new.wire != old.wire))
        {
            worst = worst.max(Wire::Risk);
        }
        let why = match worst {
            Wire::None | Wire::Additive => "",
            Wire::Risk => "released versions send what Front may refuse",
            Wire::Break => "released versions do not send what Front takes now",
        };
        (worst, why)
    }
}

/// `name: required string, size: integer`; `nothing`.
fn takes(api: &Api, group: &Group) -> String {
    let fields = group.fields.iter();
    let fields: Vec<String> = fields
        .map(|field| {
            let (name, of) = (field.name.plain(), api.phrase(&field.ty));
            if name == field.wire {
                format!("`{name}: {of}`")
            } else {
                format!("`{name}: {of}` as `{}`", field.wire)
            }
        })
        .collect();
    if fields.is_empty() { "nothing".to_owned() } else { fields.join(", ") }
}
