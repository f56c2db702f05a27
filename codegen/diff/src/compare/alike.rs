//! The parts of one thing, paired: fields, values, cases.

use crate::pairs::Pair;

/// A pairing on its way: for each part of head, the part of base that it was.
pub(crate) struct Alike {
    base: usize,
    was: Vec<Option<usize>>,
}

impl Alike {
    pub(crate) fn new(base: usize, head: usize) -> Self {
        Self { base, was: vec![None; head] }
    }

    /// Pairs what is left, where two are each other's only match.
    pub(crate) fn by(mut self, alike: impl Fn(usize, usize) -> bool) -> Self {
        let (base, head) = self.left();
        for &new in &head {
            let mut matches = base.iter().filter(|old| alike(**old, new));
            let (Some(&old), None) = (matches.next(), matches.next()) else { continue };
            if head.iter().filter(|other| alike(old, **other)).count() == 1 {
                self.was[new] = Some(old);
            }
        }
        self
    }

    /// Pairs the last of each side, where they stand at the same position.
    pub(crate) fn last_in_place(mut self) -> Self {
        if let (&[old], &[new]) = (&self.left().0[..], &self.left().1[..])
            && old == new
        {
            self.was[new] = Some(old);
        }
        self
    }

    fn left(&self) -> (Vec<usize>, Vec<usize>) {
        let base = (0..self.base).filter(|old| !self.was.contains(&Some(*old)));
        let head = (0..self.was.len()).filter(|new| self.was[*new].is_none());
        (base.collect(), head.collect())
    }

    /// In the order of head, then what is gone.
    pub(crate) fn pairs(&self) -> Vec<Pair<usize>> {
        let (gone, _) = self.left();
        let head = self.was.iter().enumerate().map(|(new, was)| match was {
            Some(old) => Pair::Both(*old, new),
            None => Pair::Head(new),
        });
        head.chain(gone.into_iter().map(Pair::Base)).collect()
    }
}
