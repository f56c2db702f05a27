//! The company's budget: what is left of it for this process, and which calls may be sent. [`reports`] applies
//! what responses report, [`moments`] computes when calls may be sent.

mod moments;
mod reports;

use std::time::Duration;

use tokio::time::Instant;

use super::clock::Clock;
use super::operation_limit::Allowance;
use super::other_programs::OtherPrograms;
use super::priority::Priority;
use super::unaccounted::{Ended, Unaccounted};
use super::window::{MINUTE, Window};
use crate::generated::service::Plan;
use crate::rt::rates::RateLimitHeaders;

/// How long to wait for the response to a probe before the next probe: one slow call must not delay all
/// others.
pub(super) const PROBE_TIMEOUT: Duration = Duration::from_secs(2);
/// How long a call may still reach Front after its future was dropped.
const LINGER: Duration = Duration::from_secs(1);
/// Requests per minute of a company whose limit is unknown: those of the smallest plan.
const SMALLEST_PLAN_LIMIT: u32 = Plan::Starter.requests_per_minute();

/// What is known of the company's budget, and the calls of this process that are in flight.
///
/// Only what a response has reported is allowed. Until a response has reported the current window, calls are sent
/// one at a time. A minute then allows at most the last limit that was reported or set, or else the limit of
/// the smallest plan.
#[derive(Debug)]
pub(super) struct Company {
    /// The last window that was reported. `None` before the first report.
    window: Option<Window>,
    configured: Option<u32>,
    /// The last report by Front.
    pub(super) last_report: RateLimitHeaders,
    clock: Clock,
    /// Calls that are admitted or sent and have no response yet.
    in_flight: u32,
    unaccounted: Unaccounted,
    other_programs: OtherPrograms,
    /// Whether a call has succeeded and no response has ever reported the budget.
    unreported: bool,
    /// No call is admitted before this moment. After it, one call at a time until one succeeds.
    gate: Option<Instant>,
    /// How many probes in a row have failed.
    failed_probes: u32,
    /// Probes in flight.
    probes: u32,
    /// When the last probe was admitted.
    last_probe: Option<Instant>,
    /// When the last call was admitted.
    last_admitted: Option<Instant>,
}

/// Why a call is admitted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Admission {
    /// The budget allows it.
    Budget,
    /// Its response reports whether the budget allows more.
    Probe,
}

impl Company {
    pub(super) fn new(configured: Option<u32>) -> Self {
        Self {
            window: None,
            configured,
            last_report: RateLimitHeaders::default(),
            clock: Clock::default(),
            in_flight: 0,
            unaccounted: Unaccounted::default(),
            other_programs: OtherPrograms::default(),
            unreported: false,
            gate: None,
            failed_probes: 0,
            probes: 0,
            last_probe: None,
            last_admitted: None,
        }
    }

    /// Returns the calls that a window allows. `None` where that is unknown.
    pub(super) fn limit(&self) -> Option<u32> {
        self.last_report.limit.or(self.configured)
    }

    /// Returns the calls that a window allows, at least 1. Where that is unknown, the smallest plan's limit.
    pub(super) fn assumed(&self) -> u32 {
        self.limit().unwrap_or(SMALLEST_PLAN_LIMIT).max(1)
    }

    pub(super) fn configured(&self) -> Option<u32> {
        self.configured
    }

    pub(super) fn in_flight(&self) -> u32 {
        self.in_flight
    }

    /// Returns the values from which the limits of operations are computed.
    pub(super) fn allowance(&self) -> Allowance {
        let limit = self.assumed();
        let alone = self.other_programs.are_none(limit / 10);
        Allowance { limit, share: self.other_programs.share(), alone }
    }

    /// Returns the calls that are known to be left, and the calls that no report accounts for.
    #[cfg(test)]
    pub(super) fn view(&self, now: Instant) -> (u32, u32) {
        let window = self.window.as_ref().expect("Front has reported a window");
        (self.left(window, Priority::Interactive, now), self.unaccounted.len(now))
    }

    #[cfg(test)]
    pub(super) fn assume_alone(&mut self) {
        self.other_programs.assume_none();
    }

    /// Returns how many more calls are known to be allowed, however many of them are in flight at once.
    #[cfg(test)]
    pub(super) fn room(&self, now: Instant) -> u32 {
        match self.admission(Priority::Interactive, now) {
            Some(Admission::Probe) => 1,
            _ if self.gate.is_some() => 0,
            _ => self.window.as_ref().map_or(0, |window| {
                let over = now >= window.end(&self.clock);
                let most = if over { window.max_unreported() } else { u32::MAX };
                let left = self.left(window, Priority::Interactive, now);
                left.min(most).saturating_sub(self.charged(now))
            }),
        }
    }

    /// Returns whether a call may be sent now, and why.
    pub(super) fn admission(
        &self,
        priority: Priority,
        now: Instant,
    ) -> Option<Admission> {
        if let Some(gate) = self.gate {
            return (now >= gate).then(|| self.probe(now))?;
        }
        let Some(window) = &self.window else {
            return match self.configured {
                // Front never reports the budget, and a limit was set: several calls may be in flight.
                Some(limit) if self.unreported => {
                    let few = self.in_flight < (limit / 10).max(1) || self.is_slow(now);
                    (few && !self.is_counted_out(now)).then_some(Admission::Budget)
                }
                _ => self.probe(now),
            };
        };
        let left = self.left(window, priority, now);
        if now >= window.end(&self.clock) {
            // This window has no report yet, and other programs may have spent it: only a few calls are allowed.
            let may = left.min(window.max_unreported()) > self.charged(now);
            return may.then_some(Admission::Budget).or_else(|| self.probe(now));
        }
        if left > self.charged(now) {
            self.may_add_in_flight(left, now).then_some(Admission::Budget)
        } else if self.needs_probe(left, now) {
            self.probe(now)
        } else {
            None
        }
    }

    /// Records that a call is admitted.
    pub(super) fn take(&mut self, admission: Admission, now: Instant) {
        if admission == Admission::Probe {
            self.probes += 1;
            self.last_probe = Some(now);
        }
        self.last_admitted = Some(now);
        self.in_flight += 1;
        self.other_programs.sent();
    }

    /// Records that an admitted call was not sent.
    pub(super) fn unsent(&mut self, admission: Admission) {
        self.ended(admission);
        self.other_programs.unsent();
    }

    /// Records that a call was sent, and that its response will not be seen.
    pub(super) fn lost(&mut self, admission: Admission, now: Instant) {
        self.ended(admission);
        self.unaccounted.add(Ended::Doubtful(now + LINGER), now);
    }

    /// Returns what the last report leaves for this process, calls in flight included.
    fn left(&self, window: &Window, priority: Priority, now: Instant) -> u32 {
        let alone = !self.other_programs.are_there();
        let reserve = self.other_programs.reserve().min(self.assumed() / 10);
        window.left(priority, alone, now).saturating_sub(reserve)
    }

    /// Returns how many calls count against what is left.
    fn charged(&self, now: Instant) -> u32 {
        self.in_flight.saturating_add(self.unaccounted.len(now))
    }

    /// Returns whether one more call may be in flight. Only a part of what is left is in flight at once,
    /// because other programs may send calls meanwhile. Each response makes room for the next call.
    fn may_add_in_flight(&self, left: u32, now: Instant) -> bool {
        let left = left.saturating_sub(self.unaccounted.len(now));
        let tenth = self.assumed() / 10;
        let most = match self.other_programs.are_none(tenth) {
            true => tenth.max(left / 2),
            false => left / 4,
        };
        self.in_flight < most.max(1) || self.is_slow(now)
    }

    /// Returns whether the calls in flight take so long that one more is allowed.
    fn is_slow(&self, now: Instant) -> bool {
        self.last_admitted
            .is_some_and(|last_admitted| now >= last_admitted + PROBE_TIMEOUT)
    }

    fn probe(&self, now: Instant) -> Option<Admission> {
        let waited =
            self.last_probe.is_none_or(|last_probe| now >= last_probe + PROBE_TIMEOUT);
        let may = (self.probes == 0 || waited) && !self.is_counted_out(now);
        may.then_some(Admission::Probe)
    }

    /// Returns whether this process has sent all calls that a minute without reports allows.
    fn is_counted_out(&self, now: Instant) -> bool {
        self.charged(now) >= self.assumed()
            && self.minute_over().is_some_and(|over| now < over)
    }

    /// Returns when this process will have sent no call for a minute, whatever is in flight.
    fn minute_over(&self) -> Option<Instant> {
        self.last_admitted.map(|last_admitted| last_admitted + MINUTE)
    }

    /// Returns whether nothing is left only because of calls that Front may not have counted. A probe finds
    /// out.
    fn needs_probe(&self, left: u32, now: Instant) -> bool {
        self.in_flight == 0
            && left > self.unaccounted.counted(now)
            && self.unaccounted.arrived().is_none_or(|arrived| now >= arrived)
    }

    fn end(&self) -> Option<Instant> {
        self.window.as_ref().map(|window| window.end(&self.clock))
    }

    fn ended(&mut self, admission: Admission) {
        self.in_flight -= 1;
        if admission == Admission::Probe {
            self.probes -= 1;
        }
    }
}
