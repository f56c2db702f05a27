//! The exact report and files of an import.
//!
//! A case is a folder of `merge_cases/cases`: `document.yaml` and `spec.yaml` contain the differences from
//! `merge_cases/base`, a small document and its spec. Mappings are merged, other values are replaced, and `null` removes a key.
//! `expected.txt` contains the report and the diff of `spec/`. `BLESS=1 cargo test` writes it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod base;

use std::fs;
use std::path::{Path, PathBuf};

use base::{Texts, base, bytes, document, here, imported, spec, text};
use front_codegen::resolve::resolve;
use front_diff::example::merge;
use front_import::{Refused, Revision, import};
use serde_yaml::Value;

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

/// Returns the report and the diff of an import of a case into the base.
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
            // The checksum of the document adds nothing to the other differences.
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
fn reports_and_files_are_as_expected() {
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
        if front_tests::bless() {
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
fn a_spec_with_the_same_facts_is_unchanged() {
    let texts = base();
    let imported =
        import(&spec(&texts), &bytes(&document()), &Revision::default()).unwrap();
    assert!(imported.report.changes.is_empty(), "{}", imported.report);
    assert_eq!(imported.files.len(), 1, "only the revision in front.yaml");
    assert!(imported.report.todo.is_empty(), "{}", imported.report);
}
