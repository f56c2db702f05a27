//! The headers that operations send.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use front_golden::plain::PlainId;
use front_golden::{Client, ErrorKind, RateLimiter, RequestOptions, Retries};
use front_test_server::{Reply, Server};

fn client(server: &Server) -> Client {
    Client::builder()
        .api_token("eyJ.secret-token")
        .base_url(server.base())
        .rate_limiter(RateLimiter::off())
        .retry(Retries::none())
        .build()
        .unwrap()
}

#[tokio::test]
async fn arguments_setters_and_constants_are_sent() {
    let server =
        Server::start([Reply::status(204), Reply::status(204), Reply::status(204)]);
    let front = client(&server);
    let owner = PlainId::from("pla_1");
    let request = front.corners().create("k-1").x_count(2).x_count(3).x_owner(&owner);
    let shown = format!("{request:?}");
    assert!(shown.contains("Idempotency-Key") && !shown.contains("k-1"), "{shown}");
    request.send().await.unwrap();
    front.corners().create("k-2").send().await.unwrap();
    let options = RequestOptions::new().header("x-count", "7");
    front.corners().create("k-3").x_count(3).with(options).send().await.unwrap();
    let seen = server.seen();
    let sent = |number: usize, name: &str| seen[number].header(name).map(str::to_owned);
    assert_eq!(seen[0].line(), "POST /corners");
    assert_eq!(sent(0, "idempotency-key").as_deref(), Some("k-1"));
    assert_eq!(sent(0, "x-count").as_deref(), Some("3"), "the last value is sent once");
    assert_eq!(sent(0, "x-owner").as_deref(), Some("pla_1"));
    assert_eq!(sent(0, "x-schema").as_deref(), Some("2"), "a constant");
    assert_eq!(sent(1, "x-count"), None, "an unset header is not sent");
    assert_eq!(sent(2, "x-count").as_deref(), Some("7"), "options take precedence");
    assert_eq!(sent(0, "authorization").as_deref(), Some("Bearer eyJ.secret-token"));
}

#[tokio::test]
async fn an_invalid_header_value_is_not_sent() {
    let server = Server::start([]);
    for value in ["a\r\nX-Evil: 1", "a\nb", "a\0b"] {
        let error = client(&server).corners().create(value).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        let text = format!("{error} {error:?}");
        assert!(text.contains("idempotency-key") && !text.contains("Evil"), "{text}");
    }
    assert!(server.seen().is_empty());
}
