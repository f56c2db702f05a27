//! Names of modules, handles, requests and constants.

use std::collections::HashMap;

use super::claims::{Claims, taken};
use super::context::{At, Context, placeholder};
use super::index::Index;
use crate::ir::Api;
use crate::problem::{Code, Place, Problem};
use crate::reserved::{CLIENT_METHODS, CRATES, MODULES, TYPE_NAMES};

/// Claims the names of resources and endpoints.
pub(super) fn claim(cx: &mut Context<'_>, index: &Index<'_>, api: &Api) {
    let types = type_names(cx, index, api);
    let mut modules = Claims::default()
        .reserve(
            MODULES.iter().copied(),
            "the generated crate has a module with this name",
        )
        .reserve(
            CRATES.iter().copied(),
            "a dependency of the generated crate has this name",
        )
        .reserve(CLIENT_METHODS.iter().copied(), "a client has a method with this name");
    let mut constants = Claims::default();
    for (number, resource) in api.resources.iter().enumerate() {
        let located = cx.resources[number];
        let top = At::top(located.file);
        let place = cx.value(&top.then("resource"));
        let help = "rename the resource and its file";
        let (name, plain) = (&resource.name, resource.name.plain());
        let is_module = if name.snake() == plain {
            modules.claim(cx, name, name.snake(), place.clone(), "resource", help)
        } else {
            // The name of a module is also a file name. `mod.rs` has another meaning, and `r#async.rs` is not a valid one.
            let title =
                format!("the name `{plain}` is reserved and cannot name a resource");
            let problem = Problem::new(Code::ReservedName, title).at(place.clone());
            cx.report(problem.label("a keyword of Rust").help(help));
            false
        };
        let mut names = Claims::default()
            .reserve(TYPE_NAMES.iter().copied(), "generated files use this name");
        let handle = name.camel();
        // Renaming the resource also renames its handle.
        let _ = is_module
            && no_type(cx, &types, &handle, place.clone(), "handle")
            && names.claim(cx, name, handle, place, "handle", help);
        for (endpoint, key) in
            resource.endpoints.iter().zip(located.resource.endpoints.keys())
        {
            let place = cx.key(&top.then("endpoints").then(key));
            let (name, request) = (&endpoint.name, endpoint.name.camel());
            let help = "rename the endpoint";
            let is_free = no_type(cx, &types, &request, place.clone(), "request")
                && names.claim(cx, name, request, place.clone(), "request", help);
            if is_free && resource.name != placeholder() {
                let constant = format!("{}_{}", resource.name.shouty(), name.shouty());
                constants.claim(
                    cx,
                    name,
                    constant,
                    place,
                    "constant of an operation",
                    help,
                );
            }
        }
    }
}

/// The names of types and ids, which are in scope in all modules, with their places.
fn type_names(cx: &Context<'_>, index: &Index<'_>, api: &Api) -> HashMap<String, Place> {
    let types =
        api.types.iter().zip(&index.types_at).map(|(of, at)| (&of.name, cx.key(at)));
    let ids = api.ids.iter().map(|id| {
        let at = At::top(cx.resources[id.resource.0].file).then("id").then("type");
        (&id.name, cx.value(&at))
    });
    types
        .chain(ids)
        .filter(|(name, _)| **name != placeholder())
        .map(|(name, place)| (name.camel(), place))
        .collect()
}

/// Checks that no type has this name: a module may import every type.
fn no_type(
    cx: &mut Context<'_>,
    types: &HashMap<String, Place>,
    rendered: &str,
    place: Place,
    what: &str,
) -> bool {
    let Some(first) = types.get(rendered) else {
        return true;
    };
    let help = format!(
        "rename the type or the {}",
        if what == "handle" { "resource" } else { "endpoint" }
    );
    cx.report(taken(rendered, (place, what), (first.clone(), "type"), &help));
    false
}
