//! Objects that require themselves, which nobody could send. The field that closes the cycle becomes optional.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::published::{Kind, Object, Shape};
use crate::todo::Todo;

/// Breaks every cycle of roots that require each other.
pub(super) fn open(roots: &mut IndexMap<String, Shape>, todo: &mut Vec<Todo>) {
    let surely: HashMap<String, HashSet<String>> =
        roots.iter().map(|(name, shape)| (name.clone(), targets(shape))).collect();
    for (name, shape) in roots {
        let mut opened = Vec::new();
        if let Kind::Object(object) = &mut shape.kind {
            let closes = |target: &str| reaches(&surely, target, name);
            self::object(object, &closes, &mut opened);
        }
        for key in opened {
            let what =
                "it would require itself without an end, so it is imported as optional";
            todo.push(Todo::new(format!("{name}.{key}"), what));
        }
    }
}

/// Returns whether every value of one root contains a value of another.
fn reaches(surely: &HashMap<String, HashSet<String>>, from: &str, to: &str) -> bool {
    let mut seen = HashSet::new();
    let mut left = vec![from];
    while let Some(name) = left.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            left.extend(surely.get(name).into_iter().flatten().map(String::as_str));
        }
    }
    false
}

/// Returns the roots that every value of a shape contains.
fn targets(shape: &Shape) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut left = vec![shape];
    while let Some(shape) = left.pop() {
        match &shape.kind {
            Kind::Named(root) => {
                found.insert(root.clone());
            }
            Kind::Object(object) => {
                let fields = object.fields.values().filter(|field| field.required);
                left.extend(fields.map(|field| &field.shape));
            }
            _ => {}
        }
    }
    found
}

fn object(of: &mut Object, closes: &impl Fn(&str) -> bool, opened: &mut Vec<String>) {
    for (key, field) in &mut of.fields {
        match &mut field.shape.kind {
            Kind::Named(root) if field.required && closes(root) => {
                field.required = false;
                opened.push(key.clone());
            }
            Kind::Object(inner) if field.required => object(inner, closes, opened),
            _ => {}
        }
    }
}
