//! The calls and their inputs.

use indexmap::IndexMap;

use super::super::document::{self, FORM, JSON, escaped};
use super::super::json::Json;
use super::super::published::{Answer, Field, Kind, Limits, Operation, Shape};
use super::super::refused::Fault;
use super::super::unread::Unread;
use super::{Lowering, Sent, is_root, plain, reference};
use front_codegen::spec::model::Fact;

/// The methods of OpenAPI.
const METHODS: &[&str] =
    &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Front's extension key for the permissions that a call needs.
const SCOPES: &str = "x-required-scopes";

/// A call in the document.
pub(super) struct Call<'d> {
    pub(super) id: String,
    /// The pointer to it.
    pub(super) at: String,
    pub(super) json: &'d Json,
}

/// The query parameters and headers of a call.
#[derive(Default)]
struct Inputs {
    query: IndexMap<String, Field>,
    headers: IndexMap<String, Field>,
    /// The pointers to the parameters, by key.
    places: IndexMap<String, String>,
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
                    let title = format!("this call and {other} have the same id `{id}`");
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
        let mut taken = Inputs::default();
        // Parameters of the path apply to all of its calls. Those of a call come later and take precedence.
        let of_path = format!("#/paths/{}", escaped(path));
        let lists = [(of_path, item), (call.at.clone(), call.json)];
        for (at, json) in lists {
            for (number, json) in json.get("parameters").items().iter().enumerate() {
                self.parameter(json, format!("{at}/parameters/{number}"), &mut taken);
            }
        }
        let Inputs { mut query, headers, places } = taken;
        let size = query.get(self.paging.size).map(|field| field.shape.limits.clone());
        let (status, mut answer) = self.answer(call, size.is_some());
        if let Answer::List { max, paged, .. } = &mut answer {
            if *paged && !query.contains_key(self.paging.cursor) {
                self.unread.push(Unread {
                    at: format!("{}/parameters", call.at),
                    value: Fact::Text(format!("no `{}`", self.paging.cursor)),
                    why: "a list with pages needs a parameter for the cursor".to_owned(),
                });
            }
            let limits = size.unwrap_or_default();
            *max = limits.maximum.and_then(|most| u32::try_from(most).ok());
            for key in [self.paging.cursor, self.paging.size] {
                if let (Some(field), Some(at)) =
                    (query.shift_remove(key), places.get(key))
                {
                    self.paging(&field, key == self.paging.size, at);
                }
            }
        }
        let has_body = !matches!(method, "get" | "head");
        if !has_body && call.json.has("requestBody") {
            self.unread.push(Unread {
                at: format!("{}/requestBody", call.at),
                value: Fact::Text("a body".to_owned()),
                why: format!("a {} has no body", method.to_uppercase()),
            });
        }
        let responses = call.json.get("responses");
        Operation {
            method: method.to_uppercase(),
            path: path.to_owned(),
            group: call.json.get("tags").texts().next().map(str::to_owned),
            scope: call.json.get(SCOPES).texts().next().map(str::to_owned),
            deprecated: call.json.get("deprecated").is_true(),
            params: placeholders(path),
            query,
            headers,
            body: if has_body { self.body(call) } else { None },
            answer,
            status,
            redirects: responses.has("301"),
        }
    }

    fn parameter(&mut self, json: &'d Json, at: String, taken: &mut Inputs) {
        let at = reference(json).map_or(at, str::to_owned);
        let json = self.follow(json);
        let (Some(key), Some(place)) = (json.get("name").text(), json.get("in").text())
        else {
            return;
        };
        let inputs = match place {
            "query" => &mut taken.query,
            "header" if !document::has_own_place(key) => &mut taken.headers,
            _ => return,
        };
        let schema = match media(json.get("content")) {
            Some((_, content)) => content.get("schema"),
            None => json.get("schema"),
        };
        let required = json.get("required").is_true();
        let mut shape = self.shape(schema);
        shape.limits.deprecated |= json.get("deprecated").is_true();
        if place == "header" {
            let opened = self.open(shape.clone());
            if matches!(
                opened.kind,
                Kind::List(_)
                    | Kind::Object(_)
                    | Kind::Map
                    | Kind::OneOf(_)
                    | Kind::File
            ) {
                self.unread.push(Unread::new(
                    format!("{at}/schema"),
                    schema,
                    "a header is sent as one value, unchanged",
                ));
                let limits =
                    Limits { deprecated: shape.limits.deprecated, ..Limits::default() };
                shape = Shape { limits, ..plain(Kind::String) };
            }
        }
        // Header names are case-insensitive.
        inputs.retain(|known, _| place == "query" || !known.eq_ignore_ascii_case(key));
        inputs.insert(key.to_owned(), Field { required, shape });
        taken.places.insert(key.to_owned(), at);
    }

    /// Reports what the paging parameters specify beyond what every list has.
    fn paging(&mut self, field: &Field, is_size: bool, at: &str) {
        let why = "every list has the paging parameters of spec/front.yaml";
        let limits = &field.shape.limits;
        let kind = self.open(field.shape.clone()).kind;
        let expected = match is_size {
            true => matches!(kind, Kind::Integer | Kind::Number | Kind::Any),
            false => matches!(kind, Kind::String | Kind::Any),
        };
        let specified = [
            ("schema/type", (!expected).then(|| super::super::phrase::of(&field.shape))),
            ("required", field.required.then(|| "true".to_owned())),
            ("deprecated", limits.deprecated.then(|| "true".to_owned())),
            ("schema/default", limits.default.clone()),
            (
                "schema/minimum",
                limits.minimum.filter(|it| *it > 1).map(|it| it.to_string()),
            ),
            ("schema/maxLength", limits.max_length.map(|it| it.to_string())),
        ];
        for (key, value) in specified {
            let Some(value) = value else { continue };
            let unread = Unread {
                at: format!("{at}/{key}"),
                value: Fact::Text(value),
                why: why.to_owned(),
            };
            if !self.unread.contains(&unread) {
                self.unread.push(unread);
            }
        }
    }

    /// Returns the body of a call, which is a root. An object without fields is no body.
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
            Kind::Object(_) => {}
            _ => {
                let what = super::super::phrase::of(&shape);
                let title = format!(
                    "the body of `{}` is {what}, but the spec can only express an object with fields",
                    call.id
                );
                let help = "the import would lose the new body: import a copy of the document without this call, or extend the language of the spec";
                self.fault(
                    Fault::new(format!("{}/requestBody", call.at), title).help(help),
                );
                return None;
            }
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
            let at =
                format!("{}/requestBody/content/{}/schema", call.at, escaped(media));
            self.sent.push(Sent { name: name.clone(), required, form, at });
        }
        Some(shape)
    }

    /// Records an inline schema as a root.
    pub(super) fn root(&mut self, name: String, mut shape: Shape) -> Shape {
        let nullable = std::mem::take(&mut shape.nullable);
        self.roots.insert(name.clone(), shape);
        Shape { nullable, ..plain(Kind::Named(name)) }
    }
}

/// Returns the content that is read, with the name of its media type.
pub(super) fn media(content: &Json) -> Option<(&str, &Json)> {
    document::media(content).map(|(_, name, json)| (name, json))
}

/// Returns whether a media type is JSON, as [`media`] names it.
pub(super) fn is_json(media: &str) -> bool {
    media == JSON
}

/// Returns an id for a call without `operationId`, such as `get-tags-tag-id`.
fn derived(method: &str, path: &str) -> String {
    let words = path
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase);
    std::iter::once(method.to_owned()).chain(words).collect::<Vec<_>>().join("-")
}

/// Returns an unused name.
fn free(name: String, taken: &IndexMap<String, String>) -> String {
    if !taken.contains_key(&name) {
        return name;
    }
    (2..)
        .map(|number| format!("{name}-{number}"))
        .find(|name| !taken.contains_key(name))
        .unwrap_or(name)
}

/// Returns the placeholders of a path, in its order.
pub(crate) fn placeholders(path: &str) -> Vec<String> {
    path.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name.to_owned())
        .collect()
}
