//! The calls: what they are and take.

use indexmap::IndexMap;

use super::super::document::escaped;
use super::super::json::Json;
use super::super::published::{Answer, Field, Kind, Operation, Shape};
use super::super::refused::Fault;
use super::{Lowering, Sent, is_root, plain, reference};

/// The methods that OpenAPI knows; other keys of a path are none.
const METHODS: &[&str] =
    &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The permissions that a call asks for: Front's own key.
const SCOPES: &str = "x-required-scopes";

/// The media types of JSON and of forms.
const JSON: &str = "application/json";
const FORM: &str = "multipart/form-data";

/// A call as it is written.
pub(super) struct Call<'d> {
    pub(super) id: String,
    /// Where it stands.
    pub(super) at: String,
    pub(super) json: &'d Json,
}

impl<'d> Lowering<'d> {
    pub(super) fn operations(&mut self) {
        let mut places: IndexMap<String, String> = IndexMap::new();
        for (path, item) in self.document.part("paths").entries() {
            if !path.starts_with('/') {
                continue;
            }
            let item = self.follow(item);
            for (method, json) in item.entries() {
                if !METHODS.contains(&method) {
                    continue;
                }
                let at = format!("#/paths/{}/{method}", escaped(path));
                let given = json.get("operationId").text().filter(|id| !id.is_empty());
                let id = match given {
                    Some(id) => id.to_owned(),
                    None => free(derived(method, path), &places),
                };
                if let Some(other) = places.get(&id) {
                    let title = format!("this call and {other} are both named `{id}`");
                    self.fault(Fault::new(at, title));
                    continue;
                }
                places.insert(id.clone(), at.clone());
                let call = Call { id, at, json };
                let operation = self.operation(&call, method, path, item);
                self.operations.insert(call.id, operation);
            }
        }
    }

    fn operation(
        &mut self,
        call: &Call<'d>,
        method: &str,
        path: &str,
        item: &'d Json,
    ) -> Operation {
        let mut query = IndexMap::new();
        // Those of the path hold for all of its calls; a call's own come later and win.
        let lists = [item.get("parameters"), call.json.get("parameters")];
        for parameter in lists.into_iter().flat_map(Json::items) {
            self.parameter(parameter, &mut query);
        }
        let sized = query.contains_key(self.paging.size);
        let (status, answer) = self.answer(call, sized);
        if matches!(answer, Answer::List { .. }) {
            query.shift_remove(self.paging.cursor);
            query.shift_remove(self.paging.size);
        }
        let has_body = !matches!(method, "get" | "head");
        let responses = call.json.get("responses");
        Operation {
            method: method.to_uppercase(),
            path: path.to_owned(),
            group: call.json.get("tags").texts().next().map(str::to_owned),
            scope: call.json.get(SCOPES).texts().next().map(str::to_owned),
            deprecated: call.json.get("deprecated").is_true(),
            params: placeholders(path),
            query,
            body: if has_body { self.body(call) } else { None },
            answer,
            status,
            redirects: responses.has("301"),
        }
    }

    fn parameter(&mut self, json: &'d Json, query: &mut IndexMap<String, Field>) {
        let json = self.follow(json);
        let (Some(key), Some("query")) =
            (json.get("name").text(), json.get("in").text())
        else {
            return;
        };
        let schema = match media(json.get("content")) {
            Some((_, content)) => content.get("schema"),
            None => json.get("schema"),
        };
        let required = json.get("required").is_true();
        query.insert(key.to_owned(), Field { required, shape: self.shape(schema) });
    }

    /// What a call sends: a root. What has no fields is nothing.
    fn body(&mut self, call: &Call<'d>) -> Option<Shape> {
        let content = self.follow(call.json.get("requestBody")).get("content");
        let (media, json) = media(content)?;
        let schema = json.get("schema");
        let mut shape = self.shape(schema);
        let opened = self.open(shape.clone());
        match &opened.kind {
            Kind::Any | Kind::Map => return None,
            Kind::Object(object)
                if object.fields.is_empty() && object.cases.is_none() =>
            {
                return None;
            }
            _ => {}
        }
        if is_root(&shape) {
            shape = self.root(format!("{}.body", call.id), shape);
        }
        if let Kind::Named(name) = &shape.kind {
            let required = match reference(schema) {
                Some(_) => schema.get("required").texts().map(str::to_owned).collect(),
                None => Vec::new(),
            };
            let form = media == FORM;
            self.sent.push(Sent { name: name.clone(), required, form });
        }
        Some(shape)
    }

    /// Notes what stands in place as a root of its own.
    pub(super) fn root(&mut self, name: String, mut shape: Shape) -> Shape {
        let nullable = std::mem::take(&mut shape.nullable);
        self.roots.insert(name.clone(), shape);
        Shape { nullable, ..plain(Kind::Named(name)) }
    }
}

/// The content that counts: JSON where there is any, else the first.
pub(super) fn media(content: &Json) -> Option<(&str, &Json)> {
    let is_json = |media: &str| media.starts_with(JSON) || media.ends_with("+json");
    content
        .entries()
        .find(|(media, _)| is_json(media))
        .or_else(|| content.entries().next())
        .map(|(media, json)| (if is_json(media) { JSON } else { media }, json))
}

/// Whether a media type is JSON, as [`media`] names it.
pub(super) fn is_json(media: &str) -> bool {
    media == JSON
}

/// The id of a call that the document does not name: `get-tags-tag-id`.
fn derived(method: &str, path: &str) -> String {
    let words = path
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase);
    std::iter::once(method.to_owned()).chain(words).collect::<Vec<_>>().join("-")
}

/// A name that nothing has yet.
fn free(name: String, taken: &IndexMap<String, String>) -> String {
    if !taken.contains_key(&name) {
        return name;
    }
    (2..)
        .map(|number| format!("{name}-{number}"))
        .find(|name| !taken.contains_key(name))
        .unwrap_or(name)
}

/// The names in the braces of a path, in its order.
pub(in crate::import) fn placeholders(path: &str) -> Vec<String> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}
