//! Fields: the type, whether it is nullable or required, and the limits.

use super::Cx;
use super::endpoints::DEPRECATED;
use crate::directions::Direction;
use crate::known::{Location, Ty};
use crate::propose::{Usage, expressible};
use crate::published::Limits;
use crate::refines::{Simple, case_of, refines, simple};
use crate::todo::Todo;
use front_codegen::ir::Scalar;
use front_codegen::phrase::Mark;
use front_codegen::spec::model::{Field, FieldDef, Type};

/// The facts of the document about a field of the spec.
pub(super) struct Wanted<'a> {
    /// The locations of the field.
    pub(super) locations: Vec<Location<'a>>,
    /// Whether every request with the object must have it.
    pub(super) required: bool,
}

/// The position of a field in the spec.
#[derive(Clone, Copy)]
pub(super) struct Role {
    pub(super) direction: Direction,
    /// Whether it is a query parameter.
    pub(super) query: bool,
    /// Whether it is in a choice, where fields have no marks.
    pub(super) case: bool,
}

impl Role {
    pub(super) fn usage(self) -> Usage {
        Usage {
            sent: self.direction.sent() || self.query,
            answered: self.direction.answer,
            query: self.query,
        }
    }
}

/// Returns the updated field. `owner` is the type or call of the field, for the names of new types.
pub(super) fn field<'a>(
    cx: &mut Cx<'_, 'a>,
    home: usize,
    ours: &'a Field,
    wanted: &Wanted<'a>,
    role: Role,
) -> Field {
    let def = &ours.0;
    let Some((phrase, ty)) = cx.known.read(&def.phrase) else {
        return ours.clone();
    };
    let occurrences = wanted
        .locations
        .iter()
        .any(|location| refines(cx.known, &ty, location).is_some());
    let misfit = wanted
        .locations
        .iter()
        .find(|location| {
            !(fits(cx, &ty, location, def, role)
                || occurrences && has_case(cx, &ty, location))
        })
        .cloned();
    let mut new = def.clone();
    let words = def.phrase.split(' ').collect::<Vec<_>>();
    let marks = usize::from(phrase.mark.is_some()) + usize::from(phrase.nullable);
    let mut text = words[marks.min(words.len())..].join(" ");
    let mut made = None;
    if let Some(location) = &misfit {
        let usage = role.usage();
        text = cx.propose.phrase(location, usage, home);
        new.fixed = None;
        made = Some(cx.propose.simple_of(&text));
    }
    let ty = made.as_ref().unwrap_or(&ty);
    let nullable = !role.query
        && !role.case
        && wanted.locations.iter().any(|location| {
            location.shape.nullable || location.head(cx.known.api).shape.nullable
        });
    let mark = mark(phrase.mark, def, ty, wanted, role);
    new.phrase = written(mark, nullable, &text);
    let required = mark == Some(Mark::Required);
    limits(cx, &mut new, ty, &wanted.locations, role, required);
    Field(new)
}

/// Returns a new field.
pub(super) fn new<'a>(
    cx: &mut Cx<'_, 'a>,
    home: usize,
    wanted: &Wanted<'a>,
    role: Role,
) -> Field {
    let mut def = FieldDef::default();
    let Some(location) = wanted.locations.first() else {
        return Field(def);
    };
    let text = cx.propose.phrase(location, role.usage(), home);
    let ty = cx.propose.simple_of(&text);
    let nullable = !role.query
        && !role.case
        && wanted.locations.iter().any(|location| {
            location.shape.nullable || location.head(cx.known.api).shape.nullable
        });
    let mark = mark(None, &def, &ty, wanted, role);
    def.phrase = written(mark, nullable, &text);
    let required = mark == Some(Mark::Required);
    limits(cx, &mut def, &ty, &wanted.locations, role, required);
    Field(def)
}

/// Composes a phrase. A nullable field is not `always` present.
pub(super) fn written(mark: Option<Mark>, nullable: bool, ty: &str) -> String {
    let mark = match mark {
        Some(Mark::Required) => "required ",
        Some(Mark::Always) if !nullable => "always ",
        Some(Mark::Always) | None => "",
    };
    format!("{mark}{}{ty}", if nullable { "nullable " } else { "" })
}

/// Returns whether a union has a case for every value at a location. For a union that is also used at another location, that is
/// enough: one location may have a text or a number, and the other an enumeration.
fn has_case<'a>(cx: &Cx<'_, 'a>, ty: &Ty<'a>, location: &Location<'a>) -> bool {
    let Ty::Type(_, Type { union: Some(union), .. }) = ty else {
        return false;
    };
    if union.by.is_none() {
        return false;
    }
    let Some((key, fit)) = case_of(cx.known, union, location) else {
        return false;
    };
    let any_text = || {
        let (_, ty) = cx.known.read(&union.cases[key].0.phrase)?;
        Some(matches!(ty, Ty::Scalar(Scalar::String | Scalar::Text)))
    };
    fit.is_some() || any_text() == Some(true)
}

/// Returns whether the type of a field is valid at a location.
fn fits<'a>(
    cx: &Cx<'_, 'a>,
    ty: &Ty<'a>,
    location: &Location<'a>,
    def: &FieldDef,
    role: Role,
) -> bool {
    if refines(cx.known, ty, location).is_some() {
        return true;
    }
    let is_text = *ty == Ty::Scalar(Scalar::String);
    match simple(cx.known, location) {
        // A constant is one of the values.
        Simple::Enum(values) => {
            is_text && def.fixed.as_ref().is_some_and(|fixed| values.contains(fixed))
        }
        // A value that a query cannot express keeps the type in the spec, and a response cannot contain bytes.
        Simple::String | Simple::Integer | Simple::Number | Simple::Boolean => false,
        _ if role.query => is_text && crate::propose::no_query(cx.known, location),
        Simple::File => is_text && role.direction.answer,
        _ => false,
    }
}

/// Returns the mark of a field: `required` is a fact of a request, and `always` is a decision of the spec.
fn mark(
    ours: Option<Mark>,
    def: &FieldDef,
    ty: &Ty<'_>,
    wanted: &Wanted<'_>,
    role: Role,
) -> Option<Mark> {
    if role.case || def.fixed.is_some() {
        return ours;
    }
    let is_many = matches!(ty, Ty::List(_) | Ty::Map(_));
    let both = role.direction.nested && role.direction.answer;
    let sent = role.direction.sent() || role.query;
    let required = sent && wanted.required && !(both && is_many);
    match (ours, required) {
        (Some(Mark::Required), true) => ours,
        (_, true) => Some(Mark::Required),
        (Some(Mark::Required), false) => None,
        (_, false) => ours,
    }
}

/// Sets the limits of the document that the type can have.
fn limits<'a>(
    cx: &mut Cx<'_, 'a>,
    def: &mut FieldDef,
    ty: &Ty<'_>,
    locations: &[Location<'a>],
    role: Role,
    required: bool,
) {
    if *ty == Ty::Unknown {
        return;
    }
    let sent = role.direction.sent() || role.query;
    let all: Vec<Limits> = locations
        .iter()
        .map(|location| {
            let mut limits = expressible(cx.known, ty, location, def.fixed.is_some());
            if !sent || required {
                limits.default = None;
            }
            limits
        })
        .collect();
    for (location, limits) in locations.iter().zip(&all) {
        if let (Some(text), None, None) =
            (&location.shape.limits.default, &limits.default, &def.fixed)
            && sent
            && !required
        {
            let what = format!(
                "its default `{text}` is none that it can have, and is left out"
            );
            cx.todo.push(Todo::new(&location.place, what));
        }
    }
    let advised = || locations.iter().map(|location| location.shape.limits.deprecated);
    match &def.deprecated {
        None if !locations.is_empty() && advised().all(|it| it) => {
            def.deprecated = Some(DEPRECATED.to_owned());
        }
        Some(_) if !advised().any(|it| it) => def.deprecated = None,
        _ => {}
    }
    agree(&mut def.default, all.iter().map(|limits| limits.default.clone()));
    agree(&mut def.allowed, all.iter().map(|limits| limits.allowed.clone()));
    agree(&mut def.max_length, all.iter().map(|limits| limits.max_length));
    agree(&mut def.min_items, all.iter().map(|limits| limits.min_items));
    agree(&mut def.max_items, all.iter().map(|limits| limits.max_items));
    agree(&mut def.minimum, all.iter().map(|limits| limits.minimum));
    agree(&mut def.maximum, all.iter().map(|limits| limits.maximum));
}

/// Keeps the current value if one of the locations has it, and otherwise uses the value of the first location.
fn agree<T: PartialEq>(ours: &mut T, published: impl Iterator<Item = T>) {
    let mut first = None;
    for one in published {
        if one == *ours {
            return;
        }
        first.get_or_insert(one);
    }
    if let Some(first) = first {
        *ours = first;
    }
}
