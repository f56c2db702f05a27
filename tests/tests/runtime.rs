//! The runtime knows Front through generated constants: it uses few parts of the generated code, and contains no name of
//! Front's wire format.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::{Path, PathBuf};

use front_codegen::ir::Api;
use front_codegen::{resolve, spec};
use front_tests::root;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Attribute, Item, ItemMod};

/// The modules and names of `crate::generated` that the runtime may use. `[]` allows all names. See ARCHITECTURE.md.
const USABLE: [(&str, &[&str]); 3] =
    [("service", &[]), ("errors", &["ErrorCode"]), ("operations", &["ALL"])];

/// A file of the runtime without its tests, as tokens, without comments.
struct Source {
    path: String,
    tokens: Vec<TokenTree>,
}

/// Reads the files of the runtime, without tests.
fn runtime() -> Vec<Source> {
    let mut paths = Vec::new();
    rust_files(&root().join("front-api/src/rt"), &mut paths);
    let mut parsed: Vec<(PathBuf, syn::File)> = paths
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            (path, syn::parse_file(&text).unwrap())
        })
        .collect();
    let tests: Vec<PathBuf> = parsed
        .iter()
        .flat_map(|(path, file)| {
            let modules = file.items.iter().filter_map(test_module);
            let modules = modules.filter(|module| module.content.is_none());
            modules.map(|module| folder_of(path).join(module.ident.to_string()))
        })
        .collect();
    parsed.retain(|(path, _)| {
        !tests
            .iter()
            .any(|test| path.starts_with(test) || *path == test.with_extension("rs"))
    });
    parsed
        .into_iter()
        .map(|(path, mut file)| {
            file.items.retain(|item| test_module(item).is_none());
            let path = path.display().to_string();
            let mut tokens = Vec::new();
            flatten(
                file.items.iter().map(|item| item.to_token_stream()).collect(),
                &mut tokens,
            );
            Source { path, tokens }
        })
        .collect()
}

/// Returns the module if it is compiled only for tests.
fn test_module(item: &Item) -> Option<&ItemMod> {
    let Item::Mod(module) = item else { return None };
    let is_test = |of: &Attribute| {
        let text: String = of.to_token_stream().to_string().split_whitespace().collect();
        text.starts_with("#[cfg(test")
    };
    module.attrs.iter().any(is_test).then_some(module)
}

/// Returns the folder of a file's modules.
fn folder_of(path: &Path) -> PathBuf {
    if path.ends_with("mod.rs") {
        path.parent().unwrap().to_owned()
    } else {
        path.with_extension("")
    }
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Appends all tokens in order, without documentation. Of the delimiters, only `{` remains, as `;`.
fn flatten(tokens: TokenStream, all: &mut Vec<TokenTree>) {
    for token in tokens {
        let TokenTree::Group(group) = &token else {
            all.push(token);
            continue;
        };
        let inner = group.stream();
        let first = inner.clone().into_iter().next();
        let is_doc = group.delimiter() == Delimiter::Bracket
            && first.is_some_and(|first| first.to_string() == "doc");
        if is_doc {
            continue;
        }
        if group.delimiter() == Delimiter::Brace {
            all.push(TokenTree::Punct(proc_macro2::Punct::new(
                ';',
                proc_macro2::Spacing::Alone,
            )));
        }
        flatten(inner, all);
    }
}

/// Returns the next segments of a path: `errors`, `ErrorCode` of `::errors::ErrorCode`.
fn path_after(tokens: &[TokenTree]) -> Vec<String> {
    let mut words = Vec::new();
    let mut texts = tokens.iter().map(ToString::to_string);
    while let (Some(":"), Some(":"), Some(word)) =
        (texts.next().as_deref(), texts.next().as_deref(), texts.next())
    {
        words.push(word);
    }
    words
}

/// Returns whether `crate` after these tokens is `$crate`, as in the code of a macro.
fn is_expanded(before: &[TokenTree]) -> bool {
    before.last().is_some_and(|token| token.to_string() == "$")
}

fn api() -> Api {
    let mut texts = Vec::new();
    for folder in ["spec", "spec/resources"] {
        for entry in std::fs::read_dir(root().join(folder)).unwrap().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".yaml") {
                let text = std::fs::read_to_string(entry.path()).unwrap();
                texts.push((format!("{folder}/{name}"), text));
            }
        }
    }
    let (read, _) = spec::read_texts(texts).map_err(|unread| unread.problems).unwrap();
    resolve::resolve(&read).0.unwrap()
}

#[test]
fn the_runtime_uses_few_parts_of_generated_code() {
    let sources = runtime();
    assert!(sources.len() > 50, "{}", sources.len());
    // The generated modules are also at the root of the crate.
    let mut modules = Vec::new();
    rust_files(&root().join("front-api/src/generated"), &mut modules);
    let modules: Vec<String> = modules
        .iter()
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let mut used = 0;
    for Source { path, tokens } in sources {
        for (at, token) in tokens.iter().enumerate() {
            let TokenTree::Ident(word) = token else { continue };
            let words = path_after(&tokens[at + 1..]);
            let module = words.first().map_or("", String::as_str);
            if word == "generated" {
                used += 1;
                let Some((_, names)) =
                    USABLE.iter().find(|(usable, _)| *usable == module)
                else {
                    panic!("{path} uses `generated::{module}`; see ARCHITECTURE.md")
                };
                if let (Some(name), false) = (words.get(1), names.is_empty()) {
                    assert!(
                        names.contains(&name.as_str()),
                        "{path} uses `{module}::{name}`; see ARCHITECTURE.md"
                    );
                }
            } else if word == "crate" && !is_expanded(&tokens[..at]) {
                let is_generated = modules.iter().any(|generated| generated == module);
                assert!(
                    !is_generated,
                    "{path} uses `crate::{module}`; see ARCHITECTURE.md"
                );
            } else if let Some((_, names)) =
                USABLE.iter().find(|(module, names)| word == module && !names.is_empty())
                && let Some(name) = words.first()
            {
                assert!(
                    names.contains(&name.as_str()),
                    "{path} uses `{word}::{name}`; see ARCHITECTURE.md"
                );
            }
        }
    }
    assert!(used > 15, "{used}");
}

/// The runtime uses the constants for all names in `spec/`.
#[test]
fn the_runtime_contains_no_wire_name() {
    let api = api();
    let mut names: Vec<&str> =
        api.wire.names().into_iter().flat_map(|of| of.value.names()).collect();
    for of in &api.webhook_schemes {
        names.push(&of.signature.header);
        names.extend(of.timestamp.as_ref().map(|of| of.header.as_str()));
        names.extend(of.challenge.as_ref().map(|of| of.header.as_str()));
    }
    assert!(names.len() > 25, "{names:?}");
    // A name that no other text contains. `status`, `title` and others are also ordinary words.
    let is_special = |name: &str| name.starts_with('_') || name.contains('-');
    let mut found = Vec::new();
    for Source { path, tokens } in runtime() {
        for (at, token) in tokens.iter().enumerate() {
            let TokenTree::Literal(literal) = token else { continue };
            let text = match syn::Lit::new(literal.clone()) {
                syn::Lit::Str(text) => text.value(),
                syn::Lit::ByteStr(bytes) => {
                    String::from_utf8_lossy(&bytes.value()).into_owned()
                }
                _ => continue,
            };
            // The field names of `Debug` and `tracing` are not wire names.
            let is_shown = |of: &TokenTree| {
                ["field", "record"].iter().any(|shown| of.to_string() == *shown)
            };
            if at > 0 && is_shown(&tokens[at - 1]) {
                continue;
            }
            let is_in = |name: &&&str| {
                let quoted = format!("\"{name}\"");
                text == **name
                    || text.starts_with(&format!("{name}:"))
                    || text.contains(&quoted)
                    || (is_special(name) && text.contains(**name))
            };
            if let Some(name) = names.iter().find(is_in) {
                found.push(format!("{path}: {literal} has `{name}`"));
            }
        }
    }
    assert!(
        found.is_empty(),
        "wire names in the runtime: use the constants of `generated::service`\n{}",
        found.join("\n")
    );
}
