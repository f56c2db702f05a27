//! What is told to `tracing`: spans for calls and attempts, and no text of anyone.

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
struct Happening {
    target: &'static str,
    span: Option<u64>,
    fields: String,
}

#[derive(Debug, Default)]
struct Told {
    spans: Vec<Span>,
    events: Vec<Happening>,
    /// The spans that are being worked in.
    inside: Vec<u64>,
}

/// Keeps all that it is told. The id of a span is its place, from 1.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Told>>);

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{}={value:?} ", field.name()).expect("a string takes all");
    }
}

impl Collector {
    fn told<T>(&self, change: impl FnOnce(&mut Told) -> T) -> T {
        change(&mut self.0.lock().expect("no test panicked in there"))
    }

    /// The fields of the spans of that name.
    fn spans(&self, name: &str) -> Vec<String> {
        let trim = |span: &Span| span.fields.trim_end().to_owned();
        self.told(|told| {
            told.spans.iter().filter(|span| span.name == name).map(trim).collect()
        })
    }
}

impl Subscriber for Collector {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.told(|told| {
            let mut fields = String::new();
            span.record(&mut Fields(&mut fields));
            let parent = told.inside.last().copied();
            told.spans.push(Span { name: span.metadata().name(), parent, fields });
            Id::from_u64(told.spans.len() as u64)
        })
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        self.told(|told| {
            let place = span.into_u64() as usize - 1;
            values.record(&mut Fields(&mut told.spans[place].fields));
        });
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.told(|told| {
            let mut fields = String::new();
            event.record(&mut Fields(&mut fields));
            let (target, span) =
                (event.metadata().target(), told.inside.last().copied());
            told.events.push(Happening { target, span, fields });
        });
    }

    fn enter(&self, span: &Id) {
        self.told(|told| told.inside.push(span.into_u64()));
    }

    fn exit(&self, span: &Id) {
        self.told(|told| assert_eq!(told.inside.pop(), Some(span.into_u64())));
    }
}

/// Collects what this thread tells.
fn collect() -> (Collector, DefaultGuard) {
    // Where there is but one subscriber, `tracing` asks that of the thread which comes by a place first whether
    // anyone wants to know of it; and the threads of other tests have none.
    static SECOND: OnceLock<Dispatch> = OnceLock::new();
    SECOND.get_or_init(|| Dispatch::new(Collector::default()));
    let collector = Collector::default();
    let guard = tracing::subscriber::set_default(collector.clone());
    (collector, guard)
}

#[tokio::test]
async fn a_call_is_a_span_with_one_for_each_attempt_in_it() {
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
    collector.told(|told| {
        for span in &told.spans {
            let parent = span.parent.map(|id| told.spans[id as usize - 1].name);
            let attempt = span.name == "front_api.attempt";
            assert_eq!(parent, attempt.then_some("front_api.call"), "{span:?}");
        }
        // Each wait before another try is told inside of its call. The HTTP client tells things, too.
        let waits: Vec<_> = told
            .events
            .iter()
            .filter(|event| event.target.starts_with("front_api"))
            .map(|event| (event.span, event.fields.as_str()))
            .collect();
        let wait = (Some(1), "message=retrying wait_ms=0 ");
        assert_eq!(waits, [wait, wait]);
        assert!(told.inside.is_empty());
    });
}

#[tokio::test]
async fn no_field_holds_a_text_of_anyone() {
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
            // Less than a refusal asks to wait.
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
    let shown = collector.told(|told| format!("{told:?}"));
    assert!(collector.spans("front_api.attempt").len() > 10);
    for hidden in [SECRET, TOKEN] {
        assert!(!shown.contains(hidden), "{shown}");
    }
}
