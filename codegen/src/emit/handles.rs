//! Handles: `client.tags()`, and a method a call.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Item, parse_quote};

use super::docs::docs;
use super::example;
use super::inputs::{arguments, constant, put};
use super::module::Module;
use super::operations::constant_name;
use super::params::{ident, param};
use crate::ir::{
    Endpoint, Field, Limit, Method, PathParam, Place, Repeat, Resource, Scalar, Ty,
};

/// A resource's handle, the client's method that gives it, and a method a call.
pub(crate) fn emit(module: &Module<'_>, resource: &Resource) -> Vec<Item> {
    let (rt, client) = (module.runtime(), module.rt("Client"));
    let name = format_ident!("{}", resource.name.camel());
    let accessor = ident(&resource.name.snake());
    let about = docs(
        0,
        [format!("{} [`Client::{}`] gives it.", resource.about, resource.name.plain())],
    );
    let accessor_about = docs(4, [&resource.about]);
    let methods =
        resource.endpoints.iter().map(|endpoint| method(module, resource, endpoint));
    vec![
        parse_quote! {
            #about
            pub struct #name<'a, G> {
                client: &'a #client<G>,
            }
        },
        parse_quote!(#rt::handle!(#name);),
        parse_quote! {
            impl<G> #client<G> {
                #accessor_about
                #[must_use]
                pub fn #accessor(&self) -> #name<'_, G> {
                    #name { client: self }
                }
            }
        },
        parse_quote!(impl<G> #name<'_, G> { #(#methods)* }),
    ]
}

fn method(module: &Module<'_>, resource: &Resource, endpoint: &Endpoint) -> TokenStream {
    let operations = module.generated("operations");
    let (name, request) =
        (ident(&endpoint.name.snake()), format_ident!("{}", endpoint.name.camel()));
    let about = docs(4, about(module, resource, endpoint));
    let constant_name = constant_name(resource, endpoint);
    let segments = endpoint.path_params.iter().map(segment);
    let mut parameters: Vec<TokenStream> =
        endpoint.path_params.iter().map(|param| path_parameter(module, param)).collect();
    let fields: Vec<&Field> =
        endpoint.arguments.iter().map(|input| &input.field).collect();
    parameters.extend(arguments(module, &fields));
    let mut puts: Vec<TokenStream> = endpoint
        .fixed
        .iter()
        .map(|(place, key, value)| {
            let verb = format_ident!("{}", verb(*place));
            let value = constant(value);
            quote!(request.#verb(#key, #value);)
        })
        .collect();
    puts.extend(endpoint.arguments.iter().map(|input| match input.place {
        Place::Choice => {
            let name = ident(&input.field.name.snake());
            quote!(request.merge(#name);)
        }
        place => put(module, &input.field, &quote!(request), verb(place)),
    }));
    if let Some(input) = endpoint.input {
        let ty = module.named(input);
        parameters.push(quote!(input: #ty));
        puts.push(quote!(request.input(input);));
    }
    let lifetime =
        fields.iter().any(|field| param(module, field).borrows).then(|| quote!(<'a>));
    let bound = endpoint.needs().map(|permission| {
        let grants = module.rt("Grants");
        let permissions = module.generated("permissions");
        let marker = format_ident!("{}", module.api[permission].name.camel());
        quote!(where G: #grants<#permissions::#marker>)
    });
    let deprecated =
        endpoint.deprecated.as_ref().map(|why| quote!(#[deprecated(note = #why)]));
    let rt = module.runtime();
    let mutable = (!puts.is_empty()).then(|| quote!(mut));
    quote! {
        #about
        #deprecated
        pub fn #name #lifetime(&self, #(#parameters),*) -> #request #bound {
            let #mutable request =
                #rt::begin(self.client, &#operations::#constant_name, &[#(#segments),*]);
            #(#puts)*
            #request(request)
        }
    }
}

fn verb(place: Place) -> &'static str {
    match place {
        Place::Query => "query",
        Place::Body | Place::Choice => "body",
    }
}

/// The parameter for a placeholder.
fn path_parameter(module: &Module<'_>, param: &PathParam) -> TokenStream {
    let name = ident(&param.name.snake());
    match &param.ty {
        Ty::Scalar(Scalar::String | Scalar::Text | Scalar::Secret) => {
            quote!(#name: &str)
        }
        Ty::Id(_) | Ty::Named(_) => {
            let ty = module.value(&param.ty);
            quote!(#name: &#ty)
        }
        ty => {
            let ty = module.value(ty);
            quote!(#name: #ty)
        }
    }
}

/// What fills a placeholder.
fn segment(param: &PathParam) -> TokenStream {
    let name = ident(&param.name.snake());
    match &param.ty {
        Ty::Scalar(Scalar::String | Scalar::Text | Scalar::Secret) => quote!(#name),
        Ty::Id(_) | Ty::Named(_) => quote!(#name.as_str()),
        _ => quote!(&#name.to_string()),
    }
}

/// What a method's documentation says: what it does, what it takes, what it needs, how it is limited, an example.
fn about(module: &Module<'_>, resource: &Resource, endpoint: &Endpoint) -> Vec<String> {
    let api = module.api;
    let mut all = endpoint.about.clone();
    let placeholders = endpoint.path_params.iter().filter_map(|param| {
        param.about.as_ref().map(|about| format!("- `{}`: {about}", param.name.plain()))
    });
    let arguments = endpoint.arguments.iter().map(|input| {
        let about = input.field.about.join(" ");
        format!("- `{}`: {about}", input.field.name.plain())
            .trim_end_matches(": ")
            .to_owned()
    });
    all.extend(placeholders.chain(arguments));
    let mut facts = vec![format!("`{} {}`", endpoint.method.as_str(), endpoint.path)];
    match endpoint.needs() {
        Some(permission) => {
            let said = endpoint.capability.filter(|said| *said != permission);
            let said =
                said.map(|said| format!(" (Front's guide says `{}`)", api[said].scope));
            let scope = &api[permission].scope;
            facts.push(format!("permission `{scope}`{}", said.unwrap_or_default()));
        }
        None => facts.push("no permission needed".to_owned()),
    }
    if let Some(class) = endpoint.rate_limit
        && api[class].limit != Limit::Company
    {
        facts.push(format!("rate limit: {}", lower(first_sentence(&api[class].about))));
    }
    if let Some(webhook) = endpoint.webhook {
        facts.push(format!("fires the `{}` webhook", api[webhook].wire));
    }
    if matches!(endpoint.method, Method::Post | Method::Patch | Method::Delete)
        && endpoint.repeat == Repeat::Safe
    {
        facts.push("safe to repeat".to_owned());
    }
    all.push(format!("{} ([Front's page]({})).", facts.join("; "), endpoint.docs));
    if endpoint.redirects {
        all.push("A conversation that was merged is followed to the one that it became part of.".to_owned());
    }
    if !endpoint.at_least_one.is_empty() {
        let names: Vec<String> = endpoint
            .at_least_one
            .iter()
            .map(|(_, name)| format!("`{}`", name.plain()))
            .collect();
        all.push(format!("At least one of {} must be set: without, it is an error before anything is sent.", names.join(", ")));
    }
    all.push(example::example(module.api, resource, endpoint));
    all
}

fn first_sentence(text: &str) -> &str {
    let end = text.find(". ").unwrap_or(text.len());
    text[..end].trim_end_matches('.')
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_lowercase().chain(chars).collect(),
        None => String::new(),
    }
}
