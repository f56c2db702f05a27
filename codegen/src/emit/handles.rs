//! Handles, such as `client.tags()`, with one method per call.

use quote::quote;
use syn::{Expr, FnArg, ImplItem, Item, ItemImpl, Stmt, parse_quote};

use super::docs::{deprecated, facts};
use super::example;
use super::inputs::{arguments, constant, put};
use super::module::Module;
use super::operations::constant_name;
use super::params::borrows;
use super::tree::{
    Method, array, attribute_with, call, ident, invoke, let_stmt, method, name, names,
    of_self, parameter, ref_self, refer, stmt, text, ty, ty_ref,
};
use crate::ir::{
    Endpoint, Field, Input, Limit, Method as Verb, PathParam, Place, Repeat, Resource,
    Scalar, Ty,
};

/// Creates a resource's handle, the client's method that returns it, and one method per call.
pub(crate) fn emit(module: &Module<'_>, resource: &Resource) -> Vec<Item> {
    let (rt, client) = (module.runtime(), module.rt("Client"));
    let own = ident(&resource.name.camel());
    let accessor = ident(&resource.name.snake());
    let about = module.docs(
        0,
        [format!(
            "{} [`Client::{}`] returns this handle.",
            resource.about,
            resource.name.plain()
        )],
    );
    let returns = format!("Returns the handle [`{}`].", resource.name.camel());
    let accessor_about = module.docs(4, [&returns, &resource.about]);
    let mut methods: ItemImpl = parse_quote!(impl<G> #own<'_, G> {});
    let calls = resource.endpoints.iter();
    methods.items =
        calls.map(|endpoint| call_method(module, resource, endpoint)).collect();
    vec![
        parse_quote! {
            #about
            pub struct #own<'a, G> {
                client: &'a #client<G>,
            }
        },
        invoke([rt, ident("handle")], quote!(#own)),
        parse_quote! {
            impl<G> #client<G> {
                #accessor_about
                #[must_use]
                pub fn #accessor(&self) -> #own<'_, G> {
                    #own { client: self }
                }
            }
        },
        Item::Impl(methods),
    ]
}

/// Creates the method for a call.
fn call_method(
    module: &Module<'_>,
    resource: &Resource,
    endpoint: &Endpoint,
) -> ImplItem {
    let mut attrs: Vec<_> =
        module.docs(4, about(module, resource, endpoint)).into_iter().collect();
    let why = endpoint.deprecated.as_ref().map(|of| facts::deprecation(module.api, of));
    attrs.extend(deprecated(why.as_deref()));
    attrs.extend(
        aliases(endpoint).map(|alias| attribute_with("doc", quote!(alias = #alias))),
    );
    let fields: Vec<&Field> =
        endpoint.arguments.iter().map(|input| &input.field).collect();
    let mut inputs = vec![ref_self()];
    inputs.extend(endpoint.path_params.iter().map(|param| placeholder(module, param)));
    inputs.extend(arguments(module, &fields));
    let request = || name("request");
    let mut puts: Vec<Stmt> = Vec::new();
    for Input { place, field } in &endpoint.fixed {
        puts.extend(field.fixed.as_ref().map(|value| {
            let arguments = [text(&field.wire), constant(value)];
            stmt(method(request(), verb(*place), arguments))
        }));
    }
    for Input { place, field } in &endpoint.arguments {
        puts.extend(match place {
            Place::Choice => {
                let choice = name(&field.name.snake());
                vec![stmt(method(request(), "merge", [choice]))]
            }
            place => put(module, field, request(), verb(*place)),
        });
    }
    if let Some(input) = endpoint.input {
        inputs.push(parameter(ident("input"), ty(module.named(input))));
        puts.push(stmt(method(request(), "input", [name("input")])));
    }
    let operation =
        names([module.generated("operations"), constant_name(resource, endpoint)]);
    let segments = endpoint.path_params.iter().map(segment);
    let begin = call(
        names([module.runtime(), ident("begin")]),
        [of_self(ident("client")), refer(operation), refer(array(segments))],
    );
    let answer = ident(&endpoint.name.camel());
    let mut body = vec![let_stmt(ident("request"), !puts.is_empty(), begin)];
    body.extend(puts);
    body.push(Stmt::Expr(call(names([answer.clone()]), [request()]), None));
    let bound = endpoint.needs().map(|permission| {
        let grants = module.rt("Grants");
        let permissions = module.generated("permissions");
        let marker = ident(&module.api[permission].name.camel());
        parse_quote!(where G: #grants<#permissions::#marker>)
    });
    Method {
        attrs,
        name: ident(&endpoint.name.snake()),
        borrows: endpoint.arguments.iter().any(|input| borrows(&input.field)),
        inputs,
        output: ty(answer),
        bound,
        body,
    }
    .into()
}

/// What a search of the documentation finds the method by, beside its name: Front's operation and the words that people use.
fn aliases(endpoint: &Endpoint) -> impl Iterator<Item = &str> {
    let words = endpoint.search_words.iter().map(String::as_str);
    [endpoint.operation.as_str()]
        .into_iter()
        .chain(words)
        // The compiler rejects an alias that is the item's name.
        .filter(|alias| *alias != endpoint.name.plain())
}

fn verb(place: Place) -> &'static str {
    match place {
        Place::Query => "query",
        Place::Header => "header",
        Place::Body | Place::Choice => "body",
    }
}

/// Returns the parameter for a placeholder.
fn placeholder(module: &Module<'_>, param: &PathParam) -> FnArg {
    let of = match &param.ty {
        Ty::Scalar(Scalar::String | Scalar::Text | Scalar::Secret) => {
            ty_ref(ty(ident("str")), false)
        }
        Ty::Id(_) | Ty::Named(_) => ty_ref(module.value(&param.ty), false),
        ty => module.value(ty),
    };
    parameter(ident(&param.name.snake()), of)
}

/// Returns the expression that fills a placeholder.
fn segment(param: &PathParam) -> Expr {
    let value = name(&param.name.snake());
    match &param.ty {
        Ty::Scalar(Scalar::String | Scalar::Text | Scalar::Secret) => value,
        Ty::Id(_) | Ty::Named(_) => method(value, "as_str", []),
        _ => refer(method(value, "to_string", [])),
    }
}

/// Returns the documentation of a method: what it does, its arguments, its permission, its rate limit, and an example.
fn about(module: &Module<'_>, resource: &Resource, endpoint: &Endpoint) -> Vec<String> {
    let api = module.api;
    let mut all = endpoint.about.clone();
    let placeholders = endpoint.path_params.iter().filter_map(|param| {
        let about = facts::paragraphs(param.facts()).join(" ");
        (!about.is_empty()).then(|| format!("- `{}`: {about}", param.name.plain()))
    });
    let arguments = endpoint.arguments.iter().map(|input| {
        let about = facts::of_field(&input.field).join(" ");
        format!("- `{}`: {about}", input.field.name.plain())
            .trim_end_matches(": ")
            .to_owned()
    });
    all.extend(placeholders.chain(arguments));
    let mut facts = vec![format!("`{} {}`", endpoint.method.as_str(), endpoint.path)];
    match endpoint.needs() {
        Some(permission) => {
            let in_guide = endpoint
                .capability
                .filter(|of| *of != permission)
                .map(|of| format!(" (Front's guide names `{}`)", api[of].scope));
            let scope = &api[permission].scope;
            facts.push(format!("permission `{scope}`{}", in_guide.unwrap_or_default()));
        }
        None => facts.push("no permission required".to_owned()),
    }
    if let Some(class) = endpoint.rate_limit
        && api[class].limit != Limit::Company
    {
        facts.push(format!("rate limit: {}", lower(first_sentence(&api[class].about))));
    }
    if let Some(webhook) = endpoint.webhook {
        facts.push(format!("fires the `{}` webhook", api[webhook].wire));
    }
    if matches!(endpoint.method, Verb::Post | Verb::Patch | Verb::Delete)
        && endpoint.repeat == Repeat::Safe
    {
        facts.push("safe to retry".to_owned());
    }
    all.push(format!("{} ([Front's page]({})).", facts.join("; "), endpoint.docs));
    if endpoint.redirects {
        all.push("For a conversation that was merged into another, the client follows the redirect to the other one.".to_owned());
    }
    if !endpoint.at_least_one.is_empty() {
        let names: Vec<String> = endpoint
            .at_least_one
            .iter()
            .map(|(_, name)| format!("`{}`", name.plain()))
            .collect();
        all.push(format!("At least one of {} must be set. Otherwise `send` returns an error, and nothing is sent.", names.join(", ")));
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
