//! Every document is refused or imported completely.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod base;

use std::env;

use base::{Texts, base, bytes, document, imported, spec, text};
use front_codegen::problem::{Code, Problems};
use front_codegen::resolve::resolve;
use front_import::document::Document;
use proptest::prelude::*;
use serde_yaml::Value;

/// Returns a spec without calls.
fn empty() -> Texts {
    let mut texts = base();
    texts.retain(|path, _| path == "spec/front.yaml");
    let webhooks: Value =
        serde_yaml::from_str("about: No webhooks.\nevents: {}").unwrap();
    texts.extend([text("webhooks.yaml", webhooks)]);
    texts
}

/// A fault at one place of a document.
#[derive(Debug, Clone)]
enum Fault {
    Remove,
    Copy(prop::sample::Index),
    Set(Value),
    Rename(&'static str),
}

fn fault() -> impl Strategy<Value = Fault> {
    let odd = [
        "null", "''", "x y", "5", "-1", "1.5", "true", "[]", "{}", "[a]", "[1]",
        "integer", "array", "object", "POST",
    ];
    let odd = odd.map(|text| serde_yaml::from_str::<Value>(text).unwrap());
    let keys = [
        "type",
        "self",
        "été",
        "a.b",
        "",
        "with space",
        "new",
        "$ref",
        "clear_name",
        "2fa",
        "_links",
        "id",
        "nullable",
        "enum",
        "default",
        "maxLength",
        "oneOf",
        "items",
    ];
    prop_oneof![
        Just(Fault::Remove),
        any::<prop::sample::Index>().prop_map(Fault::Copy),
        prop::sample::select(odd.to_vec()).prop_map(Fault::Set),
        prop::sample::select(keys.to_vec()).prop_map(Fault::Rename),
    ]
}

/// Returns the paths of all values in a document, without the document itself.
fn paths(value: &Value, at: &[Value], all: &mut Vec<Vec<Value>>) {
    let children: Vec<(Value, &Value)> = match value {
        Value::Mapping(map) => {
            map.iter().map(|(key, value)| (key.clone(), value)).collect()
        }
        Value::Sequence(list) => list
            .iter()
            .enumerate()
            .map(|(number, value)| (Value::from(number), value))
            .collect(),
        _ => Vec::new(),
    };
    for (step, child) in children {
        let mut path = at.to_vec();
        path.push(step);
        all.push(path.clone());
        paths(child, &path, all);
    }
}

fn at<'v>(value: &'v mut Value, path: &[Value]) -> &'v mut Value {
    path.iter().fold(value, |value, step| match step.as_u64() {
        Some(number) if value.is_sequence() => &mut value[number as usize],
        _ => value.as_mapping_mut().unwrap().get_mut(step).unwrap(),
    })
}

fn spoil(document: &mut Value, place: &prop::sample::Index, fault: &Fault) {
    let mut all = Vec::new();
    paths(document, &[], &mut all);
    let path = place.get(&all).clone();
    let (last, parent) = path.split_last().unwrap();
    match fault {
        Fault::Set(value) => *at(document, &path) = value.clone(),
        Fault::Copy(from) => {
            let copy = at(document, from.get::<Vec<Value>>(&all)).clone();
            *at(document, &path) = copy;
        }
        Fault::Remove => match at(document, parent) {
            Value::Mapping(map) => drop(map.shift_remove(last)),
            Value::Sequence(list) => drop(list.remove(last.as_u64().unwrap() as usize)),
            _ => {}
        },
        Fault::Rename(key) => {
            if let Value::Mapping(map) = at(document, parent)
                && let Some(value) = map.shift_remove(last)
            {
                map.insert(Value::from(*key), value);
            }
        }
    }
}

/// Returns the number of documents. `PROPTEST_CASES` overrides it.
fn cases() -> u32 {
    env::var("PROPTEST_CASES").ok().and_then(|number| number.parse().ok()).unwrap_or(100)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_document_is_refused_or_imported(
        steps in prop::collection::vec(
            prop::collection::vec((any::<prop::sample::Index>(), fault()), 1..8),
            1..3,
        ),
        from_nothing in any::<bool>(),
    ) {
        let mut texts = if from_nothing { empty() } else { base() };
        texts.remove("spec/corrections.yaml");
        let mut document = document();
        for faults in &steps {
            for (place, fault) in faults {
                let mut spoiled = document.clone();
                spoil(&mut spoiled, place, fault);
                // A document that cannot be read tests nothing here.
                if Document::read(&bytes(&spoiled)).is_ok() {
                    document = spoiled;
                }
            }
            // A second import changes nothing, and the result can be read without problems.
            let Ok((_, after)) = imported(&texts, &bytes(&document)) else {
                return Ok(());
            };
            let spec = spec(&after);
            let (_, problems) = resolve(&spec);
            // People list the inputs that are now required.
            let left = [Code::MissingArgument];
            let errors: Problems = problems
                .iter()
                .filter(|problem| problem.is_error() && !left.contains(&problem.code))
                .cloned()
                .collect();
            prop_assert!(errors.is_empty() || !from_nothing, "{}", errors.render(&spec.sources, false));
            texts = after;
        }
    }
}
