//! A structure: its fields and links.

use indexmap::IndexMap;

use super::Cx;
use super::cases::named;
use super::fields::{self, Role, Wanted};
use super::walk::At;
use crate::known::{Found, Known, Site};
use crate::published::{Kind, Object};
use front_codegen::spec::model::{Choice, Endpoint, Field, FieldDef, Type};

/// A structure as it should be.
pub(super) fn structure<'a>(
    cx: &mut Cx<'_, 'a>,
    home: usize,
    name: &'a str,
    ours: &'a Type,
    stands: &[At<'a>],
) -> Type {
    let objects: Vec<(&At<'a>, &'a Object)> = stands
        .iter()
        .filter_map(|at| match &at.site.shape.kind {
            Kind::Object(object) => Some((at, object)),
            _ => None,
        })
        .collect();
    let Some(table) = ours.fields.as_ref().filter(|_| !objects.is_empty()) else {
        return ours.clone();
    };
    let mut wanted = wanted(cx.known, table, &objects);
    // The document names a case with a field of its own; our union sends that.
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
            let choice = cx.propose.choice(&at.site, &cases.tag, home);
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

/// Every key that the document has at the places of a structure, as ours writes it: `a.b` where ours has keys of the object
/// at `a`. Keys that a choice of ours sends are left out.
fn wanted<'a>(
    known: &Known<'a>,
    table: &'a IndexMap<String, Field>,
    objects: &[(&At<'a>, &'a Object)],
) -> IndexMap<String, Wanted<'a>> {
    let mut chosen: Vec<&str> = Vec::new();
    for (_, choice) in table.values().filter_map(|field| known.choice(field)) {
        if objects.iter().any(|(_, object)| has_choice(known, choice, object)) {
            chosen.extend(choice.tag.as_deref());
            let keys = choice.cases.values().flat_map(|group| group.keys());
            chosen.extend(keys.map(String::as_str));
        }
    }
    let mut all: IndexMap<String, (Vec<Site<'a>>, usize)> = IndexMap::new();
    let sent = objects.iter().filter(|(at, _)| at.sent).count();
    for (at, object) in objects {
        for (key, found) in leaves(known, table, object, &at.site.place, "", true) {
            if chosen.contains(&key.as_str()) {
                continue;
            }
            let entry = all.entry(key).or_default();
            entry.1 += usize::from(at.sent && found.required);
            entry.0.push(found.site);
        }
    }
    all.into_iter()
        .map(|(key, (sites, required))| {
            (key, Wanted { sites, required: sent > 0 && required == sent })
        })
        .collect()
}

/// The fields of an object, those of objects in it where ours names their keys with dots.
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
        let site = Site::new(format!("{place}.{key}"), &field.shape);
        let head = site.head(known.api);
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
                all.push((ours, Found { site, required }));
            }
        }
    }
    all
}

/// Whether an object has room for a choice: cases told apart by its tag, or one of its keys.
fn has_choice<'a>(known: &Known<'a>, choice: &Choice, object: &'a Object) -> bool {
    let of_cases = object.cases.as_ref().map(|cases| cases.tag.as_str());
    match &choice.tag {
        Some(tag) if of_cases == Some(tag) => true,
        Some(tag) => object.fields.get(tag).is_some_and(|field| {
            let site = Site::new(String::new(), &field.shape);
            match &site.head(known.api).shape.kind {
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
    // The place is not looked at here, only whether there is one.
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

/// Whether a structure has a choice with this tag already.
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

/// The endpoints that send a type as their whole body.
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

/// Whether a key of a body is sent by a second form of the call.
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

/// The names under `_links.related`: those of all places.
fn links(
    ours: &Type,
    objects: &[(&At<'_>, &Object)],
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
