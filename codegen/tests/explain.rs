//! Each explanation is true: its wrong example breaks the rule and no other, its right one breaks none.
//!
//! An example is laid into a small spec without fault. One in a file that this spec has is a change of it; one in a file of
//! its own is that file; and where the example is which files there are, those are there.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use front_codegen::problem::{Code, Part};
use front_codegen::spec;
use front_diff::example;

/// A file of an example, or a list of files.
struct Example {
    file: &'static str,
    text: &'static str,
}

/// The examples of one kind.
fn examples(code: Code, kind: &str) -> Vec<Example> {
    let mut under = "";
    let mut found = Vec::new();
    for part in code.explanation() {
        match part {
            Part::Heading(heading) => under = heading,
            Part::Code { file, text } if under == kind => {
                found.push(Example { file, text });
            }
            Part::Code { .. } | Part::Text(_) => {}
        }
    }
    found
}

/// A project whose spec is the small one with the examples laid into it.
fn project(root: &Path, examples: &[Example]) {
    let mut files = example::without_warnings().unwrap();
    let mut whole: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let mut only = None;
    for Example { file, text } in examples {
        let (path, how) = file.split_once(", ").unwrap_or((file, ""));
        let known = path.strip_prefix("spec/").and_then(|name| files.get_mut(name));
        match known {
            _ if path == "files" => only = Some(*text),
            Some(old) => example::merge(old, serde_yaml::from_str(text).unwrap()),
            None => {
                let text = format!("{}{text}\n", editors(path));
                whole.insert(path.to_owned(), saved(&text, how));
            }
        }
    }
    whole.extend(
        example::texts(files)
            .unwrap()
            .into_iter()
            .map(|(path, text)| (path, text.into_bytes())),
    );
    if let Some(only) = only {
        let listed: Vec<&str> = only.lines().collect();
        whole.retain(|path, _| listed.contains(&path.as_str()));
        for path in listed {
            match path.strip_suffix('/') {
                Some(folder) => fs::create_dir_all(root.join(folder)).unwrap(),
                None => drop(whole.entry(path.to_owned()).or_default()),
            }
        }
    }
    for (path, bytes) in whole {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The line for editors, which no example shows.
fn editors(path: &str) -> String {
    let schema = match path.strip_prefix("spec/") {
        Some(name) if !name.contains('/') => {
            format!("schema/{}", name.replace("yaml", "json"))
        }
        _ => "../schema/resource.json".to_owned(),
    };
    format!("# yaml-language-server: $schema={schema}\n")
}

/// The bytes of a file, as the example says that it is saved.
fn saved(text: &str, how: &str) -> Vec<u8> {
    let last = text.lines().last().unwrap_or_default();
    match how {
        "" | "saved as UTF-8" => text.as_bytes().to_vec(),
        "saved as Latin-1" => {
            text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
        }
        _ => {
            let times = how.strip_prefix("with the last line ").unwrap();
            let times: usize = times.strip_suffix(" times").unwrap().parse().unwrap();
            format!("{text}{}", format!("{last}\n").repeat(times)).into_bytes()
        }
    }
}

/// The codes of all that is wrong, and how it is drawn.
fn found(examples: &[Example]) -> (Vec<Code>, String) {
    let root = tempfile::tempdir().unwrap();
    project(root.path(), examples);
    let (sources, problems) = match spec::read(root.path()) {
        Ok((spec, mut problems)) => {
            problems.extend(front_import::resolve(&spec).1);
            (spec.sources, problems)
        }
        Err(unread) => (unread.sources, unread.problems),
    };
    let mut codes: Vec<Code> = problems.iter().map(|problem| problem.code).collect();
    codes.dedup();
    (codes, problems.render(&sources, false))
}

#[test]
fn every_wrong_example_breaks_its_rule_and_no_other() {
    let mut failed = String::new();
    for code in Code::ALL {
        let (codes, drawn) = found(&examples(*code, "Wrong"));
        if codes != [*code] {
            failed.push_str(&format!("==== {}\n{drawn}\n", code.id()));
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

#[test]
fn every_right_example_breaks_none() {
    let mut failed = String::new();
    for code in Code::ALL {
        let (codes, drawn) = found(&examples(*code, "Right"));
        if !codes.is_empty() {
            failed.push_str(&format!("==== {}\n{drawn}\n", code.id()));
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

#[test]
fn every_explanation_is_of_a_rule() {
    let folder = front_tests::root().join("codegen/src/problem/explain");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let code = Code::named(name.trim_end_matches(".md"));
        assert!(code.is_some(), "{name} explains no rule of the table");
    }
}
