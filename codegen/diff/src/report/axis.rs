//! The four questions that a report answers.

use super::super::finding::{Axes, Operational, Permission, Rust, Verdict, Wire};

/// One of the four.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Axis {
    /// Does code that uses the crate still compile?
    Rust,
    /// Do released versions of the crate still work?
    Wire,
    /// Do tokens need more than they did?
    Permission,
    /// Is less possible than was?
    Operational,
}

impl Axis {
    /// Each of them, in the order in which they are told.
    pub const ALL: [Self; 4] =
        [Self::Rust, Self::Wire, Self::Permission, Self::Operational];

    /// `rust`
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rust => "rust",
            Self::Wire => "wire",
            Self::Permission => "permission",
            Self::Operational => "operational",
        }
    }

    /// The axis of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|axis| axis.as_str() == name)
    }

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
            Self::Rust => match axes.rust {
                Rust::None => "none",
                Rust::Minor => "minor",
                Rust::Major => "major",
            },
            Self::Wire => match axes.wire {
                Wire::None => "none",
                Wire::Additive => "additive",
                Wire::Risk => "risk",
                Wire::Break => "break",
            },
            Self::Permission => match axes.permission {
                Permission::None => "none",
                Permission::Narrower => "narrower",
                Permission::Wider => "wider",
            },
            Self::Operational => match axes.operational {
                Operational::None => "none",
                Operational::Looser => "looser",
                Operational::Exposed => "exposed",
                Operational::Tighter => "tighter",
            },
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
