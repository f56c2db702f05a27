//! What the runtime knows of Front comes from generated constants: it uses few parts of the generated code, and spells no name of
//! Front's wire format.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

use std::path::{Path, PathBuf};

use front_codegen::ir::Api;
use front_codegen::{resolve, spec};
use front_tests::root;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{Attribute, Item, ItemMod};

/// What the runtime may use of `crate::generated`: a module, and the names in it (none: all of them). ARCHITECTURE.md says why.
const USABLE: [(&str, &[&str]); 3] =
    [("service", &[]), ("errors", &["ErrorCode"]), ("operations", &["ALL"])];

/// A file of the runtime without its tests, as tokens. Comments are not among them.
struct Source {
    path: String,
    tokens: Vec<TokenTree>,
}

/// The runtime, without its tests.
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
            flatten(file.to_token_stream(), &mut tokens);
            Source { path, tokens }
        })
        .collect()
}

fn tokens(code: &str) -> Vec<TokenTree> {
    let mut tokens = Vec::new();
    flatten(code.parse().unwrap(), &mut tokens);
    tokens
}

/// A module that only tests have.
fn test_module(item: &Item) -> Option<&ItemMod> {
    let Item::Mod(module) = item else { return None };
    let is_test = |of: &Attribute| {
        let text: String = of.to_token_stream().to_string().split_whitespace().collect();
        text.starts_with("#[cfg(test")
    };
    module.attrs.iter().any(is_test).then_some(module)
}

/// The folder of a file's modules.
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

/// All tokens in order, without documentation, and without delimiters except `{`.
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

/// The next words of a path: `errors`, `ErrorCode` of `::errors::ErrorCode`.
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

/// Whether `crate` behind these tokens is `$crate`: a macro's code belongs to the crate in which it is expanded.
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

/// What the tokens of one file use of the generated code beyond [`USABLE`]. `modules` are those of `generated`, which the root of the
/// crate has, too.
fn misused(tokens: &[TokenTree], modules: &[String]) -> Vec<String> {
    let mut misused = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Ident(word) = token else { continue };
        let path = path_after(&tokens[at + 1..]);
        let mut words = path.iter().map(String::as_str);
        let module = words.by_ref().find(|word| *word != "super").unwrap_or_default();
        let is_allowed = if word == "generated" {
            USABLE.iter().any(|(usable, names)| {
                *usable == module
                    && words.next().is_none_or(|name| is_among(names, name))
            })
        } else if word == "crate" && !is_expanded(&tokens[..at]) {
            // A group of names might hide one.
            module != ";" && !modules.iter().any(|known| known == module)
        } else if word == "super" {
            !modules.iter().any(|known| known == module)
        } else {
            let usable = USABLE.iter().find(|(usable, _)| word == usable);
            let name = path.first();
            usable.zip(name).is_none_or(|((_, names), name)| is_among(names, name))
        };
        if !is_allowed {
            misused.push(format!("`{word}::{}`", path.join("::")));
        }
    }
    misused
}

fn is_among(names: &[&str], name: &str) -> bool {
    names.is_empty() || names.contains(&name)
}

/// The names that the spec gives to what is on the wire.
fn wire_names(api: &Api) -> Vec<&str> {
    let shared = api.wire.names().into_iter().flat_map(|of| of.value.names());
    let webhooks = api.webhook_schemes.iter().flat_map(|of| {
        let timestamp = of.timestamp.as_ref().map(|of| of.header.as_str());
        let challenge = of.challenge.as_ref().map(|of| of.header.as_str());
        [Some(of.signature.header.as_str()), timestamp, challenge].into_iter().flatten()
    });
    let service = &api.service;
    let others =
        [&service.hosts.base, &service.pagination.cursor, &service.pagination.size];
    let hosts = service.hosts.links.iter().chain(others).map(String::as_str);
    shared.chain(webhooks).chain(hosts).collect()
}

/// The literals with one of the names.
fn spelled(tokens: &[TokenTree], names: &[&str]) -> Vec<String> {
    // What no other text has in it. `status`, `title` and others are words, too.
    let is_special = |name: &str| name.starts_with('_') || name.contains(['-', '.']);
    let mut spelled = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Literal(literal) = token else { continue };
        let text = match syn::Lit::new(literal.clone()) {
            syn::Lit::Str(text) => text.value(),
            syn::Lit::ByteStr(bytes) => {
                String::from_utf8_lossy(&bytes.value()).into_owned()
            }
            _ => continue,
        };
        // The names that `Debug` and `tracing` show are our own.
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
        spelled.extend(names.iter().find(is_in).map(|_| literal.to_string()));
    }
    spelled
}

#[test]
fn the_runtime_uses_few_parts_of_generated_code() {
    let mut modules = Vec::new();
    rust_files(&root().join("front-api/src/generated"), &mut modules);
    let modules: Vec<String> = modules
        .iter()
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let sources = runtime();
    assert!(sources.len() > 50, "{}", sources.len());
    for Source { path, tokens } in sources {
        let misused = misused(&tokens, &modules);
        assert!(misused.is_empty(), "{path} uses {misused:?}; see ARCHITECTURE.md");
    }

    let misused = |code: &str| misused(&tokens(code), &modules);
    for code in [
        "use crate::generated::tags::Tag;",
        "use crate::generated::{service, tags};",
        "use crate::{tags::Tag, Client};",
        "use crate::errors::ErrorCode;",
        "use super::super::tags::Tag;",
        "use super::super::generated::tags::Tag;",
        "fn f() { crate::tags::Tag::default() }",
        "use crate::generated::operations; fn f() { operations::TAGS_LIST }",
        "use crate::generated::errors::ALL;",
    ] {
        assert!(!misused(code).is_empty(), "{code}");
    }
    for code in [
        "use crate::generated::service::{CURSOR, Plan};",
        "use crate::generated::operations; fn f() { operations::ALL }",
        "use super::error::Error;",
        "macro_rules! m { () => { $crate::tags::Tag } }",
    ] {
        assert!(misused(code).is_empty(), "{code}");
    }
}

/// Whatever `spec/` calls by a name, the runtime calls by the constant.
#[test]
fn the_runtime_spells_no_name_of_the_wire() {
    let api = api();
    let names = wire_names(&api);
    for Source { path, tokens } in runtime() {
        let spelled = spelled(&tokens, &names);
        assert!(
            spelled.is_empty(),
            "{path} has {spelled:?}: use the constants of `generated::service`"
        );
    }

    for name in &names {
        for code in [
            format!("const A: &str = {name:?};"),
            format!("fn f() {{ g(b{name:?}) }}"),
            format!("fn f() {{ format!({:?}) }}", format!(r#"{{"{name}":1}}"#)),
        ] {
            assert!(!spelled(&tokens(&code), &names).is_empty(), "{code}");
        }
    }
    let debug = "fn f() { out.field(\"limit\", &limit) }";
    assert!(spelled(&tokens(debug), &names).is_empty());
}
