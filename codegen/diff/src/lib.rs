//! What a change of the spec means: for code that uses the crate, for released versions of it, for tokens, and for limits.
//!
//! ```text
//! Api, Api ──pair──▶ Pairs ──compare──▶ [Finding] ─┐
//!    │                                              ├──explain──▶ Diff
//!    └─────────surface──▶ [Line] ──changes─────────┘
//! ```
//!
//! [`pairs`] says what of one side is what of the other, also where it was renamed. `compare`, a file a concept, says what
//! differs in facts. [`surface`] is the public Rust of both sides, made from the generator's own items; every line of it that
//! differs must be explained by a finding, which takes its verdict on Rust from the lines that it explains. So the axis is
//! complete by construction, and a rule that is missing shows as a line that nobody explains.

mod account;
mod axes;
pub mod catalog;
mod compare;
pub mod example;
pub mod finding;
pub mod pairs;
mod plain;
pub mod report;
pub mod rule;
pub mod surface;
mod words;

pub use finding::Finding;
use front_codegen::ir::Api;

/// What differs.
#[derive(Debug)]
pub struct Diff {
    /// The findings, most severe first.
    pub findings: Vec<Finding>,
    /// Public Rust that differs and that no finding explains: a rule is missing here.
    pub unexplained: Vec<surface::Change>,
}

/// Compares two APIs.
#[must_use]
pub fn diff(base: &Api, head: &Api) -> Diff {
    let pairs = pairs::pair(base, head);
    let findings = compare::compare(&compare::Cx { base, head, pairs: &pairs });
    let changes = surface::changes(&surface::of(base), &surface::of(head));
    account::account(findings, changes)
}
