//! A small spec without fault, `diagnostics/meaning/base`, and changes to it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use front_codegen::spec::canonical;
use front_codegen::spec::model::{Front, Resource, Webhooks};
use serde_yaml::Value;

/// Where the cases are.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics/meaning")
}

/// The base, by path under `spec/`.
pub(crate) fn base() -> BTreeMap<String, Value> {
    let spec = folder().join("base/spec");
    let mut files = BTreeMap::new();
    for (folder, prefix) in [(spec.clone(), ""), (spec.join("resources"), "resources/")]
    {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name =
                    format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
                let text = fs::read_to_string(&path).unwrap();
                files.insert(name, serde_yaml::from_str(&text).unwrap());
            }
        }
    }
    files
}

/// Changes a value: mappings are merged, anything else is replaced, and null takes a key away.
pub(crate) fn merge(into: &mut Value, change: Value) {
    match (into, change) {
        (Value::Mapping(into), Value::Mapping(change)) => {
            for (key, value) in change {
                if value.is_null() {
                    into.shift_remove(&key);
                } else if let Some(old) = into.get_mut(&key) {
                    merge(old, value);
                } else {
                    into.insert(key, value);
                }
            }
        }
        (into, change) => *into = change,
    }
}

/// A spec's files as they are committed: canonical.
pub(crate) fn texts(files: BTreeMap<String, Value>) -> Vec<(String, String)> {
    files
        .into_iter()
        .map(|(name, value)| {
            let path = format!("spec/{name}");
            let text = match name.as_str() {
                "front.yaml" => {
                    canonical(&path, &serde_yaml::from_value::<Front>(value).unwrap())
                }
                "webhooks.yaml" => {
                    canonical(&path, &serde_yaml::from_value::<Webhooks>(value).unwrap())
                }
                _ => {
                    canonical(&path, &serde_yaml::from_value::<Resource>(value).unwrap())
                }
            };
            (path, text)
        })
        .collect()
}
