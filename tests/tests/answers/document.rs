//! Responses built from the schemas and examples of Front's document.
//!
//! Where `spec/corrections.yaml` corrects the document, the corrected type is used.

use std::collections::BTreeSet;

use front_codegen::spec::model::{Correction, Fact};
use front_import::phrase;
use front_import::published::Kind;
use serde_json::{Map, Value, json};

use super::{Mode, NEXT, new_field};

/// Front's document and its corrections.
pub(crate) struct Document {
    json: Value,
    corrections: Vec<Correction>,
}

/// The kind of response that the document has for an operation.
#[derive(Debug, PartialEq)]
pub(crate) enum Shown {
    Nothing,
    File,
    Value,
}

/// The key of the object that contains the tag of a union, and the key of the union's content.
const TAG: (&str, &str) = ("_meta", "data");

impl Document {
    pub(crate) fn new(text: &str) -> Self {
        let corrections = super::spec().corrections.as_ref();
        let corrections =
            corrections.map_or(Vec::new(), |(_, of)| of.corrections.clone());
        Self::corrected_by(text, corrections)
    }

    /// Reads a document with corrections other than the spec's.
    pub(crate) fn corrected_by(text: &str, corrections: Vec<Correction>) -> Self {
        let json = serde_json::from_str(text).expect("Front's document is JSON");
        Self { json, corrections }
    }

    /// Returns the ids of all operations.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &str> {
        self.calls().map(|call| call["operationId"].as_str().expect("an operation's id"))
    }

    /// Returns whether the spec keeps an operation that is missing from the document.
    pub(crate) fn is_kept(&self, operation: &str) -> bool {
        self.corrected(operation) == Some(("none", "kept"))
    }

    fn calls(&self) -> impl Iterator<Item = &Value> {
        let paths = self.json["paths"].as_object().expect("paths");
        paths
            .values()
            .flat_map(|item| item.as_object().expect("a path's calls").values())
    }

    /// Returns the kind of an operation's response.
    pub(crate) fn shown(&self, operation: &str) -> Shown {
        let corrected_response = self.corrected(&format!("{operation}.answer"));
        let content = &self.answer(operation).1["content"];
        if content.is_null()
            || corrected_response.is_some_and(|(_, ours)| ours == "none")
        {
            Shown::Nothing
        } else if content["application/json"].is_null() {
            Shown::File
        } else {
            Shown::Value
        }
    }

    /// Returns the success response of an operation, and its name if it has one.
    fn answer(&self, operation: &str) -> (Option<&str>, &Value) {
        let call = self.calls().find(|call| call["operationId"] == operation);
        let call = call.unwrap_or_else(|| {
            panic!("the document has no {operation}: keep it in spec/corrections.yaml, `published: none` and `ours: kept`")
        });
        let answers = call["responses"].as_object().expect("answers");
        let (_, answer) = answers
            .iter()
            .find(|(status, _)| status.starts_with('2'))
            .unwrap_or_else(|| panic!("{operation} has no success response"));
        self.followed(answer)
    }

    fn followed<'a>(&'a self, part: &'a Value) -> (Option<&'a str>, &'a Value) {
        let Some(name) = part["$ref"].as_str() else { return (None, part) };
        let target = self.json.pointer(&name[1..]);
        (name.rsplit('/').next(), target.unwrap_or_else(|| panic!("{name} is there")))
    }

    /// Returns the published and the corrected fact at a position.
    fn corrected(&self, place: &str) -> Option<(&str, &str)> {
        let matches = |of: &&Correction| of.at.iter().any(|at| at == place);
        match self
            .corrections
            .iter()
            .find(matches)
            .map(|of| (&of.published, &of.ours))?
        {
            (Fact::Text(published), Fact::Text(ours)) => Some((published, ours)),
            _ => None,
        }
    }

    /// Returns as many responses of an operation as are needed to contain every variant once. Adds the positions whose
    /// example has another type than the schema to `contradictions`.
    pub(crate) fn answers(
        &self,
        operation: &str,
        mode: Mode,
        contradictions: &mut BTreeSet<String>,
    ) -> Vec<Value> {
        let (name, answer) = self.answer(operation);
        let schema = &answer["content"]["application/json"]["schema"];
        let mut builder =
            Builder { document: self, mode, contradictions, within: Vec::new() };
        let own = format!("{operation}.answer");
        let place = name.map_or(own.clone(), |name| format!("responses.{name}"));
        let Some(kind) = builder.other_kind(&own) else {
            return builder.values(schema, &place);
        };
        let mut envelope = self.followed(schema).1.clone();
        match (kind, envelope.pointer_mut("/properties/_results/items")) {
            // The correction of a page's response is the type of its items.
            (Kind::List(item), Some(items)) => {
                *items = of_kind(&item.kind, &Value::Null);
                builder.values_of(&envelope, &place)
            }
            (kind, _) => builder.values(&of_kind(&kind, schema), &place),
        }
    }
}

struct Builder<'a> {
    document: &'a Document,
    mode: Mode,
    contradictions: &'a mut BTreeSet<String>,
    /// The enclosing named schemas, where recursion ends.
    within: Vec<String>,
}

impl Builder<'_> {
    /// Returns the corrected type at a position, if it differs from the document's.
    fn other_kind(&self, place: &str) -> Option<Kind> {
        let (published, ours) = self.document.corrected(place)?;
        let kind = |text| phrase::parse(text).map(|(_, shape)| shape.kind);
        let ours = kind(ours)?;
        (kind(published).as_ref() != Some(&ours)).then_some(ours)
    }

    /// Returns the values at a position. The items of a list have the same position as the list.
    fn values(&mut self, schema: &Value, place: &str) -> Vec<Value> {
        if let Some((_, "none")) = self.document.corrected(place) {
            return Vec::new();
        }
        let corrected = self.other_kind(place).map(|kind| of_kind(&kind, schema));
        let schema = corrected.as_ref().unwrap_or(schema);
        let (name, followed) = self.document.followed(schema);
        let Some(name) = name else { return self.values_of(followed, place) };
        if self.within.iter().any(|around| around == name) {
            return Vec::new();
        }
        self.within.push(name.to_owned());
        let values = self.values_of(followed, name);
        self.within.pop();
        values
    }

    fn values_of(&mut self, schema: &Value, place: &str) -> Vec<Value> {
        assert!(
            schema["allOf"].is_null(),
            "{place}: `allOf` is not supported in a response"
        );
        // A value of `anyOf` may have the fields of all its objects.
        if let Some(parts) = schema["anyOf"].as_array() {
            let parts = parts.iter().map(|part| self.document.followed(part).1);
            let joined: Map<String, Value> = parts
                .flat_map(|part| part["properties"].as_object().expect("an object's"))
                .map(|(key, schema)| (key.clone(), schema.clone()))
                .collect();
            return self.objects(&joined, place);
        }
        if let Some(cases) = schema["oneOf"].as_array() {
            return cases.iter().flat_map(|case| self.values(case, place)).collect();
        }
        if let Some(properties) = schema["properties"].as_object() {
            return self.objects(properties, place);
        }
        if schema["type"] == "array" {
            return vec![self.list(schema, place)];
        }
        if self.mode == Mode::NewValues
            && schema["enum"].as_array().is_some_and(|words| words[0].is_string())
        {
            return vec![json!("never heard of")];
        }
        vec![self.scalar(schema, place)]
    }

    fn list(&mut self, schema: &Value, place: &str) -> Value {
        let (list, item) = (schema.get("example"), schema["items"].get("example"));
        // The example of the items is sometimes an example of the list.
        let of_list = item.filter(|item| item.is_array() || item.is_null());
        let mut items = schema["items"].clone();
        if of_list.is_some() {
            self.contradictions.insert(place.to_owned());
            items.as_object_mut().map(|items| items.remove("example"));
        }
        match list.or(of_list) {
            Some(example) if self.mode == Mode::Whole => example.clone(),
            _ => json!(self.values(&items, place)),
        }
    }

    fn scalar(&mut self, schema: &Value, place: &str) -> Value {
        let (example, words) = (&schema["example"], schema["enum"].as_array());
        let (is_valid, default_value) = match schema["type"].as_str() {
            Some("string") => (example.is_string(), json!("text")),
            Some("integer") => (example.is_i64(), json!(3)),
            Some("number") => (example.is_number(), json!(3.5)),
            Some("boolean") => (example.is_boolean(), json!(true)),
            Some("object") => (example.is_object(), json!({})),
            _ => (!example.is_null(), json!({"any": ["thing"]})),
        };
        let known = words.is_none_or(|words| words.contains(example));
        if is_valid && known {
            return example.clone();
        }
        if schema.get("example").is_some() {
            // `null` as the example of an absent value is not a contradiction.
            if example.is_null() {
                return Value::Null;
            }
            self.contradictions.insert(place.to_owned());
        }
        words.map_or(default_value, |words| words[0].clone())
    }

    /// Returns as many objects as the longest list of field values has. The other fields repeat their values.
    fn objects(&mut self, properties: &Map<String, Value>, place: &str) -> Vec<Value> {
        let cases =
            properties.get(TAG.1).and_then(|content| content["oneOf"].as_array());
        if let (Some(tag), Some(cases)) = (properties.get(TAG.0), cases)
            && !matches!(self.mode, Mode::Nulls | Mode::Missing)
        {
            return self.tagged(tag, cases, place);
        }
        let mut built: Vec<(&str, Vec<Value>)> = Vec::new();
        for (key, schema) in properties {
            let skeleton = key.starts_with('_') || key == "id";
            let values = match self.mode {
                Mode::Missing if !skeleton => continue,
                Mode::Nulls if !skeleton => vec![Value::Null],
                // A page keeps only the cursor of the next page's URL.
                _ if key == "next" => vec![json!(NEXT)],
                _ => self.values(schema, &format!("{place}.{key}")),
            };
            if !values.is_empty() {
                built.push((key, values));
            }
        }
        // Envelopes are types of the runtime. Other tests add fields to them.
        let has = |key: &str| properties.contains_key(key);
        let envelope = has("_results") || has("next") || place.contains("._links");
        let number = built.iter().map(|(_, values)| values.len()).max().unwrap_or(1);
        let object = |index: usize| {
            let mut all: Map<String, Value> = built
                .iter()
                .map(|(key, all)| ((*key).to_owned(), all[index % all.len()].clone()))
                .collect();
            all.extend((self.mode == Mode::NewFields && !envelope).then(new_field));
            Value::Object(all)
        };
        (0..number).map(object).collect()
    }

    /// Returns an object for each variant of a tagged union. Only the names of the schemas show which tag belongs to which
    /// schema.
    fn tagged(&mut self, tag: &Value, cases: &[Value], place: &str) -> Vec<Value> {
        let words = tag["properties"]["type"]["enum"].as_array().expect("words");
        let mut built = Vec::new();
        for case in cases {
            let is_list = case["type"] == "array";
            let item = if is_list { &case["items"] } else { case };
            let (name, _) = self.document.followed(item);
            let name =
                name.unwrap_or_default().trim_end_matches("Response").to_lowercase();
            let several = format!("{name}es");
            let word = words.iter().find(|word| **word == *name || **word == *several);
            let word = word.unwrap_or_else(|| panic!("{place}: no tag for {case}"));
            let mut content = self.values(case, &format!("{place}.{}", TAG.1));
            if !is_list && *word == *several {
                self.contradictions.insert(format!("{place}.{}", TAG.1));
                content = vec![json!(content)];
            }
            let word = match self.mode {
                Mode::NewValues => json!("never heard of"),
                _ => word.clone(),
            };
            built.extend(
                content.into_iter().map(|of| json!({TAG.0: {"type": word}, TAG.1: of})),
            );
        }
        built
    }
}

/// Returns the schema of a type, with the example of the schema that it replaces.
fn of_kind(kind: &Kind, instead_of: &Value) -> Value {
    let mut schema = match kind {
        Kind::String => json!({"type": "string"}),
        Kind::Integer => json!({"type": "integer"}),
        Kind::Number => json!({"type": "number"}),
        Kind::Boolean => json!({"type": "boolean"}),
        Kind::Any => json!({}),
        Kind::Map => json!({"type": "object"}),
        Kind::List(item) => {
            json!({"type": "array", "items": of_kind(&item.kind, &Value::Null)})
        }
        Kind::Named(name) => match name.strip_prefix("responses.") {
            Some(name) => json!({"$ref": format!("#/components/responses/{name}")}),
            None => json!({"$ref": format!("#/components/schemas/{name}")}),
        },
        other => panic!("unsupported type in the correction of a response: {other:?}"),
    };
    if let Some(example) = instead_of.get("example") {
        schema["example"] = example.clone();
    }
    schema
}
