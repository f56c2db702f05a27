//! What of an API holds a type: the calls and events that a change of it reaches, the public items that name it.

use super::build::{all, item};
use crate::compare::operation::operations::name;
use crate::finding::{Explains, Reach};
use crate::pairs::{EndpointId, answered};
use crate::surface::keys;
use front_codegen::ir::{
    Api, Discriminator, Endpoint, Field, IdId, Kind, ResourceId, Ty, Type, TypeId,
};

/// The calls that take or answer values of a type, and the events that carry it.
pub(crate) fn reach(api: &Api, target: TypeId) -> Reach {
    let holds = holders(api, target, true);
    let named = |ty: &Ty| inner(ty).is_some_and(|id| holds[id.0]);
    let touches = |endpoint: &Endpoint| {
        let inputs = endpoint.arguments.iter().chain(&endpoint.setters);
        endpoint.path_params.iter().any(|param| named(&param.ty))
            || inputs.into_iter().any(|input| named(&input.field.ty))
            || endpoint.input.is_some_and(|id| holds[id.0])
            || endpoint.body.is_some_and(|id| holds[id.0])
            || answered(&endpoint.answer).is_some_and(named)
    };
    let operations = every_endpoint(api)
        .filter(|(_, endpoint)| touches(endpoint))
        .map(|(id, _)| name(api, id))
        .collect();
    let events = if api.webhook_payload.is_some_and(|id| holds[id.0]) {
        api.webhooks.iter().map(|event| event.wire.clone()).collect()
    } else {
        Vec::new()
    };
    Reach { operations, events }
}

/// Returns whether every response that contains the type has it inside a union. Such a value that does not decode is kept as an
/// unknown case, and the rest of the response is decoded.
pub(crate) fn is_shielded(api: &Api, target: TypeId) -> bool {
    let bare = holders(api, target, false);
    let named = |ty: &Ty| inner(ty).is_some_and(|id| bare[id.0]);
    !api.webhook_payload.is_some_and(|id| bare[id.0])
        && !every_endpoint(api)
            .any(|(_, endpoint)| answered(&endpoint.answer).is_some_and(named))
}

/// By type: whether a value of it may hold a value of `target`, itself among them.
fn holders(api: &Api, target: TypeId, through_unions: bool) -> Vec<bool> {
    let mut holds = vec![false; api.types.len()];
    holds[target.0] = true;
    loop {
        let mut found = false;
        for (number, of) in api.types.iter().enumerate() {
            let skipped = !through_unions && matches!(of.kind, Kind::Union { .. });
            if holds[number] || skipped {
                continue;
            }
            holds[number] = parts(of).any(|ty| inner(ty).is_some_and(|id| holds[id.0]));
            found |= holds[number];
        }
        if !found {
            return holds;
        }
    }
}

/// The types of the parts of a type's values.
fn parts(of: &Type) -> Box<dyn Iterator<Item = &Ty> + '_> {
    match &of.kind {
        Kind::Struct { fields, .. } => Box::new(fields.iter().map(|field| &field.ty)),
        Kind::Enum(_) | Kind::Flag(_) => Box::new(std::iter::empty()),
        Kind::Union { cases, .. } => Box::new(cases.iter().map(|case| &case.ty)),
        Kind::Choice { cases, .. } => {
            let fields = cases.iter().flat_map(|case| &case.fields);
            Box::new(fields.map(|field| &field.ty))
        }
    }
}

/// Every call.
pub(crate) fn every_endpoint(
    api: &Api,
) -> impl Iterator<Item = (EndpointId, &Endpoint)> {
    api.resources.iter().enumerate().flat_map(|(number, resource)| {
        let endpoints = resource.endpoints.iter().enumerate();
        endpoints.map(move |(at, endpoint)| ((ResourceId(number), at), endpoint))
    })
}

/// The type of the spec in a type, behind lists and maps.
fn inner(ty: &Ty) -> Option<TypeId> {
    match bare(ty) {
        Ty::Named(id) => Some(*id),
        _ => None,
    }
}

fn bare(ty: &Ty) -> &Ty {
    match ty {
        Ty::List(item) | Ty::Map(item) => bare(item),
        ty => ty,
    }
}

/// The public items whose Rust names a type.
pub(crate) fn that_name_type(api: &Api, target: TypeId) -> Vec<Explains> {
    that_name(api, &Ty::Named(target))
}

/// The public items whose Rust names an id's type.
pub(crate) fn that_name_id(api: &Api, target: IdId) -> Vec<Explains> {
    that_name(api, &Ty::Id(target))
}

fn that_name(api: &Api, target: &Ty) -> Vec<Explains> {
    let names = |ty: &Ty| bare(ty) == target;
    let mut found = Vec::new();
    for of in &api.types {
        match &of.kind {
            Kind::Struct { fields, .. } => {
                for field in fields.iter().filter(|field| names(&field.ty)) {
                    found.extend(field_lines(api, of, field));
                }
            }
            Kind::Union { by, cases } => {
                for case in cases.iter().filter(|case| names(&case.ty)) {
                    found.push(item(keys::case(api, of, case)));
                    if *by == Discriminator::Kind {
                        // What makes the union of the value.
                        found.push(item(keys::ty(api, of)));
                    }
                }
            }
            Kind::Choice { cases, .. } => {
                let groups = cases.iter();
                let groups =
                    groups.filter(|of| of.fields.iter().any(|field| names(&field.ty)));
                found.extend(groups.map(|group| item(keys::group(api, of, group))));
            }
            Kind::Enum(_) | Kind::Flag(_) => {}
        }
    }
    for ((resource, _), endpoint) in every_endpoint(api) {
        let resource = &api[resource];
        let taken = endpoint.path_params.iter().any(|param| names(&param.ty))
            || endpoint.arguments.iter().any(|input| names(&input.field.ty))
            || endpoint.input.is_some_and(|id| Ty::Named(id) == *target);
        if taken {
            found.push(item(keys::method(resource, endpoint)));
        }
        let set = endpoint.setters.iter().filter(|input| names(&input.field.ty));
        found.extend(
            set.map(|input| item(keys::setter(resource, endpoint, &input.field))),
        );
        if answered(&endpoint.answer).is_some_and(names) {
            found.push(all(keys::request(resource, endpoint)));
        }
    }
    found
}

/// The lines that a field of a structure has: where answers hold it, and where callers build one.
pub(crate) fn field_lines(api: &Api, of: &Type, field: &Field) -> Vec<Explains> {
    let mut lines = Vec::new();
    if of.direction.answer {
        lines.push(item(keys::field(api, of, field)));
    }
    if of.direction.input {
        lines.push(item(keys::type_setter(api, of, field)));
        lines.push(item(keys::type_clearer(api, of, field)));
        if field.required {
            lines.push(item(keys::new(api, of)));
        }
    }
    lines
}
