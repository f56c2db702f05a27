//! The values of an enumeration.

use std::collections::HashMap;

use indexmap::IndexSet;

use super::walk::At;
use crate::known::Known;
use crate::propose::{names_of, value};
use crate::published::Kind;
use crate::refines::item;
use front_codegen::spec::model::{Type, Value};

/// An enumeration as it should be: the values of all places that list some.
pub(super) fn enumeration<'a>(
    known: &Known<'a>,
    ours: &Type,
    stands: &[At<'a>],
) -> Type {
    let mut wanted: IndexSet<&str> = IndexSet::new();
    let mut lists: Vec<&Kind> = stands.iter().map(|at| &at.site.shape.kind).collect();
    if !lists.iter().any(|kind| matches!(kind, Kind::Enum(_))) {
        // It stands where the document only says `string`: its values are those of the place that it was made from.
        let from = ours.published.as_ref().and_then(|from| known.at(from));
        lists.extend(from.map(|shape| &item(shape).kind));
    }
    for kind in lists {
        if let Kind::Enum(values) = kind {
            wanted.extend(values.iter().map(String::as_str));
        }
    }
    if wanted.is_empty() {
        return ours.clone();
    }
    let kept: Vec<Value> = ours
        .values
        .iter()
        .flatten()
        .filter(|value| wanted.contains(value.wire.as_str()))
        .cloned()
        .collect();
    let mut taken = names_of(&kept);
    let places: HashMap<&str, usize> =
        kept.iter().enumerate().map(|(at, value)| (value.wire.as_str(), at)).collect();
    // What is new comes behind what is before it in the document: those behind each of ours, and first those before all.
    let mut new: Vec<Vec<Value>> = vec![Vec::new(); kept.len() + 1];
    let mut behind = 0;
    for wire in wanted {
        match places.get(wire) {
            Some(at) => behind = at + 1,
            None => new[behind].push(value(wire, &mut taken)),
        }
    }
    let mut new = new.into_iter();
    let mut values = new.next().unwrap_or_default();
    for (value, more) in kept.into_iter().zip(new) {
        values.push(value);
        values.extend(more);
    }
    let mut of = ours.clone();
    of.values = Some(values);
    of
}
