//! The responses of endpoints.

use super::context::{At, Context};
use super::index::{Index, unknown_type};
use crate::ir::{Answer, Scalar, Ty};
use crate::problem::{Code, Problem};
use crate::spec::model;

/// Resolves the response of an endpoint.
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
                    &format!("`{key}` needs `list`"),
                    "the response is not a list",
                );
            }
        }
        return match &written.returns {
            Some(returns) => one(cx, index, returns, &at.then("returns")),
            None => Answer::Nothing,
        };
    };
    if written.returns.is_some() {
        let problem = Problem::new(
            Code::WrongAnswer,
            "both `list` and `returns` describe the response",
        );
        let problem = problem.at(cx.key(&at.then("returns"))).label("remove this");
        let list = cx.key(&at.then("list"));
        cx.report(problem.also(list, "or this"));
    }
    let list = at.then("list");
    let item = index
        .bare(cx, item, &list, "an item of a list is never null")
        .unwrap_or_else(unknown_type);
    let value = cx.value(&list);
    no_file(cx, &item, value.clone());
    if matches!(item, Ty::List(_)) {
        let problem =
            Problem::new(Code::MisplacedType, "the items of a page cannot be lists");
        cx.report(problem.at(value).label("write the type of one item"));
    }
    if written.paged == Some(false) && written.max_page.is_some() {
        let label = "this list has no pages";
        wrong(cx, &at.then("max_page"), "`max_page` needs a list with pages", label);
    }
    if written.max_page == Some(0) {
        let problem = Problem::new(Code::InvalidValue, "invalid value `0`")
            .at(cx.value(&at.then("max_page")));
        cx.report(problem.label("at least 1 is expected"));
    }
    if written.paged == Some(true) {
        cx.redundant(&at.then("paged"), "lists have pages by default");
    }
    if written.max_page == Some(cx.spec.front.1.pagination.max) {
        cx.redundant(&at.then("max_page"), "the largest page size of the API");
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
                Code::InvalidValue,
                format!("invalid response status {status}"),
            );
            let place = cx.value(&value);
            cx.report(
                problem.at(place).label("a status from 200 to 299 is expected").help(
                    "errors are listed in front.yaml, redirects under `redirects`",
                ),
            );
        } else if matches!(status, 204 | 205) && returns.name.is_some() {
            let problem = Problem::new(
                Code::WrongAnswer,
                format!("a response with status {status} has no body"),
            );
            let problem = problem.at(cx.value(&value)).label("the status");
            let ty = cx.key(&at.then("type"));
            cx.report(problem.also(ty, "remove the type, or change the status"));
        } else if status == 200 && returns.name.is_some() {
            cx.redundant(&value, "the default status of a response with a type");
        } else if status == 204 && returns.name.is_none() {
            cx.redundant(at, "the default of a call without a response type");
        }
    }
    let Some(text) = &returns.name else {
        return Answer::Nothing;
    };
    match index.bare(cx, text, at, "a response is never null") {
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
        let problem = Problem::new(
            Code::FileInAnswer,
            "a response cannot contain bytes beside other values",
        )
        .at(place);
        cx.report(
            problem
                .label("JSON cannot contain bytes")
                .help("`returns: type: file` means that the whole response is a file"),
        );
    }
}

/// Returns whether values of the type are bytes, or lists of bytes.
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
