//! The reports that an observer receives.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use front_api::messages::AfterReply;
use front_api::{
    AttemptReport, CallReport, Client, Error, Observer, RequestOptions, grant,
};

use crate::{TOKEN, retrying};
use front_test_server::{Reply, Server};

#[derive(Clone, Debug, Default)]
struct Log {
    lines: Arc<Mutex<Vec<String>>>,
    /// The `Debug` output of all reports.
    shown: Arc<Mutex<String>>,
    took: Arc<Mutex<Vec<Duration>>>,
}

impl Log {
    fn write(&self, line: String, report: &impl Debug, took: Duration) {
        self.lines.lock().expect("not poisoned").push(line);
        let shown = format!("{report:?} {report:#?}");
        self.shown.lock().expect("not poisoned").push_str(&shown);
        self.took.lock().expect("not poisoned").push(took);
    }

    fn lines(&self) -> Vec<String> {
        std::mem::take(&mut *self.lines.lock().expect("not poisoned"))
    }
}

fn kind(error: Option<&Error>) -> String {
    error.map_or("ok".to_owned(), |error| format!("{:?}", error.kind()))
}

fn code(status: Option<u16>) -> String {
    status.map_or("nothing".to_owned(), |status| status.to_string())
}

impl Observer for Log {
    fn attempted(&self, attempt: &AttemptReport<'_>) {
        let AttemptReport { operation, number, status, error, .. } = attempt;
        if let Some(error) = error {
            let of = error.operation().map(|of| of.name);
            assert_eq!((of, error.attempts()), (Some(operation.name), *number));
        }
        let line =
            format!("{} {number}: {} {}", operation.name, code(*status), kind(*error));
        self.write(line, attempt, attempt.took);
    }

    fn finished(&self, call: &CallReport<'_>) {
        let CallReport { operation, attempts, status, error, .. } = call;
        let line = format!(
            "{} after {attempts}: {} {}",
            operation.name,
            code(*status),
            kind(*error)
        );
        assert!(call.waited.is_zero());
        assert_eq!(error.and_then(|error| error.operation()).is_some(), error.is_some());
        assert!(error.is_none_or(|error| error.attempts() == *attempts));
        self.write(line, call, call.took);
    }
}

fn observed(server: &Server) -> (Client, Log) {
    let log = Log::default();
    let front = retrying(server).observer(log.clone()).build().expect("a client");
    (front, log)
}

#[tokio::test]
async fn every_attempt_and_the_end_are_reported() {
    let server = Server::start([
        Reply::moved(301, "/conversations/cnv_2"),
        Reply::json(429, "{}"),
        Reply::status(503),
        Reply::lost(),
        Reply::json(200, r#"{"id":"cnv_2"}"#),
    ]);
    let (front, log) = observed(&server);
    front.conversations().get(&"cnv_1".into()).send().await.expect("found");
    assert_eq!(
        log.lines(),
        [
            "conversations.get 1: 301 ok",
            "conversations.get 2: 429 Status",
            "conversations.get 3: 503 Status",
            "conversations.get 4: nothing Connection",
            "conversations.get 5: 200 ok",
            "conversations.get after 5: 200 ok",
        ]
    );
    let took = log.took.lock().expect("not poisoned").clone();
    let (call, attempts) = took.split_last().expect("six reports");
    assert!(attempts.iter().sum::<Duration>() <= *call, "{took:?}");
}

#[tokio::test]
async fn a_failure_is_reported_as_the_caller_sees_it() {
    let server = Server::start([]);
    let (front, log) = observed(&server);
    let create = || front.tags().create_company("x").send();
    for (reply, expected) in [
        (Reply::json(404, "{}"), "404 Status"),
        (Reply::status(502), "502 Status"),
        (Reply::lost(), "nothing Connection"),
        (Reply::json(201, r#"{"id":"tag_1"}"#).half(), "201 Connection"),
        (Reply::moved(302, "/tags"), "302 Redirect"),
        // The report is made before the response is decoded.
        (Reply::json(200, "{}"), "200 ok"),
        (Reply::json(200, "[]"), "200 Gateway"),
    ] {
        server.then([reply]);
        create().await.expect_err(expected);
        assert_eq!(
            log.lines(),
            [
                format!("tags.create_company 1: {expected}"),
                format!("tags.create_company after 1: {expected}"),
            ]
        );
    }
    server.then([Reply::json(429, "{}").header("retry-after", "86400")]);
    let soon = RequestOptions::new().deadline(Duration::from_secs(59));
    let create = front.tags().create_company("x").with(soon).send();
    create.await.expect_err("429");
    assert_eq!(log.lines()[1], "tags.create_company after 1: 429 Status");
}

grant! {
    struct Nothing: TagsRead;
}

#[tokio::test]
async fn a_call_that_was_not_sent_has_no_attempt() {
    let server = Server::start([]);
    let (front, log) = observed(&server);
    front.conversations().get(&"".into()).send().await.expect_err("no id");
    assert_eq!(log.lines(), ["conversations.get after 0: nothing Request"]);
    let update = front.conversations().update(&"..".into()).clear_assignee();
    update.send().await.expect_err("no id");
    assert_eq!(log.lines(), ["conversations.update after 0: nothing Request"]);
    // Restricted clients and clones report to the same observer.
    server.then([Reply::json(200, r#"{"_results":[]}"#)]);
    let restricted: Client<Nothing> = front.clone().restrict();
    restricted.tags().list().send().await.expect("a page");
    assert_eq!(log.lines(), ["tags.list 1: 200 ok", "tags.list after 1: 200 ok"]);
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn each_page_and_each_download_is_a_call() {
    let page = |next: &str| {
        Reply::json(
            200,
            &format!(r#"{{"_pagination":{{"next":{next}}},"_results":[]}}"#),
        )
    };
    let server = Server::start([
        page(r#""https://a.api.frontapp.com/tags?page_token=b""#),
        page("null"),
        Reply::moved(302, "/elsewhere"),
        Reply::status(200).body("bytes"),
    ]);
    let (front, log) = observed(&server);
    assert!(front.tags().list().stream().try_next().await.expect("no tags").is_none());
    assert_eq!(log.lines().len(), 4);
    let file =
        front.attachments().download_from_message(&"msg_1".into(), &"fil_1".into());
    file.send().await.expect("a file");
    assert_eq!(
        log.lines(),
        [
            "attachments.download_from_message 1: 302 ok",
            "attachments.download_from_message 2: 200 ok",
            "attachments.download_from_message after 2: 200 ok",
        ]
    );
}

#[tokio::test]
async fn reports_contain_no_private_text() {
    const SECRET: &str = "s3cret";
    let echo = format!(
        r#"{{"_error":{{"title":"{SECRET}","message":"{SECRET} {TOKEN}","details":["{SECRET}"]}}}}"#
    );
    let server = Server::start([]);
    let (front, log) = observed(&server);
    let moved =
        format!("https://{SECRET}.test/conversations/{SECRET}?{SECRET}={SECRET}");
    for reply in [
        || Reply::lost(),
        || Reply::status(502).body(format!("<pre>{SECRET} {TOKEN}</pre>")),
        || Reply::json(200, &format!(r#"{{"id":"{SECRET}"}}"#)).half(),
        || Reply::json(200, &format!(r#"{{"id":"{SECRET}"}}"#)),
        || Reply::raw(SECRET),
    ] {
        server.then((0..4).map(|_| reply().header("x-secret", SECRET)));
        let options = RequestOptions::new()
            .header("x-key", SECRET)
            .query(SECRET, SECRET)
            .body_field(SECRET, SECRET);
        let reply = front
            .messages()
            .reply(&SECRET.into(), SECRET, AfterReply::Archive)
            .with(options);
        drop(reply.send().await);
        let options = RequestOptions::new().query(SECRET, SECRET);
        drop(front.conversations().search(SECRET).with(options).send().await);
        while server.left() > 0 {
            drop(front.conversations().get(&SECRET.into()).send().await);
        }
    }
    server.then([Reply::json(400, &echo), Reply::moved(301, &moved)]);
    front.conversations().get(&SECRET.into()).send().await.expect_err("an echo");
    front.conversations().get(&SECRET.into()).send().await.expect_err("elsewhere");
    let shown = log.shown.lock().expect("not poisoned");
    assert!(shown.len() > 10_000);
    for hidden in [SECRET, TOKEN] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}
