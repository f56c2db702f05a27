//! Types of ids.

use quote::quote;
use syn::{Item, parse_quote};

use super::module::Module;
use super::tree::{ident, invoke};
use crate::ir::Id;

/// Creates the type of an id, and the constructors of its aliases.
pub(crate) fn emit(module: &Module<'_>, id: &Id) -> Vec<Item> {
    let rt = module.runtime();
    let name = ident(&id.name.camel());
    let article =
        if id.noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    let form = id.prefix.as_ref().map(|prefix| {
        format!("Front writes it as `{prefix}_` followed by letters and digits. Any other text is accepted unchanged.")
    });
    let about = module.docs(
        0,
        [Some(format!("The id of {article} {}.", id.noun)), form].into_iter().flatten(),
    );
    let mut items: Vec<Item> = vec![
        parse_quote! {
            #about
            #[derive(Clone, Default, Eq, Hash, Ord, PartialEq, PartialOrd)]
            pub struct #name(Box<str>);
        },
        invoke([rt.clone(), ident("id")], quote!(#name)),
    ];
    if !id.aliases.is_empty() {
        let aliases = id.aliases.iter().map(|(method, source)| {
            let about = module.docs(
                4,
                [format!(
                    "Returns an alias for the {} with this {}: `{}:{source}:` followed by the value.",
                    id.noun,
                    source.replace('_', " "),
                    module.api.wire.alias_prefix,
                )],
            );
            let method = ident(&method.snake());
            quote! {
                #about
                #[must_use]
                pub fn #method(value: &str) -> Self {
                    Self(#rt::alias(#source, value))
                }
            }
        });
        items.push(parse_quote!(impl #name { #(#aliases)* }));
    }
    items
}
