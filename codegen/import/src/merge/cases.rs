//! Removes from a document what the spec cannot express.
//!
//! Fields by case become a choice, and a choice can only be in a whole body: anywhere else the cases are merged. A key with a dot
//! would be read as a path of keys, so it is left out.

use std::collections::HashSet;

use super::endless;

use crate::published::{Answer, Api, Field, Kind, Limits, Object, Shape};
use crate::todo::Todo;
use front_codegen::names::Name;

/// The maximum number of arguments of a call. With more, the body becomes one value, which cannot contain a choice.
const ARGUMENTS: usize = 4;

/// Returns the part of the document that the spec can express, and reports what is left out.
pub(super) fn spoken(api: &Api) -> (Api, Vec<Todo>) {
    let bodies = bodies(api);
    let mut flat = api.clone();
    let mut todo = Vec::new();
    for (name, root) in &mut flat.roots {
        shape(root, bodies.contains(name.as_str()));
        let mut dotted = Vec::new();
        undotted(root, &mut dotted);
        for key in dotted {
            todo.push(Todo::new(
                name,
                format!(
                    "`{key}` is left out, because its dot would make it a path of keys"
                ),
            ));
        }
    }
    for operation in flat.operations.values_mut() {
        if let Some(body) = &mut operation.body {
            shape(body, false);
        }
        match &mut operation.answer {
            Answer::One(answer) | Answer::List { item: answer, .. } => {
                shape(answer, false)
            }
            Answer::Nothing | Answer::File => {}
        }
    }
    endless::open(&mut flat.roots, &mut todo);
    (flat, todo)
}

/// Removes keys with dots.
fn undotted(of: &mut Shape, dotted: &mut Vec<String>) {
    match &mut of.kind {
        Kind::List(item) => undotted(item, dotted),
        Kind::OneOf(members) => {
            for member in members {
                undotted(member, dotted);
            }
        }
        Kind::Object(object) => {
            let cases =
                object.cases.iter_mut().flat_map(|cases| cases.cases.values_mut());
            let all = std::iter::once(&mut object.fields)
                .chain(cases.map(|case| &mut case.fields));
            for fields in all {
                dotted.extend(fields.keys().filter(|key| key.contains('.')).cloned());
                fields.retain(|key, _| !key.contains('.'));
                for field in fields.values_mut() {
                    undotted(&mut field.shape, dotted);
                }
            }
        }
        _ => {}
    }
}

/// Returns the roots that are only whole bodies and whose calls have few enough arguments for a choice.
fn bodies(api: &Api) -> HashSet<&str> {
    let mut bodies = HashSet::new();
    let mut elsewhere = Vec::new();
    for operation in api.operations.values() {
        if let Some(Shape { kind: Kind::Named(root), .. }) = &operation.body {
            let required = |fields: &indexmap::IndexMap<String, Field>| {
                fields.values().filter(|field| field.required).count()
            };
            let (of_body, named) = match api.roots.get(root).map(|shape| &shape.kind) {
                Some(Kind::Object(object)) => {
                    (required(&object.fields), have_names(object))
                }
                _ => (0, true),
            };
            let all = operation.params.len()
                + required(&operation.query)
                + required(&operation.headers)
                + of_body
                + 1;
            if all <= ARGUMENTS && named {
                bodies.insert(root.as_str());
            } else {
                elsewhere.push(root.as_str());
            }
        }
        match &operation.answer {
            Answer::One(answer) | Answer::List { item: answer, .. } => {
                names(answer, &mut elsewhere);
            }
            Answer::Nothing | Answer::File => {}
        }
    }
    for root in api.roots.values() {
        names(root, &mut elsewhere);
    }
    bodies.retain(|body| !elsewhere.contains(body));
    bodies
}

/// Returns whether all cases of an object have valid Rust names. A choice cannot rename its cases.
fn have_names(object: &Object) -> bool {
    named(object.cases.iter().flat_map(|cases| cases.cases.keys()))
}

/// Returns whether all names are valid in Rust and distinct.
pub(super) fn named<'a>(cases: impl Iterator<Item = &'a String>) -> bool {
    let mut seen = HashSet::new();
    cases
        .map(|case| Name::new(case))
        .all(|name| name.is_ok_and(|name| seen.insert(name.snake())))
}

/// Returns the roots that a shape refers to.
fn names<'a>(shape: &'a Shape, found: &mut Vec<&'a str>) {
    match &shape.kind {
        Kind::Named(root) => found.push(root),
        Kind::List(item) => names(item, found),
        Kind::OneOf(members) => {
            for member in members {
                names(member, found);
            }
        }
        Kind::Object(object) => {
            let cases = object.cases.iter().flat_map(|cases| cases.cases.values());
            for field in
                object.fields.values().chain(cases.flat_map(|case| case.fields.values()))
            {
                names(&field.shape, found);
            }
        }
        _ => {}
    }
}

fn shape(of: &mut Shape, keep: bool) {
    match &mut of.kind {
        Kind::List(item) => shape(item, false),
        Kind::OneOf(members) => {
            for member in members {
                shape(member, false);
            }
        }
        Kind::Object(inner) => object(inner, keep),
        _ => {}
    }
}

fn object(of: &mut Object, keep: bool) {
    if !keep && let Some(cases) = of.cases.take() {
        let values: Vec<String> = cases.cases.keys().cloned().collect();
        let kind = Kind::Enum(values);
        let tag = Shape { nullable: false, kind, limits: Limits::default() };
        of.fields.insert(cases.tag, Field { required: true, shape: tag });
        for (key, field) in cases.cases.into_values().flat_map(|case| case.fields) {
            let of_another =
                of.fields.get(&key).is_some_and(|first| first.shape != field.shape);
            let shape = if of_another {
                Shape { nullable: false, kind: Kind::Any, limits: Limits::default() }
            } else {
                field.shape
            };
            of.fields.insert(key, Field { required: false, shape });
        }
    }
    let cases = of.cases.iter_mut().flat_map(|cases| cases.cases.values_mut());
    for case in cases {
        object(case, false);
    }
    for field in of.fields.values_mut() {
        shape(&mut field.shape, false);
    }
}
