//! Responses of every kind: each results in a value, or in an error that describes the response.

use std::cell::RefCell;

use front_api::messages::AfterReply;
use front_api::{Client, ErrorKind, Outcome, RequestOptions, Retries};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use crate::{TOKEN, front, retrying, within_timeout};
use front_test_server::{Reply, Server};

/// The longest text of an error, for every response.
const LONGEST_TEXT: usize = 16 * 1024;

/// Returns unexpected bodies.
fn bodies() -> Vec<Vec<u8>> {
    vec![
        Vec::new(),
        b" \r\n\t".to_vec(),
        b"<html><body><h1>Sorry</h1></body></html>".to_vec(),
        b"null".to_vec(),
        b"[]".to_vec(),
        b"3".to_vec(),
        br#""text""#.to_vec(),
        br#"{"_error":"text"}"#.to_vec(),
        br#"{"_error":{"title":{},"message":[1],"details":{"a":[{}]}}}"#.to_vec(),
        br#"{"id":3,"_results":{"id":"x"}}"#.to_vec(),
        br#"{"id":"cut"#.to_vec(),
        b"[".repeat(100_000),
        b"garbage ".repeat(128 * 1024),
        [br#"{"_error":{"message":""#.to_vec(), b"a".repeat(40_000), br#""}}"#.to_vec()]
            .concat(),
        vec![0xff, 0xfe, 0x00, 0x80],
        b"\xff".repeat(1024 * 1024),
        vec![0; 5000],
        "\u{202e}\u{1f600}é".repeat(9000).into_bytes(),
    ]
}

const KINDS: [&str; 4] = [
    "application/json",
    "text/html; charset=latin1",
    "application/pdf",
    "no kind at all",
];

/// Asserts that the texts of an error are short, and contain no token and no line break.
#[track_caller]
fn assert_bounded(error: &front_api::Error) {
    let texts = [error.to_string(), format!("{error:?}"), format!("{:?}", error.meta())];
    for text in texts {
        assert!(text.len() < LONGEST_TEXT, "{} bytes", text.len());
        assert!(!text.contains(TOKEN), "{text}");
        assert!(!text.contains('\n'), "{text}");
    }
    assert!(error.excerpt().is_none_or(|text| text.chars().count() <= 200));
}

#[tokio::test]
async fn an_error_response_is_reported_with_its_status() {
    let server = Server::start([]);
    let front = retrying(&server).retry(Retries::none()).build().expect("a client");
    for body in bodies() {
        let kinds = KINDS.into_iter().cycle();
        for (status, kind) in [400, 401, 404, 422, 429, 500, 503].into_iter().zip(kinds)
        {
            // An empty body cannot be cut off.
            for half in [false, !body.is_empty()] {
                let reply = Reply::status(status).header("content-type", kind);
                let reply = reply.header("x-request-id", "req-1").body(&*body);
                server.then([if half { reply.half() } else { reply }]);
                let error = front.tags().create_company("x").send().await;
                let error = error.expect_err("a refusal");
                assert_eq!(
                    (error.kind(), error.status()),
                    (ErrorKind::Status, Some(status))
                );
                assert!(
                    error.to_string().contains(&format!("Front responded {status}"))
                );
                assert_eq!(error.request_id(), Some("req-1"));
                assert_bounded(&error);
            }
        }
    }
}

#[tokio::test]
async fn a_body_in_no_known_form_is_quoted() {
    for (body, quoted) in [
        ("<h1>\r\n Sorry \u{7} </h1>", Some("Sorry")),
        ("{\"_error\":{\"title\":\"cut", Some("{\"_error\":{\"title\":\"cut")),
        ("", None),
        ("{}", None),
    ] {
        // The media type does not matter.
        for kind in KINDS {
            let (front, _server) =
                front([Reply::status(502).header("content-type", kind).body(body)]);
            let error = front.me().get().send().await.expect_err("a refusal");
            assert_eq!(error.excerpt(), quoted);
        }
    }
}

#[tokio::test]
async fn a_malformed_success_response_is_reported_with_its_status() {
    let server = Server::start([]);
    let front = retrying(&server).retry(Retries::none()).build().expect("a client");
    for (n, body) in bodies().into_iter().enumerate() {
        // Each body gets one status and one media type.
        let (status, kind) = ([200, 201, 202, 206][n % 4], KINDS[n / 4 % 4]);
        let reply = || Reply::status(status).header("content-type", kind).body(&*body);
        server.then([reply(), reply(), reply(), reply()]);
        let is = |beginnings: &[&str]| {
            beginnings.iter().any(|beginning| body.starts_with(beginning.as_bytes()))
        };
        // Whether the response could be Front's.
        let media = ["application/json", "no kind at all"].contains(&kind);
        let object = media && status != 206 && is(&["{\"id\""]);
        let kind_of = if object { ErrorKind::Decode } else { ErrorKind::Gateway };
        let what = String::from_utf8_lossy(&body[..body.len().min(20)]).into_owned();
        let what = format!("{status} {kind} {what}");

        let error = front.tags().create_company("x").send().await;
        let error = error.expect_err("no tag");
        assert_eq!((error.kind(), error.status()), (kind_of, Some(status)), "{what}");
        let (advice, outcome) = match object {
            true => ("do not send it again", Outcome::Done),
            false => ("check before sending it again", Outcome::Unknown),
        };
        assert!(error.to_string().contains(advice), "{what}: {error}");
        assert_eq!((error.outcome(), error.attempts()), (outcome, 1), "{what}");
        assert_bounded(&error);
        let error = front.tags().list().send().await.expect_err("no page");
        assert_eq!((error.kind(), error.status()), (kind_of, Some(status)), "{what}");
        assert_bounded(&error);

        let value = kind == "application/json" && is(&["null", "[", "3", "\""]);
        let empty = media && body.trim_ascii().is_empty() && status != 202;
        let update = front.conversations().update(&"cnv_1".into()).clear_assignee();
        let updated = update.send().await;
        let is_accepted = status != 206 && (object || value || empty);
        assert_eq!(updated.is_ok(), is_accepted, "{what}: {updated:?}");
        if let Err(error) = updated {
            assert_eq!(
                (error.kind(), error.outcome()),
                (ErrorKind::Gateway, Outcome::Unknown)
            );
            assert_bounded(&error);
        }
        // A file may have any body.
        let file =
            front.attachments().download_from_message(&"msg_1".into(), &"fil_1".into());
        match file.send().await {
            Ok(file) => {
                assert_eq!(status, 200, "{what}");
                assert_eq!(file.bytes().await.expect("bytes"), body);
            }
            Err(error) => {
                assert_eq!((error.kind(), error.excerpt()), (ErrorKind::Gateway, None));
                assert_ne!(status, 200, "{what}");
                assert_bounded(&error);
            }
        }
    }
}

#[tokio::test]
async fn endless_responses_are_cut_off() {
    let server = Server::start([]);
    let front = retrying(&server).retry(Retries::none()).build().expect("a client");
    let endless =
        |status| Reply::status(status).body("on and on ".repeat(1000)).endless();
    for status in [400, 502] {
        server.then([endless(status), endless(status)]);
        let error =
            within_timeout(front.me().get().send()).await.expect_err("a refusal");
        assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(status)));
        assert!(error.excerpt().is_some_and(|text| text.starts_with("on and on")));
        let file =
            front.attachments().download_from_message(&"msg_1".into(), &"fil_1".into());
        let error = within_timeout(file.send()).await.expect_err("a refusal");
        assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(status)));
    }
    let update =
        || front.conversations().update(&"cnv_1".into()).clear_assignee().send();
    server.then([endless(200)]);
    let error = within_timeout(update()).await.expect_err("no response of Front's");
    assert_eq!((error.kind(), error.status()), (ErrorKind::Gateway, Some(200)));
    let json = r#"{"id":"cnv_1","text":""#.to_owned() + &"on and on ".repeat(1000);
    server.then([Reply::json(200, &json).endless(), endless(200)]);
    within_timeout(update()).await.expect("updated");
    let file =
        front.attachments().download_from_message(&"msg_1".into(), &"fil_1".into());
    let mut file = within_timeout(file.send()).await.expect("a file");
    assert!(file.chunk().await.expect("a piece").is_some());
    drop(file);
    server.then([Reply::headers_without_end()]);
    let error = within_timeout(front.me().get().send()).await.expect_err("no response");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1));
}

#[tokio::test]
async fn malformed_http_is_a_lost_connection() {
    let server = Server::start([]);
    let front = retrying(&server).retry(Retries::none()).build().expect("a client");
    for bytes in [
        "",
        "\r\n\r\n",
        "hello",
        "HTTP/1.1",
        "HTTP/1.1 \r\n\r\n",
        "HTTP/1.1 99 Low\r\n\r\n",
        "HTTP/1.1 1000 High\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\n: none\r\n\r\n",
        "HTTP/1.1 200 OK\r\nx\0y: none\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffffff\r\nhello",
        "HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999\r\n\r\nhello",
        "HTTP/1.1 100 Continue\r\n\r\n",
    ] {
        server.then([Reply::raw(bytes), Reply::raw(bytes)]);
        let error = front.tags().create_company("x").send().await.expect_err(bytes);
        assert_eq!(
            (error.kind(), error.attempts()),
            (ErrorKind::Connection, 1),
            "{bytes}"
        );
        assert_bounded(&error);
        let file =
            front.attachments().download_from_message(&"msg_1".into(), &"fil_1".into());
        match file.send().await {
            Ok(file) => drop(file.bytes().await.expect_err(bytes)),
            Err(error) => assert_eq!(error.kind(), ErrorKind::Connection, "{bytes}"),
        }
    }
    // An informational response (1xx) is not the response.
    server.then([Reply::raw(
        "HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n\
         HTTP/1.1 200 OK\r\ncontent-length: 14\r\n\r\n{\"id\":\"cmp_1\"}",
    )]);
    front.me().get().send().await.expect("an identity");
}

/// Returns a plausible or an arbitrary value of a header.
fn value(likely: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        3 => proptest::sample::select(likely).prop_map(|text| text.as_bytes().to_vec()),
        1 => proptest::collection::vec(0x20_u8..=0x7e, 0..20),
        1 => proptest::collection::vec(0x80_u8..=0xff, 0..20),
    ]
}

fn headers() -> impl Strategy<Value = Vec<(&'static str, Vec<u8>)>> {
    const NUMBERS: &[&str] = &[
        "0",
        "50",
        "-1",
        "1.5",
        "NaN",
        "inf",
        "-inf",
        "1e300",
        "1700000000.123",
        "",
        "0x10",
    ];
    const WAITS: &[&str] = &[
        "0",
        "60",
        "-5",
        "1e300",
        "NaN",
        "inf",
        "Sun, 06 Nov 1994 08:49:37 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
    ];
    // A download follows none of them: a test sends requests only to its own server.
    const LOCATIONS: &[&str] = &[
        "/conversations/cnv_2",
        "/conversations/cnv_1",
        "/conversations/%ff",
        "conversations",
        "//[::1",
        "http://",
        "http://api2.frontapp.com/conversations/cnv_3",
        "?a",
        "#",
        "\\",
    ];
    const KINDS: &[&str] = &["application/json", "text/html", ";", "a/b; c=\"d"];
    let header = prop_oneof![
        value(WAITS).prop_map(|value| ("retry-after", value)),
        value(WAITS).prop_map(|value| ("date", value)),
        value(LOCATIONS).prop_map(|value| ("location", value)),
        value(KINDS).prop_map(|value| ("content-type", value)),
        value(KINDS).prop_map(|value| ("content-disposition", value)),
        value(NUMBERS).prop_map(|value| ("x-ratelimit-limit", value)),
        value(NUMBERS).prop_map(|value| ("x-ratelimit-remaining", value)),
        value(NUMBERS).prop_map(|value| ("x-ratelimit-reset", value)),
        value(NUMBERS).prop_map(|value| ("x-ratelimit-burst-remaining", value)),
        value(NUMBERS).prop_map(|value| ("x-front-tier", value)),
        value(NUMBERS).prop_map(|value| ("x-request-id", value)),
    ];
    proptest::collection::vec(header, 0..8)
}

fn body() -> impl Strategy<Value = Vec<u8>> {
    const JSON: &[&str] = &[
        "{}",
        "null",
        r#"{"id":"x_1","_results":[]}"#,
        r#"{"_results":[{"id":"x_1"}],"_pagination":{"next":"?page_token=a"}}"#,
        r#"{"_error":{"status":400,"title":"t","message":"retry in 0 milliseconds"}}"#,
        r#"{"errors":[{"title":"t","detail":"d"}]}"#,
        r#"{"_error":{"details":[[],{},null]}}"#,
    ];
    prop_oneof![
        proptest::sample::select(JSON).prop_map(|text| text.as_bytes().to_vec()),
        proptest::collection::vec(any::<u8>(), 0..400),
        "[\\[\\]{}\":,0-9a-z_ ]{0,60}".prop_map(String::into_bytes),
    ]
}

/// Returns an arbitrary response: any status, headers, body and `content-length`.
fn response() -> impl Strategy<Value = (u16, Vec<u8>)> {
    let likely =
        proptest::sample::select(vec![200, 204, 301, 302, 308, 404, 429, 500, 503]);
    let status = prop_oneof![100_u16..=999, likely];
    let length =
        proptest::option::weighted(0.7, proptest::option::weighted(0.2, 0..500_usize));
    (status, headers(), body(), length).prop_map(|(status, headers, body, length)| {
        let mut raw = format!("HTTP/1.1 {status} \r\n").into_bytes();
        for (name, value) in headers {
            raw.extend_from_slice(name.as_bytes());
            raw.extend_from_slice(b": ");
            raw.extend_from_slice(&value);
            raw.extend_from_slice(b"\r\n");
        }
        if let Some(length) = length {
            let length = length.unwrap_or(body.len());
            raw.extend_from_slice(format!("content-length: {length}\r\n").as_bytes());
        }
        // The server closes the connection. Without this header, the next request may be lost on it.
        raw.extend_from_slice(b"connection: close\r\n\r\n");
        raw.extend_from_slice(&body);
        (status, raw)
    })
}

/// Makes a call that reads a value, a page, no value, or a file. Some of them are idempotent.
async fn call(front: &Client, which: usize) -> Result<(), front_api::Error> {
    let options = RequestOptions::new().deadline(std::time::Duration::from_secs(5));
    let id = "cnv_1".into();
    match which {
        0 => front.conversations().get(&id).with(options).send().await.map(drop),
        1 => front.messages().list(&id).with(options).send().await.map(drop),
        2 => {
            let update = front.conversations().update(&id).clear_assignee();
            let (.., meta) = update.with(options).send().with_meta().await?;
            assert!(format!("{meta:?}").len() < LONGEST_TEXT);
            Ok(())
        }
        3 => front.tags().create_company("x").with(options).send().await.map(drop),
        4 => {
            let reply =
                front.messages().reply(&id, "Hello", AfterReply::Archive).with(options);
            reply.send().await.map(drop)
        }
        _ => {
            let file = front
                .attachments()
                .download_from_message(&"msg_1".into(), &"fil_1".into());
            let file = file.with(options).send().await?;
            let about = format!("{file:?} {:?}", file.file_name());
            assert!(about.len() < LONGEST_TEXT);
            file.bytes().await.map(drop)
        }
    }
}

#[test]
fn every_response_is_a_value_or_a_bounded_error() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let server = Server::start([]);
    let errors = RefCell::new(0);
    let clients = RefCell::new((None, 0));
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 200,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let script = proptest::collection::vec(response(), 1..4);
    let result = runner.run(&(script, 0..6_usize), |(script, which)| {
        let mut clients = clients.borrow_mut();
        // A new client has a full retry budget.
        if clients.1 % 10 == 0 {
            clients.0 = Some(retrying(&server).build().expect("a client"));
        }
        clients.1 += 1;
        let front = clients.0.as_ref().expect("it was made");
        // Remove the responses that the previous case did not use.
        server.forget();
        let before = server.requests();
        let statuses: Vec<u16> = script.iter().map(|(status, _)| *status).collect();
        server.then(script.into_iter().map(|(_, raw)| Reply::raw(raw)));
        // The response after all others.
        server.then([Reply::status(501).header("connection", "close").close()]);
        let ended = runtime.block_on(call(front, which));
        let requests = server.requests() - before;
        prop_assert!(requests <= statuses.len() + 1);
        if let Err(error) = ended {
            *errors.borrow_mut() += 1;
            assert_bounded(&error);
            prop_assert_eq!(error.attempts() as usize, requests);
            let last = statuses.get(requests - 1).copied().unwrap_or(501);
            // Informational responses (1xx) are skipped.
            prop_assert!(
                error.status().is_none_or(|status| status == last),
                "{statuses:?}: {which}: {error:?}"
            );
            // A call that is not idempotent is repeated only after a 429 or a merge.
            if [3, 4].contains(&which) {
                let before = &statuses[..requests - 1];
                prop_assert!(
                    before.iter().all(|status| [429, 301, 308].contains(status))
                );
            }
        }
        Ok(())
    });
    result.expect("a value or an error");
    assert!(*errors.borrow() > 50);
}
