//! What a call answers.

use super::context::{At, Context};
use super::index::{Index, unknown_type};
use crate::ir::{Answer, Scalar, Ty};
use crate::problem::{Code, Problem};
use crate::spec::model;

/// The answer of an endpoint.
pub(super) fn answer(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    written: &model::Endpoint,
    at: &At,
) -> Answer {
    let Some(item) = &written.list else {
        for (key, there) in [
            ("paged", written.paged.is_some()),
            ("max_page", written.max_page.is_some()),
        ] {
            if there {
                wrong(
                    cx,
                    &at.then(key),
                    &format!("`{key}` goes with `list`"),
                    "this answer is not a list",
                );
            }
        }
        return match &written.returns {
            Some(returns) => one(cx, index, returns, &at.then("returns")),
            None => Answer::Nothing,
        };
    };
    if written.returns.is_some() {
        let problem = Problem::new(Code::WrongAnswer, "an answer is a list or is not");
        let problem = problem.at(cx.key(&at.then("returns"))).label("either this");
        let list = cx.key(&at.then("list"));
        cx.report(problem.also(list, "or this"));
    }
    let list = at.then("list");
    let item = index
        .bare(cx, item, &list, "every item of a list is there")
        .unwrap_or_else(unknown_type);
    let value = cx.value(&list);
    no_file(cx, &item, value.clone());
    if matches!(item, Ty::List(_)) {
        let problem =
            Problem::new(Code::MisplacedType, "an item of a page is not itself a list");
        cx.report(problem.at(value).label("the type of one item is expected"));
    }
    if written.paged == Some(false) && written.max_page.is_some() {
        let label = "this list is not cut into pages";
        wrong(cx, &at.then("max_page"), "`max_page` goes with pages", label);
    }
    if written.max_page == Some(0) {
        let problem = Problem::new(Code::WrongFigure, "invalid value `0`")
            .at(cx.value(&at.then("max_page")));
        cx.report(problem.label("a page holds at least 1"));
    }
    if written.paged == Some(true) {
        cx.redundant(&at.then("paged"), "every list is, unless it says `false`");
    }
    if written.max_page == Some(cx.spec.front.1.pagination.max) {
        cx.redundant(&at.then("max_page"), "the largest page of the API");
    }
    let max = match written.paged {
        Some(false) => None,
        _ => Some(written.max_page.unwrap_or(cx.spec.front.1.pagination.max)),
    };
    Answer::Page { item, max }
}

/// Returns the status of a successful response: the one in the spec, else 200, or 204 if nothing is returned.
#[must_use]
pub fn status(written: &model::Endpoint) -> u16 {
    let returns = written.returns.as_ref();
    let has_body =
        written.list.is_some() || returns.is_some_and(|returns| returns.name.is_some());
    let usual = if has_body { 200 } else { 204 };
    match written.list {
        Some(_) => usual,
        None => returns.and_then(|returns| returns.status).unwrap_or(usual),
    }
}

fn one(
    cx: &mut Context<'_>,
    index: &Index<'_>,
    returns: &model::Returns,
    at: &At,
) -> Answer {
    if let Some(status) = returns.status {
        let value = at.then("status");
        if !(200..=299).contains(&status) {
            let problem = Problem::new(
                Code::WrongFigure,
                format!("{status} is not the status of an answer"),
            );
            let place = cx.value(&value);
            cx.report(
                problem
                    .at(place)
                    .label("from 200 to 299")
                    .help("errors stand in front.yaml, redirects under `redirects`"),
            );
        } else if matches!(status, 204 | 205) && returns.name.is_some() {
            let problem =
                Problem::new(Code::WrongAnswer, format!("{status} answers nothing"));
            let problem = problem.at(cx.value(&value)).label("the status");
            let ty = cx.key(&at.then("type"));
            cx.report(problem.also(ty, "so there is no type"));
        } else if status == 200 && returns.name.is_some() {
            cx.redundant(&value, "an answer with a type has this status");
        } else if status == 204 && returns.name.is_none() {
            cx.redundant(at, "a call that says nothing of its answer has none");
        }
    }
    let Some(text) = &returns.name else {
        return Answer::Nothing;
    };
    match index.bare(cx, text, at, "an answer is there") {
        Some(Ty::Scalar(Scalar::File)) => Answer::File,
        Some(ty) => {
            let place = cx.phrase(at);
            no_file(cx, &ty, place);
            Answer::One(ty)
        }
        None => Answer::One(unknown_type()),
    }
}

fn no_file(cx: &mut Context<'_>, ty: &Ty, place: crate::problem::Place) {
    if holds_file(ty) {
        let problem =
            Problem::new(Code::FileInAnswer, "bytes are an answer alone, or none")
                .at(place);
        cx.report(
            problem
                .label("inside of JSON there are none")
                .help("`returns: type: file` is an answer of bytes"),
        );
    }
}

/// Whether values of the type are or list bytes.
pub(super) fn holds_file(ty: &Ty) -> bool {
    match ty {
        Ty::List(item) | Ty::Map(item) => holds_file(item),
        Ty::Scalar(scalar) => *scalar == Scalar::File,
        Ty::Id(_) | Ty::Named(_) => false,
    }
}

fn wrong(cx: &mut Context<'_>, at: &At, title: &str, label: &str) {
    let place = cx.key(at);
    cx.report(Problem::new(Code::WrongAnswer, title).at(place).label(label));
}
