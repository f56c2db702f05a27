//! A file of the spec with the places of its keys and values.

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

/// The path of a node: `at!["endpoints", name, "arguments", 0]`.
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
    /// What it holds, line ends as `\n`. Empty where it could not be read.
    pub text: String,
    /// Whether its lines end in CRLF on disk.
    pub(crate) crlf: bool,
    root: Node,
}

/// A node of a file, in a list of all of them.
#[derive(Debug, Clone)]
pub(crate) struct FlatNode {
    /// The key that it is the value of; none of an item of a list, and of the whole file.
    pub(crate) key: Option<String>,
    /// [`Source::key`] of it.
    pub(crate) span: Range<usize>,
    /// What is directly below it: positions in the list.
    pub(crate) children: Range<usize>,
}

impl Source {
    /// Makes a source of a path, a text and the places in it.
    #[must_use]
    pub fn new(path: String, text: String, root: Node) -> Self {
        Self { path, text, crlf: false, root }
    }

    /// The tree of its keys and values.
    #[must_use]
    pub fn root(&self) -> &Node {
        &self.root
    }

    /// Every node of the file: first all of it, then what is directly below that, and so on.
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

    /// The part of a stretch that lies in its first line: that is what a caret can point at.
    pub fn first_line(&self, span: Range<usize>) -> Range<usize> {
        let inside = self.text.get(span.clone()).unwrap_or_default();
        span.start..span.start + inside.find('\n').unwrap_or(inside.len())
    }

    /// The bytes of the key that `path` ends in; of the item where it ends in an index. Where the path leads nowhere, those
    /// of its last step that does.
    #[must_use]
    pub fn key(&self, path: &[Step]) -> Range<usize> {
        self.first_line(self.root.reach(path).head())
    }

    /// The bytes of the value at `path`: a scalar's text (its first line, where it has several), a mapping's or a list's key.
    /// Where the path leads nowhere, the value of its last step that does: of a field written as a phrase alone, `type` is
    /// the phrase.
    #[must_use]
    pub fn value(&self, path: &[Step]) -> Range<usize> {
        self.first_line(self.root.reach(path).value())
    }
}
