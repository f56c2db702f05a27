//! `operations.rs`: what is known of every call, as data.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Item, parse_quote};

use super::File;
use super::docs::docs;
use super::module::Module;
use crate::ir::{Access, Answer, Api, Endpoint, Method, PermissionId, Repeat, Resource};

/// The name of an operation's constant: `TAGS_CREATE_COMPANY`.
pub(crate) fn constant_name(resource: &Resource, endpoint: &Endpoint) -> Ident {
    format_ident!("{}_{}", resource.name.shouty(), endpoint.name.shouty())
}

/// The file.
pub(crate) fn emit(api: &Api) -> File {
    let module = Module::new(api, None);
    let operation = module.rt("Operation");
    let all = || {
        api.resources
            .iter()
            .flat_map(|of| of.endpoints.iter().map(move |endpoint| (of, endpoint)))
    };
    let names = all().map(|(resource, endpoint)| constant_name(resource, endpoint));
    let mut items: Vec<Item> = vec![parse_quote! {
        /// Every operation, by resource.
        pub static ALL: &[&#operation] = &[#(&#names),*];
    }];
    items.extend(all().map(|(resource, endpoint)| one(&module, resource, endpoint)));
    File {
        path: "operations.rs".to_owned(),
        source: "spec/resources".to_owned(),
        about: "What is known of every operation: method, path, permission, limits, webhook.".to_owned(),
        uses: module.uses(),
        items,
    }
}

fn one(module: &Module<'_>, resource: &Resource, endpoint: &Endpoint) -> Item {
    let api = module.api;
    let operation = module.rt("Operation");
    let (method_ty, access_ty, repeat_ty) =
        (module.rt("Method"), module.rt("Access"), module.rt("Repeat"));
    let constant = constant_name(resource, endpoint);
    let name = format!("{}.{}", resource.name.plain(), endpoint.name.plain());
    let about =
        docs(0, endpoint.about.first().into_iter().chain([&format!("`{name}`.")]));
    let method = format_ident!(
        "{}",
        match endpoint.method {
            Method::Get => "Get",
            Method::Post => "Post",
            Method::Put => "Put",
            Method::Patch => "Patch",
            Method::Delete => "Delete",
        }
    );
    let access = format_ident!(
        "{}",
        match endpoint.access {
            Access::Read => "Read",
            Access::Write => "Write",
        }
    );
    let repeat = format_ident!(
        "{}",
        match endpoint.repeat {
            Repeat::Safe => "Safe",
            Repeat::Never => "Never",
        }
    );
    let permission = |id: Option<PermissionId>| match id {
        Some(id) => {
            let permissions = module.generated("permissions");
            let name = format_ident!("{}", api[id].name.shouty());
            quote!(Some(#permissions::#name))
        }
        None => quote!(None),
    };
    let (capability, published_scope) =
        (permission(endpoint.capability), permission(endpoint.published_scope));
    let rate_limit = match endpoint.rate_limit {
        Some(class) => {
            let limits = module.generated("rate_limits");
            let name = format_ident!("{}", api[class].name.shouty());
            quote!(Some(&#limits::#name))
        }
        None => quote!(None),
    };
    let webhook = some(endpoint.webhook.map(|event| api[event].wire.as_str()));
    let body = endpoint.body.is_some();
    let accept = some(endpoint.accept.as_deref());
    let deprecated = some(endpoint.deprecated.as_deref());
    let max_page = match endpoint.answer {
        Answer::Page { max: Some(max), .. } => quote!(Some(#max)),
        _ => quote!(None),
    };
    let at_least_one = endpoint.at_least_one.iter().map(|(key, _)| key);
    let Endpoint { operation: id, path, acts_on, redirects, since, docs, .. } = endpoint;
    let resource = resource.name.plain();
    parse_quote! {
        #(#about)*
        pub static #constant: #operation = #operation {
            id: #id,
            name: #name,
            resource: #resource,
            method: #method_ty::#method,
            path: #path,
            capability: #capability,
            published_scope: #published_scope,
            access: #access_ty::#access,
            acts_on: #acts_on,
            rate_limit: #rate_limit,
            webhook: #webhook,
            repeat: #repeat_ty::#repeat,
            redirects: #redirects,
            body: #body,
            accept: #accept,
            max_page: #max_page,
            at_least_one: &[#(#at_least_one),*],
            deprecated: #deprecated,
            since: #since,
            docs: #docs,
        };
    }
}

/// An optional text.
fn some(text: Option<&str>) -> TokenStream {
    match text {
        Some(text) => quote!(Some(#text)),
        None => quote!(None),
    }
}
