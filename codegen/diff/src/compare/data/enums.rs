//! Values of enumerations and flags.

use super::owner::Owner;
use crate::compare::Cx;
use crate::compare::build::deprecation;
use crate::compare::findings::Findings;
use crate::finding::Finding;
use crate::pairs::{Matching, Pair};
use crate::rule::{Rule, rules};
use front_codegen::ir::{Kind, Variant};

rules! {
    VALUE_ADDED = "value-added", Of("value-removed"), "An enumeration has another value.", Wire(Additive) "";
    VALUE_REMOVED = "value-removed", Of("value-added"), "A value of an enumeration is gone.";
    VALUE_RENAMED = "value-renamed", Itself, "A value has another name in Rust.";
    VALUE_WIRE_CHANGED = "value-wire-changed", Itself, "A value is another word on the wire.";
    VALUE_DEPRECATED = "value-deprecated", Of("value-undeprecated"), "A value should not be used any more.";
    VALUE_UNDEPRECATED = "value-undeprecated", Of("value-deprecated"), "A value is no longer deprecated.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    for owner in Owner::all(cx) {
        let ((Kind::Enum(was), Kind::Enum(is)) | (Kind::Flag(was), Kind::Flag(is))) =
            owner.kinds()
        else {
            continue;
        };
        for pair in paired(was, is) {
            match pair {
                Pair::Head(new) => findings.push(added(&owner, new)),
                Pair::Base(old) => findings.push(removed(&owner, old)),
                Pair::Both(old, new) => {
                    changed(&owner, [old, new], findings);
                }
            }
        }
    }
}

/// By word, by name, by what is said of them, then the last of each side where they stand at the same position.
pub(crate) fn paired<'a>(
    was: &'a [Variant],
    is: &'a [Variant],
) -> Vec<Pair<&'a Variant>> {
    Matching::new(was, is)
        .by(|old, new| old.wire == new.wire)
        .by(|old, new| old.name == new.name)
        .by(|old, new| old.about.is_some() && old.about == new.about)
        .last_in_place()
        .pairs()
}

fn added(owner: &Owner<'_>, value: &Variant) -> Finding {
    let (name, wire) = (owner.name(), &value.wire);
    let message = format!("`{name}` has the value `{wire}` now");
    let finding = owner.alone(&VALUE_ADDED, true, value, message, wire);
    if !owner.answered {
        return finding;
    }
    finding.tells("rust", format!("until now it arrived as `{name}::Unknown`"))
}

fn removed(owner: &Owner<'_>, value: &Variant) -> Finding {
    let (name, wire) = (owner.name(), &value.wire);
    let message = format!("`{name}` no longer has the value `{wire}`");
    owner.no_longer_sent(owner.alone(&VALUE_REMOVED, false, value, message, wire))
}

fn changed(owner: &Owner<'_>, both: [&Variant; 2], findings: &mut Findings) {
    findings.extend(owner.called([&VALUE_RENAMED, &VALUE_WIRE_CHANGED], both, |wire| {
        [format!("is `{wire}` on the wire"), format!("`{wire}`")]
    }));
    let label = format!("`{}::{}`", owner.name(), both[1].name.camel());
    let [was, is] = both.map(|of| of.deprecated.as_ref());
    let rules = [&VALUE_DEPRECATED, &VALUE_UNDEPRECATED];
    let Some((rule, says)) = deprecation(rules, [was, is]) else { return };
    findings.push(
        owner
            .on_part(rule, both, None, format!("{label} is {says}"))
            .values([was, is])
            .accounts_for(owner.lines(both)),
    );
}
