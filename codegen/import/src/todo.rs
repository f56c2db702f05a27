//! What an import leaves to people.

/// Something that only people can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Todo {
    /// What it is about.
    pub at: String,
    /// What to do.
    pub what: String,
}

impl Todo {
    pub(crate) fn new(at: impl Into<String>, what: impl Into<String>) -> Self {
        Self { at: at.into(), what: what.into() }
    }
}
