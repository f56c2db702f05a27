//! Calls that have ended and that no report accounts for yet.

use std::collections::VecDeque;

use tokio::time::Instant;

use super::window::MINUTE;

/// How a call has ended without a report of what is left.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Ended {
    /// It succeeded: Front has counted it.
    Counted,
    /// Front may have counted it, or will until the moment: it was lost, or a gateway responded.
    Doubtful(Instant),
}

/// Calls that have ended and that no report accounts for yet.
///
/// Each one counts against what is left until a report arrives for a call that was sent after it, or
/// until a minute has passed: then the window that counted it is over.
#[derive(Debug, Default)]
pub(super) struct Unaccounted {
    counted: Moments,
    doubtful: Moments,
}

/// Moments at which Front has counted calls at the latest, in order.
#[derive(Debug, Default)]
struct Moments(VecDeque<Instant>);

impl Unaccounted {
    pub(super) fn add(&mut self, ended: Ended, now: Instant) {
        self.counted.forget(now);
        self.doubtful.forget(now);
        match ended {
            Ended::Counted => self.counted.insert(now),
            Ended::Doubtful(until) => self.doubtful.insert(until),
        }
    }

    /// A report has arrived for a call that was sent at `sent`: it accounts for all that Front had
    /// counted by then.
    pub(super) fn account(&mut self, sent: Instant) {
        self.counted.account(sent);
        self.doubtful.account(sent);
    }

    /// All calls.
    pub(super) fn len(&self, now: Instant) -> u32 {
        self.counted.len(now) + self.doubtful.len(now)
    }

    /// Those that Front has certainly counted.
    pub(super) fn counted(&self, now: Instant) -> u32 {
        self.counted.len(now)
    }

    /// The moment from which on none of them is on its way any more; none where there is none.
    pub(super) fn arrived(&self) -> Option<Instant> {
        self.doubtful.0.back().copied()
    }

    /// The next moment at which one of them counts no longer.
    pub(super) fn next(&self, now: Instant) -> Option<Instant> {
        self.counted.next(now).into_iter().chain(self.doubtful.next(now)).min()
    }
}

impl Moments {
    fn insert(&mut self, moment: Instant) {
        let place = self.0.partition_point(|known| *known <= moment);
        self.0.insert(place, moment);
    }

    fn forget(&mut self, now: Instant) {
        self.0.drain(..self.over(now));
    }

    fn account(&mut self, sent: Instant) {
        self.0.drain(..self.0.partition_point(|known| *known < sent));
    }

    /// How many have passed a minute ago.
    fn over(&self, now: Instant) -> usize {
        self.0.partition_point(|known| *known + MINUTE <= now)
    }

    fn len(&self, now: Instant) -> u32 {
        u32::try_from(self.0.len() - self.over(now)).unwrap_or(u32::MAX)
    }

    fn next(&self, now: Instant) -> Option<Instant> {
        Some(*self.0.get(self.over(now))? + MINUTE)
    }
}
