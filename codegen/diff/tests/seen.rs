//! Whatever is a fact of the API is a change when it changes: no key of the language goes unseen.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use front_codegen::ir::Api;
use front_codegen::spec::Spec;
use front_codegen::{generate, resolve, spec};
use front_diff::diff;
use front_diff::example::{Files, small};
use serde_yaml::Value;

/// The specs that are edited: what each page of the report changes a little, and the one with all constructs of the language.
fn specs() -> Vec<Files> {
    let root = front_tests::root().join("tests/golden/spec");
    let mut golden = Files::new();
    for folder in ["", "resources/"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_str().unwrap();
            if name.ends_with(".yaml")
                && !["corrections.yaml", "acks.yaml"].contains(&name)
            {
                let text = fs::read_to_string(&path).unwrap();
                golden.insert(
                    format!("{folder}{name}"),
                    serde_yaml::from_str(&text).unwrap(),
                );
            }
        }
    }
    vec![golden, small().unwrap()]
}

fn read(files: &Files) -> Option<(Spec, Api)> {
    let text = |(name, value): (&String, &Value)| {
        (format!("spec/{name}"), serde_yaml::to_string(value).unwrap())
    };
    let (spec, _) = spec::read_texts(files.iter().map(text).collect()).ok()?;
    let (api, problems) = resolve::resolve(&spec);
    let api = api.filter(|_| !problems.has_errors())?;
    Some((spec, api))
}

/// A way to a value: keys and positions.
type Way = Vec<Value>;

fn ways(value: &Value, way: &Way, found: &mut Vec<Way>) {
    let inner: Vec<(Value, &Value)> = match value {
        Value::Mapping(mapping) => {
            mapping.iter().map(|(key, value)| (key.clone(), value)).collect()
        }
        Value::Sequence(list) => {
            list.iter().enumerate().map(|(at, value)| (Value::from(at), value)).collect()
        }
        _ => Vec::new(),
    };
    for (step, value) in inner {
        let mut way = way.clone();
        way.push(step);
        found.push(way.clone());
        ways(value, &way, found);
    }
}

fn step<'v>(value: &'v mut Value, step: &Value) -> &'v mut Value {
    match (value, step) {
        (Value::Sequence(list), Value::Number(at)) => {
            &mut list[at.as_u64().unwrap() as usize]
        }
        (Value::Mapping(mapping), key) => mapping.get_mut(key).unwrap(),
        _ => unreachable!("a way leads through lists and mappings"),
    }
}

/// The value at a way, removed where `to` is none.
fn edited(files: &Files, file: &str, way: &Way, to: Option<Value>) -> Files {
    let mut files = files.clone();
    let mut at = files.get_mut(file).unwrap();
    let (last, before) = way.split_last().unwrap();
    for step_ in before {
        at = step(at, step_);
    }
    match to {
        Some(to) => *step(at, last) = to,
        None => match at {
            Value::Sequence(list) => {
                list.remove(last.as_u64().unwrap() as usize);
            }
            Value::Mapping(mapping) => {
                mapping.shift_remove(last);
            }
            _ => unreachable!("a way leads through lists and mappings"),
        },
    }
    files
}

/// The keys on a way, for a message and for values of the same kind.
fn shown(way: &Way) -> String {
    let step = |step: &Value| match step {
        Value::String(key) => key.clone(),
        Value::Number(_) => "-".to_owned(),
        other => format!("{other:?}"),
    };
    way.iter().map(step).collect::<Vec<_>>().join(".")
}

#[test]
fn no_fact_changes_unseen() {
    let mut unseen = BTreeSet::new();
    let mut edits = 0;
    for files in specs() {
        let (_, api) = read(&files).unwrap();
        let base = &api;
        let (before, written) = (format!("{api:?}"), generate(base));
        // By the last key: a value from elsewhere may be valid here, too.
        let mut values: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        let mut all = Vec::new();
        for (file, value) in &files {
            let mut found = Vec::new();
            ways(value, &Way::new(), &mut found);
            for way in found {
                let mut at = &mut value.clone();
                for step_ in &way {
                    at = step(at, step_);
                }
                let last = way.iter().rev().find_map(Value::as_str).unwrap_or_default();
                let known = values.entry(last.to_owned()).or_default();
                if !known.contains(at) {
                    known.push(at.clone());
                }
                all.push((file.clone(), way.clone(), at.clone()));
            }
        }
        for (file, way, value) in all {
            let last = way.iter().rev().find_map(Value::as_str).unwrap_or_default();
            let mut to: Vec<Option<Value>> = vec![None];
            let other = |other: &&Value| {
                **other != value && other.is_string() == value.is_string()
            };
            to.extend(values[last].iter().filter(other).take(2).cloned().map(Some));
            match &value {
                Value::Bool(of) => to.push(Some(Value::Bool(!of))),
                Value::Number(of) => {
                    to.extend(of.as_u64().map(|of| Some(Value::from(of + 1))))
                }
                Value::String(of) => {
                    to.push(Some(Value::from(format!("{of} nullable"))))
                }
                _ => {}
            }
            for to in to {
                let other = edited(&files, &file, &way, to.clone());
                let Some((_, api)) = read(&other) else { continue };
                edits += 1;
                let head = &api;
                if format!("{api:?}") == before {
                    continue;
                }
                let mut told = vec![diff(base, head)];
                if to.is_none() {
                    told.push(diff(head, base));
                }
                for found in told {
                    // Of some facts nothing is made, such as the type of a constant beside the constant.
                    let unseen_at_all =
                        found.findings.is_empty() && generate(&api) != written;
                    if unseen_at_all || !found.unexplained.is_empty() {
                        let to = serde_yaml::to_string(&to).unwrap();
                        unseen.insert(format!("{file} {}: {}", shown(&way), to.trim()));
                    }
                }
            }
        }
    }
    assert!(edits > 500, "only {edits} edits made a spec");
    let unseen: Vec<String> = unseen.into_iter().collect();
    assert!(unseen.is_empty(), "{}\n{}", unseen.len(), unseen.join("\n"));
}
