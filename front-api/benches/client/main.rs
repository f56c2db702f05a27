//! What the client costs beside the least that would do: `reqwest` alone, and plain derives.
//!
//! `cargo bench -p front-api`. The server is this program again, in a process of its own, so that what is measured is the
//! client's CPU time alone. Both sides of a ratio take turns, round by round; a ratio is the median of the rounds'.

#![allow(
    clippy::print_stdout,
    missing_docs,
    reason = "printing is what it is for, and nobody calls it"
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
/// Calls, or decodes, a round and side.
const LARGE: usize = 12;
const SMALL: usize = 100;

fn main() {
    pin();
    if std::env::args().nth(1).as_deref() == Some(server::ARGUMENT) {
        return server::serve();
    }
    // Everything of the client runs on this thread.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime can be made").block_on(run());
}

/// Keeps client and server to one core, the same: to wake the other side on another core costs several times what a
/// small call does, and comes and goes with the scheduler's mood.
fn pin() {
    let cores = core_affinity::get_core_ids().unwrap_or_default();
    // Where that cannot be had, the numbers are less steady.
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
    told("page of 100, client to bare reqwest", ratio.await, 1.05, LARGE);

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
    told(
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
    told("decoding it, our types to plain derives", ratio.await, 1.08, LARGE);

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
    told("small call, client to bare reqwest", ratio.await, 1.10, SMALL);

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
    told("small call, with limits to without", ratio.await, f64::NAN, SMALL);
}

fn decoded<T: DeserializeOwned>(json: &[u8]) -> T {
    serde_json::from_slice(json).expect("it decodes")
}

/// The least that gets an answer: what a caller would write without this crate.
struct Bare {
    http: reqwest::Client,
    base: String,
}

impl Bare {
    fn new(base: &str) -> Self {
        // As the client is built: the same TLS, which loopback does not use, and no proxy.
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
        let answer = request.send().await.and_then(reqwest::Response::error_for_status);
        decoded(&answer.expect("an answer").bytes().await.expect("a body"))
    }
}

/// What one side costs: to the other, and by itself in microseconds a round.
struct Ratio {
    median: f64,
    ours: f64,
    theirs: f64,
}

async fn ratio(ours: impl AsyncFn(), theirs: impl AsyncFn()) -> Ratio {
    let (mut ratios, mut mine, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..=ROUNDS {
        let one = cost(&ours).await;
        let other = cost(&theirs).await;
        // The first fills caches and opens connections.
        if round > 0 {
            ratios.push(one / other);
            mine.push(one);
            others.push(other);
        }
    }
    Ratio { median: median(ratios), ours: median(mine), theirs: median(others) }
}

/// CPU time of this thread in microseconds.
async fn cost(side: &impl AsyncFn()) -> f64 {
    let begun = ThreadTime::now();
    side().await;
    begun.elapsed().as_secs_f64() * 1e6
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of[of.len() / 2]
}

fn told(what: &str, Ratio { median, ours, theirs }: Ratio, target: f64, calls: usize) {
    let each = |round: f64| round / calls as f64;
    let target =
        if target.is_nan() { String::new() } else { format!(" (at most {target:.2})") };
    println!(
        "{what}: {median:.3}{target}; {:.1} and {:.1} µs each",
        each(ours),
        each(theirs)
    );
}
