//! What a response reports about the company's budget.

use std::time::Duration;

use tokio::time::Instant;

use super::{Admission, Company};
use crate::rt::limit::priority::Priority;
use crate::rt::limit::unaccounted::Ended;
use crate::rt::limit::window::{MINUTE, Window, WindowRelation};
use crate::rt::rates::{RateLimitHeaders, RateSignals, Refused};
use crate::rt::timestamp::Timestamp;

/// The first pause after a probe that was sent too early, or after an invalid report.
const EARLY: Duration = Duration::from_millis(500);
/// The first pause after a refusal without a `retry-after`.
const BACKOFF: Duration = Duration::from_secs(1);
/// How often a pause is doubled at most: the longest pause is 32 times the first.
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
        admission: Admission,
        sent: Instant,
        now: Instant,
        signals: &RateSignals,
    ) -> bool {
        self.ended(admission);
        // A response without reports may come from a gateway, and so may its date.
        if let Some(date) = signals.date.filter(|_| !signals.is_silent()) {
            self.clock.observe(date, sent, now);
        }
        let over = self.end().is_none_or(|end| sent >= end);
        let plausible = |limit: &u32| (1..=LARGEST).contains(limit);
        let limit = signals.rates.limit.filter(plausible).or(self.last_report.limit);
        self.last_report.limit = limit;
        // A window cannot have more left than it allows: such a report is ignored.
        let most = limit.unwrap_or(LARGEST);
        let remaining = signals.rates.remaining.filter(|left| *left <= most);
        let relation = match remaining {
            Some(remaining) => Some(self.apply_report(signals, remaining, sent, now)),
            None => {
                self.record_without_report(signals, now);
                None
            }
        };
        let spent = remaining.unwrap_or(0) == 0;
        let refused =
            signals.refused.filter(|refused| !refused.operation_limit && spent);
        match (refused, relation) {
            // A refusal or a report of an old window does not apply to this one.
            (_, Some(WindowRelation::Old)) => {}
            (Some(refused), _) => self.apply_refusal(refused, relation, sent, now),
            (None, Some(relation)) if signals.negative => {
                self.apply_invalid_report(relation, sent, now)
            }
            (None, Some(relation)) => self.apply_success(relation, over, sent, now),
            (None, None) => self.record_unreported_success(signals, sent),
        }
        refused.is_some()
    }

    /// Records a response that does not report what is left.
    fn record_without_report(&mut self, signals: &RateSignals, now: Instant) {
        let ended = if signals.counted { Ended::Counted } else { Ended::Doubtful(now) };
        // Front does not count a refused call.
        if signals.refused.is_none() {
            self.unaccounted.add(ended, now);
        }
    }

    /// Records a response that reports what is left.
    fn apply_report(
        &mut self,
        signals: &RateSignals,
        remaining: u32,
        sent: Instant,
        now: Instant,
    ) -> WindowRelation {
        let before = self.unaccounted.len(now);
        self.unaccounted.account(sent);
        let accounted = before.saturating_sub(self.unaccounted.len(now));
        let most = self.assumed();
        // Where the limit is not reported, the limit that was set or assumed is the upper bound.
        let remaining = remaining.min(most);
        let rates = RateLimitHeaders {
            limit: self.last_report.limit,
            remaining: Some(remaining),
            reset: signals.rates.reset.filter(|reset| is_near(*reset, signals.date)),
            // The burst allowance is not larger than the limit that it is added to.
            burst_limit: signals.rates.burst_limit.filter(|limit| *limit <= most),
            burst_remaining: signals.rates.burst_remaining.filter(|left| *left <= most),
        };
        let charged = self.charged(now);
        let known = self.window.as_ref().map(Window::limit);
        let changed = known.is_some_and(|known| Some(known) != rates.limit);
        let relation = match &mut self.window {
            Some(window) => {
                let alone = charged == 0;
                window.update(&rates, &self.clock, accounted, alone, sent, now)
            }
            window => {
                *window = Some(Window::new(&rates, now));
                WindowRelation::New
            }
        };
        match (relation, &self.window) {
            (WindowRelation::New, _) => {
                // What is missing from a new window and was not spent by this process.
                let spent =
                    rates.limit.map_or(0, |limit| limit.saturating_sub(remaining));
                let ours = charged.saturating_add(accounted).saturating_add(1);
                let missing = if changed { 0 } else { spent.saturating_sub(ours) };
                let before = known.map(|_| missing);
                self.other_programs.window(remaining, charged, before);
            }
            // The limit has changed, so the difference was not spent.
            (WindowRelation::Same, Some(_)) if changed => {
                self.other_programs.restart(remaining, charged)
            }
            (WindowRelation::Same, Some(window)) if !signals.negative => {
                self.other_programs.reported(window.remaining());
            }
            _ => {}
        }
        if relation != WindowRelation::Old {
            self.last_report = rates;
        }
        relation
    }

    fn apply_refusal(
        &mut self,
        refused: Refused,
        relation: Option<WindowRelation>,
        sent: Instant,
        now: Instant,
    ) {
        let end = self.end().filter(|end| *end > now);
        // A refusal by a gateway does not apply to the window.
        if let (Some(window), Some(_)) = (&mut self.window, relation) {
            window.refused(now);
        }
        // Of several calls that are refused together, only the first refusal counts.
        if self.gate.is_none_or(|gate| sent >= gate) {
            self.failed_probes += 1;
        }
        // A wait longer than a window cannot be right.
        let requested = refused.wait.map(|wait| now + wait.min(MINUTE));
        // Other programs retry at the same moment: the end of the window is safer than the requested wait.
        let crowded = self.failed_probes > 1 || self.other_programs.are_there();
        let gate = match (requested, end) {
            (Some(requested), Some(end)) if crowded => requested.max(end),
            (requested, end) => requested.or(end).unwrap_or(now + self.pause(BACKOFF)),
        };
        self.gate = self.gate.max(Some(gate));
    }

    /// Records an invalid report: a negative number of calls left. After a pause, a probe finds out more.
    fn apply_invalid_report(
        &mut self,
        relation: WindowRelation,
        sent: Instant,
        now: Instant,
    ) {
        if relation == WindowRelation::New || self.gate.is_none_or(|gate| sent >= gate) {
            self.failed_probes += 1;
        }
        self.gate = self.gate.max(Some(now + self.pause(EARLY)));
    }

    fn apply_success(
        &mut self,
        relation: WindowRelation,
        over: bool,
        sent: Instant,
        now: Instant,
    ) {
        if relation == WindowRelation::New || self.gate.is_some_and(|gate| sent >= gate)
        {
            self.gate = None;
        }
        let alone = !self.other_programs.are_there();
        let left = |window: &Window| window.left(Priority::Interactive, alone, now);
        let empty = self.window.as_ref().is_some_and(|window| left(window) == 0);
        if relation == WindowRelation::Same && over && empty {
            // The window should have ended by now.
            self.failed_probes += 1;
            self.gate = self.gate.max(Some(now + self.pause(EARLY)));
        } else if self.gate.is_none() {
            self.failed_probes = 0;
        }
    }

    /// Records that a call has ended without a report, while the budget is unknown. Where Front never reports
    /// it, a successful call is the only sign that calls are allowed.
    fn record_unreported_success(&mut self, signals: &RateSignals, sent: Instant) {
        if signals.counted && self.window.is_none() {
            self.unreported = true;
            if self.gate.is_some_and(|gate| sent >= gate) {
                self.gate = None;
                self.failed_probes = 0;
            }
        }
    }

    fn pause(&self, first: Duration) -> Duration {
        first * (1 << self.failed_probes.saturating_sub(1).min(DOUBLINGS))
    }
}
