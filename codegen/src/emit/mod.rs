//! Emits the resolved API as Rust items, with one function per concept. All facts come from [`Api`]; nothing is derived here.

mod answers;
mod calls;
mod choices;
pub mod docs;
mod enums;
mod every;
pub(crate) mod example;
mod flags;
mod handles;
mod ids;
mod inputs;
mod module;
mod operations;
mod params;
mod permissions;
mod requests;
mod samples;
mod schemes;
mod service;
mod structs;
#[cfg(test)]
mod tests;
mod tree;
mod unions;
mod webhooks;

pub use docs::DOCS;
use syn::{Item, parse_quote};

use crate::ir::{Api, Kind, ResourceId};
use module::Module;

/// A file of the generated crate.
pub struct File {
    /// Its path below the output folder.
    pub path: String,
    /// The file of the spec that it comes from.
    pub source: String,
    /// Its documentation.
    pub about: String,
    /// Its imports, in order.
    pub uses: Vec<Item>,
    /// Its items. A `#[doc]` that begins with [`DOCS`] contains the index of an entry of `docs`.
    pub items: Vec<Item>,
    /// The documentation of `items`, by index.
    pub docs: Vec<String>,
}

/// A file that can be emitted, independently of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// The file of a resource.
    Resource(ResourceId),
    /// `operations.rs`
    Operations,
    /// `permissions.rs`
    Permissions,
    /// `rate_limit_classes.rs`
    RateLimitClasses,
    /// `service.rs`
    Service,
    /// `errors.rs`
    Errors,
    /// `webhooks.rs`
    Webhooks,
    /// `webhook_schemes.rs`
    WebhookSchemes,
    /// `mod.rs`
    Root,
}

/// Returns all files to emit, those that take longest first.
#[must_use]
pub fn units(api: &Api) -> Vec<Unit> {
    let mut resources: Vec<ResourceId> =
        (0..api.resources.len()).map(ResourceId).collect();
    let size = |id: ResourceId| api[id].endpoints.len() + api[id].types.len();
    resources.sort_by_key(|&id| std::cmp::Reverse(size(id)));
    let mut units = vec![Unit::Operations];
    units.extend(resources.into_iter().map(Unit::Resource));
    units.extend([
        Unit::Permissions,
        Unit::RateLimitClasses,
        Unit::Service,
        Unit::Errors,
        Unit::Webhooks,
        Unit::WebhookSchemes,
        Unit::Root,
    ]);
    units
}

/// Emits a file.
#[must_use]
pub fn emit(api: &Api, unit: Unit) -> File {
    match unit {
        Unit::Resource(id) => resource_file(api, id),
        Unit::Operations => operations::emit(api),
        Unit::Permissions => permissions::emit(api),
        Unit::RateLimitClasses => service::rate_limit_classes(api),
        Unit::Service => service::service(api),
        Unit::Errors => service::errors(api),
        Unit::Webhooks => webhooks::emit(api),
        Unit::WebhookSchemes => schemes::emit(api),
        Unit::Root => root(api),
    }
}

/// Creates the files for tests of the generated crate: decoders for the response of every operation, and calls that use every
/// constructor and setter.
#[must_use]
pub fn for_tests(api: &Api) -> [File; 2] {
    [answers::emit(api), calls::emit(api)]
}

/// Emits the file of a resource: its id, its handle, its requests and its types.
fn resource_file(api: &Api, id: ResourceId) -> File {
    let resource = &api[id];
    let module = Module::new(api, Some(id));
    let mut items = Vec::new();
    if let Some(own) = resource.id {
        items.extend(ids::emit(&module, &api[own]));
    }
    if !resource.endpoints.is_empty() {
        items.extend(handles::emit(&module, resource));
        for endpoint in &resource.endpoints {
            items.extend(requests::emit(&module, resource, endpoint));
        }
    }
    for &ty in &resource.types {
        let of = &api[ty];
        items.extend(match &of.kind {
            Kind::Struct { .. } if of.direction.answer => structs::emit(&module, ty),
            Kind::Struct { .. } if of.direction.input => inputs::emit(&module, ty),
            Kind::Struct { .. } => Vec::new(),
            Kind::Enum(variants) => enums::emit(&module, of, variants),
            Kind::Flag(values) => flags::emit(&module, of, values),
            Kind::Union { by, cases } => unions::emit(&module, of, by, cases),
            Kind::Choice { tag, cases } => {
                choices::emit(&module, of, tag.as_deref(), cases)
            }
        });
    }
    let path = format!("{}.rs", resource.name.plain());
    let about = docs::lines(4, [&resource.about]).join("\n");
    module.file(path, &resource.file, about, items)
}

/// Emits `mod.rs`, which declares the modules.
fn root(api: &Api) -> File {
    let shared = [
        "errors",
        "operations",
        "permissions",
        "rate_limit_classes",
        "service",
        "webhook_schemes",
        "webhooks",
    ];
    let mut names: Vec<String> =
        api.resources.iter().map(|of| of.name.plain().to_string()).collect();
    names.extend(shared.map(str::to_owned));
    names.sort_unstable();
    let items = names.iter().map(|name| {
        let name = tree::ident(name);
        parse_quote!(pub mod #name;)
    });
    let about = "The Front API as the spec describes it: one module per resource, and shared modules.";
    let module = Module::new(api, None);
    module.file("mod.rs".to_owned(), "spec", about.to_owned(), items.collect())
}
