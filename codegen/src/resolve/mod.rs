//! The spec's meaning: every name claimed, every reference looked up, every rule checked, the whole frozen as [`crate::ir::Api`].
//!
//! A problem never stops the walk: what could not be understood is reported and stood in for, so that one run shows all
//! that is wrong. The passes, in the order in which they run:
//!
//! 1. `service`: `front.yaml` and the events of `webhooks.yaml`. `schemes`: how deliveries are signed. `wire`: names on the wire.
//! 2. `index`: numbers for all that others refer to; type names claimed.
//! 3. `types`, with `fields` and `unions`: what each type holds. `phrase` is the grammar of a field's type.
//! 4. `endpoints`, with `path`, `inputs`, `arguments` and `answers`: what each call is, takes and answers.
//! 5. `routes`, `location` and `events`: what holds between endpoints, which resource a call belongs to, and what holds
//!    between webhooks and their payload.
//! 6. `modules`: names of modules, handles, requests and constants.
//! 7. `direction`, then `placement` with `keys`: where each type travels, and what may stand in it for that.
//! 8. `unused`: warnings of what nothing uses or describes.
//!
//! The corrections mean something to an import alone, which checks them.

mod answers;
mod arguments;
mod claims;
mod context;
mod direction;
mod docs;
mod endpoints;
mod events;
mod fields;
mod figures;
mod index;
mod inputs;
mod keys;
mod location;
mod modules;
mod path;
mod placement;
mod routes;
mod schemes;
mod service;
mod sources;
mod types;
mod unions;
mod unused;
mod wire;

use crate::ir::{Api, ResourceId, Ty, TypeId};
use crate::problem::{Code, Problem, Problems};
use crate::spec::Spec;
pub use answers::status;
use context::Context;
use index::Index;

/// Resolves a spec. The API is there unless one of the problems is an error.
#[must_use]
pub fn resolve(spec: &Spec) -> (Option<Api>, Problems) {
    let mut cx = Context::new(spec);
    let service = service::service(&mut cx);
    let permissions = service::permissions(&mut cx);
    let rate_limits = service::rate_limits(&mut cx);
    let words = service::words(&cx);
    let webhooks = service::webhooks(&mut cx);
    let webhook_schemes = schemes::schemes(&mut cx);
    let wire = wire::wire(&mut cx);
    let (index, ids) = index::index(&mut cx);
    let mut types = types::types(&mut cx, &index);
    let resources = endpoints::resources(&mut cx, &index, &ids, &mut types);
    routes::check(&mut cx);
    location::warn(&mut cx);
    let webhooks_source = cx.node(&cx.webhooks());
    let mut api = Api {
        sources: std::mem::take(&mut cx.sources),
        service,
        permissions,
        rate_limits,
        words,
        webhooks,
        webhook_payload: payload(&mut cx, &index),
        webhooks_about: spec.webhooks.1.about.clone(),
        webhooks_source,
        webhook_schemes,
        wire,
        resources,
        ids,
        types,
    };
    triggers(&mut api);
    events::check(&mut cx, &api);
    modules::claim(&mut cx, &index, &api);
    let reach = direction::directions(&mut api);
    placement::check(&mut cx, &index, &api, &reach);
    unused::warn(&mut cx, &index, &api);
    let problems = cx.problems;
    ((!problems.has_errors()).then_some(api), problems)
}

/// The type of a delivery's payload.
fn payload(cx: &mut Context<'_>, index: &Index<'_>) -> Option<TypeId> {
    let at = cx.webhooks().then("payload");
    let webhooks = &cx.spec.webhooks.1;
    let Some(payload) = &webhooks.payload else {
        if !webhooks.events.is_empty() {
            let title = "events without a payload";
            let place = cx.key(&cx.webhooks().then("events"));
            let problem = Problem::new(Code::MissingKey, title).at(place);
            cx.report(problem.label("name its type under `payload`"));
        }
        return None;
    };
    match index.bare(cx, payload, &at, "a delivery has a payload")? {
        Ty::Named(id) => Some(id),
        Ty::List(_) | Ty::Map(_) | Ty::Scalar(_) | Ty::Id(_) => {
            let problem =
                Problem::new(Code::MisplacedType, "a payload is a type of a resource");
            let place = cx.value(&at);
            cx.report(problem.at(place).label("the name of one is expected"));
            None
        }
    }
}

/// Notes at each event which endpoints fire it.
fn triggers(api: &mut Api) {
    for (number, resource) in api.resources.iter().enumerate() {
        for (position, endpoint) in resource.endpoints.iter().enumerate() {
            if let Some(webhook) = endpoint.webhook {
                api.webhooks[webhook.0]
                    .triggered_by
                    .push((ResourceId(number), position));
            }
        }
    }
}
