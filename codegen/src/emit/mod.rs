//! The resolved API as Rust items, one function a concept. Asks [`Api`], derives nothing.

mod choices;
mod docs;
mod enums;
mod example;
mod handles;
mod ids;
mod inputs;
mod module;
mod operations;
mod params;
mod permissions;
mod requests;
mod samples;
mod service;
mod structs;
#[cfg(test)]
mod tests;
mod unions;
mod webhooks;

use syn::{Item, parse_quote};

use crate::ir::{Api, Kind, Resource, ResourceId};
use module::Module;

/// A file of the generated crate.
pub struct File {
    /// Its path below the output folder.
    pub path: String,
    /// The file of the spec that it comes from.
    pub source: String,
    /// Its documentation.
    pub about: String,
    /// What it imports, in order.
    pub uses: Vec<Item>,
    /// What it holds.
    pub items: Vec<Item>,
}

/// Every file of the generated crate, by path.
#[must_use]
pub fn emit(api: &Api) -> Vec<File> {
    let mut files: Vec<File> = api
        .resources
        .iter()
        .enumerate()
        .map(|(index, resource)| resource_file(api, ResourceId(index), resource))
        .collect();
    files.extend([
        operations::emit(api),
        permissions::emit(api),
        service::rate_limits(api),
        service::service(api),
        service::errors(api),
        webhooks::emit(api),
    ]);
    files.push(root(&files));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// One resource: its id, its handle, its requests, its types.
fn resource_file(api: &Api, id: ResourceId, resource: &Resource) -> File {
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
            Kind::Union { by, cases } => unions::emit(&module, of, by, cases),
            Kind::Choice { tag, cases } => {
                choices::emit(&module, of, tag.as_deref(), cases)
            }
        });
    }
    File {
        path: format!("{}.rs", resource.name.plain()),
        source: resource.file.clone(),
        about: docs::lines(4, [&resource.about]).join("\n"),
        uses: module.uses(),
        items,
    }
}

/// `mod.rs`: the modules.
fn root(files: &[File]) -> File {
    let mut names: Vec<&str> =
        files.iter().filter_map(|file| file.path.strip_suffix(".rs")).collect();
    names.sort_unstable();
    File {
        path: "mod.rs".to_owned(),
        source: "spec".to_owned(),
        about: "The Front API as its spec says it: one module a resource, and what they share.".to_owned(),
        uses: Vec::new(),
        items: names
            .iter()
            .map(|name| {
                let name = quote::format_ident!("{name}");
                parse_quote!(pub mod #name;)
            })
            .collect(),
    }
}
