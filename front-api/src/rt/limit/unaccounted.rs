//! Calls that have ended and that no report accounts for yet.

use std::collections::VecDeque;

use tokio::time::Instant;

use super::window::MINUTE;

/// How a call has ended without a report of what is left.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Ended {
    /// It succeeded: Front has counted it.
    Counted,
    /// Front may have counted it, or may still do so until this moment: it was lost, or a gateway responded.
    Doubtful(Instant),
}

/// Calls that have ended and that no report accounts for yet.
///
/// Each call counts against what is left until a later call's report arrives, or until a minute has passed
/// and the window that counted the call is over.
#[derive(Debug, Default)]
pub(super) struct Unaccounted {
    counted: Moments,
    needs_probe: Moments,
}

/// The latest moments at which Front has counted each call, in order.
#[derive(Debug, Default)]
struct Moments(VecDeque<Instant>);

impl Unaccounted {
    pub(super) fn add(&mut self, ended: Ended, now: Instant) {
        self.counted.forget(now);
        self.needs_probe.forget(now);
        match ended {
            Ended::Counted => self.counted.insert(now),
            Ended::Doubtful(until) => self.needs_probe.insert(until),
        }
    }

    /// Records a report for a call that was sent at `sent`. It accounts for all calls that Front had counted
    /// by that moment.
    pub(super) fn account(&mut self, sent: Instant) {
        self.counted.account(sent);
        self.needs_probe.account(sent);
    }

    /// Returns the number of all calls.
    pub(super) fn len(&self, now: Instant) -> u32 {
        self.counted.len(now) + self.needs_probe.len(now)
    }

    /// Returns the number of calls that Front has certainly counted.
    pub(super) fn counted(&self, now: Instant) -> u32 {
        self.counted.len(now)
    }

    /// Returns the moment from which none of them can still reach Front. `None` without such calls.
    pub(super) fn arrived(&self) -> Option<Instant> {
        self.needs_probe.0.back().copied()
    }

    /// Returns the next moment at which one of them stops counting.
    pub(super) fn next(&self, now: Instant) -> Option<Instant> {
        self.counted.next(now).into_iter().chain(self.needs_probe.next(now)).min()
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

    /// Returns how many are more than a minute old.
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
