//! What Front has reported about the current window.

use std::time::Duration;

use tokio::time::Instant;

use super::burst::Burst;
use super::clock::Clock;
use super::priority::Priority;
use crate::rt::rates::RateLimitHeaders;

/// The length of a window.
pub(super) const MINUTE: Duration = Duration::from_secs(60);
/// Two resets that differ by at most this many seconds belong to the same window: Front may round them.
const SAME: f64 = 1.5;

/// The last window that Front reported, and what was left of it.
///
/// Within a window, `remaining` only decreases. So the smallest reported value belongs to the call that Front
/// counted last. It includes all calls that have a response, in whatever order the responses arrived. Only
/// calls of this process without a response may be missing.
#[derive(Debug)]
pub(super) struct Window {
    limit: u32,
    remaining: u32,
    /// Seconds since 1970 by Front's clock.
    reset: Option<f64>,
    /// When the first response of this window arrived. The window ends at most a minute later.
    seen: Instant,
    /// When the response arrived that reported `remaining`.
    reported_at: Instant,
    burst: Burst,
}

/// How a response relates to the window.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum WindowRelation {
    /// It reports a new window.
    New,
    /// It reports the same window.
    Same,
    /// It reports a window that is over.
    Old,
}

impl Window {
    /// Creates the window from the first report.
    pub(super) fn new(rates: &RateLimitHeaders, now: Instant) -> Self {
        let mut burst = Burst::none(now);
        burst.report(rates.burst_limit, rates.burst_remaining, now);
        Self {
            limit: rates.limit.unwrap_or(0),
            remaining: rates.remaining.unwrap_or(0),
            reset: seconds(rates),
            seen: now,
            reported_at: now,
            burst,
        }
    }

    /// Applies the report of a response to a call that was sent at `sent`. `accounted` is the number of other
    /// calls of this process that the report counts and that reported nothing themselves. `alone`: this
    /// process has no other call in flight.
    pub(super) fn update(
        &mut self,
        rates: &RateLimitHeaders,
        clock: &Clock,
        accounted: u32,
        alone: bool,
        sent: Instant,
        now: Instant,
    ) -> WindowRelation {
        let remaining = rates.remaining.unwrap_or(0);
        // Whether Front has certainly counted the call after the one that reported `remaining`.
        let later = sent > self.reported_at;
        let relation = self.relation(seconds(rates), remaining, later, clock, now);
        let (limit, left) = (rates.burst_limit, rates.burst_remaining);
        // How many calls have used the burst allowance since the last report. `None` where that is uncertain.
        let drawn = match relation {
            WindowRelation::Old => return relation,
            WindowRelation::New => {
                self.seen = now;
                self.reset = seconds(rates);
                alone.then_some(0.0)
            }
            // Calls use the burst allowance only after the window is spent.
            WindowRelation::Same if remaining > 0 && remaining < self.remaining => {
                Some(0.0)
            }
            WindowRelation::Same if remaining < self.remaining => {
                let nothing = left == Some(0) && self.burst.left(now) == 0;
                nothing.then_some(0.0)
            }
            WindowRelation::Same if later => {
                let one = alone && remaining == 0 && self.remaining == 0;
                one.then_some(1.0)
            }
            // Front counted it before the call that reported `remaining`, or at about the same time.
            WindowRelation::Same => {
                let less = left.is_some_and(|left| left <= self.burst.left(now));
                if remaining == self.remaining && less {
                    self.burst.report(limit, left, now);
                    self.reported_at = now;
                }
                return relation;
            }
        };
        match drawn {
            // Without a report, the last value counts, minus what may have been used since.
            _ if left.is_none() => {
                let drawn = match relation {
                    WindowRelation::Same if remaining > 0 => 0,
                    WindowRelation::Same => 1 + accounted,
                    WindowRelation::New | WindowRelation::Old => accounted,
                };
                self.burst.drawn(drawn, now);
            }
            Some(drawn) => self.burst.confirm(limit, left, drawn, sent, now),
            None => self.burst.report(limit, left, now),
        }
        // The first report of the window may not have contained its end.
        self.reset = self.reset.or(seconds(rates).filter(|_| later));
        self.limit = rates.limit.unwrap_or(self.limit);
        self.remaining = remaining;
        self.reported_at = now;
        relation
    }

    fn relation(
        &self,
        reset: Option<f64>,
        remaining: u32,
        later: bool,
        clock: &Clock,
        now: Instant,
    ) -> WindowRelation {
        let ahead = match (self.reset, reset) {
            (Some(known), Some(reset)) => reset - known,
            _ => 0.0,
        };
        if ahead > SAME {
            return WindowRelation::New;
        }
        if ahead < -SAME {
            // If the call was sent later, Front's clock was set back.
            return if later { WindowRelation::New } else { WindowRelation::Old };
        }
        let window_may_be_over = reset.is_none() || now >= self.end(clock);
        if later && remaining > self.remaining && window_may_be_over {
            WindowRelation::New
        } else {
            WindowRelation::Same
        }
    }

    /// Returns the calls that are left at least, calls in flight included. What the burst allowance has
    /// refilled since the last report counts only where no other program uses it (`alone`).
    pub(super) fn left(&self, priority: Priority, alone: bool, now: Instant) -> u32 {
        let burst = match priority {
            Priority::Background => 0,
            Priority::Interactive if alone => self.burst.left(now),
            Priority::Interactive => self.burst.reported(),
        };
        self.remaining.saturating_add(burst)
    }

    /// Returns the calls that the window allows. 0 where that was never reported.
    pub(super) fn limit(&self) -> u32 {
        self.limit
    }

    /// Returns what the last report left of the window itself.
    pub(super) fn remaining(&self) -> u32 {
        self.remaining
    }

    /// Returns how many calls may be in flight at once after the end of the window and before a report of the next
    /// one: other programs may have spent it.
    pub(super) fn max_unreported(&self) -> u32 {
        (self.limit / 10).max(1)
    }

    /// Returns when the burst allowance will have refilled enough that this number of calls is left.
    pub(super) fn when(&self, calls: u32) -> Option<Instant> {
        self.burst.when(calls.saturating_sub(self.remaining))
    }

    /// Returns when the window is certainly over.
    pub(super) fn end(&self, clock: &Clock) -> Instant {
        let last = self.seen + MINUTE;
        let reset = self.reset.and_then(|reset| {
            // A whole number may have been rounded down.
            let rounded = if reset.fract() == 0.0 { 1.0 } else { 0.0 };
            clock.certainly_at(reset + rounded, self.seen, last)
        });
        reset.unwrap_or(last)
    }

    /// Records that Front refused a call: nothing is left.
    pub(super) fn refused(&mut self, now: Instant) {
        self.remaining = 0;
        self.burst.refused(now);
        self.reported_at = now;
    }
}

fn seconds(rates: &RateLimitHeaders) -> Option<f64> {
    Some(rates.reset?.as_millis() as f64 / 1000.0)
}
