//! Responses that report nothing, or what cannot be read: the limiter does not allow what was not reported.

use super::load::{Outcome, WORKERS, mixture, run};
use super::*;

const CALLS: usize = 1500;

async fn outcome(name: &str, workers: u64, path: Path, limits: RateLimiter) -> Outcome {
    let rules = Rules::new(100);
    let front = Front::new(rules, path);
    run(name, vec![limits], workers, front, mixture(CALLS, 7), rules).await
}

/// At most so many refusals of a thousand calls, and at least so much of what the limits allow, in percent.
async fn check(name: &str, path: Path, refusals: usize, throughput: f64) {
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

// Refusals of a thousand calls, and percent of what the limits allow.
rows! {
    first_response: Path::First, 0, 98.0;
    first_of_each_window: Path::FirstOfWindow, 0, 98.0;
    one_in_five: Path::Silent(200), 10, 98.0;
    four_in_five: Path::Silent(800), 10, 90.0;
    all_of_one_operation: Path::Operation("search"), 0, 98.0;
    all_of_most_calls: Path::Operation("plain"), 10, 95.0;
    gateway_403: Path::Gateway(100, 403), 0, 98.0;
    gateway_404: Path::Gateway(100, 404), 0, 98.0;
    gateway_502: Path::Gateway(100, 502), 0, 98.0;
}

/// Writes a header's value in another way.
type Write = fn(&str) -> String;

/// Ways in which a header may be malformed.
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

/// In one response of five, with each header in each way.
#[tokio::test(start_paused = true)]
async fn one_malformed_in_five() {
    for name in [
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "x-ratelimit-burst-limit",
        "x-ratelimit-burst-remaining",
    ] {
        for (how, write) in MALFORMED {
            let path = Path::Malformed(200, name, write);
            // Which tasks wait does not matter for how a value is read.
            let name = format!("{name} {how}");
            let outcome = outcome(&name, 2000, path, RateLimiter::new()).await;
            assert!(outcome.company * 100 <= CALLS, "{name} {outcome:?}");
            // That nothing is left is believed until a later response reports that something is.
            let nothing = name.starts_with("x-ratelimit-remaining")
                && (how.starts_with("zero") || how == "negative");
            let least = if nothing { 90.0 } else { 98.0 };
            assert!(outcome.throughput >= least, "{name} {outcome:?}");
        }
    }
}

/// In every response. What is never reported is never allowed: of many that wait at once, few go.
#[tokio::test(start_paused = true)]
async fn all_malformed() {
    for (how, write) in MALFORMED {
        // One header that reports a budget, and all of them.
        for (name, most) in [("x-ratelimit-remaining", 200), ("x-ratelimit-", 50)] {
            let rules = Rules::new(200);
            let path = Path::Malformed(1000, name, write);
            let rig = Rig::at(RateLimiter::new(), Front::new(rules, path));
            let tasks: Vec<_> = (0..2000)
                .map(|_| {
                    let rig = Arc::clone(&rig);
                    tokio::spawn(async move {
                        let millis = Duration::from_millis(1);
                        rig.call(Act::plain(), millis, millis).await;
                    })
                })
                .collect();
            // Up to the end of the first window.
            pause(30.0).await;
            let (left, _) = rig.front.model.lock().expect("sound").left();
            let made = rules.limit - left;
            match how {
                // They can be read.
                "twice" | "with a parameter" => assert_eq!(made, 200, "{how}"),
                // What is reported is that there is more than enough of everything.
                "large" if most == 50 => {}
                _ => assert!((1..=most).contains(&made), "{how} {name}: {made} calls"),
            }
            assert_eq!(rig.refused()[1], 0, "{how} {name}");
            for task in tasks {
                task.abort();
            }
        }
    }
}
