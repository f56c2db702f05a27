//! Looks up the names of the spec and the locations of the document.

use std::collections::{HashMap, HashSet};

use super::published::{Api, Kind, Object, Shape};
use front_codegen::ir::Scalar;
use front_codegen::phrase;
use front_codegen::spec::model::{self, Resource, Type};

/// The spec and the document.
pub(super) struct Known<'a> {
    pub(super) api: &'a Api,
    ids: HashSet<&'a str>,
    types: HashMap<&'a str, &'a Type>,
}

/// A type of the spec, parsed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ty<'a> {
    Scalar(Scalar),
    Id,
    List(Box<Self>),
    Map(Box<Self>),
    /// A type of a resource.
    Type(&'a str, &'a Type),
    /// An undefined name. The resolver reports it, and the import does not change it.
    Unknown,
}

/// A location in the document, and the shape there.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Location<'a> {
    /// Its path: the name of a root, or the path of a field in a root.
    pub(super) place: String,
    /// The shape there.
    pub(super) shape: &'a Shape,
}

impl<'a> Location<'a> {
    pub(super) fn new(place: impl Into<String>, shape: &'a Shape) -> Self {
        Self { place: place.into(), shape }
    }

    /// Returns this location, or the root that it refers to.
    pub(super) fn head(&self, api: &'a Api) -> Self {
        let mut location = self.clone();
        // Lowering resolves references to references. The limit protects against a cycle that it may miss.
        for _ in 0..8 {
            let Kind::Named(root) = &location.shape.kind else {
                break;
            };
            let Some(shape) = api.roots.get(root) else {
                break;
            };
            location = Location::new(root.clone(), shape);
        }
        location
    }

    /// Returns a location inside this one.
    pub(super) fn below(&self, step: &str, shape: &'a Shape) -> Self {
        Location::new(format!("{}.{step}", self.place), shape)
    }
}

/// A field of an object, or of an object inside it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found<'a> {
    pub(super) location: Location<'a>,
    /// Whether a request with the outermost object must have it.
    pub(super) required: bool,
}

impl<'a> Known<'a> {
    pub(super) fn new(api: &'a Api, resources: &'a [Resource]) -> Self {
        let ids = resources
            .iter()
            .filter_map(|resource| Some(resource.id.as_ref()?.name.as_str()))
            .collect();
        let types = resources
            .iter()
            .flat_map(|resource| &resource.types)
            .map(|(name, of)| (name.as_str(), of))
            .collect();
        Self { api, ids, types }
    }

    pub(super) fn of_name(&self, name: &str) -> Option<&'a Type> {
        self.types.get(name).copied()
    }

    /// Parses a phrase. Returns `None` if it is invalid, which the resolver reports.
    pub(super) fn read(&self, text: &'a str) -> Option<(phrase::Phrase<'a>, Ty<'a>)> {
        let phrase = phrase::parse(text).ok()?;
        let ty = self.ty(&phrase.shape);
        Some((phrase, ty))
    }

    fn ty(&self, shape: &phrase::Shape<'a>) -> Ty<'a> {
        match shape {
            phrase::Shape::List(item) => Ty::List(Box::new(self.ty(item))),
            phrase::Shape::Map(item) => Ty::Map(Box::new(self.ty(item))),
            phrase::Shape::Scalar(scalar) => Ty::Scalar(*scalar),
            phrase::Shape::Name(name, _) => match self.types.get(name) {
                Some(of) => Ty::Type(name, of),
                None if self.ids.contains(name) => Ty::Id,
                None => Ty::Unknown,
            },
        }
    }

    /// Returns the choice, if the type of the field is one.
    pub(super) fn choice(
        &self,
        field: &'a model::Field,
    ) -> Option<(&'a str, &'a model::Choice)> {
        match self.read(&field.0.phrase)?.1 {
            Ty::Type(name, of) => Some((name, of.choice.as_ref()?)),
            _ => None,
        }
    }

    /// Returns the key with which a union names its case inside one of our types; `None` if the type is in no such union.
    pub(super) fn tag_in(&self, name: &str) -> Option<&'a str> {
        self.types.values().find_map(|of| {
            let union = of.union.as_ref().filter(|union| union.content.is_none())?;
            let is_case = union.cases.values().any(|case| {
                matches!(self.read(&case.0.phrase), Some((_, Ty::Type(of, _))) if of == name)
            });
            union.tag.as_deref().filter(|tag| is_case && !tag.contains('.'))
        })
    }

    /// Returns the shape at a path, or `None` if the document has no such location.
    pub(super) fn at(&self, address: &str) -> Option<&'a Shape> {
        let root = |name: &str| self.api.roots.get(name);
        let mut split = address.len();
        loop {
            if let Some(shape) = root(&address[..split]) {
                let rest = address[split..].trim_start_matches('.');
                return if rest.is_empty() { Some(shape) } else { inside(shape, rest) };
            }
            split = address[..split].rfind('.')?;
        }
    }

    /// Returns the field for a key of the spec: `a.b` is the key `b` of the object at `a`.
    pub(super) fn field(
        &self,
        object: &'a Object,
        place: &str,
        key: &str,
    ) -> Option<Found<'a>> {
        if let Some(field) = object.fields.get(key) {
            let location = Location::new(format!("{place}.{key}"), &field.shape);
            return Some(Found { location, required: field.required });
        }
        let (first, rest) = key.split_once('.')?;
        let field = object.fields.get(first)?;
        let head =
            Location::new(format!("{place}.{first}"), &field.shape).head(self.api);
        let Kind::Object(inner) = &head.shape.kind else {
            return None;
        };
        let found = self.field(inner, &head.place, rest)?;
        Some(Found { required: found.required && field.required, ..found })
    }
}

/// Returns the shape at a path inside a shape. A list is replaced by its items.
fn inside<'a>(shape: &'a Shape, path: &str) -> Option<&'a Shape> {
    let (first, rest) = match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    };
    let next = match &shape.kind {
        Kind::List(item) => return inside(item, path),
        Kind::Object(object) => match object.fields.get(first) {
            Some(field) => &field.shape,
            None => {
                let case = object.cases.as_ref()?.cases.get(first)?;
                let (key, rest) = match rest?.split_once('.') {
                    Some((key, rest)) => (key, Some(rest)),
                    None => (rest?, None),
                };
                let shape = &case.fields.get(key)?.shape;
                return rest.map_or(Some(shape), |rest| inside(shape, rest));
            }
        },
        Kind::OneOf(members) => {
            members.iter().find(|member| word_of(&member.kind) == first)?
        }
        _ => return None,
    };
    rest.map_or(Some(next), |rest| inside(next, rest))
}

/// Returns the step of a path for a member of an inline union.
pub(super) fn word_of(kind: &Kind) -> &'static str {
    match kind {
        Kind::String | Kind::Enum(_) | Kind::File => "string",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::Boolean => "boolean",
        Kind::List(_) => "list",
        Kind::Object(_) | Kind::Map | Kind::Named(_) => "object",
        Kind::Any | Kind::OneOf(_) => "any",
    }
}
