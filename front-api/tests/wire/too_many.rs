//! Responses with status 429.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use front_api::messages::AfterReply;
use front_api::{
    AttemptReport, ErrorKind, Failure, Observer, Repeat, RequestOptions, Retries,
    RetryPolicy,
};
use tokio::time::Instant;

use crate::{front, retrying, within_timeout};
use front_test_server::{Reply, Server};

const DONE: &str = r#"{"id":"tag_1"}"#;
const YEAR_9999: &str = "Fri, 31 Dec 9999 23:59:59 GMT";
const LONG_AGO: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

fn too_many() -> Reply {
    Reply::json(429, r#"{"_error":{"status":429,"title":"Too many requests"}}"#)
}

/// Returns a 429 with the sentence that Front uses.
fn sentence(millis: u32) -> Reply {
    let message = format!(
        "Rate limit exceeded for tier-2 route. Please retry in {millis} milliseconds."
    );
    Reply::json(429, &format!(r#"{{"_error":{{"message":"{message}"}}}}"#))
}

#[tokio::test]
async fn every_call_is_retried() {
    for refusal in [
        too_many,
        || too_many().header("retry-after", "0"),
        || too_many().header("retry-after", "0.0"),
        || too_many().header("retry-after", LONG_AGO),
        || too_many().header("retry-after", "soon"),
        || too_many().header("x-front-tier", "2"),
        || sentence(0),
        || Reply::status(429).body("<html>slow down</html>"),
        || Reply::json(429, "{}").half(),
    ] {
        // A call that is not idempotent is retried as well: Front has not processed it.
        let server = Server::start([refusal(), Reply::json(202, DONE)]);
        let front = retrying(&server).build().expect("a client");
        let reply =
            front.messages().reply(&"cnv_1".into(), "Hello", AfterReply::Archive);
        let (_, meta) = reply.send().with_meta().await.expect("accepted");
        assert_eq!((meta.attempts(), meta.status()), (2, 202));
        let bodies: Vec<_> = server.seen().iter().map(|seen| seen.json()).collect();
        assert_eq!((bodies.len(), &bodies[0]), (2, &bodies[1]));

        server.then([refusal(), Reply::json(200, DONE)]);
        let never = RequestOptions::new().repeat(Repeat::Never);
        front.me().get().with(never).send().await.expect("an identity");
    }
}

#[tokio::test]
async fn many_429s_in_a_row_are_retried() {
    let server = Server::start([]);
    let front = retrying(&server).build().expect("a client");
    for retry_after in [Some("0"), None] {
        server.then((0..10).map(|_| match retry_after {
            Some(wait) => too_many().header("retry-after", wait),
            None => too_many(),
        }));
        server.then([Reply::json(201, DONE)]);
        let call = front.tags().create_company("Refunds").send().with_meta();
        assert_eq!(call.await.expect("a tag").1.attempts(), 11);
        assert_eq!(server.left(), 0);
    }
}

#[tokio::test]
async fn without_retries_a_429_is_an_error() {
    let (front, server) =
        front([too_many().header("retry-after", "0"), Reply::json(201, DONE)]);
    let error = front.tags().create_company("x").send().await.expect_err("429");
    assert!(error.is_rate_limited() && error.is_limited());
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Status, 1));
    assert_eq!(error.retry_after(), Some(Duration::ZERO));
    assert!(!error.to_string().contains("sent"), "{error}");
    assert_eq!((server.requests(), server.left()), (1, 1));
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_fails_at_once() {
    let minute = || RequestOptions::new().deadline(Duration::from_secs(59));
    for (refusal, seconds) in [
        (too_many().header("retry-after", "60"), 60),
        // A wait of more than a minute, the length of a window, is shortened to it.
        (sentence(61_000), 60),
        (too_many().header("retry-after", "31536000"), 60),
        (too_many().header("retry-after", "inf"), 60),
        (too_many().header("retry-after", YEAR_9999), 60),
        (Reply::status(503).header("retry-after", "3600"), 3600),
    ] {
        let server = Server::start([refusal, Reply::json(200, DONE)]);
        let front = retrying(&server).build().expect("a client");
        let call = front.me().get().with(minute()).send();
        let error = within_timeout(call).await.expect_err("a refusal");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(seconds)));
        assert_eq!((error.attempts(), server.requests(), server.left()), (1, 1, 1));
        let text = error.to_string();
        let why = format!(
            "retry after {seconds} s; \
             attempts: 1, not retried: the wait before the retry would exceed the deadline"
        );
        assert!(text.contains(&why), "{text}");
    }
    // After another retry, and for a call that is not idempotent.
    let script = [
        too_many().header("retry-after", "0"),
        too_many().header("retry-after", "86400"),
        Reply::json(200, DONE),
    ];
    let server = Server::start(script);
    let front = retrying(&server).build().expect("a client");
    let call = front.tags().create_company("x").with(minute()).send();
    let error = within_timeout(call).await.expect_err("429");
    assert_eq!((error.attempts(), server.left()), (2, 1));
    assert!(
        error.to_string().contains("attempts: 2, not retried: the wait before"),
        "{error}"
    );
    assert!(
        error.meta().is_some_and(|meta| meta.header("retry-after") == Some("86400"))
    );
}

/// A policy that pauses the clock at its first decision, and measures the wait.
#[derive(Clone, Debug)]
struct Paused {
    policy: Retries,
    decided_at: Arc<Mutex<Option<Instant>>>,
    /// From the policy's decision to the start of the next attempt.
    waited: Arc<Mutex<Option<Duration>>>,
}

impl RetryPolicy for Paused {
    fn wait(&self, failure: &Failure<'_>) -> Option<Duration> {
        let mut decided_at = self.decided_at.lock().expect("not poisoned");
        if decided_at.is_some() {
            return None;
        }
        tokio::time::pause();
        *decided_at = Some(Instant::now());
        self.policy.wait(failure)
    }
}

impl Observer for Paused {
    fn attempted(&self, attempt: &AttemptReport<'_>) {
        let decided_at = self.decided_at.lock().expect("not poisoned");
        *self.waited.lock().expect("not poisoned") =
            decided_at.map(|decided_at| Instant::now() - attempt.took - decided_at);
    }
}

#[tokio::test]
async fn waits_for_the_requested_time() {
    let retries = || Retries::new().first(Duration::ZERO);
    for (refusal, policy, millis) in [
        (too_many().header("retry-after", "20"), retries(), 20_000),
        (too_many().header("retry-after", "1.5"), retries(), 1500),
        (
            too_many()
                .header("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT")
                .header("date", LONG_AGO),
            retries(),
            30_000,
        ),
        (sentence(341), retries(), 341),
        (sentence(341).header("retry-after", "2"), retries(), 2000),
        // Without `retry-after`, the policy decides.
        (too_many(), retries(), 0),
        // A shorter wait and the longest wait of the policy do not shorten a requested wait.
        (
            too_many().header("retry-after", "20"),
            retries().longest(Duration::ZERO),
            20_000,
        ),
        // A wait of more than a window (a minute) is shortened. After it, the call is retried.
        (too_many().header("retry-after", "31536000"), retries(), 60_000),
        (too_many().header("retry-after", "inf"), retries(), 60_000),
        (too_many().header("retry-after", YEAR_9999), retries(), 60_000),
        (sentence(u32::MAX), retries(), 60_000),
        // Other statuses may request a wait as well.
        (Reply::status(503).header("retry-after", "7"), retries(), 7000),
    ] {
        let server = Server::start([refusal]);
        let paused =
            Paused { policy, decided_at: Arc::default(), waited: Arc::default() };
        let front = retrying(&server)
            .retry(paused.clone())
            .observer(paused.clone())
            .build()
            .expect("a client");
        // The end of the second attempt depends on the clock. Only its start matters.
        let once = RequestOptions::new().timeout(Duration::from_secs(50));
        drop(front.me().get().with(once.deadline(Duration::from_secs(90))).send().await);
        tokio::time::resume();
        let waited = paused.waited.lock().expect("not poisoned");
        let waited = waited.expect("a second attempt");
        let requested = Duration::from_millis(millis);
        // Timers have a resolution of a millisecond.
        assert!(
            waited >= requested && waited <= requested + Duration::from_millis(2),
            "{waited:?} for {requested:?}"
        );
    }
}
