//! Answers as Front's own document shows them, put together of its examples.
//!
//! Where `spec/corrections.yaml` says that the document is wrong about an answer, the answer is made of what holds.

use std::collections::BTreeSet;

use front_codegen::spec::model::{Correction, Fact};
use front_import::phrase;
use front_import::published::Kind;
use serde_json::{Map, Value, json};

use super::{Mode, NEXT, new_field};

/// Front's document, with what is known to be wrong with it.
pub(crate) struct Document {
    json: Value,
    corrections: Vec<Correction>,
}

/// What the document says of an operation's answer.
#[derive(Debug, PartialEq)]
pub(crate) enum Shown {
    Nothing,
    File,
    Value,
}

/// The object that says of which kind another is, and the key of that other one beside it.
const TAG: (&str, &str) = ("_meta", "data");

impl Document {
    pub(crate) fn new(text: &str) -> Self {
        let corrections = super::spec().corrections.as_ref();
        let corrections =
            corrections.map_or(Vec::new(), |(_, of)| of.corrections.clone());
        Self::corrected_by(text, corrections)
    }

    /// The same, with other corrections than the spec's.
    pub(crate) fn corrected_by(text: &str, corrections: Vec<Correction>) -> Self {
        let json = serde_json::from_str(text).expect("Front's document is JSON");
        Self { json, corrections }
    }

    /// The ids of all operations.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &str> {
        self.calls().map(|call| call["operationId"].as_str().expect("an operation's id"))
    }

    /// Whether the spec has an operation that the document has not, and says so: the document shows nothing of it.
    pub(crate) fn is_kept(&self, operation: &str) -> bool {
        self.corrected(operation) == Some(("none", "kept"))
    }

    fn calls(&self) -> impl Iterator<Item = &Value> {
        let paths = self.json["paths"].as_object().expect("paths");
        paths
            .values()
            .flat_map(|item| item.as_object().expect("a path's calls").values())
    }

    /// What it says of an operation's answer.
    pub(crate) fn shown(&self, operation: &str) -> Shown {
        let said = self.corrected(&format!("{operation}.answer"));
        let content = &self.answer(operation).1["content"];
        if content.is_null() || said.is_some_and(|(_, ours)| ours == "none") {
            Shown::Nothing
        } else if content["application/json"].is_null() {
            Shown::File
        } else {
            Shown::Value
        }
    }

    /// The answer, under its name where it has one.
    fn answer(&self, operation: &str) -> (Option<&str>, &Value) {
        let call = self.calls().find(|call| call["operationId"] == operation);
        let call = call.unwrap_or_else(|| {
            panic!("the document has no {operation}: keep it in spec/corrections.yaml, `published: none` and `ours: kept`")
        });
        let answers = call["responses"].as_object().expect("answers");
        let (_, answer) = answers
            .iter()
            .find(|(status, _)| status.starts_with('2'))
            .unwrap_or_else(|| panic!("{operation} goes well at times"));
        self.followed(answer)
    }

    fn followed<'a>(&'a self, part: &'a Value) -> (Option<&'a str>, &'a Value) {
        let Some(name) = part["$ref"].as_str() else { return (None, part) };
        let target = self.json.pointer(&name[1..]);
        (name.rsplit('/').next(), target.unwrap_or_else(|| panic!("{name} is there")))
    }

    /// What is said of a place, and what holds.
    fn corrected(&self, place: &str) -> Option<(&str, &str)> {
        let fits = |of: &&Correction| of.at.iter().any(|at| at == place);
        match self.corrections.iter().find(fits).map(|of| (&of.published, &of.ours))? {
            (Fact::Text(published), Fact::Text(ours)) => Some((published, ours)),
            _ => None,
        }
    }

    /// The answers of an operation: as many as it takes to have every form of it once. In `contradictions` is put where an
    /// example is of another kind than the place that it stands at.
    pub(crate) fn answers(
        &self,
        operation: &str,
        mode: Mode,
        contradictions: &mut BTreeSet<String>,
    ) -> Vec<Value> {
        let (name, answer) = self.answer(operation);
        let schema = &answer["content"]["application/json"]["schema"];
        let mut make = Make { document: self, mode, contradictions, within: Vec::new() };
        let own = format!("{operation}.answer");
        let place = name.map_or(own.clone(), |name| format!("responses.{name}"));
        let Some(kind) = make.other_kind(&own) else {
            return make.values(schema, &place);
        };
        let mut envelope = self.followed(schema).1.clone();
        match (kind, envelope.pointer_mut("/properties/_results/items")) {
            // A page's items are what is said of the whole answer.
            (Kind::List(item), Some(items)) => {
                *items = of_kind(&item.kind, &Value::Null);
                make.values_of(&envelope, &place)
            }
            (kind, _) => make.values(&of_kind(&kind, schema), &place),
        }
    }
}

struct Make<'a> {
    document: &'a Document,
    mode: Mode,
    contradictions: &'a mut BTreeSet<String>,
    /// The named schemas around: one that holds itself ends there.
    within: Vec<String>,
}

impl Make<'_> {
    /// The kind that holds at a place, where it is not the one that the document says.
    fn other_kind(&self, place: &str) -> Option<Kind> {
        let (published, ours) = self.document.corrected(place)?;
        let kind = |text| phrase::parse(text).map(|(_, shape)| shape.kind);
        let ours = kind(ours)?;
        (kind(published).as_ref() != Some(&ours)).then_some(ours)
    }

    /// The values at a place: lists are no places of their own.
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
        assert!(schema["allOf"].is_null(), "{place}: no answer has had such a schema");
        // Any of several objects may be all of them at once.
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
        // At times what stands with the items is an example of the list.
        let of_list = item.filter(|item| item.is_array() || item.is_null());
        let mut items = schema["items"].clone();
        if of_list.is_some() {
            self.contradictions.insert(place.to_owned());
            items.as_object_mut().map(|items| items.remove("example"));
        }
        match list.or(of_list) {
            Some(given) if self.mode == Mode::Whole => given.clone(),
            _ => json!(self.values(&items, place)),
        }
    }

    fn scalar(&mut self, schema: &Value, place: &str) -> Value {
        let (given, words) = (&schema["example"], schema["enum"].as_array());
        let (fits, instead) = match schema["type"].as_str() {
            Some("string") => (given.is_string(), json!("text")),
            Some("integer") => (given.is_i64(), json!(3)),
            Some("number") => (given.is_number(), json!(3.5)),
            Some("boolean") => (given.is_boolean(), json!(true)),
            Some("object") => (given.is_object(), json!({})),
            _ => (!given.is_null(), json!({"any": ["thing"]})),
        };
        let known = words.is_none_or(|words| words.contains(given));
        if fits && known {
            return given.clone();
        }
        if schema.get("example").is_some() {
            // To show null for what is not there is no mistake.
            if given.is_null() {
                return Value::Null;
            }
            self.contradictions.insert(place.to_owned());
        }
        words.map_or(instead, |words| words[0].clone())
    }

    /// As many objects as the field with the most values has: the others begin anew.
    fn objects(&mut self, properties: &Map<String, Value>, place: &str) -> Vec<Value> {
        let cases =
            properties.get(TAG.1).and_then(|content| content["oneOf"].as_array());
        if let (Some(tag), Some(cases)) = (properties.get(TAG.0), cases)
            && !matches!(self.mode, Mode::Nulls | Mode::Missing)
        {
            return self.tagged(tag, cases, place);
        }
        let mut made: Vec<(&str, Vec<Value>)> = Vec::new();
        for (key, schema) in properties {
            let skeleton = key.starts_with('_') || key == "id";
            let values = match self.mode {
                Mode::Missing if !skeleton => continue,
                Mode::Nulls if !skeleton => vec![Value::Null],
                // The addresses of next pages differ in their paths, of which a page keeps nothing.
                _ if key == "next" => vec![json!(NEXT)],
                _ => self.values(schema, &format!("{place}.{key}")),
            };
            if !values.is_empty() {
                made.push((key, values));
            }
        }
        // Envelopes are types of the runtime, with tests of their own.
        let has = |key: &str| properties.contains_key(key);
        let envelope = has("_results") || has("next") || place.contains("._links");
        let number = made.iter().map(|(_, values)| values.len()).max().unwrap_or(1);
        let object = |index: usize| {
            let mut all: Map<String, Value> = made
                .iter()
                .map(|(key, all)| ((*key).to_owned(), all[index % all.len()].clone()))
                .collect();
            all.extend((self.mode == Mode::NewFields && !envelope).then(new_field));
            Value::Object(all)
        };
        (0..number).map(object).collect()
    }

    /// An object for each case of what is told apart by a word beside it. Which word belongs to which schema, the document
    /// says by their names alone.
    fn tagged(&mut self, tag: &Value, cases: &[Value], place: &str) -> Vec<Value> {
        let words = tag["properties"]["type"]["enum"].as_array().expect("words");
        let mut made = Vec::new();
        for case in cases {
            let is_list = case["type"] == "array";
            let item = if is_list { &case["items"] } else { case };
            let (name, _) = self.document.followed(item);
            let name =
                name.unwrap_or_default().trim_end_matches("Response").to_lowercase();
            let several = format!("{name}es");
            let word = words.iter().find(|word| **word == *name || **word == *several);
            let word = word.unwrap_or_else(|| panic!("{place}: no word for {case}"));
            let mut content = self.values(case, &format!("{place}.{}", TAG.1));
            if !is_list && *word == *several {
                self.contradictions.insert(format!("{place}.{}", TAG.1));
                content = vec![json!(content)];
            }
            let word = match self.mode {
                Mode::NewValues => json!("never heard of"),
                _ => word.clone(),
            };
            made.extend(
                content.into_iter().map(|of| json!({TAG.0: {"type": word}, TAG.1: of})),
            );
        }
        made
    }
}

/// The schema of what is of that kind, with the example of the one that it stands for.
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
        other => panic!("a correction of an answer says {other:?}"),
    };
    if let Some(example) = instead_of.get("example") {
        schema["example"] = example.clone();
    }
    schema
}
