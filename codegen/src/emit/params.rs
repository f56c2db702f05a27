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
    /// The value that a field of its type holds.
    pub(crate) owned: TokenStream,
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
            let owned = match &convert {
                Some(convert) => quote!(#name.into_iter().map(#convert).collect()),
                None if borrows => quote!(#name.into_iter().cloned().collect()),
                None => quote!(#name.into_iter().collect()),
            };
            Param {
                ty: quote!(impl IntoIterator<Item = #item_ty>),
                value: convert.map_or(Value::List, Value::ListOf),
                owned,
                borrows,
            }
        }
        Ty::Map(item) => {
            let (fields, mut ty) = (module.rt("Fields"), module.value(item));
            let (make, value) = match **item {
                Ty::Scalar(Scalar::Json) => ("from_json", quote!(value.into())),
                Ty::Scalar(Scalar::String | Scalar::Text | Scalar::Secret) => {
                    ("from_text", quote!(value.into()))
                }
                _ => ("from_pairs", quote!(value)),
            };
            if make != "from_pairs" {
                ty = quote!(impl Into<#ty>);
            }
            let make = format_ident!("{make}");
            Param {
                ty: quote!(impl IntoIterator<Item = (impl Into<String>, #ty)>),
                value: Value::One(quote!(#fields::#make(#name))),
                owned: quote!(#name.into_iter().map(|(key, value)| (key.into(), #value)).collect()),
                borrows: false,
            }
        }
        Ty::Id(id) => {
            let id = module.id(*id);
            Param {
                ty: quote!(&#id),
                value: Value::One(quote!(#name)),
                owned: quote!(#name.clone()),
                borrows: false,
            }
        }
        ty => {
            let (ty, convert, borrows) = item_param(module, ty);
            let value = match convert {
                Some(_) => quote!(#name.into()),
                None => quote!(#name),
            };
            Param { ty, value: Value::One(value.clone()), owned: value, borrows }
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
