//! Unions: a value of one of several types, or an unknown value.

use quote::quote;
use syn::{Item, parse_quote};

use super::docs::deprecated;
use super::module::Module;
use super::tree::{ident, invoke, ty_of};
use crate::ir::{Api, Case, Discriminator, Kind, Scalar, Ty, Type};

/// Creates a union.
pub(crate) fn emit(
    module: &Module<'_>,
    of: &Type,
    by: &Discriminator,
    cases: &[Case],
) -> Vec<Item> {
    let rt = module.runtime();
    let unknown = module.rt("UnknownCase");
    let name = ident(&of.name.camel());
    let about = module.docs(0, &of.about);
    let deprecation = deprecated(of.deprecated.as_deref());
    let variants = cases.iter().map(|case| {
        let meaning = match (&case.about, by) {
            (Some(about), _) => about.clone(),
            (None, Discriminator::Kind) => format!("A JSON {}.", case.wire),
            (None, Discriminator::Tag { .. }) => {
                format!("{}.", crate::markdown::code(&case.wire))
            }
        };
        let about = module.docs(4, [meaning]);
        let variant = ident(&case.name.camel());
        let payload = payload(module, by, &case.ty);
        quote!(#about #variant(#payload))
    });
    let mut items: Vec<Item> = vec![parse_quote! {
        #about
        #deprecation
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that this version does not know, or that cannot be decoded as its case. It
            /// is kept exactly as Front sent it.
            Unknown(#unknown),
        }
    }];
    items.push(table(module, of, by, cases));
    if *by == Discriminator::Kind {
        items.extend(conversions(module, of, cases));
    }
    items.push(invoke([rt, ident("union")], quote!(#name)));
    items
}

/// Returns whether a value is in a `Box`. Structures and unions are: otherwise a union would be large or contain itself.
pub(crate) fn boxed(api: &Api, ty: &Ty) -> bool {
    matches!(ty, Ty::Named(id) if !matches!(api[*id].kind, Kind::Enum(_) | Kind::Flag(_)))
}

fn payload(module: &Module<'_>, by: &Discriminator, ty: &Ty) -> syn::Type {
    let value = module.value(ty);
    let value = if boxed(module.api, ty) { ty_of(ident("Box"), [value]) } else { value };
    if is_optional(by, ty) { ty_of(ident("Option"), [value]) } else { value }
}

/// Returns whether a case may be received without its content: the tag still names the case, and the content is null.
/// Then a list is empty, and a JSON value is null.
fn is_optional(by: &Discriminator, ty: &Ty) -> bool {
    has_content(by) && !matches!(ty, Ty::List(_) | Ty::Scalar(Scalar::Json))
}

fn has_content(by: &Discriminator) -> bool {
    matches!(by, Discriminator::Tag { content: Some(_), .. })
}

/// Creates the `impl` by which the runtime recognizes, decodes and encodes the cases.
fn table(module: &Module<'_>, of: &Type, by: &Discriminator, cases: &[Case]) -> Item {
    let (rt, json, unknown) =
        (module.runtime(), module.json(), module.rt("UnknownCase"));
    let name = ident(&of.name.camel());
    let shape = match by {
        Discriminator::Kind => quote!(#rt::Shape::Kind),
        Discriminator::Tag { tag, content } => {
            let content = match content {
                Some(key) => quote!(Some(#key)),
                None => quote!(None),
            };
            quote!(#rt::Shape::Tag { tag: &[#(#tag),*], content: #content })
        }
    };
    let decode = cases.iter().map(|case| {
        let (wire, variant) = (&case.wire, ident(&case.name.camel()));
        if has_content(by) && matches!(case.ty, Ty::List(_)) {
            quote!(#wire => Self::#variant(#rt::list_case(content)?))
        } else {
            quote!(#wire => Self::#variant(#rt::case(content)?))
        }
    });
    let encode = cases.iter().map(|case| {
        let (wire, variant) = (&case.wire, ident(&case.name.camel()));
        quote!(Self::#variant(value) => Ok((#wire, #rt::encoded(value))))
    });
    let fmt = module.fmt();
    let shown = cases.iter().map(|case| {
        let variant = case.name.camel();
        let of = ident(&variant);
        if module.api.hides(&case.ty) {
            quote!(Self::#of(_) => (#variant, &#rt::HIDDEN))
        } else {
            quote!(Self::#of(value) => (#variant, value))
        }
    });
    parse_quote! {
        impl #rt::Union for #name {
            const SHAPE: #rt::Shape = #shape;

            #[inline]
            fn decode(case: &str, content: &#json) -> Option<Self> {
                let known = match case {
                    #(#decode,)*
                    _ => return None,
                };
                Some(known)
            }

            #[inline]
            fn encode(&self) -> Result<(&'static str, #json), &#unknown> {
                match self {
                    #(#encode,)*
                    Self::Unknown(case) => Err(case),
                }
            }

            #[inline]
            fn shown(&self) -> (&'static str, &dyn #fmt::Debug) {
                match self {
                    #(#shown,)*
                    Self::Unknown(case) => ("Unknown", case),
                }
            }

            fn unknown(case: #unknown) -> Self {
                Self::Unknown(case)
            }
        }
    }
}

/// Creates the `From` impls of a union: one for each type that only one case has.
fn conversions(module: &Module<'_>, of: &Type, cases: &[Case]) -> Vec<Item> {
    let name = ident(&of.name.camel());
    cases
        .iter()
        .filter(|case| cases.iter().filter(|other| other.ty == case.ty).count() == 1)
        .filter(
            |case| !matches!(case.ty, Ty::Named(id) if module.api[id].name == of.name),
        )
        .flat_map(|case| {
            let variant = ident(&case.name.camel());
            let ty = module.value(&case.ty);
            let value = if boxed(module.api, &case.ty) {
                quote!(Box::new(value))
            } else {
                quote!(value)
            };
            let text: Option<Item> = matches!(
                case.ty,
                Ty::Scalar(Scalar::String | Scalar::Text | Scalar::Secret)
            )
            .then(|| {
                parse_quote! {
                    impl From<&str> for #name {
                        fn from(value: &str) -> Self {
                            Self::#variant(value.to_owned())
                        }
                    }
                }
            });
            let own: Item = parse_quote! {
                impl From<#ty> for #name {
                    fn from(value: #ty) -> Self {
                        Self::#variant(#value)
                    }
                }
            };
            text.into_iter().chain([own])
        })
        .collect()
}
