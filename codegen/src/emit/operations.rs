//! `operations.rs`: what is known of every call, as data.

use quote::{format_ident, quote};
use syn::{Ident, Item, parse_quote};

use super::File;
use super::docs::docs;
use super::module::Module;
use crate::ir::{
    Access, Answer, Api, BASE, Endpoint, Method, PermissionId, Repeat, Resource,
};

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
    let permission = |id: PermissionId| {
        let permissions = module.generated("permissions");
        let name = format_ident!("{}", api[id].name.shouty());
        quote!(Some(#permissions::#name))
    };
    let capability = endpoint.capability.map_or(quote!(None), permission);
    // What follows is left to `REST` where the spec leaves it to its default: most operations have none of it.
    let published_scope = endpoint.published_scope.map(|scope| {
        let scope = permission(scope);
        quote!(published_scope: #scope,)
    });
    let rate_limit = endpoint.rate_limit.map(|class| {
        let limits = module.generated("rate_limits");
        let name = format_ident!("{}", api[class].name.shouty());
        quote!(rate_limit: Some(&#limits::#name),)
    });
    let webhook = endpoint.webhook.map(|event| {
        let event = &api[event].wire;
        quote!(webhook: Some(#event),)
    });
    let redirects = endpoint.redirects.then(|| quote!(redirects: true,));
    let body = endpoint.body.is_some().then(|| quote!(body: true,));
    let accept = endpoint.accept.as_ref().map(|media| quote!(accept: Some(#media),));
    let max_page = match endpoint.answer {
        Answer::Page { max: Some(max), .. } => Some(quote!(max_page: Some(#max),)),
        _ => None,
    };
    let keys = endpoint.at_least_one.iter().map(|(key, _)| key);
    let at_least_one = (!endpoint.at_least_one.is_empty())
        .then(|| quote!(at_least_one: &[#(#keys),*],));
    let deprecated =
        endpoint.deprecated.as_ref().map(|why| quote!(deprecated: Some(#why),));
    let since = (endpoint.since != BASE).then(|| {
        let since = &endpoint.since;
        quote!(since: #since,)
    });
    let Endpoint { operation: id, path, acts_on, docs, .. } = endpoint;
    let resource = resource.name.plain();
    parse_quote! {
        #about
        pub static #constant: #operation = #operation {
            id: #id,
            name: #name,
            resource: #resource,
            method: #method_ty::#method,
            path: #path,
            capability: #capability,
            #published_scope
            access: #access_ty::#access,
            acts_on: #acts_on,
            #rate_limit
            #webhook
            repeat: #repeat_ty::#repeat,
            #redirects
            #body
            #accept
            #max_page
            #at_least_one
            #deprecated
            #since
            docs: #docs,
            ..#operation::REST
        };
    }
}
