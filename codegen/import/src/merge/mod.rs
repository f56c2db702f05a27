//! Updates the spec to the facts of the document, and changes nothing else.
//!
//! A pass compares the whole spec with the document, collects the edits, and then applies them. A new item is a stub that contains
//! its origin, and the next pass completes it. Passes are repeated until one changes nothing, so a second import of the same
//! document changes nothing.

mod answers;
mod calls;
mod cases;
mod choices;
mod endless;
mod endpoints;
mod enums;
mod fields;
mod finish;
mod paths;
mod settle;
mod structs;
mod unions;
mod variants;

use std::collections::HashSet;

use super::directions::Directions;
use super::known::Known;
use super::occurrences::{self, Occurrences};
use super::pair::{self, EndpointRef};
use super::propose::Proposer;
use super::published::Api;
use super::todo::Todo;
pub(super) use endpoints::is_placeholder;
pub(super) use finish::required;
use front_codegen::spec::model::{Choice, Endpoint, Front, Resource, Type};
pub(super) use paths::unspeakable;

/// The parts of the spec that an import changes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    pub(super) front: Front,
    /// The type of webhook payloads.
    pub(super) payload: Option<String>,
    pub(super) resources: Vec<Resource>,
}

/// The state of a pass.
struct Cx<'k, 'a> {
    known: &'k Known<'a>,
    occurrences: &'k Occurrences<'a>,
    directions: &'k Directions<'a>,
    resources: &'a [Resource],
    front: &'a Front,
    propose: Proposer<'k, 'a>,
    todo: Vec<Todo>,
}

/// The maximum number of passes. More than the depth of nested objects is never needed.
const PASSES: usize = 40;

/// Merges the published facts into the spec. `since` is the date of new endpoints.
pub(super) fn merge(
    before: &Draft,
    api: &Api,
    since: Option<&str>,
) -> (Draft, Vec<Todo>) {
    let (api, left_out) = cases::spoken(api);
    let mut draft = before.clone();
    let mut todo = Vec::new();
    let mut seen: Vec<Draft> = Vec::new();
    while seen.len() < PASSES {
        let last = draft.clone();
        todo = pass(&mut draft, &api, since);
        if draft == last {
            break;
        }
        if seen.contains(&draft) {
            todo.extend(disagreement(&last, &draft));
            break;
        }
        seen.push(last);
    }
    finish::finish(before, &mut draft);
    todo.extend(left_out);
    (draft, todo)
}

/// Reports passes that do not converge: each reverts the previous one.
fn disagreement(last: &Draft, draft: &Draft) -> Option<Todo> {
    let types = |of: &Draft| -> Vec<(String, Type)> {
        let all = of.resources.iter().flat_map(|resource| &resource.types);
        all.map(|(name, of)| (name.clone(), of.clone())).collect()
    };
    let known = types(last);
    let (name, _) = types(draft).into_iter().find(|of| !known.contains(of))?;
    let what = "it is used at locations of the document with contradictory facts: give each location a type of its own";
    Some(Todo::new(name, what))
}

fn pass(draft: &mut Draft, api: &Api, since: Option<&str>) -> Vec<Todo> {
    let mut todo = Vec::new();
    let pairs = pair::pair(&draft.resources, api);
    endpoints::gone(draft, &pairs.gone);
    endpoints::new(draft, api, &pairs, since, &mut todo);
    let before = draft.clone();
    let pairs = pair::pair(&before.resources, api);
    let known = Known::new(api, &before.resources);
    let directions =
        Directions::of(&known, &before.resources, before.payload.as_deref());
    let occurrences = occurrences::walk(&known, &before.resources, &pairs.both);
    let mut cx = Cx {
        known: &known,
        occurrences: &occurrences,
        directions: &directions,
        resources: &before.resources,
        front: &before.front,
        propose: Proposer::new(&known, &before.resources, &occurrences, &directions),
        todo: Vec::new(),
    };
    let mut edited: Vec<(EndpointRef, Endpoint)> = Vec::new();
    for (endpoint_ref, id, operation) in &pairs.both {
        edited.extend(calls::merge(&mut cx, draft, endpoint_ref, id, operation));
    }
    let mut types: Vec<(usize, &str, Type)> = Vec::new();
    for (home, resource) in before.resources.iter().enumerate() {
        for (name, of) in &resource.types {
            types.push((home, name, self::of(&mut cx, home, name, of)));
        }
    }
    for (home, name, of) in types {
        draft.resources[home].types[name] = of;
    }
    for (endpoint_ref, endpoint) in edited {
        draft.resources[endpoint_ref.resource].endpoints[&endpoint_ref.endpoint] =
            endpoint;
    }
    todo.append(&mut cx.todo);
    for (home, name, of) in cx.propose.made() {
        draft.resources[home].types.insert(name, of);
    }
    settle::settle(draft);
    todo
}

/// Returns the updated type.
fn of<'a>(cx: &mut Cx<'_, 'a>, home: usize, name: &'a str, ours: &'a Type) -> Type {
    let occurrences = cx.occurrences.of(name);
    if occurrences.is_empty() {
        return ours.clone();
    }
    let mut of = if ours.fields.is_some() {
        structs::structure(cx, home, name, ours, occurrences)
    } else if ours.values.is_some() {
        enums::enumeration(cx.known, ours, occurrences)
    } else if let Some(union) = &ours.union {
        unions::union(cx, home, name, ours, union, occurrences)
    } else if let Some(choice) = &ours.choice {
        choices::choice(cx, home, ours, choice, occurrences)
    } else {
        ours.clone()
    };
    of.published = match &ours.choice {
        Some(choice) => chosen(cx, ours, choice, occurrences),
        None => origin(cx, ours, occurrences),
    };
    of
}

/// Returns the origin of a type: the one in the spec, as long as the type is used there or at an equal location.
fn origin<'a>(
    cx: &Cx<'_, 'a>,
    ours: &Type,
    occurrences: &[occurrences::TypeLocation<'a>],
) -> Option<String> {
    let locations: Vec<_> = occurrences
        .iter()
        .filter(|at| at.is_origin(ours))
        .map(|at| &at.location)
        .collect();
    if let Some(from) = &ours.published {
        let there = cx.known.at(from);
        let holds = locations.iter().any(|location| {
            location.place == *from
                || there.is_some_and(|there| {
                    super::refines::item(there).kind
                        == super::refines::item(location.shape).kind
                })
        });
        if holds {
            return Some(from.clone());
        }
        // It is used at locations without such a list, as a choice or a curated set of values: its origin may be elsewhere.
        if locations.is_empty() && there.is_some_and(|there| origin_of(ours, there)) {
            return Some(from.clone());
        }
    }
    let named = locations
        .iter()
        .find(|location| cx.known.api.roots.contains_key(&location.place));
    named.or(locations.first()).map(|location| location.place.clone())
}

/// Returns the origin of a choice: the one in the spec, as long as the document has it. No location implies it.
fn chosen(
    cx: &Cx<'_, '_>,
    ours: &Type,
    choice: &Choice,
    occurrences: &[occurrences::TypeLocation<'_>],
) -> Option<String> {
    let from = ours.published.as_ref()?;
    let at = occurrences.first()?;
    let tagged = |tag: &String| format!("{}.{tag}", at.location.place);
    if cx.known.at(from).is_some()
        || choice.tag.as_ref().map(tagged).as_ref() == Some(from)
    {
        return Some(from.clone());
    }
    choice.tag.as_ref().map(tagged)
}

/// Returns whether a type of this kind is created from a shape of this kind.
fn origin_of(ours: &Type, there: &super::published::Shape) -> bool {
    use super::published::Kind;
    match &super::refines::item(there).kind {
        Kind::Enum(_) => ours.values.is_some() || ours.choice.is_some(),
        _ => ours.values.is_none(),
    }
}

/// Returns the names of the used types.
fn used<'a>(resources: &'a [Resource], payload: Option<&'a str>) -> HashSet<&'a str> {
    static NOTHING: std::sync::LazyLock<Api> = std::sync::LazyLock::new(Api::default);
    let known = Known::new(&NOTHING, resources);
    Directions::of(&known, resources, payload).used().collect()
}
