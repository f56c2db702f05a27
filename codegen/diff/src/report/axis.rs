//! The four questions that a report answers.

use super::super::finding::{Axes, Verdict};
use super::super::words::words;

words! {
    /// One of the four.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub enum Axis {
        /// Does code that uses the crate still compile?
        Rust = "rust",
        /// Do released versions of the crate still work?
        Wire = "wire",
        /// Do tokens need more than they did?
        Permission = "permission",
        /// Is less possible than was?
        Operational = "operational",
    }
}

impl Axis {
    /// What it is asked.
    #[must_use]
    pub fn question(self) -> &'static str {
        match self {
            Self::Rust => "Does code that uses the crate still compile?",
            Self::Wire => "Do released versions still work?",
            Self::Permission => "Do tokens need a new permission?",
            Self::Operational => "Did limits get tighter?",
        }
    }

    /// What a change says on it in a word: `major`, `break`; `none`.
    #[must_use]
    pub fn word(self, axes: Axes) -> &'static str {
        match self {
            Self::Rust => axes.rust.as_str(),
            Self::Wire => axes.wire.as_str(),
            Self::Permission => axes.permission.as_str(),
            Self::Operational => axes.operational.as_str(),
        }
    }

    /// What a change would be if there were no other axis.
    #[must_use]
    pub fn alone(self, axes: Axes) -> Axes {
        let none = Axes::default();
        match self {
            Self::Rust => Axes { rust: axes.rust, ..none },
            Self::Wire => Axes { wire: axes.wire, ..none },
            Self::Permission => Axes { permission: axes.permission, ..none },
            Self::Operational => Axes { operational: axes.operational, ..none },
        }
    }
}

/// The axes by which a change is what it is; none where only words changed.
#[must_use]
pub fn deciding(axes: Axes) -> Vec<Axis> {
    let verdict = axes.verdict();
    let decides =
        |axis: &Axis| verdict > Verdict::Docs && axis.alone(axes).verdict() == verdict;
    Axis::ALL.into_iter().filter(decides).collect()
}
