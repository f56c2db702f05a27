//! The differences between two states of the spec, one fact a line. Texts that people write are not facts and are not compared.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::{Change, ChangeKind};
use crate::merge::Draft;
use front_codegen::spec::model::{Endpoint, Field, FieldDef, Resource, Type, Value};

/// The location of a change.
struct ChangeLocation<'a> {
    /// The name in the document and in corrections.
    at: String,
    ours: String,
    file: &'a str,
}

impl<'a> ChangeLocation<'a> {
    fn below(&self, at: &str, ours: &str) -> ChangeLocation<'a> {
        ChangeLocation {
            at: format!("{}.{at}", self.at),
            ours: format!("{}.{ours}", self.ours),
            file: self.file,
        }
    }
}

struct Changes {
    all: Vec<Change>,
}

/// Returns every change from `before` to `after`.
pub(super) fn changes(before: &Draft, after: &Draft) -> Vec<Change> {
    let mut changes = Changes { all: Vec::new() };
    let front = ChangeLocation {
        at: "front.yaml".to_owned(),
        ours: String::new(),
        file: "spec/front.yaml",
    };
    for scope in after.front.capabilities.keys() {
        if !before.front.capabilities.contains_key(scope) {
            changes.note(ChangeKind::New, &front, format!("permission `{scope}`"));
        }
    }
    for scope in before.front.capabilities.keys() {
        if !after.front.capabilities.contains_key(scope) {
            changes.note(ChangeKind::Gone, &front, format!("permission `{scope}`"));
        }
    }
    for class in before.front.rate_limits.keys() {
        if !after.front.rate_limits.contains_key(class) {
            changes.note(
                ChangeKind::Gone,
                &front,
                format!("rate limit class `{class}`"),
            );
        }
    }
    for resource in &after.resources {
        let old = before.resources.iter().find(|old| old.resource == resource.resource);
        let file = file(resource);
        if old.is_none() {
            let place = ChangeLocation {
                at: resource.resource.clone(),
                ours: String::new(),
                file: &file,
            };
            changes.note(ChangeKind::New, &place, "resource".to_owned());
        }
        let none = (IndexMap::new(), IndexMap::new());
        let (endpoints, types) =
            old.map_or((&none.0, &none.1), |old| (&old.endpoints, &old.types));
        changes.endpoints(resource, endpoints, &file);
        changes.types(resource, types, &file);
    }
    for old in &before.resources {
        if !after.resources.iter().any(|new| new.resource == old.resource) {
            let file = file(old);
            let place = ChangeLocation {
                at: old.resource.clone(),
                ours: String::new(),
                file: &file,
            };
            let none = Resource {
                endpoints: IndexMap::new(),
                types: IndexMap::new(),
                ..old.clone()
            };
            changes.endpoints(&none, &old.endpoints, &file);
            changes.types(&none, &old.types, &file);
            changes.note(ChangeKind::Gone, &place, "resource".to_owned());
        }
    }
    changes.all
}

/// Returns the file of a resource.
pub(crate) fn file(resource: &Resource) -> String {
    format!("spec/resources/{}.yaml", resource.resource)
}

impl Changes {
    fn note(&mut self, kind: ChangeKind, place: &ChangeLocation<'_>, what: String) {
        self.all.push(Change {
            kind,
            at: place.at.clone(),
            what,
            ours: place.ours.clone(),
            file: place.file.to_owned(),
        });
    }

    /// Records a fact if it differs.
    fn fact(&mut self, place: &ChangeLocation<'_>, what: &str, old: &str, new: &str) {
        if old != new {
            self.note(ChangeKind::Changed, place, format!("{what} {old} -> {new}"));
        }
    }

    fn endpoints(
        &mut self,
        resource: &Resource,
        old: &IndexMap<String, Endpoint>,
        file: &str,
    ) {
        for (name, endpoint) in &resource.endpoints {
            let ours = format!("{}.{name}", resource.resource);
            let place = ChangeLocation { at: endpoint.operation.clone(), ours, file };
            match old.get(name) {
                None => {
                    let what = format!("{} {}", endpoint.method, endpoint.path);
                    self.note(ChangeKind::New, &place, what);
                }
                Some(old) => self.endpoint(&place, old, endpoint),
            }
        }
        for (name, endpoint) in old {
            if !resource.endpoints.contains_key(name) {
                let ours = format!("{}.{name}", resource.resource);
                let place =
                    ChangeLocation { at: endpoint.operation.clone(), ours, file };
                let what = format!("{} {}", endpoint.method, endpoint.path);
                self.note(ChangeKind::Gone, &place, what);
            }
        }
    }

    fn endpoint(&mut self, place: &ChangeLocation<'_>, old: &Endpoint, new: &Endpoint) {
        let scope = |of: &Endpoint| {
            of.published_scope.as_ref().unwrap_or(&of.capability).clone()
        };
        let status = |of: &Endpoint| match (&of.list, &of.returns) {
            (Some(_), _) => 200,
            (None, None) => 204,
            (None, Some(returns)) => {
                returns.status.unwrap_or(if returns.name.is_some() { 200 } else { 204 })
            }
        };
        let answer = |of: &Endpoint| match (&of.list, &of.returns) {
            (Some(item), _) => format!("a list of {item}"),
            (None, Some(returns)) => {
                returns.name.clone().unwrap_or_else(|| NOTHING.to_owned())
            }
            (None, None) => NOTHING.to_owned(),
        };
        let paged =
            |of: &Endpoint| (of.list.is_some() && of.paged != Some(false)).to_string();
        let word =
            |of: &Option<String>| of.clone().unwrap_or_else(|| NOTHING.to_owned());
        self.fact(place, "operation", &old.operation, &new.operation);
        self.fact(place, "method", &old.method, &new.method);
        self.fact(place, "path", &old.path, &new.path);
        self.fact(place, "scope", &scope(old), &scope(new));
        self.fact(
            place,
            "deprecated",
            &old.deprecated.is_some().to_string(),
            &new.deprecated.is_some().to_string(),
        );
        self.fact(
            place,
            "redirects",
            &old.redirects.is_some().to_string(),
            &new.redirects.is_some().to_string(),
        );
        self.fact(place, "body", &word(&old.body), &word(&new.body));
        self.fact(place, "answer", &answer(old), &answer(new));
        if old.list.is_some() && new.list.is_some() {
            self.fact(place, "paged", &paged(old), &paged(new));
        }
        let max_page = |of: &Endpoint| of.max_page.map(|max| max.to_string());
        self.fact(place, "max_page", &word(&max_page(old)), &word(&max_page(new)));
        self.fact(place, "status", &status(old).to_string(), &status(new).to_string());
        self.fields(place, "query.", &old.query, &new.query);
        self.fields(place, "header.", &old.headers, &new.headers);
        self.fields(place, "params.", &old.params, &new.params);
        self.fact(place, "arguments", &list(&old.arguments), &list(&new.arguments));
    }

    fn types(&mut self, resource: &Resource, old: &IndexMap<String, Type>, file: &str) {
        for (name, of) in &resource.types {
            let at = of.published.clone().unwrap_or_else(|| name.clone());
            let place = ChangeLocation { at, ours: name.clone(), file };
            match old.get(name) {
                None => self.note(
                    ChangeKind::New,
                    &place,
                    format!("type with {}", holds(of)),
                ),
                Some(old) => self.of(&place, old, of),
            }
        }
        for (name, of) in old {
            if !resource.types.contains_key(name) {
                let at = of.published.clone().unwrap_or_else(|| name.clone());
                let place = ChangeLocation { at, ours: name.clone(), file };
                self.note(ChangeKind::Gone, &place, format!("type with {}", holds(of)));
            }
        }
    }

    fn of(&mut self, place: &ChangeLocation<'_>, old: &Type, new: &Type) {
        let word =
            |of: &Option<String>| of.clone().unwrap_or_else(|| NOTHING.to_owned());
        self.fact(place, "published", &word(&old.published), &word(&new.published));
        let none = IndexMap::new();
        self.fields(
            place,
            "",
            old.fields.as_ref().unwrap_or(&none),
            new.fields.as_ref().unwrap_or(&none),
        );
        match (&old.links, &new.links) {
            (Some(old), Some(new)) => self.set(place, "link", old, new),
            (None, Some(new)) => self.note(ChangeKind::New, place, links(new)),
            (Some(old), None) => self.note(ChangeKind::Gone, place, links(old)),
            (None, None) => {}
        }
        let values = |of: &Type| -> Vec<String> {
            of.values.iter().flatten().map(|value: &Value| value.wire.clone()).collect()
        };
        self.set(place, "value", &values(old), &values(new));
        if let (Some(old), Some(new)) = (&old.union, &new.union) {
            self.fields(place, "", &old.cases, &new.cases);
        }
        if let (Some(old), Some(new)) = (&old.choice, &new.choice) {
            let names = |of: &front_codegen::spec::model::Choice| -> Vec<String> {
                of.cases.keys().cloned().collect()
            };
            self.set(place, "case", &names(old), &names(new));
            for (name, group) in &new.cases {
                if let Some(old) = old.cases.get(name) {
                    self.fields(&place.below(name, name), "", old, group);
                }
            }
        }
        self.fact(
            place,
            "at_least_one",
            &list(&old.at_least_one),
            &list(&new.at_least_one),
        );
    }

    fn set(
        &mut self,
        place: &ChangeLocation<'_>,
        what: &str,
        old: &[String],
        new: &[String],
    ) {
        let [before, after] =
            [old, new].map(|all| all.iter().collect::<HashSet<&String>>());
        for one in new.iter().filter(|one| !before.contains(one)) {
            self.note(ChangeKind::New, place, format!("{what} `{one}`"));
        }
        for one in old.iter().filter(|one| !after.contains(one)) {
            self.note(ChangeKind::Gone, place, format!("{what} `{one}`"));
        }
    }

    fn fields(
        &mut self,
        place: &ChangeLocation<'_>,
        prefix: &str,
        old: &IndexMap<String, Field>,
        new: &IndexMap<String, Field>,
    ) {
        for (key, field) in new {
            let place = place.below(&format!("{prefix}{key}"), key);
            match old.get(key) {
                None => self.note(ChangeKind::New, &place, in_words(&field.0)),
                Some(old) => self.field(&place, &old.0, &field.0),
            }
        }
        for (key, field) in old {
            if !new.contains_key(key) {
                let place = place.below(&format!("{prefix}{key}"), key);
                self.note(ChangeKind::Gone, &place, in_words(&field.0));
            }
        }
    }

    fn field(&mut self, place: &ChangeLocation<'_>, old: &FieldDef, new: &FieldDef) {
        if old.phrase != new.phrase {
            self.note(
                ChangeKind::Changed,
                place,
                format!("{} -> {}", old.phrase, new.phrase),
            );
        }
        let (old, new) = (limits(old), limits(new));
        for ((what, old), (_, new)) in old.into_iter().zip(new) {
            if old != new {
                let none = || NOTHING.to_owned();
                self.fact(
                    place,
                    what,
                    &old.unwrap_or_else(none),
                    &new.unwrap_or_else(none),
                );
            }
        }
    }
}

const NOTHING: &str = "none";

fn list(all: &[String]) -> String {
    if all.is_empty() { NOTHING.to_owned() } else { all.join(", ") }
}

/// Describes links.
fn links(all: &[String]) -> String {
    if all.is_empty() {
        "a link to itself".to_owned()
    } else {
        format!("links {}", all.join(", "))
    }
}

/// Returns the limits of a field, each with its key.
fn limits(of: &FieldDef) -> [(&'static str, Option<String>); 9] {
    let allowed: Vec<String> = of.allowed.iter().map(i64::to_string).collect();
    [
        ("default", of.default.clone()),
        ("fixed", of.fixed.clone()),
        ("allowed", (!allowed.is_empty()).then(|| allowed.join(", "))),
        ("max_length", of.max_length.map(|it| it.to_string())),
        ("min_items", of.min_items.map(|it| it.to_string())),
        ("max_items", of.max_items.map(|it| it.to_string())),
        ("minimum", of.minimum.map(|it| it.to_string())),
        ("maximum", of.maximum.map(|it| it.to_string())),
        ("deprecated", of.deprecated.as_ref().map(|_| "true".to_owned())),
    ]
}

/// Describes a field in one line.
fn in_words(of: &FieldDef) -> String {
    let limits = limits(of)
        .into_iter()
        .filter_map(|(what, limit)| Some(format!("{what} {}", limit?)));
    std::iter::once(of.phrase.clone()).chain(limits).collect::<Vec<_>>().join(", ")
}

/// Describes the contents of a type in a few words.
fn holds(of: &Type) -> String {
    let count = |number: usize, noun: &str| {
        format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
    };
    if let Some(fields) = &of.fields {
        count(fields.len(), "field")
    } else if let Some(values) = &of.values {
        count(values.len(), "value")
    } else {
        let union = of.union.as_ref().map(|union| union.cases.len());
        let choice = of.choice.as_ref().map(|choice| choice.cases.len());
        count(union.or(choice).unwrap_or_default(), "case")
    }
}
