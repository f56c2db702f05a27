//! The difference between Front's clock and this machine's.

use std::time::Duration;

use tokio::time::Instant;

/// Seconds that are added to a moment of Front's clock, because clocks drift between two responses.
const MARGIN: f64 = 0.05;

/// How far Front's clock is ahead of the machine's monotonic clock, as an interval.
///
/// The `date` of a response is in whole seconds: Front's time was within `date .. date + 1` at some moment
/// between the request and the response. Every response narrows the interval.
#[derive(Debug, Default)]
pub(super) struct Clock {
    known: Option<Known>,
}

#[derive(Debug)]
struct Known {
    /// The local moment that other local moments are relative to.
    zero: Instant,
    /// Seconds since 1970 by Front's clock at `zero`: the lower and the upper bound.
    low: f64,
    high: f64,
}

impl Clock {
    /// Applies the `date` of a response.
    pub(super) fn observe(&mut self, date: u64, sent: Instant, arrived: Instant) {
        let zero = self.known.as_ref().map_or(sent, |known| known.zero);
        let date = date as f64;
        let low = date - since(zero, arrived);
        let high = date + 1.0 - since(zero, sent);
        self.known = Some(match self.known.take() {
            Some(known) if known.low.max(low) <= known.high.min(high) => {
                Known { zero, low: known.low.max(low), high: known.high.min(high) }
            }
            // The first response, or one of the clocks was set and the old interval is invalid.
            _ => Known { zero, low, high },
        });
    }

    /// Returns the local moment at which Front's clock has certainly reached `moment`, in seconds since 1970.
    /// The result is within `earliest..=latest`. `None` before the first response.
    pub(super) fn certainly_at(
        &self,
        moment: f64,
        earliest: Instant,
        latest: Instant,
    ) -> Option<Instant> {
        let known = self.known.as_ref()?;
        let local = moment - known.low + MARGIN;
        let ahead = local - since(known.zero, earliest);
        let longest = latest.saturating_duration_since(earliest);
        let ahead = Duration::try_from_secs_f64(ahead.max(0.0)).unwrap_or(longest);
        Some(earliest + ahead.min(longest))
    }
}

/// Returns the seconds from `zero` to `moment`, negative if `moment` is earlier.
fn since(zero: Instant, moment: Instant) -> f64 {
    match moment.checked_duration_since(zero) {
        Some(after) => after.as_secs_f64(),
        None => -zero.duration_since(moment).as_secs_f64(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrows_with_every_response_and_starts_over_when_a_clock_was_set() {
        let zero = Instant::now();
        let at = |seconds: f64| zero + Duration::from_secs_f64(seconds);
        let reached = |clock: &Clock, moment: f64| {
            let then =
                clock.certainly_at(moment, zero, at(1e6)).expect("the clock is known");
            (since(zero, then) * 100.0).round() / 100.0
        };
        let mut clock = Clock::default();
        assert_eq!(clock.certainly_at(5.0, zero, at(1e6)), None);
        // Front is 100.7 s ahead.
        clock.observe(100, at(0.0), at(0.2));
        assert_eq!(reached(&clock, 110.0), 10.25);
        clock.observe(101, at(0.2), at(0.4));
        assert_eq!(reached(&clock, 110.0), 9.45);
        // This response does not narrow the interval.
        clock.observe(102, at(1.5), at(2.0));
        assert_eq!(reached(&clock, 110.0), 9.45);
        // Now 50 s ahead.
        clock.observe(52, at(2.0), at(2.1));
        assert_eq!(reached(&clock, 110.0), 60.15);
    }

    #[test]
    fn the_result_is_within_the_requested_range() {
        let zero = Instant::now();
        let last = zero + Duration::from_secs(60);
        let mut clock = Clock::default();
        clock.observe(u64::MAX, zero, zero);
        assert_eq!(clock.certainly_at(0.0, zero, last), Some(zero));
        assert_eq!(clock.certainly_at(f64::MAX, zero, last), Some(last));
        assert_eq!(clock.certainly_at(f64::NAN, zero, last), Some(zero));
    }
}
