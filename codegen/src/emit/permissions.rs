//! `permissions.rs`: the permissions of tokens, as constants and as types.

use quote::quote;
use syn::{Item, parse_quote};

use super::File;
use super::module::Module;
use super::tree::{ident, invoke};
use crate::ir::Api;

/// Creates the file.
pub(crate) fn emit(api: &Api) -> File {
    let module = Module::new(api, None);
    let (rt, permission) = (module.runtime(), module.rt("Permission"));
    let names = api.permissions.iter().map(|of| ident(&of.name.shouty()));
    let mut items: Vec<Item> = vec![parse_quote! {
        /// All permissions.
        pub const ALL: &[#permission] = &[#(#names),*];
    }];
    for of in &api.permissions {
        let (constant, marker, scope) =
            (ident(&of.name.shouty()), ident(&of.name.camel()), &of.scope);
        let about = module.docs(0, [format!("`{scope}`: {}", of.about)]);
        let marker_about = module.docs(
            0,
            [format!(
                "The permission [`{}`] as a type, for [`crate::Grants`] and [`crate::grant!`].",
                of.name.shouty()
            )],
        );
        items.extend::<[Item; 3]>([
            parse_quote! {
                #about
                pub const #constant: #permission = #permission::new(#scope);
            },
            parse_quote! {
                #marker_about
                #[derive(Clone, Copy, Debug)]
                pub struct #marker;
            },
            invoke([rt.clone(), ident("capability")], quote!(#marker, #constant)),
        ]);
    }
    let about = "The permissions of tokens. Each one is a constant, for checks at run time, and a type, for checks at compile time.";
    module.file("permissions.rs".to_owned(), "spec/front.yaml", about.to_owned(), items)
}
