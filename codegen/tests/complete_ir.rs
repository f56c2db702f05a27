//! The resolved API contains every fact of the spec, with its location.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use front_codegen::ir::{Api, Field, Kind, NodeId, SourceMap};
use front_codegen::{resolve, spec};
use serde_yaml::Value;

/// A resource with the facts that the golden spec lacks: all limits, all notes, and a deprecation.
const MORE: &str = "
resource: facts
about: What is said.
noun: fact
note: On the resource.
id:
  type: FactId
  prefix: fct
  params:
  - fact_id
  aliases:
  - email
endpoints:
  list:
    operation: list-facts
    method: GET
    path: /facts
    about: Lists them.
    note: On the call.
    capability: things:read
    webhook: none
    since: '2026-01-31'
    query:
      depth:
        type: integer
        about: How deep.
        note: On the parameter.
        default: '5'
        allowed:
        - 5
        - 10
        deprecated: Nobody needs it.
      order:
        type: string
        about: Which way.
        fixed: up
    list: Fact
    max_page: 50
  old:
    operation: old-facts
    method: POST
    path: /facts/{fact_id}/{day}
    about: Makes one.
    capability: things:read
    access: write
    acts_on: old fact
    rate_limit: standard
    webhook: none
    deprecated: Slow.
    replaced_by: facts.list
    repeat: safe
    redirects: merged_conversation
    params:
      day:
        type: string
        about: Which day.
        note: On the placeholder.
        default: today
        max_length: 10
    body: NewFact
    returns:
      status: 202
types:
  Fact:
    about: One.
    note: On the type.
    published: Fact
    deprecated: Old.
    links:
    - owner
    fields:
      id: FactId
      kind:
        type: FactKind
        about: Which.
  FactKind:
    about: Kinds.
    values:
    - one: The first.
    - two:
        name: second
        about: The second.
        deprecated: Gone.
  NewFact:
    about: One to make.
    fields:
      title:
        type: string
        about: What it is called.
        note: On the field.
        max_length: 64
      parts:
        type: list of string
        about: What is in it.
        min_items: 1
        max_items: 10
      weight:
        type: number
        about: How heavy.
        default: '1.5'
        minimum: -1
        maximum: 9
      kind:
        type: nullable FactKind
        about: Which.
        default: one
    at_least_one:
    - title
    - parts
";

/// Returns the files of the golden spec and of the additional resource.
fn texts() -> Vec<(String, String)> {
    let root = front_tests::root().join("tests/golden/spec");
    let mut names = vec!["front.yaml".to_owned(), "webhooks.yaml".to_owned()];
    for entry in fs::read_dir(root.join("resources")).unwrap() {
        names
            .push(format!("resources/{}", entry.unwrap().file_name().to_str().unwrap()));
    }
    let text = |name: String| {
        (format!("spec/{name}"), fs::read_to_string(root.join(&name)).unwrap())
    };
    let more = ("spec/resources/facts.yaml".to_owned(), MORE.to_owned());
    names.into_iter().map(text).chain([more]).collect()
}

/// Returns the API of a spec, whatever the layout of its files.
fn api(texts: Vec<(String, String)>) -> Option<Api> {
    let (read, _) = spec::read_texts(texts).ok()?;
    resolve::resolve(&read).0
}

/// Returns the facts of an API as text, without their locations.
fn facts(mut api: Api) -> String {
    api.sources = SourceMap::default();
    format!("{api:?}")
}

/// The path to a scalar in a file. Each step is a key or the index of an item.
type Leaf = Vec<Value>;

fn leaves(value: &Value, here: &Leaf, found: &mut Vec<Leaf>) {
    let below = |step: Value| here.iter().cloned().chain([step]).collect();
    match value {
        Value::Mapping(entries) => {
            entries
                .iter()
                .for_each(|(key, value)| leaves(value, &below(key.clone()), found));
        }
        Value::Sequence(items) => {
            let items = items.iter().enumerate();
            items.for_each(|(at, value)| leaves(value, &below(at.into()), found));
        }
        _ => found.push(here.clone()),
    }
}

fn at<'v>(value: &'v mut Value, leaf: &Leaf) -> &'v mut Value {
    leaf.iter().fold(value, |value, step| match value {
        Value::Sequence(items) => {
            &mut items[usize::try_from(step.as_u64().unwrap()).unwrap()]
        }
        value => value.get_mut(step).unwrap(),
    })
}

/// Returns other values for a fact. The test uses the first that is valid.
fn others(value: &Value) -> Vec<Value> {
    match value {
        Value::Bool(is) => vec![(!is).into()],
        Value::Number(number) => {
            let number = number.as_i64().unwrap();
            vec![(number + 1).into(), (number - 1).into()]
        }
        Value::String(text) => {
            let mut all =
                vec![Value::from(format!("{text} more")), format!("{text}x").into()];
            if let Ok(number) = text.parse::<i64>() {
                all.push((number + 1).to_string().into());
            }
            all
        }
        _ => Vec::new(),
    }
}

#[test]
fn every_fact_of_the_spec_is_in_the_api() {
    let before = texts();
    let (read, _) = spec::read_texts(before.clone()).unwrap();
    let (resolved, problems) = resolve::resolve(&read);
    let resolved =
        resolved.unwrap_or_else(|| panic!("{}", problems.render(&read.sources, false)));
    let expected = facts(resolved);
    let (mut seen, mut lost) = (0, Vec::new());
    for (file, (path, text)) in before.iter().enumerate() {
        let parsed: Value = serde_yaml::from_str(text).unwrap();
        let mut found = Vec::new();
        leaves(&parsed, &Vec::new(), &mut found);
        for leaf in found {
            for other in others(at(&mut parsed.clone(), &leaf)) {
                let mut changed = parsed.clone();
                *at(&mut changed, &leaf) = other;
                let mut texts = before.clone();
                texts[file].1 = serde_yaml::to_string(&changed).unwrap();
                // An invalid value is refused, which also shows that the fact is read.
                let Some(api) = api(texts) else { continue };
                seen += 1;
                if facts(api) == expected {
                    lost.push(format!("{path}: {leaf:?}"));
                }
                break;
            }
        }
    }
    assert!(seen > 200, "only {seen} changes were valid");
    assert!(lost.is_empty(), "the API lacks these facts:\n{}", lost.join("\n"));
}

/// Returns the line that contains a fact of an item.
fn line<'a>(api: &'a Api, item: NodeId, fact: &str) -> &'a str {
    assert!(api.sources.is_written(item, fact), "`{fact}` is missing");
    api.sources.line(api.sources.locate(item, &[fact])).trim_start()
}

#[test]
fn every_fact_has_a_location() {
    let api = api(texts()).unwrap();
    let mut limits = 0;
    let mut of_field = |field: &Field| {
        let span = api.sources.locate(field.source, &[]);
        let line_of_field = api.sources.line(span);
        assert!(
            line_of_field.contains(&field.wire),
            "{line_of_field:?} for {}",
            field.wire
        );
        let of = &field.limits;
        for (fact, is_set) in [
            ("max_length", of.max_length.is_some()),
            ("min_items", of.min_items.is_some()),
            ("max_items", of.max_items.is_some()),
            ("minimum", of.minimum.is_some()),
            ("maximum", of.maximum.is_some()),
            ("allowed", !of.allowed.is_empty()),
            ("default", field.default.is_some()),
            ("fixed", field.fixed.is_some()),
            ("deprecated", field.deprecated.is_some()),
            ("note", field.note.is_some()),
        ] {
            assert_eq!(api.sources.is_written(field.source, fact), is_set, "{fact}");
            if is_set {
                limits += 1;
                assert!(line(&api, field.source, fact).starts_with(fact));
            }
        }
    };
    for of in &api.types {
        match &of.kind {
            Kind::Struct { fields, .. } => fields.iter().for_each(&mut of_field),
            Kind::Choice { cases, .. } => {
                cases.iter().flat_map(|of| &of.fields).for_each(&mut of_field);
            }
            Kind::Enum(_) | Kind::Flag(_) | Kind::Union { .. } => {}
        }
    }
    for endpoint in api.resources.iter().flat_map(|of| &of.endpoints) {
        let inputs =
            endpoint.arguments.iter().chain(&endpoint.setters).chain(&endpoint.fixed);
        inputs.for_each(|input| of_field(&input.field));
        assert_eq!(
            line(&api, endpoint.source, "operation"),
            format!("operation: {}", endpoint.operation)
        );
    }
    assert!(limits > 20, "only {limits} facts of fields");
    for of in &api.service.plans {
        let line = line(&api, of.source, "per_minute");
        assert_eq!(line, format!("per_minute: {}", of.per_minute));
    }
    for of in &api.service.statuses {
        assert_eq!(line(&api, of.source, "code"), format!("code: {}", of.code));
    }
    for word in &api.words {
        let span = api.sources.locate(word.source, &[]);
        assert!(api.sources.line(span).contains(&word.key));
    }
}

#[test]
fn a_missing_fact_has_the_location_of_its_item() {
    let api = api(texts()).unwrap();
    let (path, text) = texts().remove(0);
    let at = api.sources.locate(api.service.source, &["pagination", "max"]);
    assert_eq!(api.sources.path(at), path);
    let written = text.lines().nth(at.line - 1).unwrap();
    assert_eq!((at.column, at.length), (3, 3), "{written}");
    assert!(written.starts_with("  max: "), "{written}");
    assert_eq!(api.sources.display(at), format!("{path}:{}:3", at.line));
    let pages = api.sources.locate(api.service.source, &["pagination"]);
    let nearest =
        api.sources.locate(api.service.source, &["pagination", "nothing", "max"]);
    assert_eq!(nearest, pages);
    assert!(!api.sources.is_written(api.service.source, "nothing"));
}
