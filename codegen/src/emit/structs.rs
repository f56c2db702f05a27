//! Structures that answers hold.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Item, parse_quote};

use super::docs::docs;
use super::module::Module;
use super::params::{ident, param};
use crate::ir::{Field, Kind, Scalar, Ty, TypeId};

/// A structure of answers; with a constructor and setters where requests hold it too.
pub(crate) fn emit(module: &Module<'_>, id: TypeId) -> Vec<Item> {
    let of = &module.api[id];
    let Kind::Struct { fields, links, required, .. } = &of.kind else {
        return Vec::new();
    };
    let name = format_ident!("{}", of.name.camel());
    let extra = module.rt("Extra");
    let about = docs(0, &of.about);
    let deprecated =
        of.deprecated.as_ref().map(|why| quote!(#[deprecated(note = #why)]));
    let (serialize, deserialize) =
        (module.import("serde", "Serialize"), module.import("serde", "Deserialize"));
    let hides = fields.iter().any(|field| module.api.hides(&field.ty));
    let debug = (!hides).then(|| quote!(Debug,));
    let links_field = links.as_ref().map(|names| links_field(module, names));
    let members = fields.iter().map(|field| member(module, id, field));
    let mut items: Vec<Item> = vec![parse_quote! {
        #about
        #deprecated
        #[derive(Clone, #debug Default, #deserialize, PartialEq, #serialize)]
        #[non_exhaustive]
        pub struct #name {
            #links_field
            #(#members)*
            /// What Front sent beside what this version names.
            #[serde(flatten)]
            pub extra: #extra,
        }
    }];
    if hides {
        items.push(hiding_debug(module, &of.name.camel(), links.is_some(), fields));
    }
    if of.direction.input {
        items.extend(construction(module, id, fields, required));
    }
    items
}

fn links_field(module: &Module<'_>, names: &[String]) -> TokenStream {
    let links = module.rt("ApiLinks");
    let text = if names.is_empty() {
        "The address of this object in the API.".to_owned()
    } else {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        format!("Addresses in the API: of this object, and of {}.", names.join(", "))
    };
    let about = docs(4, [text]);
    quote! {
        #about
        #[serde(rename = "_links", default, skip_serializing_if = "ApiLinks::is_empty")]
        pub api_links: #links,
    }
}

/// Whether a field stands as itself, and not in an `Option`.
fn plain(field: &Field) -> bool {
    field.always || matches!(field.ty, Ty::List(_) | Ty::Map(_))
}

fn member(module: &Module<'_>, owner: TypeId, field: &Field) -> TokenStream {
    let rendered = field.name.snake();
    let name = ident(&rendered);
    let about = docs(4, &field.about);
    let deprecated =
        field.deprecated.as_ref().map(|why| quote!(#[deprecated(note = #why)]));
    let mut ty = module.value(&field.ty);
    if let Ty::Named(target) = field.ty
        && module.api.holds(target, owner)
    {
        ty = quote!(Box<#ty>);
    }
    let rename = (rendered.trim_start_matches("r#") != field.wire).then(|| {
        let wire = &field.wire;
        quote!(rename = #wire)
    });
    let rest = match &field.ty {
        Ty::List(_) | Ty::Map(_) => {
            module.runtime();
            let empty = if matches!(field.ty, Ty::List(_)) {
                "Vec::is_empty"
            } else {
                "BTreeMap::is_empty"
            };
            vec![
                quote!(default),
                quote!(deserialize_with = "rt::or_empty"),
                quote!(skip_serializing_if = #empty),
            ]
        }
        _ if field.always => Vec::new(),
        Ty::Scalar(Scalar::Integer) => {
            module.runtime();
            ty = quote!(Option<#ty>);
            vec![
                quote!(default),
                quote!(deserialize_with = "rt::integer"),
                quote!(skip_serializing_if = "Option::is_none"),
            ]
        }
        _ => {
            ty = quote!(Option<#ty>);
            vec![quote!(skip_serializing_if = "Option::is_none")]
        }
    };
    let attributes: Vec<TokenStream> = rename.into_iter().chain(rest).collect();
    let serde = (!attributes.is_empty()).then(|| quote!(#[serde(#(#attributes),*)]));
    quote! {
        #about
        #deprecated
        #serde
        pub #name: #ty,
    }
}

/// `Debug` that shows of customer text, credentials and unknown JSON only that they are there.
fn hiding_debug(module: &Module<'_>, name: &str, links: bool, fields: &[Field]) -> Item {
    let (rt, fmt) = (module.runtime(), module.fmt());
    let ident_of = format_ident!("{name}");
    let links = links.then(|| quote!(("api_links", &self.api_links),));
    let shown = fields.iter().map(|field| {
        let rendered = field.name.snake();
        let (label, member) = (rendered.trim_start_matches("r#"), ident(&rendered));
        if module.api.hides(&field.ty) {
            quote!((#label, &#rt::hidden(&self.#member)))
        } else {
            quote!((#label, &self.#member))
        }
    });
    parse_quote! {
        impl #fmt::Debug for #ident_of {
            #[inline]
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                #rt::debug(f, #name, &[#links #(#shown,)* ("extra", &self.extra)])
            }
        }
    }
}

/// `new` and setters for a structure that requests hold as well.
fn construction(
    module: &Module<'_>,
    owner: TypeId,
    fields: &[Field],
    required: &[usize],
) -> Vec<Item> {
    let of = &module.api[owner];
    let rt = module.runtime();
    let name = format_ident!("{}", of.name.camel());
    let assigned = |field: &Field| {
        let value = param(module, field).owned;
        let boxed =
            matches!(field.ty, Ty::Named(target) if module.api.holds(target, owner));
        let value = if boxed { quote!(Box::new(#value)) } else { value };
        if plain(field) { value } else { quote!(Some(#value)) }
    };
    let lifetime = |field: &Field| param(module, field).borrows.then(|| quote!(<'a>));
    let set = fields
        .iter()
        .enumerate()
        .filter(|(index, field)| !required.contains(index) && field.fixed.is_none());
    let setters = set.map(|(_, field)| {
        let about = docs(4, &field.about);
        let deprecated =
            field.deprecated.as_ref().map(|why| quote!(#[deprecated(note = #why)]));
        let (method, ty, value, lifetime) = (
            ident(&field.name.snake()),
            param(module, field).ty,
            assigned(field),
            lifetime(field),
        );
        quote! {
            #about
            #deprecated
            #[must_use]
            pub fn #method #lifetime(mut self, #method: #ty) -> Self {
                self.#method = #value;
                self
            }
        }
    });
    let mut methods: Vec<TokenStream> = Vec::new();
    let taken: Vec<&Field> = required.iter().map(|&index| &fields[index]).collect();
    let arguments = taken.iter().map(|field| {
        let (name, ty) = (ident(&field.name.snake()), param(module, field).ty);
        quote!(#name: #ty)
    });
    let links = matches!(&of.kind, Kind::Struct { links: Some(_), .. }).then(|| {
        let links = module.rt("ApiLinks");
        quote!(api_links: #links::default(),)
    });
    let extra = module.rt("Extra");
    let values = fields.iter().enumerate().map(|(index, field)| {
        let name = ident(&field.name.snake());
        let value = match &field.ty {
            _ if required.contains(&index) => assigned(field),
            Ty::List(_) => quote!(Vec::new()),
            Ty::Map(_) => {
                let map = module.import("std::collections", "BTreeMap");
                quote!(#map::new())
            }
            _ if field.always => quote!(Default::default()),
            _ => quote!(None),
        };
        quote!(#name: #value)
    });
    let lifetime =
        taken.iter().any(|field| param(module, field).borrows).then(|| quote!(<'a>));
    let about = docs(4, ["With what Front requires of one that is sent."]);
    methods.push(quote! {
        #about
        #[must_use]
        pub fn new #lifetime(#(#arguments),*) -> Self {
            Self { #links #(#values,)* extra: #extra::default() }
        }
    });
    methods.extend(setters);
    vec![parse_quote!(impl #name { #(#methods)* }), parse_quote!(#rt::both!(#name);)]
}
