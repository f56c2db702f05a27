//! The allowance for spikes on top of the company's requests a minute.

use std::time::Duration;

use tokio::time::Instant;

use crate::generated::service::BURST_REFILL_MINUTES;

/// How long an empty allowance takes to refill.
const REFILL: Duration = Duration::from_secs(BURST_REFILL_MINUTES as u64 * 60);
/// The fraction of a call by which an estimate has to exceed whole calls, because clocks drift.
const RESERVE: f64 = 0.02;

/// The lower bound of what is left of the burst allowance. It refills continuously, so it is estimated
/// between two reports.
#[derive(Debug)]
pub(super) struct Burst {
    limit: f64,
    /// The lower bound at `at`. It includes the fraction of a call that has refilled: Front reports whole calls
    /// only.
    low: f64,
    at: Instant,
    /// After a wrong estimate: no refill is assumed before this moment.
    no_refill_before: Option<Instant>,
}

impl Burst {
    /// Creates an empty allowance, which is used until Front reports one.
    pub(super) fn none(now: Instant) -> Self {
        Self { limit: 0.0, low: 0.0, at: now, no_refill_before: None }
    }

    /// Applies a report and discards the estimate.
    pub(super) fn report(
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

    /// Applies the report of a response to a call that was sent at `sent` and used `drawn` calls of the
    /// allowance. If the report confirms the estimate, the estimated fraction of a call is kept.
    pub(super) fn confirm(
        &mut self,
        limit: Option<u32>,
        left: Option<u32>,
        drawn: f64,
        sent: Instant,
        now: Instant,
    ) {
        let estimate = self.low(sent) - drawn;
        let low = self.low(now) - drawn;
        self.report(limit, left, now);
        if estimate.floor() == self.low {
            self.low = low.min(self.limit).max(self.low);
        }
    }

    /// Returns the whole calls that are left at least.
    pub(super) fn left(&self, now: Instant) -> u32 {
        let estimate = (self.refilled(now) - RESERVE).min(self.limit);
        // Not negative, and the cast saturates.
        self.low.max(estimate) as u32
    }

    /// Returns the whole calls that the last report left.
    pub(super) fn reported(&self) -> u32 {
        // Not negative, and the cast saturates.
        self.low as u32
    }

    /// Returns when this number of calls will be left. `None` where that is never or unknown.
    pub(super) fn when(&self, calls: u32) -> Option<Instant> {
        let calls = f64::from(calls);
        if calls > self.limit {
            return None;
        }
        let missing = (calls + RESERVE - self.low).max(0.0);
        let wait = REFILL.as_secs_f64() * missing / self.limit;
        Some(self.refills_from() + Duration::try_from_secs_f64(wait).ok()?)
    }

    /// Records that up to `calls` calls without a report have used the allowance.
    pub(super) fn drawn(&mut self, calls: u32, now: Instant) {
        (self.low, self.at) = ((self.low(now) - f64::from(calls)).max(0.0), now);
    }

    /// Records that Front refused a call: nothing is left.
    pub(super) fn refused(&mut self, now: Instant) {
        if self.low < 1.0 && self.left(now) > 0 {
            // Only the estimate had calls left. Other programs use the allowance, or it refills differently.
            self.no_refill_before = Some(now + REFILL);
        }
        (self.low, self.at) = (0.0, now);
    }

    fn low(&self, now: Instant) -> f64 {
        self.refilled(now).min(self.limit)
    }

    /// Returns the lower bound as if the allowance had no maximum.
    fn refilled(&self, now: Instant) -> f64 {
        let refilled = now.saturating_duration_since(self.refills_from());
        self.low + self.limit * refilled.as_secs_f64() / REFILL.as_secs_f64()
    }

    fn refills_from(&self) -> Instant {
        self.no_refill_before
            .map_or(self.at, |no_refill_before| self.at.max(no_refill_before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refills_and_keeps_the_fraction_of_a_call() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut burst = Burst::none(start);
        assert_eq!((burst.left(at(900)), burst.when(1)), (0, None));
        // One call refills in 12 s.
        burst.report(Some(50), Some(1), start);
        assert_eq!(
            (burst.left(start), burst.left(at(12)), burst.left(at(13))),
            (1, 1, 2)
        );
        assert_eq!(burst.left(at(9999)), 50);
        assert_eq!(burst.when(51), None);
        // One call was used 18 s later: 1 + 1.5 - 1, of which Front reports 1.
        burst.confirm(Some(50), Some(1), 1.0, at(18), at(18));
        assert_eq!(burst.left(at(25)), 2);
        // Front reports less than the estimate.
        burst.confirm(Some(50), Some(0), 0.0, at(25), at(25));
        assert_eq!((burst.left(at(37)), burst.left(at(38))), (0, 1));
    }

    #[test]
    fn does_not_estimate_for_a_while_after_a_wrong_estimate() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut burst = Burst::none(start);
        burst.report(Some(50), Some(0), start);
        burst.refused(at(13));
        assert_eq!((burst.left(at(13 + 600)), burst.left(at(13 + 613))), (0, 1));
        // A report by Front still counts.
        burst.report(Some(50), Some(3), at(20));
        assert_eq!((burst.left(at(20)), burst.left(at(40))), (3, 3));
    }
}
