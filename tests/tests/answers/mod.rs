//! Answers made of what is known of them: of our spec, or of Front's own document with its examples.

use std::collections::HashSet;
use std::sync::OnceLock;

use front_codegen::ir::{Answer, Api, Discriminator, Field, Kind, Scalar, Ty};
use serde_json::{Map, Value, json};

/// What stands wherever the spec says that customer text, a credential or unknown JSON does.
pub(crate) const HIDDEN: &str = "NEVER SHOWN";

/// What is done to an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// As it is said to be.
    Whole,
    /// Every enumerated string is one that nobody knows.
    NewValues,
    /// Every object has a field that nobody knows.
    NewFields,
    /// Every field but ids is null.
    Nulls,
    /// Every field but ids is missing.
    Missing,
}

impl Mode {
    pub(crate) const ALL: [Self; 5] =
        [Self::Whole, Self::NewValues, Self::NewFields, Self::Nulls, Self::Missing];
}

fn api() -> &'static Api {
    static API: OnceLock<Api> = OnceLock::new();
    API.get_or_init(|| {
        let read = front_codegen::spec::read(&front_tests::root());
        let (spec, _) =
            read.unwrap_or_else(|_| panic!("the spec reads: see `cargo xtask check`"));
        front_codegen::resolve::resolve(&spec)
            .0
            .expect("the spec resolves: see `cargo xtask check`")
    })
}

/// The answer of an operation as the spec says it.
pub(crate) fn from_spec(operation: &str, mode: Mode) -> Value {
    let api = api();
    let endpoint = api
        .resources
        .iter()
        .flat_map(|of| &of.endpoints)
        .find(|endpoint| endpoint.operation == operation)
        .unwrap_or_else(|| panic!("{operation} is in the spec"));
    match &endpoint.answer {
        Answer::One(ty) => value(api, ty, mode, 0),
        Answer::Page { item, .. } => page(value(api, item, mode, 0)),
        other => panic!("{operation} answers {other:?}"),
    }
}

fn page(item: Value) -> Value {
    json!({
        "_pagination": {"next": "https://acme.api.frontapp.com/x?page_token=abc"},
        "_links": {"self": "https://acme.api.frontapp.com/x"},
        "_results": [item.clone(), item],
        "_total": 2,
    })
}

fn value(api: &Api, ty: &Ty, mode: Mode, depth: usize) -> Value {
    match ty {
        Ty::List(item) => json!([value(api, item, mode, depth)]),
        Ty::Map(item) => json!({"a key": value(api, item, mode, depth)}),
        Ty::Scalar(scalar) => match scalar {
            Scalar::String => json!("text, with \"quotes\" and \u{1F600}"),
            Scalar::Text | Scalar::Secret => json!(HIDDEN),
            Scalar::Integer => json!(-12),
            Scalar::Number => json!(0.25),
            Scalar::Boolean => json!(true),
            Scalar::Timestamp => json!(1_703_102_616.125),
            Scalar::Json => json!({"any": [1, HIDDEN]}),
            Scalar::File => panic!("no file in an answer"),
        },
        Ty::Id(id) => {
            json!(format!("{}_1a2b", api[*id].prefix.as_deref().unwrap_or("x")))
        }
        Ty::Named(id) => match &api[*id].kind {
            Kind::Struct { fields, links, .. } => {
                object(api, fields, links.as_deref(), mode, depth + 1)
            }
            Kind::Enum(variants) if mode != Mode::NewValues => json!(variants[0].wire),
            Kind::Enum(_) => json!("never heard of"),
            Kind::Union { by, cases } => {
                let case = &cases[depth % cases.len()];
                let inner = value(api, &case.ty, mode, depth + 1);
                match by {
                    Discriminator::Kind => inner,
                    Discriminator::Tag { tag, content } => {
                        let tagged = tag.iter().rev().fold(
                            json!(case.wire),
                            |inner, key| json!({ key.as_str(): inner }),
                        );
                        let mut all = tagged.as_object().cloned().unwrap_or_default();
                        match content {
                            Some(key) => {
                                all.insert(key.clone(), inner);
                            }
                            None => all
                                .extend(inner.as_object().cloned().unwrap_or_default()),
                        }
                        Value::Object(all)
                    }
                }
            }
            Kind::Choice { .. } => panic!("no choice in an answer"),
        },
    }
}

fn object(
    api: &Api,
    fields: &[Field],
    links: Option<&[String]>,
    mode: Mode,
    depth: usize,
) -> Value {
    let mut all = Map::new();
    if let Some(names) = links {
        let related: Map<String, Value> = names
            .iter()
            .map(|name| (name.clone(), json!("https://acme.api.frontapp.com/y")))
            .collect();
        all.insert(
            "_links".to_owned(),
            json!({"self": "https://acme.api.frontapp.com/x", "related": related}),
        );
    }
    for field in fields {
        // Types that hold each other end somewhere.
        if depth > 6 && !field.always {
            continue;
        }
        match mode {
            Mode::Nulls if !field.always => all.insert(field.wire.clone(), Value::Null),
            Mode::Missing if !field.always => None,
            _ => all.insert(field.wire.clone(), value(api, &field.ty, mode, depth)),
        };
    }
    if mode == Mode::NewFields {
        all.insert("never_heard_of".to_owned(), json!({"deep": [1, null]}));
    }
    Value::Object(all)
}

/// The answer of an operation as Front's document shows it.
pub(crate) fn from_document(document: &Value, operation: &str, mode: Mode) -> Value {
    let responses = document["paths"]
        .as_object()
        .into_iter()
        .flatten()
        .flat_map(|(_, item)| item.as_object().into_iter().flatten())
        .find(|(_, of)| of["operationId"] == operation)
        .map(|(_, of)| &of["responses"])
        .unwrap_or_else(|| panic!("{operation} is in the document"));
    let (_, answer) = responses
        .as_object()
        .unwrap()
        .iter()
        .find(|(status, _)| status.starts_with('2'))
        .unwrap();
    let answer = followed(document, answer);
    example(
        document,
        &answer["content"]["application/json"]["schema"],
        mode,
        &mut HashSet::new(),
    )
}

fn followed<'a>(document: &'a Value, part: &'a Value) -> &'a Value {
    match part["$ref"].as_str() {
        Some(name) => document.pointer(&name[1..]).unwrap(),
        None => part,
    }
}

fn example(
    document: &Value,
    schema: &Value,
    mode: Mode,
    within: &mut HashSet<String>,
) -> Value {
    let name = schema["$ref"].as_str().map(str::to_owned);
    if let Some(name) = &name
        && !within.insert(name.clone())
    {
        return Value::Null;
    }
    let made = example_of(document, followed(document, schema), mode, within);
    if let Some(name) = &name {
        within.remove(name);
    }
    made
}

fn example_of(
    document: &Value,
    schema: &Value,
    mode: Mode,
    within: &mut HashSet<String>,
) -> Value {
    if let Some(cases) =
        schema["oneOf"].as_array().or_else(|| schema["anyOf"].as_array())
    {
        return example(document, &cases[0], mode, within);
    }
    if let Some(properties) = schema["properties"].as_object() {
        let mut all = Map::new();
        for (key, inner) in properties {
            let skeleton = key.starts_with('_') || key == "id";
            match mode {
                Mode::Nulls if !skeleton => all.insert(key.clone(), Value::Null),
                Mode::Missing if !skeleton => None,
                _ => all.insert(key.clone(), example(document, inner, mode, within)),
            };
        }
        // The addresses of next pages differ in their paths, of which a page keeps nothing.
        if let Some(next) = all.get_mut("next") {
            *next = json!("https://acme.api.frontapp.com/x?page_token=abc");
        }
        let skeleton =
            ["next", "_meta", "data"].iter().any(|key| all.contains_key(*key))
                || (all.len() == 1 && all.contains_key("type"));
        if mode == Mode::NewFields && !skeleton {
            all.insert("never_heard_of".to_owned(), json!({"deep": [1, null]}));
        }
        return Value::Object(all);
    }
    if mode == Mode::NewValues && schema["enum"].is_array() {
        return json!("never heard of");
    }
    let given = &schema["example"];
    match schema["type"].as_str() {
        Some("array") => json!([example(document, &schema["items"], mode, within)]),
        Some("string") => match (given.as_str(), schema["enum"][0].as_str()) {
            (Some(given), _) => json!(given),
            (None, Some(first)) => json!(first),
            (None, None) => json!("text"),
        },
        Some("integer" | "number") if given.is_number() => given.clone(),
        Some("integer") => json!(3),
        Some("number") => json!(3.5),
        Some("boolean") => json!(true),
        _ if given.is_object() => given.clone(),
        _ => schema["enum"][0].clone(),
    }
}
