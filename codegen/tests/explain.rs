//! Tests the examples of each explanation: the wrong example breaks only its rule, and the right example breaks no rule.
//!
//! An example is added to a small valid spec. If the spec has the example's file, the example is merged into it; otherwise it
//! becomes a new file. An example that is a list of files keeps only these files.

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

/// Returns the examples below a heading: `Wrong` or `Right`.
fn examples(code: Code, kind: &str) -> Vec<Example> {
    let mut current = "";
    let mut found = Vec::new();
    for part in code.explanation() {
        match part {
            Part::Heading(heading) => current = heading,
            Part::Code { file, text } if current == kind => {
                found.push(Example { file, text });
            }
            Part::Code { .. } | Part::Text(_) => {}
        }
    }
    found
}

/// Creates a project with the small spec and these examples.
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

/// Returns the first line of a file, which names its schema for editors and which examples leave out.
fn editors(path: &str) -> String {
    let schema = match path.strip_prefix("spec/") {
        Some(name) if !name.contains('/') => {
            format!("schema/{}", name.replace("yaml", "json"))
        }
        _ => "../schema/resource.json".to_owned(),
    };
    format!("# yaml-language-server: $schema={schema}\n")
}

/// Returns the bytes of a file in the encoding that the example names.
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

/// Returns the codes of all problems, and the printed problems.
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
fn every_wrong_example_breaks_only_its_rule() {
    let mut failed = String::new();
    for code in Code::ALL {
        let (codes, printed) = found(&examples(*code, "Wrong"));
        if codes != [*code] {
            failed.push_str(&format!("==== {}\n{printed}\n", code.id()));
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

#[test]
fn every_right_example_breaks_no_rule() {
    let mut failed = String::new();
    for code in Code::ALL {
        let (codes, printed) = found(&examples(*code, "Right"));
        if !codes.is_empty() {
            failed.push_str(&format!("==== {}\n{printed}\n", code.id()));
        }
    }
    assert!(failed.is_empty(), "{failed}");
}

#[test]
fn every_explanation_belongs_to_a_rule() {
    let folder = front_tests::root().join("codegen/src/problem/explain");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let code = Code::named(name.trim_end_matches(".md"));
        assert!(code.is_some(), "{name} does not belong to a rule");
    }
}
