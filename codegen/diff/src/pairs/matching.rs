//! The things of two sides, paired: by one property after the other.

use super::Pair;

/// A matching on its way: the things of each side, and the positions of those that belong together, as they were found.
pub(crate) struct Matching<T> {
    base: Vec<T>,
    head: Vec<T>,
    found: Vec<(usize, usize)>,
}

impl<T: Copy> Matching<T> {
    pub(crate) fn new(
        base: impl IntoIterator<Item = T>,
        head: impl IntoIterator<Item = T>,
    ) -> Self {
        let (base, head) = (base.into_iter().collect(), head.into_iter().collect());
        Self { base, head, found: Vec::new() }
    }

    /// Pairs what is left, where two are each other's only match.
    pub(crate) fn by(self, alike: impl Fn(T, T) -> bool) -> Self {
        let (base, head) = (self.base.clone(), self.head.clone());
        self.by_position(|old, new| alike(base[old], head[new]))
    }

    /// Pairs what is left by a key, where exactly one of each side has it.
    pub(crate) fn by_key<K: PartialEq>(
        self,
        of_base: impl Fn(T) -> Option<K>,
        of_head: impl Fn(T) -> Option<K>,
    ) -> Self {
        let base: Vec<Option<K>> = self.base.iter().map(|of| of_base(*of)).collect();
        let head: Vec<Option<K>> = self.head.iter().map(|of| of_head(*of)).collect();
        self.by_position(|old, new| base[old].is_some() && base[old] == head[new])
    }

    /// Pairs the last of each side, where they stand at the same position.
    pub(crate) fn last_in_place(mut self) -> Self {
        if let (&[old], &[new]) = (&self.left().0[..], &self.left().1[..])
            && old == new
        {
            self.found.push((old, new));
        }
        self
    }

    fn by_position(mut self, alike: impl Fn(usize, usize) -> bool) -> Self {
        let (base, head) = self.left();
        for &new in &head {
            let mut matches = base.iter().filter(|old| alike(**old, new));
            let (Some(&old), None) = (matches.next(), matches.next()) else { continue };
            if head.iter().filter(|other| alike(old, **other)).count() == 1 {
                self.found.push((old, new));
            }
        }
        self
    }

    /// The positions of what is not paired yet.
    fn left(&self) -> (Vec<usize>, Vec<usize>) {
        let (mut base, mut head) =
            (vec![true; self.base.len()], vec![true; self.head.len()]);
        for &(old, new) in &self.found {
            (base[old], head[new]) = (false, false);
        }
        let left = |of: Vec<bool>| (0..of.len()).filter(|at| of[*at]).collect();
        (left(base), left(head))
    }

    /// What belongs together, as it was found.
    pub(crate) fn found(&self) -> Vec<[T; 2]> {
        let found = self.found.iter();
        found.map(|&(old, new)| [self.base[old], self.head[new]]).collect()
    }

    /// In the order of head, then what is gone.
    pub(crate) fn pairs(&self) -> Vec<Pair<T>> {
        let mut was = vec![None; self.head.len()];
        for &(old, new) in &self.found {
            was[new] = Some(self.base[old]);
        }
        let head = self.head.iter().zip(was).map(|(&new, was)| match was {
            Some(old) => Pair::Both(old, new),
            None => Pair::Head(new),
        });
        let gone = self.left().0.into_iter().map(|old| Pair::Base(self.base[old]));
        head.chain(gone).collect()
    }
}
