//! Composed schemas: `allOf`, `anyOf`, `oneOf`.

use indexmap::IndexMap;

use super::super::document::unescaped;
use super::super::json::Json;
use super::super::published::{Cases, Kind, Limits, Object, Shape};
use super::super::refused::Fault;
use super::join::{distinct, join, limits as both};
use super::schema::is_null;
use super::{Lowering, MOST_COPIED, SCHEMAS, is_root, plain, pointer, reference};

impl<'d> Lowering<'d> {
    /// Returns the shape of a schema that is not a reference.
    pub(super) fn composed(&mut self, schema: &'d Json) -> Shape {
        let mut parts: Vec<Shape> = Vec::new();
        parts.extend(reference(schema).map(|pointer| self.reference(pointer)));
        parts.extend(schema.get("allOf").items().iter().map(|part| self.shape(part)));
        let own = self.own(schema);
        let tag = schema.get("discriminator").get("propertyName").text();
        match (schema.get("anyOf").items(), schema.get("oneOf").items()) {
            ([], []) => {}
            (any, []) => parts.push(self.one_of(any, true)),
            (_, one) => match tag.and_then(|tag| self.cases(schema, tag, &own)) {
                // The alternatives were distinguished together with the keywords beside them.
                Some(shape) => {
                    parts.push(shape);
                    return self.joined(parts);
                }
                None => {
                    let beside =
                        matches!(own.kind, Kind::Object(_)) || !parts.is_empty();
                    parts.push(self.one_of(one, beside));
                }
            },
        }
        parts.push(own);
        self.joined(parts)
    }

    /// Returns the conjunction of all parts. A single part stays unchanged, even if it is a name.
    fn joined(&mut self, mut parts: Vec<Shape>) -> Shape {
        // `type: object` adds nothing to a reference to an object.
        let more = parts.iter().any(|part| !matches!(part.kind, Kind::Any | Kind::Map));
        let mut beside = Limits::default();
        for part in parts.iter().filter(|part| part.kind == Kind::Any) {
            beside = both(beside, part.limits.clone());
        }
        parts.retain(|part| {
            part.nullable || part.kind != Kind::Any && !(more && part.kind == Kind::Map)
        });
        let mut shape = match parts.len() {
            0 => plain(Kind::Any),
            1 => parts.remove(0),
            _ => {
                let opened: Vec<Shape> =
                    parts.into_iter().map(|part| self.open(part)).collect();
                let joined = opened.into_iter().reduce(join);
                let joined = joined.unwrap_or_else(|| plain(Kind::Any));
                if !self.may_copy(&joined) {
                    return plain(Kind::Any);
                }
                joined
            }
        };
        shape.limits = both(shape.limits, beside);
        shape
    }

    /// Counts the fields of a composed schema, and rejects the document where they become too many.
    fn may_copy(&mut self, shape: &Shape) -> bool {
        self.copied += size(shape);
        if self.copied <= MOST_COPIED {
            return true;
        }
        let title = format!("composed schemas have more than {MOST_COPIED} fields");
        let help = "`allOf` copies the fields of its parts: nested composed schemas grow with every level";
        let at = self.trail.first().cloned().unwrap_or_else(|| SCHEMAS.to_owned());
        if self.faults.iter().all(|fault| fault.help != help) {
            self.fault(Fault::new(at, title).help(help));
        }
        false
    }

    /// Returns a union of shapes. If `mixed`, objects become one object with the fields of all, and none of them is required.
    fn one_of(&mut self, members: &'d [Json], mixed: bool) -> Shape {
        let mut shapes: Vec<Shape> = Vec::new();
        let mut nullable = false;
        for member in members {
            if is_null(member) {
                nullable = true;
                continue;
            }
            let mut shape = self.shape(member);
            if let Kind::Named(_) = shape.kind {
                let opened = self.open(shape.clone());
                nullable |= opened.nullable;
                if !is_root(&opened) {
                    shape = opened;
                }
            }
            nullable |= std::mem::take(&mut shape.nullable);
            if !shapes.contains(&shape) {
                shapes.push(shape);
            }
        }
        let mut shape = match shapes.len() {
            0 => plain(Kind::Any),
            1 => shapes.remove(0),
            _ => match values(&shapes) {
                Some(values) => plain(Kind::Enum(values)),
                None => match mixed.then(|| self.mixed(&shapes)).flatten() {
                    Some(object) => plain(Kind::Object(object)),
                    None => plain(Kind::OneOf(shapes)),
                },
            },
        };
        shape.nullable = nullable;
        shape
    }

    /// Merges the fields of several objects, if all are objects.
    fn mixed(&mut self, shapes: &[Shape]) -> Option<Object> {
        let mut all = Object::default();
        for shape in shapes {
            let Kind::Object(object) = self.open(shape.clone()).kind else {
                return None;
            };
            for (key, mut field) in object.fields {
                field.required = false;
                let known = all.fields.entry(key).or_insert_with(|| field.clone());
                if *known != field {
                    known.shape = either(known.shape.clone(), field.shape);
                }
            }
            all.links = match (all.links, object.links) {
                (Some(mut links), Some(more)) => {
                    links.extend(more);
                    Some(distinct(links))
                }
                (links, more) => links.or(more),
            };
        }
        Some(all)
    }

    /// Returns objects that a key distinguishes, with the common fields. `None` if a case is not an object.
    fn cases(&mut self, schema: &'d Json, tag: &str, own: &Shape) -> Option<Shape> {
        let mut named: IndexMap<String, Shape> = IndexMap::new();
        for (value, target) in schema.get("discriminator").get("mapping").entries() {
            let target = target.text()?;
            let at =
                if target.contains('/') { target.to_owned() } else { pointer(target) };
            self.document.at(&at)?;
            named.insert(value.to_owned(), self.expand(&at));
        }
        if named.is_empty() {
            for member in schema.get("oneOf").items() {
                let name = unescaped(reference(member)?.strip_prefix(SCHEMAS)?);
                let shape = self.shape(member);
                named.insert(name.into_owned(), shape);
            }
        }
        let mut around = match &own.kind {
            Kind::Object(object) => object.clone(),
            Kind::Map | Kind::Any => Object::default(),
            _ => return None,
        };
        around.fields.shift_remove(tag);
        let mut cases = IndexMap::new();
        for (value, shape) in named {
            let Kind::Object(mut case) = self.open(shape).kind else {
                return None;
            };
            case.fields.shift_remove(tag);
            cases.insert(value, case);
        }
        // A case may require a common field.
        for (key, field) in &mut around.fields {
            let bare = |case: &Object| {
                case.fields
                    .get(key)
                    .is_some_and(|field| field.required && field.shape.kind == Kind::Any)
            };
            field.required |= cases.values().all(bare);
            for case in cases.values_mut() {
                if bare(case) {
                    case.fields.shift_remove(key);
                }
            }
        }
        around.cases = Some(Cases { tag: tag.to_owned(), cases });
        Some(Shape { kind: Kind::Object(around), ..own.clone() })
    }
}

/// Returns the number of fields of a shape, including those of inline objects.
fn size(shape: &Shape) -> usize {
    match &shape.kind {
        Kind::List(item) => size(item),
        Kind::OneOf(members) => members.iter().map(size).sum(),
        Kind::Object(object) => {
            let cases = object.cases.iter().flat_map(|cases| cases.cases.values());
            let fields = std::iter::once(object).chain(cases);
            fields
                .flat_map(|of| of.fields.values())
                .map(|field| 1 + size(&field.shape))
                .sum()
        }
        _ => 0,
    }
}

/// Returns the values of several enumerations, if all are enumerations.
fn values(shapes: &[Shape]) -> Option<Vec<String>> {
    let mut all = Vec::new();
    for shape in shapes {
        let Kind::Enum(values) = &shape.kind else {
            return None;
        };
        all.extend(values.iter().cloned());
    }
    Some(distinct(all))
}

/// Returns the disjunction of two shapes.
fn either(a: Shape, b: Shape) -> Shape {
    let nullable = a.nullable || b.nullable;
    let kind = match (a.kind, b.kind) {
        (a, b) if a == b => a,
        (Kind::Enum(mut values), Kind::Enum(more)) => {
            values.extend(more);
            Kind::Enum(distinct(values))
        }
        (Kind::Enum(_) | Kind::String, Kind::Enum(_) | Kind::String) => Kind::String,
        (Kind::Integer | Kind::Number, Kind::Integer | Kind::Number) => Kind::Number,
        _ => Kind::Any,
    };
    Shape { nullable, ..plain(kind) }
}
