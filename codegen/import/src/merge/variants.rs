//! The variants of a call. Only the spec has them: an import updates their method, path and permission like those of the base
//! endpoint, and reports differences of their inputs and responses.

use super::Cx;
use crate::known::{Known, Location};
use crate::pair::by_position;
use crate::published::{Kind, Object, Operation};
use crate::refines::refines;
use crate::todo::Todo;
use front_codegen::phrase::Mark;
use front_codegen::spec::model::{Endpoint, Field};

/// Returns the updated variant, after its base endpoint changed.
pub(super) fn follow(other: &Endpoint, before: &Endpoint, after: &Endpoint) -> Endpoint {
    let mut new = other.clone();
    new.operation.clone_from(&after.operation);
    new.method.clone_from(&after.method);
    if by_position(&new.path) != by_position(&after.path) {
        new.path.clone_from(&after.path);
        new.params.clone_from(&after.params);
    }
    if before.capability != after.capability
        || before.published_scope != after.published_scope
    {
        new.capability.clone_from(&after.capability);
        new.published_scope.clone_from(&after.published_scope);
    }
    if before.deprecated.is_some() != after.deprecated.is_some() {
        new.deprecated.clone_from(&after.deprecated);
        new.replaced_by.clone_from(&after.replaced_by);
    }
    new
}

/// Reports how the body of a variant differs from the document.
pub(super) fn look<'a>(
    cx: &mut Cx<'_, 'a>,
    full: &str,
    other: &'a Endpoint,
    id: &str,
    operation: &'a Operation,
) {
    let Some(shape) = &operation.body else {
        return;
    };
    let head = Location::new(format!("{id}.body"), shape).head(cx.known.api);
    let of = other.body.as_ref().and_then(|body| cx.known.of_name(body));
    let (Kind::Object(object), Some(fields)) =
        (&head.shape.kind, of.and_then(|of| of.fields.as_ref()))
    else {
        return;
    };
    for (key, field) in fields {
        if cx.known.choice(field).is_none()
            && let Some(what) = misfit(cx.known, object, &head.place, key, field, other)
        {
            cx.todo.push(Todo::new(
                full,
                format!("{what}, and this second form is for people to change"),
            ));
        }
    }
    let sent = |key: &str| {
        fields.iter().any(|(known, field)| {
            known.split('.').next() == Some(key)
                || cx.known.choice(field).is_some_and(|(_, choice)| {
                    choice.tag.as_deref() == Some(key)
                        || choice.cases.values().any(|group| group.contains_key(key))
                })
        })
    };
    let lacks: Vec<&String> = object
        .fields
        .iter()
        .filter(|(key, field)| field.required && !sent(key))
        .map(|(key, _)| key)
        .collect();
    for key in lacks {
        cx.todo.push(Todo::new(
            full,
            format!("`{key}` is required, and this second form does not send it"),
        ));
    }
}

/// Returns how the document differs about a field.
fn misfit<'a>(
    known: &Known<'a>,
    object: &'a Object,
    place: &str,
    key: &str,
    field: &'a Field,
    endpoint: &Endpoint,
) -> Option<String> {
    let Some(found) = known.field(object, place, key) else {
        return Some(format!("the document has no `{key}` there"));
    };
    let (phrase, ty) = known.read(&field.0.phrase)?;
    if field.0.fixed.is_none() && refines(known, &ty, &found.location).is_none() {
        let published = crate::phrase::of(found.location.shape);
        return Some(format!("`{key}` is {published} in the document"));
    }
    let given = phrase.mark == Some(Mark::Required)
        || field.0.fixed.is_some()
        || endpoint.arguments.iter().any(|argument| argument == key);
    (found.required && !given).then(|| format!("`{key}` is required by now"))
}
