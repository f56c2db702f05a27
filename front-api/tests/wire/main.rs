//! Tests of the runtime over real HTTP, against a scripted server on this machine.

mod ahead;
mod bounds;
mod budget;
mod calls;
mod clients;
mod deadlines;
mod errors;
mod files;
mod gateways;
mod grants;
mod hostile;
mod lenient;
mod limits;
mod lists;
mod merges;
mod meta;
mod observed;
mod rate_limits;
mod rate_server;
mod raw;
mod redirects;
mod refusals;
mod repairs;
mod repeats;
mod resume;
mod retries;
mod too_many;
mod traced;
mod trust;
mod unexpected;

use std::time::Duration;

use front_api::{Client, ClientBuilder, RateLimiter, Retries};
use front_test_server::{Reply, Server};

/// The token of every test. No message and no `Debug` output may contain it.
const TOKEN: &str = "eyJ.secret-token";

/// Returns a builder of a client that calls the server, without retries and rate limits.
fn builder(server: &Server) -> ClientBuilder {
    retrying(server).retry(Retries::none())
}

/// Returns a builder of a client with the default retries, but without backoff and rate limits, which have tests of
/// their own.
fn retrying(server: &Server) -> ClientBuilder {
    limited(server).rate_limiter(RateLimiter::off())
}

/// Returns a builder of a client with retries and rate limits.
fn limited(server: &Server) -> ClientBuilder {
    Client::builder()
        .api_token(TOKEN)
        .base_url(server.base())
        .retry(Retries::new().first(Duration::ZERO))
}

/// Awaits a future that must not wait for long. Panics where the test would hang.
async fn within_timeout<T>(call: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), call).await.expect("no timeout")
}

/// Returns a client and the server that it calls.
fn front<const N: usize>(script: [Reply; N]) -> (Client, Server) {
    let server = Server::start(script);
    let client = builder(&server).build().expect("a client");
    (client, server)
}
