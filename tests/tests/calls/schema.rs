//! The requests that Front's document accepts, as JSON Schema, with the corrections of `spec/corrections.yaml`. The schemas
//! are strict: a key that the document does not name is an error.

use std::collections::BTreeMap;

use front_codegen::spec::model::{Correction, Fact};
use serde_json::{Map, Value, json};

/// Front's document.
pub(crate) struct Document {
    json: Value,
    corrections: Vec<Correction>,
}

/// The request that an operation accepts.
pub(crate) struct Expected {
    /// The schema of the body.
    pub(crate) body: Option<Value>,
    /// Query parameters: description and schema.
    query: BTreeMap<String, (String, Value)>,
}

/// Keywords with the same meaning in JSON Schema.
const KEYWORDS: &[&str] = &[
    "type",
    "enum",
    "required",
    "maxLength",
    "minLength",
    "maxItems",
    "minItems",
    "maximum",
    "minimum",
    "pattern",
];

/// Keywords whose schemas apply to the same value.
const COMPOSED: &[&str] = &["allOf", "anyOf", "oneOf"];

impl Document {
    pub(crate) fn new(text: &str, corrections: Vec<Correction>) -> Self {
        let json = serde_json::from_str(text).expect("Front's document is JSON");
        Self { json, corrections }
    }

    /// Returns the request that an operation accepts. `None` if the document does not contain the operation.
    pub(crate) fn expected(&self, id: &str) -> Option<Expected> {
        let paths = self.json["paths"].as_object().expect("paths");
        let mut calls =
            paths.values().flat_map(|item| item.as_object().expect("calls").values());
        let call = calls.find(|call| call["operationId"] == id)?;
        let corrected = self.corrected(&format!("{id}.body"));
        let body = match (&call["requestBody"], corrected) {
            (_, Some("none")) => None,
            (_, Some(name)) => {
                Some(json!({"$ref": format!("#/components/schemas/{name}")}))
            }
            (Value::Null, None) => None,
            (body, None) => Some(
                self.followed(body).1["content"]["application/json"]["schema"].clone(),
            ),
        };
        let body = body.map(|schema| self.schema(&schema, &format!("{id}.body")));
        let parameters = call["parameters"].as_array().into_iter().flatten();
        let mut query: BTreeMap<String, (String, Value)> = parameters
            .map(|parameter| self.followed(parameter).1)
            .filter(|parameter| parameter["in"] == "query")
            .map(|parameter| {
                let text = |key: &str| parameter[key].as_str().unwrap_or_default();
                let schema = self.schema(&parameter["schema"], "");
                (text("name").to_owned(), (text("description").to_owned(), schema))
            })
            .collect();
        // A paginated list has the parameters of pages, even if the document does not declare them.
        if self.corrected(&format!("{id}.paged")) == Some("true") {
            for name in ["limit", "page_token"] {
                let declared = &self.json["components"]["parameters"];
                let of = declared.as_object().expect("parameters").values();
                let mut of = of.filter(|of| of["name"] == name);
                let schema = self.schema(&of.next().expect("a parameter")["schema"], "");
                query.entry(name.to_owned()).or_insert((String::new(), schema));
            }
        }
        Some(Expected { body, query })
    }

    fn followed<'a>(&'a self, part: &'a Value) -> (Option<&'a str>, &'a Value) {
        let Some(name) = part["$ref"].as_str() else { return (None, part) };
        let target = self.json.pointer(&name[1..]);
        (name.rsplit('/').next(), target.unwrap_or_else(|| panic!("{name} is there")))
    }

    /// Returns the corrected fact at a position.
    fn corrected(&self, place: &str) -> Option<&str> {
        let fits = |of: &&Correction| of.at.iter().any(|at| at == place);
        match &self.corrections.iter().find(fits)?.ours {
            Fact::Text(ours) => Some(ours),
            _ => None,
        }
    }

    /// Returns the schema of a whole value.
    fn schema(&self, schema: &Value, place: &str) -> Value {
        let (name, followed) = self.followed(schema);
        let mut built = self.part(followed, name.unwrap_or(place));
        if built.get("properties").is_some()
            || COMPOSED.iter().any(|key| built.get(*key).is_some())
        {
            built["unevaluatedProperties"] = json!(false);
        }
        if followed["nullable"] == true { or_null(built) } else { built }
    }

    /// Returns the schema of a part of a composition, whose value may have keys of other parts.
    fn part(&self, schema: &Value, place: &str) -> Value {
        let mut built = Map::new();
        for key in KEYWORDS {
            built.extend(schema.get(*key).map(|of| ((*key).to_owned(), of.clone())));
        }
        if let Some(properties) = schema["properties"].as_object() {
            let properties: Map<String, Value> = properties
                .iter()
                .map(|(key, of)| {
                    (key.clone(), self.property(of, &format!("{place}.{key}")))
                })
                .collect();
            built.insert("properties".to_owned(), properties.into());
            built.insert("type".to_owned(), json!("object"));
        }
        if schema["items"].is_object() {
            built.insert("items".to_owned(), self.schema(&schema["items"], place));
        }
        if schema["additionalProperties"].is_object() {
            let of = self.schema(&schema["additionalProperties"], place);
            built.insert("additionalProperties".to_owned(), of);
        }
        for key in COMPOSED {
            let Some(parts) = schema[*key].as_array() else { continue };
            let parts: Vec<Value> = parts
                .iter()
                .map(|part| {
                    let target = part["$ref"].as_str();
                    let built = self.part(self.followed(part).1, place);
                    match target.and_then(|target| word(schema, target)) {
                        Some(word) => json!({"allOf": [built, word]}),
                        None => built,
                    }
                })
                .collect();
            built.insert((*key).to_owned(), parts.into());
        }
        built.into()
    }

    fn property(&self, schema: &Value, place: &str) -> Value {
        let mut built = match self.corrected(place) {
            None => self.schema(schema, place),
            Some(ours) => {
                let bare = ours.trim_start_matches("required ");
                let (is_nullable, bare) = match bare.strip_prefix("nullable ") {
                    Some(bare) => (true, bare),
                    None => (false, bare),
                };
                let built = match bare {
                    "file" => json!({"type": "string"}),
                    "list of file" => {
                        json!({"type": "array", "items": {"type": "string"}})
                    }
                    "json" => json!({}),
                    _ => self.schema(schema, place),
                };
                if is_nullable { or_null(built) } else { built }
            }
        };
        // The list of a nullable field is one of two variants.
        let (_, own) = self.followed(schema);
        for (key, word) in [("min_items", "minItems"), ("max_items", "maxItems")] {
            if let Some(limit) = self.corrected(&format!("{place}.{key}")) {
                assert_eq!(own["type"], "array", "{place} has items");
                let limit: u64 = limit.parse().expect("a number");
                built = json!({"allOf": [built], (word): limit});
            }
        }
        built
    }
}

fn or_null(schema: Value) -> Value {
    json!({"anyOf": [schema, {"type": "null"}]})
}

/// Returns the schema of the discriminator's value for a variant.
fn word(schema: &Value, target: &str) -> Option<Value> {
    let by = &schema["discriminator"];
    let (word, _) =
        by["mapping"].as_object()?.iter().find(|(_, schema)| *schema == target)?;
    let key = by["propertyName"].as_str()?;
    Some(json!({"properties": {(key): {"const": word}}, "required": [key]}))
}

impl Expected {
    /// Returns an error if the document does not accept a body.
    pub(crate) fn check_body(&self, body: Option<&Value>) -> Result<(), String> {
        match (&self.body, body) {
            (None, None) => Ok(()),
            (None, Some(body)) => Err(format!("the document has no body: {body}")),
            (Some(_), None) => Err("the document has a body".to_owned()),
            (Some(schema), Some(body)) => valid(schema, body),
        }
    }

    /// Returns an error if the document does not accept a query parameter.
    pub(crate) fn check_query(&self, key: &str, value: &str) -> Result<(), String> {
        let (name, inner) = match key.split_once('[') {
            Some((name, inner)) => (name, inner.split_once(']').map(|(inner, _)| inner)),
            None => (key, None),
        };
        let Some((about, schema)) = self.query.get(name) else {
            return Err(format!("the document has no parameter `{name}`"));
        };
        // Only the description of the parameter lists keys in brackets and values of `sort_by`.
        let in_prose = inner.or((name == "sort_by").then_some(value));
        if let Some(word) = in_prose
            && !about.contains(&format!("`{word}`"))
        {
            return Err(format!("the document does not name `{word}` for `{name}`"));
        }
        let value = match schema["type"].as_str() {
            Some("string") => json!(value),
            _ => serde_json::from_str(value).unwrap_or_else(|_| json!(value)),
        };
        valid(schema, &value)
    }

    /// Calls `call` with each key that the document has in a body, at any depth: `a.b`.
    pub(crate) fn keys(&self, call: &mut impl FnMut(String)) {
        if let Some(schema) = &self.body {
            keys_of(schema, "", call);
        }
    }
}

fn valid(schema: &Value, value: &Value) -> Result<(), String> {
    let validator = jsonschema::draft202012::new(schema)
        .unwrap_or_else(|why| panic!("invalid schema {schema}: {why}"));
    let mut errors = validator.iter_errors(value);
    match errors.next() {
        None => Ok(()),
        Some(why) => Err(format!("{why} (at `{}` of {value})", why.instance_path())),
    }
}

fn keys_of(schema: &Value, place: &str, call: &mut impl FnMut(String)) {
    for (key, of) in schema["properties"].as_object().into_iter().flatten() {
        let place =
            if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
        keys_of(of, &place, call);
        call(place);
    }
    let parts = COMPOSED.iter().filter_map(|key| schema[*key].as_array()).flatten();
    for part in parts.chain(schema.get("items")) {
        keys_of(part, place, call);
    }
}
