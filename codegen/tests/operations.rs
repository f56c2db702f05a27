//! Compares the output of `operations` for the golden spec with committed files. `BLESS=1 cargo test` writes the files.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use front_codegen::ir::Api;
use front_codegen::operations::{
    self, Filter, as_json, details_as_markdown, find, rows_as_markdown,
};
use front_codegen::{resolve, spec};

fn api() -> Api {
    let golden = front_tests::root().join("tests/golden");
    let (read, _) = spec::read(&golden).unwrap();
    resolve::resolve(&read).0.unwrap()
}

/// Compares a text with a file in `tests/operations`.
fn expect(name: &str, text: &str) {
    let path = front_tests::root().join("codegen/tests/operations").join(name);
    if std::env::var_os("BLESS").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(text, expected, "if this is intended, run `BLESS=1 cargo test`");
}

#[test]
fn rows_match_the_committed_files() {
    let api = api();
    let rows = operations::rows(&api, &Filter::default()).unwrap();
    let all: usize = api.resources.iter().map(|of| of.endpoints.len()).sum();
    assert_eq!(rows.len(), all);
    expect("rows.json", &as_json(&rows));
    expect("rows.md", &rows_as_markdown(&rows));
}

#[test]
fn details_match_the_committed_files() {
    let api = api();
    let all: Vec<_> = ["rules.send", "rules.raw", "query.list", "body.update"]
        .into_iter()
        .flat_map(|name| find(&api, name).unwrap())
        .collect();
    expect("details.json", &as_json(&all));
    expect("details.md", &details_as_markdown(&all));
}

/// Returns the names of the calls that match a filter.
fn names(filter: &Filter) -> Vec<String> {
    let api = api();
    let rows = operations::rows(&api, filter).unwrap();
    rows.iter().map(operations::Row::full_name).collect()
}

/// Returns a filter with one condition.
fn with(set: impl FnOnce(&mut Filter)) -> Filter {
    let mut filter = Filter::default();
    set(&mut filter);
    filter
}

#[test]
fn filters_select_the_matching_calls() {
    let some = |word: &str| Some(word.to_owned());
    assert_eq!(names(&with(|of| of.method = some("patch"))), ["body.update"]);
    assert_eq!(
        names(&with(|of| of.capability = some("things:read"))),
        ["files.download", "plain.get", "rules.send"],
        "the permission of Front's document counts too"
    );
    assert!(
        !names(&with(|of| of.capability = some("none"))).contains(&"plain.get".into())
    );
    assert_eq!(
        names(&with(|of| of.resource = some("files"))),
        ["files.add", "files.download"]
    );
    for event in ["any", "thing_changed"] {
        assert_eq!(names(&with(|of| of.webhook = some(event))), ["body.update"]);
    }
    let all = names(&Filter::default()).len();
    assert_eq!(names(&with(|of| of.webhook = some("none"))).len(), all - 1);
    assert_eq!(names(&with(|of| of.rate_limit = some("per_thing"))), ["plain.get"]);
    assert_eq!(names(&with(|of| of.deprecated = true)), ["rules.raw"]);
    for text in ["RAW", "raw-rules", "The raw", "rules.raw"] {
        assert_eq!(names(&with(|of| of.search = some(text))), ["rules.raw"], "{text}");
    }
    assert_eq!(names(&with(|of| of.search = some("/upload/"))), ["files.download"]);
    let both = with(|of| {
        of.resource = some("files");
        of.access = some("write");
    });
    assert_eq!(names(&both), ["files.add"], "all conditions must hold");
    assert!(names(&with(|of| of.search = some("zebra"))).is_empty());
}

#[test]
fn unknown_words_are_reported_with_a_suggestion() {
    let api = api();
    let some = |word: &str| Some(word.to_owned());
    for (filter, message) in [
        (
            with(|of| of.method = some("get!")),
            "there is no method `GET!`: did you mean `GET`?",
        ),
        (
            with(|of| of.access = some("delete")),
            "there is no access `delete`: it is one of `read`, `write`",
        ),
        (
            with(|of| of.capability = some("thing:read")),
            "there is no capability `thing:read`: did you mean `things:read`?",
        ),
        (
            with(|of| of.resource = some("rule")),
            "there is no resource `rule`: did you mean `rules`?",
        ),
        (
            with(|of| of.webhook = some("thing_change")),
            "there is no webhook `thing_change`: did you mean `thing_changed`?",
        ),
        (
            with(|of| of.rate_limit = some("daily")),
            "there is no rate-limit class `daily`: it is one of `standard`, `per_thing`",
        ),
    ] {
        assert_eq!(operations::rows(&api, &filter).unwrap_err().to_string(), message);
    }
    assert_eq!(
        find(&api, "rules.rww").unwrap_err().to_string(),
        "there is no operation `rules.rww`: did you mean `rules.raw`?"
    );
    assert_eq!(
        find(&api, "nothing at all").unwrap_err().to_string(),
        "there is no operation `nothing at all`"
    );
}

#[test]
fn a_call_is_found_by_its_name_and_by_its_operation_id() {
    let api = api();
    let one = |name| as_json(&find(&api, name).unwrap());
    assert_eq!(one("rules.raw"), one("raw-rules"));
}
