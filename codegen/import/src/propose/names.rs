//! Names of new items. Each is valid in Rust and unused. People may choose better names.

use std::collections::{HashMap, HashSet};

use heck::{ToSnakeCase as _, ToUpperCamelCase as _};
use indexmap::IndexMap;

use crate::published::{Api, Operation};
use front_codegen::names::Name;
use front_codegen::reserved::TYPE_NAMES;
use front_codegen::reserved::{
    CALL_VARIABLES, EXAMPLE_VARIABLES, LIST_METHODS, REQUEST_METHODS,
};
use front_codegen::reserved::{CLIENT_METHODS, CRATES, MODULES};
use front_codegen::spec::model::{Case, Resource, Value, ValueDef};

/// The affixes in the names of Front's schemas.
const SUFFIXES: &[&str] = &["Responses", "Response", "Request", "Body"];

/// The suffixes that make names distinct.
const NUMBERS: std::ops::Range<usize> = 2..10_000;

/// Replaces everything except letters and digits with spaces.
fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' }).collect()
}

/// Returns a type name for any text.
pub(super) fn of_type(text: &str) -> String {
    let camel = plain(text).to_upper_camel_case();
    if camel.starts_with(|c: char| c.is_ascii_uppercase()) {
        camel
    } else {
        format!("Type{camel}")
    }
}

/// Returns the names that a new type cannot have: those of types, ids, handles and requests, and those of generated code.
pub(super) fn taken(resources: &[Resource]) -> HashSet<String> {
    let mut taken: HashSet<String> =
        TYPE_NAMES.iter().map(|name| (*name).to_owned()).collect();
    for resource in resources {
        taken.extend(resource.id.as_ref().map(|id| id.name.clone()));
        taken.insert(resource.resource.to_upper_camel_case());
        taken.extend(resource.endpoints.keys().map(|name| name.to_upper_camel_case()));
        taken.extend(resource.types.keys().cloned());
    }
    taken
}

/// Returns the first unused candidate, otherwise the last one with a number.
pub(super) fn free(taken: &mut HashSet<String>, wishes: &[&str]) -> String {
    let legal = |name: &str| Name::of_type(name).is_ok();
    let is_free = |name: &str| legal(name) && !taken.contains(name);
    let last = wishes.last().copied().unwrap_or("Type");
    let name = wishes
        .iter()
        .find(|name| is_free(name))
        .map(|name| (*name).to_owned())
        .or_else(|| {
            NUMBERS.map(|number| numbered(last, number)).find(|name| is_free(name))
        })
        .unwrap_or_default();
    taken.insert(name.clone());
    name
}

fn numbered(name: &str, number: usize) -> String {
    match number {
        2 => format!("{name}Type"),
        _ => format!("{name}{}", number - 1),
    }
}

/// Returns the candidates for the name of a type at a location, the best one first. `one`: an item of a list, with a singular name.
pub(super) fn types(api: &Api, place: &str, one: bool) -> Vec<String> {
    let (root, path) = root_of(api, place);
    let whole = of_type(root.trim_start_matches("responses."));
    let short = SUFFIXES
        .iter()
        .find_map(|suffix| whole.strip_suffix(suffix))
        .filter(|short| !short.is_empty() && !api.roots.contains_key(*short))
        .unwrap_or(&whole);
    if path.is_empty() {
        return vec![short.to_owned(), whole.clone()];
    }
    let path = if one { singular(path) } else { path.to_owned() };
    let field = of_type(&path);
    let field = field
        .strip_prefix("Type")
        .filter(|_| !path.starts_with("type"))
        .unwrap_or(&field);
    vec![format!("{short}{field}"), format!("{whole}{field}")]
}

/// Returns the root of a location, and the path of fields in it.
fn root_of<'p>(api: &Api, place: &'p str) -> (&'p str, &'p str) {
    let mut split = place.len();
    loop {
        if api.roots.contains_key(&place[..split]) {
            return (&place[..split], place[split..].trim_start_matches('.'));
        }
        match place[..split].rfind('.') {
            Some(dot) => split = dot,
            None => return (place, ""),
        }
    }
}

/// Returns the resource whose name is the prefix of a root: `Tag` belongs to `tags`.
pub(super) fn home(
    resources: &[Resource],
    api: &Api,
    place: &str,
    name: &str,
) -> Option<usize> {
    let (_, path) = root_of(api, place);
    if !path.is_empty() {
        return None;
    }
    let name = format!("{}_", name.to_snake_case());
    resources
        .iter()
        .enumerate()
        .filter(|(_, resource)| {
            name.starts_with(&format!("{}_", singular(&resource.resource)))
        })
        .max_by_key(|(_, resource)| resource.resource.len())
        .map(|(number, _)| number)
}

/// Returns the singular: `contact_list` for `contact_lists`.
pub(crate) fn singular(name: &str) -> String {
    if let Some(stem) = name.strip_suffix("ies") {
        format!("{stem}y")
    } else if let Some(stem) = ["ses", "xes", "ches", "shes"]
        .iter()
        .find(|suffix| name.ends_with(*suffix))
        .and_then(|_| name.strip_suffix("es"))
    {
        stem.to_owned()
    } else {
        name.strip_suffix('s').unwrap_or(name).to_owned()
    }
}

/// The names that new resources and endpoints must not have.
pub(crate) struct TakenNames {
    types: HashSet<String>,
    /// The names of the requests of each resource, collected on first use.
    requests: HashMap<usize, HashSet<String>>,
}

impl TakenNames {
    pub(crate) fn of(resources: &[Resource]) -> Self {
        let types = resources.iter().flat_map(|resource| {
            let ids = resource.id.iter().map(|id| id.name.clone());
            resource.types.keys().cloned().chain(ids)
        });
        Self { types: types.collect(), requests: HashMap::new() }
    }
}

/// Returns the name of a new resource for a group of calls.
pub(crate) fn resource_name(operation: &Operation, beside: &TakenNames) -> String {
    let types = &beside.types;
    let by_path = || {
        let mut segments = operation.path.split('/');
        segments.find(|segment| !segment.is_empty() && !segment.starts_with('{'))
    };
    let group = operation.group.as_deref().or_else(by_path).unwrap_or_default();
    let snake = plain(group).to_snake_case();
    let snake = match snake.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => snake,
        _ => format!("calls_{snake}").trim_end_matches('_').to_owned(),
    };
    let legal = |name: &String| {
        let rust = Name::new(name).is_ok_and(|of| of.snake() == *name);
        let camel = name.to_upper_camel_case();
        let kept = [MODULES, CRATES, CLIENT_METHODS]
            .iter()
            .any(|kept| kept.contains(&name.as_str()));
        rust && !kept
            && !TYPE_NAMES.contains(&camel.as_str())
            && !types.contains(camel.as_str())
    };
    std::iter::once(snake.clone())
        .chain(std::iter::once(format!("{snake}_calls")))
        .chain(NUMBERS.map(|number| format!("{snake}_calls_{number}")))
        .find(legal)
        .unwrap_or(snake)
}

/// Returns the name of a new endpoint: the operation without the words of its resource.
pub(crate) fn endpoint_name(
    id: &str,
    resources: &[Resource],
    home: usize,
    beside: &mut TakenNames,
) -> String {
    let words: Vec<String> = plain(id)
        .to_snake_case()
        .split('_')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let resource = &resources[home];
    let own: Vec<String> = resource
        .resource
        .split('_')
        .flat_map(|word| [word.to_owned(), singular(word)])
        .chain(["a".to_owned(), "an".to_owned()])
        .collect();
    let verb = words.first().cloned().unwrap_or_default();
    let rest = words.iter().skip(1).filter(|word| !own.contains(word)).cloned();
    let short: Vec<String> = std::iter::once(verb).chain(rest).collect();
    let types = &beside.types;
    let requests = beside.requests.entry(home).or_insert_with(|| {
        resource.endpoints.keys().map(|name| name.to_upper_camel_case()).collect()
    });
    let handle = resource.resource.to_upper_camel_case();
    let legal = |name: &String| {
        Name::new(name).is_ok_and(|of| {
            let camel = of.camel();
            of.plain() == name
                && !TYPE_NAMES.contains(&camel.as_str())
                && !types.contains(camel.as_str())
                && !requests.contains(&camel)
                && camel != handle
        })
    };
    let whole = words.join("_");
    let whole = if whole.starts_with(|c: char| c.is_ascii_lowercase()) {
        whole
    } else {
        format!("call_{whole}").trim_end_matches('_').to_owned()
    };
    let name = [short.join("_"), whole.clone(), format!("{whole}_call")]
        .into_iter()
        .chain(NUMBERS.map(|number| format!("{whole}_{number}")))
        .find(legal)
        .unwrap_or(whole);
    requests.insert(name.to_upper_camel_case());
    name
}

/// Returns the explicit name that an input or a field needs, or `None` if the name of its key is valid and unused.
pub(crate) fn field_name(
    key: &str,
    taken: &HashSet<String>,
    kept: &[&str],
    prefix: &str,
) -> Option<String> {
    let by_key = Name::new(if key == "type" { "kind" } else { key });
    let free = |name: &str| {
        !kept.contains(&name)
            && !taken.contains(name)
            && !taken.contains(&format!("clear_{name}"))
    };
    if let Ok(name) = &by_key
        && free(name.plain())
    {
        return None;
    }
    let snake = plain(key).to_snake_case();
    let stem = format!("{prefix}_{snake}").trim_matches('_').to_owned();
    std::iter::once(stem.clone())
        .chain(NUMBERS.map(|number| format!("{stem}_{number}")))
        .find(|name| free(name) && Name::new(name).is_ok_and(|of| of.plain() == name))
}

/// The names that inputs of a call cannot have in generated code.
pub(crate) const KEPT_INPUTS: &[&[&str]] =
    &[REQUEST_METHODS, LIST_METHODS, CALL_VARIABLES, EXAMPLE_VARIABLES, &["limit"]];

/// The names that fields cannot have in generated code.
pub(crate) const KEPT_FIELDS: &[&str] = &["extra", "api_links", "new", "this"];

/// Returns the names of the values of an enumeration.
pub(crate) fn names_of(values: &[Value]) -> HashSet<String> {
    let names = values.iter().filter_map(|value| {
        Name::new(value.said.name.as_ref().unwrap_or(&value.wire)).ok()
    });
    names.map(|name| name.camel()).collect()
}

/// Returns a new value of an enumeration and marks its name as taken. The name is explicit if the text gives no free one.
pub(crate) fn value(wire: &str, taken: &mut HashSet<String>) -> Value {
    let name = variant(wire, taken);
    taken.extend(
        Name::new(name.as_deref().unwrap_or(wire)).ok().map(|name| name.camel()),
    );
    Value { wire: wire.to_owned(), said: ValueDef { name, ..ValueDef::default() } }
}

/// Returns the name of a new case.
pub(crate) fn case_name(wire: &str, others: &IndexMap<String, Case>) -> Option<String> {
    let taken: HashSet<String> = others
        .iter()
        .filter_map(|(key, case)| {
            Name::new(case.0.name.as_ref().unwrap_or(key)).ok().map(|name| name.camel())
        })
        .collect();
    variant(wire, &taken)
}

fn variant(wire: &str, taken: &HashSet<String>) -> Option<String> {
    let legal = |text: &str| {
        Name::new(text).is_ok_and(|name| {
            let camel = name.camel();
            camel != "Unknown" && !taken.contains(&camel)
        })
    };
    if legal(wire) {
        return None;
    }
    let words = plain(wire).to_upper_camel_case();
    let stem =
        if words.is_empty() { "Other".to_owned() } else { format!("Value{words}") };
    std::iter::once(stem.clone())
        .chain(NUMBERS.map(|number| format!("{stem}{number}")))
        .find(|text| legal(text))
}

/// Returns a valid placeholder that differs from the previous ones.
pub(crate) fn placeholder(published: &str, before: &[String]) -> String {
    let snake = plain(published).to_snake_case();
    let stem = match snake.chars().next() {
        Some(first) if first.is_ascii_lowercase() => snake,
        Some(_) => format!("p_{snake}"),
        None => "value".to_owned(),
    };
    std::iter::once(stem.clone())
        .chain(NUMBERS.map(|number| format!("{stem}_{number}")))
        .find(|name| !before.contains(name))
        .unwrap_or(stem)
}
