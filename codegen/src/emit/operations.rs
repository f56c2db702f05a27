//! `operations.rs`: the facts about every call, as data.

use syn::{Expr, FieldValue, Ident, Item, parse_quote};

use super::File;
use super::docs::facts;
use super::module::Module;
use super::tree::{
    array, boolean, field_value, ident, literal, name, names, refer, some, static_item,
    text, ty,
};
use crate::ir::{
    Access, Answer, Api, BASE, Endpoint, Kind, Method, PermissionId, Repeat, Resource,
    Ty, Type,
};

/// Returns the name of an operation's constant: `TAGS_CREATE_COMPANY`.
pub(crate) fn constant_name(resource: &Resource, endpoint: &Endpoint) -> Ident {
    ident(&format!("{}_{}", resource.name.shouty(), endpoint.name.shouty()))
}

/// Creates the file.
pub(crate) fn emit(api: &Api) -> File {
    let module = Module::new(api, None);
    let operation = module.rt("Operation");
    let all = || {
        api.resources
            .iter()
            .flat_map(|of| of.endpoints.iter().map(move |endpoint| (of, endpoint)))
    };
    let constants = all().map(|(resource, endpoint)| constant_name(resource, endpoint));
    let mut items: Vec<Item> = vec![parse_quote! {
        /// All operations, by resource.
        pub static ALL: &[&#operation] = &[#(&#constants),*];
    }];
    items.extend(all().map(|(resource, endpoint)| one(&module, resource, endpoint)));
    let about =
        "What is known of every operation: method, path, permission, limits, webhook.";
    let path = "operations.rs".to_owned();
    module.file(path, "spec/resources", about.to_owned(), items)
}

fn one(module: &Module<'_>, resource: &Resource, endpoint: &Endpoint) -> Item {
    let api = module.api;
    let operation = module.rt("Operation");
    let constant = constant_name(resource, endpoint);
    let called = format!("{}.{}", resource.name.plain(), endpoint.name.plain());
    let about = module
        .docs(0, endpoint.about.first().into_iter().chain([&format!("`{called}`.")]));
    let method = match endpoint.method {
        Method::Get => "Get",
        Method::Post => "Post",
        Method::Put => "Put",
        Method::Patch => "Patch",
        Method::Delete => "Delete",
    };
    let access = match endpoint.access {
        Access::Read => "Read",
        Access::Write => "Write",
    };
    let repeat = match endpoint.repeat {
        Repeat::Safe => "Safe",
        Repeat::Never => "Never",
    };
    let word = |ty: &str, word: &str| names([module.rt(ty), ident(word)]);
    let permission = |id: PermissionId| {
        let constant = ident(&api[id].name.shouty());
        some(names([module.generated("permissions"), constant]))
    };
    let mut fields: Vec<FieldValue> = Vec::new();
    let mut set = |key: &str, value: Expr| fields.push(field_value(ident(key), value));
    set("id", text(&endpoint.operation));
    set("name", text(&called));
    set("resource", text(resource.name.plain()));
    set("method", word("Method", method));
    set("path", text(&endpoint.path));
    set("capability", endpoint.capability.map_or_else(|| name("None"), permission));
    // Each field below is left to `DEFAULT` if the spec does not set it. Most operations set none of them.
    if let Some(scope) = endpoint.published_scope {
        set("published_scope", permission(scope));
    }
    set("access", word("Access", access));
    set("acts_on", text(&endpoint.acts_on));
    if let Some(class) = endpoint.rate_limit {
        let class = ident(&api[class].name.shouty());
        let class = names([module.generated("rate_limit_classes"), class]);
        set("rate_limit", some(refer(class)));
    }
    if let Some(event) = endpoint.webhook {
        set("webhook", some(text(&api[event].wire)));
    }
    set("repeat", word("Repeat", repeat));
    if endpoint.redirects {
        set("redirects", boolean(true));
    }
    if endpoint.body.is_some() {
        set("body", boolean(true));
    }
    if let Some(media) = &endpoint.accept {
        set("accept", some(text(media)));
    }
    let status = proc_macro2::Literal::u16_unsuffixed(endpoint.status);
    set("response_status", some(parse_quote!(#status)));
    set("response_body", word("ResponseBody", response_body(api, &endpoint.answer)));
    if let Answer::Page { max: Some(max), .. } = endpoint.answer {
        set("max_page", some(parse_quote!(#max)));
    }
    if !endpoint.at_least_one.is_empty() {
        let keys = endpoint.at_least_one.iter().map(|(key, _)| text(key));
        set("at_least_one", refer(array(keys)));
    }
    if let Some(why) = &endpoint.deprecated {
        let why = facts::deprecation(api, why);
        set("deprecated", some(text(&why)));
    }
    if endpoint.since != BASE {
        set("since", text(&endpoint.since));
    }
    set("docs", text(&endpoint.docs));
    let rest = names([operation.clone(), ident("DEFAULT")]);
    let value = literal(operation.clone(), fields, Some(rest));
    static_item(about, constant, ty(operation), value)
}

/// Returns the variant of `ResponseBody` for a successful response.
fn response_body(api: &Api, answer: &Answer) -> &'static str {
    match answer {
        Answer::Nothing => "Empty",
        Answer::One(Ty::Named(id)) if is_struct(&api[*id]) => "Object",
        Answer::One(Ty::Map(_)) => "Object",
        Answer::One(_) => "Json",
        Answer::Page { .. } => "Page",
        Answer::File => "File",
    }
}

fn is_struct(ty: &Type) -> bool {
    matches!(ty.kind, Kind::Struct { .. })
}
