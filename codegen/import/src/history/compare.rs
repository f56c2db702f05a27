//! Compares the facts of two specs, regardless of names and of texts that people wrote.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};

use crate::known::{Known, Ty};
use crate::pair::by_position;
use crate::published::Api;
use front_codegen::phrase::Mark;
use front_codegen::spec::Spec;
use front_codegen::spec::model::{Endpoint, Field, Resource, Type};

/// One of the two specs.
struct Side<'a> {
    known: Known<'a>,
    endpoints: IndexMap<&'a str, &'a Endpoint>,
}

struct Compare<'a> {
    one: Side<'a>,
    other: Side<'a>,
    seen: HashSet<(&'a str, &'a str)>,
    found: IndexSet<String>,
}

/// Returns the facts in which two specs differ, one a line.
pub(super) fn differences(one: &Spec, other: &Spec) -> Vec<String> {
    let api = Api::default();
    let (ones, others) = (resources(one), resources(other));
    let side = |resources| Side {
        known: Known::new(&api, resources),
        endpoints: endpoints(resources),
    };
    let mut compare = Compare {
        one: side(&ones),
        other: side(&others),
        seen: HashSet::new(),
        found: IndexSet::new(),
    };
    compare.all();
    compare.found.into_iter().collect()
}

fn resources(spec: &Spec) -> Vec<Resource> {
    spec.resources.iter().map(|(_, resource)| resource.clone()).collect()
}

fn endpoints(resources: &[Resource]) -> IndexMap<&str, &Endpoint> {
    resources
        .iter()
        .flat_map(|resource| resource.endpoints.values())
        .map(|endpoint| (endpoint.operation.as_str(), endpoint))
        .collect()
}

impl<'a> Compare<'a> {
    fn all(&mut self) {
        let ones = self.one.endpoints.clone();
        for (id, one) in &ones {
            match self.other.endpoints.get(id).copied() {
                Some(other) => self.endpoint(id, one, other),
                None => self.differ(id, "present", "missing"),
            }
        }
        for id in self.other.endpoints.clone().keys() {
            if !ones.contains_key(id) {
                self.differ(id, "missing", "present");
            }
        }
    }

    fn differ(&mut self, at: &str, one: &str, other: &str) {
        if one != other {
            self.found.insert(format!("{at}: {one} | {other}"));
        }
    }

    fn endpoint(&mut self, id: &str, one: &'a Endpoint, other: &'a Endpoint) {
        let facts = |of: &Endpoint| {
            let none = || "none".to_owned();
            [
                of.method.clone(),
                by_position(&of.path),
                of.capability.clone(),
                of.deprecated.is_some().to_string(),
                of.redirects.is_some().to_string(),
                of.paged.map_or_else(none, |paged| paged.to_string()),
                of.returns
                    .as_ref()
                    .and_then(|it| it.status)
                    .map_or_else(none, |it| it.to_string()),
            ]
        };
        for (one, other) in facts(one).iter().zip(&facts(other)) {
            self.differ(id, one, other);
        }
        self.fields(&format!("{id}.query"), &one.query, &other.query);
        self.fields(&format!("{id}.header"), &one.headers, &other.headers);
        let answer = |of: &'a Endpoint| {
            of.returns.as_ref().and_then(|returns| returns.name.as_ref())
        };
        for (what, one, other) in [
            ("body", one.body.as_ref(), other.body.as_ref()),
            ("list", one.list.as_ref(), other.list.as_ref()),
            ("answer", answer(one), answer(other)),
        ] {
            let at = format!("{id}.{what}");
            match (one, other) {
                (Some(one), Some(other)) => {
                    self.phrases(&at, one, other);
                }
                (None, None) => {}
                (one, other) => {
                    self.differ(&at, phrase_or_none(one), phrase_or_none(other))
                }
            }
        }
    }

    fn fields(
        &mut self,
        at: &str,
        one: &'a IndexMap<String, Field>,
        other: &'a IndexMap<String, Field>,
    ) {
        for (key, field) in one {
            let at = format!("{at}.{key}");
            match other.get(key) {
                Some(other) => self.field(&at, field, other),
                None => self.differ(&at, &field.0.phrase, "nothing"),
            }
        }
        for (key, field) in other {
            if !one.contains_key(key) {
                self.differ(&format!("{at}.{key}"), "nothing", &field.0.phrase);
            }
        }
    }

    fn field(&mut self, at: &str, one: &'a Field, other: &'a Field) {
        let limits = |of: &Field| {
            let of = &of.0;
            format!(
                "default {:?}, allowed {:?}, length {:?}, items {:?} to {:?}, {:?} to {:?}, deprecated {}",
                of.default,
                of.allowed,
                of.max_length,
                of.min_items,
                of.max_items,
                of.minimum,
                of.maximum,
                of.deprecated.is_some()
            )
        };
        self.differ(at, &limits(one), &limits(other));
        self.phrases(at, &one.0.phrase, &other.0.phrase);
    }

    fn phrases(&mut self, at: &str, one: &'a str, other: &'a str) {
        let read = (self.one.known.read(one), self.other.known.read(other));
        let (Some((left, one_ty)), Some((right, other_ty))) = read else {
            return;
        };
        let marks = |mark: Option<Mark>, nullable: bool| {
            let required = mark == Some(Mark::Required);
            format!("required {required}, nullable {nullable}")
        };
        self.differ(
            at,
            &marks(left.mark, left.nullable),
            &marks(right.mark, right.nullable),
        );
        self.types(at, (one, &one_ty), (other, &other_ty));
    }

    fn types(&mut self, at: &str, one: (&'a str, &Ty<'a>), other: (&'a str, &Ty<'a>)) {
        match (one.1, other.1) {
            (Ty::List(left), Ty::List(right)) | (Ty::Map(left), Ty::Map(right)) => {
                self.types(at, (one.0, left), (other.0, right));
            }
            (Ty::Type(left, of), Ty::Type(right, with)) => {
                if self.seen.insert((left, right)) {
                    self.of(at, of, with);
                }
            }
            // Values that the document no longer lists stay in the spec.
            (Ty::Scalar(front_codegen::ir::Scalar::String), Ty::Type(_, of))
                if of.values.is_some() => {}
            (left, right) if left == right => {}
            _ => self.differ(at, one.0, other.0),
        }
    }

    fn of(&mut self, at: &str, one: &'a Type, other: &'a Type) {
        let nothing = || {
            static NOTHING: std::sync::OnceLock<IndexMap<String, Field>> =
                std::sync::OnceLock::new();
            NOTHING.get_or_init(IndexMap::new)
        };
        let fields = |of: &'a Type| of.fields.as_ref().unwrap_or_else(nothing);
        self.fields(at, fields(one), fields(other));
        let sorted = |of: &Option<Vec<String>>| {
            let mut all = of.clone();
            if let Some(all) = &mut all {
                all.sort();
            }
            format!("{all:?}")
        };
        self.differ(at, &sorted(&one.links), &sorted(&other.links));
        let values = |of: &Type| {
            let values = of.values.as_ref()?;
            Some(values.iter().map(|value| value.wire.clone()).collect::<Vec<_>>())
        };
        self.differ(at, &sorted(&values(one)), &sorted(&values(other)));
        let cases =
            |of: &'a Type| of.union.as_ref().map_or_else(nothing, |union| &union.cases);
        self.fields(at, cases(one), cases(other));
        match (&one.choice, &other.choice) {
            (Some(one), Some(other)) => {
                self.differ(at, &format!("{:?}", one.tag), &format!("{:?}", other.tag));
                for (name, group) in &one.cases {
                    let at = format!("{at}.{name}");
                    match other.cases.get(name) {
                        Some(other) => self.fields(&at, group, other),
                        None => self.differ(&at, "present", "missing"),
                    }
                }
                for name in
                    other.cases.keys().filter(|name| !one.cases.contains_key(*name))
                {
                    self.differ(&format!("{at}.{name}"), "missing", "present");
                }
            }
            (None, None) => {}
            _ => self.differ(at, "one is a choice", "the other is not"),
        }
    }
}

fn phrase_or_none(phrase: Option<&String>) -> &str {
    phrase.map_or("nothing", String::as_str)
}
