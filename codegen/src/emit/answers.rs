//! `answers.rs`, for tests of the crate: the type that decodes the response of each operation.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use super::File;
use super::module::Module;
use super::operations::constant_name;
use crate::ir::{Answer, Api};

/// Creates the file. `crate::answers::Reader`, which the tests define, decodes a response as a type.
pub(crate) fn emit(api: &Api) -> File {
    let module = Module::outside(api);
    let reader = module.import("crate::answers", "Reader");
    let (operation, operations) =
        (module.rt("Operation"), module.generated("operations"));
    let rows: Vec<TokenStream> = api
        .resources
        .iter()
        .flat_map(|of| of.endpoints.iter().map(move |endpoint| (of, endpoint)))
        .map(|(resource, endpoint)| {
            let constant = constant_name(resource, endpoint);
            let reader = match &endpoint.answer {
                Answer::Nothing => quote!(#reader::NOTHING),
                Answer::File => quote!(#reader::FILE),
                Answer::One(ty) => {
                    let ty = module.value(ty);
                    quote!(#reader::one::<#ty>())
                }
                Answer::Page { item, .. } => {
                    let item = module.value(item);
                    quote!(#reader::page::<#item>())
                }
            };
            quote!((&#operations::#constant, #reader))
        })
        .collect();
    let items = vec![parse_quote! {
        /// All operations, by resource.
        pub(crate) static ALL: &[(&#operation, #reader)] = &[#(#rows),*];
    }];
    let about = "The decoder for the response of every operation.".to_owned();
    module.file("answers.rs".to_owned(), "spec/resources", about, items)
}
