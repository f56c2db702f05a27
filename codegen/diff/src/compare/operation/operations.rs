//! Calls: which there are, what they are called, where they go.

use crate::compare::data::types::is_same_resource;
use crate::compare::graph::every_endpoint;
use crate::compare::{Cx, Place};
use crate::finding::{At, Explains, Finding, Subject, Wire};
use crate::pairs::{EndpointId, Pair, endpoint};
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Api, Endpoint};
use front_codegen::source::at;

rules! {
    OPERATION_ADDED = "operation-added", Of("operation-removed"), "A call is new.";
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

/// Where a call, or a part of it, stands.
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

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
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
    if cx.is_new(id.0) {
        return None;
    }
    let api = cx.head;
    let route = route(endpoint(api, id));
    let message = format!("`{}` is new: {route}", name(api, id));
    let mut finding = Finding::new(&OPERATION_ADDED, subject(api, id), message);
    finding.axes.wire = Wire::Additive;
    finding.new = Some(route);
    finding.at = Some(place(api, id, None));
    finding.explains = everything(api, id);
    Some(finding)
}

fn removed(cx: &Cx<'_>, id: EndpointId) -> Option<Finding> {
    if cx.is_gone(id.0) {
        return None;
    }
    let api = cx.base;
    let endpoint = endpoint(api, id);
    let warned = match &endpoint.deprecated {
        Some(_) => "it was deprecated",
        None => "it was not deprecated before",
    };
    let message = format!("`{}` is gone; {warned}", name(api, id));
    let mut finding = Finding::new(&OPERATION_REMOVED, subject(api, id), message);
    finding.old = Some(route(endpoint));
    finding.was = Some(place(api, id, None));
    if let Some(still) = still_sent(cx.head, endpoint) {
        let still = name(cx.head, still);
        finding.note(
            "wire",
            format!("released versions keep working: `{still}` goes there"),
        );
    } else {
        finding.axes.wire = Wire::Break;
        let note = "released versions call what Front may not answer any more";
        finding.note("wire", note);
    }
    finding.explains = everything(api, id);
    Some(finding)
}

/// The call that goes where another one went: calls may share a place, and may be given out anew.
fn still_sent(head: &Api, gone: &Endpoint) -> Option<EndpointId> {
    let same = |known: &Endpoint| {
        known.method == gone.method && literal(&known.path) == literal(&gone.path)
    };
    every_endpoint(head).find(|(_, known)| same(known)).map(|(id, _)| id)
}

fn changed(cx: &Cx<'_>, old: EndpointId, new: EndpointId, findings: &mut Vec<Finding>) {
    let (base, head) = (cx.base, cx.head);
    let (before, after) = (endpoint(base, old), endpoint(head, new));
    let places = |key: Option<&str>| Place {
        at: place(head, new, key),
        was: place(base, old, key),
    };
    let mut say =
        |rule: &'static Rule, message: String, old: &str, new_value: &str, at: Place| {
            let mut finding = Finding::new(rule, subject(head, new), message);
            finding.old = Some(old.to_owned());
            finding.new = Some(new_value.to_owned());
            finding.stands(at);
            findings.push(finding);
            findings.len() - 1
        };
    let (was, is) = (name(base, old), name(head, new));
    let mut found = Vec::new();
    // That a resource is called something else is said of the resource.
    let is_renamed = before.name != after.name || !is_same_resource(cx, old.0, new.0);
    if is_renamed {
        let message = format!("`{was}` is called `{is}` now");
        found.push((
            say(&OPERATION_RENAMED, message, &was, &is, places(None)),
            Wire::None,
        ));
    }
    if before.operation != after.operation {
        let (was, is) = (&before.operation, &after.operation);
        let message =
            format!("Front calls `{}` `{is}`, and not `{was}`", name(head, new));
        let at = places(Some("operation"));
        found.push((say(&OPERATION_ID_CHANGED, message, was, is, at), Wire::None));
    }
    if before.method != after.method {
        let (was, is) = (before.method.as_str(), after.method.as_str());
        let message =
            format!("`{}` goes out as {is}, and not as {was}", name(head, new));
        let at = places(Some("method"));
        found.push((say(&OPERATION_METHOD_CHANGED, message, was, is, at), Wire::Break));
    }
    if literal(&before.path) != literal(&after.path) {
        let (was, is) = (&before.path, &after.path);
        let message =
            format!("`{}` goes to `{is}`, and not to `{was}`", name(head, new));
        let at = places(Some("path"));
        found.push((say(&OPERATION_PATH_CHANGED, message, was, is, at), Wire::Break));
    }
    for (index, wire) in found {
        let finding = &mut findings[index];
        finding.axes.wire = wire;
        if wire == Wire::Break {
            let old = finding.old.as_deref().unwrap_or_default();
            let note = format!(
                "released versions go on sending `{old}`, until they are updated"
            );
            finding.note("wire", note);
        }
        if finding.rule.id == OPERATION_RENAMED.id {
            finding.explains = everything(base, old);
            finding.explains.extend(everything(head, new));
        }
    }
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
