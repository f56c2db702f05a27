//! The response of a call.

use super::Cx;
use crate::known::{Location, Ty};
use crate::occurrences::answer_location;
use crate::propose::Usage;
use crate::published::{Answer, Operation};
use crate::refines::{Simple, refines, simple};
use crate::todo::Todo;
use front_codegen::ir::Scalar;
use front_codegen::phrase;
use front_codegen::spec::model::{Endpoint, Returns};

pub(super) fn answer<'a>(
    cx: &mut Cx<'_, 'a>,
    home: usize,
    new: &mut Endpoint,
    ours: &'a Endpoint,
    id: &str,
    operation: &'a Operation,
) {
    let usage = Usage { sent: false, answered: true, query: false };
    let stays =
        |cx: &Cx<'_, 'a>, phrase: Option<&'a String>, location: &Location<'a>| {
            let phrase = phrase?;
            let fits = match cx.known.read(phrase) {
                Some((_, ty)) => {
                    refines(cx.known, &ty, location).is_some()
                        || ty == Ty::Scalar(Scalar::Json)
                            && stands_for_anything(cx, location)
                }
                None => true,
            };
            fits.then(|| phrase.clone())
        };
    let location = answer_location(id, operation);
    let type_of_ours = ours.returns.as_ref().and_then(|returns| returns.name.as_ref());
    let name = match (&operation.answer, location) {
        (Answer::List { paged, max, .. }, Some(location)) => {
            let item = match stays(cx, ours.list.as_ref(), &location) {
                Some(item) => item,
                None if stands_for_anything(cx, &location) => "json".to_owned(),
                None => cx.propose.phrase(&location, usage, home),
            };
            if operation.status != 200 {
                let text = format!(
                    "the response is a list with status {}, but the spec only has lists with status 200",
                    operation.status
                );
                cx.todo.push(Todo::new(id, text));
            }
            new.list = Some(item);
            new.returns = None;
            match (paged, new.paged) {
                (false, None | Some(true)) => {
                    (new.paged, new.max_page) = (Some(false), None)
                }
                (true, Some(_)) => new.paged = None,
                _ => {}
            }
            // If the document gives no maximum page size, the one in the spec stays.
            if let (true, Some(max)) = (paged, max.filter(|max| *max > 0)) {
                new.max_page = Some(max).filter(|max| *max != cx.front.pagination.max);
            }
            return;
        }
        (Answer::One(_), Some(location)) => {
            Some(match stays(cx, type_of_ours, &location) {
                Some(name) => name,
                None => cx.propose.phrase(&location, usage, home),
            })
        }
        (Answer::File, _) => Some(match type_of_ours {
            Some(name)
                if ours.list.is_none() && phrase::parse(name).is_ok_and(is_file) =>
            {
                name.clone()
            }
            _ => "file".to_owned(),
        }),
        _ => None,
    };
    (new.list, new.paged, new.max_page) = (None, None, None);
    let usual = if name.is_some() { 200 } else { 204 };
    let can = (200..=299).contains(&operation.status)
        && !(name.is_some() && matches!(operation.status, 204 | 205));
    if !can {
        cx.todo.push(Todo::new(
            id,
            format!("invalid response status {}", operation.status),
        ));
    }
    let status = Some(operation.status).filter(|status| can && *status != usual);
    new.returns = match (status, name) {
        (None, None) => None,
        (status, name) => Some(Returns { status, name }),
    };
}

fn is_file(phrase: phrase::Phrase<'_>) -> bool {
    phrase.shape == phrase::Shape::Scalar(Scalar::File)
}

/// Returns whether the items of a page cannot have a type: items cannot be lists.
fn stands_for_anything<'a>(cx: &Cx<'_, 'a>, location: &Location<'a>) -> bool {
    matches!(simple(cx.known, location), Simple::List(_))
        && location.place.ends_with(".answer")
}
