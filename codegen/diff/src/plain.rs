//! A finding as plain lines: what pages show, and tests compare.

use std::fmt;

use super::finding::{Axes, Finding, Operational, Permission, Rust, Verdict, Wire};

impl Verdict {
    /// `breaking`
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Docs => "docs",
            Self::Additive => "additive",
            Self::Attention => "attention",
            Self::Breaking => "breaking",
        }
    }
}

/// `rust major, wire break`; `none` where there is nothing.
impl fmt::Display for Axes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rust = match self.rust {
            Rust::None => None,
            Rust::Minor => Some("rust minor"),
            Rust::Major => Some("rust major"),
        };
        let wire = match self.wire {
            Wire::None => None,
            Wire::Additive => Some("wire additive"),
            Wire::Risk => Some("wire risk"),
            Wire::Break => Some("wire break"),
        };
        let permission = match self.permission {
            Permission::None => None,
            Permission::Narrower => Some("permission narrower"),
            Permission::Wider => Some("permission wider"),
        };
        let operational = match self.operational {
            Operational::None => None,
            Operational::Looser => Some("operational looser"),
            Operational::Exposed => Some("operational exposed"),
            Operational::Tighter => Some("operational tighter"),
        };
        let words: Vec<&str> =
            [rust, wire, permission, operational].into_iter().flatten().collect();
        f.write_str(if words.is_empty() { "none" } else { "" })?;
        f.write_str(&words.join(", "))
    }
}

/// ```text
/// breaking[operation-removed]: `tags.list` is gone
///   axes: rust major, wire break
///   wire: released versions call a path that Front may not answer any more
///   reach: 3 operations, 1 event
/// ```
impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (verdict, rule) = (self.axes.verdict().as_str(), self.rule.id);
        write!(f, "{verdict}[{rule}]: {}", self.message)?;
        write!(f, "\n  axes: {}", self.axes)?;
        for (axis, note) in &self.notes {
            write!(f, "\n  {axis}: {note}")?;
        }
        let counted = [
            (self.reach.operations.len(), "operation"),
            (self.reach.events.len(), "event"),
        ];
        let counted: Vec<String> = counted
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, of)| {
                format!("{count} {of}{}", if count == 1 { "" } else { "s" })
            })
            .collect();
        if !counted.is_empty() {
            write!(f, "\n  reach: {}", counted.join(", "))?;
        }
        Ok(())
    }
}
