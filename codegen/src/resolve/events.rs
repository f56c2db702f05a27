//! The event types in webhook payloads, which are values of an enumeration.

use super::context::Context;
use super::types::twice;
use crate::ir::{Api, Kind, Ty};
use crate::problem::Code;

/// The field of the payload with the event type.
const TYPE: &str = "type";

/// Checks that each event type is a value of the enumeration in the payload, if there is one.
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
                let title = format!("unknown event type `{word}`");
                let place = cx.value(&at.then(item));
                let known = known.iter().copied();
                cx.unknown(Code::WrongWord, title, place, word, known, "event type");
            }
        }
    }
}

/// Returns the known event types of the payload.
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
