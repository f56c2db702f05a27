//! A file of the spec, with the places of its keys and values.

mod node;
mod text;

use std::ops::Range;

pub use node::{Below, Node};
pub use text::is_invisible;

/// One step from a YAML node to a node below it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An item of a list, from 0.
    Index(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<&String> for Step {
    fn from(key: &String) -> Self {
        Self::Key(key.clone())
    }
}

impl From<String> for Step {
    fn from(key: String) -> Self {
        Self::Key(key)
    }
}

impl From<usize> for Step {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

impl From<&Step> for Step {
    fn from(step: &Step) -> Self {
        step.clone()
    }
}

/// Creates the path of a node: `at!["endpoints", name, "arguments", 0]`.
#[macro_export]
#[doc(hidden)]
macro_rules! __at {
    ($($step:expr),* $(,)?) => {
        ::std::vec::Vec::<$crate::source::Step>::from([$($crate::source::Step::from($step)),*])
    };
}
#[doc(inline)]
pub use __at as at;

/// A file of the spec.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its path from the project's root, with `/`: `spec/resources/tags.yaml`.
    pub path: String,
    /// Its text, with `\n` as line ends. Empty if it could not be read.
    pub text: String,
    /// Whether its lines end with CRLF on disk.
    pub(crate) crlf: bool,
    root: Node,
}

/// A node of a file, in the list of all nodes.
#[derive(Debug, Clone)]
pub(crate) struct FlatNode {
    /// The key of the node. `None` for an item of a list, and for the whole file.
    pub(crate) key: Option<String>,
    /// The place of the key; see [`Source::key`].
    pub(crate) span: Range<usize>,
    /// The indices of its children in the list.
    pub(crate) children: Range<usize>,
}

impl Source {
    /// Creates a source from a path, a text and the places in it.
    #[must_use]
    pub fn new(path: String, text: String, root: Node) -> Self {
        Self { path, text, crlf: false, root }
    }

    /// Returns the tree of its keys and values.
    #[must_use]
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// Returns every node of the file, level by level, beginning with the root.
    pub(crate) fn flat(&self) -> Vec<FlatNode> {
        let flat = |key, node: &Node| FlatNode {
            key,
            span: self.first_line(node.head()),
            children: 0..0,
        };
        let mut nodes = vec![&self.root];
        let mut all = vec![flat(None, &self.root)];
        let mut next = 0;
        while let Some(node) = nodes.get(next).copied() {
            let start = nodes.len();
            for (step, child) in node.children() {
                let key = match step {
                    Step::Key(key) => Some(key),
                    Step::Index(_) => None,
                };
                nodes.push(child);
                all.push(flat(key, child));
            }
            all[next].children = start..nodes.len();
            next += 1;
        }
        all
    }

    /// Returns the part of a range in its first line, because a caret points at one line.
    pub fn first_line(&self, span: Range<usize>) -> Range<usize> {
        let inside = self.text.get(span.clone()).unwrap_or_default();
        span.start..span.start + inside.find('\n').unwrap_or(inside.len())
    }

    /// Returns the bytes of the last key of `path`, or of the item if the last step is an index. If the path does not exist, returns
    /// those of its deepest step that exists.
    #[must_use]
    pub fn key(&self, path: &[Step]) -> Range<usize> {
        self.first_line(self.root.reach(path).head())
    }

    /// Returns the bytes of the value at `path`: the first line of a scalar, or the key of a mapping or a list. If the path does not
    /// exist, returns the value of its deepest step that exists: `type` of a field that is only a phrase is the phrase.
    #[must_use]
    pub fn value(&self, path: &[Step]) -> Range<usize> {
        self.first_line(self.root.reach(path).value())
    }
}
