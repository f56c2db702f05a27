//! Which stages know how the spec is written. Only those that read, check, lay out or propose it do; the others ask the resolved
//! API, which has every fact as data.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

/// Stages that may mention `spec::model`.
const KNOW_THE_MODEL: &[&str] = &[
    "spec", "resolve",
    // An import writes the spec, so it makes values of the model.
    "import", // Until the diff takes two `&Api`.
    "diff",
];

/// Stages that print what is resolved, and may not resolve anything themselves.
const ASK_THE_API: &[&str] =
    &["emit", "generate", "ir", "operations", "render", "schema"];

/// The code of every file below a folder, without comments and without the tests at its end, by its path from there.
fn sources(folder: &Path) -> Vec<(String, String)> {
    fn walk(folder: &Path, root: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, root, found);
            } else if path.extension().is_some_and(|of| of == "rs")
                && !path.ends_with("tests.rs")
            {
                let text = fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
                let code: String = code
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                    .flat_map(|line| [line, "\n"])
                    .collect();
                let name = path.strip_prefix(root).unwrap().to_str().unwrap();
                found.push((name.replace('\\', "/"), code));
            }
        }
    }
    let mut found = Vec::new();
    walk(folder, folder, &mut found);
    assert!(found.len() > 50, "{folder:?} holds {} files", found.len());
    found
}

/// The stage that a file belongs to: `resolve` of `resolve/fields.rs` and of `resolve.rs`.
fn stage(path: &str) -> &str {
    let first = path.split('/').next().unwrap_or(path);
    first.trim_end_matches(".rs")
}

/// The modules of this crate that code imports or names: `spec::model` of `use crate::spec::{Spec, model}`.
fn names(code: &str) -> Vec<String> {
    let code: String = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut all = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let path = &code[at + "crate::".len()..];
        let end = path
            .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | ':')))
            .unwrap_or(path.len());
        let (head, rest) = path.split_at(end);
        match rest.strip_prefix('{') {
            Some(list) => {
                let list = list.split(';').next().unwrap_or(list);
                let words =
                    list.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
                all.extend(
                    words
                        .filter(|word| !word.is_empty())
                        .map(|word| format!("{head}{word}")),
                );
            }
            None => all.push(head.to_owned()),
        }
    }
    all
}

fn is_below(name: &str, module: &str) -> bool {
    name.strip_prefix(module)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

#[test]
fn finds_what_code_names() {
    let code = "use crate::spec::{Spec, model::{self, Field}};\nlet x: &crate::resolve::phrase::Mark = 1;";
    let found = names(code);
    for name in ["spec::Spec", "spec::model::", "resolve::phrase::Mark"] {
        assert!(found.iter().any(|of| of == name), "{name} in {found:?}");
    }
    assert!(found.iter().any(|of| is_below(of, "spec::model")));
    assert!(!is_below("spec::models", "spec::model"));
}

#[test]
fn only_reading_stages_know_the_model() {
    let root = front_tests::root().join("codegen/src");
    let wrong: Vec<String> = sources(&root)
        .into_iter()
        .filter(|(path, _)| !KNOW_THE_MODEL.contains(&stage(path)))
        .filter(|(_, code)| names(code).iter().any(|name| is_below(name, "spec::model")))
        .map(|(path, _)| path)
        .collect();
    assert!(
        wrong.is_empty(),
        "{wrong:?} import `spec::model`: what they need of it belongs into `ir`, as data"
    );
}

#[test]
fn stages_that_print_do_not_resolve() {
    let root = front_tests::root().join("codegen/src");
    let sources = sources(&root);
    for of in ASK_THE_API {
        assert!(sources.iter().any(|(path, _)| stage(path) == *of), "there is no {of}");
    }
    let wrong: Vec<String> = sources
        .into_iter()
        .filter(|(path, _)| ASK_THE_API.contains(&stage(path)))
        .filter(|(_, code)| {
            let names = names(code);
            // The grammar of a phrase is data for the schema's message.
            let is_grammar = |name: &str| name == "resolve::phrase::GRAMMAR";
            names.iter().any(|name| is_below(name, "resolve") && !is_grammar(name))
        })
        .map(|(path, _)| path)
        .collect();
    assert!(wrong.is_empty(), "{wrong:?} import `resolve`: they ask `ir`");
}
