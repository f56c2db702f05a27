//! Our generator beside progenitor, on the same operations of Front's own document, in one run: CPU time from text to text.
//!
//! `cargo run --release --manifest-path bench/progenitor/Cargo.toml`. The document is looked for in `$FRONT_OPENAPI`, then in
//! `../shared/front-openapi`. An argument names another folder that holds a `spec/`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::Value;

const ROUNDS: usize = 41;

fn main() {
    // Cargo sets it when it runs the program: where that was built may be another checkout.
    let package = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| PathBuf::from("bench/progenitor"), PathBuf::from);
    let root = package.join("../..");
    let folder = std::env::var_os("FRONT_OPENAPI").map_or_else(|| root.join("../shared/front-openapi"), PathBuf::from);
    let path = folder.join("core-api.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        println!("skipped: Front's document is not at {}; name its folder in FRONT_OPENAPI", path.display());
        return;
    };
    let spec = std::env::args().nth(1).map_or(root.clone(), PathBuf::from);
    let spec = spec_texts(&spec.join("spec"));
    let operations = operations(&spec);
    let cut = cut(&text, &operations);
    println!("{} operations, the same for both; the document cut to them has {} bytes", operations.len(), cut.len());

    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let (mut our_lines, mut their_lines) = (0, 0);
    for _ in 0..ROUNDS {
        let start = Instant::now();
        our_lines = generate(&spec);
        ours.push(start.elapsed());
        let start = Instant::now();
        their_lines = progenitor(&cut);
        theirs.push(start.elapsed());
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let each = |all: Duration| all.as_secs_f64() * 1e3 / operations.len() as f64;
    println!("front-codegen {:8.3} ms, {:.3} ms an operation, {our_lines} lines", ours.as_secs_f64() * 1e3, each(ours));
    println!("progenitor    {:8.3} ms, {:.3} ms an operation, {their_lines} lines", theirs.as_secs_f64() * 1e3, each(theirs));
    println!("ratio         {:8.3}", ours.as_secs_f64() / theirs.as_secs_f64());
}

fn median(mut all: Vec<Duration>) -> Duration {
    all.sort();
    all[all.len() / 2]
}

fn spec_texts(folder: &Path) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for folder in [folder.to_path_buf(), folder.join("resources")] {
        for entry in std::fs::read_dir(&folder).expect("spec/ is in the repository").flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|end| end == "yaml") {
                let name = path.strip_prefix(folder.ancestors().find(|of| of.ends_with("spec")).and_then(Path::parent).expect("spec/ has a parent"));
                all.push((name.expect("the path was made from it").to_string_lossy().replace('\\', "/"), std::fs::read_to_string(&path).expect("a readable file")));
            }
        }
    }
    all
}

fn generate(spec: &[(String, String)]) -> usize {
    let (spec, _) = front_codegen::spec::read_texts(spec.to_vec()).unwrap_or_else(|_| panic!("the spec reads"));
    let api = front_codegen::resolve::resolve(&spec).0.expect("the spec resolves");
    front_codegen::generate(&api).iter().map(|(_, text)| text.lines().count()).sum()
}

fn operations(spec: &[(String, String)]) -> BTreeSet<String> {
    let (spec, _) = front_codegen::spec::read_texts(spec.to_vec()).unwrap_or_else(|_| panic!("the spec reads"));
    spec.resources.iter().flat_map(|(_, of)| of.endpoints.values().map(|endpoint| endpoint.operation.clone())).collect()
}

fn progenitor(document: &str) -> usize {
    let document: openapiv3::OpenAPI = serde_json::from_str(document).expect("the cut document is OpenAPI");
    let tokens = progenitor_impl::Generator::default().generate_tokens(&document).expect("progenitor takes the cut document");
    let file: syn::File = syn::parse2(tokens).expect("progenitor's tokens are Rust");
    prettyplease::unparse(&file).lines().count()
}

/// The document with only these operations and what they refer to, and with the edits without which progenitor's output does
/// not compile (baseline: the second `links` of two schemas, a nullable union).
fn cut(text: &str, operations: &BTreeSet<String>) -> String {
    let mut document: Value = serde_json::from_str(text).expect("the document is JSON");
    let whole = document.clone();
    for item in document["paths"].as_object_mut().expect("paths").values_mut() {
        item.as_object_mut().expect("a path").retain(|_, operation| operation["operationId"].as_str().is_some_and(|id| operations.contains(id)));
    }
    document["paths"].as_object_mut().expect("paths").retain(|_, item| !item.as_object().expect("a path").is_empty());
    let mut kept = BTreeSet::new();
    let mut left = vec![document["paths"].clone()];
    while let Some(part) = left.pop() {
        match part {
            Value::Object(map) => {
                if let Some(name) = map.get("$ref").and_then(Value::as_str) {
                    if kept.insert(name.to_owned()) {
                        left.push(whole.pointer(&name[1..]).expect("no dangling reference").clone());
                    }
                }
                left.extend(map.into_iter().map(|(_, value)| value));
            }
            Value::Array(items) => left.extend(items),
            _ => {}
        }
    }
    for section in ["schemas", "responses", "parameters"] {
        if let Some(all) = document["components"][section].as_object_mut() {
            all.retain(|name, _| kept.contains(&format!("#/components/{section}/{name}")));
        }
    }
    for name in ["ContactResponse", "ConversationResponse"] {
        if let Some(schema) = document["components"]["schemas"].get_mut(name) {
            schema["properties"].as_object_mut().map(|of| of.remove("_links"));
            if let Some(required) = schema.get_mut("required").and_then(Value::as_array_mut) {
                required.retain(|key| key != "_links");
            }
        }
    }
    document.to_string()
}
