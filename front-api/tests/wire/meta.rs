//! The metadata of successful and failed calls.

use front_api::{Error, Meta, RateLimitHeaders, Timestamp};

use crate::{front, retrying};
use front_test_server::{Reply, Server};

const ME: &str = r#"{"id":"cmp_1"}"#;

fn with_headers(reply: Reply, headers: &[(&str, &str)]) -> Reply {
    headers.iter().fold(reply, |reply, (name, value)| reply.header(name, value))
}

/// The headers that Front sends with every response.
const HEADERS: [(&str, &str); 7] = [
    ("x-ratelimit-limit", "100"),
    ("x-ratelimit-remaining", "42"),
    ("x-ratelimit-reset", "1700000000.5"),
    ("x-ratelimit-burst-limit", "50"),
    ("x-ratelimit-burst-remaining", "7"),
    ("x-request-id", "req-1"),
    ("x-other", "secret header"),
];

#[track_caller]
fn check(meta: &Meta, status: u16, attempts: u32) {
    assert_eq!((meta.status(), meta.attempts()), (status, attempts));
    let limits = meta.rate_limits();
    assert_eq!((limits.limit, limits.remaining), (Some(100), Some(42)));
    assert_eq!((limits.burst_limit, limits.burst_remaining), (Some(50), Some(7)));
    assert_eq!(limits.reset, Some(Timestamp::from_millis(1_700_000_000_500)));
    assert_eq!(meta.request_id(), Some("req-1"));
    assert_eq!(meta.header("x-other"), Some("secret header"));
    for none in ["x-none", "no name at all", ""] {
        assert_eq!(meta.header(none), None);
    }
    assert!(meta.waited().is_zero() && meta.waited_for().is_none());
    let shown = format!("{meta:?}");
    assert!(shown.contains(&format!("status: {status}")), "{shown}");
    assert!(shown.contains("remaining: Some(42)"), "{shown}");
    for hidden in ["secret", "req-1", "x-other"] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}

#[tokio::test]
async fn every_response_has_metadata() {
    let server = Server::start([
        Reply::status(503),
        with_headers(Reply::json(200, ME), &HEADERS),
        with_headers(Reply::status(204), &HEADERS),
        with_headers(Reply::status(200).body("bytes"), &HEADERS),
    ]);
    let front = retrying(&server).build().expect("a client");
    let (me, meta) = front.me().get().send().with_meta().await.expect("an identity");
    assert_eq!(me.id.as_str(), "cmp_1");
    check(&meta, 200, 2);
    let update = front.conversations().update(&"cnv_1".into()).clear_assignee();
    let ((), meta) = update.send().with_meta().await.expect("updated");
    check(&meta, 204, 1);
    let file =
        front.attachments().download_from_message(&"msg_1".into(), &"fil_1".into());
    check(file.send().await.expect("a file").meta(), 200, 1);
}

#[track_caller]
fn check_error(error: &Error, status: u16, attempts: u32) {
    check(error.meta().expect("a response"), status, attempts);
    assert_eq!((error.status(), error.attempts()), (Some(status), attempts));
    assert_eq!(error.request_id(), Some("req-1"));
    assert_eq!(error.rate_limits().remaining, Some(42));
    let shown = format!("{error:?}");
    assert!(!shown.contains("secret") && !shown.contains("req-1"), "{shown}");
}

#[tokio::test]
async fn every_error_after_a_response_has_metadata() {
    let server = Server::start([]);
    let front = retrying(&server).build().expect("a client");
    for (reply, status) in [
        // Error responses, cut-off responses, malformed responses, and a redirect.
        (Reply::json(404, "{}"), 404),
        (Reply::json(422, "secret").half(), 422),
        (Reply::json(201, ME).half(), 201),
        (Reply::json(200, "[]"), 200),
        (Reply::status(204), 204),
        (Reply::moved(302, "/secret"), 302),
    ] {
        server.then([Reply::json(429, "{}"), with_headers(reply, &HEADERS)]);
        let error = front.tags().create_company("secret").send().await;
        check_error(&error.expect_err("no tag"), status, 2);
    }
    let half = Reply::status(200).body("half of it").half();
    server.then([Reply::status(502), with_headers(half, &HEADERS)]);
    let file =
        front.attachments().download_from_message(&"msg_1".into(), &"fil_1".into());
    let file = file.send().await.expect("a head");
    check_error(&file.bytes().await.expect_err("half of it"), 200, 2);
}

#[tokio::test]
async fn without_a_response_there_is_no_metadata() {
    let server = Server::start([]);
    server.then((0..4).map(|_| Reply::lost()));
    let front = retrying(&server).build().expect("a client");
    let error = front.me().get().send().await.expect_err("lost");
    assert!(error.meta().is_none() && error.request_id().is_none());
    assert_eq!(error.rate_limits(), RateLimitHeaders::default());
    assert_eq!(error.attempts(), 4);
    // A lost response does not report the metadata of an earlier one.
    server.then([with_headers(Reply::status(503), &HEADERS)]);
    server.then((0..3).map(|_| Reply::lost()));
    let error = front.me().get().send().await.expect_err("lost");
    assert!(error.meta().is_none() && error.status().is_none());
    // An invalid request is not sent.
    let error = front.conversations().get(&"".into()).send().await.expect_err("no id");
    assert_eq!((error.attempts(), error.meta().is_none()), (0, true));
}

#[tokio::test]
async fn numbers_are_read_in_every_format() {
    const NAMES: [&str; 5] = [
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
        "x-ratelimit-burst-limit",
        "x-ratelimit-burst-remaining",
    ];
    for (text, number, millis) in [
        ("0", Some(0), Some(0)),
        (" 7 ", Some(7), Some(7000)),
        ("7.0", Some(7), Some(7000)),
        ("7.9", Some(7), Some(7900)),
        ("1e3", Some(1000), Some(1_000_000)),
        ("99999999999", Some(u32::MAX), Some(99_999_999_999_000)),
        ("-1", Some(0), None),
        ("NaN", None, None),
        ("", None, None),
        // The smallest value of a list counts.
        ("7, 8", Some(7), Some(8000)),
        ("7;w=60", Some(7), Some(7000)),
        ("inf", None, None),
        ("many", None, None),
        ("\u{e9}", None, None),
    ] {
        let reply = with_headers(Reply::json(200, ME), &NAMES.map(|name| (name, text)));
        let (front, _server) = front([reply]);
        let (_, meta) = front.me().get().send().with_meta().await.expect("an identity");
        let limits = meta.rate_limits();
        for found in
            [limits.limit, limits.remaining, limits.burst_limit, limits.burst_remaining]
        {
            assert_eq!(found, number, "{text}");
        }
        assert_eq!(limits.reset.map(Timestamp::as_millis), millis, "{text}");
    }
    // A time beyond the range of the clock is accepted.
    {
        let far = "1e300";
        let reply = Reply::json(200, ME).header("x-ratelimit-reset", far);
        let (front, _server) = front([reply.header("x-ratelimit-limit", far)]);
        let (_, meta) = front.me().get().send().with_meta().await.expect("an identity");
        assert_eq!(meta.rate_limits().limit, Some(u32::MAX));
        assert!(format!("{meta:?}").contains("reset: Some("), "{meta:?}");
    }
    let (front, _server) = front([Reply::json(200, ME)]);
    let (_, meta) = front.me().get().send().with_meta().await.expect("an identity");
    assert_eq!(meta.rate_limits(), RateLimitHeaders::default());
}

#[tokio::test]
async fn the_most_specific_request_id_is_used() {
    for (headers, name) in [
        (&[("cf-ray", "ray"), ("x-request-id", "id")][..], Some("id")),
        (&[("cf-ray", "ray")][..], Some("ray")),
        (&[("cf-ray", "ray"), ("x-request-id", "\u{e9}")][..], Some("ray")),
        (&[][..], None),
    ] {
        let (front, _server) = front([with_headers(Reply::json(200, ME), headers)]);
        let (_, meta) = front.me().get().send().with_meta().await.expect("an identity");
        assert_eq!(meta.request_id(), name);
    }
}

#[tokio::test]
async fn an_operation_limit_is_named() {
    let reply = Reply::json(429, "{}").header("x-front-tier", "tier-2");
    let (front, _server) = front([reply]);
    let error = front.me().get().send().await.expect_err("429");
    assert_eq!(error.meta().and_then(Meta::tier), Some("tier-2"));
}
