//! Compares the CPU time of the client with `reqwest` alone, and of decoding with plain derives.
//!
//! Run with `cargo bench -p front-api`. The server is this program in a second process, so that only the CPU time of the
//! client is measured. Both sides of a ratio alternate, round by round. The result is the median of all rounds.

#![allow(
    clippy::print_stdout,
    missing_docs,
    reason = "a benchmark prints its results and has no callers"
)]

mod data;
mod plain;
mod server;

use std::hint::black_box;
use std::time::Duration;

use cpu_time::ThreadTime;
use front_api::conversations::{Conversation, StatusFilter};
use front_api::{Client, Page, RateLimiter, me::Identity};
use serde::de::DeserializeOwned;

const ROUNDS: usize = 41;
/// Calls, or decoded pages, in a round of one side.
const LARGE: usize = 12;
const SMALL: usize = 100;

fn main() {
    pin();
    if std::env::args().nth(1).as_deref() == Some(server::ARGUMENT) {
        return server::serve();
    }
    // The whole client runs on this thread.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime can be made").block_on(run());
}

/// Pins client and server to the same core. To wake the other side on another core costs several times as much as a small
/// call, and varies with the scheduler.
fn pin() {
    let cores = core_affinity::get_core_ids().unwrap_or_default();
    // If pinning fails, the results vary more.
    let _ = cores.last().map(|&core| core_affinity::set_for_current(core));
}

async fn run() {
    let server = server::Server::start();
    let front = |limits: Option<RateLimiter>| {
        let builder = Client::builder().api_token("bench-token").base_url(&server.base);
        let builder = match limits {
            Some(limits) => builder.rate_limiter(limits),
            None => builder,
        };
        builder.build().expect("a client")
    };
    let (limited, unlimited) = (front(None), front(Some(RateLimiter::off())));
    let bare = Bare::new(&server.base);
    let page = data::page();
    println!("page of 100 conversations: {} bytes", page.len());

    let ratio = ratio(
        async || {
            let calls = (0..LARGE).map(|_| limited.conversations().list().limit(100));
            for call in calls {
                black_box(call.send().await.expect("a page"));
            }
        },
        async || {
            for _ in 0..LARGE {
                black_box(
                    bare.get::<Page<Conversation>>("/conversations?limit=100").await,
                );
            }
        },
    );
    report("page of 100, client to bare reqwest", ratio.await, 1.05, LARGE);

    let ratio = self::ratio(
        async || {
            let call = || limited.conversations().list().limit(100);
            for _ in 0..LARGE {
                let call = call().statuses([StatusFilter::Unassigned]);
                black_box(call.send().await.expect("a page"));
            }
        },
        async || {
            for _ in 0..LARGE {
                let call = limited.conversations().list().limit(100);
                black_box(call.send().await.expect("a page"));
            }
        },
    );
    report(
        "with an unexpected value in each item, to without",
        ratio.await,
        f64::NAN,
        LARGE,
    );

    let ratio = self::ratio(
        async || {
            for _ in 0..LARGE {
                black_box(decoded::<Page<Conversation>>(&page));
            }
        },
        async || {
            for _ in 0..LARGE {
                black_box(decoded::<plain::Page>(&page));
            }
        },
    );
    report("decoding it, our types to plain derives", ratio.await, 1.08, LARGE);

    let ratio = self::ratio(
        async || {
            for _ in 0..SMALL {
                black_box(limited.me().get().send().await.expect("an identity"));
            }
        },
        async || {
            for _ in 0..SMALL {
                black_box(bare.get::<Identity>("/me").await);
            }
        },
    );
    report("small call, client to bare reqwest", ratio.await, 1.10, SMALL);

    let ratio = self::ratio(
        async || {
            for _ in 0..SMALL {
                black_box(limited.me().get().send().await.expect("an identity"));
            }
        },
        async || {
            for _ in 0..SMALL {
                black_box(unlimited.me().get().send().await.expect("an identity"));
            }
        },
    );
    report("small call, with limits to without", ratio.await, f64::NAN, SMALL);
}

fn decoded<T: DeserializeOwned>(json: &[u8]) -> T {
    serde_json::from_slice(json).expect("valid JSON")
}

/// The minimal client that a caller would write without this crate.
struct Bare {
    http: reqwest::Client,
    base: String,
}

impl Bare {
    fn new(base: &str) -> Self {
        // Built like the client: the same TLS, which loopback does not use, and no proxy.
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(server::tls())
            .no_proxy()
            .build()
            .expect("a client");
        Self { http, base: base.to_owned() }
    }

    async fn get<T: DeserializeOwned>(&self, target: &str) -> T {
        let request = self
            .http
            .get(format!("{}{target}", self.base))
            .bearer_auth("bench-token")
            .header("accept", "application/json")
            .timeout(Duration::from_secs(30));
        let response =
            request.send().await.and_then(reqwest::Response::error_for_status);
        decoded(&response.expect("a response").bytes().await.expect("a body"))
    }
}

/// The ratio of both sides, and the CPU time of each in microseconds per round.
struct Ratio {
    median: f64,
    measured: f64,
    reference: f64,
}

async fn ratio(measured: impl AsyncFn(), reference: impl AsyncFn()) -> Ratio {
    let (mut ratios, mut measured_times, mut reference_times) =
        (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let one = cost(&measured).await;
        let other = cost(&reference).await;
        // The first round fills caches and opens connections.
        if round > 0 {
            ratios.push(one / other);
            measured_times.push(one);
            reference_times.push(other);
        }
    }
    Ratio {
        median: median(ratios),
        measured: median(measured_times),
        reference: median(reference_times),
    }
}

/// Returns the CPU time that a round of one side uses on this thread, in microseconds.
async fn cost(side: &impl AsyncFn()) -> f64 {
    let started = ThreadTime::now();
    side().await;
    started.elapsed().as_secs_f64() * 1e6
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of[of.len() / 2]
}

fn report(
    what: &str,
    Ratio { median, measured, reference }: Ratio,
    target: f64,
    calls: usize,
) {
    let each = |round: f64| round / calls as f64;
    let target =
        if target.is_nan() { String::new() } else { format!(" (at most {target:.2})") };
    println!(
        "{what}: {median:.3}{target}; {:.1} and {:.1} µs each",
        each(measured),
        each(reference)
    );
}
