//! The state while one file is emitted: the API, the location of the file, and its imports so far.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, Ident, Item, Type, parse_quote};

use super::File;
use super::docs::Docs;
use super::tree::{ident, ty, ty_of};
use crate::ir::{Api, IdId, ResourceId, Scalar, Ty, TypeId};

/// The file that is being emitted.
pub(crate) struct Module<'a> {
    pub(crate) api: &'a Api,
    resource: Option<ResourceId>,
    /// The paths of the runtime and of the generated modules.
    roots: [&'static str; 2],
    uses: RefCell<BTreeMap<String, BTreeSet<String>>>,
    docs: Docs,
}

impl<'a> Module<'a> {
    /// Creates the state for the file of a resource, or for a shared file.
    pub(crate) fn new(api: &'a Api, resource: Option<ResourceId>) -> Self {
        Self::at(api, resource, ["crate::rt", "crate::generated"])
    }

    /// Creates the state for a file of another crate.
    pub(crate) fn outside(api: &'a Api) -> Self {
        Self::at(api, None, ["front_api"; 2])
    }

    fn at(api: &'a Api, resource: Option<ResourceId>, roots: [&'static str; 2]) -> Self {
        Self { api, resource, roots, uses: RefCell::default(), docs: Docs::default() }
    }

    /// Returns the file with these items, their imports and their documentation.
    pub(crate) fn file(
        self,
        path: String,
        source: &str,
        about: String,
        items: Vec<Item>,
    ) -> File {
        let (source, uses) = (source.to_owned(), self.uses());
        File { path, source, about, uses, items, docs: self.docs.into_texts() }
    }

    /// Adds the documentation of an item at column `indent`; see [`Docs::add`].
    pub(crate) fn docs<S: AsRef<str>>(
        &self,
        indent: usize,
        paragraphs: impl IntoIterator<Item = S>,
    ) -> Option<Attribute> {
        self.docs.add(indent, paragraphs)
    }

    /// Imports `name` from `path` and returns it.
    pub(crate) fn import(&self, path: &str, name: &str) -> Ident {
        let mut uses = self.uses.borrow_mut();
        if !uses.get(path).is_some_and(|names| names.contains(name)) {
            uses.entry(path.to_owned()).or_default().insert(name.to_owned());
        }
        ident(name)
    }

    /// Imports a name of the runtime and returns it.
    pub(crate) fn rt(&self, name: &str) -> Ident {
        self.import(self.roots[0], name)
    }

    /// Imports the runtime itself, for its macros and functions.
    pub(crate) fn runtime(&self) -> Ident {
        self.import("crate", "rt")
    }

    /// Imports a module of the generated crate.
    pub(crate) fn generated(&self, module: &str) -> Ident {
        self.import(self.roots[1], module)
    }

    /// Imports `std::fmt`.
    pub(crate) fn fmt(&self) -> Ident {
        self.import("std", "fmt")
    }

    /// Imports `serde_json::Value`, which is any JSON.
    pub(crate) fn json(&self) -> Ident {
        self.import("serde_json", "Value")
    }

    /// Returns a type of the spec, and imports it if it is in another file.
    pub(crate) fn named(&self, id: TypeId) -> Ident {
        let of = &self.api[id];
        self.of_resource(of.resource, &of.name.camel())
    }

    /// Returns an id type, and imports it if it is in another file.
    pub(crate) fn id(&self, id: IdId) -> Ident {
        let of = &self.api[id];
        self.of_resource(of.resource, &of.name.camel())
    }

    fn of_resource(&self, resource: ResourceId, name: &str) -> Ident {
        if self.resource == Some(resource) {
            return ident(name);
        }
        let module = self.api[resource].name.snake();
        self.import(&format!("{}::{module}", self.roots[1]), name)
    }

    /// Returns the Rust type of a value in a response.
    pub(crate) fn value(&self, of: &Ty) -> Type {
        let name = match of {
            Ty::List(item) => return ty_of(ident("Vec"), [self.value(item)]),
            Ty::Map(item) => {
                let map = self.import("std::collections", "BTreeMap");
                return ty_of(map, [ty(ident("String")), self.value(item)]);
            }
            Ty::Scalar(scalar) => match scalar {
                Scalar::String | Scalar::Text | Scalar::Secret => ident("String"),
                Scalar::Integer => ident("i64"),
                Scalar::Number => ident("f64"),
                Scalar::Boolean => ident("bool"),
                Scalar::Timestamp => self.rt("Timestamp"),
                Scalar::Json => self.json(),
                Scalar::File => self.rt("Upload"),
            },
            Ty::Id(id) => self.id(*id),
            Ty::Named(id) => self.named(*id),
        };
        ty(name)
    }

    /// Returns the imports in the order of rustfmt.
    fn uses(&self) -> Vec<Item> {
        let uses = self.uses.borrow();
        let mut all: Vec<(String, Item)> = Vec::new();
        for (path, names) in uses.iter() {
            let mut tree: Vec<TokenStream> = Vec::new();
            let names: Vec<Ident> = names.iter().map(|name| ident(name)).collect();
            // The runtime itself and names of it are one import.
            if path == "crate::rt"
                && uses.get("crate").is_some_and(|names| names.contains("rt"))
            {
                tree.push(quote!(self));
            } else if path == "crate" && uses.contains_key("crate::rt") {
                continue;
            }
            tree.extend(names.iter().map(|name| quote!(#name)));
            let path_tokens: syn::Path = match syn::parse_str(path) {
                Ok(path) => path,
                Err(_) => unreachable!(
                    "an import's path is written by the emitter or claimed as a module's name"
                ),
            };
            // rustfmt puts a list after every import with the same beginning.
            let (order, item) = match &tree[..] {
                [one] => {
                    (format!("{path}::{one}"), parse_quote!(use #path_tokens::#one;))
                }
                several => (
                    format!("{path}::~"),
                    parse_quote!(use #path_tokens::{#(#several),*};),
                ),
            };
            all.push((order, item));
        }
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all.into_iter().map(|(_, item)| item).collect()
    }
}
