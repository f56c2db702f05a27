//! The allowance for spikes on top of the company's requests a minute.

use std::time::Duration;

use tokio::time::Instant;

use crate::generated::service::BURST_REFILL_MINUTES;

/// How long it takes to be full again.
const REFILL: Duration = Duration::from_secs(BURST_REFILL_MINUTES as u64 * 60);
/// What of a call has to be there beyond one, where it is not told but reckoned.
const RESERVE: f64 = 0.02;

/// What is left of the burst allowance at least. It refills all the time, so between two answers it is
/// reckoned.
#[derive(Debug)]
pub(super) struct Burst {
    limit: f64,
    /// So much was there, at least, at `at`. The part of a call that refilled since the last whole one
    /// is kept: Front tells whole calls only.
    low: f64,
    at: Instant,
    /// A reckoning was wrong: nothing is reckoned to refill before this moment.
    doubted: Option<Instant>,
}

impl Burst {
    /// Nothing: where Front does not tell of one.
    pub(super) fn none(now: Instant) -> Self {
        Self { limit: 0.0, low: 0.0, at: now, doubted: None }
    }

    /// What Front has told, whatever was known before.
    pub(super) fn signals(
        &mut self,
        limit: Option<u32>,
        left: Option<u32>,
        now: Instant,
    ) {
        let left = f64::from(left.unwrap_or(0));
        self.limit = limit.map_or(self.limit.max(left), f64::from);
        self.low = left.min(self.limit);
        self.at = now;
    }

    /// What Front has told in answer to a call that was sent at `sent` and drew `drawn` calls on the
    /// allowance. Where that is what was reckoned, the part of a call that is underway is kept.
    pub(super) fn agrees(
        &mut self,
        limit: Option<u32>,
        left: Option<u32>,
        drawn: f64,
        sent: Instant,
        now: Instant,
    ) {
        let reckoned = self.low(sent) - drawn;
        let low = self.low(now) - drawn;
        self.signals(limit, left, now);
        if reckoned.floor() == self.low {
            self.low = low.min(self.limit).max(self.low);
        }
    }

    /// Whole calls that are left at least.
    pub(super) fn left(&self, now: Instant) -> u32 {
        let reckoned = (self.grown(now) - RESERVE).min(self.limit);
        // Not negative, and the cast saturates.
        self.low.max(reckoned) as u32
    }

    /// Returns the whole calls that the last report left.
    pub(super) fn reported(&self) -> u32 {
        // Not negative, and the cast saturates.
        self.low as u32
    }

    /// When so many calls will be left; none where that is never, or unknown.
    pub(super) fn when(&self, calls: u32) -> Option<Instant> {
        let calls = f64::from(calls);
        if calls > self.limit {
            return None;
        }
        let missing = (calls + RESERVE - self.low).max(0.0);
        let wait = REFILL.as_secs_f64() * missing / self.limit;
        Some(self.grows_from() + Duration::try_from_secs_f64(wait).ok()?)
    }

    /// Records that `calls` calls may have drawn on it without a report.
    pub(super) fn drawn(&mut self, calls: u32, now: Instant) {
        (self.low, self.at) = ((self.low(now) - f64::from(calls)).max(0.0), now);
    }

    /// Front refused although something should have been left: nothing is.
    pub(super) fn refused(&mut self, now: Instant) {
        if self.low < 1.0 && self.left(now) > 0 {
            // It was there by reckoning alone. Others draw on it, or it refills in another way.
            self.doubted = Some(now + REFILL);
        }
        (self.low, self.at) = (0.0, now);
    }

    fn low(&self, now: Instant) -> f64 {
        self.grown(now).min(self.limit)
    }

    /// The same, as if there were no limit.
    fn grown(&self, now: Instant) -> f64 {
        let grown = now.saturating_duration_since(self.grows_from());
        self.low + self.limit * grown.as_secs_f64() / REFILL.as_secs_f64()
    }

    fn grows_from(&self) -> Instant {
        self.doubted.map_or(self.at, |doubted| self.at.max(doubted))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refills_and_keeps_the_part_of_a_call() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut burst = Burst::none(start);
        assert_eq!((burst.left(at(900)), burst.when(1)), (0, None));
        // A call in 12 s.
        burst.signals(Some(50), Some(1), start);
        assert_eq!(
            (burst.left(start), burst.left(at(12)), burst.left(at(13))),
            (1, 1, 2)
        );
        assert_eq!(burst.left(at(9999)), 50);
        assert_eq!(burst.when(51), None);
        // One was drawn 18 s later: 1 + 1.5 - 1, of which Front tells 1.
        burst.agrees(Some(50), Some(1), 1.0, at(18), at(18));
        assert_eq!(burst.left(at(25)), 2);
        // Front tells less than was reckoned.
        burst.agrees(Some(50), Some(0), 0.0, at(25), at(25));
        assert_eq!((burst.left(at(37)), burst.left(at(38))), (0, 1));
    }

    #[test]
    fn does_not_reckon_for_a_while_when_that_was_wrong() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut burst = Burst::none(start);
        burst.signals(Some(50), Some(0), start);
        burst.refused(at(13));
        assert_eq!((burst.left(at(13 + 600)), burst.left(at(13 + 613))), (0, 1));
        // What Front tells counts all the same.
        burst.signals(Some(50), Some(3), at(20));
        assert_eq!((burst.left(at(20)), burst.left(at(40))), (3, 3));
    }
}
