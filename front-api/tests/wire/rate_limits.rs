//! Thousands of calls over real HTTP against an account that counts calls as Front's guide describes. Client and server
//! share a virtual clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use front_api::messages::AfterReply;
use front_api::{Client, Error, RateLimiter};

use crate::TOKEN;
use crate::rate_server::{Account, Count, Reports};

const LIMIT: u32 = 200;
/// Numbers of tasks, and of the calls that they make together.
const TASKS: [(usize, usize); 2] = [(64, 1000), (2000, 2000)];

fn client(account: &Account) -> Client {
    Client::builder()
        .api_token(TOKEN)
        .base_url(account.base())
        .deadline(Duration::MAX)
        .build()
        .expect("a client")
}

/// Makes one call of the mixture.
async fn call(front: &Client, number: usize) -> Result<(), Error> {
    let id = (number * 7919) % 97;
    match number % 20 {
        0 | 1 => front.conversations().search("is:open").send().await.map(drop),
        2 | 3 => {
            let conversation = format!("cnv_{}", id % 10);
            let reply = front.messages().reply(
                &conversation.as_str().into(),
                "Hello",
                AfterReply::KeepOpen,
            );
            reply.send().await.map(drop)
        }
        4 => {
            front.messages().mark_seen(&format!("msg_{id}").as_str().into()).send().await
        }
        5..=9 => front.tags().list().send().await.map(drop),
        _ => front.me().get().send().await.map(drop),
    }
}

/// The result of a run.
#[derive(Debug)]
struct Outcome {
    count: Count,
    /// The shortest possible time as a share of the time that was needed, in percent.
    throughput: f64,
}

/// Makes calls with several clients that do not share a rate limiter, each with this number of tasks.
async fn run(
    name: &str,
    clients: usize,
    tasks: usize,
    calls: usize,
    reports: Reports,
) -> Outcome {
    let account = Account::open(LIMIT, reports).await;
    let fronts: Vec<_> = (0..clients).map(|_| client(&account)).collect();
    let limits: Vec<RateLimiter> =
        fronts.iter().map(|front| front.rate_limiter().clone()).collect();
    let next = Arc::new(AtomicUsize::new(0));
    let mut workers = Vec::new();
    for front in &fronts {
        for _ in 0..tasks {
            let (front, next) = (front.clone(), Arc::clone(&next));
            workers.push(tokio::spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= calls {
                        return;
                    }
                    // The caller repeats a call after a gateway's error.
                    while call(&front, number).await.is_err() {}
                }
            }));
        }
    }
    let ended = async {
        for worker in workers {
            worker.await.expect("it finishes");
        }
    };
    account.drive(&limits, ended).await;
    let throughput = 100.0 * account.shortest_time(calls) / account.now();
    let outcome = Outcome { count: account.count(), throughput };
    // Visible with `--nocapture`.
    #[allow(
        clippy::print_stderr,
        reason = "the numbers are the purpose of a manual run"
    )]
    {
        eprintln!("{name}, {tasks} tasks: {outcome:.2?}");
    }
    assert_eq!(outcome.count.served, calls, "{name}: each call is made once");
    outcome
}

/// Asserts at most this many refusals of a thousand calls, and at least this throughput in percent.
async fn check(name: &str, reports: Reports, refusals: usize, throughput: f64) {
    for (tasks, calls) in TASKS {
        let outcome = run(name, 1, tasks, calls, reports).await;
        let refused = outcome.count.company + outcome.count.operation_limit;
        assert!(refused * 1000 <= calls * refusals, "{name} {tasks} {outcome:?}");
        assert!(outcome.throughput >= throughput, "{name} {tasks} {outcome:?}");
    }
}

macro_rules! rows {
    ($($name:ident: $reports:expr, $refusals:expr, $throughput:expr;)*) => {
        $(
            #[tokio::test(start_paused = true)]
            async fn $name() {
                check(stringify!($name), $reports, $refusals, $throughput).await;
            }
        )*
    };
}

// At most this many refusals of a thousand calls, and at least this throughput in percent. A report that nothing is left
// counts until a later response reports something else.
rows! {
    all_headers: Reports::All, 0, 98.0;
    none_in_the_first_response: Reports::AllButFirst, 0, 98.0;
    none_in_the_first_of_a_window: Reports::AllButFirstOfWindow, 0, 98.0;
    none_in_one_of_five: Reports::AllBut(200), 10, 98.0;
    none_for_one_operation: Reports::AllButSearches, 0, 98.0;
    a_gateway_responds_403: Reports::Gateway(100, 403), 0, 97.0;
    a_gateway_responds_404: Reports::Gateway(100, 404), 0, 97.0;
    a_gateway_responds_502: Reports::Gateway(100, 502), 0, 97.0;
    negative: Reports::Malformed(200, |_| "-1".to_owned()), 10, 90.0;
    empty: Reports::Malformed(200, |_| String::new()), 10, 98.0;
    not_a_number: Reports::Malformed(200, |_| "NaN".to_owned()), 10, 98.0;
    infinite: Reports::Malformed(200, |_| "inf".to_owned()), 10, 98.0;
    too_large: Reports::Malformed(200, |_| u32::MAX.to_string()), 10, 98.0;
    twice: Reports::Malformed(200, |left| format!("{left}, {left}")), 0, 98.0;
    with_a_parameter: Reports::Malformed(1000, |left| format!("{left};w=60")), 0, 98.0;
    zero_twice: Reports::Malformed(200, |_| "0, 0".to_owned()), 10, 90.0;
    zero_with_a_parameter: Reports::Malformed(200, |_| "0;w=60".to_owned()), 10, 90.0;
}

/// Each client detects the other only by what is left.
#[tokio::test(start_paused = true)]
async fn two_busy_clients() {
    for (tasks, calls) in TASKS {
        let outcome = run("two_busy_clients", 2, tasks, calls, Reports::All).await;
        let refused = outcome.count.company + outcome.count.operation_limit;
        assert!(refused * 100 <= calls * 2, "{tasks} {outcome:?}");
        assert!(outcome.throughput >= 90.0, "{tasks} {outcome:?}");
    }
}
