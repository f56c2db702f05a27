//! The resolved API: names are claimed, references are indexes, defaults are filled in, and every fact has its location.
//! [`crate::resolve`] creates it, and nothing changes it afterwards. Emitters, reports and the diff read it and derive nothing
//! again.
//!
//! It is complete data: every fact of the spec is in here, and numbers are numbers. The code that prints a fact writes the
//! prose about it.

mod ask;
mod constraints;
mod operation;
mod scheme;
mod service;
mod source;
mod types;
mod wire;

use std::ops::Index;

use crate::names::Name;
pub use crate::phrase::Scalar;
pub use constraints::{DefaultValue, Deprecation, Facts, ValueLimits};
pub use operation::{
    Access, Answer, BASE, Endpoint, Fixed, Input, MERGED_CONVERSATION, Method,
    PathParam, Place, Repeat,
};
pub use scheme::{
    Challenge, DIGESTS, Digest, ENCODINGS, Encoding, Envelope, Signature, SignedPart,
    TIME_UNITS, TimeUnit, Timestamp, WebhookScheme,
};
pub use service::{
    Auth, Burst, CERTAINTIES, Hosts, Limit, Pagination, Permission, Plan, Published,
    Rate, RateLimit, Service, Status, Webhook, Word,
};
pub use source::{NodeId, SourceFile, SourceFileId, SourceMap, SourceNode, SourceSpan};
pub use types::{
    BY_KIND, Case, Direction, Discriminator, Field, Group, Kind, Ty, Type, Variant,
};
pub use wire::{Wire, WireName, WireValue, Within};

/// The whole API.
#[derive(Debug)]
pub struct Api {
    /// The location of every fact.
    pub sources: SourceMap,
    /// The checked facts of `front.yaml` about the API as a whole.
    pub service: Service,
    /// Permissions, in the order of `front.yaml`.
    pub permissions: Vec<Permission>,
    /// Rate-limit classes, in the order of `front.yaml`.
    pub rate_limits: Vec<RateLimit>,
    /// Sentences for field names, in the order of `front.yaml`.
    pub words: Vec<Word>,
    /// Webhook events, in the order of `webhooks.yaml`.
    pub webhooks: Vec<Webhook>,
    /// The type of a webhook delivery's `payload`.
    pub webhook_payload: Option<TypeId>,
    /// The description of webhooks.
    pub webhooks_about: String,
    /// The root node of `webhooks.yaml`.
    pub webhooks_source: NodeId,
    /// How webhook deliveries are signed and sent, in the order of `webhooks.yaml`.
    pub webhook_schemes: Vec<WebhookScheme>,
    /// The names on the wire that all calls share.
    pub wire: Wire,
    /// Resources, by name.
    pub resources: Vec<Resource>,
    /// Ids, in the order of their resources.
    pub ids: Vec<Id>,
    /// Types, in the order of their resources, then as written.
    pub types: Vec<Type>,
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
index!(/// The index of a permission.
    PermissionId, permissions, Permission);
index!(/// The index of a rate-limit class.
    RateLimitId, rate_limits, RateLimit);
index!(/// The index of an entry of `words`.
    WordId, words, Word);
index!(/// The index of a webhook event.
    WebhookId, webhooks, Webhook);
index!(/// The index of a resource.
    ResourceId, resources, Resource);
index!(/// The index of an id type.
    IdId, ids, Id);
index!(/// The index of a type.
    TypeId, types, Type);

/// A call: its resource, and its position among the calls of the resource.
pub type EndpointId = (ResourceId, usize);

/// A resource.
#[derive(Debug)]
pub struct Resource {
    /// The node that defines it.
    pub source: NodeId,
    /// Its name, from which the names of the module and the handle follow.
    pub name: Name,
    /// The path of its file from the project's root, with `/`.
    pub file: String,
    /// Its description.
    pub about: String,
    /// The noun for what its calls act on, in the singular, if the spec has one.
    pub noun: Option<String>,
    /// A remark for those who maintain the spec.
    pub note: Option<String>,
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
    /// The node that defines it.
    pub source: NodeId,
    /// `TagId`.
    pub name: Name,
    /// The resource that it belongs to.
    pub resource: ResourceId,
    /// The noun for what it identifies: `tag`.
    pub noun: String,
    /// The prefix of its values.
    pub prefix: Option<String>,
    /// The placeholders in paths that have this type.
    pub placeholders: Vec<String>,
    /// Its aliases: the name of the constructor, and the source on the wire.
    pub aliases: Vec<(Name, String)>,
}
