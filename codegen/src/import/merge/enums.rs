//! The values of an enumeration.

use super::walk::At;
use crate::import::known::Known;
use crate::import::propose::value;
use crate::import::published::Kind;
use crate::import::refines::item;
use crate::spec::model::{Type, Value};

/// An enumeration as it should be: the values of all places that list some.
pub(super) fn enumeration<'a>(
    known: &Known<'a>,
    ours: &Type,
    stands: &[At<'a>],
) -> Type {
    let mut wanted: Vec<&str> = Vec::new();
    let mut lists: Vec<&Kind> = stands.iter().map(|at| &at.site.shape.kind).collect();
    if !lists.iter().any(|kind| matches!(kind, Kind::Enum(_))) {
        // It stands where the document only says `string`: its values are those of the place that it was made from.
        let from = ours.published.as_ref().and_then(|from| known.at(from));
        lists.extend(from.map(|shape| &item(shape).kind));
    }
    for kind in lists {
        if let Kind::Enum(values) = kind {
            for value in values {
                if !wanted.contains(&value.as_str()) {
                    wanted.push(value);
                }
            }
        }
    }
    if wanted.is_empty() {
        return ours.clone();
    }
    let mut values: Vec<Value> = ours
        .values
        .iter()
        .flatten()
        .filter(|value| wanted.contains(&value.wire.as_str()))
        .cloned()
        .collect();
    let mut after = None;
    for wire in wanted {
        let known = values.iter().position(|value| value.wire == wire);
        after = Some(known.unwrap_or_else(|| {
            let position = after.map_or(0, |after: usize| after + 1).min(values.len());
            let new = value(wire, &values);
            values.insert(position, new);
            position
        }));
    }
    let mut of = ours.clone();
    of.values = Some(values);
    of
}
