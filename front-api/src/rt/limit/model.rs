//! A model of Front's rate limits, as its guide describes them. Test servers use it for every call.
//!
//! It has no clock. Every call passes its time, in seconds since the start of the model, and times never
//! decrease.

use std::collections::{HashMap, VecDeque};

use crate::generated::service::{BURST_PERCENT, BURST_REFILL_MINUTES};
use crate::rt::operation::{Limit, Operation, RateLimitClass};

/// The length of a window of the company's budget, in seconds.
const WINDOW: f64 = 60.0;
/// When the model starts, by a correct clock: seconds since 1970.
const EPOCH: f64 = 1_800_000_000.0;

/// How a server behaves.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    /// Calls that a window allows.
    pub(super) limit: u32,
    /// When the first window ends, in seconds from the start: `0.0..60.0`.
    pub(super) phase: f64,
    /// Calls that were made in the first window before the start.
    pub(super) spent: u32,
    /// What is left of the burst allowance at the start.
    pub(super) burst: f64,
    /// How far the server's clock is ahead, in seconds.
    pub(super) clock: f64,
    /// Whether `x-ratelimit-reset` is in whole seconds, rounded down.
    pub(super) whole: bool,
    /// Whether responses report the budget at all.
    pub(super) headers: bool,
    /// Whether responses report the burst allowance.
    pub(super) burst_headers: bool,
    /// Whether the limits of operations use a sliding window.
    pub(super) sliding: bool,
    /// Calls that other programs make in a minute, evenly. They repeat refused calls later.
    pub(super) other_programs: f64,
}

impl Rules {
    /// Creates the rules for a company that may make `limit` calls a minute and has made none.
    pub(super) fn new(limit: u32) -> Self {
        Self {
            limit,
            phase: 37.3,
            spent: 0,
            burst: burst_limit(limit),
            clock: 0.0,
            whole: true,
            headers: true,
            burst_headers: true,
            sliding: false,
            other_programs: 0.0,
        }
    }
}

/// The response to a call, as far as rate limits are concerned.
#[derive(Clone, Debug)]
pub(super) struct Response {
    /// Why the call was refused. `None` if it was accepted.
    pub(super) refused: Option<RefusedBy>,
    /// The headers that report the limits.
    pub(super) headers: Vec<(&'static str, String)>,
}

impl Response {
    /// Returns the value of a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers.find(|header| header.0 == name).map(|header| header.1.as_str())
    }
}

/// Why a call was refused.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum RefusedBy {
    /// The company's budget is spent.
    Company,
    /// The limit of the operation is reached.
    OperationLimit,
}

/// The calls that a server has counted.
#[derive(Debug)]
pub(super) struct Model {
    rules: Rules,
    at: f64,
    /// The index of the current window, from 0, and what is left of it.
    window: f64,
    remaining: u32,
    burst: f64,
    operation_limits: HashMap<(&'static str, String), Count>,
    /// When the next call of another program arrives.
    other: f64,
    /// Refused calls of other programs: they are repeated as soon as the budget allows.
    owed: u32,
    /// How many calls the company's budget and the limits of operations refused.
    refused: [usize; 2],
}

/// The calls that one limit of an operation has counted.
#[derive(Debug, Default)]
struct Count {
    window: f64,
    calls: VecDeque<f64>,
}

impl Model {
    pub(super) fn new(rules: Rules) -> Self {
        Self {
            rules,
            at: 0.0,
            window: 0.0,
            remaining: rules.limit.saturating_sub(rules.spent),
            burst: rules.burst.min(burst_limit(rules.limit)),
            operation_limits: HashMap::new(),
            owed: 0,
            refused: [0; 2],
            other: if rules.other_programs > 0.0 {
                WINDOW / rules.other_programs
            } else {
                f64::INFINITY
            },
        }
    }

    /// Returns what is left of the window, and of the burst allowance.
    pub(super) fn left(&self) -> (u32, f64) {
        (self.remaining, self.burst)
    }

    /// Returns how many calls the company's budget and the limits of operations refused.
    pub(super) fn refused(&self) -> [usize; 2] {
        self.refused
    }

    /// Returns how many calls a company could have made until `at`, at most.
    pub(super) fn capacity(rules: Rules, at: f64) -> f64 {
        let first = f64::from(rules.limit.saturating_sub(rules.spent)) + rules.burst;
        let windows = window(rules, at);
        let drip = at * burst_limit(rules.limit) / refill();
        first + windows * f64::from(rules.limit) + drip
    }

    /// Counts a call and returns its response. `each` is the value that the limit of its operation counts by.
    pub(super) fn call(
        &mut self,
        now: f64,
        operation: &Operation,
        each: &str,
    ) -> Response {
        while self.other <= now {
            self.advance(self.other);
            self.owed += 1;
            self.other += WINDOW / self.rules.other_programs;
        }
        self.advance(now);
        let class = operation.rate_limit;
        let full = class.and_then(|class| self.full(class, each));
        let (refused, wait) = if let Some(wait) = full {
            (Some(RefusedBy::OperationLimit), wait)
        } else if self.spend() {
            if let Some(class) = class {
                self.count(class, each).calls.push_back(now);
            }
            (None, 0.0)
        } else {
            let refill = (1.0 - self.burst) * refill() / burst_limit(self.rules.limit);
            (Some(RefusedBy::Company), refill.min(self.ends() - now))
        };
        if let Some(refusal) = refused {
            self.refused[refusal as usize] += 1;
        }
        Response { refused, headers: self.headers(refused, wait, class) }
    }

    /// Takes one call from the window, or from the burst allowance if the window is spent.
    fn spend(&mut self) -> bool {
        if self.remaining > 0 {
            self.remaining -= 1;
        } else if self.burst >= 1.0 {
            self.burst -= 1.0;
        } else {
            return false;
        }
        true
    }

    fn advance(&mut self, now: f64) {
        let full = burst_limit(self.rules.limit);
        self.burst = (self.burst + (now - self.at) * full / refill()).min(full);
        self.at = now;
        let window = window(self.rules, now);
        if window > self.window {
            (self.window, self.remaining) = (window, self.rules.limit);
        }
        while self.owed > 0 && self.spend() {
            self.owed -= 1;
        }
    }

    /// Returns when the window ends.
    fn ends(&self) -> f64 {
        self.rules.phase + self.window * WINDOW
    }

    /// Returns how long the limit of an operation refuses calls. `None` if it accepts them.
    fn full(&mut self, class: &'static RateLimitClass, each: &str) -> Option<f64> {
        let (calls, seconds) = match (class.limit, class.pace_at) {
            (Limit::Company, _) => return None,
            (Limit::Rate(rate), pace) => {
                let rate = pace.unwrap_or(rate);
                (rate.calls, f64::from(rate.seconds))
            }
            (Limit::Share { percent }, _) => (self.rules.limit * percent / 100, WINDOW),
        };
        let (now, sliding, phase) = (self.at, self.rules.sliding, self.rules.phase);
        let window = ((now - phase) / seconds).floor();
        let count = self.count(class, each);
        let ends = if sliding {
            while count.calls.front().is_some_and(|call| call + seconds <= now) {
                count.calls.pop_front();
            }
            count.calls.front().map_or(now, |call| call + seconds)
        } else {
            if window > count.window || count.calls.is_empty() {
                count.window = window;
                count.calls.clear();
            }
            phase + (window + 1.0) * seconds
        };
        (count.calls.len() >= calls as usize).then_some(ends - now)
    }

    fn count(&mut self, class: &'static RateLimitClass, each: &str) -> &mut Count {
        let each = if class.each.is_some() { each } else { "" };
        self.operation_limits.entry((class.name, each.to_owned())).or_default()
    }

    fn headers(
        &self,
        refused: Option<RefusedBy>,
        wait: f64,
        class: Option<&'static RateLimitClass>,
    ) -> Vec<(&'static str, String)> {
        let rules = self.rules;
        let clock = EPOCH + rules.clock;
        let date = std::time::Duration::from_secs_f64(clock + self.at);
        let date = httpdate::fmt_http_date(std::time::UNIX_EPOCH + date);
        let mut headers = vec![("date", date)];
        if rules.headers {
            let reset = clock + self.ends();
            let reset = if rules.whole {
                reset.floor().to_string()
            } else {
                format!("{reset:.3}")
            };
            headers.push(("x-ratelimit-limit", rules.limit.to_string()));
            headers.push(("x-ratelimit-remaining", self.remaining.to_string()));
            headers.push(("x-ratelimit-reset", reset));
        }
        if rules.headers && rules.burst_headers {
            let limit = burst_limit(rules.limit);
            headers.push(("x-ratelimit-burst-limit", limit.floor().to_string()));
            headers
                .push(("x-ratelimit-burst-remaining", self.burst.floor().to_string()));
        }
        if refused.is_some() {
            headers.push(("retry-after", wait.ceil().max(1.0).to_string()));
        }
        if let (Some(RefusedBy::OperationLimit), Some(class)) = (refused, class) {
            headers.push(("x-front-tier", class.name.to_owned()));
        }
        headers
    }
}

fn window(rules: Rules, at: f64) -> f64 {
    ((at - rules.phase) / WINDOW).floor() + 1.0
}

fn burst_limit(limit: u32) -> f64 {
    f64::from(limit) * f64::from(BURST_PERCENT) / 100.0
}

/// Returns the seconds in which an empty burst allowance refills.
fn refill() -> f64 {
    f64::from(BURST_REFILL_MINUTES) * 60.0
}
