//! A field: its type, whether it may be null or has to be sent, its limits.

use super::Cx;
use super::directions::Direction;
use super::endpoints::DEPRECATED;
use crate::known::{Site, Ty};
use crate::propose::{Use, expressible};
use crate::published::Limits;
use crate::refines::{Simple, case_of, refines, simple};
use crate::report::Todo;
use front_codegen::ir::Scalar;
use front_codegen::phrase::Mark;
use front_codegen::spec::model::{Field, FieldDef, Type};

/// What the document says of a field of ours.
pub(super) struct Wanted<'a> {
    /// Where it is.
    pub(super) sites: Vec<Site<'a>>,
    /// Whether a request has to have it wherever it stands.
    pub(super) required: bool,
}

/// Where a field of ours stands.
#[derive(Clone, Copy)]
pub(super) struct Role {
    pub(super) direction: Direction,
    /// A parameter of a query.
    pub(super) query: bool,
    /// In a choice, where nothing is marked.
    pub(super) case: bool,
}

impl Role {
    pub(super) fn usage(self) -> Use {
        Use {
            sent: self.direction.sent() || self.query,
            answered: self.direction.answer,
            query: self.query,
        }
    }
}

/// A field as it should be. `owner` is the type or call that it belongs to, for the names of new types.
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
    let stands = wanted.sites.iter().any(|site| refines(cx.known, &ty, site).is_some());
    let misfit = wanted
        .sites
        .iter()
        .find(|site| {
            !(fits(cx, &ty, site, def, role) || stands && has_case(cx, &ty, site))
        })
        .cloned();
    let mut new = def.clone();
    let words = def.phrase.split(' ').collect::<Vec<_>>();
    let marks = usize::from(phrase.mark.is_some()) + usize::from(phrase.nullable);
    let mut text = words[marks.min(words.len())..].join(" ");
    let mut made = None;
    if let Some(site) = &misfit {
        let usage = role.usage();
        text = cx.propose.phrase(site, usage, home);
        new.fixed = None;
        made = Some(cx.propose.simple_of(&text));
    }
    let ty = made.as_ref().unwrap_or(&ty);
    let nullable = !role.query
        && !role.case
        && wanted
            .sites
            .iter()
            .any(|site| site.shape.nullable || site.head(cx.known.api).shape.nullable);
    let mark = mark(phrase.mark, def, ty, wanted, role);
    new.phrase = written(mark, nullable, &text);
    let required = mark == Some(Mark::Required);
    limits(cx, &mut new, ty, &wanted.sites, role, required);
    Field(new)
}

/// A new field.
pub(super) fn new<'a>(
    cx: &mut Cx<'_, 'a>,
    home: usize,
    wanted: &Wanted<'a>,
    role: Role,
) -> Field {
    let mut def = FieldDef::default();
    let Some(site) = wanted.sites.first() else {
        return Field(def);
    };
    let text = cx.propose.phrase(site, role.usage(), home);
    let ty = cx.propose.simple_of(&text);
    let nullable = !role.query
        && !role.case
        && wanted
            .sites
            .iter()
            .any(|site| site.shape.nullable || site.head(cx.known.api).shape.nullable);
    let mark = mark(None, &def, &ty, wanted, role);
    def.phrase = written(mark, nullable, &text);
    let required = mark == Some(Mark::Required);
    limits(cx, &mut def, &ty, &wanted.sites, role, required);
    Field(def)
}

/// A phrase of its parts. What may be null is promised no more.
pub(super) fn written(mark: Option<Mark>, nullable: bool, ty: &str) -> String {
    let mark = match mark {
        Some(Mark::Required) => "required ",
        Some(Mark::Always) if !nullable => "always ",
        Some(Mark::Always) | None => "",
    };
    format!("{mark}{}{ty}", if nullable { "nullable " } else { "" })
}

/// Whether a union has a case that holds all that is at a place. Where it stands at another place too, that is enough: at one
/// place a text or a number, at the other one of some words.
fn has_case<'a>(cx: &Cx<'_, 'a>, ty: &Ty<'a>, site: &Site<'a>) -> bool {
    let Ty::Type(_, Type { union: Some(union), .. }) = ty else {
        return false;
    };
    if union.by.is_none() {
        return false;
    }
    let Some((key, fit)) = case_of(cx.known, union, site) else {
        return false;
    };
    let any_text = || {
        let (_, ty) = cx.known.read(&union.cases[key].0.phrase)?;
        Some(matches!(ty, Ty::Scalar(Scalar::String | Scalar::Text)))
    };
    fit.is_some() || any_text() == Some(true)
}

/// Whether the type of a field may stand at a place.
fn fits<'a>(
    cx: &Cx<'_, 'a>,
    ty: &Ty<'a>,
    site: &Site<'a>,
    def: &FieldDef,
    role: Role,
) -> bool {
    if refines(cx.known, ty, site).is_some() {
        return true;
    }
    let is_text = *ty == Ty::Scalar(Scalar::String);
    match simple(cx.known, site) {
        // A constant says which of the values it is.
        Simple::Enum(values) => {
            is_text && def.fixed.as_ref().is_some_and(|fixed| values.contains(fixed))
        }
        // What has no form in a query is sent as somebody writes it, and bytes have none in an answer.
        Simple::String | Simple::Integer | Simple::Number | Simple::Boolean => false,
        _ if role.query => is_text && crate::propose::no_query(cx.known, site),
        Simple::File => is_text && role.direction.answer,
        _ => false,
    }
}

/// The mark of a field: `required` is a fact of what is sent, `always` our own.
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

/// Sets the limits that the document has and that the type can have.
fn limits<'a>(
    cx: &mut Cx<'_, 'a>,
    def: &mut FieldDef,
    ty: &Ty<'_>,
    sites: &[Site<'a>],
    role: Role,
    required: bool,
) {
    if *ty == Ty::Unknown {
        return;
    }
    let sent = role.direction.sent() || role.query;
    let all: Vec<Limits> = sites
        .iter()
        .map(|site| {
            let mut limits = expressible(cx.known, ty, site, def.fixed.is_some());
            if !sent || required {
                limits.default = None;
            }
            limits
        })
        .collect();
    for (site, limits) in sites.iter().zip(&all) {
        if let (Some(text), None, None) =
            (&site.shape.limits.default, &limits.default, &def.fixed)
            && sent
            && !required
        {
            let what = format!(
                "its default `{text}` is none that it can have, and is left out"
            );
            cx.todo.push(Todo::new(&site.place, what));
        }
    }
    let advised = || sites.iter().map(|site| site.shape.limits.deprecated);
    match &def.deprecated {
        None if !sites.is_empty() && advised().all(|it| it) => {
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

/// Keeps what one of the places says too, or takes what the first of them says.
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
