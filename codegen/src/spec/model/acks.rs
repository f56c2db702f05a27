//! `spec/acks.yaml`: the accepted breaking changes, with reasons.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `spec/acks.yaml`: the accepted breaking changes, with reasons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Acks {
    /// The entries.
    pub acks: Vec<Ack>,
}

/// An accepted change. `cargo xtask diff` prints the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ack {
    /// The fingerprint of the change.
    #[schemars(extend("pattern" = "^[0-9a-f]{12}$"))]
    pub id: String,
    /// The kind of the change, for readers.
    pub rule: String,
    /// The subject of the change, for readers.
    pub subject: String,
    /// Why the change is acceptable.
    #[schemars(length(min = 1))]
    pub reason: String,
}
