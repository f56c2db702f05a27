//! The table of which types of the spec are valid for which shapes of the document.
//!
//! A type of the spec may be more precise than the document, but must not contradict it. For a composed type, the result contains the
//! inner types and their locations, so that these are checked in turn.

use std::collections::HashSet;

use super::known::{Known, Location, Ty, word_of};
use super::published::{Kind, Object, Shape};
use front_codegen::ir::Scalar;
use front_codegen::spec::model::{Type, Union};

/// A type of the spec, and a location of the document at which it is used.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Occurrence<'a> {
    pub(super) ty: &'a str,
    pub(super) location: Location<'a>,
}

/// Returns the types in `ours` and their locations, if `ours` is valid at `location`. Otherwise returns `None`.
pub(super) fn refines<'a>(
    known: &Known<'a>,
    ours: &Ty<'a>,
    location: &Location<'a>,
) -> Option<Vec<Occurrence<'a>>> {
    use Scalar::{
        Boolean, File, Integer, Json, Number, Secret, String, Text, Timestamp,
    };
    let location = &location.head(known.api);
    let occurrences =
        |name: &'a str| Some(vec![Occurrence { ty: name, location: location.clone() }]);
    let plain = Some(Vec::new());
    match (&simple(known, location), ours) {
        (Simple::Any, _) | (_, Ty::Unknown) => plain,
        (Simple::String, Ty::Scalar(String | Text | Secret) | Ty::Id) => plain,
        // Front's set is open, or the document does not list it: people maintain the values. If this location is the origin of the
        // values, the document no longer lists them, and any text may be valid now.
        (Simple::String, Ty::Type(name, of))
            if of.values.is_some()
                && of.published.as_deref() != Some(&location.place) =>
        {
            occurrences(name)
        }
        (Simple::Integer, Ty::Scalar(Integer | Timestamp))
        | (Simple::Number, Ty::Scalar(Number | Timestamp))
        | (Simple::Boolean, Ty::Scalar(Boolean))
        | (Simple::File, Ty::Scalar(File))
        | (Simple::Map, Ty::Scalar(Json) | Ty::Map(_))
        | (Simple::OneOf(_), Ty::Scalar(Json)) => plain,
        // The names of its values are ours: the document has none.
        (Simple::Boolean, Ty::Type(_, of)) if of.flag.is_some() => plain,
        (Simple::Map, Ty::Type(_, of))
            if of.published.as_deref() == Some(&location.place) =>
        {
            plain
        }
        (Simple::Enum(values), Ty::Type(name, of))
            if of.values.is_some() && same_values(known, of, location, values) =>
        {
            occurrences(name)
        }
        (Simple::List(item), Ty::List(ours)) => {
            refines(known, ours, &Location::new(location.place.clone(), item))
        }
        (Simple::Object(object), Ty::Type(name, of)) => {
            let fits = match &of.union {
                Some(union) => has_tag(known, union, object, location),
                None => of.fields.is_some() && same_object(known, of, location, object),
            };
            if fits { occurrences(name) } else { None }
        }
        // The cases are checked one by one.
        (Simple::OneOf(_), Ty::Type(name, of)) if of.union.is_some() => {
            occurrences(name)
        }
        _ => None,
    }
}

/// A shape, as far as the spec distinguishes shapes.
pub(super) enum Simple<'a> {
    String,
    Integer,
    Number,
    Boolean,
    Any,
    Map,
    File,
    Enum(&'a [String]),
    List(&'a Shape),
    /// With fields.
    Object(&'a Object),
    /// Of more than one JSON kind.
    OneOf(Vec<&'a Shape>),
}

/// Returns the shape at a location, as far as the spec distinguishes shapes: an enumeration without values is text, an object without
/// fields is any object, a union of texts is text.
pub(super) fn simple<'a>(known: &Known<'a>, location: &Location<'a>) -> Simple<'a> {
    let location = location.head(known.api);
    match &location.shape.kind {
        Kind::String => Simple::String,
        Kind::Integer => Simple::Integer,
        Kind::Number => Simple::Number,
        Kind::Boolean => Simple::Boolean,
        // The shape of an undefined name is unknown.
        Kind::Any | Kind::Named(_) => Simple::Any,
        Kind::Map => Simple::Map,
        Kind::File => Simple::File,
        Kind::Enum(values) if values.is_empty() => Simple::String,
        Kind::Enum(values) => Simple::Enum(values),
        Kind::List(item) => Simple::List(item),
        Kind::Object(object) if object.fields.is_empty() && object.cases.is_none() => {
            Simple::Map
        }
        Kind::Object(object) => Simple::Object(object),
        Kind::OneOf(members) => one_of(known, &location, members),
    }
}

fn one_of<'a>(
    known: &Known<'a>,
    location: &Location<'a>,
    members: &'a [Shape],
) -> Simple<'a> {
    let words: Vec<&str> =
        members.iter().map(|member| kind(known, location, member)).collect();
    let all = |fits: &[&str]| words.iter().all(|word| fits.contains(word));
    if words.is_empty() || words.contains(&"any") {
        Simple::Any
    } else if all(&["string"]) {
        Simple::String
    } else if all(&["boolean"]) {
        Simple::Boolean
    } else if all(&["integer"]) {
        Simple::Integer
    } else if all(&["integer", "number"]) {
        Simple::Number
    } else {
        Simple::OneOf(members.iter().collect())
    }
}

/// Returns the JSON kind of a member of a union.
pub(super) fn kind<'a>(
    known: &Known<'a>,
    location: &Location<'a>,
    member: &'a Shape,
) -> &'static str {
    let head = Location::new(location.place.clone(), member).head(known.api);
    match &head.shape.kind {
        // A union inside a union counts as any value.
        Kind::OneOf(_) => "any",
        kind => word_of(kind),
    }
}

/// Returns the case by kind of a member of a union, and the types at that location if the case is valid for it.
pub(super) fn case_of<'a>(
    known: &Known<'a>,
    union: &'a Union,
    member: &Location<'a>,
) -> Option<(&'a str, Option<Vec<Occurrence<'a>>>)> {
    let word = kind(known, member, member.shape);
    let (key, case) = union.cases.get_key_value(word).or_else(|| match word {
        "integer" => union.cases.get_key_value("number"),
        _ => None,
    })?;
    let (_, ours) = known.read(&case.0.phrase)?;
    Some((key, member_refines(known, &ours, member)))
}

/// Returns the types at a member of a union, if the case is valid for it. `json` is valid for every member.
pub(super) fn member_refines<'a>(
    known: &Known<'a>,
    ours: &Ty<'a>,
    member: &Location<'a>,
) -> Option<Vec<Occurrence<'a>>> {
    if *ours == Ty::Scalar(Scalar::Json) {
        return Some(Vec::new());
    }
    // `number` also accepts whole numbers.
    if let (Simple::Integer, Ty::Scalar(Scalar::Number)) = (simple(known, member), ours)
    {
        return Some(Vec::new());
    }
    let head = member.head(known.api);
    let in_place =
        head == *member && matches!(head.shape.kind, Kind::Object(_) | Kind::Enum(_));
    let location =
        if in_place { head.below(word_of(&head.shape.kind), head.shape) } else { head };
    refines(known, ours, &location)
}

/// Returns whether the object has the tag of a union, and the key of its content.
fn has_tag<'a>(
    known: &Known<'a>,
    union: &Union,
    object: &'a Object,
    location: &Location<'a>,
) -> bool {
    let there = |key: &str| known.field(object, &location.place, key).is_some();
    union.tag.as_deref().is_some_and(there) && union.content.as_deref().is_none_or(there)
}

/// Returns whether a structure of the spec is valid for this object: its origin is here, or at a similar object.
fn same_object<'a>(
    known: &Known<'a>,
    of: &'a Type,
    location: &Location<'a>,
    object: &'a Object,
) -> bool {
    let Some(from) = of.published.as_deref() else {
        return true;
    };
    if from == location.place {
        return true;
    }
    let ours = our_keys(known, of);
    let theirs = keys(object);
    let overlap = Overlap::of(&ours, &theirs);
    match known.at(from) {
        None => overlap.half(),
        Some(other) => {
            let in_place = !known.api.roots.contains_key(&location.place);
            let twin = matches!(&item(other).kind, Kind::Object(other) if keys(other) == theirs);
            twin || overlap.wholly()
                || in_place && (overlap.nearly() || overlap.within())
        }
    }
}

/// Returns whether an enumeration of the spec is valid for these values.
fn same_values<'a>(
    known: &Known<'a>,
    of: &'a Type,
    location: &Location<'a>,
    values: &'a [String],
) -> bool {
    let Some(from) = of.published.as_deref() else {
        return true;
    };
    if from == location.place {
        return true;
    }
    let ours: Vec<&str> =
        of.values.iter().flatten().map(|value| value.wire.as_str()).collect();
    let theirs: Vec<&str> = values.iter().map(String::as_str).collect();
    let overlap = Overlap::of(&ours, &theirs);
    let twin = known.at(from).is_some_and(
        |other| matches!(&item(other).kind, Kind::Enum(other) if other == values),
    );
    twin || overlap.half() || overlap.within()
}

/// Returns the innermost item of a list, and other shapes unchanged.
pub(super) fn item(shape: &Shape) -> &Shape {
    match &shape.kind {
        Kind::List(inner) => item(inner),
        _ => shape,
    }
}

/// Returns the keys of an object and of its cases.
fn keys(object: &Object) -> Vec<&str> {
    let mut keys: Vec<&str> = object.fields.keys().map(String::as_str).collect();
    if let Some(cases) = &object.cases {
        keys.push(&cases.tag);
        keys.extend(
            cases.cases.values().flat_map(|case| case.fields.keys()).map(String::as_str),
        );
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Returns the keys of a structure of the spec as an object has them: the first part of a dotted key, and the keys that a choice
/// sends.
fn our_keys<'a>(known: &Known<'a>, of: &'a Type) -> Vec<&'a str> {
    let mut keys: Vec<&str> = Vec::new();
    for (key, field) in of.fields.iter().flatten() {
        match known.choice(field) {
            Some((_, choice)) => {
                keys.extend(choice.tag.as_deref());
                keys.extend(
                    choice
                        .cases
                        .values()
                        .flat_map(|case| case.keys())
                        .map(String::as_str),
                );
            }
            None => keys.push(key.split('.').next().unwrap_or(key)),
        }
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The overlap of two sets.
struct Overlap {
    ours: usize,
    theirs: usize,
    both: usize,
}

impl Overlap {
    fn of(ours: &[&str], theirs: &[&str]) -> Self {
        let known: HashSet<&str> = ours.iter().copied().collect();
        let both = theirs.iter().filter(|key| known.contains(*key)).count();
        Self { ours: ours.len(), theirs: theirs.len(), both }
    }

    fn all(&self) -> usize {
        self.ours + self.theirs - self.both
    }

    /// Returns whether at least half of all keys are shared.
    fn half(&self) -> bool {
        self.both * 2 >= self.all()
    }

    /// Returns whether both sets are equal.
    fn wholly(&self) -> bool {
        self.both == self.all()
    }

    /// Returns whether all keys except a few are shared.
    fn nearly(&self) -> bool {
        self.both * 4 >= self.all() * 3 || self.both >= 2 && self.all() - self.both <= 1
    }

    /// Returns whether the spec has all keys of the document.
    fn within(&self) -> bool {
        self.both == self.theirs && self.both > 0
    }
}

#[cfg(test)]
mod tests;
