//! The responses of calls.

use super::super::document::{chosen, success, unescaped};
use super::super::published::{Answer, Kind, Shape};
use super::super::refused::Fault;
use super::super::unread::Unread;
use super::operation::{Call, is_json, media};
use super::{Lowering, PAGINATION, RESULTS, is_root, plain, reference};

/// The pointer to the named responses.
const RESPONSES: &str = "#/components/responses/";

impl<'d> Lowering<'d> {
    /// Returns the success status and the response. `sized`: the call has a page size.
    pub(super) fn answer(&mut self, call: &Call<'d>, sized: bool) -> (u16, Answer) {
        let Some((key, response)) = chosen(self.document, call.json) else {
            let fault = if call.json.has("responses") {
                Fault::new(call.at.clone(), "the call has no success response")
            } else {
                Fault::new(call.at.clone(), "the call has no `responses`")
            };
            self.fault(fault);
            return (200, Answer::Nothing);
        };
        let status = success(key).unwrap_or(200);
        let at = match reference(response) {
            Some(pointer) => pointer.to_owned(),
            None => format!("{}/responses/{key}", call.at),
        };
        // A shared response is a root with the name of the response.
        let name = reference(response).and_then(|at| at.strip_prefix(RESPONSES));
        let name = match name {
            Some(name) => format!("responses.{}", unescaped(name)),
            None => format!("{}.answer", call.id),
        };
        let Some((media, json)) = media(self.follow(response).get("content")) else {
            return (status, Answer::Nothing);
        };
        let shape = self.shape(json.get("schema"));
        let opened = self.open(shape.clone());
        if !is_json(media)
            && matches!(opened.kind, Kind::File | Kind::String | Kind::Any)
        {
            return (status, Answer::File);
        }
        if let Some(list) = self.results(&shape, &opened, &name, sized) {
            return (status, list);
        }
        if opened.nullable {
            let at = format!("{at}/content");
            let why = "in the spec, a response is never null";
            let unread = Unread::new(at, json.get("schema"), why);
            if !self.unread.contains(&unread) {
                self.unread.push(unread);
            }
        }
        (status, Answer::One(self.named(shape, name)))
    }

    /// Returns the list in a response, if it is one.
    fn results(
        &mut self,
        shape: &Shape,
        opened: &Shape,
        name: &str,
        sized: bool,
    ) -> Option<Answer> {
        let Kind::Object(object) = &opened.kind else {
            return None;
        };
        let results = self.open(object.fields.get(RESULTS)?.shape.clone());
        let Kind::List(item) = results.kind else {
            return None;
        };
        let name = match &shape.kind {
            Kind::Named(schema) => format!("{schema}.{RESULTS}"),
            _ => name.to_owned(),
        };
        let item = Shape { nullable: false, ..self.named(*item, name) };
        Some(Answer::List {
            item,
            paged: sized && object.fields.contains_key(PAGINATION),
            max: None,
        })
    }

    /// Returns a name for an inline schema, if it can be a root.
    fn named(&mut self, shape: Shape, name: String) -> Shape {
        if !is_root(&shape) {
            return shape;
        }
        if self.roots.get(&name).is_some_and(|known| known.kind == shape.kind) {
            return Shape { nullable: shape.nullable, ..plain(Kind::Named(name)) };
        }
        self.root(name, shape)
    }
}
