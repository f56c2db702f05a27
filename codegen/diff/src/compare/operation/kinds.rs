//! Types of values across the two sides: whether they are one, and what it means that they are not.

use crate::compare::Cx;
use crate::compare::fits::{is_text, same};
use crate::finding::Wire;
use front_codegen::ir::{Api, Discriminator, Kind, Scalar, Ty};

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
    match ty {
        Ty::List(_) => LIST,
        Ty::Map(_) => OBJECT,
        Ty::Id(_) => STRING,
        Ty::Scalar(scalar) => match scalar {
            Scalar::String | Scalar::Text | Scalar::Secret => STRING,
            Scalar::Integer | Scalar::Number | Scalar::Timestamp => NUMBER,
            Scalar::Boolean => BOOLEAN,
            Scalar::Json => ANY,
            Scalar::File => BYTES,
        },
        Ty::Named(id) => match &api[*id].kind {
            Kind::Enum(_) => STRING,
            Kind::Flag(_) => BOOLEAN,
            Kind::Union { by: Discriminator::Kind, cases } => {
                let of = |wire: &str| match wire {
                    "string" => STRING,
                    "integer" | "number" => NUMBER,
                    "boolean" => BOOLEAN,
                    "list" => LIST,
                    _ => OBJECT,
                };
                cases.iter().fold(0, |all, case| all | of(&case.wire))
            }
            Kind::Struct { .. } | Kind::Union { .. } | Kind::Choice { .. } => OBJECT,
        },
    }
}

/// Whether values of a type are, list or hold bytes: with one, a request goes out as a form.
pub(crate) fn holds_file(api: &Api, ty: &Ty) -> bool {
    match ty {
        Ty::List(item) | Ty::Map(item) => holds_file(api, item),
        Ty::Scalar(scalar) => *scalar == Scalar::File,
        Ty::Id(_) => false,
        // A structure that holds itself holds no file by that, and files in structures are none of Front's.
        Ty::Named(id) => match &api[*id].kind {
            Kind::Choice { cases, .. } => cases.iter().any(|case| {
                case.fields.iter().any(|field| {
                    !matches!(field.ty, Ty::Named(_)) && holds_file(api, &field.ty)
                })
            }),
            _ => false,
        },
    }
}
