//! Choices: groups of fields of which a request sends exactly one.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Item, parse_quote};

use super::docs::{docs, lines};
use super::inputs::{arguments, put};
use super::module::Module;
use super::params::{ident, param};
use crate::ir::{Field, Group, Type};

/// A choice: a constructor for each group.
pub(crate) fn emit(
    module: &Module<'_>,
    of: &Type,
    tag: Option<&str>,
    cases: &[Group],
) -> Vec<Item> {
    let (rt, inner) = (module.runtime(), module.rt("Fields"));
    let name = format_ident!("{}", of.name.camel());
    let about = docs(0, &of.about);
    let deprecated =
        of.deprecated.as_ref().map(|why| quote!(#[deprecated(note = #why)]));
    let constructors = cases.iter().map(|group| {
        let fields: Vec<&Field> = group.fields.iter().collect();
        let method = ident(&group.name.snake());
        let arguments = arguments(module, &fields);
        let lifetime = fields
            .iter()
            .any(|field| param(module, field).borrows)
            .then(|| quote!(<'a>));
        let about = docs(4, meaning(group, tag));
        let tag = tag.map(|tag| {
            let wire = &group.wire;
            quote!(this.set(#tag, #wire);)
        });
        let puts: Vec<TokenStream> = fields
            .iter()
            .map(|field| put(module, field, &quote!(this), "set"))
            .collect();
        quote! {
            #about
            #[must_use]
            pub fn #method #lifetime(#(#arguments),*) -> Self {
                let mut this = #inner::new();
                #tag
                #(#puts)*
                Self(this)
            }
        }
    });
    vec![
        parse_quote! {
            #about
            #deprecated
            #[derive(Clone, Debug, PartialEq)]
            pub struct #name(#inner);
        },
        parse_quote!(impl #name { #(#constructors)* }),
        parse_quote!(#rt::input!(#name);),
    ]
}

/// What a group sends, and what its fields are.
fn meaning(group: &Group, tag: Option<&str>) -> Vec<String> {
    let keys: Vec<String> =
        group.fields.iter().map(|field| format!("`{}`", field.wire)).collect();
    let keys = keys.join(", ");
    let mut all = vec![match tag {
        Some(tag) if keys.is_empty() => format!("Sends `{tag}` as `{}`.", group.wire),
        Some(tag) => format!("Sends `{tag}` as `{}`, with {keys}.", group.wire),
        None => format!("Sends {keys}."),
    }];
    all.extend(group.fields.iter().map(|field| {
        format!(
            "- `{}`: {}",
            field.name.plain(),
            lines(0, &field.about).join(" ").replace("  ", " ")
        )
    }));
    all
}
