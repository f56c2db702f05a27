//! The closed table: which of our types may stand where the document says what.
//!
//! Ours may say more than the document and never something else. Where ours is made of parts, the answer names the types in
//! it and the places where they then stand, so that these are looked at in turn.

use std::collections::HashSet;

use super::known::{Known, Site, Ty, word_of};
use super::published::{Kind, Object, Shape};
use front_codegen::ir::Scalar;
use front_codegen::spec::model::{Type, Union};

/// A type of ours and a place of the document at which it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stand<'a> {
    pub(super) ty: &'a str,
    pub(super) site: Site<'a>,
}

/// The types in `ours` and where they stand if it is at `site`; none where it cannot be.
pub(super) fn refines<'a>(
    known: &Known<'a>,
    ours: &Ty<'a>,
    site: &Site<'a>,
) -> Option<Vec<Stand<'a>>> {
    use Scalar::{
        Boolean, File, Integer, Json, Number, Secret, String, Text, Timestamp,
    };
    let site = &site.head(known.api);
    let stands = |name: &'a str| Some(vec![Stand { ty: name, site: site.clone() }]);
    let plain = Some(Vec::new());
    match (&simple(known, site), ours) {
        (Simple::Any, _) | (_, Ty::Unknown) => plain,
        (Simple::String, Ty::Scalar(String | Text | Secret) | Ty::Id) => plain,
        // Front's set is open, or the document does not list it: the values are what people know of them. Where they were read
        // from this very place, the document has lost them: any text may be accepted now.
        (Simple::String, Ty::Type(name, of))
            if of.values.is_some() && of.published.as_deref() != Some(&site.place) =>
        {
            stands(name)
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
            if of.published.as_deref() == Some(&site.place) =>
        {
            plain
        }
        (Simple::Enum(values), Ty::Type(name, of))
            if of.values.is_some() && same_values(known, of, site, values) =>
        {
            stands(name)
        }
        (Simple::List(item), Ty::List(ours)) => {
            refines(known, ours, &Site::new(site.place.clone(), item))
        }
        (Simple::Object(object), Ty::Type(name, of)) => {
            let fits = match &of.union {
                Some(union) => has_tag(known, union, object, site),
                None => of.fields.is_some() && same_object(known, of, site, object),
            };
            if fits { stands(name) } else { None }
        }
        // Its cases are looked at one by one.
        (Simple::OneOf(_), Ty::Type(name, of)) if of.union.is_some() => stands(name),
        _ => None,
    }
}

/// A shape as far as the language tells shapes apart.
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

/// What a place holds, as far as the language tells: an enumeration without values is text, an object of which nothing is
/// known is any object, a union of texts is text.
pub(super) fn simple<'a>(known: &Known<'a>, site: &Site<'a>) -> Simple<'a> {
    let site = site.head(known.api);
    match &site.shape.kind {
        Kind::String => Simple::String,
        Kind::Integer => Simple::Integer,
        Kind::Number => Simple::Number,
        Kind::Boolean => Simple::Boolean,
        // What is named and not there cannot be told.
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
        Kind::OneOf(members) => one_of(known, &site, members),
    }
}

fn one_of<'a>(known: &Known<'a>, site: &Site<'a>, members: &'a [Shape]) -> Simple<'a> {
    let words: Vec<&str> =
        members.iter().map(|member| kind(known, site, member)).collect();
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

/// The JSON kind of a member of a union.
pub(super) fn kind<'a>(
    known: &Known<'a>,
    site: &Site<'a>,
    member: &'a Shape,
) -> &'static str {
    let head = Site::new(site.place.clone(), member).head(known.api);
    match &head.shape.kind {
        // A union in a union is not looked into.
        Kind::OneOf(_) => "any",
        kind => word_of(kind),
    }
}

/// The case by kind that a member of a union belongs to, and the types that then stand there where it fits.
pub(super) fn case_of<'a>(
    known: &Known<'a>,
    union: &'a Union,
    member: &Site<'a>,
) -> Option<(&'a str, Option<Vec<Stand<'a>>>)> {
    let word = kind(known, member, member.shape);
    let (key, case) = union.cases.get_key_value(word).or_else(|| match word {
        "integer" => union.cases.get_key_value("number"),
        _ => None,
    })?;
    let (_, ours) = known.read(&case.0.phrase)?;
    Some((key, member_refines(known, &ours, member)))
}

/// Whether a case holds a member of a union: `json` holds anything.
pub(super) fn member_refines<'a>(
    known: &Known<'a>,
    ours: &Ty<'a>,
    member: &Site<'a>,
) -> Option<Vec<Stand<'a>>> {
    if *ours == Ty::Scalar(Scalar::Json) {
        return Some(Vec::new());
    }
    // A whole number is taken where any number is.
    if let (Simple::Integer, Ty::Scalar(Scalar::Number)) = (simple(known, member), ours)
    {
        return Some(Vec::new());
    }
    let head = member.head(known.api);
    let in_place =
        head == *member && matches!(head.shape.kind, Kind::Object(_) | Kind::Enum(_));
    let site =
        if in_place { head.below(word_of(&head.shape.kind), head.shape) } else { head };
    refines(known, ours, &site)
}

/// Whether the object has the path of a union's tag, and the key of its content.
fn has_tag<'a>(
    known: &Known<'a>,
    union: &Union,
    object: &'a Object,
    site: &Site<'a>,
) -> bool {
    let there = |key: &str| known.field(object, &site.place, key).is_some();
    union.tag.as_deref().is_some_and(there) && union.content.as_deref().is_none_or(there)
}

/// Whether a structure of ours may stand for this object: it was made from here, or from something that it resembles.
fn same_object<'a>(
    known: &Known<'a>,
    of: &'a Type,
    site: &Site<'a>,
    object: &'a Object,
) -> bool {
    let Some(from) = of.published.as_deref() else {
        return true;
    };
    if from == site.place {
        return true;
    }
    let ours = our_keys(known, of);
    let theirs = keys(object);
    let alike = Alike::of(&ours, &theirs);
    match known.at(from) {
        None => alike.half(),
        Some(other) => {
            let in_place = !known.api.roots.contains_key(&site.place);
            let twin = matches!(&item(other).kind, Kind::Object(other) if keys(other) == theirs);
            twin || alike.wholly() || in_place && (alike.nearly() || alike.within())
        }
    }
}

/// Whether an enumeration of ours may stand for these values.
fn same_values<'a>(
    known: &Known<'a>,
    of: &'a Type,
    site: &Site<'a>,
    values: &'a [String],
) -> bool {
    let Some(from) = of.published.as_deref() else {
        return true;
    };
    if from == site.place {
        return true;
    }
    let ours: Vec<&str> =
        of.values.iter().flatten().map(|value| value.wire.as_str()).collect();
    let theirs: Vec<&str> = values.iter().map(String::as_str).collect();
    let alike = Alike::of(&ours, &theirs);
    let twin = known.at(from).is_some_and(
        |other| matches!(&item(other).kind, Kind::Enum(other) if other == values),
    );
    twin || alike.half() || alike.within()
}

/// A shape behind its lists.
pub(super) fn item(shape: &Shape) -> &Shape {
    match &shape.kind {
        Kind::List(inner) => item(inner),
        _ => shape,
    }
}

/// The keys of an object, with those of its cases.
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

/// The keys of a structure of ours as an object has them: of a dotted key the first, of a choice those that it sends.
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

/// How much two sets share.
struct Alike {
    ours: usize,
    theirs: usize,
    both: usize,
}

impl Alike {
    fn of(ours: &[&str], theirs: &[&str]) -> Self {
        let known: HashSet<&str> = ours.iter().copied().collect();
        let both = theirs.iter().filter(|key| known.contains(*key)).count();
        Self { ours: ours.len(), theirs: theirs.len(), both }
    }

    fn all(&self) -> usize {
        self.ours + self.theirs - self.both
    }

    /// Half of what either has is shared.
    fn half(&self) -> bool {
        self.both * 2 >= self.all()
    }

    /// Both have the same.
    fn wholly(&self) -> bool {
        self.both == self.all()
    }

    /// All but a few are shared.
    fn nearly(&self) -> bool {
        self.both * 4 >= self.all() * 3 || self.both >= 2 && self.all() - self.both <= 1
    }

    /// Ours has all of theirs.
    fn within(&self) -> bool {
        self.both == self.theirs && self.both > 0
    }
}

#[cfg(test)]
mod tests;
