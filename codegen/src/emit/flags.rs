//! Flags: booleans whose two values have names.

use quote::quote;
use syn::{Item, ItemEnum, parse_quote};

use super::docs::deprecated;
use super::module::Module;
use super::tree::{ident, invoke, variant};
use crate::ir::{Type, Variant};

/// A flag: its values, `true` first.
pub(crate) fn emit(module: &Module<'_>, of: &Type, values: &[Variant]) -> Vec<Item> {
    let rt = module.runtime();
    let own = ident(&of.name.camel());
    let about = module.docs(0, &of.about);
    let deprecation = deprecated(of.deprecated.as_deref());
    let mut item: ItemEnum = parse_quote! {
        #about
        #deprecation
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum #own {}
    };
    item.variants = values
        .iter()
        .map(|of| {
            let meaning = match &of.about {
                Some(about) => format!("`{}`: {about}", of.wire),
                None => format!("`{}`", of.wire),
            };
            variant(
                module.docs(4, [meaning]).into_iter().collect(),
                ident(&of.name.camel()),
            )
        })
        .collect();
    item.variants.push_punct(Default::default());
    let names = values.iter().map(|of| ident(&of.name.camel()));
    vec![Item::Enum(item), invoke([rt, ident("flag")], quote!(#own, #(#names),*))]
}
