//! Resolves a spec to [`crate::ir::Api`]: claims every name, looks up every reference, checks every rule.
//!
//! A problem does not stop a pass: an invalid part is reported and replaced, so that one run reports all problems. The passes, in
//! their order:
//!
//! 1. `service`: `front.yaml` and the events of `webhooks.yaml`. `schemes`: how deliveries are signed. `wire`: names on the wire.
//! 2. `index`: an index for every item that can be referred to; claims of type names.
//! 3. `types`, with `fields` and `unions`: the contents of each type. `phrase` is the grammar of a field's type.
//! 4. `endpoints`, with `path`, `inputs`, `arguments` and `answers`: the facts, inputs and response of each call.
//! 5. `routes`, `location` and `events`: rules between endpoints, the resource that each call belongs to, and rules between webhooks
//!    and their payload.
//! 6. `modules`: names of modules, handles, requests and constants.
//! 7. `direction`, then `placement` with `keys`: the directions of each type, and the rules that depend on them.
//! 8. `unused`: warnings about unused items and missing descriptions.
//!
//! Corrections only matter for an import, which checks them.

mod answers;
mod arguments;
mod claims;
mod context;
mod direction;
mod docs;
mod endpoints;
mod events;
mod fields;
mod index;
mod inputs;
mod keys;
mod location;
mod modules;
mod notations;
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

/// Resolves a spec. Returns an API unless one of the problems is an error.
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

/// Returns the type of the payload of a delivery.
fn payload(cx: &mut Context<'_>, index: &Index<'_>) -> Option<TypeId> {
    let at = cx.webhooks().then("payload");
    let webhooks = &cx.spec.webhooks.1;
    let Some(payload) = &webhooks.payload else {
        if !webhooks.events.is_empty() {
            let title = "`webhooks.yaml` has events but no `payload`";
            let place = cx.key(&cx.webhooks().then("events"));
            let problem = Problem::new(Code::MissingKey, title).at(place);
            cx.report(problem.label("write the type of a delivery under `payload`"));
        }
        return None;
    };
    match index.bare(cx, payload, &at, "a delivery always has a payload")? {
        Ty::Named(id) => Some(id),
        Ty::List(_) | Ty::Map(_) | Ty::Scalar(_) | Ty::Id(_) => {
            let problem = Problem::new(
                Code::MisplacedType,
                "a payload must be a type of a resource",
            );
            let place = cx.value(&at);
            cx.report(problem.at(place).label("the name of a type is expected"));
            None
        }
    }
}

/// Records at each event the endpoints that fire it.
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
