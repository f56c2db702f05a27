//! What may stand where: rules that depend on whether a type is sent, received or both.

use super::answers::holds_file;
use super::context::{At, Context};
use super::direction::{Reach, named};
use super::index::{Index, misplaced};
use crate::ir::{Answer, Api, Field, Kind, Ty, Type, TypeId};
use crate::problem::{Code, Problem};

/// Checks every type against its directions, and that choices stand only in bodies.
pub(super) fn check(cx: &mut Context<'_>, index: &Index<'_>, api: &Api, reach: &Reach) {
    for (number, of) in api.types.iter().enumerate() {
        let (id, at) = (TypeId(number), &index.types_at[number]);
        match &of.kind {
            Kind::Struct { fields, links, at_least_one, .. } => {
                structure(cx, of, links.is_some(), !at_least_one.is_empty(), at);
                for field in fields {
                    let at = at.then("fields").then(&field.wire);
                    let phrase = &index.written[number]
                        .fields
                        .as_ref()
                        .map_or("", |all| &all[&field.wire].0.phrase);
                    member(cx, api, id, field, phrase, &at, reach);
                }
                endless(cx, api, id, fields, at);
            }
            Kind::Union { cases, .. } => {
                for case in cases {
                    let at = at.then("union").then("cases").then(&case.wire);
                    received_file(cx, of, &case.ty, &at);
                    no_choice(cx, api, &case.ty, &at);
                }
            }
            Kind::Choice { cases, .. } => {
                for case in cases {
                    for field in &case.fields {
                        let at = at
                            .then("choice")
                            .then("cases")
                            .then(&case.wire)
                            .then(&field.wire);
                        no_choice(cx, api, &field.ty, &at);
                    }
                }
            }
            Kind::Enum(_) => {}
        }
    }
    answers(cx, api);
}

fn structure(
    cx: &mut Context<'_>,
    of: &Type,
    has_links: bool,
    has_at_least_one: bool,
    at: &At,
) {
    let sent = of.direction.input || of.direction.body;
    if has_links && sent && !of.direction.answer {
        let title = format!("no answer holds `{}`", of.name.camel());
        let problem = Problem::new(Code::MisplacedLinks, title);
        let place = cx.key(&at.then("links"));
        cx.report(problem.at(place).label("only answers have links"));
    }
    if has_at_least_one && of.direction.answer && !sent {
        let title = format!("no request holds `{}`", of.name.camel());
        let problem = Problem::new(Code::WrongType, title);
        let place = cx.key(&at.then("at_least_one"));
        cx.report(problem.at(place).label("only who sends can be asked to set one"));
    }
}

fn member(
    cx: &mut Context<'_>,
    api: &Api,
    id: TypeId,
    field: &Field,
    phrase: &str,
    at: &At,
    reach: &Reach,
) {
    let of = &api[id];
    let sent = of.direction.input || of.direction.body;
    if field.always && sent && !of.direction.answer {
        misplaced(
            cx,
            phrase,
            "always",
            at,
            "it is a promise about answers, and only requests hold this type",
        );
    }
    if field.required && of.direction.answer && !sent {
        misplaced(
            cx,
            phrase,
            "required",
            at,
            "it is a fact of requests, and only answers hold this type",
        );
    }
    if field.always && reach.event[id.0] && field.wire != "id" {
        let problem = Problem::new(
            Code::AlwaysInEvent,
            format!("webhooks send `{}` cut short", of.name.camel()),
        );
        let start = phrase.find("always").unwrap_or_default();
        let place = cx.part(cx.phrase(at), phrase, start..start + "always".len());
        let payload = cx.value(&cx.webhooks().then("payload"));
        let problem = problem.at(place).label("only `id` is always there");
        cx.report(problem.also(payload, "the payload that holds it"));
    }
    if field.wire.contains('.') && (of.direction.answer || reach.nested[id.0]) {
        let title =
            format!("`{}` is a key of an object only in a whole body", field.wire);
        let why = if of.direction.answer {
            "answers hold this type"
        } else {
            "requests hold this type inside of others"
        };
        let place = cx.key(at);
        let problem = Problem::new(Code::DottedKey, title).at(place).label(why);
        cx.report(problem.help("give the object a type of its own"));
    }
    if field.fixed.is_some() && of.direction.answer {
        let problem =
            Problem::new(Code::WrongFixed, "what answers hold is not a constant");
        let place = cx.key(&at.then("fixed"));
        cx.report(
            problem.at(place).label(format!("answers hold `{}`", of.name.camel())),
        );
    }
    received_file(cx, of, &field.ty, at);
    if choice_in(api, &field.ty) {
        let alone = matches!(field.ty, Ty::Named(_)) && !field.nullable;
        let whole = !of.direction.answer && !of.direction.input;
        if !alone || !whole {
            choice(cx, cx.phrase(at));
        }
    }
}

fn received_file(cx: &mut Context<'_>, of: &Type, ty: &Ty, at: &At) {
    if of.direction.answer && holds_file(ty) {
        let problem = Problem::new(
            Code::FileInAnswer,
            format!("an answer would hold bytes in `{}`", of.name.camel()),
        );
        let place = cx.phrase(at);
        let problem = problem.at(place).label("inside of JSON there are none");
        cx.report(problem.help("`returns: type: file` is an answer of bytes"));
    }
}

fn choice_in(api: &Api, ty: &Ty) -> bool {
    named(ty).is_some_and(|id| matches!(api[id].kind, Kind::Choice { .. }))
}

fn no_choice(cx: &mut Context<'_>, api: &Api, ty: &Ty, at: &At) {
    if choice_in(api, ty) {
        choice(cx, cx.phrase(at));
    }
}

fn choice(cx: &mut Context<'_>, place: crate::problem::Place) {
    let problem =
        Problem::new(Code::MisplacedType, "a choice stands only in a body").at(place);
    cx.report(problem.label("its fields have nowhere to go").help(
        "the type of one field of an endpoint's `body`, which has at most 4 arguments, neither in a list nor nullable",
    ));
}

/// Reports a type that holds itself without an end.
fn endless(cx: &mut Context<'_>, api: &Api, id: TypeId, fields: &[Field], at: &At) {
    let surely = |field: &Field| match field.ty {
        Ty::Named(target) if field.always || field.required => Some(target),
        _ => None,
    };
    for field in fields {
        let Some(target) = surely(field).filter(|target| id <= *target) else {
            continue;
        };
        let mut seen = vec![false; api.types.len()];
        let mut left = vec![target];
        while let Some(next) = left.pop() {
            if std::mem::replace(&mut seen[next.0], true) {
                continue;
            }
            if let Kind::Struct { fields, .. } = &api[next].kind {
                left.extend(fields.iter().filter_map(surely));
            }
        }
        if seen[id.0] {
            let title =
                format!("every `{}` would hold another one", api[id].name.camel());
            let place = cx.phrase(&at.then("fields").then(&field.wire));
            let problem = Problem::new(Code::EndlessType, title)
                .at(place)
                .label("surely there, again and again");
            cx.report(
                problem.help("somewhere on the way back a field is optional, or a list"),
            );
        }
    }
}

/// Checks that no call answers a choice, and that webhooks send none.
fn answers(cx: &mut Context<'_>, api: &Api) {
    for (number, resource) in api.resources.iter().enumerate() {
        let located = cx.resources[number];
        for (endpoint, key) in
            resource.endpoints.iter().zip(located.resource.endpoints.keys())
        {
            let at = At::top(located.file).then("endpoints").then(key);
            match &endpoint.answer {
                Answer::One(ty) => no_choice(cx, api, ty, &at.then("returns")),
                Answer::Page { item, .. } => no_choice(cx, api, item, &at.then("list")),
                Answer::Nothing | Answer::File => {}
            }
        }
    }
    if let Some(payload) = api.webhook_payload {
        no_choice(cx, api, &Ty::Named(payload), &cx.webhooks().then("payload"));
    }
}
