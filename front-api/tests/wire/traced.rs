//! The spans and events for `tracing`: calls, attempts and waits, without private text.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex, OnceLock};

use front_api::{RequestOptions, Retries};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, Event, Metadata, Subscriber};

use crate::{TOKEN, retrying};
use front_test_server::{Reply, Server};

#[derive(Debug)]
struct Span {
    name: &'static str,
    parent: Option<u64>,
    fields: String,
}

#[derive(Debug)]
struct RecordedEvent {
    target: &'static str,
    span: Option<u64>,
    fields: String,
}

#[derive(Debug, Default)]
struct Recorded {
    spans: Vec<Span>,
    events: Vec<RecordedEvent>,
    /// The entered spans.
    inside: Vec<u64>,
}

/// A subscriber that records everything. The id of a span is its index plus 1.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Recorded>>);

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{}={value:?} ", field.name())
            .expect("writing to a string cannot fail");
    }
}

impl Collector {
    fn recorded<T>(&self, change: impl FnOnce(&mut Recorded) -> T) -> T {
        change(&mut self.0.lock().expect("not poisoned"))
    }

    /// Returns the fields of all spans with this name.
    fn spans(&self, name: &str) -> Vec<String> {
        let trim = |span: &Span| span.fields.trim_end().to_owned();
        self.recorded(|recorded| {
            recorded.spans.iter().filter(|span| span.name == name).map(trim).collect()
        })
    }
}

impl Subscriber for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.recorded(|recorded| {
            let mut fields = String::new();
            span.record(&mut Fields(&mut fields));
            let parent = recorded.inside.last().copied();
            recorded.spans.push(Span { name: span.metadata().name(), parent, fields });
            Id::from_u64(recorded.spans.len() as u64)
        })
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        self.recorded(|recorded| {
            let place = span.into_u64() as usize - 1;
            values.record(&mut Fields(&mut recorded.spans[place].fields));
        });
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.recorded(|recorded| {
            let mut fields = String::new();
            event.record(&mut Fields(&mut fields));
            let (target, span) =
                (event.metadata().target(), recorded.inside.last().copied());
            recorded.events.push(RecordedEvent { target, span, fields });
        });
    }

    fn enter(&self, span: &Id) {
        self.recorded(|recorded| recorded.inside.push(span.into_u64()));
    }

    fn exit(&self, span: &Id) {
        self.recorded(|recorded| {
            assert_eq!(recorded.inside.pop(), Some(span.into_u64()))
        });
    }
}

/// Records the spans and events of this thread.
fn collect() -> (Collector, DefaultGuard) {
    // With a single subscriber, `tracing` caches for each callsite whether the first thread that reaches it has an
    // interested subscriber. The threads of other tests have none, so a second subscriber prevents the caching.
    static SECOND: OnceLock<Dispatch> = OnceLock::new();
    SECOND.get_or_init(|| Dispatch::new(Collector::default()));
    let collector = Collector::default();
    let guard = tracing::subscriber::set_default(collector.clone());
    (collector, guard)
}

#[tokio::test]
async fn a_call_is_a_span_that_contains_a_span_for_each_attempt() {
    let server = Server::start([
        Reply::moved(301, "/conversations/cnv_2"),
        Reply::status(503),
        Reply::lost(),
        Reply::json(200, r#"{"id":"cnv_2"}"#),
        Reply::json(404, "{}"),
    ]);
    let front = retrying(&server).build().expect("a client");
    let (collector, _guard) = collect();
    front.conversations().get(&"cnv_1".into()).send().await.expect("found");
    front.tags().create_company("x").send().await.expect_err("not found");
    front.conversations().get(&"".into()).send().await.expect_err("no id");
    assert_eq!(
        collector.spans("front_api.call"),
        [
            r#"operation="conversations.get" attempts=4 status=200"#,
            r#"operation="tags.create_company" attempts=1 status=404 error=Status"#,
            r#"operation="conversations.get" attempts=0 error=Request"#,
        ]
    );
    assert_eq!(
        collector.spans("front_api.attempt"),
        [
            "number=1 status=301",
            "number=2 status=503 error=Status",
            "number=3 error=Connection",
            "number=4 status=200",
            "number=1 status=404 error=Status",
        ]
    );
    collector.recorded(|recorded| {
        for span in &recorded.spans {
            let parent = span.parent.map(|id| recorded.spans[id as usize - 1].name);
            let attempt = span.name == "front_api.attempt";
            assert_eq!(parent, attempt.then_some("front_api.call"), "{span:?}");
        }
        // Each wait before a retry is an event in the span of its call. The HTTP client creates events as well.
        let waits: Vec<_> = recorded
            .events
            .iter()
            .filter(|event| event.target.starts_with("front_api"))
            .map(|event| (event.span, event.fields.as_str()))
            .collect();
        let wait = (Some(1), "message=retrying wait_ms=0 ");
        assert_eq!(waits, [wait, wait]);
        assert!(recorded.inside.is_empty());
    });
}

#[tokio::test]
async fn no_field_contains_private_text() {
    const SECRET: &str = "s3cret";
    let server = Server::start([]);
    let retries = Retries::new().attempts(2).first(std::time::Duration::ZERO);
    let front = retrying(&server).retry(retries).build().expect("a client");
    let (collector, _guard) = collect();
    let echo = format!(r#"{{"_error":{{"title":"{SECRET}","message":"{TOKEN}"}}}}"#);
    let moved = format!("/conversations/{SECRET}2?{SECRET}");
    let refused = format!("https://{SECRET}.test/{SECRET}");
    for script in [
        [
            Reply::moved(301, &moved),
            Reply::json(200, &format!(r#"{{"id":"{SECRET}"}}"#)),
        ],
        [Reply::moved(301, &moved), Reply::json(400, &echo)],
        [Reply::moved(301, &moved), Reply::moved(301, &refused)],
        [
            Reply::status(502).body(SECRET),
            Reply::json(429, &echo).header("retry-after", "86400"),
        ],
        [Reply::raw(SECRET), Reply::json(200, SECRET).header("x-request-id", SECRET)],
        [Reply::lost(), Reply::json(200, &format!(r#"{{"id":"{SECRET}"}}"#)).half()],
    ] {
        server.then(script);
        let options = RequestOptions::new()
            // Shorter than the wait that the 429 requests.
            .deadline(std::time::Duration::from_secs(59))
            .header("x-key", SECRET)
            .query(SECRET, SECRET)
            .body_field(SECRET, SECRET);
        let update = front.conversations().update(&SECRET.into()).with(options);
        drop(update.send().await);
        assert_eq!(server.left(), 0);
        server.then([Reply::json(200, r#"{"_results":[]}"#)]);
        let options = RequestOptions::new().query(SECRET, SECRET);
        front.conversations().search(SECRET).with(options).send().await.expect("a page");
    }
    let file = front.attachments().download_from_message(&SECRET.into(), &SECRET.into());
    server.then([
        Reply::moved(302, &format!("/{SECRET}")),
        Reply::status(200).body(SECRET),
    ]);
    file.send().await.expect("a file").bytes().await.expect("bytes");
    let shown = collector.recorded(|recorded| format!("{recorded:?}"));
    assert!(collector.spans("front_api.attempt").len() > 10);
    for hidden in [SECRET, TOKEN] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}
