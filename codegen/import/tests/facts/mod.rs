//! Formats facts as text, one a line, and checks their invariants.

#![allow(dead_code, reason = "each test uses what it needs")]

pub(crate) mod small;

use std::fmt::Write as _;

use front_import::document::Document;
use front_import::lower::{Paging, lower};
use front_import::published::{
    Answer, Api, Field, Kind, Limits, Object, Operation, Shape,
};
use front_import::{Refused, phrase};

/// Returns all facts of a document.
pub(crate) fn facts(api: &Api) -> String {
    let mut text = String::new();
    for (id, operation) in &api.operations {
        call(&mut text, id, operation);
    }
    for (name, shape) in &api.roots {
        text.push_str(name);
        value(&mut text, "", "", shape);
    }
    for kept in &api.kept {
        writeln!(text, "{kept}: kept").unwrap();
    }
    text
}

fn call(text: &mut String, id: &str, operation: &Operation) {
    let Operation { method, path, status, .. } = operation;
    write!(text, "{id}: {method} {path} -> {status} ").unwrap();
    match &operation.answer {
        Answer::Nothing => text.push_str("none"),
        Answer::One(shape) => text.push_str(&phrase::of(shape)),
        Answer::List { item, paged, max } => {
            let paged = if *paged { ", paged" } else { "" };
            let max = max.map_or_else(String::new, |max| format!(" by {max}"));
            write!(text, "list of {}{paged}{max}", phrase::of(item)).unwrap();
        }
        Answer::File => text.push_str("file"),
    }
    if let Some(group) = &operation.group {
        write!(text, " [{group}]").unwrap();
    }
    let scope = operation.scope.as_ref().map(|scope| format!("scope {scope}"));
    let flags = [
        scope,
        operation.deprecated.then(|| "deprecated".to_owned()),
        operation.redirects.then(|| "redirects".to_owned()),
    ];
    let flags: Vec<String> = flags.into_iter().flatten().collect();
    if !flags.is_empty() {
        write!(text, " {}", flags.join(", ")).unwrap();
    }
    text.push('\n');
    for (key, field) in &operation.query {
        write!(text, "  ?{key}").unwrap();
        entry(text, "  ", field);
    }
    for (name, field) in &operation.headers {
        write!(text, "  #{name}").unwrap();
        entry(text, "  ", field);
    }
    if let Some(body) = &operation.body {
        writeln!(text, "  <- {}", phrase::of(body)).unwrap();
    }
}

fn entry(text: &mut String, indent: &str, field: &Field) {
    let required = if field.required { "required " } else { "" };
    value(text, indent, required, &field.shape);
}

/// The text after a name: `: phrase, limits`, and its contents.
fn value(text: &mut String, indent: &str, mark: &str, shape: &Shape) {
    write!(text, ": {mark}{}", phrase::of(shape)).unwrap();
    let more = format!("{indent}  ");
    match &shape.kind {
        Kind::Enum(values) => write!(text, ", values {}", values.join(", ")).unwrap(),
        Kind::Object(object) => {
            if let Some(cases) = &object.cases {
                write!(text, " by {}", cases.tag).unwrap();
            }
        }
        _ => {}
    }
    text.push_str(&limits(&shape.limits));
    text.push('\n');
    inside(text, &more, shape);
}

fn inside(text: &mut String, indent: &str, shape: &Shape) {
    match &shape.kind {
        Kind::Object(object) => fields(text, indent, object),
        Kind::List(item) => {
            if let Kind::Enum(values) = &item.kind {
                writeln!(text, "{indent}items: values {}", values.join(", ")).unwrap();
            }
            let limits = limits(&item.limits);
            if let Some(limits) = limits.strip_prefix(", ") {
                writeln!(text, "{indent}items: {limits}").unwrap();
            }
            inside(text, indent, item);
        }
        Kind::OneOf(members) => {
            for member in members {
                writeln!(text, "{indent}| {}", phrase::of(member)).unwrap();
                inside(text, indent, member);
            }
        }
        _ => {}
    }
}

fn fields(text: &mut String, indent: &str, object: &Object) {
    for (key, field) in &object.fields {
        write!(text, "{indent}.{key}").unwrap();
        entry(text, indent, field);
    }
    if let Some(links) = &object.links {
        let links = if links.is_empty() { "-".to_owned() } else { links.join(", ") };
        writeln!(text, "{indent}._links: {links}").unwrap();
    }
    for (value, case) in object.cases.iter().flat_map(|cases| &cases.cases) {
        writeln!(text, "{indent}{value}").unwrap();
        fields(text, indent, case);
    }
}

fn limits(limits: &Limits) -> String {
    let mut text = String::new();
    let mut add = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            write!(text, ", {name} {value}").unwrap();
        }
    };
    let allowed: Vec<String> = limits.allowed.iter().map(i64::to_string).collect();
    add("default", limits.default.clone());
    add("allowed", (!allowed.is_empty()).then(|| allowed.join(", ")));
    add("max_length", limits.max_length.map(|number| number.to_string()));
    add("min_items", limits.min_items.map(|number| number.to_string()));
    add("max_items", limits.max_items.map(|number| number.to_string()));
    add("minimum", limits.minimum.map(|number| number.to_string()));
    add("maximum", limits.maximum.map(|number| number.to_string()));
    if limits.deprecated {
        text.push_str(", deprecated");
    }
    text
}

/// The facts of a document.
pub(crate) fn lowered(bytes: &[u8]) -> Result<Api, Refused> {
    let paging = Paging { cursor: "page_token", size: "limit" };
    lower(&Document::read(bytes)?, &paging)
}

/// What is promised of facts, whatever the document.
pub(crate) fn assert_sound(api: &Api) {
    fn sound(api: &Api, shape: &Shape) {
        match &shape.kind {
            Kind::Named(name) => {
                assert!(api.roots.contains_key(name), "`{name}` is nowhere");
            }
            Kind::List(item) => {
                assert!(!item.nullable && item.limits.default.is_none(), "{shape:?}");
                sound(api, item);
            }
            Kind::OneOf(members) => {
                assert!(members.len() > 1, "{shape:?}");
                for member in members {
                    assert!(!member.nullable, "{shape:?}");
                    sound(api, member);
                }
            }
            Kind::Object(object) => {
                assert!(!object.fields.contains_key("_links"), "{object:?}");
                let cases = object.cases.iter().flat_map(|cases| cases.cases.values());
                for object in std::iter::once(object).chain(cases) {
                    object.fields.values().for_each(|field| sound(api, &field.shape));
                }
            }
            Kind::Enum(values) => assert!(!values.is_empty()),
            _ => {}
        }
    }
    for shape in api.roots.values() {
        assert!(matches!(shape.kind, Kind::Object(_) | Kind::Enum(_) | Kind::OneOf(_)));
        assert!(!shape.nullable, "nullability is written at the use");
        sound(api, shape);
    }
    for operation in api.operations.values() {
        operation.query.values().for_each(|field| sound(api, &field.shape));
        operation.body.iter().for_each(|body| sound(api, body));
        match &operation.answer {
            Answer::One(shape) | Answer::List { item: shape, .. } => sound(api, shape),
            Answer::Nothing | Answer::File => {}
        }
    }
}
