//! Structures and enumerations. Unions and choices are in `unions`.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::claims::{Claims, GIVE_NAME};
use super::context::{At, Context, Located};
use super::index::Index;
use super::{docs, fields, unions};
use crate::ir::{self, Direction, Kind, ResourceId, Ty};
use crate::names::Name;
use crate::problem::{Code, Problem};
use crate::spec::model;

/// Resolves every type, in the order of the index.
pub(super) fn types<'a>(cx: &mut Context<'a>, index: &Index<'a>) -> Vec<ir::Type> {
    let resources: Vec<Located<'a>> = cx.resources.clone();
    let mut all = Vec::new();
    for (number, located) in resources.into_iter().enumerate() {
        for (key, written) in &located.resource.types {
            let at = &index.types_at[all.len()];
            if let Some(about) = &written.about {
                cx.non_empty(&at.then("about"), about);
            }
            let kind = kind(cx, index, key, written, at);
            all.push(ir::Type {
                source: cx.node(at),
                name: Name::of_type(key)
                    .unwrap_or_else(|_| super::context::placeholder()),
                resource: ResourceId(number),
                about: written
                    .about
                    .as_deref()
                    .map(docs::paragraphs)
                    .unwrap_or_default(),
                note: written.note.clone(),
                published: written.published.clone(),
                deprecated: written.deprecated.as_deref().map(docs::sentence),
                direction: Direction::default(),
                kind,
            });
        }
    }
    all
}

fn kind(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    key: &str,
    written: &model::Type,
    at: &At,
) -> Kind {
    let kinds: Vec<&str> = [
        ("fields", written.fields.is_some()),
        ("values", written.values.is_some()),
        ("flag", written.flag.is_some()),
        ("union", written.union.is_some()),
        ("choice", written.choice.is_some()),
    ]
    .into_iter()
    .filter_map(|(kind, there)| there.then_some(kind))
    .collect();
    match kinds[..] {
        [_] => {}
        [] => {
            let problem =
                Problem::new(Code::WrongType, format!("`{key}` has no content"));
            let problem = problem.at(cx.key(at)).label(
                "one of `fields`, `values`, `flag`, `union` and `choice` is expected",
            );
            cx.report(problem);
        }
        [first, second, ..] => {
            let problem = Problem::new(
                Code::WrongType,
                format!("`{key}` has both `{first}` and `{second}`"),
            );
            let problem = problem
                .at(cx.key(&at.then(second)))
                .label("a type can have only one of the two");
            let first = cx.key(&at.then(first));
            cx.report(problem.also(first, "the other one"));
        }
    }
    if written.fields.is_none() && !kinds.is_empty() {
        for (key, there) in [
            ("links", written.links.is_some()),
            ("at_least_one", !written.at_least_one.is_empty()),
        ] {
            if there {
                let problem = Problem::new(
                    Code::WrongType,
                    format!("`{key}` needs a type with `fields`"),
                );
                let place = cx.key(&at.then(key));
                cx.report(
                    problem.at(place).label(format!("this type has `{}`", kinds[0])),
                );
            }
        }
    }
    if let Some(fields) = &written.fields {
        structure(cx, index, written, fields, at)
    } else if let Some(values) = &written.values {
        Kind::Enum(variants(cx, values, &at.then("values")))
    } else if let Some(flag) = &written.flag {
        Kind::Flag(flag_values(cx, flag, &at.then("flag")))
    } else if let Some(union) = &written.union {
        unions::union(cx, index, union, &at.then("union"))
    } else if let Some(choice) = &written.choice {
        unions::choice(cx, index, choice, &at.then("choice"))
    } else {
        Kind::Struct {
            fields: Vec::new(),
            required: Vec::new(),
            links: None,
            at_least_one: Vec::new(),
        }
    }
}

fn structure(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    written: &model::Type,
    table: &IndexMap<String, model::Field>,
    at: &At,
) -> Kind {
    let fields_at = at.then("fields");
    let fields: Vec<ir::Field> = table
        .iter()
        .map(|(wire, field)| {
            fields::field(cx, index, wire, field, &fields_at.then(wire))
        })
        .collect();
    claim_fields(cx, &fields, &fields_at);
    paths(cx, &fields, &fields_at);
    at_least_one(cx, index, written, &fields, &at.then("at_least_one"));
    if let Some(links) = &written.links {
        twice(cx, links, &at.then("links"));
    }
    let required = fields
        .iter()
        .enumerate()
        .filter(|(_, field)| field.required && field.fixed.is_none())
        .map(|(number, _)| number)
        .collect();
    let links = written.links.clone();
    Kind::Struct { fields, required, links, at_least_one: written.at_least_one.clone() }
}

fn claim_fields(cx: &mut Context<'_>, fields: &[ir::Field], at: &At) {
    let links = &cx.spec.front.1.response_keys.links;
    let (own, related) = (&links.object, &links.related);
    let mut claims = Claims::default()
        .reserve(
            ["extra"],
            "it contains the fields of a response that the spec does not list",
        )
        .reserve(["api_links"], &format!("it contains the value of `{own}`"))
        .reserve(["new"], "the constructor of the type")
        .reserve(["this"], "generated code uses this name for a variable");
    for field in fields.iter().filter(|field| field.fixed.is_none()) {
        let place = cx.key(&at.then(&field.wire));
        if field.wire == *own {
            let title = format!("`{own}` cannot be listed as a field");
            let problem = Problem::new(Code::MisplacedLinks, title);
            let problem = problem.at(place).label("every type with `links` has it");
            let help = format!(
                "list the names under `{own}.{related}` in `links`, which may be empty"
            );
            cx.report(problem.help(help));
            continue;
        }
        claims.claim(
            cx,
            &field.name,
            field.name.snake(),
            place.clone(),
            "field",
            GIVE_NAME,
        );
        if field.nullable {
            let clear = format!("clear_{}", field.name.plain());
            claims.claim(
                cx,
                &field.name,
                clear,
                place,
                "method that sends null for a field",
                GIVE_NAME,
            );
        }
    }
}

/// Checks dotted keys: each step has a name, and no key is both a value and an object.
fn paths(cx: &mut Context<'_>, fields: &[ir::Field], at: &At) {
    for field in fields.iter().filter(|field| field.wire.contains('.')) {
        let here = cx.key(&at.then(&field.wire));
        if field.wire.split('.').any(str::is_empty) {
            let problem = Problem::new(
                Code::DottedKey,
                format!("invalid path of keys `{}`", field.wire),
            );
            cx.report(
                problem.at(here).label("a key is expected on both sides of each dot"),
            );
            continue;
        }
        let through = |other: &ir::Field| {
            field
                .wire
                .strip_prefix(&other.wire)
                .is_some_and(|rest| rest.starts_with('.'))
        };
        if let Some(other) = fields.iter().find(|other| through(other)) {
            let title = format!(
                "`{}` is inside `{}`, which is also a field",
                field.wire, other.wire
            );
            let other = cx.key(&at.then(&other.wire));
            let problem = Problem::new(Code::DottedKey, title)
                .at(here)
                .label("a key inside an object");
            cx.report(problem.also(other, "the object as a field"));
        }
    }
}

fn at_least_one(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    written: &model::Type,
    fields: &[ir::Field],
    at: &At,
) {
    twice(cx, &written.at_least_one, at);
    for (item, wire) in written.at_least_one.iter().enumerate() {
        let place = cx.value(&at.then(item));
        match fields.iter().find(|field| field.wire == *wire) {
            None => {
                let known = fields.iter().map(|field| field.wire.as_str());
                let title = format!("this type has no field `{wire}`");
                cx.unknown(Code::UnknownField, title, place, wire, known, "field");
            }
            Some(field) if field.required || field.fixed.is_some() => {
                let problem = Problem::new(
                    Code::WrongArgument,
                    format!("`{wire}` is always sent"),
                );
                cx.report(
                    problem
                        .at(place)
                        .label("so the condition of `at_least_one` always holds"),
                );
            }
            Some(ir::Field { ty: Ty::Named(id), .. })
                if index.written[id.0].choice.is_some() =>
            {
                let title = format!(
                    "`{wire}` is a choice, and the key of a choice is never sent"
                );
                let problem = Problem::new(Code::WrongArgument, title).at(place);
                cx.report(
                    problem
                        .label("a field that is sent under its key is expected")
                        .help("make the field `required`, or remove it from this list"),
                );
            }
            Some(_) => {}
        }
    }
}

/// Reports duplicate items in a list of texts.
pub(super) fn twice(cx: &mut Context<'_>, list: &[String], at: &At) {
    for (item, text) in list.iter().enumerate() {
        if let Some(first) = list[..item].iter().position(|known| known == text) {
            let problem =
                Problem::new(Code::ListedTwice, format!("`{text}` is listed twice"));
            let problem = problem.at(cx.value(&at.then(item))).label("again here");
            let first = cx.value(&at.then(first));
            cx.report(problem.also(first, "first here"));
        }
    }
}

fn flag_values(cx: &mut Context<'_>, flag: &model::Flag, at: &At) -> Vec<ir::Variant> {
    let mut claims = Claims::default();
    let values = [("true", &flag.on), ("false", &flag.off)];
    let mut variant = |(wire, value): (&str, &model::FlagValue)| {
        let at = at.then(wire);
        let place = cx.value(&at.then("name"));
        let name = cx.snake(&value.name, place.clone());
        claims.claim(cx, &name, name.camel(), place, "value", GIVE_NAME);
        if let Some(about) = &value.about {
            cx.non_empty(&at.then("about"), about);
        }
        ir::Variant {
            source: cx.node(&at),
            wire: wire.to_owned(),
            name,
            about: value.about.clone(),
            deprecated: None,
        }
    };
    values.map(&mut variant).into()
}

fn variants(cx: &mut Context<'_>, values: &[model::Value], at: &At) -> Vec<ir::Variant> {
    if values.is_empty() {
        let problem = Problem::new(Code::WrongType, "an enumeration without values");
        let place = cx.key(at);
        cx.report(problem.at(place).label("list the known values"));
    }
    let mut claims = Claims::default()
        .reserve(["Unknown"], "values that this version does not know have this name");
    let mut all: Vec<ir::Variant> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (item, value) in values.iter().enumerate() {
        let at_item = at.then(item).then(&value.wire);
        let place = match &value.said.name {
            Some(_) => cx.value(&at_item.then("name")),
            None => cx.key(&at_item),
        };
        let text = value.said.name.as_ref().unwrap_or(&value.wire);
        let name = cx.name(text, place.clone(), GIVE_NAME);
        if value.said.name.is_some()
            && Name::new(&value.wire).is_ok_and(|by_value| by_value == name)
        {
            cx.redundant(&at_item.then("name"), "the name that follows from the value");
        }
        let first = *places.entry(&value.wire).or_insert(item);
        if first < item {
            let problem = Problem::new(
                Code::ListedTwice,
                format!("`{}` is listed twice", value.wire),
            );
            let first = cx.key(&at.then(first).then(&value.wire));
            cx.report(problem.at(place).label("again here").also(first, "first here"));
        } else {
            claims.claim(cx, &name, name.camel(), place, "value", GIVE_NAME);
        }
        all.push(ir::Variant {
            source: cx.node(&at_item),
            wire: value.wire.clone(),
            name,
            about: value.said.about.clone(),
            deprecated: value.said.deprecated.as_deref().map(docs::sentence),
        });
    }
    all
}
