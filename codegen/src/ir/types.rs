//! Types, their fields and their values.

use super::{
    DefaultValue, Fixed, IdId, NodeId, ResourceId, TypeId, ValueLimits, WordId,
};
use crate::names::Name;
use crate::phrase::Scalar;

/// A field of a structure, or an input.
#[derive(Debug, Clone)]
pub struct Field {
    /// The node that defines it.
    pub source: NodeId,
    /// Its key on the wire. In a body, `a.b` is the key `b` of the object at `a`.
    pub wire: String,
    /// Its Rust name.
    pub name: Name,
    /// Whether it is required as an input.
    pub required: bool,
    /// Whether it is always present in a response.
    pub always: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// Its type.
    pub ty: Ty,
    /// Its description in the spec, one paragraph per entry.
    pub about: Vec<String>,
    /// The entry of `words` that describes it, if it has no text of its own.
    pub word: Option<WordId>,
    /// A remark for those who maintain the spec.
    pub note: Option<String>,
    /// The limits on its values.
    pub limits: ValueLimits,
    /// Front's default if it is left out.
    pub default: Option<DefaultValue>,
    /// Why it is deprecated, as a sentence.
    pub deprecated: Option<String>,
    /// The constant that is always sent, instead of an input.
    pub fixed: Option<Fixed>,
}

/// The type of a value.
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
    /// The node that defines it.
    pub source: NodeId,
    /// Its name.
    pub name: Name,
    /// The resource whose module contains it.
    pub resource: ResourceId,
    /// Its description, one paragraph per entry.
    pub about: Vec<String>,
    /// A remark for those who maintain the spec.
    pub note: Option<String>,
    /// Its name in Front's document.
    pub published: Option<String>,
    /// Why it is deprecated.
    pub deprecated: Option<String>,
    /// Whether its values are sent or received.
    pub direction: Direction,
    /// Its structure.
    pub kind: Kind,
}

/// Whether values of a type are sent or received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Direction {
    /// It is sent as a value of its own, so it gets a public input type.
    pub input: bool,
    /// It is sent as a whole body whose fields are inputs of the request. This needs no public type.
    pub body: bool,
    /// It is received in responses.
    pub answer: bool,
}

/// The structure of a type.
#[derive(Debug)]
pub enum Kind {
    /// A structure with fields.
    Struct {
        /// The fields, in the order of the spec.
        fields: Vec<Field>,
        /// The indexes of the required fields, in the order of the arguments of `new`.
        required: Vec<usize>,
        /// The names under `_links.related`, or `None` if the type has no links.
        links: Option<Vec<String>>,
        /// The keys on the wire of which a request must set at least one.
        at_least_one: Vec<String>,
    },
    /// One of several strings, or an unknown one.
    Enum(Vec<Variant>),
    /// A boolean whose values have names: `true`, then `false`.
    Flag(Vec<Variant>),
    /// A value with one of several types.
    Union {
        /// How a value's case is recognized.
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

/// The word of the spec for a union that is discriminated by JSON kind.
pub const BY_KIND: &str = "kind";

/// How the case of a union's value is recognized.
#[derive(Debug, Clone, PartialEq)]
pub enum Discriminator {
    /// By the kind of JSON value.
    Kind,
    /// By the string at `tag`. The value is at `content`, or is the whole object.
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
    /// The node that defines it.
    pub source: NodeId,
    /// Its string on the wire.
    pub wire: String,
    /// Its name in Rust.
    pub name: Name,
    /// Its meaning.
    pub about: Option<String>,
    /// Why it is deprecated.
    pub deprecated: Option<String>,
}

/// A case of a union.
#[derive(Debug)]
pub struct Case {
    /// The node that defines it.
    pub source: NodeId,
    /// The tag's value, or the JSON kind.
    pub wire: String,
    /// Its name in Rust.
    pub name: Name,
    /// The value's type.
    pub ty: Ty,
    /// Its meaning.
    pub about: Option<String>,
    /// A remark for those who maintain the spec.
    pub note: Option<String>,
}

/// A case of a choice.
#[derive(Debug)]
pub struct Group {
    /// The node that defines it.
    pub source: NodeId,
    /// The tag's value.
    pub wire: String,
    /// The constructor's name.
    pub name: Name,
    /// The fields that it sends.
    pub fields: Vec<Field>,
}
