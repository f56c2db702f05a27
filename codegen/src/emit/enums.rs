//! Enumerations: open, so that a value of tomorrow is kept.

use quote::{format_ident, quote};
use syn::{Item, parse_quote};

use super::docs::docs;
use super::module::Module;
use crate::ir::{Type, Variant};

/// An enumeration and the table of its values.
pub(crate) fn emit(module: &Module<'_>, of: &Type, variants: &[Variant]) -> Vec<Item> {
    let rt = module.runtime();
    let open = module.rt("OpenEnum");
    let unknown = module.rt("UnknownValue");
    let name = format_ident!("{}", of.name.camel());
    let about = docs(0, &of.about);
    let items = variants.iter().map(|variant| {
        let meaning = match &variant.about {
            Some(about) => format!("`{}`: {about}", variant.wire),
            None => format!("`{}`", variant.wire),
        };
        let about = docs(4, [meaning]);
        let name = format_ident!("{}", variant.name.camel());
        let deprecated =
            variant.deprecated.as_ref().map(|why| quote!(#[deprecated(note = #why)]));
        quote!(#about #deprecated #name)
    });
    let table = variants.iter().map(|variant| {
        let wire = &variant.wire;
        let name = format_ident!("{}", variant.name.camel());
        quote!((#wire, Self::#name))
    });
    let deprecated =
        of.deprecated.as_ref().map(|why| quote!(#[deprecated(note = #why)]));
    vec![
        parse_quote! {
            #about
            #deprecated
            #[derive(Clone, PartialEq)]
            #[non_exhaustive]
            pub enum #name {
                #(#items,)*
                /// A value that this version does not name; match on [`Self::as_str`] to handle one.
                Unknown(#unknown),
            }
        },
        parse_quote! {
            impl #open for #name {
                const KNOWN: &'static [(&'static str, Self)] = &[#(#table),*];

                fn unknown(value: #unknown) -> Self {
                    Self::Unknown(value)
                }
            }
        },
        parse_quote!(#rt::open_enum!(#name);),
    ]
}
