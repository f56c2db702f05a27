//! Arguments: what `arguments` may and must name, and what inputs may be called.

use super::claims::{Claims, GIVE_NAME};
use super::context::{At, Context};
use super::inputs::Candidate;
use super::types;
use crate::ir::{Answer, PathParam, Place, Scalar, Ty};
use crate::names::{Name, nearest};
use crate::problem::{Code, Place as SourcePlace, Problem};
use crate::reserved::{
    CALL_VARIABLES, EXAMPLE_VARIABLES, LIST_METHODS, REQUEST_METHODS,
};
use crate::spec::model;

/// Claims the name of every input, and the methods that setters are.
pub(super) fn claim(
    cx: &mut Context<'_>,
    path_params: &[PathParam],
    candidates: &[Candidate],
    written: &model::Endpoint,
    at: &At,
    answer: &Answer,
) {
    let mut names = Claims::default();
    for param in path_params {
        let place = match written.params.contains_key(&param.wire) {
            true => cx.key(&at.then("params").then(&param.wire)),
            false => {
                let part = written
                    .path
                    .find(&format!("{{{}}}", param.wire))
                    .unwrap_or_default();
                let part = part..part + param.wire.len() + 2;
                cx.part(cx.value(&at.then("path")), &written.path, part)
            }
        };
        names.claim(
            cx,
            &param.name,
            param.name.snake(),
            place.clone(),
            "placeholder",
            GIVE_NAME,
        );
        keep_argument(cx, &param.name, place, "placeholder");
    }
    let mut members: Vec<&Name> = Vec::new();
    for candidate in candidates {
        let field = &candidate.input.field;
        // Two fields of one body with one name were reported with the type.
        if field.fixed.is_some()
            || candidate.member.is_some() && members.contains(&&field.name)
        {
            continue;
        }
        let (what, place) = match candidate.member {
            None if candidate.input.place == Place::Header => {
                ("header", cx.key(&candidate.at))
            }
            None => ("query parameter", cx.key(&candidate.at)),
            Some(_) => {
                members.push(&field.name);
                ("field of the body", cx.key(&candidate.at))
            }
        };
        names.claim(cx, &field.name, field.name.snake(), place.clone(), what, GIVE_NAME);
        if written.arguments.iter().any(|wire| wire == candidate.wire()) {
            keep_argument(cx, &field.name, place, what);
            continue;
        }
        if field.required {
            continue;
        }
        let clear = format!("clear_{}", field.name.plain());
        // Beside another field of one body it was reported with the type.
        let beside = |other: &Candidate| {
            other.member.is_some() && other.input.field.name.plain() == clear
        };
        if field.nullable && !candidates.iter().any(beside) {
            let what = "method that sends null for a field";
            names.claim(cx, &field.name, clear, place.clone(), what, GIVE_NAME);
        }
        keep(
            cx,
            &field.name,
            place.clone(),
            what,
            REQUEST_METHODS,
            "every request has a method of that name",
        );
        if let Answer::Page { max, .. } = answer {
            keep(
                cx,
                &field.name,
                place.clone(),
                what,
                LIST_METHODS,
                "every list's request has a method of that name",
            );
            // The parameter itself was reported: every list has it.
            if max.is_some() && candidate.wire() != cx.spec.front.1.pagination.size {
                let why = "every list's request has a method of that name";
                keep(cx, &field.name, place, what, &["limit"], why);
            }
        }
    }
}

/// Reports a name that an argument cannot have.
fn keep_argument(cx: &mut Context<'_>, name: &Name, place: SourcePlace, what: &str) {
    let why = "a call's own code has it for something else";
    keep(cx, name, place.clone(), what, CALL_VARIABLES, why);
    keep(cx, name, place, what, EXAMPLE_VARIABLES, "the examples call the client so");
}

/// Reports a name that generated code keeps for itself.
fn keep(
    cx: &mut Context<'_>,
    name: &Name,
    place: SourcePlace,
    what: &str,
    kept: &[&str],
    why: &str,
) {
    if kept.contains(&name.plain()) {
        let problem = Problem::new(
            Code::ReservedName,
            format!("no {what} may be called `{}`", name.plain()),
        );
        cx.report(problem.at(place).label(why).help(GIVE_NAME));
    }
}

/// The candidates that `arguments` names, in its order.
pub(super) fn arguments(
    cx: &mut Context<'_>,
    candidates: &[Candidate],
    written: &model::Endpoint,
    at: &At,
) -> Vec<usize> {
    let at = at.then("arguments");
    types::twice(cx, &written.arguments, &at);
    let mut order = Vec::new();
    for (item, wire) in written.arguments.iter().enumerate() {
        let place = cx.value(&at.then(item));
        let Some(number) =
            candidates.iter().position(|candidate| candidate.wire() == wire)
        else {
            let problem =
                Problem::new(Code::UnknownField, format!("there is no input `{wire}`"))
                    .at(place);
            let by_name = candidates
                .iter()
                .find(|candidate| candidate.input.field.name.plain() == wire);
            let near = match by_name {
                Some(candidate) => Some(candidate.wire()),
                None => nearest(wire, candidates.iter().map(Candidate::wire)),
            };
            let problem = match near {
                Some(near) => problem.label(format!("did you mean `{near}`?")),
                None => problem.label("not a key of the query, headers or body"),
            };
            cx.report(problem.help(
                "`arguments` lists query parameters, headers and body fields by key",
            ));
            continue;
        };
        if candidates[number].input.field.fixed.is_some() {
            let problem =
                Problem::new(Code::WrongArgument, format!("`{wire}` is a constant"));
            let fixed = cx.value(&candidates[number].at.then("fixed"));
            cx.report(
                problem
                    .at(place)
                    .label("nobody gives it")
                    .also(fixed, "it is always this"),
            );
        } else if !order.contains(&number) {
            order.push(number);
            boolean(cx, &candidates[number], place);
        }
    }
    order
}

/// Warns of an argument that callers would write as a bare `true`. It is a warning because an import can bring such a call.
fn boolean(cx: &mut Context<'_>, candidate: &Candidate, place: SourcePlace) {
    if candidate.input.field.ty != Ty::Scalar(Scalar::Boolean) {
        return;
    }
    let wire = candidate.wire();
    let title = format!("the argument `{wire}` is a bare boolean");
    let phrase = cx.phrase(&candidate.at);
    let problem = Problem::new(Code::BooleanArgument, title)
        .at(place)
        .label("a call with `true` does not show what it asks for")
        .also(phrase, "the type");
    cx.report(problem.help("name its two values: a type with `flag`"));
}

/// Checks that every required input is an argument.
pub(super) fn required(
    cx: &mut Context<'_>,
    candidates: &[Candidate],
    order: &[usize],
    owner: &str,
    written: &model::Endpoint,
    at: &At,
) {
    for (number, candidate) in candidates.iter().enumerate() {
        let field = &candidate.input.field;
        if !field.required || field.fixed.is_some() || order.contains(&number) {
            continue;
        }
        let place = if written.arguments.is_empty() {
            cx.key(at)
        } else {
            cx.key(&at.then("arguments"))
        };
        let title = format!(
            "`{}` is required, and `arguments` of `{owner}` does not name it",
            field.wire
        );
        let phrase = cx.phrase(&candidate.at);
        let (resource, method) = owner.split_once('.').unwrap_or((owner, ""));
        cx.report(
            Problem::new(Code::MissingArgument, title)
                .at(place)
                .label("it is not here")
                .also(phrase, "required here")
                .help(format!("add `- {}` to `arguments`", field.wire))
                .help(format!("that adds an argument to `{resource}().{method}(..)` and breaks every call of it: a major version"))
                .help("if it only has one value, give it `fixed` instead, and every call sends that".to_owned()),
        );
    }
}
