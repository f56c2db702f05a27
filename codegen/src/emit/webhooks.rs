//! `webhooks.rs`: the events that Front posts.

use quote::{format_ident, quote};
use syn::{Ident, Item, parse_quote};

use super::File;
use super::docs::{docs, lines};
use super::module::Module;
use super::operations::constant_name;
use crate::ir::Api;

/// The file.
pub(crate) fn emit(api: &Api) -> File {
    let module = Module::new(api, None);
    let (rt, webhook) = (module.runtime(), module.rt("Webhook"));
    let (open, unknown) = (module.rt("OpenEnum"), module.rt("UnknownValue"));
    let variants = api.webhooks.iter().map(|event| {
        let about = docs(4, [format!("`{}`: {}", event.wire, event.signals)]);
        let name = format_ident!("{}", event.name.camel());
        quote!(#about #name)
    });
    let table = api.webhooks.iter().map(|event| {
        let (wire, name) = (&event.wire, format_ident!("{}", event.name.camel()));
        quote!((#wire, Self::#name))
    });
    let constants: Vec<Ident> = api
        .webhooks
        .iter()
        .map(|event| format_ident!("{}", event.name.shouty()))
        .collect();
    let mut items: Vec<Item> = vec![
        parse_quote! {
            /// The event that a delivery tells of.
            #[derive(Clone, PartialEq)]
            #[non_exhaustive]
            pub enum WebhookType {
                #(#variants,)*
                /// A value that this version does not name; match on [`Self::as_str`] to handle one.
                Unknown(#unknown),
            }
        },
        parse_quote! {
            impl #open for WebhookType {
                const KNOWN: &'static [(&'static str, Self)] = &[#(#table),*];

                fn unknown(value: #unknown) -> Self {
                    Self::Unknown(value)
                }
            }
        },
        parse_quote!(#rt::open_enum!(WebhookType);),
        parse_quote! {
            /// Every event, with what it tells and which operations fire it. One that no
            /// operation fires comes of what people and rules do in Front.
            pub static ALL: &[&#webhook] = &[#(&#constants),*];
        },
    ];
    items.extend(api.webhooks.iter().zip(&constants).map(|(event, constant)| -> Item {
        let (name, signals, types) = (&event.wire, &event.signals, &event.event_types);
        let about = docs(0, [format!("`{name}`: {signals}")]);
        let operations = event.triggered_by.iter().map(|&(resource, index)| {
            let operations = module.generated("operations");
            let constant =
                constant_name(&api[resource], &api[resource].endpoints[index]);
            quote!(&#operations::#constant)
        });
        parse_quote! {
            #about
            pub static #constant: #webhook = #webhook {
                name: #name,
                signals: #signals,
                event_types: &[#(#types),*],
                triggered_by: &[#(#operations),*],
            };
        }
    }));
    File {
        path: "webhooks.rs".to_owned(),
        source: "spec/webhooks.yaml".to_owned(),
        about: lines(4, api.webhooks_about.split("\n\n")).join("\n"),
        uses: module.uses(),
        items,
    }
}
