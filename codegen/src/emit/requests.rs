//! Request types: setters for the optional inputs of a call, and the methods that send it.

use quote::quote;
use syn::{ImplItem, Item};

use super::docs::{deprecated, facts};
use super::inputs::{clear, setter};
use super::module::Module;
use super::tree::{
    Method, attribute_is, attribute_with, ident, impl_block, invoke, method, name,
    parameter, self_0, stmt, text, ty, wrapper,
};
use crate::ir::{Answer, Endpoint, Input, Place, Resource};

/// Creates the request type of a call.
pub(crate) fn emit(
    module: &Module<'_>,
    resource: &Resource,
    endpoint: &Endpoint,
) -> Vec<Item> {
    let (rt, request) = (module.runtime(), module.rt("Request"));
    let own = ident(&endpoint.name.camel());
    let about = format!(
        "The request of [`{}::{}`]: `{} {}`, operation `{}`.",
        resource.name.camel(),
        endpoint.name.plain(),
        endpoint.method.as_str(),
        endpoint.path,
        endpoint.operation,
    );
    let mut attrs: Vec<_> = module.docs(0, [about]).into_iter().collect();
    attrs.push(attribute_with("derive", quote!(Clone, Debug)));
    let unsent = "a request does nothing until `.send()` is awaited";
    attrs.push(attribute_is("must_use", unsent));
    let mut methods = Vec::new();
    if let Answer::Page { max: Some(max), .. } = endpoint.answer {
        methods.push(limit(module, max));
    }
    methods.extend(endpoint.setters.iter().flat_map(|input| match input.place {
        Place::Query => setter(module, &input.field, "query"),
        Place::Header => setter(module, &input.field, "header"),
        Place::Body => setter(module, &input.field, "body"),
        Place::Choice => vec![choice(module, input)],
    }));
    // An argument cannot be null, so a method sends null.
    let nullable = endpoint.arguments.iter().filter(|input| input.place == Place::Body);
    methods.extend(nullable.filter_map(|input| clear(module, &input.field)));
    let mut items = vec![wrapper(attrs, own.clone(), ty(request))];
    if !methods.is_empty() {
        items.push(impl_block(own.clone(), methods));
    }
    let (call, answer) = match &endpoint.answer {
        Answer::Nothing => ("unit_call", None),
        Answer::One(ty) => ("call", Some(module.value(ty))),
        Answer::Page { item, .. } => ("list_call", Some(module.value(item))),
        Answer::File => ("file_call", None),
    };
    let answer = answer.map(|answer| quote!(, #answer));
    items.push(invoke([rt, ident(call)], quote!(#own #answer)));
    items
}

/// Creates the method that sets the size of a page.
fn limit(module: &Module<'_>, max: u32) -> ImplItem {
    let about = format!(
        "Sets the number of items on a page, at most {max}. Streams request {max} by default."
    );
    let attrs = module.docs(4, [about]).into_iter().collect();
    let key = text(&module.api.service.pagination.size);
    let value = parameter(ident("limit"), ty(ident("u32")));
    let set = stmt(method(self_0(), "query", [key, name("limit")]));
    Method::change(attrs, ident("limit"), Some(value), vec![set]).into()
}

/// Creates the setter of a choice.
fn choice(module: &Module<'_>, Input { field, .. }: &Input) -> ImplItem {
    let about = module.docs(4, facts::of_field(field));
    let attrs = about.into_iter().chain(deprecated(field.deprecated.as_deref()));
    let rendered = field.name.snake();
    let value = parameter(ident(&rendered), module.value(&field.ty));
    let merge = stmt(method(self_0(), "merge", [name(&rendered)]));
    Method::change(attrs.collect(), ident(&rendered), Some(value), vec![merge]).into()
}
