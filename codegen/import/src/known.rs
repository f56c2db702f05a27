//! What our names stand for, and where in the document things are, while an import looks from one to the other.

use std::collections::{HashMap, HashSet};

use super::published::{Api, Kind, Object, Shape};
use front_codegen::ir::Scalar;
use front_codegen::phrase;
use front_codegen::spec::model::{self, Resource, Type};

/// Both sides.
pub(super) struct Known<'a> {
    pub(super) api: &'a Api,
    ids: HashSet<&'a str>,
    types: HashMap<&'a str, &'a Type>,
}

/// One of our types, read.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ty<'a> {
    Scalar(Scalar),
    Id,
    List(Box<Self>),
    Map(Box<Self>),
    /// A type of a resource.
    Type(&'a str, &'a Type),
    /// A name that nothing has: the resolver says so, and an import leaves it alone.
    Unknown,
}

/// A place in the document, and what is there.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Site<'a> {
    /// Its address: the name of a root, or that of a field in it.
    pub(super) place: String,
    /// What is there.
    pub(super) shape: &'a Shape,
}

impl<'a> Site<'a> {
    pub(super) fn new(place: impl Into<String>, shape: &'a Shape) -> Self {
        Self { place: place.into(), shape }
    }

    /// The same place, or the root that it refers to.
    pub(super) fn head(&self, api: &'a Api) -> Self {
        let mut site = self.clone();
        // A reference leads to a root, which is no reference; lowering sees to that, and this to what it might miss.
        for _ in 0..8 {
            let Kind::Named(root) = &site.shape.kind else {
                break;
            };
            let Some(shape) = api.roots.get(root) else {
                break;
            };
            site = Site::new(root.clone(), shape);
        }
        site
    }

    /// Something in it, under its address.
    pub(super) fn below(&self, step: &str, shape: &'a Shape) -> Self {
        Site::new(format!("{}.{step}", self.place), shape)
    }
}

/// A field found in an object, perhaps some objects down.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found<'a> {
    pub(super) site: Site<'a>,
    /// Whether a request that has the outermost object has to have it.
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

    /// The type of a phrase, and its marks. None for what is no phrase: the resolver says so.
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

    /// The choice that a field is.
    pub(super) fn choice(
        &self,
        field: &'a model::Field,
    ) -> Option<(&'a str, &'a model::Choice)> {
        match self.read(&field.0.phrase)?.1 {
            Ty::Type(name, of) => Some((name, of.choice.as_ref()?)),
            _ => None,
        }
    }

    /// The key that a union puts into a type of ours to name the case; none where it stands in no such union.
    pub(super) fn tag_in(&self, name: &str) -> Option<&'a str> {
        self.types.values().find_map(|of| {
            let union = of.union.as_ref().filter(|union| union.content.is_none())?;
            let is_case = union.cases.values().any(|case| {
                matches!(self.read(&case.0.phrase), Some((_, Ty::Type(of, _))) if of == name)
            });
            union.tag.as_deref().filter(|tag| is_case && !tag.contains('.'))
        })
    }

    /// What is at an address: none where the document has no such place.
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

    /// The field of an object that a key of ours names: `a.b` is the key `b` of the object at `a`.
    pub(super) fn field(
        &self,
        object: &'a Object,
        place: &str,
        key: &str,
    ) -> Option<Found<'a>> {
        if let Some(field) = object.fields.get(key) {
            let site = Site::new(format!("{place}.{key}"), &field.shape);
            return Some(Found { site, required: field.required });
        }
        let (first, rest) = key.split_once('.')?;
        let field = object.fields.get(first)?;
        let head = Site::new(format!("{place}.{first}"), &field.shape).head(self.api);
        let Kind::Object(inner) = &head.shape.kind else {
            return None;
        };
        let found = self.field(inner, &head.place, rest)?;
        Some(Found { required: found.required && field.required, ..found })
    }
}

/// What is at a path inside of a shape; lists are looked through.
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

/// What a member of a union in place is addressed by.
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
