//! The one engine for type compatibility: whether two types are the same, whether values of one are read as another (what released
//! versions do with what Front sends now, and Front with what they send), and what a change of one means.

use super::Cx;
use crate::finding::Wire;
use crate::pairs::Pair;
use front_codegen::ir::{Api, Discriminator, Field, Kind, Scalar, Ty, TypeId};

/// Whether a type is the same on both sides, whatever it is called.
pub(crate) fn same(cx: &Cx<'_>, old: &Ty, new: &Ty) -> bool {
    match (old, new) {
        (Ty::List(old), Ty::List(new)) | (Ty::Map(old), Ty::Map(new)) => {
            same(cx, old, new)
        }
        (Ty::Scalar(old), Ty::Scalar(new)) => old == new,
        // Pairs stand in the order of head.
        (Ty::Id(old), Ty::Id(new)) => {
            cx.pairs.ids.get(new.0) == Some(&Pair::Both(*old, *new))
        }
        (Ty::Named(old), Ty::Named(new)) => {
            cx.pairs.types.get(new.0) == Some(&Pair::Both(*old, *new))
        }
        _ => false,
    }
}

/// Whether two types differ in no more than in what logs hide.
pub(crate) fn same_but_hidden(cx: &Cx<'_>, old: &Ty, new: &Ty) -> bool {
    match (old, new) {
        (Ty::List(old), Ty::List(new)) | (Ty::Map(old), Ty::Map(new)) => {
            same_but_hidden(cx, old, new)
        }
        (Ty::Scalar(old), Ty::Scalar(new)) => {
            old == new || (is_text(*old) && is_text(*new))
        }
        _ => same(cx, old, new),
    }
}

pub(crate) fn is_text(scalar: Scalar) -> bool {
    matches!(scalar, Scalar::String | Scalar::Text | Scalar::Secret)
}

/// A field that an answer cannot do without.
pub(crate) fn is_strict(field: &Field) -> bool {
    field.always && !matches!(field.ty, Ty::List(_) | Ty::Map(_))
}

/// What becomes of released versions, which read `old`, where Front answers `new`.
pub(crate) fn read(cx: &Cx<'_>, old: &Ty, new: &Ty) -> Wire {
    let mut fit = Fit { cx, reader: cx.base, writer: cx.head, ours: true, seen: vec![] };
    fit.fits(old, new)
}

/// What becomes of released versions, which send `old`, where Front takes `new`.
pub(crate) fn taken(cx: &Cx<'_>, old: &Ty, new: &Ty) -> Wire {
    let mut fit =
        Fit { cx, reader: cx.head, writer: cx.base, ours: false, seen: vec![] };
    fit.fits(new, old)
}

/// A reader and a writer of JSON. Our own reader keeps words and cases that it does not know; Front's refuses them.
struct Fit<'a> {
    cx: &'a Cx<'a>,
    reader: &'a Api,
    writer: &'a Api,
    ours: bool,
    /// Structures under way, which may hold themselves.
    seen: Vec<(TypeId, TypeId)>,
}

/// What a type is on the wire.
enum Form<'a> {
    /// A string: of any words, of these, or an id.
    Text,
    Words(Vec<&'a str>),
    Id,
    Number(Scalar),
    Boolean,
    Json,
    File,
    List(&'a Ty),
    Map(&'a Ty),
    Struct(TypeId, &'a [Field]),
    Union(&'a Discriminator, Vec<(&'a str, &'a Ty)>),
    Choice,
}

fn form<'a>(api: &'a Api, ty: &'a Ty) -> Form<'a> {
    match ty {
        Ty::List(item) => Form::List(item),
        Ty::Map(item) => Form::Map(item),
        Ty::Id(_) => Form::Id,
        Ty::Scalar(scalar) => match scalar {
            Scalar::String | Scalar::Text | Scalar::Secret => Form::Text,
            Scalar::Integer | Scalar::Number | Scalar::Timestamp => {
                Form::Number(*scalar)
            }
            Scalar::Boolean => Form::Boolean,
            Scalar::Json => Form::Json,
            Scalar::File => Form::File,
        },
        Ty::Named(id) => match &api[*id].kind {
            Kind::Struct { fields, .. } => Form::Struct(*id, fields),
            Kind::Flag(_) => Form::Boolean,
            Kind::Enum(values) => {
                Form::Words(values.iter().map(|value| value.wire.as_str()).collect())
            }
            Kind::Union { by, cases } => Form::Union(
                by,
                cases.iter().map(|case| (case.wire.as_str(), &case.ty)).collect(),
            ),
            Kind::Choice { .. } => Form::Choice,
        },
    }
}

impl<'a> Fit<'a> {
    /// What becomes of released versions, where `written` is read as `read`.
    fn fits(&mut self, read: &'a Ty, written: &'a Ty) -> Wire {
        let (old, new) = if self.ours { (read, written) } else { (written, read) };
        // What differs in a type that both sides have is said of that type. One whose kind changed is no such.
        let is_known =
            matches!(old, Ty::Named(_) | Ty::Id(_)) && same(self.cx, old, new);
        if is_known && !self.is_other_kind(read, written) {
            return Wire::None;
        }
        let ours = self.ours;
        let by_reader = |of_ours, of_front| if ours { of_ours } else { of_front };
        let unknown = by_reader(Wire::Break, Wire::Risk);
        match (form(self.reader, read), form(self.writer, written)) {
            (Form::Json, _)
            | (Form::Text, Form::Text | Form::Words(_) | Form::Id)
            | (Form::Boolean, Form::Boolean)
            | (Form::File, Form::File) => Wire::None,
            // An id holds any text. Front knows what its ids look like.
            (Form::Id, Form::Text) => by_reader(Wire::None, Wire::Risk),
            (Form::Id, Form::Words(_) | Form::Id) => by_reader(Wire::None, Wire::Break),
            (Form::Words(known), Form::Words(written))
                if written.iter().all(|word| known.contains(word)) =>
            {
                Wire::None
            }
            (Form::Words(_), Form::Text) => by_reader(Wire::Additive, Wire::Risk),
            (Form::Words(_), Form::Words(_) | Form::Id) => {
                by_reader(Wire::Additive, Wire::Break)
            }
            (Form::Number(read), Form::Number(written)) => match (read, written) {
                (Scalar::Integer, Scalar::Number | Scalar::Timestamp) => unknown,
                // A number that is taken for a time, or in whatever unit it may have.
                (Scalar::Timestamp, Scalar::Integer | Scalar::Number) => Wire::Risk,
                _ => Wire::None,
            },
            (Form::List(read), Form::List(written))
            | (Form::Map(read), Form::Map(written)) => self.fits(read, written),
            (Form::Map(Ty::Scalar(Scalar::Json)), Form::Struct(..)) => Wire::None,
            (Form::Union(by, cases), _) => self.union_reads(by, &cases, written),
            (_, Form::Union(Discriminator::Kind, cases)) => {
                let each = cases.into_iter().map(|(_, ty)| self.fits(read, ty));
                each.max().unwrap_or(Wire::Break)
            }
            (Form::Struct(read, fields), Form::Struct(written, others)) => {
                if self.seen.contains(&(read, written)) {
                    return Wire::None;
                }
                self.seen.push((read, written));
                self.structs(fields, others)
            }
            (_, Form::Json) => unknown,
            _ => Wire::Break,
        }
    }

    fn is_other_kind(&self, read: &Ty, written: &Ty) -> bool {
        let kind = |api: &Api, ty: &Ty| match ty {
            Ty::Named(id) => Some(std::mem::discriminant(&api[*id].kind)),
            _ => None,
        };
        kind(self.reader, read) != kind(self.writer, written)
    }

    /// A union never fails to decode; a value that matches no case is kept as an unknown one.
    fn union_reads(
        &mut self,
        by: &Discriminator,
        cases: &[(&'a str, &'a Ty)],
        written: &'a Ty,
    ) -> Wire {
        let worst = if self.ours { Wire::Risk } else { Wire::Break };
        if let Form::Union(other, written) = form(self.writer, written) {
            if by != other {
                return worst;
            }
            let each = written.into_iter().map(|(wire, ty)| {
                match cases.iter().find(|(known, _)| *known == wire) {
                    Some((_, read)) => self.fits(read, ty).min(worst),
                    None if self.ours => Wire::Additive,
                    None => Wire::Break,
                }
            });
            return each.max().unwrap_or_default();
        }
        if *by != Discriminator::Kind {
            return worst;
        }
        let each = cases.iter().map(|(_, read)| self.fits(read, written));
        each.min().unwrap_or(worst).min(worst)
    }

    fn structs(&mut self, read: &'a [Field], written: &'a [Field]) -> Wire {
        let by_wire = |fields: &'a [Field], wire: &str| {
            fields.iter().find(|field| field.wire == wire)
        };
        let mut worst = Wire::None;
        for field in read {
            let found = match by_wire(written, &field.wire) {
                Some(other) => {
                    let value = self.fits(&field.ty, &other.ty);
                    let presence = if self.ours {
                        let sure = is_strict(other) && !other.nullable;
                        if is_strict(field) && !sure { Wire::Break } else { Wire::None }
                    } else if field.required && !other.required {
                        Wire::Risk
                    } else {
                        Wire::None
                    };
                    value.max(presence)
                }
                None if self.ours && is_strict(field) => Wire::Break,
                None if self.ours => Wire::Additive,
                None if field.required => Wire::Break,
                None => Wire::None,
            };
            worst = worst.max(found);
        }
        // What Front does not know, it ignores or refuses. What we do not know, we keep.
        let strange = written.iter().any(|field| by_wire(read, &field.wire).is_none());
        if strange {
            worst.max(if self.ours { Wire::Additive } else { Wire::Risk })
        } else {
            worst
        }
    }
}

/// Which way values go.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Into a path or a query, where all is text.
    Text,
    /// Into a body.
    Body,
    /// Out of an answer.
    Answer,
}

/// What released versions meet, which know the old type, where Front has the new one.
pub(crate) fn change(cx: &Cx<'_>, old: &Ty, new: &Ty, way: Way) -> Wire {
    match (old, new) {
        _ if same(cx, old, new) => Wire::None,
        (Ty::List(old), Ty::List(new)) | (Ty::Map(old), Ty::Map(new)) => {
            change(cx, old, new, way)
        }
        // They differ in what is shown of them.
        (Ty::Scalar(old), Ty::Scalar(new)) if is_text(*old) && is_text(*new) => {
            Wire::None
        }
        // What names one thing names none of another kind.
        (Ty::Id(_), Ty::Id(_)) if way != Way::Answer => Wire::Break,
        (old, Ty::Scalar(new))
            if way == Way::Text && is_text(*new) && !matches!(old, Ty::List(_)) =>
        {
            Wire::Risk
        }
        (old, new) if kinds(cx.base, old) & kinds(cx.head, new) == 0 => Wire::Break,
        _ => Wire::Risk,
    }
}

const STRING: u8 = 1;
const NUMBER: u8 = 2;
const BOOLEAN: u8 = 4;
const LIST: u8 = 8;
const OBJECT: u8 = 16;
const BYTES: u8 = 32;
const ANY: u8 = STRING | NUMBER | BOOLEAN | LIST | OBJECT;

/// The kinds of JSON that values of a type are.
fn kinds(api: &Api, ty: &Ty) -> u8 {
    match form(api, ty) {
        Form::Text | Form::Words(_) | Form::Id => STRING,
        Form::Number(_) => NUMBER,
        Form::Boolean => BOOLEAN,
        Form::Json => ANY,
        Form::File => BYTES,
        Form::List(_) => LIST,
        Form::Union(Discriminator::Kind, cases) => {
            let of = |wire: &str| match wire {
                "string" => STRING,
                "integer" | "number" => NUMBER,
                "boolean" => BOOLEAN,
                "list" => LIST,
                _ => OBJECT,
            };
            cases.iter().fold(0, |all, (wire, _)| all | of(wire))
        }
        Form::Map(_) | Form::Struct(..) | Form::Union(..) | Form::Choice => OBJECT,
    }
}
