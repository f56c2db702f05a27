//! Types, their fields, and what values are.

use super::{
    DefaultValue, Fixed, IdId, NodeId, ResourceId, TypeId, ValueLimits, WordId,
};
use crate::names::Name;
use crate::phrase::Scalar;

/// A field of a structure, or an input.
#[derive(Debug, Clone)]
pub struct Field {
    /// Where it is written.
    pub source: NodeId,
    /// Its key on the wire; in a body `a.b` is key `b` of the object at `a`.
    pub wire: String,
    /// Its Rust name.
    pub name: Name,
    /// Required where it is an input.
    pub required: bool,
    /// Never absent from an answer.
    pub always: bool,
    /// May be null.
    pub nullable: bool,
    /// Its type.
    pub ty: Ty,
    /// What it is, in the spec's own words, one paragraph an entry.
    pub about: Vec<String>,
    /// The entry of `words` that says it, where its own text does not.
    pub word: Option<WordId>,
    /// A remark for those who maintain the spec.
    pub note: Option<String>,
    /// What values may be.
    pub limits: ValueLimits,
    /// What Front takes where it is left out.
    pub default: Option<DefaultValue>,
    /// Why it should not be used any more, as a sentence.
    pub deprecated: Option<String>,
    /// A constant that is sent instead of an input.
    pub fixed: Option<Fixed>,
}

/// A type of a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Ty {
    /// A list.
    List(Box<Ty>),
    /// A map from strings.
    Map(Box<Ty>),
    /// A scalar.
    Scalar(Scalar),
    /// An id.
    Id(IdId),
    /// A type of the spec.
    Named(TypeId),
}

/// A type of the spec.
#[derive(Debug)]
pub struct Type {
    /// Where it is written.
    pub source: NodeId,
    /// Its name.
    pub name: Name,
    /// Where it stands.
    pub resource: ResourceId,
    /// What it is, one paragraph an entry.
    pub about: Vec<String>,
    /// A remark for those who maintain the spec.
    pub note: Option<String>,
    /// Its name in Front's document.
    pub published: Option<String>,
    /// Why it should not be used any more.
    pub deprecated: Option<String>,
    /// Where values of it travel.
    pub direction: Direction,
    /// What it holds.
    pub kind: Kind,
}

/// Where values of a type travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Direction {
    /// In requests, as a value of its own: it gets a public input type.
    pub input: bool,
    /// In requests, as a whole body whose fields are the request's: it gets no type of its own for that.
    pub body: bool,
    /// In answers.
    pub answer: bool,
}

/// What a type holds.
#[derive(Debug)]
pub enum Kind {
    /// Fields.
    Struct {
        /// As written.
        fields: Vec<Field>,
        /// The required ones, in the order in which `new` takes them: as written.
        required: Vec<usize>,
        /// The names under `_links.related`; none where the type has no links.
        links: Option<Vec<String>>,
        /// Wire keys of which a request must set one.
        at_least_one: Vec<String>,
    },
    /// One of several strings, and those to come.
    Enum(Vec<Variant>),
    /// A boolean whose values have names: `true`, then `false`.
    Flag(Vec<Variant>),
    /// A value with one of several types.
    Union {
        /// How the cases are told apart.
        by: Discriminator,
        /// The cases.
        cases: Vec<Case>,
    },
    /// Groups of fields of which a request sends exactly one.
    Choice {
        /// The key that is sent with the case's name.
        tag: Option<String>,
        /// The groups.
        cases: Vec<Group>,
    },
}

/// How cases are told apart where no tag does it.
pub const BY_KIND: &str = "kind";

/// How the cases of a union are told apart.
#[derive(Debug, Clone, PartialEq)]
pub enum Discriminator {
    /// By JSON kind.
    Kind,
    /// By the string at `tag`; the value lies at `content`, or is the whole object.
    Tag {
        /// The path of the string.
        tag: Vec<String>,
        /// The key of the value.
        content: Option<String>,
    },
}

/// A value of an enumeration or of a flag.
#[derive(Debug)]
pub struct Variant {
    /// Where it is written.
    pub source: NodeId,
    /// On the wire.
    pub wire: String,
    /// In Rust.
    pub name: Name,
    /// What it means.
    pub about: Option<String>,
    /// Why it should not be used any more.
    pub deprecated: Option<String>,
}

/// A case of a union.
#[derive(Debug)]
pub struct Case {
    /// Where it is written.
    pub source: NodeId,
    /// The tag's value, or the JSON kind.
    pub wire: String,
    /// In Rust.
    pub name: Name,
    /// The value's type.
    pub ty: Ty,
    /// What it means.
    pub about: Option<String>,
    /// A remark for those who maintain the spec.
    pub note: Option<String>,
}

/// A case of a choice.
#[derive(Debug)]
pub struct Group {
    /// Where it is written.
    pub source: NodeId,
    /// The tag's value.
    pub wire: String,
    /// The constructor's name.
    pub name: Name,
    /// What it sends.
    pub fields: Vec<Field>,
}
