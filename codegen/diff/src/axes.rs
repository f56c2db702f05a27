//! What a change means, by axis.

use super::words::words;

/// What a change means.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Axes {
    /// For code that uses the crate.
    pub rust: Rust,
    /// For versions of the crate that are already released.
    pub wire: Wire,
    /// For tokens.
    pub permission: Permission,
    /// For limits and for what the client does of itself.
    pub operational: Operational,
}

words! {
    /// For code that uses the crate.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Rust {
        /// Nothing.
        #[default]
        None = "none",
        /// Something new, or deprecated.
        Minor = "minor",
        /// Some of it does not compile any more, or does something else.
        Major = "major",
    }
}

words! {
    /// For versions of the crate that are already released.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Wire {
        /// Nothing.
        #[default]
        None = "none",
        /// They work, and miss something.
        Additive = "additive",
        /// They may fail, or mean something else.
        Risk = "risk",
        /// They fail.
        Break = "break",
    }
}

words! {
    /// For tokens.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Permission {
        /// Nothing.
        #[default]
        None = "none",
        /// Less is needed.
        Narrower = "narrower",
        /// More or something else is needed.
        Wider = "wider",
    }
}

words! {
    /// For limits and for what the client does of itself.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Operational {
        /// Nothing.
        #[default]
        None = "none",
        /// More is possible.
        Looser = "looser",
        /// What logs hid may stand in them.
        Exposed = "exposed",
        /// Less is possible.
        Tighter = "tighter",
    }
}

words! {
    /// A change in one word.
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Verdict {
        /// Only words.
        Docs = "docs",
        /// Something new.
        Additive = "additive",
        /// Nothing breaks for certain; someone should know.
        Attention = "attention",
        /// Something that worked does not.
        Breaking = "breaking",
    }
}

impl Axes {
    /// The worst of the axes.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        if self.rust == Rust::Major
            || self.wire == Wire::Break
            || self.permission == Permission::Wider
        {
            Verdict::Breaking
        } else if self.wire == Wire::Risk || self.operational >= Operational::Exposed {
            Verdict::Attention
        } else if self == Self::default() {
            Verdict::Docs
        } else {
            Verdict::Additive
        }
    }
}
