//! The limits against a model of Front, in time that is not waited for.

mod beside;
mod budget;
mod headers;
mod load;
mod operation_limits;
mod order;
mod silent;
mod waits;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderValue};
use tokio::time::{Instant, sleep};

use super::model::{Model, Refusal, Rules};
use super::{Ask, Held, Permit, Priority, RateLimiter};
use crate::rt::operation::{Limit, Operation, Rate, RateLimitClass};
use crate::rt::rates::{RateLimitHeaders, RateSignals, Refused};
use crate::rt::timestamp::Timestamp;

const fn class(
    name: &'static str,
    limit: Limit,
    each: Option<&'static str>,
) -> RateLimitClass {
    RateLimitClass { name, about: "", limit, pace_at: None, each, certainty: 'A' }
}

const fn rate(calls: u32, seconds: u32) -> Rate {
    Rate { calls, seconds }
}

static FIVE: RateLimitClass = class("five", Limit::Rate(rate(5, 1)), Some("box_id"));
static HOURLY: RateLimitClass =
    class("hourly", Limit::Rate(rate(10, 3600)), Some("thing_id"));
static SLOW: RateLimitClass = RateLimitClass {
    pace_at: Some(rate(1, 3)),
    ..class("slow", Limit::Rate(rate(1, 1)), None)
};
static PART: RateLimitClass = class("part", Limit::Share { percent: 40 }, None);

static PLAIN: Operation = Operation { name: "plain", ..Operation::DEFAULT };
static OTHER: Operation =
    Operation { name: "other", path: "/other/{other_id}", ..Operation::DEFAULT };
static BOX: Operation = Operation {
    path: "/a/{a_id}/{box_id}",
    rate_limit: Some(&FIVE),
    ..Operation::DEFAULT
};
static BOX_TOO: Operation =
    Operation { path: "/{box_id}", rate_limit: Some(&FIVE), ..Operation::DEFAULT };
static SEEN: Operation =
    Operation { path: "/{thing_id}", rate_limit: Some(&HOURLY), ..Operation::DEFAULT };
static REPORT: Operation = Operation { rate_limit: Some(&SLOW), ..Operation::DEFAULT };
static SEARCH: Operation =
    Operation { name: "search", rate_limit: Some(&PART), ..Operation::DEFAULT };

/// Numbers that look random, the same ones every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        // As in Knuth's MMIX.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn millis(&mut self, low: u64, high: u64) -> Duration {
        Duration::from_millis(low + self.roll(high - low))
    }
}

/// A call that may be made often.
#[derive(Clone, Copy)]
struct Act {
    operation: &'static Operation,
    each: u64,
    priority: Priority,
}

impl Act {
    fn plain() -> Self {
        Self { operation: &PLAIN, each: 0, priority: Priority::Interactive }
    }

    fn path(&self) -> Vec<Box<str>> {
        let each: Box<str> = self.each.to_string().into();
        vec![each; self.operation.path.matches('{').count()]
    }
}

fn ask<'a>(operation: &'static Operation, path: &'a [Box<str>]) -> Ask<'a> {
    Ask { operation, path, priority: Priority::Interactive, until: None, wait: true }
}

/// What is there at once.
async fn try_now(
    limits: &RateLimiter,
    operation: &'static Operation,
) -> Result<Permit, Held> {
    limits.acquire(Ask { wait: false, ..ask(operation, &[]) }).await
}

/// What becomes of a response on its way, and of a call.
#[derive(Clone, Copy, Debug, Default)]
enum Path {
    /// All headers arrive.
    #[default]
    Whole,
    /// The first response reports nothing.
    First,
    /// The first response of each window reports nothing.
    FirstOfWindow,
    /// So many of a thousand responses report nothing.
    Silent(u64),
    /// No response to the operation of this name reports anything.
    Operation(&'static str),
    /// So many of a thousand calls do not reach Front: a gateway responds with this status.
    Gateway(u64, u16),
    /// In so many of a thousand responses, headers whose names begin like this are written by the function.
    Malformed(u64, &'static str, fn(&str) -> String),
}

/// A server and one program that calls it.
struct Rig {
    limits: RateLimiter,
    front: Arc<Front>,
}

/// A server.
struct Front {
    model: Mutex<Model>,
    start: Instant,
    path: Path,
    /// Chance, and the window that was last responded for.
    seen: Mutex<(Dice, Option<String>)>,
}

impl Front {
    fn new(rules: Rules, path: Path) -> Arc<Self> {
        Arc::new(Self {
            model: Mutex::new(Model::new(rules)),
            start: Instant::now(),
            path,
            seen: Mutex::new((Dice(3), None)),
        })
    }

    fn now(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }

    /// Whether the call got through and was not refused; what the response says; its status.
    fn call(&self, act: Act) -> (Option<Refusal>, HeaderMap, u16) {
        let mut seen = self.seen.lock().expect("sound");
        let (dice, last) = &mut *seen;
        if let Path::Gateway(often, status) = self.path
            && dice.roll(1000) < often
        {
            // Its clock is wrong, too.
            let mut headers = HeaderMap::new();
            let date = HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 GMT");
            headers.insert("date", date);
            return (None, headers, status);
        }
        let each = act.each.to_string();
        let mut model = self.model.lock().expect("sound");
        let answer = model.call(self.now(), act.operation, &each);
        let reset = answer.header("x-ratelimit-reset").map(str::to_owned);
        let first = last.is_none();
        let first_of_window = *last != reset;
        *last = reset;
        let silent = match self.path {
            Path::Whole | Path::Gateway(..) | Path::Malformed(..) => false,
            Path::First => first,
            Path::FirstOfWindow => first_of_window,
            Path::Silent(often) => dice.roll(1000) < often,
            Path::Operation(name) => act.operation.name == name,
        };
        let mut headers = HeaderMap::new();
        for (name, value) in &answer.headers {
            let value = match self.path {
                _ if silent && name.starts_with("x-ratelimit-") => continue,
                Path::Malformed(often, malformed, write)
                    if name.starts_with(malformed) && dice.roll(1000) < often =>
                {
                    write(value)
                }
                _ => value.clone(),
            };
            headers.insert(*name, HeaderValue::from_str(&value).expect("a header"));
        }
        (answer.refused, headers, if answer.refused.is_some() { 429 } else { 200 })
    }
}

impl Rig {
    fn new(limits: RateLimiter, rules: Rules) -> Arc<Self> {
        Self::at(limits, Front::new(rules, Path::Whole))
    }

    fn at(limits: RateLimiter, front: Arc<Front>) -> Arc<Self> {
        Arc::new(Self { limits, front })
    }

    fn now(&self) -> f64 {
        self.front.now()
    }

    /// Calls once, and says whether it got through.
    async fn send(
        &self,
        permit: Permit,
        act: Act,
        there: Duration,
        back: Duration,
    ) -> bool {
        let mut permit = permit;
        permit.sent(Instant::now());
        sleep(there).await;
        let (refusal, headers, status) = self.front.call(act);
        sleep(back).await;
        let status = StatusCode::from_u16(status).expect("a status");
        let mut signals = RateSignals::read(status, &headers);
        signals.refused = refusal.map(|refusal| Refused {
            wait: headers.get("retry-after").map(|wait| {
                let wait = wait.to_str().expect("text").parse().expect("seconds");
                Duration::from_secs(wait)
            }),
            operation_limit: refusal == Refusal::OperationLimit,
        });
        permit.answered(&signals);
        status.is_success()
    }

    /// Calls until it gets through.
    async fn call(&self, act: Act, there: Duration, back: Duration) {
        let path = act.path();
        loop {
            let ask = Ask { priority: act.priority, ..ask(act.operation, &path) };
            let permit = self.limits.acquire(ask).await.expect("it waits");
            if self.send(permit, act, there, back).await {
                return;
            }
        }
    }

    /// How many calls the company's budget and the limits of operations refused.
    fn refused(&self) -> [usize; 2] {
        self.front.model.lock().expect("sound").refused()
    }

    /// Nothing is on its way any more, and nobody waits.
    fn idle(&self) {
        let core = self.limits.core.as_ref().expect("limits that limit");
        core.with(|queue, _| {
            assert_eq!(queue.company.in_flight(), 0, "calls on their way");
            assert_eq!(queue.waiting(), 0, "calls that wait");
        });
    }
}

/// A response to a call that succeeded, and that reports nothing.
fn silent() -> RateSignals {
    RateSignals { counted: true, ..RateSignals::default() }
}

/// A response without any header that reports something, not of Front maybe.
fn gateway() -> RateSignals {
    RateSignals::default()
}

/// An answer that tells what is left.
fn signals(remaining: u32, reset: i64) -> RateSignals {
    let rates = RateLimitHeaders {
        limit: Some(100),
        remaining: Some(remaining),
        reset: Some(Timestamp::from_secs(reset)),
        ..RateLimitHeaders::default()
    };
    let date = u64::try_from(reset - 30).ok();
    RateSignals { rates, date, counted: true, ..RateSignals::default() }
}

fn refused(wait: Option<u64>, operation_limit: bool) -> Option<Refused> {
    Some(Refused { wait: wait.map(Duration::from_secs), operation_limit })
}

async fn pause(seconds: f64) {
    sleep(Duration::from_secs_f64(seconds)).await;
}
