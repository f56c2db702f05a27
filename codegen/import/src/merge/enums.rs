//! The values of an enumeration.

use std::collections::HashMap;

use indexmap::IndexSet;

use crate::known::Known;
use crate::occurrences::TypeLocation;
use crate::propose::{names_of, value};
use crate::published::Kind;
use crate::refines::item;
use front_codegen::spec::model::{Type, Value};

/// Returns the updated enumeration: the values of all locations that list values.
pub(super) fn enumeration<'a>(
    known: &Known<'a>,
    ours: &Type,
    occurrences: &[TypeLocation<'a>],
) -> Type {
    let mut wanted: IndexSet<&str> = IndexSet::new();
    let mut lists: Vec<&Kind> =
        occurrences.iter().map(|at| &at.location.shape.kind).collect();
    if !lists.iter().any(|kind| matches!(kind, Kind::Enum(_))) {
        // The document only has `string` at these locations. The values are those of the location from which the type was created.
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
    // A new value follows the one before it in the document. The first list contains those before all values of the spec; then there
    // is one list for each value.
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
