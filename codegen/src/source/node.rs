//! The tree of a file: where every key and value is.

use std::ops::Range;

use indexmap::IndexMap;

use super::Step;

/// A node of a file: where it stands and what is below it. A file without one has an empty root.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// A scalar's text without anchor and tag, or all of a mapping or a list.
    pub span: Range<usize>,
    /// Where its entry begins: at its key, or at the dash of a list item.
    pub start: usize,
    /// The key that it is the value of.
    pub key: Option<Range<usize>>,
    /// What is below it.
    pub below: Below,
}

/// What is below a node.
#[derive(Debug, Clone, Default)]
pub enum Below {
    /// Nothing: it is a scalar.
    #[default]
    Scalar,
    /// Values by key; of a key that stands twice, the first.
    Mapping(IndexMap<String, Node>),
    /// Items.
    List(Vec<Node>),
}

impl Node {
    /// What is below it at `step`.
    pub fn child(&self, step: &Step) -> Option<&Self> {
        match (&self.below, step) {
            (Below::Mapping(entries), Step::Key(key)) => entries.get(key),
            (Below::List(items), Step::Index(index)) => items.get(*index),
            _ => None,
        }
    }

    /// The last node of the path that is there.
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

    /// What is directly below it.
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

    /// All that goes when it goes: its key or dash, and its value.
    pub fn entry(&self) -> Range<usize> {
        let key = self.key.as_ref().map_or(self.start, |key| key.end);
        self.start..self.span.end.max(key)
    }

    /// Where to point when the node is meant: its key, or its beginning.
    pub fn head(&self) -> Range<usize> {
        match &self.key {
            Some(key) => key.clone(),
            None => self.beginning(),
        }
    }

    /// Where to point when its value is meant.
    pub fn value(&self) -> Range<usize> {
        match self.below {
            Below::Scalar => self.span.clone(),
            _ => self.head(),
        }
    }

    /// The first scalar in it.
    fn beginning(&self) -> Range<usize> {
        match self.children().next() {
            Some((_, first)) => first.head(),
            None => self.span.clone(),
        }
    }
}
