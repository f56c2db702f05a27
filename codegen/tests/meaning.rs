//! Compares the diagnostics of resolving with committed files, for specs that can be read but are invalid.
//!
//! A case is a folder in `diagnostics/meaning`: `change.yaml` contains, by file, the changes to the small spec of
//! [`front_diff::example`], which is valid. Mappings are merged, other values are replaced, and `null` removes a key.
//! `expected.txt` contains the printed diagnostics. `BLESS=1 cargo test` writes it.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use front_codegen::ir::{
    Access, Answer, Api, Direction, Endpoint, Fixed, Input, Kind, Place, Repeat,
    ResourceId, Type,
};
use front_codegen::problem::{Code, Problems};
use front_codegen::resolve::resolve;
use front_codegen::source::Source;
use front_codegen::spec::read_texts;
use front_diff::example::{merge, texts, without_warnings};
use proptest::prelude::*;
use serde_yaml::Value;

/// Returns the folder of the cases.
fn folder() -> PathBuf {
    front_tests::root().join("codegen/tests/diagnostics/meaning")
}

fn changed(case: &Path) -> Vec<(String, String)> {
    let mut files = without_warnings().unwrap();
    if let Ok(change) = fs::read_to_string(case.join("change.yaml")) {
        let changes: BTreeMap<String, Value> = serde_yaml::from_str(&change).unwrap();
        for (name, change) in changes {
            merge(
                files.entry(name).or_insert(Value::Mapping(Default::default())),
                change,
            );
        }
    }
    texts(files).unwrap()
}

fn problems(texts: Vec<(String, String)>) -> (Problems, Vec<Source>) {
    let (spec, problems) = match read_texts(texts) {
        Ok(read) => read,
        Err(unread) => panic!("{}", unread.problems.render(&unread.sources, false)),
    };
    assert!(problems.is_empty(), "{}", problems.render(&spec.sources, false));
    let (api, problems) = resolve(&spec);
    assert_eq!(api.is_none(), problems.has_errors());
    (problems, spec.sources)
}

fn cases() -> Vec<PathBuf> {
    let mut cases: Vec<PathBuf> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases
}

#[test]
fn diagnostics_match_the_committed_files() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut failed = Vec::new();
    for case in cases() {
        let name = case.file_name().unwrap().to_str().unwrap().to_owned();
        let (problems, sources) = problems(changed(&case));
        let text = problems.render(&sources, false);
        assert_eq!(problems.is_empty(), name.starts_with("fine_"), "{name}\n{text}");
        let expected = case.join("expected.txt");
        if bless {
            fs::write(&expected, &text).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n")
            != text
        {
            failed.push(format!("{name}\n{text}"));
        }
    }
    assert!(
        failed.is_empty(),
        "the diagnostics differ; if this is intended, run `BLESS=1 cargo test`\n\n{}",
        failed.join("\n")
    );
}

#[test]
fn every_rule_of_meaning_has_a_case() {
    let mut texts = String::new();
    for case in cases() {
        texts.push_str(
            &fs::read_to_string(case.join("expected.txt")).unwrap_or_default(),
        );
    }
    let is_of_meaning =
        |code: &&Code| code.id().starts_with("E01") || code.id().starts_with("W02");
    for code in Code::ALL.iter().filter(is_of_meaning) {
        let id = format!("[{}]", code.id());
        assert!(
            texts.contains(&id),
            "no case has the diagnostic {} {}",
            code.id(),
            code.summary()
        );
    }
}

/// Returns the texts of the valid cases.
fn valid() -> Vec<Vec<(String, String)>> {
    cases()
        .into_iter()
        .filter(|case| {
            let name = case.file_name().unwrap().to_str().unwrap();
            name.starts_with("fine_")
        })
        .map(|case| changed(&case))
        .collect()
}

fn resolved(texts: Vec<(String, String)>) -> String {
    let (spec, _) = read_texts(texts).unwrap();
    let (api, problems) = resolve(&spec);
    format!(
        "{:#?}",
        api.unwrap_or_else(|| panic!("{}", problems.render(&spec.sources, false)))
    )
}

#[test]
fn the_order_of_files_does_not_matter() {
    for texts in valid() {
        let expected = resolved(texts.clone());
        let mut rotated = texts.clone();
        for _ in 0..texts.len() {
            rotated.rotate_left(1);
            assert_eq!(resolved(rotated.clone()), expected);
            assert_eq!(resolved(rotated.iter().rev().cloned().collect()), expected);
        }
    }
}

/// Collects all scalars of a value.
fn scalars<'v>(value: &'v mut Value, found: &mut Vec<&'v mut Value>) {
    match value {
        Value::Mapping(all) => all.values_mut().for_each(|value| scalars(value, found)),
        Value::Sequence(all) => all.iter_mut().for_each(|value| scalars(value, found)),
        scalar => found.push(scalar),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn no_value_causes_a_panic(
        file in 0_usize..4,
        at in 0_usize..200,
        text in prop_oneof![
            "\\PC{0,12}",
            prop::sample::select(vec![
                "Tag", "TagId", "Event", "CreateTag", "SortOrder", "file", "required Tag", "always list of Tag", "none",
                "tags", "list", "send", "name", "/{tag_id}", "/{x}", "Self", "type", "r#type", "_", "0", "null", "GET",
            ]).prop_map(str::to_owned),
        ],
    ) {
        let mut files = without_warnings().unwrap();
        let value = files.values_mut().nth(file).unwrap();
        let mut found = Vec::new();
        scalars(value, &mut found);
        let count = found.len();
        *found[at % count] = Value::String(text);
        let texts = files
            .into_iter()
            .map(|(name, value)| (format!("spec/{name}"), serde_yaml::to_string(&value).unwrap()))
            .collect();
        if let Ok((spec, _)) = read_texts(texts) {
            let (_, problems) = resolve(&spec);
            let _ = problems.render(&spec.sources, false);
        }
    }
}

/// Returns the API of a case.
fn api(case: &str) -> Api {
    let (spec, _) = read_texts(changed(&folder().join(case))).unwrap();
    resolve(&spec).0.unwrap()
}

fn endpoint<'a>(api: &'a Api, name: &str) -> &'a Endpoint {
    let mut all = api.resources.iter().flat_map(|resource| &resource.endpoints);
    all.find(|endpoint| endpoint.name.plain() == name).unwrap()
}

fn named<'a>(api: &'a Api, name: &str) -> &'a Type {
    api.types.iter().find(|of| of.name.camel() == name).unwrap()
}

fn wires(inputs: &[Input]) -> Vec<(Place, &str)> {
    inputs.iter().map(|input| (input.place, input.field.wire.as_str())).collect()
}

#[test]
fn facts_that_the_spec_leaves_out_are_derived() {
    let api = api("fine_small");
    let names: Vec<&str> =
        api.resources.iter().map(|resource| resource.name.plain()).collect();
    assert_eq!(names, ["events", "tags"]);
    let create = endpoint(&api, "create");
    assert_eq!((create.access, create.repeat), (Access::Write, Repeat::Never));
    assert_eq!((create.acts_on.as_str(), create.since.as_str()), ("tag", "base"));
    assert_eq!(create.docs, "https://docs.example.com/create-tag");
    assert_eq!(wires(&create.arguments), [(Place::Body, "name")]);
    assert_eq!(wires(&create.setters), [(Place::Body, "description")]);
    assert_eq!(create.setters[0].field.about, ["What it is for."]);
    let get = endpoint(&api, "get");
    assert_eq!((get.access, get.repeat), (Access::Read, Repeat::Safe));
    assert_eq!(get.path_params[0].name.plain(), "tag");
    let list = &api.resources[1].endpoints[0];
    assert!(matches!(list.answer, Answer::Page { max: Some(100), .. }));
    assert_eq!(wires(&list.setters), [(Place::Query, "sort_order")]);
    let direction = |name| {
        let Direction { input, body, answer } = named(&api, name).direction;
        (input, body, answer)
    };
    assert_eq!(direction("Tag"), (false, false, true));
    assert_eq!(direction("CreateTag"), (false, true, false));
    assert_eq!(direction("SortOrder"), (true, false, false));
}

#[test]
fn many_arguments_become_one_value() {
    let api = api("fine_many_arguments");
    let create = endpoint(&api, "create_below");
    assert_eq!(create.input, create.body);
    assert_eq!(wires(&create.arguments), [(Place::Query, "dry")]);
    assert_eq!(wires(&create.setters), []);
    assert!(create.at_least_one.is_empty(), "one of them is an argument");
    let body = named(&api, "CreateChild");
    assert!(body.direction.input && !body.direction.body);
    let Kind::Struct { fields, required, .. } = &body.kind else { panic!("{body:?}") };
    let order: Vec<&str> =
        required.iter().map(|number| fields[*number].wire.as_str()).collect();
    assert_eq!(order, ["color", "name", "options.team"]);
}

#[test]
fn a_variant_sends_constants() {
    let api = api("fine_variant");
    let reset = endpoint(&api, "reset");
    assert!(reset.arguments.is_empty() && reset.setters.is_empty());
    let fixed: Vec<(&str, &Fixed)> = reset
        .fixed
        .iter()
        .map(|of| (of.field.wire.as_str(), of.field.fixed.as_ref().unwrap()))
        .collect();
    assert_eq!(
        fixed,
        [
            ("name", &Fixed::String("Standard".into())),
            ("description", &Fixed::Null),
            ("sort_order", &Fixed::String("asc".into())),
            ("depth", &Fixed::Integer(0)),
            ("is_private", &Fixed::Boolean(true)),
        ]
    );
    assert_eq!(api.webhooks[0].triggered_by, [(ResourceId(1), 3)]);
}

#[test]
fn a_choice_is_beside_the_other_fields_of_the_body() {
    let api = api("fine_choice");
    let create = endpoint(&api, "create");
    assert_eq!(
        wires(&create.arguments),
        [(Place::Body, "name"), (Place::Choice, "which")]
    );
}

#[test]
fn a_deprecation_names_the_replacement() {
    let api = api("fine_deprecated");
    let get = endpoint(&api, "get");
    let deprecated = get.deprecated.as_ref().unwrap();
    assert_eq!(deprecated.reason, "Slow.");
    assert_eq!(api.endpoint_name(deprecated.replaced_by.unwrap()), "tags.list");
    assert_eq!(get.about, ["Fetches a tag.", "And nothing else."]);
    assert_eq!(get.access, Access::Write);
}
