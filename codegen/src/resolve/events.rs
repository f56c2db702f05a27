//! The event types that webhooks carry: values of the enumeration that the payload has for them.

use super::context::Context;
use super::types::twice;
use crate::ir::{Api, Kind, Ty};
use crate::problem::Code;

/// The payload's field that holds the event type.
const TYPE: &str = "type";

/// Checks that each event type is one that the payload's type knows, where that is an enumeration.
pub(super) fn check(cx: &mut Context<'_>, api: &Api) {
    let known = known(api);
    let at = cx.webhooks().then("events");
    for event in &api.webhooks {
        let at = at.then(&event.wire).then("event_types");
        twice(cx, &event.event_types, &at);
        let Some(known) = &known else {
            continue;
        };
        for (item, word) in event.event_types.iter().enumerate() {
            if !known.contains(&word.as_str()) {
                let title = format!("there is no event type `{word}`");
                let place = cx.value(&at.then(item));
                let known = known.iter().copied();
                cx.unknown(Code::WrongWord, title, place, word, known, "event type");
            }
        }
    }
}

/// The values of the payload's event type.
fn known(api: &Api) -> Option<Vec<&str>> {
    let Kind::Struct { fields, .. } = &api[api.webhook_payload?].kind else {
        return None;
    };
    let Ty::Named(id) = fields.iter().find(|field| field.wire == TYPE)?.ty else {
        return None;
    };
    match &api[id].kind {
        Kind::Enum(values) => {
            Some(values.iter().map(|value| value.wire.as_str()).collect())
        }
        _ => None,
    }
}
