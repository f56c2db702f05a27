//! Names of modules, handles, requests and constants.

use std::collections::HashMap;

use super::claims::{Claims, taken};
use super::context::{At, Context, placeholder};
use super::index::{IMPORTED, Index};
use crate::ir::Api;
use crate::problem::{Code, Place, Problem};

/// Modules of the generated crate that are no resource's, and those of the crate itself.
pub(crate) const MODULES: &[&str] = &[
    "errors",
    "ext",
    "generated",
    "ids",
    "operations",
    "permissions",
    "rate_limits",
    "rt",
    "service",
    "webhook_schemes",
    "webhooks",
];

/// Crates that generated code and the runtime name by paths that a module at the root would stand before.
pub(crate) const CRATES: &[&str] =
    &["alloc", "bytes", "core", "futures_core", "reqwest", "serde", "serde_json", "std"];

/// What a client can do besides giving handles.
pub(crate) const OF_CLIENTS: &[&str] =
    &["builder", "clone", "execute", "from_env", "limits", "new", "raw", "restrict"];

/// Claims the names that resources and endpoints give.
pub(super) fn claim(cx: &mut Context<'_>, index: &Index<'_>, api: &Api) {
    let types = type_names(cx, index, api);
    let mut modules = Claims::default()
        .reserve(
            MODULES.iter().copied(),
            "the generated crate has a module of that name",
        )
        .reserve(CRATES.iter().copied(), "a crate that ours is built on is called so")
        .reserve(OF_CLIENTS.iter().copied(), "a client has a method of that name");
    let mut constants = Claims::default();
    for (number, resource) in api.resources.iter().enumerate() {
        let located = cx.resources[number];
        let top = At::top(located.file);
        let place = cx.value(&top.then("resource"));
        let help = "give the resource, and its file, another name";
        let (name, plain) = (&resource.name, resource.name.plain());
        let is_module = if name.snake() == plain {
            modules.claim(cx, name, name.snake(), place.clone(), "resource", help)
        } else {
            // A module's name is also a file's, and `mod.rs` and `r#async.rs` are not what they seem.
            let title = format!("no resource may be called `{plain}`");
            let problem = Problem::new(Code::ReservedName, title).at(place.clone());
            cx.report(problem.label("it is a word of Rust's own").help(help));
            false
        };
        let mut names = Claims::default().reserve(
            IMPORTED.iter().copied(),
            "generated files have it for something else",
        );
        let handle = name.camel();
        // Another name for the resource is another one for its handle.
        let _ = is_module
            && no_type(cx, &types, &handle, place.clone(), "handle")
            && names.claim(cx, name, handle, place, "handle", help);
        for (endpoint, key) in
            resource.endpoints.iter().zip(located.resource.endpoints.keys())
        {
            let place = cx.key(&top.then("endpoints").then(key));
            let (name, request) = (&endpoint.name, endpoint.name.camel());
            let help = "give the endpoint another name";
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

/// The names that types and ids have in all modules, and where they get them.
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

/// Checks that no type is called so: a module may import any of them.
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
        "give the type or the {} another name",
        if what == "handle" { "resource" } else { "endpoint" }
    );
    cx.report(taken(rendered, (place, what), (first.clone(), "type"), &help));
    false
}
