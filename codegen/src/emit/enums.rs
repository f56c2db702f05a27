//! Open enumerations, which keep values that this version does not know.

use quote::quote;
use syn::{Ident, ImplItem, Item, ItemEnum, ItemImpl, parse_quote};

use super::docs::deprecated;
use super::module::Module;
use super::tree::{array, ident, invoke, names, refer, text, tuple, variant};
use crate::ir::{Type, Variant};

/// Creates an enumeration and the table of its values.
pub(crate) fn emit(module: &Module<'_>, of: &Type, variants: &[Variant]) -> Vec<Item> {
    let rt = module.runtime();
    let own = ident(&of.name.camel());
    let about = module.docs(0, &of.about);
    let deprecation = deprecated(of.deprecated.as_deref());
    let unknown = module.rt("UnknownValue");
    let mut item: ItemEnum = parse_quote! {
        #about
        #deprecation
        #[derive(Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #own {
            /// A value that this version does not know. Match on [`Self::as_str`] to handle it.
            Unknown(#unknown),
        }
    };
    let known = variants.iter().map(|of| {
        let meaning = match &of.about {
            Some(about) => format!("`{}`: {about}", of.wire),
            None => format!("`{}`", of.wire),
        };
        let mut attrs: Vec<_> = module.docs(4, [meaning]).into_iter().collect();
        attrs.extend(deprecated(of.deprecated.as_deref()));
        variant(attrs, ident(&of.name.camel()))
    });
    item.variants = known.chain(item.variants).collect();
    item.variants.push_punct(Default::default());
    let values = variants.iter().map(|of| (of.wire.as_str(), of.name.camel()));
    let table = table(module, &own, values);
    vec![Item::Enum(item), table, invoke([rt, ident("open_enum")], quote!(#own))]
}

/// Creates the table of an enumeration's known values: on the wire and in Rust.
pub(crate) fn table<'a>(
    module: &Module<'_>,
    own: &Ident,
    values: impl IntoIterator<Item = (&'a str, String)>,
) -> Item {
    let (open, unknown) = (module.rt("OpenEnum"), module.rt("UnknownValue"));
    let known = values
        .into_iter()
        .map(|(wire, rust)| tuple([text(wire), names([ident("Self"), ident(&rust)])]));
    let mut item: ItemImpl = parse_quote! {
        impl #open for #own {
            const KNOWN: &'static [(&'static str, Self)] = &[];

            fn unknown(value: #unknown) -> Self {
                Self::Unknown(value)
            }
        }
    };
    if let Some(ImplItem::Const(of)) = item.items.first_mut() {
        of.expr = refer(array(known));
    }
    Item::Impl(item)
}
