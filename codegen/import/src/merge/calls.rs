//! Calls that the spec and the document have: their facts and inputs.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::answers::answer;
use super::endpoints::{CAPABILITY, DEPRECATED};
use super::fields::{self, Role, Wanted};
use super::paths::{moved, path, placeholders, unspeakable};
use super::{Cx, Draft, variants};
use crate::directions::Direction;
use crate::known::Location;
use crate::occurrences::{HEADER, QUERY};
use crate::pair::{EndpointRef, by_position};
use crate::propose::Usage;
use crate::published::{self, Answer, Kind, Operation};
use crate::refines::{Simple, refines, simple};
use crate::todo::Todo;
use front_codegen::ir::MERGED_CONVERSATION;
use front_codegen::reserved::is_client_header;
use front_codegen::spec::model::{Endpoint, Field, FieldDef};
use front_codegen::vocabulary::is_header_name;

/// Returns the updated endpoint, and its variants.
pub(super) fn merge<'a>(
    cx: &mut Cx<'_, 'a>,
    draft: &mut Draft,
    endpoint_ref: &EndpointRef,
    id: &'a str,
    operation: &'a Operation,
) -> Vec<(EndpointRef, Endpoint)> {
    let resource = &cx.resources[endpoint_ref.resource];
    let ours = &resource.endpoints[&endpoint_ref.endpoint];
    let mut new = ours.clone();
    id.clone_into(&mut new.operation);
    new.method.clone_from(&operation.method);
    if by_position(&new.path) != by_position(&operation.path)
        && unspeakable(operation).is_none()
    {
        new.path = moved(cx, &ours.path, &path(&operation.path));
    }
    params(cx, &mut new);
    scope(draft, &mut new, operation.scope.as_deref(), id, cx);
    match (&new.deprecated, operation.deprecated) {
        (None, true) => new.deprecated = Some(DEPRECATED.to_owned()),
        (Some(_), false) => (new.deprecated, new.replaced_by) = (None, None),
        _ => {}
    }
    match (&new.redirects, operation.redirects) {
        (None, true) => new.redirects = Some(MERGED_CONVERSATION.to_owned()),
        (Some(_), false) => new.redirects = None,
        _ => {}
    }
    query(cx, endpoint_ref.resource, &mut new, ours, id, operation);
    headers(cx, endpoint_ref.resource, &mut new, ours, id, operation);
    body(cx, endpoint_ref.resource, &mut new, ours, id, operation);
    answer(cx, endpoint_ref.resource, &mut new, ours, id, operation);
    let mut edited = Vec::new();
    for (name, other) in &resource.endpoints {
        if other.variant_of.as_ref() == Some(&endpoint_ref.endpoint) {
            let full = format!("{}.{name}", resource.resource);
            variants::look(cx, &full, other, id, operation);
            let endpoint_ref =
                EndpointRef { resource: endpoint_ref.resource, endpoint: name.clone() };
            edited.push((endpoint_ref, variants::follow(other, ours, &new)));
        }
    }
    edited.push((endpoint_ref.clone(), new));
    edited
}

/// Gives placeholders that are not ids the type `string`.
fn params(cx: &Cx<'_, '_>, new: &mut Endpoint) {
    let names: Vec<String> = placeholders(&new.path).map(str::to_owned).collect();
    new.params.retain(|name, _| names.contains(name));
    let of_ids: HashSet<&String> = cx
        .resources
        .iter()
        .filter_map(|resource| resource.id.as_ref())
        .flat_map(|id| &id.params)
        .collect();
    for name in names {
        if !of_ids.contains(&name) && !new.params.contains_key(&name) {
            let def = FieldDef { phrase: "string".to_owned(), ..FieldDef::default() };
            new.params.insert(name, Field(def));
        }
    }
}

/// Sets the permission of the document: `published_scope` if the spec has another `capability`, otherwise `capability`.
fn scope(
    draft: &mut Draft,
    new: &mut Endpoint,
    published: Option<&str>,
    id: &str,
    cx: &mut Cx<'_, '_>,
) {
    let legal = |scope: &&str| {
        scope
            .rsplit_once(':')
            .is_some_and(|(left, right)| !left.is_empty() && !right.is_empty())
            && front_codegen::names::Name::new(scope).is_ok()
    };
    if let Some(odd) = published.filter(|scope| !legal(scope)) {
        cx.todo.push(Todo::new(
            id,
            format!("`{odd}` is not a valid permission name in the spec"),
        ));
        return;
    }
    let wanted = published.unwrap_or("none");
    if new.published_scope.as_deref().unwrap_or(&new.capability) != wanted {
        match &mut new.published_scope {
            Some(scope) if new.capability != wanted => wanted.clone_into(scope),
            Some(_) => new.published_scope = None,
            None => wanted.clone_into(&mut new.capability),
        }
    }
    if wanted != "none" && !draft.front.capabilities.contains_key(wanted) {
        draft.front.capabilities.insert(wanted.to_owned(), CAPABILITY.to_owned());
    }
}

fn query<'a>(
    cx: &mut Cx<'_, 'a>,
    home: usize,
    new: &mut Endpoint,
    ours: &'a Endpoint,
    id: &str,
    operation: &'a Operation,
) {
    let paging = &cx.front.pagination;
    let is_list = matches!(operation.answer, Answer::List { .. });
    let implied = |key: &str| is_list && (key == paging.cursor || key == paging.size);
    let mut query = IndexMap::new();
    for (key, field) in &ours.query {
        let part_of =
            key.split_once('[').and_then(|(whole, _)| operation.query.get(whole));
        if let Some(published) = operation.query.get(key).filter(|_| !implied(key)) {
            let wanted = wanted(id, QUERY, key, published);
            query.insert(key.clone(), fields::field(cx, home, field, &wanted, TEXT));
        } else if part_of
            .is_some_and(|whole| matches!(whole.shape.kind, Kind::Object(_) | Kind::Map))
        {
            query.insert(key.clone(), field.clone());
        }
    }
    let mut after: Option<usize> = None;
    for (key, published) in &operation.query {
        let bracketed = matches!(published.shape.kind, Kind::Object(_) | Kind::Map);
        if implied(key) || bracketed {
            continue;
        }
        let position = match query.get_index_of(key) {
            Some(position) => position,
            None => {
                let field =
                    fields::new(cx, home, &wanted(id, QUERY, key, published), TEXT);
                let position = after.map_or(0, |after| after + 1).min(query.len());
                query.shift_insert(position, key.clone(), field);
                position
            }
        };
        after = Some(position);
    }
    new.query = query;
}

/// The role of inputs that are sent as text, outside the body.
const TEXT: Role = Role { direction: Direction::NONE, query: true, case: false };

/// Merges the headers of a call. Header names are case-insensitive.
fn headers<'a>(
    cx: &mut Cx<'_, 'a>,
    home: usize,
    new: &mut Endpoint,
    ours: &'a Endpoint,
    id: &str,
    operation: &'a Operation,
) {
    let mut headers = IndexMap::new();
    for (name, published) in &operation.headers {
        let wrong = if is_client_header(name) {
            Some("the client sets this header itself, so it is left out")
        } else {
            (!is_header_name(name)).then_some("invalid header name, so it is left out")
        };
        if let Some(wrong) = wrong {
            cx.todo.push(Todo::new(format!("{id}{HEADER}{name}"), wrong));
            continue;
        }
        let known =
            ours.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
        let wanted = wanted(id, HEADER, name, published);
        let (name, field) = match known {
            Some((name, field)) => (name, fields::field(cx, home, field, &wanted, TEXT)),
            None => (name, fields::new(cx, home, &wanted, TEXT)),
        };
        headers.insert(name.clone(), field);
    }
    // Keep our order.
    headers.sort_by_key(|name, _| ours.headers.get_index_of(name).unwrap_or(usize::MAX));
    new.headers = headers;
}

fn wanted<'a>(
    id: &str,
    place: &str,
    key: &str,
    published: &'a published::Field,
) -> Wanted<'a> {
    let location = Location::new(format!("{id}{place}{key}"), &published.shape);
    Wanted { locations: vec![location], required: published.required }
}

fn body<'a>(
    cx: &mut Cx<'_, 'a>,
    home: usize,
    new: &mut Endpoint,
    ours: &'a Endpoint,
    id: &str,
    operation: &'a Operation,
) {
    let Some(shape) = operation.body.as_ref().filter(|_| operation.method != "GET")
    else {
        new.body = None;
        return;
    };
    let location = Location::new(format!("{id}.body"), shape);
    if !matches!(simple(cx.known, &location), Simple::Object(_)) {
        if !matches!(simple(cx.known, &location), Simple::Map) {
            let what = crate::phrase::of(shape);
            cx.todo.push(Todo::new(
                id,
                format!("the body is {what}, but a body in the spec must have fields"),
            ));
        }
        return;
    }
    let ty = ours.body.as_ref().and_then(|body| cx.known.read(body));
    let fits = match ty {
        Some((_, ty)) => refines(cx.known, &ty, &location).is_some(),
        None => ours.body.is_some(),
    };
    if !fits {
        let usage = Usage { sent: true, answered: false, query: false };
        new.body = Some(cx.propose.phrase(&location, usage, home));
    }
}
