//! Arguments: which inputs `arguments` may and must list, and which names inputs may have.

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

/// Claims the name of every input, and the names of its setters.
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
        // Two fields of one body with the same name were already reported with the type.
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
        // A clash with another field of the body was already reported with the type.
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
            "every request has a method with this name",
        );
        if let Answer::Page { max, .. } = answer {
            keep(
                cx,
                &field.name,
                place.clone(),
                what,
                LIST_METHODS,
                "every request for a list has a method with this name",
            );
            // The parameter itself was already reported: every list has it.
            if max.is_some() && candidate.wire() != cx.spec.front.1.pagination.size {
                let why = "every request for a list has a method with this name";
                keep(cx, &field.name, place, what, &["limit"], why);
            }
        }
    }
}

/// Reports a name that an argument cannot have.
fn keep_argument(cx: &mut Context<'_>, name: &Name, place: SourcePlace, what: &str) {
    let why = "the generated code of the call uses this name";
    keep(cx, name, place.clone(), what, CALL_VARIABLES, why);
    keep(
        cx,
        name,
        place,
        what,
        EXAMPLE_VARIABLES,
        "the examples use this name for the client",
    );
}

/// Reports a name that generated code reserves.
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
            format!("the name `{}` is reserved and cannot name a {what}", name.plain()),
        );
        cx.report(problem.at(place).label(why).help(GIVE_NAME));
    }
}

/// Returns the candidates that `arguments` lists, in its order.
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
                Problem::new(Code::UnknownField, format!("unknown input `{wire}`"))
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
                None => problem
                    .label("neither the query, the headers nor the body has this key"),
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
                    .label("callers do not set a constant")
                    .also(fixed, "its value"),
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

/// A required input that `arguments` of some calls do not list.
struct Missing {
    /// The field, or the parameter.
    field: At,
    wire: String,
    /// The calls, and the position of each call's `arguments`.
    calls: Vec<(String, SourcePlace)>,
}

/// The required inputs that are not arguments. The calls that share a body share its fields, so each field is reported once.
#[derive(Default)]
pub(super) struct MissingArguments(Vec<Missing>);

impl MissingArguments {
    /// Checks that every required input of a call is an argument.
    pub(super) fn check(
        &mut self,
        cx: &Context<'_>,
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
            let place = match written.arguments.is_empty() {
                true => cx.key(at),
                false => cx.key(&at.then("arguments")),
            };
            let call = (owner.to_owned(), place);
            match self.0.iter_mut().find(|known| known.field == candidate.at) {
                Some(known) => known.calls.push(call),
                None => self.0.push(Missing {
                    field: candidate.at.clone(),
                    wire: field.wire.clone(),
                    calls: vec![call],
                }),
            }
        }
    }

    /// Reports each input with all the calls that do not list it.
    pub(super) fn report(self, cx: &mut Context<'_>) {
        for Missing { field, wire, calls } in self.0 {
            let phrase = cx.phrase(&field);
            let problem = match calls.as_slice() {
                [(owner, place)] => {
                    let title = format!(
                        "`{wire}` is required, but `arguments` of `{owner}` does not list it"
                    );
                    let (resource, method) =
                        owner.split_once('.').unwrap_or((owner, ""));
                    Problem::new(Code::MissingArgument, title)
                        .at(place.clone())
                        .label(format!("`{wire}` is missing"))
                        .also(phrase, "required here")
                        .help(format!("add `- {wire}` to `arguments`; it becomes an argument of `{resource}().{method}(..)`"))
                        .help("if the released crate already has this call, the argument breaks its callers: `cargo xtask diff` reports the version that is needed")
                }
                several => {
                    let title = format!(
                        "`{wire}` is required, but `arguments` of {} calls do not list it",
                        several.len()
                    );
                    let problem = Problem::new(Code::MissingArgument, title)
                        .at(phrase)
                        .label("required here");
                    several
                        .iter()
                        .fold(problem, |problem, (owner, place)| {
                            problem.also(place.clone(), format!("missing in `{owner}`"))
                        })
                        .help(format!("add `- {wire}` to `arguments` of each of these calls"))
                        .help("if the released crate already has one of these calls, the argument breaks its callers: `cargo xtask diff` reports the version that is needed")
                }
            };
            cx.report(problem.help(
                "if every call sends the same value, write the value under `fixed` instead",
            ));
        }
    }
}
