//! Cases of unions, and what tells them apart.

use super::owner::Owner;
use crate::compare::Cx;
use crate::compare::build::item;
use crate::compare::findings::Findings;
use crate::compare::fits::same;
use crate::compare::graph::that_name_type;
use crate::finding::{Finding, Operational, Wire};
use crate::pairs::{Matching, Pair};
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Case, Discriminator, Kind};

rules! {
    CASE_ADDED = "case-added", Of("case-removed"), "A union has another case.", Wire(Additive) "";
    CASE_REMOVED = "case-removed", Of("case-added"), "A case of a union is gone.";
    CASE_RENAMED = "case-renamed", Itself, "A case of a union has another name in Rust.";
    CASE_WIRE_CHANGED = "case-wire-changed", Itself, "A case of a union is selected by another value.";
    CASE_TYPE_CHANGED = "case-type-changed", Itself, "A case of a union holds a value of another type.";
    DISCRIMINATOR_CHANGED = "discriminator-changed", Itself, "The cases of a union or a choice are told apart by something else.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    for owner in Owner::all(cx) {
        match owner.kinds() {
            (
                Kind::Union { by: was_by, cases: was },
                Kind::Union { by: is_by, cases: is },
            ) => {
                let by = [told_by(was_by), told_by(is_by)];
                findings.extend(told_apart(&owner, "union", by));
                for pair in paired(cx, was, is) {
                    match pair {
                        Pair::Head(new) => findings.push(added(&owner, new)),
                        Pair::Base(old) => findings.push(removed(&owner, old)),
                        Pair::Both(old, new) => {
                            changed(&owner, [old, new], findings);
                        }
                    }
                }
            }
            (Kind::Choice { tag: was, .. }, Kind::Choice { tag: is, .. }) => {
                findings.extend(told_apart(&owner, "choice", [tag(was), tag(is)]));
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
pub(crate) fn paired<'a>(
    cx: &Cx<'_>,
    was: &'a [Case],
    is: &'a [Case],
) -> Vec<Pair<&'a Case>> {
    Matching::new(was, is)
        .by(|old, new| old.wire == new.wire)
        .by(|old, new| old.name == new.name)
        .by(|old, new| same(cx, &old.ty, &new.ty))
        .pairs()
}

fn told_apart(owner: &Owner<'_>, key: &str, by: [String; 2]) -> Option<Finding> {
    let [was, is] = &by;
    if was == is {
        return None;
    }
    let (base, head, name) = (owner.cx.base, owner.cx.head, owner.name());
    let message =
        format!("the cases of `{name}` are told apart by {is}, and not by {was}");
    let mut finding = owner
        .say(&DISCRIMINATOR_CHANGED, message, Some(key))
        .values(by)
        .accounts_for([item(keys::ty(head, owner.after()))])
        // What goes by the JSON kind is taken as anything that turns into it, and what goes by a tag is not.
        .accounts_for(that_name_type(base, owner.old))
        .accounts_for(that_name_type(head, owner.new));
    if owner.answered {
        let why = format!("released versions have every value as `{name}::Unknown`");
        finding = finding.on_wire(Wire::Break, why);
    }
    if owner.sent {
        finding = finding.on_wire(Wire::Break, "released versions send the old form");
    }
    Some(finding)
}

fn added(owner: &Owner<'_>, case: &Case) -> Finding {
    let (name, of) = (owner.name(), owner.cx.head.phrase(&case.ty));
    let message = format!("`{name}` has the case `{}` now: `{of}`", case.wire);
    let finding = owner.alone(&CASE_ADDED, true, case, message, of);
    if !owner.answered {
        return finding;
    }
    // An integer was a number until now.
    let other = match &owner.before().kind {
        Kind::Union { by: Discriminator::Kind, cases } if case.wire == "integer" => {
            cases.iter().find(|other| other.wire == "number")
        }
        _ => None,
    };
    let was = other.map_or_else(|| "Unknown".to_owned(), |other| other.name.camel());
    finding.tells("rust", format!("until now it arrived as `{name}::{was}`"))
}

fn removed(owner: &Owner<'_>, case: &Case) -> Finding {
    let (name, of) = (owner.name(), owner.cx.base.phrase(&case.ty));
    let message = format!("`{name}` no longer has the case `{}`: `{of}`", case.wire);
    owner.no_longer_sent(owner.alone(&CASE_REMOVED, false, case, message, of))
}

fn changed(owner: &Owner<'_>, both: [&Case; 2], findings: &mut Findings) {
    findings.extend(owner.called([&CASE_RENAMED, &CASE_WIRE_CHANGED], both, |wire| {
        [format!("is selected by `{wire}`"), format!("by `{wire}`")]
    }));
    let [old, new] = both.map(|case| &case.ty);
    if same(owner.cx, old, new) {
        return;
    }
    let (base, head, name) = (owner.cx.base, owner.cx.head, owner.name());
    let (was, now) = (base.phrase(old), head.phrase(new));
    let message =
        format!("`{name}::{}` holds `{now}`, and not `{was}`", both[1].name.camel());
    let mut finding = owner.on_part(&CASE_TYPE_CHANGED, both, None, message);
    // What does not decode as its case is kept as an unknown one, so no answer fails.
    finding = owner.read(finding, [old, new], Wire::Risk, |_| {
        format!("released versions may have it as `{name}::Unknown`")
    });
    if base.hides(old) && !head.hides(new) {
        finding = finding
            .limits(Operational::Exposed)
            .tells("operational", "`Debug` shows it, and so may logs");
    }
    findings.push(
        owner
            .taken(finding, old, new)
            .values([was, now])
            .accounts_for(owner.lines(both)),
    );
}
