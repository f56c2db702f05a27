//! Structures: their fields and links.

use indexmap::IndexMap;

use super::Cx;
use super::cases::named;
use super::fields::{self, Role, Wanted};
use crate::known::{Found, Known, Location};
use crate::occurrences::TypeLocation;
use crate::published::{Kind, Object};
use front_codegen::spec::model::{Choice, Endpoint, Field, FieldDef, Type};

/// Returns the updated structure.
pub(super) fn structure<'a>(
    cx: &mut Cx<'_, 'a>,
    home: usize,
    name: &'a str,
    ours: &'a Type,
    occurrences: &[TypeLocation<'a>],
) -> Type {
    let objects: Vec<(&TypeLocation<'a>, &'a Object)> = occurrences
        .iter()
        .filter_map(|at| match &at.location.shape.kind {
            Kind::Object(object) => Some((at, object)),
            _ => None,
        })
        .collect();
    let Some(table) = ours.fields.as_ref().filter(|_| !objects.is_empty()) else {
        return ours.clone();
    };
    let mut wanted = wanted(cx.known, table, &objects);
    // The document has a field with the name of the case. The union of the spec sends it.
    if let Some(tag) = cx.known.tag_in(name).filter(|tag| !table.contains_key(*tag)) {
        wanted.shift_remove(tag);
    }
    let direction = cx.directions.get(name);
    let mut fields: IndexMap<String, Field> = IndexMap::new();
    for (key, field) in table {
        let role = Role { direction, query: false, case: false };
        if let Some((_, choice)) = cx.known.choice(field) {
            if objects.iter().any(|(_, object)| has_choice(cx.known, choice, object)) {
                fields.insert(key.clone(), field.clone());
            }
        } else if let Some(wanted) = wanted.get(key) {
            fields.insert(key.clone(), fields::field(cx, home, field, wanted, role));
        }
    }
    let mut after: Option<usize> = None;
    for (key, wanted) in &wanted {
        if let Some(position) = fields.get_index_of(key) {
            after = Some(position);
            continue;
        }
        if !wanted.required && elsewhere(cx, name, key) {
            continue;
        }
        let role = Role { direction, query: false, case: false };
        let field = fields::new(cx, home, wanted, role);
        let position = after.map_or(0, |after| after + 1).min(fields.len());
        fields.shift_insert(position, key.clone(), field);
        after = Some(position);
    }
    for (at, object) in &objects {
        if let Some(cases) = &object.cases
            && !has_tagged_choice(cx.known, &fields, ours, &cases.tag)
        {
            let choice = cx.propose.choice(&at.location, &cases.tag, home);
            let def =
                FieldDef { phrase: format!("required {choice}"), ..FieldDef::default() };
            fields.insert(cases.tag.clone(), Field(def));
        }
    }
    let mut of = ours.clone();
    of.at_least_one.retain(|key| fields.contains_key(key));
    of.fields = Some(fields);
    of.links = links(ours, &objects, direction.answer);
    of
}

/// Returns every key that the document has at the locations of a structure, in the form of the spec: `a.b` if the structure has keys
/// of the object at `a`. Leaves out the keys that a choice sends.
fn wanted<'a>(
    known: &Known<'a>,
    table: &'a IndexMap<String, Field>,
    objects: &[(&TypeLocation<'a>, &'a Object)],
) -> IndexMap<String, Wanted<'a>> {
    let mut chosen: Vec<&str> = Vec::new();
    for (_, choice) in table.values().filter_map(|field| known.choice(field)) {
        if objects.iter().any(|(_, object)| has_choice(known, choice, object)) {
            chosen.extend(choice.tag.as_deref());
            let keys = choice.cases.values().flat_map(|group| group.keys());
            chosen.extend(keys.map(String::as_str));
        }
    }
    let mut all: IndexMap<String, (Vec<Location<'a>>, usize)> = IndexMap::new();
    let sent = objects.iter().filter(|(at, _)| at.sent).count();
    for (at, object) in objects {
        for (key, found) in leaves(known, table, object, &at.location.place, "", true) {
            if chosen.contains(&key.as_str()) {
                continue;
            }
            let entry = all.entry(key).or_default();
            entry.1 += usize::from(at.sent && found.required);
            entry.0.push(found.location);
        }
    }
    all.into_iter()
        .map(|(key, (locations, required))| {
            (key, Wanted { locations, required: sent > 0 && required == sent })
        })
        .collect()
}

/// Returns the fields of an object, and those of inner objects whose keys the spec writes with dots.
fn leaves<'a>(
    known: &Known<'a>,
    table: &'a IndexMap<String, Field>,
    object: &'a Object,
    place: &str,
    prefix: &str,
    required: bool,
) -> Vec<(String, Found<'a>)> {
    let mut all = Vec::new();
    for (key, field) in &object.fields {
        let ours = format!("{prefix}{key}");
        let through = format!("{ours}.");
        let location = Location::new(format!("{place}.{key}"), &field.shape);
        let head = location.head(known.api);
        match &head.shape.kind {
            Kind::Object(inner)
                if !table.contains_key(&ours)
                    && !inner.fields.is_empty()
                    && table.keys().any(|key| key.starts_with(&through)) =>
            {
                let required = required && field.required;
                all.extend(leaves(known, table, inner, &head.place, &through, required));
            }
            _ => {
                let required = required && field.required;
                all.push((ours, Found { location, required }));
            }
        }
    }
    all
}

/// Returns whether an object can contain a choice: it has cases with this tag, or one of the keys.
fn has_choice<'a>(known: &Known<'a>, choice: &Choice, object: &'a Object) -> bool {
    let of_cases = object.cases.as_ref().map(|cases| cases.tag.as_str());
    match &choice.tag {
        Some(tag) if of_cases == Some(tag) => true,
        Some(tag) => object.fields.get(tag).is_some_and(|field| {
            let location = Location::new(String::new(), &field.shape);
            match &location.head(known.api).shape.kind {
                Kind::Enum(values) => named(values.iter()),
                _ => true,
            }
        }),
        None => {
            let mut keys = choice.cases.values().flat_map(|group| group.keys());
            keys.any(|key| known_key(known, object, key))
        }
    }
}

fn known_key(known: &Known<'_>, object: &Object, key: &str) -> bool {
    // Only the presence of the field matters here.
    match object.fields.get(key) {
        Some(_) => true,
        None => key.split_once('.').is_some_and(|(first, rest)| {
            object.fields.get(first).is_some_and(|field| {
                let shape = match &field.shape.kind {
                    Kind::Named(root) => known.api.roots.get(root),
                    _ => Some(&field.shape),
                };
                matches!(shape.map(|shape| &shape.kind), Some(Kind::Object(inner)) if known_key(known, inner, rest))
            })
        }),
    }
}

/// Returns whether a structure already has a choice with this tag.
fn has_tagged_choice<'a>(
    known: &Known<'a>,
    fields: &IndexMap<String, Field>,
    ours: &'a Type,
    tag: &str,
) -> bool {
    ours.fields.iter().flatten().any(|(key, field)| {
        fields.contains_key(key)
            && known
                .choice(field)
                .is_some_and(|(_, choice)| choice.tag.as_deref() == Some(tag))
    })
}

/// Returns the endpoints whose whole body is of a type.
fn bodies<'a>(
    cx: &Cx<'_, 'a>,
    name: &str,
) -> impl Iterator<Item = (usize, &'a String, &'a Endpoint)> {
    cx.resources
        .iter()
        .enumerate()
        .flat_map(move |(number, resource)| {
            resource.endpoints.iter().map(move |(key, endpoint)| (number, key, endpoint))
        })
        .filter(move |(_, _, endpoint)| endpoint.body.as_deref() == Some(name))
        .collect::<Vec<_>>()
        .into_iter()
}

/// Returns whether a variant of the call sends a key of the body.
fn elsewhere(cx: &Cx<'_, '_>, name: &str, key: &str) -> bool {
    let through = format!("{key}.");
    bodies(cx, name).any(|(resource, endpoint, _)| {
        cx.resources[resource]
            .endpoints
            .values()
            .filter(|other| other.variant_of.as_ref() == Some(endpoint))
            .filter_map(|other| cx.known.of_name(other.body.as_deref()?))
            .flat_map(|of| of.fields.iter().flatten())
            .any(|(known, field)| {
                known == key
                    || known.starts_with(&through)
                    || cx.known.choice(field).is_some_and(|(_, choice)| {
                        choice.tag.as_deref() == Some(key)
                            || choice.cases.values().any(|group| group.contains_key(key))
                    })
            })
    })
}

/// Returns the names under `_links.related` at all locations.
fn links(
    ours: &Type,
    objects: &[(&TypeLocation<'_>, &Object)],
    answered: bool,
) -> Option<Vec<String>> {
    if !answered {
        return ours.links.clone();
    }
    let mut wanted: Option<Vec<&String>> = None;
    for links in objects
        .iter()
        .filter(|(at, _)| at.answered)
        .filter_map(|(_, of)| of.links.as_ref())
    {
        let all = wanted.get_or_insert_default();
        for link in links {
            if !all.contains(&link) {
                all.push(link);
            }
        }
    }
    if !objects.iter().any(|(at, _)| at.answered) {
        return ours.links.clone();
    }
    let wanted = wanted?;
    let mut links: Vec<String> = ours
        .links
        .iter()
        .flatten()
        .filter(|link| wanted.contains(link))
        .cloned()
        .collect();
    for link in wanted {
        if !links.contains(link) {
            links.push(link.clone());
        }
    }
    Some(links)
}
