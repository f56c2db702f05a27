//! Limits and defaults that a type of the spec can have.

use std::collections::HashSet;

use crate::known::{Known, Location, Ty};
use crate::published::{Kind, Limits};
use front_codegen::ir::Scalar;
use front_codegen::spec::model::Type;

/// Returns the limits at a location that a value of this type can have. Leaves out limits that contradict each other.
pub(crate) fn expressible(
    known: &Known<'_>,
    ty: &Ty<'_>,
    location: &Location<'_>,
    fixed: bool,
) -> Limits {
    let mut limits = location.shape.limits.clone();
    let is = |scalars: &[Scalar]| matches!(ty, Ty::Scalar(scalar) if scalars.contains(scalar));
    if !is(&[Scalar::Integer]) {
        limits.allowed.clear();
    }
    let mut seen = HashSet::new();
    limits.allowed.retain(|number| seen.insert(*number));
    if !is(&[Scalar::String, Scalar::Text, Scalar::Secret])
        || limits.max_length == Some(0)
    {
        limits.max_length = None;
    }
    let many = matches!(ty, Ty::List(_) | Ty::Map(_));
    if !many || limits.max_items == Some(0) {
        limits.max_items = None;
    }
    let crossed = limits.max_items.is_some_and(|most| limits.min_items > Some(most));
    if !many || crossed {
        limits.min_items = None;
    }
    if !is(&[Scalar::Integer, Scalar::Number]) {
        (limits.minimum, limits.maximum) = (None, None);
    }
    if limits.maximum.is_some_and(|most| limits.minimum > Some(most)) {
        (limits.minimum, limits.maximum) = (None, None);
    }
    if fixed
        || !limits
            .default
            .as_ref()
            .is_some_and(|text| has_form(known, ty, location, text))
    {
        limits.default = None;
    }
    limits
}

/// Returns whether a text is a valid default of a type.
fn has_form(
    known: &Known<'_>,
    ty: &Ty<'_>,
    location: &Location<'_>,
    text: &str,
) -> bool {
    if location.shape.nullable && text == "null" {
        return !matches!(ty, Ty::Scalar(Scalar::Number));
    }
    match ty {
        Ty::Scalar(Scalar::Boolean) => matches!(text, "true" | "false"),
        Ty::Scalar(Scalar::Integer) => text.parse::<i64>().is_ok(),
        Ty::Scalar(Scalar::Number) => text.parse::<f64>().is_ok(),
        Ty::Type(_, Type { values: Some(values), .. }) => {
            let published = match &location.shape.kind {
                Kind::Named(root) => known.api.roots.get(root).map(|shape| &shape.kind),
                kind => Some(kind),
            };
            match published {
                Some(Kind::Enum(published)) => {
                    published.iter().any(|value| value == text)
                }
                _ => values.iter().any(|value| value.wire == text),
            }
        }
        _ => true,
    }
}
