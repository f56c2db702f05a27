//! The runtime over real HTTP, against a server on this machine that answers by script.

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

/// The token of every test. No message and no `Debug` output may hold it.
const TOKEN: &str = "eyJ.secret-token";

/// What calls the server, each call once.
fn builder(server: &Server) -> ClientBuilder {
    retrying(server).retry(Retries::none())
}

/// The same, with retries as they are unless set, but without waits: not for those, nor for limits, which have
/// tests of their own.
fn retrying(server: &Server) -> ClientBuilder {
    limited(server).rate_limiter(RateLimiter::off())
}

/// The same, with limits.
fn limited(server: &Server) -> ClientBuilder {
    Client::builder()
        .api_token(TOKEN)
        .base_url(server.base())
        .retry(Retries::new().first(Duration::ZERO))
}

/// What must not wait: a test fails that would hang.
async fn at_once<T>(call: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), call).await.expect("it waits")
}

/// A client, and the server that it calls.
fn front<const N: usize>(script: [Reply; N]) -> (Client, Server) {
    let server = Server::start(script);
    let client = builder(&server).build().expect("a client");
    (client, server)
}
