//! What holds for the API as a whole: permissions, limits, webhooks.

use super::ResourceId;
use crate::names::Name;
use crate::spec::model;

/// `front.yaml` without what has a place of its own in [`super::Api`].
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
