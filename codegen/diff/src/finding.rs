//! The findings of a diff.

pub use super::axes::{Axes, Operational, Permission, Rust, Verdict, Wire};
use super::rule::Rule;
use front_codegen::source::Step;

/// A change, and what it means.
#[derive(Debug, Clone)]
pub struct Finding {
    /// Which kind of change.
    pub rule: &'static Rule,
    /// What changed.
    pub subject: Subject,
    /// What it means, by axis. `rust` is set from the surface, never by a rule.
    pub axes: Axes,
    /// What it was, in the words of the spec; none for what is new. A part of the fingerprint.
    pub old: Option<String>,
    /// What it is now.
    pub new: Option<String>,
    /// Its location at head.
    pub at: Option<At>,
    /// Where it stood at base.
    pub was: Option<At>,
    /// What it reaches, where it is a type's.
    pub reach: Reach,
    /// One sentence: subject, what happened. In backticks what is code.
    pub message: String,
    /// What follows from it, an axis each: `("wire", "released versions call a path that is gone")`.
    pub notes: Vec<(&'static str, String)>,
    /// The public Rust that it accounts for.
    pub explains: Vec<Explains>,
}

/// Lines of the surface, by their keys; see [`keys`](super::surface::keys).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Explains {
    /// The item of this key, with its attributes and bounds.
    Item(String),
    /// The item of this key and all that is in it.
    All(String),
}

/// What changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subject {
    /// `operation`, `input`, `type`, `field`, `value`, `case`, `permission`, ..
    pub kind: &'static str,
    /// Its name at head (at base, where it is gone): `tags.create_company`, `tags.create_company highlight`, `Tag.name`.
    pub id: String,
    /// The resource it belongs to, for folding; empty where it is none's.
    pub resource: String,
}

/// A place in the spec: a file and a path in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    /// `spec/resources/tags.yaml`
    pub file: String,
    /// The keys that lead there.
    pub path: Vec<Step>,
}

/// What a type's change reaches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reach {
    /// `tags.create_company`, in order.
    pub operations: Vec<String>,
    /// Webhook events, in order.
    pub events: Vec<String>,
}
