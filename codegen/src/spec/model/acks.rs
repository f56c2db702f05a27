//! `spec/acks.yaml`: which changes that break something were accepted, and why.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// `spec/acks.yaml`: which changes that break something were accepted, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Acks {
    /// Each of them.
    pub acks: Vec<Ack>,
}

/// One change that was accepted, as `cargo xtask diff` prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ack {
    /// The change's fingerprint.
    #[schemars(extend("pattern" = "^[0-9a-f]{12}$"))]
    pub id: String,
    /// Which kind of change it is, for whoever reads this.
    pub rule: String,
    /// What changed, for whoever reads this.
    pub subject: String,
    /// Why it may go in.
    #[schemars(length(min = 1))]
    pub reason: String,
}
