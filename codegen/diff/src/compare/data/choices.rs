//! Cases of choices, each of which is a constructor.

use super::owner::{Owner, Part as _};
use crate::compare::Cx;
use crate::compare::findings::Findings;
use crate::compare::fits::{same, taken};
use crate::finding::{Finding, Wire};
use crate::pairs::{Matching, Pair};
use crate::rule::{Rule, rules};
use front_codegen::ir::{Api, Group, Kind};

rules! {
    GROUP_ADDED = "choice-case-added", Of("choice-case-removed"), "A choice has another case.", Wire(Additive) "";
    GROUP_REMOVED = "choice-case-removed", Of("choice-case-added"), "A case of a choice is gone.",
        Wire(Break) "released versions can send it, and Front may refuse it";
    GROUP_RENAMED = "choice-case-renamed", Itself,
        "A case of a choice has another name, and with a tag is another word on the wire.";
    GROUP_CHANGED = "choice-case-changed", Itself, "A case of a choice takes other values.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    for owner in Owner::all(cx) {
        let (Kind::Choice { cases: was, .. }, Kind::Choice { tag, cases: is }) =
            owner.kinds()
        else {
            continue;
        };
        let pairs = Matching::new(was, is)
            .by(|old, new| old.wire == new.wire)
            .by(|old, new| old.name == new.name)
            .by(|old, new| takes_same(cx, old, new))
            .pairs();
        for pair in pairs {
            match pair {
                Pair::Head(new) => findings.push(alone(&owner, new, true)),
                Pair::Base(old) => findings.push(alone(&owner, old, false)),
                Pair::Both(old, new) => {
                    let both = [old, new];
                    findings.extend(renamed(&owner, both, tag.is_some()));
                    findings.extend(changed(&owner, both));
                }
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

/// `ExportKind::events`
fn label(owner: &Owner<'_>, group: &Group) -> String {
    format!("{}::{}", owner.name(), group.label())
}

fn alone(owner: &Owner<'_>, group: &Group, is_new: bool) -> Finding {
    let takes = takes(owner.cx.side(is_new), group);
    let (rule, says): (&'static Rule, _) = match is_new {
        true => (&GROUP_ADDED, "new: it takes"),
        false => (&GROUP_REMOVED, "gone: it took"),
    };
    let message = format!("`{}` is {says} {takes}", label(owner, group));
    owner.alone(rule, is_new, group, message, takes)
}

/// With a tag, a case's word is sent.
fn renamed(owner: &Owner<'_>, both: [&Group; 2], is_tagged: bool) -> Option<Finding> {
    let ([old, new], [was, is]) = (both, both.map(|group| label(owner, group)));
    if old.wire == new.wire {
        return None;
    }
    let mut message = format!("`{was}` is called `{is}` now");
    if was == is {
        message = format!("the case of `{is}` is `{}` now", new.wire);
    } else if is_tagged {
        message += &format!(", and is `{}` on the wire", new.wire);
    }
    let finding = owner
        .on_part(&GROUP_RENAMED, both, None, message)
        .values([&old.wire, &new.wire])
        .accounts_for(owner.lines(both));
    if !is_tagged {
        return Some(finding);
    }
    let why = format!("released versions send `{}`", old.wire);
    Some(finding.on_wire(Wire::Break, why))
}

fn changed(owner: &Owner<'_>, both: [&Group; 2]) -> Option<Finding> {
    let ([old, new], cx) = (both, owner.cx);
    if takes_same(cx, old, new) {
        return None;
    }
    let (was, now) = (takes(cx.base, old), takes(cx.head, new));
    let message = format!("`{}` takes {now}; it took {was}", label(owner, new));
    let (wire, why) = on_wire(cx, old, new);
    Some(
        owner
            .on_part(&GROUP_CHANGED, both, None, message)
            .values([was, now])
            .on_wire(wire, why)
            .accounts_for(owner.lines(both)),
    )
}

/// All the fields of a case are sent, and told apart by their keys.
fn on_wire(cx: &Cx<'_>, old: &Group, new: &Group) -> (Wire, &'static str) {
    let was = |wire: &str| old.fields.iter().find(|field| field.wire == wire);
    let mut worst = Wire::None;
    for field in &new.fields {
        worst = worst.max(match was(&field.wire) {
            Some(old) => taken(cx, &old.ty, &field.ty),
            None => Wire::Break,
        });
    }
    if old.fields.iter().any(|old| new.fields.iter().all(|new| new.wire != old.wire)) {
        worst = worst.max(Wire::Risk);
    }
    let why = match worst {
        Wire::None | Wire::Additive => "",
        Wire::Risk => "released versions send what Front may refuse",
        Wire::Break => "released versions do not send what Front takes now",
    };
    (worst, why)
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
