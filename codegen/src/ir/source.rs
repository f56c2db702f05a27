//! The location of every fact in `spec/`.
//!
//! Each item of the API has the [`NodeId`] of the mapping, list item or phrase that defines it. The facts of an item are the
//! keys below that node, so every fact has a location without a list of facts to maintain:
//! `api.sources.locate(field.source, &["max_length"])`. A derived fact has the location of its item.

use std::ops::Range;

/// The index of a file in [`SourceMap::files`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceFileId(pub usize);

/// The index of a node in [`SourceMap::nodes`]. Among the children of a node, the index grows in the order of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub usize);

/// A part of one line, in the units of editors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SourceSpan {
    /// The file.
    pub file: SourceFileId,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The length in characters.
    pub length: usize,
}

/// A file of the spec.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Its path from the project's root, with `/`: `spec/resources/tags.yaml`.
    pub path: String,
    /// Its text.
    pub text: String,
    /// The byte offset of each line.
    pub lines: Vec<usize>,
    /// The node of the whole file.
    pub root: NodeId,
}

/// A key with its value, or an item of a list.
#[derive(Debug, Clone)]
pub struct SourceNode {
    /// The file.
    pub file: SourceFileId,
    /// The key, or `None` for an item of a list and for a whole file.
    pub key: Option<Box<str>>,
    /// The bytes to point at: the key, or the first scalar of the item.
    pub span: Range<usize>,
    /// Its children in the order of the file, as indexes in [`SourceMap::nodes`].
    pub children: Range<usize>,
}

/// Every file of the spec, with the location of every key and every list item.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    /// The files, by [`SourceFileId`].
    pub files: Vec<SourceFile>,
    /// The nodes, by [`NodeId`].
    pub nodes: Vec<SourceNode>,
}

impl SourceMap {
    /// Returns the child of `node` with a key, or `None` if the key is missing.
    #[must_use]
    pub fn child(&self, node: NodeId, key: &str) -> Option<NodeId> {
        let mut children = self.nodes[node.0].children.clone();
        children.find(|child| self.nodes[*child].key.as_deref() == Some(key)).map(NodeId)
    }

    /// Returns an item of the list at `node`. Positions start at 0.
    #[must_use]
    pub fn item(&self, node: NodeId, position: usize) -> Option<NodeId> {
        let child = self.nodes[node.0].children.clone().nth(position)?;
        self.nodes[child].key.is_none().then_some(NodeId(child))
    }

    /// Returns whether the spec contains a fact of an item. Other facts are defaults or derived.
    #[must_use]
    pub fn is_written(&self, item: NodeId, fact: &str) -> bool {
        self.child(item, fact).is_some()
    }

    /// Returns the last node on a path of keys that exists in the spec: the fact, or the nearest node above it.
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

    /// Returns the location of a fact of an item: its key, or the nearest node above it that exists. An empty path means the
    /// item itself.
    #[must_use]
    pub fn locate(&self, item: NodeId, path: &[&str]) -> SourceSpan {
        self.span(self.nearest(item, path))
    }

    /// Returns the location of a node.
    #[must_use]
    pub fn span(&self, node: NodeId) -> SourceSpan {
        let SourceNode { file, span, .. } = &self.nodes[node.0];
        let SourceFile { text, lines, .. } = &self.files[file.0];
        // The first line begins at 0, so at least one line begins at or before the span.
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

    /// Returns the whole line that contains a span, without its line break.
    #[must_use]
    pub fn line(&self, span: SourceSpan) -> &str {
        let SourceFile { text, lines, .. } = &self.files[span.file.0];
        let start = lines.get(span.line - 1).copied().unwrap_or_default();
        text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or_default()
    }

    /// Returns the path of the file that contains a span.
    #[must_use]
    pub fn path(&self, span: SourceSpan) -> &str {
        &self.files[span.file.0].path
    }

    /// Formats a span as `spec/resources/tags.yaml:41:3`.
    #[must_use]
    pub fn display(&self, span: SourceSpan) -> String {
        format!("{}:{}:{}", self.path(span), span.line, span.column)
    }
}
