//! The runtime uses the wire names in the spec. The golden spec has other names than Front.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::time::Duration;

use front_golden::plain::{PlainId, Thing};
use front_golden::{Client, Cursor, ErrorKind, Page, RateLimiter, Retries, Timestamp};
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

/// A 200 with headers and a page. The key of the page shows that the response is Front's.
#[tokio::test]
async fn a_response_is_read_by_the_names_in_the_spec() {
    let body = r#"{"_items":["red"],"_page":{"after":"/enums?page_token=p"},"_count":2,"_results":[]}"#;
    let server = Server::start([Reply::json(200, body)
        .header("x-golden-limit", "50")
        .header("x-golden-remaining", "49")
        .header("x-golden-reset", "7")
        .header("x-golden-burst", "25")
        .header("x-golden-burst-left", "24")
        .header("x-golden-request", "r1")
        .header("x-ratelimit-limit", "1")]);
    let (page, meta) = client(&server).enums().list().send().with_meta().await.unwrap();
    assert_eq!((page.items.len(), page.total), (1, Some(2)));
    assert_eq!(page.next, Some(Cursor::new("p")));
    assert!(page.extra.get("_results").is_some());
    let written = serde_json::to_string(&page).unwrap();
    assert_eq!(
        written,
        r#"{"_page":{"after":"?page_token=p"},"_items":["red"],"_count":2,"_results":[]}"#
    );
    let rates = meta.rate_limits();
    assert_eq!((rates.limit, rates.remaining), (Some(50), Some(49)));
    assert_eq!(rates.reset, Some(Timestamp::from_secs(7)));
    assert_eq!((rates.burst_limit, rates.burst_remaining), (Some(25), Some(24)));
    assert_eq!(meta.request_id(), Some("r1"));
}

#[tokio::test]
async fn an_error_is_read_by_the_names_in_the_spec() {
    let body = r#"{"_fault":{"number":429,"heading":"Busy","sentence":"Slow down.","remarks":["a"]}}"#;
    let server = Server::start([
        Reply::json(429, body)
            .header("x-golden-wait", "20")
            .header("x-golden-tier", "things"),
        // Without a key of an object, an error in a 200 is not the response of the API.
        Reply::json(200, body),
    ]);
    let front = client(&server);
    let error = front.enums().list().send().await.unwrap_err();
    assert_eq!(error.title(), Some("Busy"));
    assert_eq!(error.message(), Some("Slow down."));
    assert_eq!(error.details(), ["a"]);
    assert_eq!(error.retry_after(), Some(Duration::from_secs(20)));
    assert_eq!(error.meta().unwrap().tier(), Some("things"));
    let error = front.enums().list().send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Gateway);
}

#[test]
fn values_are_read_by_the_names_in_the_spec() {
    let duplicate = r#"{"_items":[1],"_items":[2]}"#;
    let error = serde_json::from_str::<Page<u8>>(duplicate).unwrap_err();
    assert!(error.to_string().contains("duplicate field `_items`"), "{error}");
    let thing =
        r#"{"id":"pla_1","_urls":{"own":"https://x","others":{"owner":"https://y"}}}"#;
    let thing: Thing = serde_json::from_str(thing).unwrap();
    assert_eq!(thing.api_links.this(), Some("https://x"));
    assert_eq!(thing.api_links.get("owner"), Some("https://y"));
    let id = PlainId::email("ann@b.c");
    assert_eq!(id.to_string(), "golden:email:ann@b.c");
    let shown = format!("{id:?}");
    assert!(shown.contains("golden:email:") && !shown.contains("ann"), "{shown}");
}
