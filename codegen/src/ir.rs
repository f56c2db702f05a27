//! The API resolved: every name claimed, every reference an index, every default filled in, and the location of every fact.
//! Made by [`crate::resolve`], never changed afterwards; emitters, reports and the diff ask it and derive nothing again.
//!
//! It is data, and complete: what the spec says is in here as the spec says it, numbers as numbers, and prose about them is
//! written by whoever prints it.

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
    /// Where every fact is written.
    pub sources: SourceMap,
    /// What `front.yaml` says of the API as a whole, checked.
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
    /// What webhooks are.
    pub webhooks_about: String,
    /// `webhooks.yaml`.
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
index!(/// Which permission.
    PermissionId, permissions, Permission);
index!(/// Which rate-limit class.
    RateLimitId, rate_limits, RateLimit);
index!(/// Which entry of `words`.
    WordId, words, Word);
index!(/// Which webhook event.
    WebhookId, webhooks, Webhook);
index!(/// Which resource.
    ResourceId, resources, Resource);
index!(/// Which id type.
    IdId, ids, Id);
index!(/// Which type.
    TypeId, types, Type);

/// A call: its resource, and its position among the calls of that.
pub type EndpointId = (ResourceId, usize);

/// A resource.
#[derive(Debug)]
pub struct Resource {
    /// Where it is written.
    pub source: NodeId,
    /// Its name: the module and the handle.
    pub name: Name,
    /// The file that says so, from the project's root, with `/`.
    pub file: String,
    /// What it is.
    pub about: String,
    /// What its calls act on, in the singular, where the spec says it.
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
    /// Where it is written.
    pub source: NodeId,
    /// `TagId`.
    pub name: Name,
    /// Whose.
    pub resource: ResourceId,
    /// What it names: `tag`.
    pub noun: String,
    /// What its values begin with.
    pub prefix: Option<String>,
    /// The placeholders in paths that stand for one.
    pub placeholders: Vec<String>,
    /// The sources of its aliases: name of the constructor, word on the wire.
    pub aliases: Vec<(Name, String)>,
}
