//! The parameter of a method for a field, and how the method passes it to the runtime.

use syn::{Expr, Type, parse_quote};

use super::module::Module;
use super::tree::{call, ident, impl_items, impl_of, method, name, names, ty, ty_ref};
use crate::ir::{Discriminator, Field, Kind, Scalar, Ty};

/// How a parameter is passed to the runtime.
pub(crate) enum Value {
    /// As one value.
    One(Expr),
    /// As an iterator of values.
    List,
    /// As an iterator whose items are converted by this function.
    ListOf(Expr),
}

/// Returns the type of the parameter for a field of a request or of an input type.
pub(crate) fn param(module: &Module<'_>, field: &Field) -> Type {
    let item = |item: &Ty| match item {
        Ty::Id(id) => ty_ref(ty(module.id(*id)), true),
        item if converts(module, item) => impl_of("Into", module.value(item)),
        item => module.value(item),
    };
    match &field.ty {
        Ty::List(of) => impl_items(item(of)),
        Ty::Map(of) => {
            let of = match **of {
                Ty::Scalar(
                    Scalar::Json | Scalar::String | Scalar::Text | Scalar::Secret,
                ) => impl_of("Into", module.value(of)),
                _ => module.value(of),
            };
            parse_quote!(impl IntoIterator<Item = (impl Into<String>, #of)>)
        }
        Ty::Id(id) => ty_ref(ty(module.id(*id)), false),
        of => item(of),
    }
}

/// Returns whether the type of the parameter contains the lifetime `'a`.
pub(crate) fn borrows(field: &Field) -> bool {
    matches!(&field.ty, Ty::List(item) if matches!(**item, Ty::Id(_)))
}

/// Returns the value that is passed to the runtime.
pub(crate) fn value(module: &Module<'_>, field: &Field) -> Value {
    let given = name(&field.name.snake());
    match &field.ty {
        Ty::List(item) if converts(module, item) => Value::ListOf(into(module, item)),
        Ty::List(_) => Value::List,
        Ty::Map(item) => {
            let make = match **item {
                Ty::Scalar(Scalar::Json) => "from_json",
                Ty::Scalar(Scalar::String | Scalar::Text | Scalar::Secret) => {
                    "from_text"
                }
                _ => "from_pairs",
            };
            Value::One(call(names([module.rt("Fields"), ident(make)]), [given]))
        }
        ty if converts(module, ty) => Value::One(method(given, "into", [])),
        _ => Value::One(given),
    }
}

/// Returns the parameter converted to the owned type of its field.
pub(crate) fn owned(module: &Module<'_>, field: &Field) -> Expr {
    let given = name(&field.name.snake());
    match &field.ty {
        Ty::List(item) => {
            let items = method(given, "into_iter", []);
            let items = match &**item {
                item if converts(module, item) => {
                    method(items, "map", [into(module, item)])
                }
                Ty::Id(_) => method(items, "cloned", []),
                _ => items,
            };
            method(items, "collect", [])
        }
        Ty::Map(item) => {
            let value: Expr = match **item {
                Ty::Scalar(
                    Scalar::Json | Scalar::String | Scalar::Text | Scalar::Secret,
                ) => parse_quote!(value.into()),
                _ => parse_quote!(value),
            };
            parse_quote!(#given.into_iter().map(|(key, value)| (key.into(), #value)).collect())
        }
        Ty::Id(_) => method(given, "clone", []),
        ty if converts(module, ty) => method(given, "into", []),
        _ => given,
    }
}

/// Returns whether other types convert into this one. Of unions, only those by JSON kind do, because the types of their cases
/// differ.
fn converts(module: &Module<'_>, of: &Ty) -> bool {
    match of {
        Ty::Scalar(scalar) => matches!(
            scalar,
            Scalar::String
                | Scalar::Text
                | Scalar::Secret
                | Scalar::Timestamp
                | Scalar::Json
        ),
        Ty::Named(id) => {
            matches!(module.api[*id].kind, Kind::Union { by: Discriminator::Kind, .. })
        }
        _ => false,
    }
}

/// Returns the function that converts a value into this type.
fn into(module: &Module<'_>, of: &Ty) -> Expr {
    let target = module.value(of);
    parse_quote!(Into::<#target>::into)
}
