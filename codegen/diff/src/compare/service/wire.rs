//! Names on the wire that all calls share.

use crate::compare::Cx;
use crate::compare::build::{front_at, item, of_service};
use crate::compare::findings::Findings;
use crate::finding::{Finding, Wire};
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::WireValue;

rules! {
    WIRE_NAME_CHANGED = "wire-name-changed", Itself, "A header or a key that responses of all calls share has another name.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    let (old, new) = (&cx.base.wire, &cx.head.wire);
    for (was, is) in old.names().into_iter().zip(new.names()) {
        if was.value == is.value {
            continue;
        }
        let id = is.path.join(".");
        let (old, new) = (was.value.names().join("`, `"), is.value.names().join("`, `"));
        let message = format!("`{id}` is `{new}`, and not `{old}`");
        let wire = match is.value {
            WireValue::One(_) => Wire::Break,
            WireValue::Many(_) => Wire::Risk,
        };
        findings.push(
            Finding::new(&WIRE_NAME_CHANGED, of_service("wire", id), message)
                .values([was, is].map(|of| of.value.names().join(", ")))
                .located([was, is].map(|of| front_at(of.path.iter().copied())))
                .on_wire(wire, "released versions look for the old name")
                .accounts_for([item(keys::service(is.constant))]),
        );
    }
}
