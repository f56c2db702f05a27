//! What a method takes for a field, and how it hands it on.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::module::Module;
use crate::ir::{Discriminator, Field, Kind, Scalar, Ty, TypeId};

/// A parameter of a method.
pub(crate) struct Param {
    /// Its type.
    pub(crate) ty: TokenStream,
    /// What reaches the runtime.
    pub(crate) value: Value,
    /// Whether its type names the lifetime `'a`.
    pub(crate) borrows: bool,
}

/// How a parameter reaches the runtime.
pub(crate) enum Value {
    /// As one value.
    One(TokenStream),
    /// As an iterator of values.
    List,
    /// As an iterator of what each item becomes by a function.
    ListOf(TokenStream),
}

/// The parameter for a field of a request or of an input type.
pub(crate) fn param(module: &Module<'_>, field: &Field) -> Param {
    let name = ident(&field.name.snake());
    match &field.ty {
        Ty::List(item) => {
            let (item_ty, convert, borrows) = item_param(module, item);
            Param {
                ty: quote!(impl IntoIterator<Item = #item_ty>),
                value: convert.map_or(Value::List, Value::ListOf),
                borrows,
            }
        }
        Ty::Map(item) => {
            let (fields, mut ty) = (module.rt("Fields"), module.value(item));
            let json = matches!(**item, Ty::Scalar(Scalar::Json));
            let value = if json {
                ty = quote!(impl Into<#ty>);
                quote!(#fields::from_json(#name))
            } else {
                quote!(#fields::from_pairs(#name))
            };
            Param {
                ty: quote!(impl IntoIterator<Item = (impl Into<String>, #ty)>),
                value: Value::One(value),
                borrows: false,
            }
        }
        Ty::Id(id) => {
            let id = module.id(*id);
            Param { ty: quote!(&#id), value: Value::One(quote!(#name)), borrows: false }
        }
        ty => {
            let (ty, convert, borrows) = item_param(module, ty);
            Param {
                ty,
                value: Value::One(match convert {
                    Some(_) => quote!(#name.into()),
                    None => quote!(#name),
                }),
                borrows,
            }
        }
    }
}

/// What one item may be, how it becomes the value where that takes a call, and whether it is borrowed for `'a`.
fn item_param(module: &Module<'_>, ty: &Ty) -> (TokenStream, Option<TokenStream>, bool) {
    let into = |target: TokenStream| {
        (quote!(impl Into<#target>), Some(quote!(Into::<#target>::into)), false)
    };
    match ty {
        Ty::Scalar(Scalar::String | Scalar::Text | Scalar::Secret) => {
            into(quote!(String))
        }
        Ty::Scalar(Scalar::Timestamp | Scalar::Json) => into(module.value(ty)),
        Ty::Id(id) => {
            let id = module.id(*id);
            (quote!(&'a #id), None, true)
        }
        Ty::Named(id) if converts(module, *id) => into(module.value(ty)),
        ty => (module.value(ty), None, false),
    }
}

/// Whether values of the cases turn into the type: only for a union that goes by JSON kind, whose cases have types apart.
fn converts(module: &Module<'_>, id: TypeId) -> bool {
    matches!(&module.api[id].kind, Kind::Union { by: Discriminator::Kind, .. })
}

/// An identifier for a rendered name, raw or not.
pub(crate) fn ident(name: &str) -> syn::Ident {
    match name.strip_prefix("r#") {
        Some(word) => syn::Ident::new_raw(word, proc_macro2::Span::call_site()),
        None => format_ident!("{name}"),
    }
}
