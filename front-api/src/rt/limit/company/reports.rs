//! What a response reports of the company's budget.

use std::time::Duration;

use tokio::time::Instant;

use super::{Admission, Company};
use crate::rt::limit::priority::Priority;
use crate::rt::limit::unaccounted::Ended;
use crate::rt::limit::window::{MINUTE, Turn, Window};
use crate::rt::rates::{RateLimitHeaders, RateSignals, Refused};
use crate::rt::timestamp::Timestamp;

/// The first pause after a probe that came too early, or after an invalid report.
const EARLY: Duration = Duration::from_millis(500);
/// The first pause after a refusal without a `retry-after`.
const BACKOFF: Duration = Duration::from_secs(1);
/// How often a pause is doubled at most.
const DOUBLINGS: u32 = 5;

/// The largest limit that is accepted, in requests per minute: far above every plan with all add-ons.
const LARGEST: u32 = 1_000_000;

/// Returns whether `reset` may be the end of the window: it is within a minute of the response's `date`. Both
/// are rounded. Without a date, every moment is accepted.
fn is_near(reset: Timestamp, date: Option<u64>) -> bool {
    let Some(date) = date.and_then(|date| i64::try_from(date).ok()) else { return true };
    let ahead = reset.as_millis().saturating_sub(date.saturating_mul(1000));
    (-2000..=62_000).contains(&ahead)
}

impl Company {
    /// Records the response to a call. Returns whether the company's budget refused it.
    pub(in crate::rt::limit) fn answered(
        &mut self,
        leave: Admission,
        sent: Instant,
        now: Instant,
        signals: &RateSignals,
    ) -> bool {
        self.landed(leave);
        // A response without reports may come from a gateway, and so may its date.
        if let Some(date) = signals.date.filter(|_| !signals.is_silent()) {
            self.clock.observe(date, sent, now);
        }
        let over = self.end().is_none_or(|end| sent >= end);
        let plausible = |limit: &u32| (1..=LARGEST).contains(limit);
        let limit = signals.rates.limit.filter(plausible).or(self.said.limit);
        self.said.limit = limit;
        // A window cannot have more left than it allows: such a report is ignored.
        let most = limit.unwrap_or(LARGEST);
        let remaining = signals.rates.remaining.filter(|left| *left <= most);
        let turn = match remaining {
            Some(remaining) => Some(self.tell(signals, remaining, sent, now)),
            None => {
                self.untold(signals, now);
                None
            }
        };
        let spent = remaining.unwrap_or(0) == 0;
        let refused =
            signals.refused.filter(|refused| !refused.operation_limit && spent);
        match (refused, turn) {
            // A refusal or a report of an old window does not apply to this one.
            (_, Some(Turn::Old)) => {}
            (Some(refused), _) => self.refuse(refused, turn, sent, now),
            (None, Some(turn)) if signals.negative => self.doubt(turn, sent, now),
            (None, Some(turn)) => self.went_well(turn, over, sent, now),
            (None, None) => self.went_unreported(signals, sent),
        }
        refused.is_some()
    }

    /// Records a response that does not report what is left.
    fn untold(&mut self, signals: &RateSignals, now: Instant) {
        let ended = if signals.counted { Ended::Counted } else { Ended::Doubtful(now) };
        // Front does not count a refused call.
        if signals.refused.is_none() {
            self.unaccounted.add(ended, now);
        }
    }

    /// Records a response that reports what is left.
    fn tell(
        &mut self,
        signals: &RateSignals,
        remaining: u32,
        sent: Instant,
        now: Instant,
    ) -> Turn {
        let before = self.unaccounted.len(now);
        self.unaccounted.account(sent);
        let accounted = before.saturating_sub(self.unaccounted.len(now));
        let most = self.assumed();
        // Where the limit is not reported, the limit that was set or assumed is the upper bound.
        let remaining = remaining.min(most);
        let rates = RateLimitHeaders {
            limit: self.said.limit,
            remaining: Some(remaining),
            reset: signals.rates.reset.filter(|reset| is_near(*reset, signals.date)),
            // The burst allowance is not larger than the limit that it is added to.
            burst_limit: signals.rates.burst_limit.filter(|limit| *limit <= most),
            burst_remaining: signals.rates.burst_remaining.filter(|left| *left <= most),
        };
        let charged = self.charged(now);
        let known = self.window.as_ref().map(Window::limit);
        let changed = known.is_some_and(|known| Some(known) != rates.limit);
        let turn = match &mut self.window {
            Some(window) => {
                let alone = charged == 0;
                window.update(&rates, &self.clock, accounted, alone, sent, now)
            }
            window => {
                *window = Some(Window::new(&rates, now));
                Turn::New
            }
        };
        match (turn, &self.window) {
            (Turn::New, _) => {
                // Everything that is missing from a new window and was not spent by this process.
                let spent =
                    rates.limit.map_or(0, |limit| limit.saturating_sub(remaining));
                let ours = charged.saturating_add(accounted).saturating_add(1);
                let missing = if changed { 0 } else { spent.saturating_sub(ours) };
                let before = known.map(|_| missing);
                self.other_programs.window(remaining, charged, before);
            }
            // The limit has changed, so the difference was not spent.
            (Turn::Same, Some(_)) if changed => {
                self.other_programs.restart(remaining, charged)
            }
            (Turn::Same, Some(window)) if !signals.negative => {
                self.other_programs.reported(window.remaining());
            }
            _ => {}
        }
        if turn != Turn::Old {
            self.said = rates;
        }
        turn
    }

    fn refuse(
        &mut self,
        refused: Refused,
        turn: Option<Turn>,
        sent: Instant,
        now: Instant,
    ) {
        let end = self.end().filter(|end| *end > now);
        // A refusal by a gateway does not apply to the window.
        if let (Some(window), Some(_)) = (&mut self.window, turn) {
            window.refused(now);
        }
        // Of calls that were refused together, only the first refusal counts.
        if self.gate.is_none_or(|gate| sent >= gate) {
            self.fruitless += 1;
        }
        // A wait longer than a window cannot be right.
        let asked = refused.wait.map(|wait| now + wait.min(MINUTE));
        // Other programs are as fast as this one: the end of the window is safer than the requested wait.
        let crowded = self.fruitless > 1 || self.other_programs.are_there();
        let gate = match (asked, end) {
            (Some(asked), Some(end)) if crowded => asked.max(end),
            (asked, end) => asked.or(end).unwrap_or(now + self.pause(BACKOFF)),
        };
        self.gate = self.gate.max(Some(gate));
    }

    /// Records an invalid report: a negative number of calls left. After a pause, a probe finds out more.
    fn doubt(&mut self, turn: Turn, sent: Instant, now: Instant) {
        if turn == Turn::New || self.gate.is_none_or(|gate| sent >= gate) {
            self.fruitless += 1;
        }
        self.gate = self.gate.max(Some(now + self.pause(EARLY)));
    }

    fn went_well(&mut self, turn: Turn, over: bool, sent: Instant, now: Instant) {
        if turn == Turn::New || self.gate.is_some_and(|gate| sent >= gate) {
            self.gate = None;
        }
        let alone = !self.other_programs.are_there();
        let left = |window: &Window| window.left(Priority::Interactive, alone, now);
        let empty = self.window.as_ref().is_some_and(|window| left(window) == 0);
        if turn == Turn::Same && over && empty {
            // The window should have ended by now.
            self.fruitless += 1;
            self.gate = self.gate.max(Some(now + self.pause(EARLY)));
        } else if self.gate.is_none() {
            self.fruitless = 0;
        }
    }

    /// Records that a call has ended without a report, while the budget is unknown. Where Front never reports
    /// it, a successful call is the only sign that calls are allowed.
    fn went_unreported(&mut self, signals: &RateSignals, sent: Instant) {
        if signals.counted && self.window.is_none() {
            self.unreported = true;
            if self.gate.is_some_and(|gate| sent >= gate) {
                self.gate = None;
                self.fruitless = 0;
            }
        }
    }

    fn pause(&self, first: Duration) -> Duration {
        first * (1 << self.fruitless.saturating_sub(1).min(DOUBLINGS))
    }
}
