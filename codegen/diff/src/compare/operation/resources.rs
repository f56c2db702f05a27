//! Resources: which there are, and what they are called.

use crate::compare::Cx;
use crate::compare::build::{all, item};
use crate::compare::graph::{that_name_id, that_name_type};
use crate::finding::{At, Explains, Finding, Subject, Wire};
use crate::pairs::Pair;
use crate::rule::{Rule, rules};
use crate::surface::keys;
use front_codegen::ir::{Api, IdId, ResourceId};
use front_codegen::source::at;

rules! {
    RESOURCE_ADDED = "resource-added", Of("resource-removed"), "A resource is new, with all that is in it.";
    RESOURCE_REMOVED = "resource-removed", Of("resource-added"), "A resource is gone, with all that was in it.";
    RESOURCE_RENAMED = "resource-renamed", Itself, "A resource has another name in the crate.";
    NOUN_CHANGED = "noun-changed", Itself, "What a resource's calls act on is called something else.";
}

pub(crate) fn compare(cx: &Cx<'_>, findings: &mut Vec<Finding>) {
    for &pair in &cx.pairs.resources {
        match pair {
            Pair::Head(id) => findings.push(added(cx, id)),
            Pair::Base(id) => findings.push(removed(cx, id)),
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

fn place(api: &Api, id: ResourceId) -> At {
    At { file: api[id].file.clone(), path: at!["resource"] }
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
    let count = |number: usize, what: &str| {
        format!("{number} {what}{}", if number == 1 { "" } else { "s" })
    };
    let resource = &api[id];
    let calls = count(resource.endpoints.len() - moved, "call");
    let types = count(resource.types.len(), "type");
    if moved == 0 {
        return format!("{calls}, {types}");
    }
    format!("{calls}, {types}, and {} {to}", count(moved, "call"))
}

fn added(cx: &Cx<'_>, id: ResourceId) -> Finding {
    let api = cx.head;
    let moved = cx.pairs.endpoints.iter().filter(|pair| match pair {
        Pair::Both(_, (to, _)) => *to == id,
        Pair::Base(_) | Pair::Head(_) => false,
    });
    let holds = holds(api, id, moved.count(), "that another resource had");
    let name = api[id].name.plain();
    let message = format!("`{name}` is new: {holds}");
    Finding::new(&RESOURCE_ADDED, subject(api, id), message)
        .after(holds)
        .at_head(place(api, id))
        .on_wire(Wire::Additive, "")
        .accounts_for(everything(api, id))
}

fn removed(cx: &Cx<'_>, id: ResourceId) -> Finding {
    let api = cx.base;
    let moved = cx.pairs.endpoints.iter().filter(|pair| match pair {
        Pair::Both((from, _), _) => *from == id,
        Pair::Base(_) | Pair::Head(_) => false,
    });
    let moved = moved.count();
    let holds = holds(api, id, moved, "that another resource has now");
    let name = api[id].name.plain();
    let message = format!("`{name}` is gone: {holds}");
    let (wire, why) = if api[id].endpoints.len() == moved {
        (Wire::None, "")
    } else {
        (Wire::Break, "released versions call what Front may not answer any more")
    };
    Finding::new(&RESOURCE_REMOVED, subject(api, id), message)
        .before(holds)
        .at_base(place(api, id))
        .on_wire(wire, why)
        .accounts_for(everything(api, id))
}

fn renamed(cx: &Cx<'_>, old: ResourceId, new: ResourceId) -> Option<Finding> {
    let (base, head) = (cx.base, cx.head);
    let (was, is) = (base[old].name.plain(), head[new].name.plain());
    (was != is).then(|| {
        let message = format!("`{was}` is called `{is}` now, with all that is in it");
        Finding::new(&RESOURCE_RENAMED, subject(head, new), message)
            .before(was)
            .after(is)
            .at_base(place(base, old))
            .at_head(place(head, new))
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
    let below = |mut at: At| {
        at.path = at!["noun"];
        at
    };
    Some(
        Finding::new(&NOUN_CHANGED, subject(head, new), message)
            .before(was)
            .after(is)
            .at_base(below(place(base, old)))
            .at_head(below(place(head, new))),
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
