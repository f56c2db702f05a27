//! Requests: what a call may be given besides its arguments, and the ways to send it.

use quote::{format_ident, quote};
use syn::{Item, parse_quote};

use super::docs::docs;
use super::inputs::{clear, setter};
use super::module::Module;
use super::params::ident;
use crate::ir::{Answer, Endpoint, Place, Resource};

/// A call's request.
pub(crate) fn emit(
    module: &Module<'_>,
    resource: &Resource,
    endpoint: &Endpoint,
) -> Vec<Item> {
    let (rt, request) = (module.runtime(), module.rt("Request"));
    let name = format_ident!("{}", endpoint.name.camel());
    let handle = resource.name.camel();
    let about = docs(
        0,
        [format!(
            "What [`{handle}::{}`] sends: `{} {}`, operation `{}`.",
            endpoint.name.plain(),
            endpoint.method.as_str(),
            endpoint.path,
            endpoint.operation,
        )],
    );
    let mut methods = Vec::new();
    if let Answer::Page { max: Some(max), .. } = &endpoint.answer {
        let about = docs(
            4,
            [format!(
                "Items on a page, {max} at most. Streams ask for {max} unless told otherwise."
            )],
        );
        let key = &module.api.service.front.pagination.size;
        methods.push(quote! {
            #about
            pub fn limit(mut self, limit: u32) -> Self {
                self.0.query(#key, limit);
                self
            }
        });
    }
    methods.extend(endpoint.setters.iter().map(|input| match input.place {
        Place::Query => setter(module, &input.field, &quote!(self.0), "query"),
        Place::Body => setter(module, &input.field, &quote!(self.0), "body"),
        Place::Choice => {
            let about = docs(4, &input.field.about);
            let deprecated = input
                .field
                .deprecated
                .as_ref()
                .map(|why| quote!(#[deprecated(note = #why)]));
            let (method, ty) =
                (ident(&input.field.name.snake()), module.value(&input.field.ty));
            quote! {
                #about
                #deprecated
                pub fn #method(mut self, #method: #ty) -> Self {
                    self.0.merge(#method);
                    self
                }
            }
        }
    }));
    // An argument cannot be null, so null is sent by a method.
    let nullable = endpoint.arguments.iter().filter(|input| input.place == Place::Body);
    methods.extend(nullable.filter_map(|input| clear(&input.field, &quote!(self.0))));
    let mut items: Vec<Item> = vec![parse_quote! {
        #about
        #[derive(Clone, Debug)]
        #[must_use = "a request does nothing until `.send()` is awaited"]
        pub struct #name(#request);
    }];
    if !methods.is_empty() {
        items.push(parse_quote!(impl #name { #(#methods)* }));
    }
    items.push(match &endpoint.answer {
        Answer::Nothing => parse_quote!(#rt::unit_call!(#name);),
        Answer::One(ty) => {
            let ty = module.value(ty);
            parse_quote!(#rt::call!(#name, #ty);)
        }
        Answer::Page { item, .. } => {
            let item = module.value(item);
            parse_quote!(#rt::list_call!(#name, #item);)
        }
        Answer::File => parse_quote!(#rt::file_call!(#name);),
    });
    items
}
