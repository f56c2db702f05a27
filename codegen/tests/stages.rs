//! Stages depend only on earlier stages: checks the paths in the sources against the order in ARCHITECTURE.md.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The packages whose stages ARCHITECTURE.md lists, and the folders of their sources.
const PACKAGES: &[(&str, &str)] = &[
    ("front-codegen", "codegen/src"),
    ("front-import", "codegen/import/src"),
    ("front-diff", "codegen/diff/src"),
];

/// Returns the stages of each package, as the block below the heading `Stages` lists them.
fn documented_stages() -> BTreeMap<String, Vec<String>> {
    let map = fs::read_to_string(front_tests::root().join("ARCHITECTURE.md")).unwrap();
    let (_, below) = map.split_once("## Stages\n").unwrap();
    let (_, block) = below.split_once("```text\n").unwrap();
    let (block, _) = block.split_once("```").unwrap();
    let mut stages: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut package = String::new();
    for line in block.lines() {
        let list = match line.split_once(':') {
            Some((name, list)) => {
                package = name.trim().to_owned();
                list
            }
            None => line,
        };
        let names = list.split(',').map(str::trim).filter(|name| !name.is_empty());
        stages.entry(package.clone()).or_default().extend(names.map(str::to_owned));
    }
    stages
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|ends| ends == "rs") {
            found.push(path);
        }
    }
    found
}

/// Returns the module of a file: `merge/fields.rs` is `[merge, fields]`.
fn module(file: &Path) -> Vec<String> {
    let mut steps: Vec<String> = file
        .with_extension("")
        .iter()
        .map(|step| step.to_string_lossy().into_owned())
        .collect();
    if steps.last().is_some_and(|last| last == "mod") {
        steps.pop();
    }
    steps
}

/// Returns the code of a file, without comments and without its tests.
fn code(file: &Path) -> String {
    let text = fs::read_to_string(file).unwrap();
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines
        .filter(|line| !line.trim_start().starts_with("pub(in "))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Returns the top-level modules that the code of `module` refers to with `crate::` or `super::`.
fn named(code: &str, module: &[String]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (start, _) in code.match_indices("crate::").chain(code.match_indices("super::"))
    {
        let before = code[..start].chars().next_back();
        // Part of a longer path or word, which begins earlier.
        if before
            .is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '$')
        {
            continue;
        }
        let mut rest = &code[start..];
        let mut path = match rest.strip_prefix("crate::") {
            Some(after) => {
                rest = after;
                Vec::new()
            }
            None => module.to_vec(),
        };
        while let Some(after) = rest.strip_prefix("super::") {
            path.pop();
            rest = after;
        }
        if let Some(top) = path.first() {
            found.insert(top.clone());
            continue;
        }
        let group = match rest.strip_prefix('{') {
            Some(group) => group.split('}').next().unwrap_or_default(),
            None => rest
                .split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .next()
                .unwrap_or_default(),
        };
        for one in group.split(',') {
            let name = one.trim().split("::").next().unwrap_or_default();
            found.insert(name.split_whitespace().next().unwrap_or_default().to_owned());
        }
    }
    found
}

#[test]
fn every_stage_depends_only_on_earlier_stages() {
    let documented = documented_stages();
    let mut errors = Vec::new();
    for (package, folder) in PACKAGES {
        let order = &documented[*package];
        let position = |name: &str| order.iter().position(|stage| stage == name);
        let root = front_tests::root().join(folder);
        let mut seen = BTreeSet::new();
        for file in sources(&root) {
            let module = module(file.strip_prefix(&root).unwrap());
            let own = module[0].as_str();
            let is_test = module.last().is_some_and(|last| last == "tests");
            if own == "lib" || is_test {
                continue;
            }
            seen.insert(own.to_owned());
            let Some(here) = position(own) else {
                errors.push(format!("{package}: `{own}` is not in the list of stages"));
                continue;
            };
            for name in named(&code(&file), &module) {
                if position(&name).is_some_and(|other| other > here) {
                    let path = file.display();
                    errors.push(format!(
                        "{path}: `{own}` depends on `{name}`, a later stage"
                    ));
                }
            }
        }
        let missing = order.iter().filter(|stage| !seen.contains(*stage));
        errors.extend(
            missing.map(|stage| format!("{package}: there is no module `{stage}`")),
        );
    }
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn paths_are_found_in_every_form() {
    let module: Vec<String> = ["merge", "fields"].map(str::to_owned).to_vec();
    let all = named(
        "use crate::{report::Todo, pair};\nuse super::super::propose::x;\nlet y = super::sibling(); crate::known::z(); $crate::no; my_crate::no;",
        &module,
    );
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    assert_eq!(all, ["known", "merge", "pair", "propose", "report"]);
}
