//! `answers.rs`, for tests of the crate: which type reads the answer of which operation.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse_quote;

use super::File;
use super::module::Module;
use super::operations::constant_name;
use crate::ir::{Answer, Api};

/// The file. The tests' own `crate::answers::Reader` says what is done with a type.
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
        /// Every operation, by resource.
        pub(crate) static ALL: &[(&#operation, #reader)] = &[#(#rows),*];
    }];
    let about = "What reads the answer of every operation.".to_owned();
    module.file("answers.rs".to_owned(), "spec/resources", about, items)
}
