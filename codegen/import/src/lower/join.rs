//! The conjunction of two shapes: the parts of an `allOf`.

use super::super::published::{Field, Kind, Limits, Object, Shape};

/// Combines two shapes. Neither is a name. If they contradict each other, the later one wins.
pub(super) fn join(first: Shape, later: Shape) -> Shape {
    let says_null = !matches!(later.kind, Kind::Any | Kind::Map);
    let nullable =
        if says_null { later.nullable } else { first.nullable || later.nullable };
    Shape {
        nullable,
        kind: kinds(first.kind, later.kind),
        limits: limits(first.limits, later.limits),
    }
}

fn kinds(first: Kind, later: Kind) -> Kind {
    match (first, later) {
        (Kind::Object(first), Kind::Object(later)) => {
            Kind::Object(objects(first, later))
        }
        (Kind::Enum(first), Kind::Enum(later)) => {
            let both: Vec<String> =
                first.into_iter().filter(|value| later.contains(value)).collect();
            Kind::Enum(if both.is_empty() { later } else { both })
        }
        (Kind::List(first), Kind::List(later)) => {
            Kind::List(Box::new(join(*first, *later)))
        }
        // The less precise shape adds nothing.
        (precise, Kind::Any)
        | (precise @ (Kind::Object(_) | Kind::Named(_)), Kind::Map)
        | (precise @ (Kind::Enum(_) | Kind::File), Kind::String)
        | (precise @ Kind::Integer, Kind::Number)
        | (precise @ Kind::OneOf(_), Kind::String | Kind::Map) => precise,
        (_, later) => later,
    }
}

fn objects(first: Object, later: Object) -> Object {
    let mut fields = first.fields;
    for (key, field) in later.fields {
        let joined = match fields.get(&key) {
            Some(known) => Field {
                required: known.required || field.required,
                shape: join(known.shape.clone(), field.shape),
            },
            None => field,
        };
        fields.insert(key, joined);
    }
    let links = match (first.links, later.links) {
        (Some(mut links), Some(more)) => {
            links.extend(more);
            Some(distinct(links))
        }
        (links, more) => links.or(more),
    };
    Object { fields, links, cases: later.cases.or(first.cases) }
}

/// Combines the limits of both. If they contradict each other, the later one wins.
pub(super) fn limits(first: Limits, later: Limits) -> Limits {
    Limits {
        default: later.default.or(first.default),
        allowed: if later.allowed.is_empty() { first.allowed } else { later.allowed },
        max_length: later.max_length.or(first.max_length),
        min_items: later.min_items.or(first.min_items),
        max_items: later.max_items.or(first.max_items),
        minimum: later.minimum.or(first.minimum),
        maximum: later.maximum.or(first.maximum),
        deprecated: first.deprecated || later.deprecated,
    }
}

/// Removes duplicates and keeps the order.
pub(super) fn distinct(values: Vec<String>) -> Vec<String> {
    let all: indexmap::IndexSet<String> = values.into_iter().collect();
    all.into_iter().collect()
}
