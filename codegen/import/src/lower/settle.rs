//! Completes all shapes, when every name is known.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};

use super::super::published::{
    Answer, Api, Field, Kind, Limits, Object, Operation, Shape,
};
use super::super::unread::Unread;
use super::{Lowering, Sent, is_root, plain};
use front_codegen::spec::model::Fact;

/// Returns the facts of a completely converted document.
pub(super) fn settle(lowering: Lowering<'_>) -> Api {
    let Lowering { made, mut roots, mut operations, sent, mut unread, .. } = lowering;
    // The names of schemas that are not roots: bare scalars, lists and aliases.
    let mut bare: IndexMap<String, Shape> = IndexMap::new();
    for (pointer, shape) in made {
        let name =
            pointer.strip_prefix(super::SCHEMAS).filter(|name| !name.contains('/'));
        if let Some(name) = name.map(super::super::document::unescaped)
            && !is_root(&shape)
        {
            bare.insert(name.into_owned(), shape);
        }
    }
    roots.retain(|_, shape| is_root(shape));
    require(&mut roots, &sent, &mut unread);
    let nullable: HashSet<String> = roots
        .iter_mut()
        .filter_map(|(name, shape)| {
            std::mem::take(&mut shape.nullable).then(|| name.clone())
        })
        .collect();
    let known: HashSet<String> = roots.keys().cloned().collect();
    let names = Names { bare, nullable, known };
    for shape in roots.values_mut() {
        names.settle(shape, &mut IndexSet::new());
    }
    for shape in operations.values_mut().flat_map(shapes) {
        names.settle(shape, &mut IndexSet::new());
    }
    directions(&mut roots, &mut operations, &sent);
    Api { operations, roots, kept: Vec::new(), unread }
}

/// Marks the fields of a schema as required that every call with this body requires next to its reference.
fn require(
    roots: &mut IndexMap<String, Shape>,
    sent: &[Sent],
    unread: &mut Vec<Unread>,
) {
    let mut required_by_calls: IndexMap<&str, Vec<&String>> = IndexMap::new();
    for sent in sent {
        required_by_calls
            .entry(&sent.name)
            .and_modify(|keys| keys.retain(|key| sent.required.contains(key)))
            .or_insert_with(|| sent.required.iter().collect());
    }
    for sent in sent {
        let object = roots.get(&sent.name).map(|root| &root.kind);
        let is_required = |key: &String| match object {
            Some(Kind::Object(object)) => {
                object.fields.get(key).is_some_and(|field| field.required)
            }
            _ => false,
        };
        let of_all = &required_by_calls[sent.name.as_str()];
        let alone = sent.required.iter().filter(|key| !of_all.contains(key));
        let alone: Vec<String> =
            alone.filter(|key| !is_required(key)).cloned().collect();
        if !alone.is_empty() {
            unread.push(Unread {
                at: format!("{}/required", sent.at),
                value: Fact::List(alone),
                why: "other calls that send this schema do not require it".to_owned(),
            });
        }
    }
    for (name, keys) in required_by_calls {
        let Some(Kind::Object(object)) = roots.get_mut(name).map(|root| &mut root.kind)
        else {
            continue;
        };
        for key in keys {
            let anything = || Field { required: true, shape: plain(Kind::Any) };
            object.fields.entry(key.clone()).or_insert_with(anything).required = true;
        }
    }
}

/// The known names.
struct Names {
    bare: IndexMap<String, Shape>,
    /// The roots that may always be null.
    nullable: HashSet<String>,
    known: HashSet<String>,
}

impl Names {
    /// Inlines names that are not roots, and removes facts that have no meaning inside a list or a union. `within` contains the
    /// names that are being inlined.
    fn settle(&self, shape: &mut Shape, within: &mut IndexSet<String>) {
        let mut depth = 0;
        while let Kind::Named(name) = &shape.kind {
            if self.known.contains(name) {
                shape.nullable |= self.nullable.contains(name);
                break;
            }
            let nullable = shape.nullable;
            *shape = match self.bare.get(name).filter(|_| !within.contains(name)) {
                Some(bare) => {
                    within.insert(name.clone());
                    depth += 1;
                    bare.clone()
                }
                // A list of itself, which the spec cannot express.
                None => plain(Kind::Any),
            };
            shape.nullable |= nullable;
        }
        match &mut shape.kind {
            // A value that may be anything has no limits.
            Kind::Any | Kind::Map | Kind::OneOf(_) | Kind::Object(_) => {
                let deprecated = shape.limits.deprecated;
                shape.limits = Limits { deprecated, ..Limits::default() };
            }
            _ => {}
        }
        match &mut shape.kind {
            Kind::List(item) => {
                self.settle(item, within);
                item.nullable = false;
                item.limits.default = None;
            }
            Kind::OneOf(members) => {
                for member in members {
                    self.settle(member, within);
                    shape.nullable |= std::mem::take(&mut member.nullable);
                    member.limits.default = None;
                }
            }
            Kind::Object(object) => {
                for field in fields(object) {
                    self.settle(&mut field.shape, within);
                }
            }
            _ => {}
        }
        within.truncate(within.len() - depth);
    }
}

/// Removes defaults of fields that are only in responses, and replaces bytes with text where bytes cannot be sent.
fn directions(
    roots: &mut IndexMap<String, Shape>,
    operations: &mut IndexMap<String, Operation>,
    sent: &[Sent],
) {
    let mut bodies = HashSet::new();
    let mut forms = HashSet::new();
    let mut answers = HashSet::new();
    for sent in sent {
        reach(roots, &sent.name, &mut bodies);
        if sent.form {
            reach(roots, &sent.name, &mut forms);
        }
    }
    for operation in operations.values_mut() {
        match &mut operation.answer {
            Answer::One(shape) | Answer::List { item: shape, .. } => {
                forget_default(shape);
                forget_bytes(shape);
                names(shape, &mut |name| reach(roots, name, &mut answers));
            }
            Answer::Nothing | Answer::File => {}
        }
        let inputs = operation.query.values_mut().chain(operation.headers.values_mut());
        for field in inputs {
            forget_bytes(&mut field.shape);
            names(&field.shape, &mut |name| reach(roots, name, &mut bodies));
        }
    }
    for (name, shape) in roots {
        if answers.contains(name) && !bodies.contains(name) {
            forget_default(shape);
        }
        if !forms.contains(name) {
            forget_bytes(shape);
        }
    }
}

/// Adds a root and all roots that it uses.
fn reach(roots: &IndexMap<String, Shape>, name: &str, reached: &mut HashSet<String>) {
    let mut left = vec![name.to_owned()];
    while let Some(name) = left.pop() {
        if let Some(shape) = roots.get(&name)
            && reached.insert(name)
        {
            names(shape, &mut |name| left.push(name.to_owned()));
        }
    }
}

/// Calls a function for each name in a shape.
fn names(shape: &Shape, call: &mut dyn FnMut(&str)) {
    match &shape.kind {
        Kind::Named(name) => call(name),
        Kind::List(item) => names(item, call),
        Kind::OneOf(members) => members.iter().for_each(|member| names(member, call)),
        Kind::Object(object) => {
            let cases = object.cases.iter().flat_map(|cases| cases.cases.values());
            for object in std::iter::once(object).chain(cases) {
                object.fields.values().for_each(|field| names(&field.shape, call));
            }
        }
        _ => {}
    }
}

fn forget_default(shape: &mut Shape) {
    shape.limits.default = None;
    within(shape, &mut forget_default);
}

fn forget_bytes(shape: &mut Shape) {
    if shape.kind == Kind::File {
        shape.kind = Kind::String;
    }
    within(shape, &mut forget_bytes);
}

/// Calls a function for each part of a shape.
fn within(shape: &mut Shape, call: &mut dyn FnMut(&mut Shape)) {
    match &mut shape.kind {
        Kind::List(item) => call(item),
        Kind::OneOf(members) => members.iter_mut().for_each(call),
        Kind::Object(object) => {
            for field in fields(object) {
                call(&mut field.shape);
            }
        }
        _ => {}
    }
}

/// Returns all fields of an object, including those of its cases.
fn fields(object: &mut Object) -> impl Iterator<Item = &mut Field> {
    let cases = object.cases.iter_mut().flat_map(|cases| cases.cases.values_mut());
    let by_case = cases.flat_map(|case| case.fields.values_mut());
    object.fields.values_mut().chain(by_case)
}

/// Returns the shapes of a call.
fn shapes(operation: &mut Operation) -> impl Iterator<Item = &mut Shape> {
    let answer = match &mut operation.answer {
        Answer::One(shape) | Answer::List { item: shape, .. } => Some(shape),
        Answer::Nothing | Answer::File => None,
    };
    let inputs = operation.query.values_mut().chain(operation.headers.values_mut());
    let inputs = inputs.map(|field| &mut field.shape);
    inputs.chain(&mut operation.body).chain(answer)
}
