//! Tests of the rate limiter against a model of Front, in virtual time.

mod budget;
mod headers;
mod load;
mod operation_limits;
mod order;
mod other_programs;
mod silent;
mod waits;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{HeaderMap, HeaderValue};
use tokio::time::{Instant, sleep};

use super::model::{Model, RefusedBy, Rules};
use super::{Ask, Permit, Priority, RateLimiter, Refusal};
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

/// A pseudo-random number generator with a fixed seed.
struct Random(u64);

impl Random {
    fn below(&mut self, sides: u64) -> u64 {
        // The constants of Knuth's MMIX.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn millis(&mut self, low: u64, high: u64) -> Duration {
        Duration::from_millis(low + self.below(high - low))
    }
}

/// A call of a test. It may be made several times.
#[derive(Clone, Copy)]
struct TestCall {
    operation: &'static Operation,
    each: u64,
    priority: Priority,
}

impl TestCall {
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

/// Returns a permit if one is available without a wait.
async fn try_now(
    limits: &RateLimiter,
    operation: &'static Operation,
) -> Result<Permit, Refusal> {
    limits.acquire(Ask { wait: false, ..ask(operation, &[]) }).await
}

/// What happens to calls and responses between the program and the server.
#[derive(Clone, Copy, Debug, Default)]
enum Network {
    /// All headers arrive.
    #[default]
    Reliable,
    /// The first response reports nothing.
    First,
    /// The first response of each window reports nothing.
    FirstOfWindow,
    /// This many of a thousand responses report nothing.
    Silent(u64),
    /// No response to the operation of this name reports anything.
    Operation(&'static str),
    /// This many of a thousand calls do not reach Front: a gateway responds with this status.
    Gateway(u64, u16),
    /// In this many of a thousand responses, the function rewrites the headers whose names have this prefix.
    Malformed(u64, &'static str, fn(&str) -> String),
}

/// A server and one program that calls it.
struct Program {
    limits: RateLimiter,
    front: Arc<Front>,
}

/// A server.
struct Front {
    model: Mutex<Model>,
    start: Instant,
    path: Network,
    /// The random numbers, and the window of the last response.
    state: Mutex<(Random, Option<String>)>,
}

impl Front {
    fn new(rules: Rules, path: Network) -> Arc<Self> {
        Arc::new(Self {
            model: Mutex::new(Model::new(rules)),
            start: Instant::now(),
            path,
            state: Mutex::new((Random(3), None)),
        })
    }

    fn now(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }

    /// Makes a call. Returns the limit that refused it, and the headers and the status of the response.
    fn call(&self, test_call: TestCall) -> (Option<RefusedBy>, HeaderMap, u16) {
        let mut state = self.state.lock().expect("not poisoned");
        let (random, last) = &mut *state;
        if let Network::Gateway(often, status) = self.path
            && random.below(1000) < often
        {
            // The gateway's clock is wrong as well.
            let mut headers = HeaderMap::new();
            let date = HeaderValue::from_static("Sun, 06 Nov 1994 08:49:37 GMT");
            headers.insert("date", date);
            return (None, headers, status);
        }
        let each = test_call.each.to_string();
        let mut model = self.model.lock().expect("not poisoned");
        let response = model.call(self.now(), test_call.operation, &each);
        let reset = response.header("x-ratelimit-reset").map(str::to_owned);
        let first = last.is_none();
        let first_of_window = *last != reset;
        *last = reset;
        let silent = match self.path {
            Network::Reliable | Network::Gateway(..) | Network::Malformed(..) => false,
            Network::First => first,
            Network::FirstOfWindow => first_of_window,
            Network::Silent(often) => random.below(1000) < often,
            Network::Operation(name) => test_call.operation.name == name,
        };
        let mut headers = HeaderMap::new();
        for (name, value) in &response.headers {
            let value = match self.path {
                _ if silent && name.starts_with("x-ratelimit-") => continue,
                Network::Malformed(often, malformed, write)
                    if name.starts_with(malformed) && random.below(1000) < often =>
                {
                    write(value)
                }
                _ => value.clone(),
            };
            headers.insert(*name, HeaderValue::from_str(&value).expect("a header"));
        }
        (response.refused, headers, if response.refused.is_some() { 429 } else { 200 })
    }
}

impl Program {
    fn new(limits: RateLimiter, rules: Rules) -> Arc<Self> {
        Self::at(limits, Front::new(rules, Network::Reliable))
    }

    fn at(limits: RateLimiter, front: Arc<Front>) -> Arc<Self> {
        Arc::new(Self { limits, front })
    }

    fn now(&self) -> f64 {
        self.front.now()
    }

    /// Sends one call. Returns whether it succeeded.
    async fn send(
        &self,
        permit: Permit,
        test_call: TestCall,
        there: Duration,
        back: Duration,
    ) -> bool {
        let mut permit = permit;
        permit.sent(Instant::now());
        sleep(there).await;
        let (refusal, headers, status) = self.front.call(test_call);
        sleep(back).await;
        let status = StatusCode::from_u16(status).expect("a status");
        let mut signals = RateSignals::read(status, &headers);
        signals.refused = refusal.map(|refusal| Refused {
            wait: headers.get("retry-after").map(|wait| {
                let wait = wait.to_str().expect("text").parse().expect("seconds");
                Duration::from_secs(wait)
            }),
            operation_limit: refusal == RefusedBy::OperationLimit,
        });
        permit.answered(&signals);
        status.is_success()
    }

    /// Repeats a call until it succeeds.
    async fn call(&self, test_call: TestCall, there: Duration, back: Duration) {
        let path = test_call.path();
        loop {
            let ask =
                Ask { priority: test_call.priority, ..ask(test_call.operation, &path) };
            let permit = self.limits.acquire(ask).await.expect("a permit");
            if self.send(permit, test_call, there, back).await {
                return;
            }
        }
    }

    /// Returns how many calls the company's budget and the limits of operations refused.
    fn refused(&self) -> [usize; 2] {
        self.front.model.lock().expect("not poisoned").refused()
    }

    /// Asserts that no call is in flight or waits.
    fn assert_idle(&self) {
        let core = self.limits.core.as_ref().expect("a limiter that is on");
        core.with(|queue, _| {
            assert_eq!(queue.company.in_flight(), 0, "calls in flight");
            assert_eq!(queue.waiting(), 0, "waiting calls");
        });
    }
}

/// Returns the signals of a successful response that reports nothing.
fn silent() -> RateSignals {
    RateSignals { counted: true, ..RateSignals::default() }
}

/// Returns the signals of a response without any rate limit header, perhaps from a gateway.
fn gateway() -> RateSignals {
    RateSignals::default()
}

/// Returns the signals of a response that reports what is left.
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
