//! The public API as a checked-in text, so that the diff of a pull request shows what changes for users.
//!
//! The text contains every `pub` item of `front-api`, without documentation, bodies and private parts. The runtime's macros
//! are complete, because they write public items.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use front_tests::{bless, root};
use syn::visit_mut::VisitMut;
use syn::{Attribute, ImplItem, Item, Visibility, parse_quote};

#[test]
fn the_public_api_matches_the_checked_in_text() {
    let source = root().join("front-api/src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    files.sort();
    let mut text = String::new();
    for path in files {
        let items = public_items(&std::fs::read_to_string(&path).unwrap());
        if !items.is_empty() {
            let name =
                path.strip_prefix(&source).unwrap().to_string_lossy().replace('\\', "/");
            write!(text, "// {name}\n{items}\n").unwrap();
        }
    }
    let snapshot = root().join("tests/public-api.txt");
    if bless() {
        std::fs::write(&snapshot, &text).unwrap();
    }
    let known =
        std::fs::read_to_string(&snapshot).unwrap_or_default().replace("\r\n", "\n");
    if known != text {
        let diff = similar::TextDiff::from_lines(&known, &text);
        panic!(
            "the public API differs from tests/public-api.txt: if the change is intended, run \
             `BLESS=1 cargo test -p front-tests --test public_api`\n{}",
            diff.unified_diff().context_radius(2).header("tests/public-api.txt", "now")
        );
    }
}

/// Only the types of other crates that ARCHITECTURE.md lists are public.
#[test]
fn only_listed_types_of_other_crates_are_public() {
    let snapshot = std::fs::read_to_string(root().join("tests/public-api.txt")).unwrap();
    let foreign: Vec<&str> = snapshot
        .lines()
        .map(str::trim)
        .filter(|line| {
            ["reqwest::", "http::", "hyper::", "serde_json::Error", "rustls::"]
                .iter()
                .any(|of| line.contains(of))
        })
        .collect();
    assert_eq!(
        foreign,
        ["pub fn http(mut self, http: reqwest::ClientBuilder) -> Self {}"]
    );
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            found.push(path);
        }
    }
}

fn public_items(text: &str) -> String {
    let mut file = syn::parse_file(text).unwrap();
    Strip.visit_file_mut(&mut file);
    file.attrs.clear();
    file.items.retain_mut(keep);
    file.items
        .into_iter()
        .map(|item| {
            let mut one: syn::File = parse_quote!();
            one.items = vec![item];
            prettyplease::unparse(&one)
        })
        .collect()
}

/// Returns whether an item is public, or is a macro. Removes its private parts.
fn keep(item: &mut Item) -> bool {
    match item {
        Item::Const(of) => public(&of.vis),
        Item::Enum(of) => public(&of.vis),
        Item::Fn(of) => public(&of.vis),
        Item::Static(of) => {
            of.expr = parse_quote!(..);
            public(&of.vis)
        }
        Item::Struct(of) => public(&of.vis),
        Item::Trait(of) => public(&of.vis),
        Item::Type(of) => public(&of.vis),
        Item::Use(of) => public(&of.vis),
        Item::Mod(of) => public(&of.vis) && !tests(&of.attrs),
        Item::Impl(of) => {
            let of_trait = of.trait_.is_some();
            if of_trait {
                of.items.clear();
            }
            of.items.retain(|item| match item {
                ImplItem::Fn(of) => public(&of.vis),
                ImplItem::Const(of) => public(&of.vis),
                _ => true,
            });
            of_trait || !of.items.is_empty()
        }
        Item::Macro(_) => true,
        _ => false,
    }
}

fn public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

fn tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|of| of.path().is_ident("cfg"))
}

/// Removes documentation, private fields and bodies.
struct Strip;

impl VisitMut for Strip {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes
            .retain(|of| !of.path().is_ident("doc") && !of.path().is_ident("allow"));
    }

    fn visit_block_mut(&mut self, block: &mut syn::Block) {
        block.stmts.clear();
    }

    fn visit_fields_mut(&mut self, fields: &mut syn::Fields) {
        if let syn::Fields::Named(named) = fields {
            named.named = std::mem::take(&mut named.named)
                .into_iter()
                .filter(|field| public(&field.vis))
                .collect();
        }
        syn::visit_mut::visit_fields_mut(self, fields);
    }
}
