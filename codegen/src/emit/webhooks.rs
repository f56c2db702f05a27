//! `webhooks.rs`: the events that Front posts.

use quote::quote;
use syn::{Ident, Item, ItemEnum, parse_quote};

use super::File;
use super::docs::lines;
use super::enums::table;
use super::module::Module;
use super::operations::constant_name;
use super::schemes;
use super::tree::{ident, invoke, variant};
use crate::ir::Api;

/// Creates the file.
pub(crate) fn emit(api: &Api) -> File {
    let module = Module::new(api, None);
    let (rt, webhook) = (module.runtime(), module.rt("Webhook"));
    let unknown = module.rt("UnknownValue");
    let variants = api.webhooks.iter().map(|event| {
        let about = module.docs(4, [format!("`{}`: {}", event.wire, event.signals)]);
        variant(about.into_iter().collect(), ident(&event.name.camel()))
    });
    let constants: Vec<Ident> =
        api.webhooks.iter().map(|event| ident(&event.name.shouty())).collect();
    let own = ident("WebhookType");
    let values = api.webhooks.iter().map(|of| (of.wire.as_str(), of.name.camel()));
    let mut types: ItemEnum = parse_quote! {
        /// The type of the event that a webhook delivery reports.
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #own {
            /// A value that this version does not know. Match on [`Self::as_str`] to handle it.
            Unknown(#unknown),
        }
    };
    types.variants = variants.chain(types.variants).collect();
    types.variants.push_punct(Default::default());
    let mut items: Vec<Item> = vec![
        Item::Enum(types),
        table(&module, &own, values),
        invoke([rt, ident("open_enum")], quote!(#own)),
        parse_quote! {
            /// All events, with their meaning and the operations that fire them. An event without
            /// operations is caused by what people and rules do in Front.
            pub static ALL: &[&#webhook] = &[#(&#constants),*];
        },
    ];
    items.extend(api.webhooks.iter().zip(&constants).map(|(event, constant)| -> Item {
        let (name, signals, types) = (&event.wire, &event.signals, &event.event_types);
        let about = module.docs(0, [format!("`{name}`: {signals}")]);
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
    let mut about: Vec<String> =
        api.webhooks_about.split("\n\n").map(str::to_owned).collect();
    if !api.webhook_schemes.is_empty() {
        let link = "[`webhook_schemes`](crate::webhook_schemes)";
        about.push(format!("The kinds of webhooks, which {link} contains as data:"));
    }
    about.extend(api.webhook_schemes.iter().map(|of| {
        let name = crate::markdown::code(of.name.plain());
        format!("- {name}: {} {}", of.about, schemes::sentences(of))
    }));
    let about = lines(4, about).join("\n");
    module.file("webhooks.rs".to_owned(), "spec/webhooks.yaml", about, items)
}
