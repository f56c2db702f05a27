//! The tasks that an import leaves to people.

/// A task for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Todo {
    /// The subject.
    pub at: String,
    /// What to do.
    pub what: String,
}

impl Todo {
    pub(crate) fn new(at: impl Into<String>, what: impl Into<String>) -> Self {
        Self { at: at.into(), what: what.into() }
    }
}
