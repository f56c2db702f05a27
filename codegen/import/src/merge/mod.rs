//! Brings our spec in line with the facts, and touches nothing else.
//!
//! A pass looks at everything as it stands, notes what is to be otherwise, and then makes it so. What it adds is a stub that
//! says where it was made from; the next pass finds it lacking and fills it. Passes follow each other until one changes
//! nothing: so whatever comes of an import, importing the same document again changes nothing.

mod answers;
mod calls;
mod cases;
mod choices;
mod directions;
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
mod walk;

use std::collections::HashSet;

use super::known::Known;
use super::pair::{self, Spot};
use super::propose::Proposer;
use super::published::Api;
use super::report::Todo;
pub(super) use directions::Directions;
pub(super) use endpoints::is_placeholder;
pub(super) use finish::required;
use front_codegen::spec::model::{Choice, Endpoint, Front, Resource, Type};
pub(super) use paths::unspeakable;
pub(super) use walk::{HEADER, QUERY, Standing};

/// What an import changes, while it does.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Draft {
    pub(super) front: Front,
    /// The type that webhooks carry.
    pub(super) payload: Option<String>,
    pub(super) resources: Vec<Resource>,
}

/// What a pass has before it.
struct Cx<'k, 'a> {
    known: &'k Known<'a>,
    standing: &'k Standing<'a>,
    directions: &'k Directions<'a>,
    resources: &'a [Resource],
    front: &'a Front,
    propose: Proposer<'k, 'a>,
    todo: Vec<Todo>,
}

/// More passes than objects can nest are never needed.
const PASSES: usize = 40;

/// Merges what was published into our spec. `since` is the day that new endpoints appeared.
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

/// What to do where passes go round in a circle: each undoes what the last one did.
fn disagreement(last: &Draft, draft: &Draft) -> Option<Todo> {
    let types = |of: &Draft| -> Vec<(String, Type)> {
        let all = of.resources.iter().flat_map(|resource| &resource.types);
        all.map(|(name, of)| (name.clone(), of.clone())).collect()
    };
    let known = types(last);
    let (name, _) = types(draft).into_iter().find(|of| !known.contains(of))?;
    let what = "it stands at places of the document that ask for different things, so that no import can settle it: give each place a type of its own";
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
    let standing = walk::walk(&known, &before.resources, &pairs.both);
    let mut cx = Cx {
        known: &known,
        standing: &standing,
        directions: &directions,
        resources: &before.resources,
        front: &before.front,
        propose: Proposer::new(&known, &before.resources, &standing, &directions),
        todo: Vec::new(),
    };
    let mut edited: Vec<(Spot, Endpoint)> = Vec::new();
    for (spot, id, operation) in &pairs.both {
        edited.extend(calls::merge(&mut cx, draft, spot, id, operation));
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
    for (spot, endpoint) in edited {
        draft.resources[spot.resource].endpoints[&spot.endpoint] = endpoint;
    }
    todo.append(&mut cx.todo);
    for (home, name, of) in cx.propose.made() {
        draft.resources[home].types.insert(name, of);
    }
    settle::settle(draft);
    todo
}

/// A type as it should be.
fn of<'a>(cx: &mut Cx<'_, 'a>, home: usize, name: &'a str, ours: &'a Type) -> Type {
    let stands = cx.standing.of(name);
    if stands.is_empty() {
        return ours.clone();
    }
    let mut of = if ours.fields.is_some() {
        structs::structure(cx, home, name, ours, stands)
    } else if ours.values.is_some() {
        enums::enumeration(cx.known, ours, stands)
    } else if let Some(union) = &ours.union {
        unions::union(cx, home, name, ours, union, stands)
    } else if let Some(choice) = &ours.choice {
        choices::choice(cx, home, ours, choice, stands)
    } else {
        ours.clone()
    };
    of.published = match &ours.choice {
        Some(choice) => chosen(cx, ours, choice, stands),
        None => origin(cx, ours, stands),
    };
    of
}

/// Where a type was made from: what it says, as long as it stands there or at something equal.
fn origin<'a>(cx: &Cx<'_, 'a>, ours: &Type, stands: &[walk::At<'a>]) -> Option<String> {
    let sites: Vec<_> =
        stands.iter().filter(|at| at.is_origin(ours)).map(|at| &at.site).collect();
    if let Some(from) = &ours.published {
        let there = cx.known.at(from);
        let holds = sites.iter().any(|site| {
            site.place == *from
                || there.is_some_and(|there| {
                    super::refines::item(there).kind
                        == super::refines::item(site.shape).kind
                })
        });
        if holds {
            return Some(from.clone());
        }
        // It stands where nothing is listed, as a choice or a curated set of values: what it was made from may be elsewhere.
        if sites.is_empty() && there.is_some_and(|there| origin_of(ours, there)) {
            return Some(from.clone());
        }
    }
    let named = sites.iter().find(|site| cx.known.api.roots.contains_key(&site.place));
    named.or(sites.first()).map(|site| site.place.clone())
}

/// Where a choice was made from, which no place of the document says by itself: what it says, as long as that is there.
fn chosen(
    cx: &Cx<'_, '_>,
    ours: &Type,
    choice: &Choice,
    stands: &[walk::At<'_>],
) -> Option<String> {
    let from = ours.published.as_ref()?;
    let at = stands.first()?;
    let tagged = |tag: &String| format!("{}.{tag}", at.site.place);
    if cx.known.at(from).is_some()
        || choice.tag.as_ref().map(tagged).as_ref() == Some(from)
    {
        return Some(from.clone());
    }
    choice.tag.as_ref().map(tagged)
}

/// Whether such a type is made from such a shape.
fn origin_of(ours: &Type, there: &super::published::Shape) -> bool {
    use super::published::Kind;
    match &super::refines::item(there).kind {
        Kind::Enum(_) => ours.values.is_some() || ours.choice.is_some(),
        _ => ours.values.is_none(),
    }
}

/// The names of types that something uses.
fn used<'a>(resources: &'a [Resource], payload: Option<&'a str>) -> HashSet<&'a str> {
    static NOTHING: std::sync::LazyLock<Api> = std::sync::LazyLock::new(Api::default);
    let known = Known::new(&NOTHING, resources);
    Directions::of(&known, resources, payload).used().collect()
}
