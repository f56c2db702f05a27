//! Nobody waits for ever. The clock is set on instead of waited for.

use std::time::Duration;

use front_api::messages::AfterReply;
use front_api::{Client, ErrorKind, RequestOptions, Retries};
use tokio::time::Instant;

use crate::{builder, retrying};
use front_test_server::{Reply, Server};

const SECOND: Duration = Duration::from_secs(1);
/// The client's own limits, unless set.
const TIMEOUT: Duration = Duration::from_secs(30);
const DEADLINE: Duration = Duration::from_secs(5 * 60);

/// A call that reads a value, one that must not be sent twice, one that expects nothing, and one for a file.
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

/// Where an answer may stop coming.
const STOPS: [fn() -> Reply; 5] = [
    Reply::silence,
    Reply::half_a_head,
    || Reply::json(200, r#"{"id":"cnv_1"}"#).stall(),
    || Reply::json(404, r#"{"_error":{"title":"Not found"}}"#).stall(),
    || Reply::status(502).body("<html>Bad gateway</html>").stall(),
];

#[tokio::test]
async fn a_server_that_stops_is_left_in_time() {
    for which in CALLS {
        for stop in STOPS {
            let server = Server::start([stop()]);
            let front = builder(&server).build().expect("a client");
            let begun = Instant::now();
            let (ended, ()) = tokio::join!(
                tokio::time::timeout(10 * DEADLINE, call(&front, which)),
                server.stalls(1)
            );
            let ended = ended.unwrap_or_else(|_| panic!("{which}: it hangs"));
            // The clock stood still but for what the client waited.
            assert!(
                begun.elapsed() < TIMEOUT + 2 * SECOND,
                "{which}: {:?}",
                begun.elapsed()
            );
            tokio::time::resume();
            let Err(error) = ended else {
                // What is there is not read where nothing is expected.
                assert_eq!(which, "nothing");
                continue;
            };
            // A refusal stays one, though its end does not come.
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
async fn what_was_said_of_a_refusal_that_stops_is_kept() {
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
async fn attempts_and_waits_end_with_the_deadline() {
    let server = Server::start((0..50).map(|_| Reply::silence()));
    let many = Retries::new().attempts(100).first(Duration::ZERO);
    let builder = || {
        retrying(&server)
            .connect_timeout(Duration::MAX)
            .timeout(10 * SECOND)
            .retry(many.clone())
    };
    let until = |error: &front_api::Error, begun: Instant, seconds: u32| {
        assert_eq!(error.kind(), ErrorKind::Timeout);
        let took = begun.elapsed();
        let expected = seconds * SECOND;
        // The clock of timers knows whole milliseconds only.
        assert!(took >= expected && took < expected + SECOND / 10, "{took:?}");
        let why = "the wait before the retry would exceed the deadline";
        assert!(error.to_string().contains(why), "{error}");
    };
    // Three attempts of ten seconds, and one of five.
    let front = builder().deadline(35 * SECOND).build().expect("a client");
    let begun = Instant::now();
    let error = front.me().get().send().await.expect_err("too late");
    until(&error, begun, 35);
    assert_eq!(error.attempts(), 4);
    // A request's own stands above the client's, be it longer or shorter.
    for seconds in [45, 5] {
        let begun = Instant::now();
        let options = RequestOptions::new().deadline(seconds * SECOND);
        let error = front.me().get().with(options).send().await.expect_err("too late");
        until(&error, begun, seconds);
        assert_eq!(error.attempts(), seconds.div_ceil(10));
    }
    // Unless set, it is five minutes: ten attempts of thirty seconds.
    let front = builder().timeout(TIMEOUT).build().expect("a client");
    let begun = Instant::now();
    let error = front.me().get().send().await.expect_err("too late");
    until(&error, begun, 300);
    assert_eq!(error.attempts(), 10);
    // Of a download it watches the beginning.
    let front = builder().idle_timeout(10 * SECOND).deadline(35 * SECOND);
    let front = front.build().expect("a client");
    let begun = Instant::now();
    let error = call(&front, "file").await.expect_err("too late");
    until(&error, begun, 35);
    assert_eq!(error.attempts(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_hung_server_costs_the_usual_client_a_few_minutes_at_most() {
    let server = Server::start((0..20).map(|_| Reply::silence()));
    let front = retrying(&server).retry(Retries::new()).build().expect("a client");
    for which in CALLS {
        let begun = Instant::now();
        let error = call(&front, which).await.expect_err("too late");
        assert_eq!(error.attempts(), if which == "message" { 1 } else { 4 });
        assert!(begun.elapsed() <= DEADLINE, "{which}: {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn a_longer_deadline_may_be_given_to_one_call() {
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
