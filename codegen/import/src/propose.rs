//! Proposes new items: phrases, and types that begin as stubs and are completed by the next pass.

mod limits;
mod names;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use super::known::{Known, Location, Ty, word_of};
use super::occurrences::{HEADER, QUERY};
use super::published::{Kind, Shape};
use super::refines::{Simple, kind, simple};
use front_codegen::ir::Scalar;
use front_codegen::spec::model::{Choice, Resource, Type, Union};

pub(super) use limits::expressible;
pub(super) use names::{
    KEPT_FIELDS, KEPT_INPUTS, TakenNames, case_name, endpoint_name, field_name,
    names_of, placeholder, resource_name, singular, value,
};

/// How a value is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Usage {
    /// A request contains it.
    pub(super) sent: bool,
    /// A response contains it.
    pub(super) answered: bool,
    /// A query contains it.
    pub(super) query: bool,
}

/// Proposes the missing items.
pub(super) struct Proposer<'k, 'a> {
    known: &'k Known<'a>,
    resources: &'a [Resource],
    occurrences: &'k super::occurrences::Occurrences<'a>,
    directions: &'k super::directions::Directions<'a>,
    /// The used type names.
    taken: HashSet<String>,
    /// The new types, by location.
    stubs: HashMap<String, String>,
    made: Vec<(usize, String, Type)>,
    /// Whether the type is the item of a list, so that its name is singular.
    in_list: bool,
}

impl<'k, 'a> Proposer<'k, 'a> {
    pub(super) fn new(
        known: &'k Known<'a>,
        resources: &'a [Resource],
        occurrences: &'k super::occurrences::Occurrences<'a>,
        directions: &'k super::directions::Directions<'a>,
    ) -> Self {
        Self {
            known,
            resources,
            occurrences,
            directions,
            taken: names::taken(resources),
            stubs: HashMap::new(),
            made: Vec::new(),
            in_list: false,
        }
    }

    /// Returns the new types, each with its resource.
    pub(super) fn made(self) -> Vec<(usize, String, Type)> {
        self.made
    }

    /// Returns a type phrase for a location. `home` is the resource that needs it.
    pub(super) fn phrase(
        &mut self,
        location: &Location<'a>,
        usage: Usage,
        home: usize,
    ) -> String {
        let location = location.head(self.known.api);
        let text = match simple(self.known, &location) {
            Simple::String => "string",
            Simple::Integer => "integer",
            Simple::Number => "number",
            Simple::Boolean => "boolean",
            Simple::Enum(values) if usage.query => {
                return self.parameter(&location, values, home);
            }
            Simple::List(_) if usage.query && no_query(self.known, &location) => {
                "string"
            }
            Simple::List(item) => {
                let item = Location::new(location.place.clone(), item);
                let outer = std::mem::replace(&mut self.in_list, true);
                let item = self.phrase(&item, usage, home);
                self.in_list = outer;
                return format!("list of {item}");
            }
            _ if usage.query => "string",
            Simple::Any => "json",
            Simple::Map => "map of json",
            Simple::File if usage.answered => "string",
            Simple::File => "file",
            Simple::Enum(_) | Simple::Object(_) => {
                return self.named(&location, usage, home);
            }
            Simple::OneOf(members)
                if distinct_by_kind(self.known, &location, &members) =>
            {
                return self.named(&location, usage, home);
            }
            Simple::OneOf(_) => "json",
        };
        text.to_owned()
    }

    /// Returns the type phrase of a case by kind, for all members of that kind.
    pub(super) fn case(
        &mut self,
        word: &str,
        members: &[Location<'a>],
        usage: Usage,
        home: usize,
    ) -> String {
        match (word, members) {
            ("string", [one])
                if matches!(one.head(self.known.api).shape.kind, Kind::Enum(_)) =>
            {
                let location = member_site(self.known, one);
                self.phrase(&location, Usage { query: false, ..usage }, home)
            }
            ("string", _) => "string".to_owned(),
            ("integer" | "number" | "boolean", _) => word.to_owned(),
            (_, [one]) => {
                let location = member_site(self.known, one);
                match self.phrase(&location, usage, home) {
                    file if file == "file" => "string".to_owned(),
                    other => other,
                }
            }
            _ => "json".to_owned(),
        }
    }

    /// Returns a choice for the cases of a body.
    pub(super) fn choice(
        &mut self,
        body: &Location<'a>,
        tag: &str,
        home: usize,
    ) -> String {
        let place = format!("{}.{tag}", body.place);
        let declared = self.resources.iter().flat_map(|resource| &resource.types).find(
            |(_, of)| of.choice.is_some() && of.published.as_ref() == Some(&place),
        );
        if let Some((name, _)) = declared {
            return name.clone();
        }
        let choice = Choice { tag: Some(tag.to_owned()), cases: IndexMap::new() };
        self.stub(&place, home, Type { choice: Some(choice), ..empty(&place) })
    }

    /// Returns an enumeration for a query parameter. Calls share parameters without references in the document, so parameters with
    /// the same key and values have the same type.
    fn parameter(
        &mut self,
        location: &Location<'a>,
        values: &'a [String],
        home: usize,
    ) -> String {
        let way = [QUERY, HEADER]
            .into_iter()
            .find(|way| location.place.contains(way))
            .unwrap_or(QUERY);
        let key = location.place.rsplit_once(way).map_or("", |(_, key)| key);
        let same = |of: &Type| {
            let ours: Option<HashSet<&str>> = of
                .values
                .as_ref()
                .map(|values| values.iter().map(|value| value.wire.as_str()).collect());
            ours.is_some_and(|ours| {
                ours.len() == values.len()
                    && values.iter().all(|value| ours.contains(value.as_str()))
            })
        };
        if self.known.api.roots.contains_key(&location.place) {
            return self.named(
                location,
                Usage { sent: true, answered: false, query: false },
                home,
            );
        }
        let suffix = format!("{way}{key}");
        let occurrences = self
            .occurrences
            .ending(&suffix)
            .find(|name| self.known.of_name(name).is_some_and(same));
        if let Some(name) = occurrences {
            return name.to_owned();
        }
        let made = self
            .made
            .iter()
            .find(|(_, _, of)| of.published.is_none() && same(of) && of.note.is_none());
        let stem = names::of_type(key);
        if let Some((_, name, _)) = made.filter(|(_, name, _)| name.starts_with(&stem)) {
            return name.clone();
        }
        let mut taken = HashSet::new();
        let all = values.iter().map(|wire| value(wire, &mut taken)).collect();
        let of = Type { values: Some(all), ..empty("") };
        let of = Type { published: None, ..of };
        let name = names::free(&mut self.taken, &[&stem]);
        self.made.push((home, name.clone(), of));
        name
    }

    /// Returns the name of the type for a location: a type that is used there or has its origin there, otherwise a new one.
    fn named(&mut self, location: &Location<'a>, usage: Usage, home: usize) -> String {
        let is_enum = matches!(location.shape.kind, Kind::Enum(_));
        let is_union = matches!(location.shape.kind, Kind::OneOf(_));
        let fits = |of: &Type| {
            if is_enum {
                of.values.is_some()
            } else if is_union {
                of.union.is_some()
            } else {
                of.fields.is_some() || of.union.is_some()
            }
        };
        let declared = self
            .resources
            .iter()
            .flat_map(|resource| &resource.types)
            .filter(|(_, of)| of.published.as_ref() == Some(&location.place))
            .map(|(name, _)| name.as_str());
        let candidates: Vec<&str> = declared
            .chain(self.occurrences.at(&location.place))
            .filter(|name| self.known.of_name(name).is_some_and(fits))
            .collect();
        let travels = |name: &&&str| {
            let direction = self.directions.get(name);
            (!usage.sent || direction.sent()) && (!usage.answered || direction.answer)
        };
        let either = |name: &&&str| {
            self.known
                .of_name(name)
                .is_some_and(|of| is_enum || goes_both_ways(self.known, of))
        };
        let found =
            candidates.iter().find(travels).or_else(|| candidates.iter().find(either));
        if let Some(name) = found {
            return (*name).to_owned();
        }
        let of = match &location.shape.kind {
            Kind::Enum(_) => Type { values: Some(Vec::new()), ..empty(&location.place) },
            Kind::OneOf(_) => {
                let by = Some("kind".to_owned());
                let union =
                    Union { by, tag: None, content: None, cases: IndexMap::new() };
                Type { union: Some(union), ..empty(&location.place) }
            }
            _ => Type { fields: Some(IndexMap::new()), ..empty(&location.place) },
        };
        self.stub(&location.place, home, of)
    }

    fn stub(&mut self, place: &str, home: usize, of: Type) -> String {
        if let Some(name) = self.stubs.get(place) {
            return name.clone();
        }
        let wishes = names::types(self.known.api, place, self.in_list);
        let wishes: Vec<&str> = wishes.iter().map(String::as_str).collect();
        let name = names::free(&mut self.taken, &wishes);
        let home =
            names::home(self.resources, self.known.api, place, &name).unwrap_or(home);
        self.stubs.insert(place.to_owned(), name.clone());
        self.made.push((home, name.clone(), of));
        name
    }

    /// Returns the type of a proposed phrase, as far as limits need it. A stub is unknown until the next pass.
    pub(super) fn simple_of(&self, text: &str) -> Ty<'a> {
        let (many, rest) = match text.strip_prefix("list of ") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        if text.starts_with("map of ") {
            return Ty::Map(Box::new(Ty::Scalar(Scalar::Json)));
        }
        let scalar =
            front_codegen::phrase::Scalar::WORDS.iter().find(|(name, _)| *name == rest);
        let ty = match scalar {
            Some((_, scalar)) => Ty::Scalar(*scalar),
            None => Ty::Unknown,
        };
        if many { Ty::List(Box::new(ty)) } else { ty }
    }
}

/// Returns a stub: a type with only its origin.
fn empty(place: &str) -> Type {
    Type {
        about: None,
        note: None,
        published: Some(place.to_owned()),
        deprecated: None,
        links: None,
        fields: None,
        at_least_one: Vec::new(),
        values: None,
        flag: None,
        union: None,
        choice: None,
    }
}

/// Returns the location of a member of a union. The path of an inline member ends with its kind.
fn member_site<'a>(known: &Known<'a>, member: &Location<'a>) -> Location<'a> {
    let head = member.head(known.api);
    let in_place = head == *member;
    match &head.shape.kind {
        Kind::Object(_) | Kind::Enum(_) if in_place => {
            head.below(word_of(&head.shape.kind), head.shape)
        }
        _ => head,
    }
}

/// Returns whether the JSON kinds of the members distinguish enough of them for a union.
fn distinct_by_kind<'a>(
    known: &Known<'a>,
    location: &Location<'a>,
    members: &[&'a Shape],
) -> bool {
    let words: HashSet<&str> =
        members.iter().map(|member| kind(known, location, member)).collect();
    words.len() > 1 && !words.contains("any")
}

/// Returns whether the spec cannot express such a value in a query.
pub(super) fn no_query<'a>(known: &Known<'a>, location: &Location<'a>) -> bool {
    let single = |simple: &Simple<'_>| {
        matches!(
            simple,
            Simple::String
                | Simple::Integer
                | Simple::Number
                | Simple::Boolean
                | Simple::Enum(_)
        )
    };
    match simple(known, location) {
        Simple::List(item) => {
            !single(&simple(known, &Location::new(location.place.clone(), item)))
        }
        other => !single(&other),
    }
}

/// Returns whether a type has nothing that is valid in one direction only.
fn goes_both_ways(known: &Known<'_>, of: &Type) -> bool {
    of.at_least_one.is_empty()
        && of.fields.iter().flatten().all(|(key, field)| {
            let marked = field.0.phrase.starts_with("always ");
            let file = field.0.phrase.ends_with("file");
            let choice =
                front_codegen::phrase::parse(&field.0.phrase).is_ok_and(|phrase| {
                    match phrase.shape {
                        front_codegen::phrase::Shape::Name(name, _) => {
                            known.of_name(name).is_some_and(|of| of.choice.is_some())
                        }
                        _ => false,
                    }
                });
            !marked && !file && !choice && field.0.fixed.is_none() && !key.contains('.')
        })
}
