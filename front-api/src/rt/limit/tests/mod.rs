//! The limits against a model of Front, in time that is not waited for.

mod budget;
mod guards;
mod headers;
mod load;
mod order;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue};
use tokio::time::{Instant, sleep};

use super::model::{Model, Refusal, Rules};
use super::{Ask, Held, Limits, Pass, Priority};
use crate::rt::operation::{Limit, Operation, Rate, RateLimit};
use crate::rt::rates::{RateLimits, Refused, Told};
use crate::rt::timestamp::Timestamp;

const fn class(
    name: &'static str,
    limit: Limit,
    each: Option<&'static str>,
) -> RateLimit {
    RateLimit { name, about: "", limit, pace_at: None, each, certainty: 'A' }
}

const fn rate(calls: u32, seconds: u32) -> Rate {
    Rate { calls, seconds }
}

static FIVE: RateLimit = class("five", Limit::Rate(rate(5, 1)), Some("box_id"));
static HOURLY: RateLimit =
    class("hourly", Limit::Rate(rate(10, 3600)), Some("thing_id"));
static SLOW: RateLimit = RateLimit {
    pace_at: Some(rate(1, 3)),
    ..class("slow", Limit::Rate(rate(1, 1)), None)
};
static PART: RateLimit = class("part", Limit::Share { percent: 40 }, None);

static PLAIN: Operation = Operation { name: "plain", ..Operation::REST };
static OTHER: Operation =
    Operation { name: "other", path: "/other/{other_id}", ..Operation::REST };
static BOX: Operation =
    Operation { path: "/a/{a_id}/{box_id}", rate_limit: Some(&FIVE), ..Operation::REST };
static BOX_TOO: Operation =
    Operation { path: "/{box_id}", rate_limit: Some(&FIVE), ..Operation::REST };
static SEEN: Operation =
    Operation { path: "/{thing_id}", rate_limit: Some(&HOURLY), ..Operation::REST };
static REPORT: Operation = Operation { rate_limit: Some(&SLOW), ..Operation::REST };
static SEARCH: Operation = Operation { rate_limit: Some(&PART), ..Operation::REST };

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
async fn try_now(limits: &Limits, operation: &'static Operation) -> Result<Pass, Held> {
    limits.acquire(Ask { wait: false, ..ask(operation, &[]) }).await
}

/// A server and those who call it.
struct Rig {
    limits: Limits,
    model: Mutex<Model>,
    start: Instant,
    refused: Mutex<[usize; 2]>,
}

impl Rig {
    fn new(limits: Limits, rules: Rules) -> Arc<Self> {
        Arc::new(Self {
            limits,
            model: Mutex::new(Model::new(rules)),
            start: Instant::now(),
            refused: Mutex::default(),
        })
    }

    fn now(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }

    /// Calls once, and says whether it was refused.
    async fn send(&self, pass: Pass, act: Act, there: Duration, back: Duration) -> bool {
        let mut pass = pass;
        pass.sent(Instant::now());
        sleep(there).await;
        let each = act.each.to_string();
        let answer =
            self.model.lock().expect("sound").call(self.now(), act.operation, &each);
        sleep(back).await;
        let mut headers = HeaderMap::new();
        for (name, value) in &answer.headers {
            headers.insert(*name, HeaderValue::from_str(value).expect("a header"));
        }
        let mut told = Told::read(&headers);
        told.refused = answer.refused.map(|refusal| Refused {
            wait: headers.get("retry-after").map(|wait| {
                let wait = wait.to_str().expect("text").parse().expect("seconds");
                Duration::from_secs(wait)
            }),
            guard: refusal == Refusal::Guard,
        });
        pass.answered(&told);
        if let Some(refusal) = answer.refused {
            self.refused.lock().expect("sound")[refusal as usize] += 1;
        }
        answer.refused.is_some()
    }

    /// Calls until it is not refused.
    async fn call(&self, act: Act, there: Duration, back: Duration) {
        let path = act.path();
        loop {
            let ask = Ask { priority: act.priority, ..ask(act.operation, &path) };
            let pass = self.limits.acquire(ask).await.expect("it waits");
            if !self.send(pass, act, there, back).await {
                return;
            }
        }
    }

    /// Nothing is on its way any more, and nobody waits.
    fn idle(&self) {
        let core = self.limits.core.as_ref().expect("limits that limit");
        core.with(|queue, _| {
            assert_eq!(queue.company.flying(), 0, "calls on their way");
            assert_eq!(queue.waiting(), 0, "calls that wait");
        });
    }
}

/// An answer that tells what is left.
fn told(remaining: u32, reset: i64) -> Told {
    let rates = RateLimits {
        limit: Some(100),
        remaining: Some(remaining),
        reset: Some(Timestamp::from_secs(reset)),
        ..RateLimits::default()
    };
    Told { rates, date: Some(1_000_000), refused: None }
}

fn refused(wait: Option<u64>, guard: bool) -> Option<Refused> {
    Some(Refused { wait: wait.map(Duration::from_secs), guard })
}

async fn pause(seconds: f64) {
    sleep(Duration::from_secs_f64(seconds)).await;
}
