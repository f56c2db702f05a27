//! The API resolved: every name claimed, every reference an index, every default filled in. Made by [`crate::resolve`],
//! never changed afterwards; emitters, reports and the diff ask it and derive nothing again.

mod ask;
mod operation;
mod scheme;
mod service;
mod types;
mod wire;

use std::ops::Index;

use crate::names::Name;
pub use operation::{
    Access, Answer, BASE, Endpoint, Fixed, Input, Method, PathParam, Place, Repeat,
};
pub use scheme::{
    Challenge, Digest, Encoding, Envelope, Signature, SignedPart, TimeUnit, Timestamp,
    WebhookScheme,
};
pub use service::{Limit, Permission, Rate, RateLimit, Service, Webhook};
pub use types::{
    Case, Direction, Discriminator, Field, Group, Kind, Scalar, Ty, Type, Variant,
};
pub use wire::{ResponseHeaders, ResponseKeys, Wire, WireName, WireValue, Within};

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
index!(/// Which webhook event.
    WebhookId, webhooks, Webhook);
index!(/// Which resource.
    ResourceId, resources, Resource);
index!(/// Which id type.
    IdId, ids, Id);
index!(/// Which type.
    TypeId, types, Type);

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
