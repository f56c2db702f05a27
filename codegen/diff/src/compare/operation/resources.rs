//! Resources: which there are, and what they are called.

use crate::compare::Cx;
use crate::compare::build::{all, come_or_gone, item};
use crate::compare::findings::Findings;
use crate::compare::graph::{that_name_id, that_name_type};
use crate::finding::{At, Explains, Finding, Subject, Wire};
use crate::pairs::{EndpointId, Pair};
use crate::rule::{Rule, rules};
use crate::surface::keys;
use crate::words::count;
use front_codegen::ir::{Api, IdId, ResourceId};
use front_codegen::source::at;

rules! {
    RESOURCE_ADDED = "resource-added", Of("resource-removed"), "A resource is new, with all that is in it.";
    RESOURCE_REMOVED = "resource-removed", Of("resource-added"), "A resource is gone, with all that was in it.";
    RESOURCE_RENAMED = "resource-renamed", Itself, "A resource has another name in the crate.";
    NOUN_CHANGED = "noun-changed", Itself, "What a resource's calls act on is called something else.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Findings) {
    for &pair in &cx.pairs.resources {
        match pair {
            Pair::Head(id) => findings.push(alone(cx, id, true)),
            Pair::Base(id) => findings.push(alone(cx, id, false)),
            Pair::Both(old, new) => {
                findings.extend(renamed(cx, old, new));
                findings.extend(noun(cx, old, new));
            }
        }
    }
}

fn subject(api: &Api, id: ResourceId) -> Subject {
    let name = api[id].name.plain().to_owned();
    Subject { kind: "resource", id: name.clone(), resource: name }
}

fn place(api: &Api, id: ResourceId, key: &str) -> At {
    At { file: api[id].file.clone(), path: at![key] }
}

/// Everything that a resource makes in the crate.
fn everything(api: &Api, id: ResourceId) -> Vec<Explains> {
    let resource = &api[id];
    let operations = resource.endpoints.iter();
    let operations =
        operations.map(|endpoint| item(keys::operation(resource, endpoint)));
    [all(keys::module(resource)), all(keys::accessor(resource))]
        .into_iter()
        .chain(operations)
        .collect()
}

/// `3 calls, 2 types`; of calls that came from another resource, or went to one, that is said.
fn holds(api: &Api, id: ResourceId, moved: usize, to: &str) -> String {
    let resource = &api[id];
    let calls = count(resource.endpoints.len() - moved, "call");
    let types = count(resource.types.len(), "type");
    if moved == 0 {
        return format!("{calls}, {types}");
    }
    format!("{calls}, {types}, and {} {to}", count(moved, "call"))
}

fn alone(cx: &Cx<'_>, id: ResourceId, is_new: bool) -> Finding {
    let api = cx.side(is_new);
    let is_moved = |pair: &&Pair<EndpointId>| match pair {
        Pair::Both((from, _), (to, _)) => id == if is_new { *to } else { *from },
        Pair::Base(_) | Pair::Head(_) => false,
    };
    let moved = cx.pairs.endpoints.iter().filter(is_moved).count();
    let (rule, to) = match is_new {
        true => (&RESOURCE_ADDED, "that another resource had"),
        false => (&RESOURCE_REMOVED, "that another resource has now"),
    };
    let holds = holds(api, id, moved, to);
    let message =
        format!("`{}` is {}: {holds}", api[id].name.plain(), come_or_gone(is_new));
    let (wire, why) = if is_new {
        (Wire::Additive, "")
    } else if api[id].endpoints.len() == moved {
        (Wire::None, "")
    } else {
        (Wire::Break, "released versions call what Front may not answer any more")
    };
    Finding::new(rule, subject(api, id), message)
        .alone(is_new, holds, place(api, id, "resource"))
        .on_wire(wire, why)
        .accounts_for(everything(api, id))
}

fn renamed(cx: &Cx<'_>, old: ResourceId, new: ResourceId) -> Option<Finding> {
    let (base, head) = (cx.base, cx.head);
    let (was, is) = (base[old].name.plain(), head[new].name.plain());
    (was != is).then(|| {
        let message = format!("`{was}` is called `{is}` now, with all that is in it");
        Finding::new(&RESOURCE_RENAMED, subject(head, new), message)
            .values([was, is])
            .located([place(base, old, "resource"), place(head, new, "resource")])
            .tells("rust", format!("paths through `front_api::{was}` lead nowhere"))
            .accounts_for(everything(base, old))
            .accounts_for(everything(head, new))
            .accounts_for(users(base, old))
            .accounts_for(users(head, new))
    })
}

/// Once, for all calls that do not say themselves what they act on.
fn noun(cx: &Cx<'_>, old: ResourceId, new: ResourceId) -> Option<Finding> {
    let (base, head) = (cx.base, cx.head);
    let was = &base[old].noun;
    let is = &head[new].noun;
    // Where both follow from the name, that it is another one says it.
    if was == is {
        return None;
    }
    let was = was.as_deref().map_or(base[old].name.plain(), |noun| noun);
    let is = is.as_deref().map_or(head[new].name.plain(), |noun| noun);
    let name = head[new].name.plain();
    let message = format!("what calls of `{name}` act on is `{is}`, and not `{was}`");
    Some(
        Finding::new(&NOUN_CHANGED, subject(head, new), message)
            .values([was, is])
            .located([place(base, old, "noun"), place(head, new, "noun")]),
    )
}

/// What names the types and ids of a resource: its module is a part of their names.
fn users(api: &Api, id: ResourceId) -> Vec<Explains> {
    let mut found = Vec::new();
    for &ty in &api[id].types {
        found.extend(that_name_type(api, ty));
    }
    for number in (0..api.ids.len()).map(IdId).filter(|known| api[*known].resource == id)
    {
        found.extend(that_name_id(api, number));
    }
    found
}
