//! Converts schemas to shapes.

use indexmap::IndexMap;

use super::super::document::{DEEP, unescaped};
use super::super::json::Json;
use super::super::published::{Field, Kind, Limits, Object, Shape};
use super::super::refused::Fault;
use super::join::distinct;
use super::{LINKS, Lowering, RELATED, SCHEMAS, plain, pointer, reference};

impl<'d> Lowering<'d> {
    /// Returns the shape of a schema. A reference to a schema stays a name.
    pub(super) fn shape(&mut self, schema: &'d Json) -> Shape {
        let mut shape = match reference(schema) {
            Some(pointer) if !changes_value(schema) => self.reference(pointer),
            _ => self.composed(schema),
        };
        shape.nullable |= allows_null(schema);
        shape.limits.deprecated |= schema.get("deprecated").is_true();
        shape
    }

    pub(super) fn reference(&mut self, pointer: &str) -> Shape {
        match pointer.strip_prefix(SCHEMAS) {
            Some(name) if !name.contains('/') => {
                plain(Kind::Named(unescaped(name).into_owned()))
            }
            _ => self.expand(pointer),
        }
    }

    /// Returns the shape at a pointer, inline.
    pub(super) fn expand(&mut self, pointer: &str) -> Shape {
        if let Some(made) = self.made.get(pointer) {
            return made.clone();
        }
        let circle = self.trail.iter().any(|at| at == pointer);
        if circle || self.trail.len() > DEEP {
            let title = if circle {
                "the schema consists of itself"
            } else {
                "the schema is composed too deeply"
            };
            self.fault(
                Fault::new(pointer, title)
                    .help("the fields of such a schema cannot be listed"),
            );
            return plain(Kind::Any);
        }
        let Some(schema) = self.document.at(pointer) else {
            return plain(Kind::Any);
        };
        self.trail.push(pointer.to_owned());
        let shape = self.shape(schema);
        self.trail.pop();
        self.made.insert(pointer.to_owned(), shape.clone());
        shape
    }

    /// Resolves a name to its shape. Returns other shapes unchanged.
    pub(super) fn open(&mut self, mut shape: Shape) -> Shape {
        // The names along the chain, each with its own nullability. Each is resolved only once, however long the chain is.
        let mut names: IndexMap<String, bool> = IndexMap::new();
        let outer = shape.nullable;
        while let Kind::Named(name) = shape.kind {
            if let Some(known) = self.opened.get(&name) {
                shape = known.clone();
                break;
            }
            if let Some(first) = names.get_index_of(&name) {
                let title = "the schema is an alias of itself";
                for name in names.keys().skip(first) {
                    self.fault(Fault::new(pointer(name), title));
                }
                shape = plain(Kind::Any);
                break;
            }
            shape = self.expand(&pointer(&name));
            names.insert(name, shape.nullable);
        }
        for (name, nullable) in names.into_iter().rev() {
            shape.nullable |= nullable;
            self.opened.insert(name, shape.clone());
        }
        shape.nullable |= outer;
        shape
    }

    /// Returns the shape of a schema without its composed parts.
    pub(super) fn own(&mut self, schema: &'d Json) -> Shape {
        let values = match schema.get("const") {
            Json::Null => schema.get("enum").items(),
            value => std::slice::from_ref(value),
        };
        let values: Vec<&Json> =
            values.iter().filter(|value| **value != Json::Null).collect();
        let mut shape = match enumeration(&values) {
            Some(shape) => shape,
            None => plain(self.kind(schema)),
        };
        let allowed = std::mem::take(&mut shape.limits.allowed);
        shape.limits = limits(schema, &shape.kind);
        shape.limits.allowed = allowed;
        shape
    }

    fn kind(&mut self, schema: &'d Json) -> Kind {
        let types: Vec<&str> = match schema.get("type") {
            Json::String(word) => vec![word],
            list => list.texts().filter(|word| *word != "null").collect(),
        };
        match types.as_slice() {
            [] if !schema.has("type") => self.kind_of(schema, ""),
            [word] => self.kind_of(schema, word),
            [] => Kind::Any,
            words => {
                let member = |word: &&str| {
                    let kind = self.kind_of(schema, word);
                    let limits = limits(schema, &kind);
                    Shape { limits: Limits { default: None, ..limits }, ..plain(kind) }
                };
                Kind::OneOf(words.iter().map(member).collect())
            }
        }
    }

    fn kind_of(&mut self, schema: &'d Json, word: &str) -> Kind {
        let has = |key| schema.get(key).entries().next().is_some();
        let is_object = has("properties") || !schema.get("required").items().is_empty();
        match word {
            "string" | "" if is_bytes(schema) => Kind::File,
            "string" => Kind::String,
            "integer" => Kind::Integer,
            "number" => Kind::Number,
            "boolean" => Kind::Boolean,
            "array" => self.list(schema),
            "" | "object" if is_object => Kind::Object(self.object(schema)),
            "object" => Kind::Map,
            "" if schema.has("items") => self.list(schema),
            "" if schema.has("additionalProperties") => Kind::Map,
            _ => Kind::Any,
        }
    }

    fn list(&mut self, schema: &'d Json) -> Kind {
        Kind::List(Box::new(self.shape(schema.get("items"))))
    }

    fn object(&mut self, schema: &'d Json) -> Object {
        let mut object = Object::default();
        for (key, value) in schema.get("properties").entries() {
            if key == LINKS {
                object.links = Some(self.links(value));
            } else {
                let field = Field { required: false, shape: self.shape(value) };
                object.fields.insert(key.to_owned(), field);
            }
        }
        for key in schema.get("required").texts().filter(|key| *key != LINKS) {
            // A field that is required but not described may have any value.
            let anything = || Field { required: true, shape: plain(Kind::Any) };
            object.fields.entry(key.to_owned()).or_insert_with(anything).required = true;
        }
        object
    }

    /// Returns the names of the related links.
    fn links(&self, links: &Json) -> Vec<String> {
        let related = self.follow(self.follow(links).get("properties").get(RELATED));
        related.get("properties").entries().map(|(name, _)| name.to_owned()).collect()
    }

    /// Returns the target of a reference, and other values unchanged.
    pub(super) fn follow<'j>(&self, json: &'j Json) -> &'j Json
    where
        'd: 'j,
    {
        super::super::document::follow(self.document, json)
    }
}

/// Whether keywords next to a reference change the value, as OpenAPI 3.1 allows. What a single call requires of its body does
/// not count: see [`Sent`](super::Sent).
fn changes_value(schema: &Json) -> bool {
    const MORE: &[&str] = &[
        "enum",
        "const",
        "properties",
        "items",
        "allOf",
        "anyOf",
        "oneOf",
        "default",
        "maxLength",
        "minItems",
        "maxItems",
        "minimum",
        "maximum",
    ];
    MORE.iter().any(|key| schema.has(key))
}

/// Whether a schema accepts null in addition to its other values.
fn allows_null(schema: &Json) -> bool {
    let of_type = schema.get("type");
    schema.get("nullable").is_true()
        || of_type.text() == Some("null")
        || of_type.texts().any(|word| word == "null")
        || schema.get("enum").items().contains(&Json::Null)
        || schema.has("const") && *schema.get("const") == Json::Null
}

/// Whether a schema only accepts null. In OpenAPI 3.1, such a schema next to another one makes that one nullable.
pub(super) fn is_null(schema: &Json) -> bool {
    let all = |list: &Json, is: fn(&Json) -> bool| {
        !list.items().is_empty() && list.items().iter().all(is)
    };
    let of_type = schema.get("type");
    of_type.text() == Some("null")
        || all(of_type, |word| word.text() == Some("null"))
        || all(schema.get("enum"), |value| *value == Json::Null)
        || schema.has("const") && *schema.get("const") == Json::Null
}

/// Whether a text holds bytes, as OpenAPI 3.0 or 3.1 expresses it.
fn is_bytes(schema: &Json) -> bool {
    let media = schema.get("contentMediaType").text();
    schema.get("format").text() == Some("binary")
        || media == Some("application/octet-stream") && !schema.has("contentEncoding")
}

/// Returns the shape of a list of values, or `None` if `type` is more precise.
fn enumeration(values: &[&Json]) -> Option<Shape> {
    if values.is_empty() {
        return None;
    }
    let texts: Option<Vec<String>> =
        values.iter().map(|value| value.text().map(str::to_owned)).collect();
    if let Some(texts) = texts {
        return Some(plain(Kind::Enum(distinct(texts))));
    }
    let numbers: Option<Vec<i64>> = values.iter().map(|value| value.whole()).collect();
    numbers.map(|allowed| {
        let mut shape = plain(Kind::Integer);
        shape.limits.allowed = allowed;
        shape
    })
}

/// Returns the limits of a schema that apply to its kind.
fn limits(schema: &Json, kind: &Kind) -> Limits {
    let count =
        |key| schema.get(key).whole().and_then(|number| u64::try_from(number).ok());
    let is = |kinds: fn(&Kind) -> bool| kinds(kind) || *kind == Kind::Any;
    let mut limits =
        Limits { deprecated: schema.get("deprecated").is_true(), ..Limits::default() };
    // Limits next to a reference or to parts apply to the type of these.
    if is(|kind| matches!(kind, Kind::String | Kind::Enum(_))) {
        limits.max_length = count("maxLength");
    }
    if is(|kind| matches!(kind, Kind::List(_))) {
        limits.min_items = count("minItems");
        limits.max_items = count("maxItems");
    }
    if is(|kind| matches!(kind, Kind::Integer | Kind::Number)) {
        limits.minimum = schema.get("minimum").whole();
        limits.maximum = schema.get("maximum").whole();
    }
    limits.default = match (kind, schema.get("default")) {
        (Kind::String | Kind::Enum(_) | Kind::Any, Json::String(text)) => {
            Some(text.clone())
        }
        (Kind::Integer | Kind::Number | Kind::Any, Json::Number(number)) => {
            Some(number.to_string())
        }
        (Kind::Boolean | Kind::Any, Json::Boolean(value)) => Some(value.to_string()),
        _ => None,
    };
    limits
}
