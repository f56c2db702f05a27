//! What a call answers.

use super::Cx;
use crate::known::{Site, Ty};
use crate::propose::Use;
use crate::published::{Answer, Operation};
use crate::refines::{Simple, refines, simple};
use crate::report::Todo;
use front_codegen::ir::Scalar;
use front_codegen::phrase;
use front_codegen::spec::model::{Endpoint, Returns};

/// The answer of a call as a place: `id.answer`, or the root that it is. None where there is no value.
pub(super) fn answer_site<'a>(id: &str, operation: &'a Operation) -> Option<Site<'a>> {
    match &operation.answer {
        Answer::One(shape) | Answer::List { item: shape, .. } => {
            Some(Site::new(format!("{id}.answer"), shape))
        }
        Answer::Nothing | Answer::File => None,
    }
}

pub(super) fn answer<'a>(
    cx: &mut Cx<'_, 'a>,
    home: usize,
    new: &mut Endpoint,
    ours: &'a Endpoint,
    id: &str,
    operation: &'a Operation,
) {
    let usage = Use { sent: false, answered: true, query: false };
    let stays = |cx: &Cx<'_, 'a>, phrase: Option<&'a String>, site: &Site<'a>| {
        let phrase = phrase?;
        let fits = match cx.known.read(phrase) {
            Some((_, ty)) => {
                refines(cx.known, &ty, site).is_some()
                    || ty == Ty::Scalar(Scalar::Json) && stands_for_anything(cx, site)
            }
            None => true,
        };
        fits.then(|| phrase.clone())
    };
    let site = answer_site(id, operation);
    let type_of_ours = ours.returns.as_ref().and_then(|returns| returns.name.as_ref());
    let name = match (&operation.answer, site) {
        (Answer::List { paged, max, .. }, Some(site)) => {
            let item = match stays(cx, ours.list.as_ref(), &site) {
                Some(item) => item,
                None if stands_for_anything(cx, &site) => "json".to_owned(),
                None => cx.propose.phrase(&site, usage, home),
            };
            if operation.status != 200 {
                let text = format!(
                    "it answers a list with {}, and lists of ours come with 200",
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
            // Where the document says no largest page, ours is what people know.
            if let (true, Some(max)) = (paged, max.filter(|max| *max > 0)) {
                new.max_page = Some(max).filter(|max| *max != cx.front.pagination.max);
            }
            return;
        }
        (Answer::One(_), Some(site)) => Some(match stays(cx, type_of_ours, &site) {
            Some(name) => name,
            None => cx.propose.phrase(&site, usage, home),
        }),
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
            format!("it answers with {}, which cannot be", operation.status),
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

/// Whether a page's items have no type of their own: lists are not items.
fn stands_for_anything<'a>(cx: &Cx<'_, 'a>, site: &Site<'a>) -> bool {
    matches!(simple(cx.known, site), Simple::List(_)) && site.place.ends_with(".answer")
}
