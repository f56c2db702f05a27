//! Responses built from the types in the spec.

use std::sync::OnceLock;

use front_api::Operation;
use front_codegen::ir::{Answer, Api, Case, Discriminator, Field, Kind, Scalar, Ty};
use serde_json::{Map, Value, json};

use super::{HIDDEN, Mode, NEXT, new_field};

fn api() -> &'static Api {
    static API: OnceLock<Api> = OnceLock::new();
    API.get_or_init(|| {
        front_codegen::resolve::resolve(super::spec())
            .0
            .expect("spec/ is invalid: run `cargo xtask check`")
    })
}

/// Returns as many responses of an operation as are needed to contain every variant of every union once.
pub(crate) fn from_spec(operation: &Operation, mode: Mode) -> Vec<Value> {
    let api = api();
    let endpoint = api
        .resources
        .iter()
        .flat_map(|of| of.endpoints.iter().map(move |endpoint| (of, endpoint)))
        .find(|(of, endpoint)| {
            operation.name.split_once('.')
                == Some((of.name.plain(), endpoint.name.plain()))
        })
        .map_or_else(
            || panic!("{} is missing from the spec", operation.name),
            |found| found.1,
        );
    let builder = Builder { api, mode };
    match &endpoint.answer {
        Answer::One(ty) => builder.values(ty, 0),
        Answer::Page { item, .. } => {
            let items = builder.values(item, 0);
            vec![json!({
                "_pagination": {"next": NEXT},
                "_links": {"self": "https://acme.api.frontapp.com/x"},
                "_total": items.len(),
                "_results": items,
            })]
        }
        other => {
            panic!("{} has the response {other:?}, which has no JSON", operation.name)
        }
    }
}

struct Builder {
    api: &'static Api,
    mode: Mode,
}

impl Builder {
    fn values(&self, ty: &Ty, depth: usize) -> Vec<Value> {
        let one = match ty {
            Ty::List(item) => json!(self.values(item, depth)),
            Ty::Map(item) => {
                let values = self.values(item, depth).into_iter().enumerate();
                values.map(|(index, value)| (format!("key {index}"), value)).collect()
            }
            Ty::Scalar(scalar) => match scalar {
                Scalar::String => json!("text, with \"quotes\" and \u{1F600}"),
                Scalar::Text | Scalar::Secret => json!(HIDDEN),
                Scalar::Integer => json!(-12),
                Scalar::Number => json!(0.25),
                Scalar::Boolean => json!(true),
                Scalar::Timestamp => json!(1_703_102_616.125),
                Scalar::Json => json!({"any": [1, HIDDEN]}),
                Scalar::File => panic!("a response contains a file"),
            },
            Ty::Id(id) => {
                let prefix = self.api[*id].prefix.as_deref().unwrap_or("x");
                json!(format!("{prefix}_1a2b"))
            }
            Ty::Named(id) => match &self.api[*id].kind {
                Kind::Struct { fields, links, .. } => {
                    return self.objects(fields, links.as_deref(), depth + 1);
                }
                Kind::Enum(variants) if self.mode != Mode::NewValues => {
                    json!(variants[0].wire)
                }
                Kind::Enum(_) => json!("never heard of"),
                Kind::Flag(_) => json!(true),
                Kind::Union { by, cases } => {
                    let cases = cases.iter();
                    return cases
                        .flat_map(|case| self.cases(by, case, depth + 1))
                        .collect();
                }
                Kind::Choice { .. } => panic!("a response contains a choice"),
            },
        };
        vec![one]
    }

    fn cases(&self, by: &Discriminator, case: &Case, depth: usize) -> Vec<Value> {
        let values = self.values(&case.ty, depth);
        let Discriminator::Tag { tag, content } = by else { return values };
        let with_tag = |value: Value| {
            let tag = tag.iter().rev();
            let tagged =
                tag.fold(json!(case.wire), |inner, key| json!({ key.as_str(): inner }));
            let mut all = tagged.as_object().cloned().unwrap_or_default();
            match content {
                Some(key) => drop(all.insert(key.clone(), value)),
                None => all.extend(value.as_object().cloned().unwrap_or_default()),
            }
            Value::Object(all)
        };
        values.into_iter().map(with_tag).collect()
    }

    /// Returns as many objects as the longest list of field values has. The other fields repeat their values.
    fn objects(
        &self,
        fields: &[Field],
        links: Option<&[String]>,
        depth: usize,
    ) -> Vec<Value> {
        let mut all = Map::new();
        if let Some(names) = links {
            let related: Map<String, Value> = names
                .iter()
                .map(|name| (name.clone(), json!("https://acme.api.frontapp.com/y")))
                .collect();
            all.insert(
                "_links".to_owned(),
                json!({"self": "https://acme.api.frontapp.com/x", "related": related}),
            );
        }
        all.extend((self.mode == Mode::NewFields).then(new_field));
        let mut built: Vec<(&str, Vec<Value>)> = Vec::new();
        for field in fields {
            let values = match self.mode {
                _ if field.always => self.values(&field.ty, depth),
                Mode::Missing => continue,
                // Recursive types end at this depth.
                _ if depth > 6 => continue,
                Mode::Nulls => vec![Value::Null],
                _ => self.values(&field.ty, depth),
            };
            built.push((&field.wire, values));
        }
        let number = built.iter().map(|(_, values)| values.len()).max().unwrap_or(1);
        let object = |index: usize| {
            let mut all = all.clone();
            all.extend(built.iter().map(|(key, values)| {
                ((*key).to_owned(), values[index % values.len()].clone())
            }));
            Value::Object(all)
        };
        (0..number).map(object).collect()
    }
}
