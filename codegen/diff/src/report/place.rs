//! Where in a file a change stands.

use super::super::finding::At;
use front_codegen::spec::Spec;

/// A stretch of a line, as people and editors count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// `spec/resources/tags.yaml`
    pub file: String,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// In characters.
    pub length: usize,
    /// The whole line.
    pub text: String,
}

/// `spec/resources/tags.yaml:41:3`
impl std::fmt::Display for Spot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// The spot of a place, or of the nearest that is there; none where the file is not.
pub(super) fn spot(spec: &Spec, at: &At) -> Option<Spot> {
    let source = spec.sources.iter().find(|source| source.path == at.file)?;
    let span = source.key(&at.path);
    let before = source.text.get(..span.start)?;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    let line = source.text[start..].lines().next().unwrap_or_default();
    Some(Spot {
        file: source.path.clone(),
        line: before.matches('\n').count() + 1,
        column: before[start..].chars().count() + 1,
        length: source.text.get(span).unwrap_or_default().chars().count(),
        text: line.to_owned(),
    })
}
