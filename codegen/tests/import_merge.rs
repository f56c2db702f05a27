//! What an import makes of a document: the report and the files, word for word.
//!
//! A case is a folder of `import_merge/cases`: `document.yaml` and `spec.yaml` hold what differs from `import_merge/base`, a
//! small document and a spec that says the same. Mappings are merged, anything else is replaced, and `null` takes a key
//! away. `expected.txt` is the report and the diff of `spec/`. `BLESS=1 cargo test` writes it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use front_codegen::diff::example::{merge, texts};
use front_codegen::import::history::History;
use front_codegen::import::{Imported, Refused, Revision, import};
use front_codegen::problem::{Code, Problems};
use front_codegen::resolve::resolve;
use front_codegen::spec::model::Corrections;
use front_codegen::spec::{Spec, canonical, read, read_texts};

use proptest::prelude::*;
use serde_yaml::Value;

type Texts = BTreeMap<String, String>;

fn here() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import_merge")
}

fn document() -> Value {
    let text = fs::read_to_string(here().join("base/document.yaml")).unwrap();
    serde_yaml::from_str(&text).unwrap()
}

/// The base spec, in canonical form.
fn base() -> Texts {
    let mut texts = Texts::new();
    for folder in ["", "resources/"] {
        for entry in fs::read_dir(here().join("base/spec").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                let name = path.file_name().unwrap().to_str().unwrap();
                let value =
                    serde_yaml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
                texts.extend([text(&format!("{folder}{name}"), value)]);
            }
        }
    }
    texts
}

/// A file as it is committed: its path and canonical text.
fn text(name: &str, value: Value) -> (String, String) {
    if name == "corrections.yaml" {
        let path = format!("spec/{name}");
        let corrections: Corrections = serde_yaml::from_value(value).unwrap();
        let text = canonical(&path, &corrections);
        return (path, text);
    }
    texts(BTreeMap::from([(name.to_owned(), value)])).unwrap().remove(0)
}

fn spec(texts: &Texts) -> Spec {
    let files = texts.iter().map(|(path, text)| (path.clone(), text.clone())).collect();
    let (spec, problems) = match read_texts(files) {
        Ok(read) => read,
        Err(unread) => panic!("{}", unread.problems.render(&unread.sources, false)),
    };
    assert!(problems.is_empty(), "{}", problems.render(&spec.sources, false));
    spec
}

fn bytes(document: &Value) -> Vec<u8> {
    serde_json::to_vec_pretty(document).unwrap()
}

fn revision() -> Revision {
    Revision {
        revision: Some("abcdef0".to_owned()),
        date: Some("2026-12-24".to_owned()),
    }
}

fn applied(texts: &Texts, imported: &Imported) -> Texts {
    let mut after = texts.clone();
    after.extend(imported.files.iter().cloned());
    for path in &imported.removed {
        assert!(after.remove(path).is_some(), "{path} is there to be removed");
    }
    after
}

/// Imports, and sees that importing again changes nothing.
fn imported(texts: &Texts, document: &[u8]) -> Result<(Imported, Texts), Refused> {
    let imported = import(&spec(texts), document, &revision())?;
    let after = applied(texts, &imported);
    let again = import(&spec(&after), document, &revision())?;
    assert!(again.files.is_empty() && again.removed.is_empty(), "{}", again.report);
    assert!(again.report.changes.is_empty(), "{}", again.report);
    Ok((imported, after))
}

fn diff(before: &Texts, after: &Texts) -> String {
    let paths: std::collections::BTreeSet<&String> =
        before.keys().chain(after.keys()).collect();
    let mut text = String::new();
    for path in paths {
        let none = String::new();
        let (old, new) =
            (before.get(path).unwrap_or(&none), after.get(path).unwrap_or(&none));
        if old != new {
            let lines = similar::TextDiff::from_lines(old, new);
            text.push_str(
                &lines.unified_diff().context_radius(2).header(path, path).to_string(),
            );
        }
    }
    text
}

/// What an import into the base says and makes of a case.
fn outcome(case: &Path) -> String {
    let mut texts = base();
    let mut document = document();
    let change = |name: &str| {
        let text = fs::read_to_string(case.join(name)).ok()?;
        serde_yaml::from_str::<Value>(&text).ok()
    };
    if let Some(change) = change("document.yaml") {
        merge(&mut document, change);
    }
    for (path, change) in
        change("spec.yaml").iter().flat_map(|files| files.as_mapping().unwrap())
    {
        let path = format!("spec/{}", path.as_str().unwrap());
        let none = Value::Mapping(serde_yaml::Mapping::default());
        let mut file =
            texts.get(&path).map_or(none, |text| serde_yaml::from_str(text).unwrap());
        merge(&mut file, change.clone());
        texts.extend([text(path.trim_start_matches("spec/"), file)]);
    }
    match imported(&texts, &bytes(&document)) {
        Ok((imported, after)) => {
            let spec = spec(&after);
            let (_, problems) = resolve(&spec);
            let errors: Vec<String> = problems
                .iter()
                .filter(|problem| problem.is_error())
                .map(|problem| format!("error: {}\n", problem.title))
                .collect();
            // The document's sum says nothing that the change does not.
            let difference = diff(&texts, &after);
            let difference: Vec<&str> =
                difference.lines().filter(|line| !line.contains("sha256")).collect();
            format!(
                "{}\n{}{}\n",
                imported.report,
                errors.concat(),
                difference.join("\n")
            )
        }
        Err(Refused::Spec(problems)) => {
            format!("refused\n{}", problems.render(&spec(&texts).sources, false))
        }
        Err(refused) => format!("refused\n{refused}\n"),
    }
}

#[test]
fn says_and_makes_what_is_expected() {
    let bless = env::var_os("BLESS").is_some_and(|value| value == "1");
    let mut cases: Vec<PathBuf> = fs::read_dir(here().join("cases"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    assert!(cases.len() > 10, "{} cases", cases.len());
    let mut failed = Vec::new();
    for case in cases {
        let text = outcome(&case);
        let expected = case.join("expected.txt");
        if bless {
            fs::write(&expected, &text).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n")
            != text
        {
            failed.push(format!("{}\n{text}", case.display()));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn a_spec_that_says_the_same_is_left_alone() {
    let texts = base();
    let imported =
        import(&spec(&texts), &bytes(&document()), &Revision::default()).unwrap();
    assert!(imported.report.changes.is_empty(), "{}", imported.report);
    assert_eq!(imported.files.len(), 1, "only the revision in front.yaml");
    assert!(imported.report.todo.is_empty(), "{}", imported.report);
}

/// Front's published documents; none, and a word on it, where they are not there.
fn published() -> Option<PathBuf> {
    let folder = env::var_os("FRONT_OPENAPI").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/front-openapi"),
        PathBuf::from,
    );
    if folder.join("core-api.json").is_file() {
        return Some(folder);
    }
    skip("Front's published documents are not here; name their folder in FRONT_OPENAPI");
    None
}

/// Says that a test was skipped and why, past what the test runner keeps to itself.
fn skip(why: &str) {
    use std::io::Write as _;
    writeln!(std::io::stderr(), "skipped: {why}").unwrap_or(());
}

#[test]
fn the_spec_says_what_is_published() {
    let Some(folder) = published() else { return };
    let document = fs::read(folder.join("core-api.json")).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (spec, problems) = match read(&root) {
        Ok(read) => read,
        Err(unread) => panic!("{}", unread.problems.render(&unread.sources, false)),
    };
    assert!(!problems.has_errors(), "{}", problems.render(&spec.sources, false));
    match import(&spec, &document, &Revision::default()) {
        Ok(imported) => {
            let report = imported.report;
            assert!(report.changes.is_empty() && report.todo.is_empty(), "{report}");
        }
        Err(Refused::Spec(problems)) => {
            panic!("{}", problems.render(&spec.sources, false))
        }
        Err(refused) => panic!("{refused}"),
    }
}

/// Revisions that a test steps through: all take a minute, and `cargo xtask history` takes them.
const EVERY: usize = 12;

#[test]
fn history_comes_to_the_same_alone_and_step_by_step() {
    let Some(folder) = published() else { return };
    let unpacked = tempfile::tempdir().unwrap();
    let archive = folder.join("history.tar.xz");
    let tar = Command::new("tar")
        .arg("-xJf")
        .arg(&archive)
        .arg("-C")
        .arg(unpacked.path())
        .status();
    if !tar.is_ok_and(|status| status.success()) {
        skip(&format!("{} cannot be unpacked", archive.display()));
        return;
    }
    let mut documents = Vec::new();
    let mut folders = vec![unpacked.path().to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                documents.push(path);
            }
        }
    }
    documents.sort();
    let mut history = History::new(&spec(&base()));
    for path in documents.iter().step_by(EVERY).chain(documents.last()) {
        let step = history.step(&fs::read(path).unwrap(), &revision());
        let step =
            step.unwrap_or_else(|refused| panic!("{}: {refused}", path.display()));
        assert!(step.problems.is_empty(), "{}: {:?}", path.display(), step.problems);
        assert!(step.operations > 100 && step.api.is_some(), "{}", path.display());
    }
}

/// The spec before anything was imported.
fn empty() -> Texts {
    let mut texts = base();
    texts.retain(|path, _| path == "spec/front.yaml");
    let webhooks: Value = serde_yaml::from_str("about: None yet.\nevents: {}").unwrap();
    texts.extend([text("webhooks.yaml", webhooks)]);
    texts
}

/// What may be wrong at one place of a document.
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

/// The paths of all values in a document, the document's own left out.
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

/// How many documents are tried; `PROPTEST_CASES` says another number.
fn cases() -> u32 {
    env::var("PROPTEST_CASES").ok().and_then(|number| number.parse().ok()).unwrap_or(100)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_document_is_refused_or_settles(
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
                spoil(&mut document, place, fault);
            }
            // Importing again changes nothing; what came of it is read without fault.
            let Ok((_, after)) = imported(&texts, &bytes(&document)) else {
                return Ok(());
            };
            let spec = spec(&after);
            let (_, problems) = resolve(&spec);
            // What is required by now is for people to name.
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
