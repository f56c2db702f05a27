//! Rate limits over HTTP: calls stay within the limits that responses report.

use std::time::Duration;

use front_api::conversations::ConversationId;
use front_api::messages::AfterReply;
use front_api::{
    Client, Error, ErrorKind, RateLimiter, RequestOptions, Retries, SharedBudget,
};
use tokio::time::Instant;

use crate::limited;
use front_test_server::{Reply, Server};

fn client(server: &Server) -> Client {
    limited(server).build().expect("a client")
}

/// Returns a response that reports the remaining calls of a window that does not end during the test.
fn left(remaining: u32, burst: u32) -> Reply {
    reporting(Reply::json(200, r#"{"id":"cmp_1"}"#), remaining, burst)
}

fn reporting(reply: Reply, remaining: u32, burst: u32) -> Reply {
    let now = std::time::SystemTime::now();
    let reset =
        now.duration_since(std::time::UNIX_EPOCH).expect("after 1970").as_secs() + 50;
    reply
        .header("date", &httpdate::fmt_http_date(now))
        .header("x-ratelimit-limit", "100")
        .header("x-ratelimit-remaining", &remaining.to_string())
        .header("x-ratelimit-reset", &reset.to_string())
        .header("x-ratelimit-burst-limit", "50")
        .header("x-ratelimit-burst-remaining", &burst.to_string())
}

fn at_once() -> RequestOptions {
    RequestOptions::new().no_wait()
}

#[tokio::test]
async fn sends_no_more_calls_than_front_reports_as_left() {
    let server = Server::start([left(2, 0), left(1, 0), left(0, 0)]);
    let front = client(&server);
    for _ in 0..3 {
        front.me().get().with(at_once()).send().await.expect("there is budget");
    }
    let error = front.me().get().with(at_once()).send().await.expect_err("none is left");
    assert_eq!((error.kind(), error.limit()), (ErrorKind::RateLimited, Some("company")));
    assert!(error.is_limited() && error.is_unsent() && !error.is_rate_limited());
    assert_eq!((error.attempts(), error.status()), (0, None));
    // The burst allowance allows a call in 12 s, the window in 50 s.
    let wait = error.retry_after().expect("a wait");
    assert!((1..52).contains(&wait.as_secs()), "{wait:?}");
    let text = error.to_string();
    assert!(text.starts_with("me.get: GET /me: rate limit `company` reached: the call would have to wait; the expected wait is about "), "{text}");
    assert_eq!(server.seen().len(), 3);
    assert_eq!(front.rate_limiter().rates().remaining, Some(0));
    assert_eq!(front.rate_limiter().waiting(), 0);
}

#[tokio::test]
async fn a_wait_beyond_the_deadline_fails_at_once() {
    let server = Server::start([left(0, 0)]);
    let front = client(&server);
    front.me().get().send().await.expect("an identity");
    let soon = RequestOptions::new().deadline(Duration::from_millis(500));
    let started = Instant::now();
    tokio::time::pause();
    let error = front.me().get().with(soon).send().await.expect_err("too late");
    assert_eq!(started.elapsed().as_millis() / 1000, 0, "it does not wait");
    assert_eq!(error.kind(), ErrorKind::RateLimited);
    assert!(error.to_string().contains("beyond its deadline"), "{error}");
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn clients_of_a_company_share_a_limiter() {
    let server = Server::start([left(0, 0)]);
    let front = client(&server);
    let other = limited(&server)
        .rate_limiter(front.rate_limiter().clone())
        .build()
        .expect("a client");
    front_api::grant! { struct Nothing; }
    let restricted: Client<Nothing> = front.restrict();
    front.me().get().send().await.expect("an identity");
    for error in [
        other.me().get().with(at_once()).send().await.expect_err("none is left"),
        restricted.me().get().with(at_once()).send().await.expect_err("none is left"),
    ] {
        assert_eq!(error.limit(), Some("company"));
    }
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn one_call_is_sent_before_many() {
    let server = Server::start([left(0, 2), left(0, 1), left(0, 0)]);
    let front = client(&server);
    let calls: Vec<_> = (0..10)
        .map(|_| {
            tokio::spawn(
                front
                    .me()
                    .get()
                    .with(RequestOptions::new().deadline(Duration::from_secs(5)))
                    .send(),
            )
        })
        .collect();
    let mut sent = 0;
    for call in calls {
        match call.await.expect("no panic") {
            Ok(_) => sent += 1,
            Err(error) => assert_eq!(error.kind(), ErrorKind::RateLimited),
        }
    }
    assert_eq!((sent, server.seen().len()), (3, 3));
}

#[tokio::test]
async fn a_limit_of_one_resource_delays_no_other() {
    let accepted = || Reply::json(202, r#"{"status":"accepted","message_uid":"u"}"#);
    let server = Server::start((0..6).map(|_| accepted()));
    let front = client(&server);
    let reply = async |id: &str| -> Result<(), Error> {
        let id = ConversationId::from(id);
        front
            .messages()
            .reply(&id, "x", AfterReply::KeepOpen)
            .with(at_once())
            .send()
            .await
            .map(drop)
    };
    let started = Instant::now();
    for _ in 0..5 {
        reply("cnv_1").await.expect("five a second");
    }
    let sixth = reply("cnv_1").await;
    // On a machine that needs a second for five calls, the sixth is not limited.
    if started.elapsed() < Duration::from_secs(1) {
        let error = sixth.expect_err("the sixth");
        assert_eq!(error.limit(), Some("messages_per_conversation"));
        assert!(
            error.retry_after().is_some_and(|wait| wait <= Duration::from_millis(1001))
        );
        assert_eq!(server.seen().len(), 5);
    }
    reply("cnv_2").await.expect("another conversation");
}

#[tokio::test]
async fn a_refusal_names_the_limit() {
    let refused = |tier: Option<&str>| {
        let reply = reporting(Reply::status(429), 50, 50).header("retry-after", "0.05");
        tier.into_iter().fold(reply, |reply, tier| reply.header("x-front-tier", tier))
    };
    let server = Server::start([refused(Some("tier-2")), left(49, 50)]);
    let front = client(&server);
    let (_, meta) = front.me().get().send().with_meta().await.expect("the second time");
    assert_eq!((meta.attempts(), meta.rate_limits().remaining), (2, Some(49)));
    // A refusal by the limit of one operation does not delay other operations.
    let server = Server::start([refused(Some("tier-2")), left(49, 50)]);
    let front =
        limited(&server).retry(front_api::Retries::none()).build().expect("a client");
    let error = front.me().get().send().await.expect_err("429");
    let meta = error.meta().expect("a response");
    assert_eq!((meta.tier(), meta.status()), (Some("tier-2"), 429));
    let error = front.me().get().with(at_once()).send().await;
    if let Err(error) = error {
        assert_eq!(error.limit(), Some("me.get"));
    }
    let tags = front.tags().list().with(at_once()).send().await;
    assert!(tags.is_err_and(|error| error.kind() != ErrorKind::RateLimited));
}

#[tokio::test]
async fn a_call_without_a_response_is_spent() {
    let server = Server::start([left(1, 0), Reply::silence(), left(1, 0)]);
    let front = client(&server);
    front.me().get().send().await.expect("an identity");
    let once = at_once().timeout(Duration::from_millis(20)).retry(Retries::none());
    assert!(front.me().get().with(once).send().await.expect_err("silence").is_timeout());
    let error = front.me().get().with(at_once()).send().await;
    assert_eq!(error.expect_err("Front may have counted it").limit(), Some("company"));
}

#[tokio::test]
async fn rate_limits_can_be_switched_off() {
    let server = Server::start((0..20).map(|_| left(0, 0)));
    let front =
        limited(&server).rate_limiter(RateLimiter::off()).build().expect("a client");
    for _ in 0..20 {
        front.me().get().with(at_once()).send().await.expect("not limited");
    }
}

/// A fixed number of calls for all processes.
#[derive(Debug)]
struct FixedBudget(std::sync::atomic::AtomicU32);

impl SharedBudget for FixedBudget {
    fn take(
        &self,
        _: Option<Duration>,
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<(), Duration>> + Send + '_>> {
        use std::sync::atomic::Ordering::Relaxed;
        let one_less = |left: u32| left.checked_sub(1);
        let taken = self.0.fetch_update(Relaxed, Relaxed, one_less);
        Box::pin(async move { taken.map(|_| ()).map_err(|_| Duration::from_secs(7)) })
    }

    fn give_back(&self) {
        self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    }
}

#[tokio::test]
async fn a_shared_budget_limits_calls() {
    let server = Server::start([left(9, 9), left(9, 9)]);
    let limits = RateLimiter::new().with_shared(FixedBudget(1.into()));
    let front = limited(&server).rate_limiter(limits).build().expect("a client");
    front.me().get().send().await.expect("the one call");
    let error = front.me().get().with(at_once()).send().await.expect_err("nothing left");
    assert_eq!(error.retry_after(), Some(Duration::from_secs(7)));
    assert_eq!(server.seen().len(), 1);
}

/// A shared budget that never responds.
#[derive(Debug)]
struct Silent;

impl SharedBudget for Silent {
    fn take(
        &self,
        _: Option<Duration>,
    ) -> std::pin::Pin<Box<dyn Future<Output = Result<(), Duration>> + Send + '_>> {
        Box::pin(std::future::pending())
    }

    fn give_back(&self) {
        unreachable!("nothing was taken");
    }
}

#[tokio::test(start_paused = true)]
async fn a_shared_budget_delays_no_call_beyond_its_deadline() {
    let server = Server::start([]);
    let limits = RateLimiter::new().with_shared(Silent);
    let front = limited(&server).rate_limiter(limits).build().expect("a client");
    let soon = RequestOptions::new().deadline(Duration::from_secs(7));
    for (options, seconds) in [(soon, 7), (at_once(), 1)] {
        let started = Instant::now();
        let call = front.me().get().with(options).send();
        let ended = tokio::time::timeout(Duration::from_secs(3600), call).await;
        let error = ended.expect("it finishes").expect_err("nothing was taken");
        assert_eq!((error.kind(), error.is_unsent()), (ErrorKind::RateLimited, true));
        assert_eq!(started.elapsed().as_secs(), seconds);
    }
    assert_eq!(server.requests(), 0);
}
