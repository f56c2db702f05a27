//! The rules that depend on whether a type is sent, received or both.

use super::answers::holds_file;
use super::context::{At, Context};
use super::direction::{Reach, named};
use super::index::{Index, misplaced};
use super::keys;
use crate::ir::{Answer, Api, Field, Kind, Ty, Type, TypeId};
use crate::problem::{Code, Problem};

/// Checks every type against its directions, and that choices are only used in bodies.
pub(super) fn check(cx: &mut Context<'_>, index: &Index<'_>, api: &Api, reach: &Reach) {
    for (number, of) in api.types.iter().enumerate() {
        let (id, at) = (TypeId(number), &index.types_at[number]);
        match &of.kind {
            Kind::Struct { fields, required, links, at_least_one } => {
                structure(cx, of, links.is_some(), !at_least_one.is_empty(), at);
                if !at_least_one.is_empty() && reach.nested[number] {
                    nested_at_least_one(cx, of, at);
                }
                if of.direction.body || of.direction.input {
                    keys::claim(cx, api, fields, &at.then("fields"));
                }
                for field in fields {
                    let at = at.then("fields").then(&field.wire);
                    let phrase = &index.written[number]
                        .fields
                        .as_ref()
                        .map_or("", |all| &all[&field.wire].0.phrase);
                    member(cx, api, id, field, phrase, &at, reach);
                }
                endless(cx, api, id, (fields, required), at);
            }
            Kind::Union { cases, .. } => {
                for case in cases {
                    let at = at.then("union").then("cases").then(&case.wire);
                    received_file(cx, of, &case.ty, &at);
                    sent_file(cx, api, of, &case.ty, &at);
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
            Kind::Enum(_) | Kind::Flag(_) => {}
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
        let title = format!("no response contains `{}`", of.name.camel());
        let problem = Problem::new(Code::MisplacedLinks, title);
        let place = cx.key(&at.then("links"));
        cx.report(problem.at(place).label("only a type of a response can have `links`"));
    }
    if has_at_least_one && of.direction.answer && !sent {
        let title = format!("no request contains `{}`", of.name.camel());
        let problem = Problem::new(Code::WrongType, title);
        let place = cx.key(&at.then("at_least_one"));
        cx.report(
            problem.at(place).label("only a type of a request can have `at_least_one`"),
        );
    }
}

/// Reports `at_least_one` on a type that is not a whole body: it is only checked for the fields of the body itself.
fn nested_at_least_one(cx: &mut Context<'_>, of: &Type, at: &At) {
    let title = format!("`{}` is also used inside another type", of.name.camel());
    let problem = Problem::new(Code::WrongType, title);
    let place = cx.key(&at.then("at_least_one"));
    cx.report(
        problem
            .at(place)
            .label("only checked for a type that is always a whole body")
            .help("write under `about` of the type that one of the fields must be set"),
    );
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
            "it is a guarantee about responses, and only requests contain this type",
        );
    }
    if field.required && of.direction.answer && !sent {
        misplaced(
            cx,
            phrase,
            "required",
            at,
            "it is about requests, and only responses contain this type",
        );
    }
    if of.direction.input && of.direction.answer {
        both_ways(cx, of, field, phrase, at);
    }
    if field.always && reach.event[id.0] && field.wire != "id" {
        let problem = Problem::new(
            Code::AlwaysInEvent,
            format!(
                "webhook deliveries may contain shortened `{}` objects",
                of.name.camel()
            ),
        );
        let start = phrase.find("always").unwrap_or_default();
        let place = cx.part(cx.phrase(at), phrase, start..start + "always".len());
        let payload = cx.value(&cx.webhooks().then("payload"));
        let problem = problem.at(place).label("only `id` is always present");
        cx.report(problem.also(payload, "the payload that contains it"));
    }
    if field.wire.contains('.') && (of.direction.answer || reach.nested[id.0]) {
        let title = format!(
            "the dotted key `{}` is allowed only in a type that is a whole body",
            field.wire
        );
        let why = if of.direction.answer {
            "responses contain this type"
        } else {
            "this type is used inside another type"
        };
        let place = cx.key(at);
        let problem = Problem::new(Code::DottedKey, title).at(place).label(why);
        cx.report(problem.help("define a type for the object"));
    }
    if field.fixed.is_some() && of.direction.answer {
        let problem =
            Problem::new(Code::WrongFixed, "a field of a response cannot be a constant");
        let place = cx.key(&at.then("fixed"));
        cx.report(
            problem.at(place).label(format!("responses contain `{}`", of.name.camel())),
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

/// Reports marks that a type in requests and responses cannot have, because its fields have one form for both.
fn both_ways(cx: &mut Context<'_>, of: &Type, field: &Field, phrase: &str, at: &At) {
    let is_many = matches!(field.ty, Ty::List(_) | Ty::Map(_));
    let title = format!("requests and responses both contain `{}`", of.name.camel());
    let misplaced = |cx: &mut Context<'_>, word: &str, why| {
        let start = phrase.find(word).unwrap_or_default();
        let place = cx.part(cx.phrase(at), phrase, start..start + word.len());
        let problem =
            Problem::new(Code::MisplacedWord, title.as_str()).at(place).label(why);
        cx.report(problem.help(format!(
            "use two types, one for requests and one for responses, or remove `{word}`"
        )));
    };
    if field.always {
        misplaced(cx, "always", "a caller who sends a value would have to invent it");
    } else if is_many && field.fixed.is_none() && field.required {
        let why =
            "an empty one would not be sent, because a missing one is read as empty";
        misplaced(cx, "required", why);
    } else if is_many && field.fixed.is_none() {
        let place = cx.phrase(at);
        let problem = Problem::new(Code::ListBothWays, title).at(place).label(
            "an empty one is not sent: missing and empty are the same in a response",
        );
        cx.report(problem.help("use two types, one for requests and one for responses"));
    }
}

fn received_file(cx: &mut Context<'_>, of: &Type, ty: &Ty, at: &At) {
    if of.direction.answer && holds_file(ty) {
        let problem = Problem::new(
            Code::FileInAnswer,
            format!("a response would contain bytes in `{}`", of.name.camel()),
        );
        let place = cx.phrase(at);
        let problem = problem.at(place).label("JSON cannot contain bytes");
        cx.report(
            problem
                .help("`returns: type: file` means that the whole response is a file"),
        );
    }
}

/// Reports bytes in a union that is sent: only fields become parts of an upload.
fn sent_file(cx: &mut Context<'_>, api: &Api, of: &Type, ty: &Ty, at: &At) {
    if of.direction.input && reaches_file(api, ty) {
        let title = format!("a request would contain bytes in `{}`", of.name.camel());
        let problem = Problem::new(Code::FileInUnion, title).at(cx.phrase(at));
        cx.report(
            problem
                .label("a union is sent as JSON, which cannot contain bytes")
                .help("make the `file` a field of the body, beside the union"),
        );
    }
}

/// Returns whether values of the type contain bytes, except in further unions, which are checked separately.
fn reaches_file(api: &Api, ty: &Ty) -> bool {
    let mut seen = vec![false; api.types.len()];
    let mut left = vec![ty];
    while let Some(ty) = left.pop() {
        if holds_file(ty) {
            return true;
        }
        if let Some(id) = named(ty)
            && !std::mem::replace(&mut seen[id.0], true)
            && let Kind::Struct { fields, .. } = &api[id].kind
        {
            left.extend(fields.iter().map(|field| &field.ty));
        }
    }
    false
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
        Problem::new(Code::MisplacedType, "a choice cannot be used here").at(place);
    cx.report(problem.label("only the type of a field of a body can be a choice").help(
        "use it as the type of a field of a `body`, not in a list and not nullable, where the call has at most 4 arguments",
    ));
}

/// Reports a type that contains itself without an end.
fn endless(
    cx: &mut Context<'_>,
    api: &Api,
    id: TypeId,
    (fields, required): (&[Field], &[usize]),
    at: &At,
) {
    // `new` also requires the fields that `arguments` lists.
    let surely = |fields: &[Field], required: &[usize]| -> Vec<(usize, TypeId)> {
        let all = fields.iter().enumerate();
        all.filter_map(|(number, field)| match field.ty {
            Ty::Named(target) if field.always || required.contains(&number) => {
                Some((number, target))
            }
            _ => None,
        })
        .collect()
    };
    for (number, target) in surely(fields, required) {
        if target < id {
            continue;
        }
        let field = &fields[number];
        let mut seen = vec![false; api.types.len()];
        let mut left = vec![target];
        while let Some(next) = left.pop() {
            if std::mem::replace(&mut seen[next.0], true) {
                continue;
            }
            if let Kind::Struct { fields, required, .. } = &api[next].kind {
                left.extend(surely(fields, required).into_iter().map(|(_, of)| of));
            }
        }
        if seen[id.0] {
            let title = format!(
                "every `{}` would contain another one, without an end",
                api[id].name.camel()
            );
            let place = cx.phrase(&at.then("fields").then(&field.wire));
            let problem =
                Problem::new(Code::EndlessType, title).at(place).label("always present");
            cx.report(problem.help("make a field on the cycle optional, or a list"));
        }
    }
}

/// Checks that no response and no webhook payload is a choice.
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
