//! A finding as plain lines: what pages show, and tests compare.

use std::fmt;

use super::finding::{Axes, Finding};
use super::report::Axis;
use super::words::count;

/// `rust major, wire break`; `none` where there is nothing.
impl fmt::Display for Axes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told =
            Axis::ALL.into_iter().filter(|axis| axis.alone(*self) != Self::default());
        let words: Vec<String> =
            told.map(|axis| format!("{} {}", axis.as_str(), axis.word(*self))).collect();
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
        let counted = counted.into_iter().filter(|(number, _)| *number > 0);
        let counted: Vec<String> =
            counted.map(|(number, noun)| count(number, noun)).collect();
        if !counted.is_empty() {
            write!(f, "\n  reach: {}", counted.join(", "))?;
        }
        Ok(())
    }
}
