//! What is learnt of the company's budget from a response.

use std::time::Duration;

use tokio::time::Instant;

use super::{Company, Leave};
use crate::rt::limit::priority::Priority;
use crate::rt::limit::unaccounted::Ended;
use crate::rt::limit::window::{MINUTE, Turn, Window};
use crate::rt::rates::{RateLimits, Refused, Told};
use crate::rt::timestamp::Timestamp;

/// The pause after a probe that came too early, or a report that cannot be right, at first.
const EARLY: Duration = Duration::from_millis(500);
/// The pause after a refusal that does not say how long to wait, at first.
const BACKOFF: Duration = Duration::from_secs(1);
/// How often a pause is doubled.
const DOUBLINGS: u32 = 5;

/// The largest limit that is believed, in requests a minute: far above all plans with everything that can be added.
const LARGEST: u32 = 1_000_000;

/// Whether a moment may be the end of the window: it lies within a minute of the response's `date`. Both are
/// rounded. Where there is no date, it may be.
fn is_near(reset: Timestamp, date: Option<u64>) -> bool {
    let Some(date) = date.and_then(|date| i64::try_from(date).ok()) else { return true };
    let ahead = reset.as_millis().saturating_sub(date.saturating_mul(1000));
    (-2000..=62_000).contains(&ahead)
}

impl Company {
    /// The answer to a call is here. Whether a refusal was the company's.
    pub(in crate::rt::limit) fn answered(
        &mut self,
        leave: Leave,
        sent: Instant,
        now: Instant,
        told: &Told,
    ) -> bool {
        self.landed(leave);
        // What reports nothing may be a gateway's, and so is its clock.
        if let Some(date) = told.date.filter(|_| !told.is_silent()) {
            self.clock.observe(date, sent, now);
        }
        let over = self.end().is_none_or(|end| sent >= end);
        let plausible = |limit: &u32| (1..=LARGEST).contains(limit);
        let limit = told.rates.limit.filter(plausible).or(self.said.limit);
        self.said.limit = limit;
        // No window has more left than it allows: then it is not known.
        let most = limit.unwrap_or(LARGEST);
        let remaining = told.rates.remaining.filter(|left| *left <= most);
        let turn = match remaining {
            Some(remaining) => Some(self.tell(told, remaining, sent, now)),
            None => {
                self.untold(told, now);
                None
            }
        };
        let spent = remaining.unwrap_or(0) == 0;
        let refused = told.refused.filter(|refused| !refused.guard && spent);
        match (refused, turn) {
            // What an old window refused, or reports, says nothing of this one.
            (_, Some(Turn::Old)) => {}
            (Some(refused), _) => self.refuse(refused, turn, sent, now),
            (None, Some(turn)) if told.negative => self.doubt(turn, sent, now),
            (None, Some(turn)) => self.went_well(turn, over, sent, now),
            (None, None) => self.went_unreported(told, sent),
        }
        refused.is_some()
    }

    /// An answer does not tell what is left.
    fn untold(&mut self, told: &Told, now: Instant) {
        let ended = if told.counted { Ended::Counted } else { Ended::Doubtful(now) };
        // What is refused is not counted.
        if told.refused.is_none() {
            self.unaccounted.add(ended, now);
        }
    }

    /// An answer tells what is left.
    fn tell(
        &mut self,
        told: &Told,
        remaining: u32,
        sent: Instant,
        now: Instant,
    ) -> Turn {
        let before = self.unaccounted.len(now);
        self.unaccounted.account(sent);
        let accounted = before.saturating_sub(self.unaccounted.len(now));
        let most = self.assumed();
        // Where the limit is not reported, no more than what is set or assumed.
        let remaining = remaining.min(most);
        let rates = RateLimits {
            limit: self.said.limit,
            remaining: Some(remaining),
            reset: told.rates.reset.filter(|reset| is_near(*reset, told.date)),
            // Nor is the burst allowance larger than the limit that it comes on top of.
            burst_limit: told.rates.burst_limit.filter(|limit| *limit <= most),
            burst_remaining: told.rates.burst_remaining.filter(|left| *left <= most),
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
                // All that is missing of a new window and is not ours.
                let spent =
                    rates.limit.map_or(0, |limit| limit.saturating_sub(remaining));
                let ours = charged.saturating_add(accounted).saturating_add(1);
                let missing = if changed { 0 } else { spent.saturating_sub(ours) };
                let before = known.map(|_| missing);
                self.others.window(remaining, charged, before);
            }
            // What is missing of another limit was not spent.
            (Turn::Same, Some(_)) if changed => self.others.restart(remaining, charged),
            (Turn::Same, Some(window)) if !told.negative => {
                self.others.reported(window.remaining());
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
        // What a gateway refuses says nothing of the window.
        if let (Some(window), Some(_)) = (&mut self.window, turn) {
            window.refused(now);
        }
        // Of calls that were refused together, the first one says it.
        if self.gate.is_none_or(|gate| sent >= gate) {
            self.fruitless += 1;
        }
        // A window explains no longer wait.
        let asked = refused.wait.map(|wait| now + wait.min(MINUTE));
        // Others are as fast as we are: the window's end is surer than what was asked for.
        let crowded = self.fruitless > 1 || self.others.are_there();
        let gate = match (asked, end) {
            (Some(asked), Some(end)) if crowded => asked.max(end),
            (asked, end) => asked.or(end).unwrap_or(now + self.pause(BACKOFF)),
        };
        self.gate = self.gate.max(Some(gate));
    }

    /// A report that cannot be right: less than nothing is left. A probe tells more, after a pause.
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
        let alone = !self.others.are_there();
        let left = |window: &Window| window.left(Priority::Interactive, alone, now);
        let empty = self.window.as_ref().is_some_and(|window| left(window) == 0);
        if turn == Turn::Same && over && empty {
            // The window should have been over.
            self.fruitless += 1;
            self.gate = self.gate.max(Some(now + self.pause(EARLY)));
        } else if self.gate.is_none() {
            self.fruitless = 0;
        }
    }

    /// A call has ended and nothing is known of the budget. Where Front never reports it, that it succeeded
    /// is all there is.
    fn went_unreported(&mut self, told: &Told, sent: Instant) {
        if told.counted && self.window.is_none() {
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
