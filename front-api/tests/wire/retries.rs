//! Which calls are retried after a failure.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use front_api::messages::AfterReply;
use front_api::{
    Client, ErrorKind, Failure, Repeat, RequestOptions, Retries, RetryPolicy, Upload,
};

use crate::{TOKEN, front, retrying};
use front_test_server::{Reply, Server};

/// A valid body for a tag, an identity and an accepted message.
const DONE: &str = r#"{"id":"tag_1"}"#;

/// The name of a failure, and the response that causes it.
type NamedFailure = (&'static str, fn() -> Reply);

/// Failures after which it is unknown whether Front has processed the request.
const FAILURES: [NamedFailure; 15] = [
    ("dropped before it was read", Reply::unread),
    ("dropped once it was read", Reply::lost),
    ("no HTTP", || Reply::raw("220 mail.test ready\r\n\r\n")),
    ("half a head", || Reply::raw("HTTP/1.1 201 Created\r\ncontent-le")),
    ("half a response", || Reply::json(201, DONE).half()),
    ("408", || Reply::status(408)),
    ("500", || Reply::json(500, r#"{"_error":{"title":"Internal error"}}"#)),
    ("502", || Reply::status(502).body("<html>")),
    ("503", || Reply::status(503).header("retry-after", "0")),
    ("504", || Reply::status(504)),
    ("522", || Reply::status(522)),
    ("a page", || Reply::status(200).header("content-type", "text/html").body("<html>")),
    ("a challenge", || Reply::status(202).header("x-amzn-waf-action", "challenge")),
    ("an error", || Reply::json(200, r#"{"message":"Forbidden"}"#)),
    ("a part", || Reply::json(206, DONE)),
];

fn done() -> Reply {
    Reply::json(200, DONE)
}

fn client(server: &Server) -> Client {
    retrying(server).build().expect("a client")
}

#[tokio::test]
async fn a_call_that_is_not_idempotent_is_sent_once() {
    let server = Server::start([]);
    let front = client(&server);
    for (what, failure_reply) in FAILURES {
        for call in ["tags.create_company", "messages.reply"] {
            // A second attempt would succeed.
            server.then([failure_reply(), done()]);
            let before = server.requests();
            let error = match call {
                "messages.reply" => {
                    let reply = front.messages().reply(
                        &"cnv_1".into(),
                        "Hello",
                        AfterReply::Archive,
                    );
                    reply.send().await.map(drop)
                }
                _ => front.tags().create_company("Refunds").send().await.map(drop),
            };
            let error = error.expect_err(what);
            assert_eq!(error.operation().expect("an operation").name, call);
            assert_eq!(error.attempts(), 1, "{what}");
            assert_eq!(server.requests() - before, 1, "{call}: {what}");
            assert!(!error.is_unsent(), "{what}");
            let text = error.to_string();
            let warned = ["check before sending it again", "do not send it again"];
            let warned = warned.iter().any(|warning| text.contains(warning));
            assert!(warned || what == "408", "{text}");
            // The client still works.
            front.me().get().send().await.expect(what);
            assert_eq!(server.left(), 0, "{what}");
        }
    }
}

#[tokio::test]
async fn a_timeout_of_a_call_that_is_not_idempotent_is_not_retried() {
    let server = Server::start([Reply::silence(), done()]);
    let front = client(&server);
    let call = front.tags().create_company("Refunds");
    let call = call.with(RequestOptions::new().timeout(Duration::from_secs(10)));
    let (sent, ()) = tokio::join!(call.send(), server.stalls(1));
    let error = sent.expect_err("too late");
    assert!(error.is_timeout() && !error.is_unsent());
    assert_eq!((error.attempts(), server.requests(), server.left()), (1, 1, 1));
}

#[tokio::test]
async fn a_caller_may_declare_whether_a_call_is_idempotent() {
    for (what, failure_reply) in FAILURES {
        let server = Server::start([failure_reply(), done()]);
        let again = RequestOptions::new().repeat(Repeat::Safe);
        let call = client(&server).tags().create_company("Refunds").with(again);
        let (_, meta) = call.send().with_meta().await.expect(what);
        assert_eq!((meta.attempts(), server.requests()), (2, 2), "{what}");
        let bodies = server.seen().into_iter().map(|seen| seen.body);
        assert!(bodies.into_iter().all(|body| body == br#"{"name":"Refunds"}"#));

        // An idempotent call can be marked as not repeatable as well.
        let server = Server::start([failure_reply(), done()]);
        let once = RequestOptions::new().repeat(Repeat::Never);
        let call = client(&server).me().get().with(once);
        assert_eq!(call.send().await.expect_err(what).attempts(), 1);
        assert_eq!(server.requests(), 1, "{what}");
    }
}

#[tokio::test]
async fn an_idempotent_call_is_retried_as_often_as_the_policy_allows() {
    for (what, failure_reply) in FAILURES {
        let server =
            Server::start([failure_reply(), failure_reply(), failure_reply(), done()]);
        let (_, meta) = client(&server).me().get().send().with_meta().await.expect(what);
        assert_eq!((meta.attempts(), meta.status()), (4, 200), "{what}");
        assert_eq!((server.requests(), server.left()), (4, 0), "{what}");

        let server = Server::start([
            failure_reply(),
            failure_reply(),
            failure_reply(),
            failure_reply(),
            done(),
        ]);
        let error = client(&server).me().get().send().await.expect_err(what);
        assert_eq!(error.attempts(), 4, "{what}");
        assert!(error.to_string().contains("attempts: 4"), "{error}");
        assert_eq!((server.requests(), server.left()), (4, 1), "{what}");

        // The policy of a request replaces the client's.
        let server = Server::start([failure_reply(), done()]);
        let once = RequestOptions::new().retry(Retries::none());
        let error = client(&server).me().get().with(once).send().await.expect_err(what);
        assert_eq!((error.attempts(), server.requests()), (1, 1), "{what}");
    }
    for one in [Retries::none(), Retries::new().attempts(1), Retries::new().attempts(0)]
    {
        let server = Server::start([Reply::status(503), done()]);
        let front = retrying(&server).retry(one).build().expect("a client");
        assert_eq!(front.me().get().send().await.expect_err("503").attempts(), 1);
        assert_eq!(server.requests(), 1);
    }
}

#[tokio::test]
async fn a_retry_sends_the_same_request() {
    let failure_reply = || [Reply::lost(), Reply::status(503), Reply::unread()];
    let server = Server::start(failure_reply());
    let front = client(&server);
    let id = "cnv_1".into();
    server.then([Reply::status(204)]);
    let options = || RequestOptions::new().header("x-trace", "7").query("a", "b");
    let untag = front.conversations().remove_tags(&id, &["tag_1".into()]);
    untag.with(options()).send().await.expect("removed");
    server.then(failure_reply());
    server.then([Reply::status(204)]);
    let update = front.conversations().update(&id).clear_assignee();
    update.with(options()).send().await.expect("updated");
    // An upload is repeated as well.
    server.then(failure_reply());
    server.then([Reply::json(202, "{}")]);
    let reply = front.messages().reply(&id, "Hello", AfterReply::Archive);
    let reply = reply.attachments([Upload::new("a.txt", "bytes of a file")]);
    reply.with(options().repeat(Repeat::Safe)).send().await.expect("accepted");
    let seen = server.seen();
    assert_eq!(seen.len(), 9);
    for (same, expected) in
        seen.chunks(3).zip(["tag_1", "assignee_id", "bytes of a file"])
    {
        for again in same {
            assert_eq!(again.line(), same[0].line());
            assert_eq!(again.body.len(), same[0].body.len());
            assert!(String::from_utf8_lossy(&again.body).contains(expected));
            assert_eq!(again.header("x-trace"), Some("7"));
            assert!(again.header("authorization").is_some());
        }
    }
}

#[tokio::test]
async fn permanent_errors_are_not_retried() {
    let server = Server::start([]);
    let front = client(&server);
    for status in [400, 401, 402, 403, 404, 405, 409, 410, 413, 418, 422, 501, 505, 511]
    {
        server.then([Reply::json(status, "{}").header("retry-after", "0"), done()]);
        let before = server.requests();
        let error = front.conversations().get(&"cnv_1".into()).send().await;
        let error = error.expect_err("a refusal");
        assert_eq!((error.status(), error.attempts()), (Some(status), 1));
        assert_eq!(server.requests() - before, 1, "{status}");
        front.me().get().send().await.expect("an identity");
    }
    // A response that cannot be decoded is not retried.
    server.then([Reply::json(200, "{}"), done()]);
    let error = front.me().get().send().await.expect_err("another form");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Decode, 1));
    assert_eq!(server.left(), 1);
}

/// A policy that always retries, and records the failures.
#[derive(Clone, Debug, Default)]
struct AlwaysRetry(Arc<Mutex<Vec<RecordedFailure>>>);

/// The number of attempts, and the status.
type RecordedFailure = (u32, Option<u16>);

impl AlwaysRetry {
    fn recorded(&self) -> Vec<RecordedFailure> {
        std::mem::take(&mut *self.0.lock().expect("not poisoned"))
    }
}

impl RetryPolicy for AlwaysRetry {
    fn wait(&self, failure: &Failure<'_>) -> Option<Duration> {
        assert!((0.0..=1.0).contains(&failure.random));
        let error = failure.error;
        assert_eq!(error.operation().map(|of| of.name), Some(failure.operation.name));
        assert_eq!(error.attempts(), failure.attempts);
        // A policy decides only about calls that are safe to repeat or had no effect.
        assert!(!error.to_string().contains("look before"), "{error}");
        let mut recorded = self.0.lock().expect("not poisoned");
        recorded.push((failure.attempts, failure.error.status()));
        Some(Duration::ZERO)
    }
}

#[tokio::test]
async fn no_policy_sends_a_message_twice() {
    let server = Server::start([]);
    let always = AlwaysRetry::default();
    let front = retrying(&server).retry(always.clone()).build().expect("a client");
    for (what, failure_reply) in FAILURES {
        server.then([failure_reply(), done()]);
        let reply =
            front.messages().reply(&"cnv_1".into(), "Hello", AfterReply::Archive);
        reply.send().await.map(drop).expect_err(what);
        assert_eq!(always.recorded(), []);
        front.me().get().send().await.expect(what);
    }
    server.then([
        Reply::lost(),
        Reply::status(503),
        Reply::json(429, "{}"),
        Reply::status(501),
    ]);
    front.me().get().send().await.expect_err("501");
    assert_eq!(always.recorded(), [(1, None), (2, Some(503)), (3, Some(429))]);
}

#[tokio::test]
async fn a_failed_connect_is_retried() {
    let port = TcpListener::bind("127.0.0.1:0").and_then(|port| port.local_addr());
    let client_without_server = Client::builder()
        .api_token(TOKEN)
        .base_url(format!("http://{}", port.expect("a port")))
        .retry(Retries::new().first(Duration::ZERO))
        .build()
        .expect("a client");
    let error = client_without_server
        .tags()
        .create_company("x")
        .send()
        .await
        .expect_err("no server");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 4));
    assert!(error.is_unsent());
    let text = error.to_string();
    assert!(text.contains("attempts: 4") && text.contains("Nothing was sent"), "{text}");
}

#[tokio::test]
async fn the_outcome_includes_what_an_earlier_attempt_may_have_done() {
    let refused: &[u8] =
        b"HTTP/1.1 503 Scripted\r\nconnection: close\r\ncontent-length: 0\r\n\r\n";
    // A server error, and no response until the timeout of the attempt.
    for response in [refused, b""] {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        thread::spawn(move || {
            let (mut connection, _) = listener.accept().expect("a connection");
            assert!(connection.read(&mut [0; 4096]).expect("a request") > 0);
            // From now on, connections are refused.
            drop(listener);
            connection.write_all(response).expect("a client");
            // Until the client closes its side.
            connection.read_to_end(&mut Vec::new()).map(drop)
        });
        let front = Client::builder()
            .api_token(TOKEN)
            .base_url(format!("http://{address}"))
            .retry(Retries::new().first(Duration::ZERO))
            .timeout(Duration::from_millis(200))
            .build()
            .expect("a client");
        let call = front.tags().create_company("x");
        let call = call.with(RequestOptions::new().repeat(Repeat::Safe));
        let error = call.send().await.expect_err("no server");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 4));
        assert!(!error.is_unsent(), "{error}");
        assert!(!error.to_string().contains("Nothing was sent"), "{error}");
    }
}

#[tokio::test]
async fn a_call_is_not_repeated_after_a_lost_reused_connection() {
    // The connection is reused: HTTP clients tend to retry on reused connections.
    for failure_reply in [Reply::lost(), Reply::unread()] {
        let (other, server) = front([done(), failure_reply, done()]);
        other.me().get().send().await.expect("an identity");
        let error = other.tags().create_company("x").send().await.expect_err("lost");
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1));
        assert_eq!((server.requests(), server.connections()), (2, 1));
    }
}

#[tokio::test]
async fn a_closed_idle_connection_is_not_reused() {
    let (first, server) = front([done().close(), done(), done(), done()]);
    let second = client(&server);
    first.me().get().send().await.expect("an identity");
    // When this response arrives, the client has seen the end of the first connection.
    second.me().get().send().await.expect("an identity");
    first.tags().create_company("x").send().await.expect("on another connection");
    assert_eq!(server.lines(), ["GET /me", "GET /me", "POST /company/tags"]);
    assert_eq!(server.connections(), 3);
}

#[tokio::test]
async fn a_client_whose_calls_all_fail_stops_retrying() {
    let server = Server::start([]);
    let twice = Retries::new().attempts(2).first(Duration::ZERO);
    let front = retrying(&server).retry(twice).build().expect("a client");
    let fails = async |front: &Client, attempts| {
        server.then((0..attempts).map(|_| Reply::status(503)));
        let error = front.me().get().send().await.expect_err("503");
        assert_eq!((error.attempts(), server.left()), (attempts, 0));
        error.to_string()
    };
    for _ in 0..20 {
        assert!(fails(&front, 2).await.contains("attempts: 2"));
    }
    for _ in 0..3 {
        let why = "attempts: 1, not retried: the retry budget is exhausted";
        let text = fails(&front.clone(), 1).await;
        assert!(text.contains(why), "{text}");
    }
    // A 429 shows that Front works.
    server.then([Reply::json(429, "{}"), done()]);
    front.me().get().send().await.expect("an identity");
    // That was one successful call. Five successful calls allow one retry.
    for _ in 0..4 {
        fails(&front, 1).await;
        server.then([done()]);
        front.me().get().send().await.expect("an identity");
    }
    fails(&front, 2).await;
    fails(&front, 1).await;
    // Another client has its own retry budget.
    fails(&retrying(&server).build().expect("a client"), 4).await;
}
