//! Responses with a success status that are not Front's: every call fails with them.

use front_api::messages::AfterReply;
use front_api::{Client, Error, ErrorKind, Method, Outcome, RequestOptions};

use crate::{TOKEN, builder, front, retrying};
use front_test_server::{Reply, Server};

/// Makes the call of this name. The names describe what the calls return.
async fn call(front: &Client, which: &str) -> Result<(), Error> {
    let id = "cnv_1".into();
    match which {
        "unit" => front.conversations().update(&id).clear_assignee().send().await,
        "unit delete" => front.tags().delete(&"tag_1".into()).send().await,
        "sent" => front
            .messages()
            .reply(&id, "Hello", AfterReply::KeepOpen)
            .send()
            .await
            .map(drop),
        "created" => front.tags().create_company("x").send().await.map(drop),
        "value" => front.conversations().get(&id).send().await.map(drop),
        "list" => front.tags().list().send().await.map(drop),
        "stream" => front.tags().list().stream().try_next().await.map(drop),
        "file" => front
            .attachments()
            .download_from_message(&"msg_1".into(), &"fil_1".into())
            .send()
            .await
            .map(drop),
        "source" => front.messages().get_source(&"msg_1".into()).send().await.map(drop),
        "raw" => front.raw(Method::Post, "/new", []).send().await.map(drop),
        "raw known" => {
            let call = front.raw(Method::Patch, "/conversations/cnv_1", []);
            call.send().await.map(drop)
        }
        other => panic!("{other}"),
    }
}

const JSON: &[&str] = &[
    "unit",
    "unit delete",
    "sent",
    "created",
    "value",
    "list",
    "stream",
    "raw",
    "raw known",
];
const VALUES: &[&str] = &["sent", "created", "value", "list", "stream"];
const UNITS: &[&str] = &["unit", "unit delete", "raw known"];
const FILES: &[&str] = &["file", "source"];

const PORTAL: &str = "<!doctype html><html><head><title>Hotel Wi-Fi</title></head><body>Sign in</body></html>";

fn html(status: u16) -> Reply {
    Reply::status(status).header("content-type", "text/html; charset=utf-8").body(PORTAL)
}

fn challenge(status: u16) -> Reply {
    Reply::status(status).header("x-amzn-waf-action", "challenge")
}

/// The name of the response, the response, the calls that must fail with it, and a part of the error's text.
type Case =
    (&'static str, fn() -> Reply, &'static [&'static [&'static str]], &'static str);

const CASES: &[Case] = &[
    ("a captive portal", || html(200), &[JSON, &["source"]], "(200, text/html)"),
    ("a page with status 202", || html(202), &[JSON], "(202, text/html)"),
    (
        "an empty page",
        || html(200).body(""),
        &[JSON, &["source"]],
        "its media type is not one of Front's",
    ),
    (
        "a page without a type",
        || Reply::status(200).body(PORTAL),
        &[JSON],
        "it is not JSON",
    ),
    (
        "a page with the media type JSON",
        || Reply::json(200, PORTAL),
        &[JSON],
        "it is not JSON",
    ),
    (
        "a word",
        || Reply::status(200).header("content-type", "text/plain").body("OK"),
        &[JSON],
        "it is not JSON",
    ),
    (
        "an image",
        || Reply::status(200).header("content-type", "image/gif").body("GIF89a"),
        &[JSON],
        "(200, image/gif)",
    ),
    (
        "a challenge",
        || challenge(202),
        &[JSON, FILES],
        "the header `x-amzn-waf-action` marks it as a response of a firewall",
    ),
    (
        "a challenge that looks like a success",
        || {
            challenge(200)
                .header("content-type", "application/json")
                .body(r#"{"id":"tag_1","_results":[]}"#)
        },
        &[JSON, FILES],
        "`x-amzn-waf-action`",
    ),
    (
        "another firewall",
        || Reply::status(204).header("cf-mitigated", "challenge"),
        &[JSON, FILES],
        "`cf-mitigated`",
    ),
    (
        "nothing, accepted",
        || Reply::status(202),
        &[UNITS, VALUES, FILES],
        "(202, no content type)",
    ),
    ("nothing", || Reply::status(200), &[VALUES], "it is empty, but JSON was expected"),
    (
        "nothing in JSON",
        || Reply::json(201, " "),
        &[VALUES],
        "it is empty, but JSON was expected",
    ),
    ("no content", || Reply::status(204), &[VALUES, FILES], "(204, no content type)"),
    ("a reset", || Reply::status(205), &[UNITS, VALUES, FILES], "with this status"),
    (
        "a part",
        || Reply::json(206, r#"{"id":"tag_1","_results":[]}"#),
        &[JSON, FILES],
        "it is only a part of what was requested",
    ),
    (
        "many statuses",
        || Reply::json(207, r#"{"id":"tag_1","_results":[]}"#),
        &[UNITS, VALUES, FILES],
        "(207, application/json)",
    ),
    (
        "a list",
        || Reply::json(200, r#"[{"id":"tag_1"}]"#),
        &[VALUES],
        "it is JSON of another form",
    ),
    (
        "an error",
        || Reply::json(200, r#"{"message":"Forbidden","requestId":"7"}"#),
        &[UNITS, VALUES],
        "it contains an error",
    ),
    (
        "Front's error",
        || Reply::json(200, r#"{"_error":{"status":403,"message":"Forbidden"}}"#),
        &[UNITS, VALUES],
        "it contains an error",
    ),
    (
        "a problem",
        || {
            Reply::status(200)
                .header("content-type", "application/problem+json")
                .body(r#"{"title":"x"}"#)
        },
        &[JSON],
        "(200, application/problem+json)",
    ),
];

#[tokio::test]
async fn no_call_succeeds_with_a_response_that_is_not_fronts() {
    let server = Server::start([]);
    let front = builder(&server).build().expect("a client");
    for (what, reply, calls, why) in CASES {
        for which in calls.iter().copied().flatten() {
            server.then([reply()]);
            let error = call(&front, which).await.expect_err(what);
            let text = error.to_string();
            assert_eq!(error.kind(), ErrorKind::Gateway, "{what}, {which}: {text}");
            assert_eq!(error.outcome(), Outcome::Unknown, "{what}, {which}");
            assert!(!error.is_probably_done() && !error.is_unsent(), "{what}, {which}");
            assert!(
                text.contains("does not look like Front's"),
                "{what}, {which}: {text}"
            );
            assert!(text.contains(why), "{what}, {which}: {text}");
            assert!(text.contains("A proxy, a firewall or a captive portal"), "{text}");
            assert_eq!(
                error.meta().map(|meta| Some(meta.status())),
                Some(error.status())
            );
            assert_eq!(server.left(), 0, "{what}, {which}");
        }
    }
}

/// Calls, and a response with which they succeed.
type Accepted = (&'static [&'static str], fn() -> Reply);

#[tokio::test]
async fn every_kind_of_call_succeeds_with_a_response_of_fronts() {
    const TAG: &str = r#"{"id":"tag_1","_results":[]}"#;
    let typed = |status, kind: &str| Reply::status(status).header("content-type", kind);
    let server = Server::start([]);
    let front = builder(&server).build().expect("a client");
    let accepted: [Accepted; 10] = [
        (UNITS, || Reply::status(204)),
        (&["unit", "raw"], || Reply::status(200)),
        (&["unit", "raw"], || Reply::json(200, "")),
        (JSON, || Reply::json(200, TAG)),
        (JSON, || Reply::json(201, TAG)),
        (JSON, || Reply::json(202, TAG)),
        (JSON, || Reply::json(203, TAG)),
        // Without a media type, the body decides.
        (JSON, || Reply::status(200).body(TAG)),
        (&["raw"], || Reply::status(202)),
        (&["raw", "unit"], || Reply::json(200, "null")),
    ];
    for (calls, reply) in accepted {
        for which in calls {
            server.then([reply()]);
            call(&front, which).await.unwrap_or_else(|error| panic!("{which}: {error}"));
        }
    }
    for kind in [
        "application/json; charset=utf-8",
        "Application/JSON;charset=latin1",
        "application/hal+json",
        "application/vnd.front+json; v=2",
        "text/json",
        "text/plain; charset=utf-8",
        "application/octet-stream",
        ";",
    ] {
        for which in JSON {
            server.then([typed(200, kind).body(TAG)]);
            call(&front, which).await.unwrap_or_else(|error| panic!("{kind}: {error}"));
        }
    }
    for kind in ["application/pdf", "text/html", "application/json", "no kind"] {
        server.then([typed(200, kind).body("bytes")]);
        call(&front, "file").await.unwrap_or_else(|error| panic!("{kind}: {error}"));
    }
    for kind in ["message/rfc822", "text/plain", "application/json"] {
        server.then([typed(200, kind).body("bytes")]);
        call(&front, "source").await.unwrap_or_else(|error| panic!("{kind}: {error}"));
    }
}

#[tokio::test]
async fn a_page_is_quoted_and_data_is_not() {
    let data = r#"[{"id":"tag_1","name":"secret"}]"#;
    let (client, _server) = front([
        html(200),
        html(200).body(format!("blocked: Bearer {TOKEN}\r\nby policy")),
        Reply::json(200, r#"{"message":"Forbidden"}"#),
        Reply::json(200, data),
        Reply::status(200).body(data),
        Reply::json(206, data),
        Reply::status(200)
            .header("content-type", "text/csv")
            .body("id,name\ntag_1,secret"),
        // The body may be the source of a message.
        Reply::status(200).header("content-type", "text/plain").body("From: secret"),
        Reply::status(206).body("secret bytes"),
    ]);
    let create = || client.tags().create_company("x").send();
    let error = create().await.expect_err("a page");
    assert_eq!(error.excerpt(), Some("Hotel Wi-Fi Sign in"));
    let text = error.to_string();
    assert!(text.contains("the response begins: Hotel Wi-Fi Sign in."), "{text}");
    assert!(!format!("{error:?}").contains("Hotel"), "{error:?}");
    let error = create().await.expect_err("a word");
    assert_eq!(error.excerpt(), Some("blocked: Bearer <token> by policy"));
    let error = create().await.expect_err("an error");
    assert_eq!(error.message(), Some("Forbidden"));
    for _ in 0..5 {
        let error = create().await.expect_err("data");
        assert_eq!((error.kind(), error.excerpt()), (ErrorKind::Gateway, None));
        assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
    }
    let error = call(&client, "file").await.expect_err("a part of a file");
    assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
}

#[tokio::test]
async fn a_part_of_a_file_is_accepted_where_it_was_requested() {
    let (front, server) = front([Reply::status(206).body("tes")]);
    let part = RequestOptions::new().header("Range", "bytes=2-4");
    let file =
        front.attachments().download_from_message(&"msg_1".into(), &"fil_1".into());
    let file = file.with(part).send().await.expect("a part");
    assert_eq!(file.bytes().await.expect("bytes"), "tes");
    assert_eq!(server.only().header("range"), Some("bytes=2-4"));
}

#[tokio::test]
async fn idempotent_calls_are_retried_after_a_gateway_response() {
    let server = Server::start([challenge(202), html(200), Reply::status(204)]);
    let front = retrying(&server).build().expect("a client");
    front.tags().delete(&"tag_1".into()).send().await.expect("deleted");
    assert_eq!(server.requests(), 3);
    server.then([html(200), Reply::json(202, "{}")]);
    let error = call(&front, "sent").await.expect_err("a page");
    assert_eq!((error.attempts(), server.left()), (1, 1));
    server.forget();
    // After a gateway's page, the outcome of the call is unknown.
    server.then([html(200), Reply::status(400)]);
    let error = call(&front, "unit").await.expect_err("400");
    assert_eq!((error.status(), error.outcome()), (Some(400), Outcome::Unknown));
}

#[tokio::test]
async fn a_cut_off_response_is_judged_by_its_head() {
    let plain = |reply: Reply| reply.header("content-type", "text/plain");
    let (client, _server) = front([
        Reply::json(201, r#"{"id":"tag_1"}"#).half(),
        Reply::status(201).body(r#"{"id":"tag_1"}"#).half(),
        html(201).half(),
        plain(Reply::status(201)).body(r#"{"id":"tag_1"}"#).half(),
    ]);
    for (kind, outcome) in [
        (ErrorKind::Connection, Outcome::Done),
        (ErrorKind::Connection, Outcome::Unknown),
        (ErrorKind::Gateway, Outcome::Unknown),
        (ErrorKind::Connection, Outcome::Unknown),
    ] {
        let error = call(&client, "created").await.expect_err("half of it");
        assert_eq!((error.kind(), error.outcome()), (kind, outcome), "{error}");
        let warned = match outcome {
            Outcome::Done => "do not send it again",
            _ => "check before sending it again",
        };
        assert!(error.to_string().contains(warned), "{error}");
    }
    // Where no value is expected, the head or the start of the body may be enough.
    let (client, _server) = front([
        Reply::json(200, "{}").half(),
        Reply::json(200, "  ").half(),
        Reply::status(200).body(r#"{"id":"cnv_1"}"#).half(),
        Reply::status(200).body("  ").half(),
    ]);
    for is_accepted in [true, true, true, false] {
        assert_eq!(call(&client, "unit").await.is_ok(), is_accepted);
    }
}
