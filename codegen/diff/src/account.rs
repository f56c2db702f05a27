//! Which finding accounts for which line of the surface.

use super::Diff;
use super::finding::{Explains, Finding, Rust};
use super::surface::Change;

/// Gives each finding its verdict on Rust from the lines that it explains, and keeps those that none does.
pub(super) fn account(mut findings: Vec<Finding>, changes: Vec<Change>) -> Diff {
    let mut unexplained = Vec::new();
    for change in changes {
        let mut known = false;
        for finding in &mut findings {
            if finding.explains.iter().any(|explains| explains.covers(&change.key)) {
                known = true;
                finding.axes.rust = finding.axes.rust.max(change.severity);
            }
        }
        if !known && change.severity > Rust::None {
            unexplained.push(change);
        }
    }
    // Worst first; then as the spec is ordered, which is how they were found.
    findings.sort_by_key(|finding| std::cmp::Reverse(finding.axes.verdict()));
    Diff { findings, unexplained }
}

impl Explains {
    fn covers(&self, key: &str) -> bool {
        let (Self::Item(own) | Self::All(own)) = self;
        let Some(rest) = key.strip_prefix(own.as_str()) else { return false };
        match self {
            // What hangs on the item itself begins with `#`.
            Self::Item(_) => rest.is_empty() || rest.starts_with('#'),
            Self::All(_) => rest.is_empty() || rest.starts_with(['#', ':', '.']),
        }
    }
}
