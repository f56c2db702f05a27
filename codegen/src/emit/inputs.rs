//! Structures that only requests hold: made by `new`, filled by setters, closed to the eye.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Item, parse_quote};

use super::docs::docs;
use super::module::Module;
use super::params::{Value, ident, param};
use crate::ir::{Field, Fixed, Kind, TypeId};

/// An input type.
pub(crate) fn emit(module: &Module<'_>, id: TypeId) -> Vec<Item> {
    let of = &module.api[id];
    let Kind::Struct { fields, required, .. } = &of.kind else { return Vec::new() };
    let (rt, inner) = (module.runtime(), module.rt("Fields"));
    let name = format_ident!("{}", of.name.camel());
    let about = docs(0, &of.about);
    let deprecated =
        of.deprecated.as_ref().map(|why| quote!(#[deprecated(note = #why)]));
    let taken: Vec<&Field> = required.iter().map(|&index| &fields[index]).collect();
    let fixed = fields
        .iter()
        .filter_map(|field| field.fixed.as_ref().map(|value| (field, value)));
    let mut puts: Vec<TokenStream> = fixed
        .map(|(field, value)| {
            let (wire, value) = (&field.wire, constant(value));
            quote!(this.set(#wire, #value);)
        })
        .collect();
    puts.extend(taken.iter().map(|field| put(module, field, &quote!(this), "set")));
    let arguments = arguments(module, &taken);
    let lifetime =
        taken.iter().any(|field| param(module, field).borrows).then(|| quote!(<'a>));
    let new_about = docs(4, ["With what Front requires."]);
    let new: TokenStream = if puts.is_empty() {
        quote!(Self(#inner::new()))
    } else {
        quote! {
            let mut this = #inner::new();
            #(#puts)*
            Self(this)
        }
    };
    let default: Option<Item> = taken.is_empty().then(|| {
        parse_quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let setters = fields
        .iter()
        .enumerate()
        .filter(|(index, field)| !required.contains(index) && field.fixed.is_none())
        .map(|(_, field)| setter(module, field, &quote!(self.0), "set"));
    // What `new` takes cannot be null, so null is set by a method.
    let clears = taken.iter().filter_map(|field| clear(field, &quote!(self.0)));
    let mut items: Vec<Item> = vec![
        parse_quote! {
            #about
            #deprecated
            #[derive(Clone, Debug, PartialEq)]
            pub struct #name(#inner);
        },
        parse_quote! {
            impl #name {
                #new_about
                #[must_use]
                pub fn new #lifetime(#(#arguments),*) -> Self {
                    #new
                }

                #(#setters)*

                #(#clears)*
            }
        },
        parse_quote!(#rt::input!(#name);),
    ];
    items.extend(default);
    items
}

/// The parameters for some fields.
pub(crate) fn arguments(module: &Module<'_>, fields: &[&Field]) -> Vec<TokenStream> {
    fields
        .iter()
        .map(|field| {
            let (name, ty) = (ident(&field.name.snake()), param(module, field).ty);
            quote!(#name: #ty)
        })
        .collect()
}

/// The statements that put a parameter where it belongs: `target.verb(key, value);`, or `verb_list` for a list. What an item
/// becomes stands in a statement of its own, which keeps lines short and rustfmt of one mind with prettyplease.
pub(crate) fn put(
    module: &Module<'_>,
    field: &Field,
    target: &TokenStream,
    verb: &str,
) -> TokenStream {
    let wire = &field.wire;
    let name = ident(&field.name.snake());
    let list = format_ident!("{verb}_list");
    match param(module, field).value {
        Value::One(value) => {
            let verb = format_ident!("{verb}");
            quote!(#target.#verb(#wire, #value);)
        }
        Value::List => quote!(#target.#list(#wire, #name);),
        Value::ListOf(convert) => quote! {
            let #name = #name.into_iter().map(#convert);
            #target.#list(#wire, #name);
        },
    }
}

/// A method that sets a field, and one that sends null for it where Front takes that.
pub(crate) fn setter(
    module: &Module<'_>,
    field: &Field,
    target: &TokenStream,
    verb: &str,
) -> TokenStream {
    let null = field.nullable.then(|| {
        format!("[`Self::clear_{}`] sends null in its place.", field.name.plain())
    });
    let about = docs(4, field.about.iter().chain(&null));
    let deprecated =
        field.deprecated.as_ref().map(|why| quote!(#[deprecated(note = #why)]));
    let super::params::Param { ty, borrows, .. } = param(module, field);
    let lifetime = borrows.then(|| quote!(<'a>));
    let method = ident(&field.name.snake());
    let put = put(module, field, target, verb);
    let clear = clear(field, target);
    quote! {
        #about
        #deprecated
        pub fn #method #lifetime(mut self, #method: #ty) -> Self {
            #put
            self
        }

        #clear
    }
}

/// The method that sends null for a field, where Front takes that.
pub(crate) fn clear(field: &Field, target: &TokenStream) -> Option<TokenStream> {
    let name = format_ident!("clear_{}", field.name.plain());
    let wire = &field.wire;
    let about = docs(4, [format!("Sends null for `{wire}`, in place of what was set.")]);
    field.nullable.then(|| {
        quote! {
            #about
            pub fn #name(mut self) -> Self {
                #target.clear(#wire);
                self
            }
        }
    })
}

/// A constant of the spec.
pub(crate) fn constant(value: &Fixed) -> TokenStream {
    match value {
        Fixed::Boolean(value) => quote!(#value),
        Fixed::Integer(value) => {
            let value = proc_macro2::Literal::i64_suffixed(*value);
            quote!(#value)
        }
        Fixed::Null => quote!(()),
        Fixed::String(value) => quote!(#value),
    }
}
