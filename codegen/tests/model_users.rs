//! Checks which stages depend on the model of the spec files. Only stages that read, check, format or propose the spec do. The
//! others use the resolved API, which contains every fact as data.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

/// The stages and packages that may use `spec::model`. An import writes the spec, so it creates values of the model.
const USE_THE_MODEL: &[&str] = &["spec", "resolve", "format", "front-import"];

/// The stages that print the resolved API, and must not resolve anything themselves.
const PRINT_THE_API: &[&str] =
    &["emit", "generate", "ir", "operations", "render", "schema"];

/// A source file: its stage in `codegen` or its package, its path, and its code without comments and tests.
struct Source {
    stage: String,
    path: String,
    code: String,
}

/// Returns all files of the generator and of the packages that depend on it.
fn sources() -> Vec<Source> {
    let root = front_tests::root();
    let mut found = Vec::new();
    for (folder, package) in [
        ("codegen/src", None),
        ("codegen/import/src", Some("front-import")),
        ("codegen/diff/src", Some("front-diff")),
        ("xtask/src", Some("xtask")),
    ] {
        let before = found.len();
        walk(&root.join(folder), &mut |path| {
            let text = fs::read_to_string(path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests").next().unwrap();
            let code: String = code
                .lines()
                .filter(|line| !line.trim_start().starts_with("//"))
                .flat_map(|line| [line, "\n"])
                .collect();
            let below = path.strip_prefix(root.join(folder)).unwrap();
            let first = below.iter().next().unwrap().to_str().unwrap();
            let stage = package.unwrap_or(first.trim_end_matches(".rs")).to_owned();
            found.push(Source { stage, path: path.display().to_string(), code });
        });
        assert!(found.len() > before + 10, "{folder} has too few files");
    }
    found
}

fn walk(folder: &Path, visit: &mut impl FnMut(&Path)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, visit);
        } else if path.extension().is_some_and(|of| of == "rs")
            && !path.ends_with("tests.rs")
        {
            visit(&path);
        }
    }
}

/// Returns the modules of `front-codegen` that code refers to: `spec::model` for `use crate::spec::{Spec, model}`.
fn names(code: &str) -> Vec<String> {
    let code: String = code.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut all = Vec::new();
    let here = code.match_indices("crate::");
    for (at, prefix) in here.chain(code.match_indices("front_codegen::")) {
        let path = &code[at + prefix.len()..];
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
fn references_in_code_are_found() {
    let code = "use crate::spec::{Spec, model::{self, Field}};\nlet x: &front_codegen::phrase::Mark = 1;";
    let found = names(code);
    for name in ["spec::Spec", "spec::model::", "phrase::Mark"] {
        assert!(found.iter().any(|of| of == name), "{name} in {found:?}");
    }
    assert!(found.iter().any(|of| is_below(of, "spec::model")));
    assert!(!is_below("spec::models", "spec::model"));
}

#[test]
fn only_reading_stages_use_the_model() {
    let mut paths = Vec::new();
    for of in sources() {
        if !names(&of.code).iter().any(|name| is_below(name, "spec::model")) {
            continue;
        }
        if !USE_THE_MODEL.contains(&of.stage.as_str()) {
            paths.push(of.path);
        }
    }
    assert!(
        paths.is_empty(),
        "{paths:?} import `spec::model`: move the facts that they need to `ir`"
    );
}

#[test]
fn stages_that_print_do_not_resolve() {
    let sources = sources();
    for of in PRINT_THE_API {
        assert!(
            sources.iter().any(|source| source.stage == *of),
            "there is no stage {of}"
        );
    }
    let paths: Vec<String> = sources
        .into_iter()
        .filter(|of| PRINT_THE_API.contains(&of.stage.as_str()))
        .filter(|of| names(&of.code).iter().any(|name| is_below(name, "resolve")))
        .map(|of| of.path)
        .collect();
    assert!(paths.is_empty(), "{paths:?} import `resolve`: use `ir` instead");
}
