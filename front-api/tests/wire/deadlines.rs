//! Timeouts and deadlines of calls, in virtual time.

use std::time::Duration;

use front_api::messages::AfterReply;
use front_api::{Client, ErrorKind, RequestOptions, Retries};
use tokio::time::Instant;

use crate::{builder, retrying};
use front_test_server::{Reply, Server};

const SECOND: Duration = Duration::from_secs(1);
/// The client's defaults.
const TIMEOUT: Duration = Duration::from_secs(30);
const DEADLINE: Duration = Duration::from_secs(5 * 60);

/// Makes a call that reads a value, that must not be sent twice, that expects no value, or that downloads a file.
async fn call(front: &Client, which: &str) -> Result<(), front_api::Error> {
    match which {
        "value" => front.me().get().send().await.map(drop),
        "message" => {
            let reply =
                front.messages().reply(&"cnv_1".into(), "Hello", AfterReply::Archive);
            reply.send().await.map(drop)
        }
        "nothing" => {
            let update = front.conversations().update(&"cnv_1".into());
            update.clear_assignee().send().await
        }
        _ => {
            let file = front
                .attachments()
                .download_from_message(&"msg_1".into(), &"fil_1".into());
            file.send().await?.bytes().await.map(drop)
        }
    }
}

const CALLS: [&str; 4] = ["value", "message", "nothing", "file"];

/// Responses that stall at different places.
const STALLED_RESPONSES: [fn() -> Reply; 5] = [
    Reply::silence,
    Reply::half_a_head,
    || Reply::json(200, r#"{"id":"cnv_1"}"#).stall(),
    || Reply::json(404, r#"{"_error":{"title":"Not found"}}"#).stall(),
    || Reply::status(502).body("<html>Bad gateway</html>").stall(),
];

#[tokio::test]
async fn a_stalled_response_times_out() {
    for which in CALLS {
        for stalled_response in STALLED_RESPONSES {
            let server = Server::start([stalled_response()]);
            let front = builder(&server).build().expect("a client");
            let started = Instant::now();
            let (ended, ()) = tokio::join!(
                tokio::time::timeout(10 * DEADLINE, call(&front, which)),
                server.stalls(1)
            );
            let ended = ended.unwrap_or_else(|_| panic!("{which}: no timeout"));
            // Only the waits of the client advance the clock.
            assert!(
                started.elapsed() < TIMEOUT + 2 * SECOND,
                "{which}: {:?}",
                started.elapsed()
            );
            tokio::time::resume();
            let Err(error) = ended else {
                // A call that expects no value does not read the body.
                assert_eq!(which, "nothing");
                continue;
            };
            // An error status is reported even if the body never ends.
            match error.status() {
                Some(404 | 502) => {
                    assert_eq!(error.kind(), ErrorKind::Status, "{which}")
                }
                _ => assert_eq!(error.kind(), ErrorKind::Timeout, "{which}"),
            }
            assert_eq!(error.attempts(), 1);
        }
    }
}

#[tokio::test]
async fn the_received_part_of_a_stalled_error_body_is_kept() {
    for which in CALLS {
        let body = "<html>Bad gateway</html>".repeat(2);
        let server = Server::start([Reply::status(400).body(body).stall()]);
        let front = builder(&server).build().expect("a client");
        let (ended, ()) = tokio::join!(call(&front, which), server.stalls(1));
        let error = ended.expect_err("400");
        assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(400)));
        assert_eq!(error.excerpt(), Some("Bad gateway"), "{which}");
        tokio::time::resume();
    }
}

#[tokio::test(start_paused = true)]
async fn attempts_and_waits_end_at_the_deadline() {
    let server = Server::start((0..50).map(|_| Reply::silence()));
    let many = Retries::new().attempts(100).first(Duration::ZERO);
    let builder = || {
        retrying(&server)
            .connect_timeout(Duration::MAX)
            .timeout(10 * SECOND)
            .retry(many.clone())
    };
    let until = |error: &front_api::Error, started: Instant, seconds: u32| {
        assert_eq!(error.kind(), ErrorKind::Timeout);
        let took = started.elapsed();
        let expected = seconds * SECOND;
        // Timers have a resolution of a millisecond.
        assert!(took >= expected && took < expected + SECOND / 10, "{took:?}");
        let why = "the wait before the retry would exceed the deadline";
        assert!(error.to_string().contains(why), "{error}");
    };
    // Three attempts of ten seconds, and one of five.
    let front = builder().deadline(35 * SECOND).build().expect("a client");
    let started = Instant::now();
    let error = front.me().get().send().await.expect_err("too late");
    until(&error, started, 35);
    assert_eq!(error.attempts(), 4);
    // The deadline of a request replaces the client's, whether it is longer or shorter.
    for seconds in [45, 5] {
        let started = Instant::now();
        let options = RequestOptions::new().deadline(seconds * SECOND);
        let error = front.me().get().with(options).send().await.expect_err("too late");
        until(&error, started, seconds);
        assert_eq!(error.attempts(), seconds.div_ceil(10));
    }
    // The default is five minutes: ten attempts of thirty seconds.
    let front = builder().timeout(TIMEOUT).build().expect("a client");
    let started = Instant::now();
    let error = front.me().get().send().await.expect_err("too late");
    until(&error, started, 300);
    assert_eq!(error.attempts(), 10);
    // It limits a download until the response head has arrived.
    let front = builder().idle_timeout(10 * SECOND).deadline(35 * SECOND);
    let front = front.build().expect("a client");
    let started = Instant::now();
    let error = call(&front, "file").await.expect_err("too late");
    until(&error, started, 35);
    assert_eq!(error.attempts(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_hung_server_delays_a_call_by_the_default_deadline_at_most() {
    let server = Server::start((0..20).map(|_| Reply::silence()));
    let front = retrying(&server).retry(Retries::new()).build().expect("a client");
    for which in CALLS {
        let started = Instant::now();
        let error = call(&front, which).await.expect_err("too late");
        assert_eq!(error.attempts(), if which == "message" { 1 } else { 4 });
        assert!(started.elapsed() <= DEADLINE, "{which}: {:?}", started.elapsed());
    }
}

#[tokio::test]
async fn one_call_may_have_a_longer_deadline() {
    let server = Server::start([]);
    let front = retrying(&server).deadline(Duration::ZERO).build().expect("a client");
    let error = front.me().get().send().await.expect_err("no time");
    assert!(error.is_timeout() && error.is_unsent());
    assert_eq!(
        error.to_string(),
        "me.get: GET /me: timeout: the deadline passed before the request was sent"
    );
    assert_eq!((error.attempts(), server.requests()), (0, 0));
    server.then((0..3).map(|_| Reply::json(200, r#"{"id":"cmp_1"}"#)));
    for long in [DEADLINE, Duration::MAX] {
        let options = RequestOptions::new().deadline(long);
        front.me().get().with(options).send().await.expect("an identity");
    }
}

#[tokio::test]
async fn a_download_may_take_longer_than_its_deadline() {
    let server = Server::start([Reply::status(200).body("half of it").stall()]);
    let front = builder(&server).deadline(5 * SECOND).build().expect("a client");
    let file =
        front.attachments().download_from_message(&"msg_1".into(), &"fil_1".into());
    let mut file = file.send().await.expect("a head");
    tokio::time::pause();
    tokio::time::advance(2 * DEADLINE).await;
    tokio::time::resume();
    assert_eq!(file.chunk().await.expect("a piece").expect("bytes"), "half ");
}
