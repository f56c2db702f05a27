//! Front's own documents, imported into the project's spec and one after the other.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod base;

use std::fs;

use base::{base, revision, spec};
use front_codegen::spec::{Spec, read};
use front_import::history::History;
use front_import::{Refused, Revision, import};

/// The project's own spec.
fn own() -> Spec {
    let (spec, problems) = match read(&front_tests::root()) {
        Ok(read) => read,
        Err(unread) => panic!("{}", unread.problems.render(&unread.sources, false)),
    };
    assert!(!problems.has_errors(), "{}", problems.render(&spec.sources, false));
    spec
}

#[test]
fn the_spec_contains_the_published_facts() {
    let folder = match front_tests::published() {
        Ok(folder) => folder,
        Err(why) => return front_tests::skip(why),
    };
    let document = fs::read(folder.join("core-api.json")).unwrap();
    let spec = own();
    match import(&spec, &document, &Revision::default()) {
        Ok(imported) => {
            let report = imported.report;
            assert!(
                report.changes.is_empty()
                    && report.todo.is_empty()
                    && report.unread.is_empty(),
                "{report}"
            );
        }
        Err(Refused::Spec(problems)) => {
            panic!("{}", problems.render(&spec.sources, false))
        }
        Err(refused) => panic!("{refused}"),
    }
}

/// Checks that a document of another API is refused, before its corrections are checked.
#[track_caller]
fn is_another(document: &[u8], expected: &str) {
    let refused = import(&own(), document, &Revision::default()).unwrap_err();
    let Refused::Document(faults) = &refused else { panic!("{refused}") };
    assert_eq!(faults.len(), 1, "{refused}");
    let text = refused.to_string();
    assert!(text.starts_with(&format!("#/paths: {expected}")), "{text}");
    assert!(text.ends_with(
        "\n  import the document that is listed under `published` in spec/front.yaml"
    ));
}

#[test]
fn a_document_of_another_api_is_refused() {
    let calls = r#""paths": {"/x": {"get": {"responses": {"204": {}}}}, "/tags": {"get": {"responses": {"204": {}}}}}"#;
    let other = |more: &str| format!(r#"{{"openapi": "3.0.0", {more} {calls}}}"#);
    // One of two calls is known, so only the corrections fail.
    let known = import(&own(), other("").as_bytes(), &Revision::default());
    assert!(matches!(known, Err(Refused::Spec(_))), "{known:?}");
    let calls = calls.replace("/tags", "/y");
    let other = |more: &str| format!(r#"{{"openapi": "3.0.0", {more} {calls}}}"#);
    let all = "only 0 of the document's 2 calls are in the spec, which has ";
    let title = r#""info": {"title": "Weather API"},"#;
    is_another(other(title).as_bytes(), &format!("`Weather API` is another API: {all}"));
    let untitled = format!("this is the document of another API: {all}");
    is_another(other("").as_bytes(), &untitled);
    match front_tests::published() {
        Ok(folder) => {
            let channel = fs::read(folder.join("channel-api.json")).unwrap();
            is_another(
                &channel,
                "`Channel API` is another API: only 1 of the document's 11 calls are in the spec, which has ",
            );
        }
        Err(why) => front_tests::skip(why),
    }
}

/// The revisions that a test imports. All revisions take a minute; `cargo xtask history` imports them.
const EVERY: usize = 12;

#[test]
fn a_revision_gives_the_same_facts_alone_and_step_by_step() {
    let unpacked = tempfile::tempdir().unwrap();
    let documents = match front_tests::history(unpacked.path()) {
        Ok(documents) => documents,
        Err(why) => return front_tests::skip(why),
    };
    let mut history = History::new(&spec(&base()));
    for path in documents.iter().step_by(EVERY).chain(documents.last()) {
        let step = history.step(&fs::read(path).unwrap(), &revision());
        let step =
            step.unwrap_or_else(|refused| panic!("{}: {refused}", path.display()));
        assert!(step.problems.is_empty(), "{}: {:?}", path.display(), step.problems);
        assert!(step.operations > 100 && step.api.is_some(), "{}", path.display());
    }
}
