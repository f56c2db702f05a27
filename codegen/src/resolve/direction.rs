//! The directions of each type: in requests, as whole bodies, in responses, in webhook deliveries.

use crate::ir::{Answer, Api, Kind, Ty, TypeId};

/// Facts about the use of types that the API does not contain.
pub(super) struct Reach {
    /// For each type: whether it is inside another type that is sent.
    pub(super) nested: Vec<bool>,
    /// For each type: whether a webhook payload contains it.
    pub(super) event: Vec<bool>,
}

/// Records the directions of all types in the API, starting at every endpoint.
pub(super) fn directions(api: &mut Api) -> Reach {
    let count = api.types.len();
    let mut nested = vec![false; count];
    let mut taken = vec![false; count];
    let mut body = vec![false; count];
    let mut answer = vec![false; count];
    let mut event = vec![false; count];
    for endpoint in api.resources.iter().flat_map(|resource| &resource.endpoints) {
        let given = endpoint.path_params.iter().map(|param| &param.ty);
        let asked = endpoint
            .arguments
            .iter()
            .chain(&endpoint.setters)
            .map(|input| &input.field.ty);
        for ty in given.chain(asked) {
            reach(api, ty, &mut nested);
        }
        if let Some(id) = endpoint.body {
            if endpoint.input.is_some() {
                taken[id.0] = true;
            } else {
                body[id.0] = true;
            }
            for ty in parts(api, id) {
                reach(api, ty, &mut nested);
            }
        }
        match &endpoint.answer {
            Answer::One(ty) | Answer::Page { item: ty, .. } => {
                reach(api, ty, &mut answer)
            }
            Answer::Nothing | Answer::File => {}
        }
    }
    if let Some(payload) = api.webhook_payload {
        reach(api, &Ty::Named(payload), &mut answer);
        reach(api, &Ty::Named(payload), &mut event);
    }
    for (number, of) in api.types.iter_mut().enumerate() {
        of.direction.input = nested[number] || taken[number];
        of.direction.body = body[number];
        of.direction.answer = answer[number];
    }
    Reach { nested, event }
}

/// Marks a type and all types in its values.
fn reach(api: &Api, ty: &Ty, seen: &mut [bool]) {
    let mut left: Vec<TypeId> = named(ty).into_iter().collect();
    while let Some(id) = left.pop() {
        if !std::mem::replace(&mut seen[id.0], true) {
            left.extend(parts(api, id).into_iter().filter_map(named));
        }
    }
}

/// Returns the types of the parts of a value.
fn parts(api: &Api, id: TypeId) -> Vec<&Ty> {
    match &api[id].kind {
        Kind::Struct { fields, .. } => fields.iter().map(|field| &field.ty).collect(),
        Kind::Enum(_) | Kind::Flag(_) => Vec::new(),
        Kind::Union { cases, .. } => cases.iter().map(|case| &case.ty).collect(),
        Kind::Choice { cases, .. } => {
            cases.iter().flat_map(|case| &case.fields).map(|field| &field.ty).collect()
        }
    }
}

/// Returns the type of the spec inside lists and maps.
pub(super) fn named(ty: &Ty) -> Option<TypeId> {
    match ty {
        Ty::List(item) | Ty::Map(item) => named(item),
        Ty::Named(id) => Some(*id),
        Ty::Scalar(_) | Ty::Id(_) => None,
    }
}
