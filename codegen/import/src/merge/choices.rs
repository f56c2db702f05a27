//! Choices and their groups of fields.

use indexmap::IndexMap;

use super::Cx;
use super::fields::{self, Role, Wanted};
use crate::occurrences::{TypeLocation, case_object};
use crate::published::{Kind, Object};
use front_codegen::spec::model::{Choice, Field, Type};

/// Returns the updated choice.
pub(super) fn choice<'a>(
    cx: &mut Cx<'_, 'a>,
    home: usize,
    ours: &'a Type,
    choice: &'a Choice,
    occurrences: &[TypeLocation<'a>],
) -> Type {
    let objects: Vec<(&TypeLocation<'a>, &'a Object)> = occurrences
        .iter()
        .filter_map(|at| match &at.location.shape.kind {
            Kind::Object(object) => Some((at, object)),
            _ => None,
        })
        .collect();
    // The names of the cases, if the document has them.
    let mut names: Option<Vec<&'a String>> = None;
    for (_, object) in &objects {
        let Some(tag) = &choice.tag else {
            continue;
        };
        if let Some(cases) = object.cases.as_ref().filter(|cases| cases.tag == *tag) {
            names.get_or_insert_default().extend(cases.cases.keys());
        } else if let Some(field) = object.fields.get(tag)
            && let Some(Kind::Enum(values)) = match &field.shape.kind {
                Kind::Named(root) => {
                    cx.known.api.roots.get(root).map(|shape| &shape.kind)
                }
                kind => Some(kind),
            }
        {
            names.get_or_insert_default().extend(values);
        }
    }
    let mut cases: IndexMap<String, IndexMap<String, Field>> = IndexMap::new();
    for (name, group) in &choice.cases {
        if names.as_ref().is_some_and(|names| !names.contains(&name)) {
            continue;
        }
        cases.insert(name.clone(), self::group(cx, home, choice, name, group, &objects));
    }
    for name in names.into_iter().flatten() {
        if !cases.contains_key(name) {
            let none = EMPTY.get_or_init(IndexMap::new);
            let group = self::group(cx, home, choice, name, none, &objects);
            cases.insert(name.clone(), group);
        }
    }
    if choice.tag.is_none() {
        cases.retain(|_, group| !group.is_empty());
    }
    let mut of = ours.clone();
    if let Some(new) = &mut of.choice {
        new.cases = cases;
    }
    of
}

/// Returns the fields of a case that the spec does not have yet.
static EMPTY: std::sync::OnceLock<IndexMap<String, Field>> = std::sync::OnceLock::new();

fn group<'a>(
    cx: &mut Cx<'_, 'a>,
    home: usize,
    choice: &'a Choice,
    name: &str,
    ours: &'a IndexMap<String, Field>,
    objects: &[(&TypeLocation<'a>, &'a Object)],
) -> IndexMap<String, Field> {
    let direction = crate::directions::Direction { nested: true, ..Default::default() };
    let role = Role { direction, query: false, case: true };
    let mut group = IndexMap::new();
    let places: Vec<(String, &'a Object)> = objects
        .iter()
        .map(|(at, object)| match case_object(choice, object, name) {
            Some(case) => (format!("{}.{name}", at.location.place), case),
            None => (at.location.place.clone(), *object),
        })
        .collect();
    for (key, field) in ours {
        let locations: Vec<_> = places
            .iter()
            .filter_map(|(place, object)| cx.known.field(object, place, key))
            .map(|found| found.location)
            .collect();
        if !locations.is_empty() {
            let wanted = Wanted { locations, required: true };
            group.insert(key.clone(), fields::field(cx, home, field, &wanted, role));
        }
    }
    for (at, object) in objects {
        let Some(case) = case_object(choice, object, name) else {
            continue;
        };
        for (key, field) in &case.fields {
            if !group.contains_key(key) {
                let location =
                    at.location.below(name, at.location.shape).below(key, &field.shape);
                let wanted = Wanted { locations: vec![location], required: true };
                group.insert(key.clone(), fields::new(cx, home, &wanted, role));
            }
        }
    }
    group
}
