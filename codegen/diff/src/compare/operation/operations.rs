//! Calls: which there are, what they are called, where they go.

use super::call::Call;
use crate::compare::Cx;
use crate::compare::data::types::is_same_resource;
use crate::compare::findings::Findings;
use crate::compare::graph::every_endpoint;
use crate::finding::{At, Explains, Finding, Subject, Wire};
use crate::pairs::{EndpointId, Pair, endpoint};
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Api, Endpoint};
use front_codegen::source::at;

rules! {
    OPERATION_ADDED = "operation-added", Of("operation-removed"), "A call is new.", Wire(Additive) "";
    OPERATION_REMOVED = "operation-removed", Of("operation-added"), "A call is gone.";
    OPERATION_RENAMED = "operation-renamed", Itself, "A call has another name in the crate, or belongs to another resource.";
    OPERATION_ID_CHANGED = "operation-id-changed", Itself, "Front calls an operation something else.";
    OPERATION_METHOD_CHANGED = "operation-method-changed", Itself, "A call goes out with another HTTP method.";
    OPERATION_PATH_CHANGED = "operation-path-changed", Itself, "A call goes to another path.";
}

/// `tags.create_company`
pub(crate) fn name(api: &Api, id: EndpointId) -> String {
    format!("{}.{}", api[id.0].name.plain(), endpoint(api, id).name.plain())
}

/// The subject of what is said of a whole call.
pub(crate) fn subject(api: &Api, id: EndpointId) -> Subject {
    let resource = api[id.0].name.plain().to_owned();
    Subject { kind: "operation", id: name(api, id), resource }
}

/// The location of a call, or of a part of it.
pub(crate) fn place(api: &Api, id: EndpointId, key: Option<&str>) -> At {
    let mut path = at!["endpoints", endpoint(api, id).name.plain()];
    path.extend(key.map(Into::into));
    At { file: api[id.0].file.clone(), path }
}

/// Everything that a call makes in the crate.
fn everything(api: &Api, id: EndpointId) -> Vec<Explains> {
    let (resource, endpoint) = (&api[id.0], endpoint(api, id));
    vec![
        // A resource has a handle where it has a call: its first one brings it.
        Explains::Item(keys::handle(resource)),
        Explains::Item(keys::accessor(resource)),
        Explains::Item(keys::method(resource, endpoint)),
        Explains::All(keys::request(resource, endpoint)),
        Explains::Item(keys::operation(resource, endpoint)),
    ]
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    for &pair in &cx.pairs.endpoints {
        match pair {
            Pair::Head(id) => findings.extend(added(cx, id)),
            Pair::Base(id) => findings.extend(removed(cx, id)),
            Pair::Both(old, new) => changed(cx, old, new, findings),
        }
    }
}

/// None where its whole resource is new, which says it.
fn added(cx: &Cx<'_>, id: EndpointId) -> Option<Finding> {
    let api = cx.head;
    (!cx.is_alone(id.0, true)).then(|| {
        let route = route(endpoint(api, id));
        let message = format!("`{}` is new: {route}", name(api, id));
        Finding::new(&OPERATION_ADDED, subject(api, id), message)
            .alone(true, route, place(api, id, None))
            .accounts_for(everything(api, id))
    })
}

fn removed(cx: &Cx<'_>, id: EndpointId) -> Option<Finding> {
    if cx.is_alone(id.0, false) {
        return None;
    }
    let api = cx.base;
    let endpoint = endpoint(api, id);
    let warned = match &endpoint.deprecated {
        Some(_) => "it was deprecated",
        None => "it was not deprecated before",
    };
    let message = format!("`{}` is gone; {warned}", name(api, id));
    let (wire, why) = match still_sent(cx.head, endpoint) {
        Some(still) => {
            let still = name(cx.head, still);
            (Wire::None, format!("released versions keep working: `{still}` goes there"))
        }
        None => (
            Wire::Break,
            "released versions call what Front may not answer any more".to_owned(),
        ),
    };
    Some(
        Finding::new(&OPERATION_REMOVED, subject(api, id), message)
            .alone(false, route(endpoint), place(api, id, None))
            .on_wire(wire, why)
            .accounts_for(everything(api, id)),
    )
}

/// The call that goes where another one went: calls may share a place, and may be given out anew.
fn still_sent(head: &Api, gone: &Endpoint) -> Option<EndpointId> {
    let same = |known: &Endpoint| {
        known.method == gone.method && literal(&known.path) == literal(&gone.path)
    };
    every_endpoint(head).find(|(_, known)| same(known)).map(|(id, _)| id)
}

fn changed(cx: &Cx<'_>, old: EndpointId, new: EndpointId, findings: &mut Findings) {
    let (base, head) = (cx.base, cx.head);
    let (before, after) = (endpoint(base, old), endpoint(head, new));
    let (was, is) = (name(base, old), name(head, new));
    // That a resource is called something else is said of the resource.
    if before.name != after.name || !is_same_resource(cx, old.0, new.0) {
        let message = format!("`{was}` is called `{is}` now");
        findings.push(
            Finding::new(&OPERATION_RENAMED, subject(head, new), message)
                .values([was, is.clone()])
                .located([place(base, old, None), place(head, new, None)])
                .accounts_for(everything(base, old))
                .accounts_for(everything(head, new)),
        );
    }
    let mut fact = |rule, key, is_same: bool, values: [&str; 2], message: String| {
        if !is_same {
            let finding = Call { cx, old, new }.say(rule, message, values, key);
            findings.push(match key {
                "operation" => finding,
                _ => finding.on_wire(
                    Wire::Break,
                    format!(
                        "released versions go on sending `{}`, until they are updated",
                        values[0]
                    ),
                ),
            });
        }
    };
    let [was, now] = [before, after].map(|of| of.operation.as_str());
    let message = format!("Front calls `{is}` `{now}`, and not `{was}`");
    fact(&OPERATION_ID_CHANGED, "operation", was == now, [was, now], message);
    let [was, now] = [before, after].map(|of| of.method.as_str());
    let message = format!("`{is}` goes out as {now}, and not as {was}");
    fact(&OPERATION_METHOD_CHANGED, "method", was == now, [was, now], message);
    let [was, now] = [before, after].map(|of| of.path.as_str());
    let message = format!("`{is}` goes to `{now}`, and not to `{was}`");
    let is_same = literal(was) == literal(now);
    fact(&OPERATION_PATH_CHANGED, "path", is_same, [was, now], message);
}

/// `GET /tags`
fn route(endpoint: &Endpoint) -> String {
    format!("{} {}", endpoint.method.as_str(), endpoint.path)
}

/// A path without the names of its placeholders.
pub(super) fn literal(path: &str) -> Vec<&str> {
    path.split('/')
        .map(|segment| if segment.starts_with('{') { "{}" } else { segment })
        .collect()
}
