//! What Front has told of the current window.

use std::time::Duration;

use tokio::time::Instant;

use super::burst::Burst;
use super::clock::Clock;
use super::priority::Priority;
use crate::rt::rates::RateLimitHeaders;

/// How long a window lasts.
pub(super) const MINUTE: Duration = Duration::from_secs(60);
/// Resets that are nearer to each other, in seconds, are those of one window: Front may round them.
const SAME: f64 = 1.5;

/// The last window that Front told of, and what was left of it.
///
/// Within a window `remaining` only falls. So the smallest one that was told belongs to the call that
/// Front saw last of all that are answered: it counts them all, in whatever order the answers came, and
/// nothing of ours is missing in it but calls whose answer is not here.
#[derive(Debug)]
pub(super) struct Window {
    limit: u32,
    remaining: u32,
    /// Seconds since 1970 by Front's clock.
    reset: Option<f64>,
    /// When the first answer of this window arrived: no later than a minute after, it is over.
    seen: Instant,
    /// When the answer arrived that told `remaining`.
    signals: Instant,
    burst: Burst,
}

/// How an answer relates to the window.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Turn {
    /// It tells of a new window.
    New,
    /// It is of the same window.
    Same,
    /// It is of a window that is over.
    Old,
}

impl Window {
    /// The window of the first answer.
    pub(super) fn new(rates: &RateLimitHeaders, now: Instant) -> Self {
        let mut burst = Burst::none(now);
        burst.signals(rates.burst_limit, rates.burst_remaining, now);
        Self {
            limit: rates.limit.unwrap_or(0),
            remaining: rates.remaining.unwrap_or(0),
            reset: seconds(rates),
            seen: now,
            signals: now,
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
    ) -> Turn {
        let remaining = rates.remaining.unwrap_or(0);
        // Whether Front has certainly seen the call after the one that told `remaining`.
        let later = sent > self.signals;
        let turn = self.turn(seconds(rates), remaining, later, clock, now);
        let (limit, left) = (rates.burst_limit, rates.burst_remaining);
        // What was drawn on the burst allowance since it was told last, where that is certain.
        let drawn = match turn {
            Turn::Old => return turn,
            Turn::New => {
                self.seen = now;
                self.reset = seconds(rates);
                alone.then_some(0.0)
            }
            // As long as something is left of the window nothing is drawn.
            Turn::Same if remaining > 0 && remaining < self.remaining => Some(0.0),
            Turn::Same if remaining < self.remaining => {
                let nothing = left == Some(0) && self.burst.left(now) == 0;
                nothing.then_some(0.0)
            }
            Turn::Same if later => {
                let one = alone && remaining == 0 && self.remaining == 0;
                one.then_some(1.0)
            }
            // Front saw it before, or next to, the call that told `remaining`.
            Turn::Same => {
                let less = left.is_some_and(|left| left <= self.burst.left(now));
                if remaining == self.remaining && less {
                    self.burst.signals(limit, left, now);
                    self.signals = now;
                }
                return turn;
            }
        };
        match drawn {
            // A value that is not reported stays as before, minus what may have been drawn since.
            _ if left.is_none() => {
                let drawn = match turn {
                    Turn::Same if remaining > 0 => 0,
                    Turn::Same => 1 + accounted,
                    Turn::New | Turn::Old => accounted,
                };
                self.burst.drawn(drawn, now);
            }
            Some(drawn) => self.burst.agrees(limit, left, drawn, sent, now),
            None => self.burst.signals(limit, left, now),
        }
        // The first report of the window may not have contained its end.
        self.reset = self.reset.or(seconds(rates).filter(|_| later));
        self.limit = rates.limit.unwrap_or(self.limit);
        self.remaining = remaining;
        self.signals = now;
        turn
    }

    fn turn(
        &self,
        reset: Option<f64>,
        remaining: u32,
        later: bool,
        clock: &Clock,
        now: Instant,
    ) -> Turn {
        let ahead = match (self.reset, reset) {
            (Some(known), Some(reset)) => reset - known,
            _ => 0.0,
        };
        if ahead > SAME {
            return Turn::New;
        }
        if ahead < -SAME {
            // Front's clock was set back, where this is what a later call is told.
            return if later { Turn::New } else { Turn::Old };
        }
        let untold = reset.is_none() || now >= self.end(clock);
        if later && remaining > self.remaining && untold {
            Turn::New
        } else {
            Turn::Same
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

    /// How many calls may be on their way at once where the window is over, and nothing is told of the
    /// next one: others may have spent it.
    pub(super) fn blind(&self) -> u32 {
        (self.limit / 10).max(1)
    }

    /// When the burst allowance will have refilled so far that so many calls are left.
    pub(super) fn when(&self, calls: u32) -> Option<Instant> {
        self.burst.when(calls.saturating_sub(self.remaining))
    }

    /// When the window is certainly over.
    pub(super) fn end(&self, clock: &Clock) -> Instant {
        let last = self.seen + MINUTE;
        let reset = self.reset.and_then(|reset| {
            // A whole number may be one that was rounded down.
            let rounded = if reset.fract() == 0.0 { 1.0 } else { 0.0 };
            clock.surely(reset + rounded, self.seen, last)
        });
        reset.unwrap_or(last)
    }

    /// Front refused a call: nothing is left.
    pub(super) fn refused(&mut self, now: Instant) {
        self.remaining = 0;
        self.burst.refused(now);
        self.signals = now;
    }
}

fn seconds(rates: &RateLimitHeaders) -> Option<f64> {
    Some(rates.reset?.as_millis() as f64 / 1000.0)
}
