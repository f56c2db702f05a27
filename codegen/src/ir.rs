//! The API resolved: every name claimed, every reference an index, every default filled in. Made by [`crate::resolve`],
//! never changed afterwards; emitters, reports and the diff ask it and derive nothing again.

mod ask;

use std::ops::Index;

use crate::names::Name;
use crate::spec::model;

/// The whole API.
#[derive(Debug)]
pub struct Api {
    /// What `front.yaml` says of the API as a whole, checked.
    pub service: Service,
    /// Permissions, in the order of `front.yaml`.
    pub permissions: Vec<Permission>,
    /// Rate-limit classes, in the order of `front.yaml`.
    pub rate_limits: Vec<RateLimit>,
    /// Webhook events, in the order of `webhooks.yaml`.
    pub webhooks: Vec<Webhook>,
    /// The type of a webhook delivery's `payload`.
    pub webhook_payload: Option<TypeId>,
    /// What webhooks are.
    pub webhooks_about: String,
    /// Resources, by name.
    pub resources: Vec<Resource>,
    /// Ids, in the order of their resources.
    pub ids: Vec<Id>,
    /// Types, in the order of their resources, then as written.
    pub types: Vec<Type>,
}

/// `front.yaml` without what has a place of its own in [`Api`].
#[derive(Debug)]
pub struct Service {
    /// Checked, as written.
    pub front: model::Front,
    /// The plans: variant name, as written.
    pub plans: Vec<(Name, model::Plan)>,
    /// Burst as a percentage of the plan's limit.
    pub burst_percent: u32,
    /// The statuses: variant name, number, as written.
    pub statuses: Vec<(Name, u16, model::Status)>,
}

macro_rules! index {
    ($(#[$doc:meta])* $id:ident, $field:ident, $item:ty) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $id(pub usize);
        impl Index<$id> for Api {
            type Output = $item;
            fn index(&self, id: $id) -> &$item {
                &self.$field[id.0]
            }
        }
    };
}
index!(/// Which permission.
    PermissionId, permissions, Permission);
index!(/// Which rate-limit class.
    RateLimitId, rate_limits, RateLimit);
index!(/// Which webhook event.
    WebhookId, webhooks, Webhook);
index!(/// Which resource.
    ResourceId, resources, Resource);
index!(/// Which id type.
    IdId, ids, Id);
index!(/// Which type.
    TypeId, types, Type);

/// A permission: `tags:read`.
#[derive(Debug)]
pub struct Permission {
    /// As Front writes it.
    pub scope: String,
    /// `TagsRead`, `TAGS_READ`.
    pub name: Name,
    /// `read`, `write`, `delete`, `send` or another word of Front's.
    pub level: String,
    /// What it allows.
    pub about: String,
}

/// A rate-limit class.
#[derive(Debug)]
pub struct RateLimit {
    /// Its name.
    pub name: Name,
    /// In words.
    pub about: String,
    /// Its number; none: only the company's budget counts.
    pub limit: Limit,
    /// A stricter number to keep to.
    pub pace_at: Option<Rate>,
    /// The path parameter whose value has a limit of its own.
    pub each: Option<String>,
    /// `A` to `D`.
    pub certainty: char,
}

/// What a class allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// The company's budget alone.
    Company,
    /// Calls in a time.
    Rate(Rate),
    /// A percentage of the company's limit.
    Share(u32),
}

/// Calls in a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// How many calls.
    pub calls: u32,
    /// In how many seconds.
    pub seconds: u32,
}

/// A webhook event.
#[derive(Debug)]
pub struct Webhook {
    /// As a delivery carries it.
    pub wire: String,
    /// `InboundReceived`.
    pub name: Name,
    /// What it tells.
    pub signals: String,
    /// The Core API's event types.
    pub event_types: Vec<String>,
    /// The endpoints that fire it: resource, position in its endpoints.
    pub triggered_by: Vec<(ResourceId, usize)>,
}

/// A resource.
#[derive(Debug)]
pub struct Resource {
    /// Its name: the module and the handle.
    pub name: Name,
    /// The file that says so, from the project's root, with `/`.
    pub file: String,
    /// What it is.
    pub about: String,
    /// Its id type.
    pub id: Option<IdId>,
    /// Its calls, as written.
    pub endpoints: Vec<Endpoint>,
    /// Its types, as written.
    pub types: Vec<TypeId>,
}

/// An id type.
#[derive(Debug)]
pub struct Id {
    /// `TagId`.
    pub name: Name,
    /// Whose.
    pub resource: ResourceId,
    /// What it names: `tag`.
    pub noun: String,
    /// What its values begin with.
    pub prefix: Option<String>,
    /// The sources of its aliases: name of the constructor, word on the wire.
    pub aliases: Vec<(Name, String)>,
}

/// When a call appeared that was in the first published document.
pub const BASE: &str = "base";

/// One call.
#[derive(Debug)]
pub struct Endpoint {
    /// The method's name; also the request's and the operation's.
    pub name: Name,
    /// Front's `operationId`.
    pub operation: String,
    /// The HTTP method.
    pub method: Method,
    /// The path, with `{placeholders}`.
    pub path: String,
    /// What stands in the path, in its order.
    pub path_params: Vec<PathParam>,
    /// What it does.
    pub about: Vec<String>,
    /// The permission that it needs by the guide.
    pub capability: Option<PermissionId>,
    /// The permission that Front's document names where that differs: the one that is asked for.
    pub published_scope: Option<PermissionId>,
    /// Whether it changes anything.
    pub access: Access,
    /// What it acts on.
    pub acts_on: String,
    /// The limit that it falls under.
    pub rate_limit: Option<RateLimitId>,
    /// The event that it fires.
    pub webhook: Option<WebhookId>,
    /// The day it appeared, or [`BASE`].
    pub since: String,
    /// Why it should not be used, with what to call instead.
    pub deprecated: Option<String>,
    /// Whether sending it twice does no harm.
    pub repeat: Repeat,
    /// Whether it may answer with the address of the conversation that this one was merged into.
    pub redirects: bool,
    /// The media type to ask for, where it is not JSON.
    pub accept: Option<String>,
    /// The address of Front's page on it.
    pub docs: String,
    /// Positional inputs after the path's, in order. Empty when `input` is there.
    pub arguments: Vec<Input>,
    /// The body's type where there are too many arguments: made by its `new`, passed as one.
    pub input: Option<TypeId>,
    /// The body's type.
    pub body: Option<TypeId>,
    /// Optional inputs, in the order of query, then body; page size first. Without `fixed` ones and choices.
    pub setters: Vec<Input>,
    /// Always sent: key, value, where.
    pub fixed: Vec<(Place, String, Fixed)>,
    /// Inputs of which one must be set, by wire key; with setters' names.
    pub at_least_one: Vec<(String, Name)>,
    /// What it answers.
    pub answer: Answer,
}

/// A constant that is sent.
#[derive(Debug, Clone, PartialEq)]
pub enum Fixed {
    /// `true` or `false`.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Null.
    Null,
    /// Anything else.
    String(String),
}

/// HTTP methods that Front uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "their names say it")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

/// Whether a call changes anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "their names say it")]
pub enum Access {
    Read,
    Write,
}

/// Whether sending a call twice does no harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "their names say it")]
pub enum Repeat {
    Safe,
    Never,
}

/// What stands in a path.
#[derive(Debug)]
pub struct PathParam {
    /// The placeholder.
    pub wire: String,
    /// The argument's name.
    pub name: Name,
    /// What may stand there: an id, a scalar or an enumeration.
    pub ty: Ty,
    /// What is said of it.
    pub about: Option<String>,
}

/// Where an input goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The query string.
    Query,
    /// The body.
    Body,
    /// The body: a choice, whose fields stand beside the others.
    Choice,
}

/// An argument or a setter.
#[derive(Debug, Clone)]
pub struct Input {
    /// Where it goes.
    pub place: Place,
    /// The field.
    pub field: Field,
}

/// What a call answers.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Nothing.
    Nothing,
    /// A value.
    One(Ty),
    /// A list.
    Page {
        /// Of these.
        item: Ty,
        /// The largest page; none where it cannot be chosen.
        max: Option<u32>,
    },
    /// Bytes.
    File,
}

/// A field of a structure, or an input.
#[derive(Debug, Clone)]
pub struct Field {
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
    /// What it is, one paragraph an entry: sentence, limits, default, traps.
    pub about: Vec<String>,
    /// Why it should not be used any more.
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

/// The scalars of the spec language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scalar {
    /// Text that may be shown.
    String,
    /// Customer text: never in `Debug`, logs or errors.
    Text,
    /// A credential: never in `Debug`, logs or errors.
    Secret,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// Seconds since 1970, with milliseconds.
    Timestamp,
    /// Any JSON.
    Json,
    /// Bytes with a name.
    File,
}

/// A type of the spec.
#[derive(Debug)]
pub struct Type {
    /// Its name.
    pub name: Name,
    /// Where it stands.
    pub resource: ResourceId,
    /// What it is.
    pub about: Vec<String>,
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

/// A value of an enumeration.
#[derive(Debug)]
pub struct Variant {
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
    /// The tag's value, or the JSON kind.
    pub wire: String,
    /// In Rust.
    pub name: Name,
    /// The value's type.
    pub ty: Ty,
    /// What it means.
    pub about: Option<String>,
}

/// A case of a choice.
#[derive(Debug)]
pub struct Group {
    /// The tag's value.
    pub wire: String,
    /// The constructor's name.
    pub name: Name,
    /// What it sends.
    pub fields: Vec<Field>,
}
