//! The tree of a file, with the place of every key and value.

use std::ops::Range;

use indexmap::IndexMap;

use super::Step;

/// A node of a file: its place and its children. An empty file has an empty root.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// The text of a scalar without anchor and tag, or the whole mapping or list.
    pub span: Range<usize>,
    /// The beginning of its entry: its key, or the dash of a list item.
    pub start: usize,
    /// Its key.
    pub key: Option<Range<usize>>,
    /// Its children.
    pub below: Below,
}

/// The children of a node.
#[derive(Debug, Clone, Default)]
pub enum Below {
    /// None: it is a scalar.
    #[default]
    Scalar,
    /// Values by key. For a duplicate key, the first value.
    Mapping(IndexMap<String, Node>),
    /// Items.
    List(Vec<Node>),
}

impl Node {
    /// Returns the child at `step`.
    pub fn child(&self, step: &Step) -> Option<&Self> {
        match (&self.below, step) {
            (Below::Mapping(entries), Step::Key(key)) => entries.get(key),
            (Below::List(items), Step::Index(index)) => items.get(*index),
            _ => None,
        }
    }

    /// Returns the deepest node of a path that exists.
    pub fn reach(&self, path: &[Step]) -> &Self {
        let mut node = self;
        for step in path {
            match node.child(step) {
                Some(child) => node = child,
                None => break,
            }
        }
        node
    }

    /// Returns its children.
    pub fn children(&self) -> Box<dyn Iterator<Item = (Step, &Self)> + '_> {
        match &self.below {
            Below::Scalar => Box::new(std::iter::empty()),
            Below::Mapping(entries) => {
                Box::new(entries.iter().map(|(key, node)| (key.into(), node)))
            }
            Below::List(items) => Box::new(
                items.iter().enumerate().map(|(index, node)| (index.into(), node)),
            ),
        }
    }

    /// Returns the range of the whole entry: its key or dash, and its value.
    pub fn entry(&self) -> Range<usize> {
        let key = self.key.as_ref().map_or(self.start, |key| key.end);
        self.start..self.span.end.max(key)
    }

    /// Returns the range to mark for the node: its key, or its beginning.
    pub fn head(&self) -> Range<usize> {
        match &self.key {
            Some(key) => key.clone(),
            None => self.beginning(),
        }
    }

    /// Returns the range to mark for its value.
    pub fn value(&self) -> Range<usize> {
        match self.below {
            Below::Scalar => self.span.clone(),
            _ => self.head(),
        }
    }

    /// Returns the first scalar in it.
    fn beginning(&self) -> Range<usize> {
        match self.children().next() {
            Some((_, first)) => first.head(),
            None => self.span.clone(),
        }
    }
}
