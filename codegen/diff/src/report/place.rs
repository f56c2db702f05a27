//! The location of a change in its file.

use super::super::finding::At;
use front_codegen::ir::{Api, NodeId};
use front_codegen::source::Step;

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
pub(super) fn spot(api: &Api, at: &At) -> Option<Spot> {
    let sources = &api.sources;
    let file = sources.files.iter().find(|file| file.path == at.file)?;
    let below = |node: NodeId, step: &Step| {
        let child = match step {
            Step::Key(key) => sources.child(node, key),
            Step::Index(position) => sources.item(node, *position),
        };
        child.ok_or(node)
    };
    let (Ok(node) | Err(node)) = at.path.iter().try_fold(file.root, below);
    let span = sources.span(node);
    Some(Spot {
        file: file.path.clone(),
        line: span.line,
        column: span.column,
        length: span.length,
        text: sources.line(span).to_owned(),
    })
}
