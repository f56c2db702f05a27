//! Responses without headers or with malformed headers: the limiter allows only what was reported.

use super::load::{Outcome, WORKERS, mixture, run};
use super::*;

const CALLS: usize = 1500;

async fn outcome(
    name: &str,
    workers: u64,
    path: Network,
    limits: RateLimiter,
) -> Outcome {
    let rules = Rules::new(100);
    let front = Front::new(rules, path);
    run(name, vec![limits], workers, front, mixture(CALLS, 7), rules).await
}

/// Asserts at most this many refusals of a thousand calls, and at least this throughput in percent.
async fn check(name: &str, path: Network, refusals: usize, throughput: f64) {
    for workers in WORKERS {
        let outcome = outcome(name, workers, path, RateLimiter::new()).await;
        let refused = outcome.company + outcome.operation_limit;
        assert!(refused * 1000 <= CALLS * refusals, "{name} {workers} {outcome:?}");
        assert!(outcome.throughput >= throughput, "{name} {workers} {outcome:?}");
    }
}

macro_rules! rows {
    ($($name:ident: $path:expr, $refusals:expr, $throughput:expr;)*) => {
        $(
            #[tokio::test(start_paused = true)]
            async fn $name() {
                check(stringify!($name), $path, $refusals, $throughput).await;
            }
        )*
    };
}

// At most this many refusals of a thousand calls, and at least this throughput in percent.
rows! {
    first_response: Network::First, 0, 98.0;
    first_of_each_window: Network::FirstOfWindow, 0, 98.0;
    one_in_five: Network::Silent(200), 10, 98.0;
    four_in_five: Network::Silent(800), 10, 90.0;
    all_of_one_operation: Network::Operation("search"), 0, 98.0;
    all_of_most_calls: Network::Operation("plain"), 10, 95.0;
    gateway_403: Network::Gateway(100, 403), 0, 98.0;
    gateway_404: Network::Gateway(100, 404), 0, 98.0;
    gateway_502: Network::Gateway(100, 502), 0, 98.0;
}

/// Rewrites the value of a header.
type Write = fn(&str) -> String;

/// Malformed values of a header.
const MALFORMED: [(&str, Write); 12] = [
    ("negative", |_| "-1".to_owned()),
    ("empty", |_| String::new()),
    ("not a number", |_| "NaN".to_owned()),
    ("infinite", |_| "inf".to_owned()),
    ("exponent", |_| "1e9".to_owned()),
    ("too large", |_| "99999999999999999999".to_owned()),
    ("large", |_| "4294967295".to_owned()),
    ("words", |_| "unlimited".to_owned()),
    ("twice", |value| format!("{value}, {value}")),
    ("with a parameter", |value| format!("{value};w=60")),
    ("zero twice", |_| "0, 0".to_owned()),
    ("zero with a parameter", |_| "0;w=60".to_owned()),
];

/// One response of five is malformed: each header with each malformed value.
#[tokio::test(start_paused = true)]
async fn one_malformed_in_five() {
    for name in [
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "x-ratelimit-burst-limit",
        "x-ratelimit-burst-remaining",
    ] {
        for (kind, write) in MALFORMED {
            let path = Network::Malformed(200, name, write);
            // The number of tasks does not matter for how a value is read.
            let name = format!("{name} {kind}");
            let outcome = outcome(&name, 2000, path, RateLimiter::new()).await;
            assert!(outcome.company * 100 <= CALLS, "{name} {outcome:?}");
            // A report that nothing is left counts until a later response reports something else.
            let nothing = name.starts_with("x-ratelimit-remaining")
                && (kind.starts_with("zero") || kind == "negative");
            let least = if nothing { 90.0 } else { 98.0 };
            assert!(outcome.throughput >= least, "{name} {outcome:?}");
        }
    }
}

/// Every response is malformed. Only what was reported is allowed: few of many waiting calls are sent.
#[tokio::test(start_paused = true)]
async fn all_malformed() {
    for (kind, write) in MALFORMED {
        // One header that reports a budget, and all of them.
        for (name, most) in [("x-ratelimit-remaining", 200), ("x-ratelimit-", 50)] {
            let rules = Rules::new(200);
            let path = Network::Malformed(1000, name, write);
            let program = Program::at(RateLimiter::new(), Front::new(rules, path));
            let tasks: Vec<_> = (0..2000)
                .map(|_| {
                    let program = Arc::clone(&program);
                    tokio::spawn(async move {
                        let millis = Duration::from_millis(1);
                        program.call(TestCall::plain(), millis, millis).await;
                    })
                })
                .collect();
            // Until the end of the first window.
            pause(30.0).await;
            let (left, _) = program.front.model.lock().expect("not poisoned").left();
            let sent_calls = rules.limit - left;
            match kind {
                // These values can be read.
                "twice" | "with a parameter" => assert_eq!(sent_calls, 200, "{kind}"),
                // The responses report that all limits are large.
                "large" if most == 50 => {}
                _ => assert!(
                    (1..=most).contains(&sent_calls),
                    "{kind} {name}: {sent_calls} calls"
                ),
            }
            assert_eq!(program.refused()[1], 0, "{kind} {name}");
            for task in tasks {
                task.abort();
            }
        }
    }
}
