//! Where in `spec/` every fact is written.
//!
//! Each item of the API has the [`NodeId`] of the mapping, list item or phrase that says it. The facts of an item are the keys
//! below that node, so the location of every fact of every item is there without a list of facts that somebody must extend:
//! `api.sources.locate(field.source, &["max_length"])`. A fact that was derived and not written has the location of its item.

use std::ops::Range;

/// A file of the spec, by its position in [`SourceMap::files`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceFileId(pub usize);

/// A node of a file, by its position in [`SourceMap::nodes`]. Of two nodes below one, the first in the file has the smaller
/// number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub usize);

/// A stretch of one line, as people and editors count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceSpan {
    /// Which file.
    pub file: SourceFileId,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// In characters.
    pub length: usize,
}

/// A file of the spec.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its path from the project's root, with `/`: `spec/resources/tags.yaml`.
    pub path: String,
    /// Its text.
    pub text: String,
    /// Where each line begins, in bytes.
    pub lines: Vec<usize>,
    /// All of it.
    pub root: NodeId,
}

/// A key with what is below it, or an item of a list.
#[derive(Debug, Clone)]
pub struct SourceNode {
    /// Which file.
    pub file: SourceFileId,
    /// The key; none for an item of a list and for a whole file.
    pub key: Option<Box<str>>,
    /// The key's bytes, or those of the item's first scalar: what is pointed at.
    pub span: Range<usize>,
    /// What is below it, in the order of the file: positions in [`SourceMap::nodes`].
    pub children: Range<usize>,
}

/// Every file of the spec, with the location of every key and every list item.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    /// By [`SourceFileId`].
    pub files: Vec<SourceFile>,
    /// By [`NodeId`].
    pub nodes: Vec<SourceNode>,
}

impl SourceMap {
    /// The node below `node` at a key, where that is written.
    #[must_use]
    pub fn child(&self, node: NodeId, key: &str) -> Option<NodeId> {
        let mut children = self.nodes[node.0].children.clone();
        children.find(|child| self.nodes[*child].key.as_deref() == Some(key)).map(NodeId)
    }

    /// An item of the list at `node`, from 0.
    #[must_use]
    pub fn item(&self, node: NodeId, position: usize) -> Option<NodeId> {
        let child = self.nodes[node.0].children.clone().nth(position)?;
        self.nodes[child].key.is_none().then_some(NodeId(child))
    }

    /// Whether the spec says a fact of an item itself. What it does not say holds by a default, or is derived.
    #[must_use]
    pub fn is_written(&self, item: NodeId, fact: &str) -> bool {
        self.child(item, fact).is_some()
    }

    /// The last node on a path of keys that is written: the fact, or the nearest to it.
    #[must_use]
    pub fn nearest(&self, item: NodeId, path: &[&str]) -> NodeId {
        let mut node = item;
        for key in path {
            match self.child(node, key) {
                Some(child) => node = child,
                None => break,
            }
        }
        node
    }

    /// Where a fact of an item is written: the fact's key, or the nearest that is written; the item itself for an empty path.
    #[must_use]
    pub fn locate(&self, item: NodeId, path: &[&str]) -> SourceSpan {
        self.span(self.nearest(item, path))
    }

    /// Where a node is written.
    #[must_use]
    pub fn span(&self, node: NodeId) -> SourceSpan {
        let SourceNode { file, span, .. } = &self.nodes[node.0];
        let SourceFile { text, lines, .. } = &self.files[file.0];
        // The first line begins at 0, so there is one that begins before.
        let line = lines.partition_point(|start| *start <= span.start).max(1);
        let start = lines.get(line - 1).copied().unwrap_or_default();
        let count =
            |range: Range<usize>| text.get(range).map_or(0, |text| text.chars().count());
        SourceSpan {
            file: *file,
            line,
            column: count(start..span.start) + 1,
            length: count(span.clone()),
        }
    }

    /// The whole line that a span is in, without its end.
    #[must_use]
    pub fn line(&self, span: SourceSpan) -> &str {
        let SourceFile { text, lines, .. } = &self.files[span.file.0];
        let start = lines.get(span.line - 1).copied().unwrap_or_default();
        text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default()
    }

    /// The path of the file that a span is in.
    #[must_use]
    pub fn path(&self, span: SourceSpan) -> &str {
        &self.files[span.file.0].path
    }

    /// `spec/resources/tags.yaml:41:3`
    #[must_use]
    pub fn display(&self, span: SourceSpan) -> String {
        format!("{}:{}:{}", self.path(span), span.line, span.column)
    }
}
