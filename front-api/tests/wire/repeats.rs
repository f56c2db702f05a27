//! The outcome of a repeated call whose earlier attempt may have succeeded.

use std::time::Duration;

use front_api::{
    Client, Error, ErrorKind, Method, Outcome, Repeat, RequestOptions, Retries,
    operations,
};

use crate::retrying;
use front_test_server::{Reply, Server};

fn client(server: &Server) -> Client {
    retrying(server)
        .retry(Retries::new().attempts(2).first(Duration::ZERO))
        .build()
        .expect("a client")
}

fn gone() -> Reply {
    Reply::json(404, r#"{"_error":{"status":404,"title":"Not found"}}"#)
}

/// The name of an attempt, its response, and whether its outcome is unknown.
type Attempt = (&'static str, fn() -> Reply, bool);

const FIRST: &[Attempt] = &[
    ("lost", Reply::lost, true),
    ("no HTTP", || Reply::raw("220 mail.test ready\r\n\r\n"), true),
    ("500", || Reply::status(500), true),
    ("504", || Reply::status(504).body("<html>"), true),
    (
        "a captive portal",
        || Reply::status(200).header("content-type", "text/html").body("<html>"),
        false,
    ),
    ("busy", || Reply::json(429, "{}").header("retry-after", "0"), false),
];

#[tokio::test]
async fn a_404_after_a_lost_response_means_probably_deleted() {
    for (what, first, outcome_unknown) in FIRST {
        for (second, is_gone) in [
            (gone(), true),
            (Reply::status(410), true),
            // The tag may exist, or Front did not send the response.
            (Reply::json(403, "{}"), false),
            (Reply::json(409, "{}"), false),
            (Reply::json(400, "{}"), false),
            (Reply::status(404).body("<html>"), false),
            (Reply::status(404).header("cf-mitigated", "challenge"), false),
            (Reply::lost(), false),
        ] {
            let server = Server::start([first(), second]);
            let error = client(&server).tags().delete(&"tag_1".into()).send().await;
            let error = error.expect_err(what);
            assert_eq!((error.attempts(), server.left()), (2, 0), "{what}: {error}");
            assert_eq!(
                error.is_probably_done(),
                *outcome_unknown && is_gone,
                "{what}: {error}"
            );
            let is_reported = error.to_string().ends_with(
                "An earlier attempt, whose outcome is unknown, has probably deleted it.",
            );
            assert_eq!(is_reported, *outcome_unknown && is_gone, "{error}");
            if *outcome_unknown {
                // The tag may have been deleted before.
                assert_eq!(error.outcome(), Outcome::Unknown, "{what}: {error}");
            }
        }
    }
    // No response was lost.
    let server = Server::start([gone()]);
    let error =
        client(&server).tags().delete(&"tag_1".into()).send().await.expect_err("404");
    assert!(!error.is_probably_done() && error.is_not_found());
    assert_eq!(error.outcome(), Outcome::NotDone);
}

/// Calls an operation with arbitrary arguments.
async fn call(front: &Client, method: Method, path: &str) -> Error {
    let values: Vec<&str> = path.matches('{').map(|_| "x_1").collect();
    let again = RequestOptions::new().repeat(Repeat::Safe);
    let call = front.raw(method, path, values).with(again).body_field("name", "x");
    call.send().await.expect_err(path)
}

#[tokio::test]
async fn only_a_delete_of_the_resource_itself_is_done_after_a_404() {
    let (mut deleted, mut others) = (0, 0);
    let server = Server::start([]);
    for operation in operations::ALL {
        if operation.method == Method::Get {
            continue;
        }
        server.then([Reply::lost(), gone()]);
        let error = call(&client(&server), operation.method, operation.path).await;
        assert_eq!(
            (error.attempts(), error.status()),
            (2, Some(404)),
            "{operation}: {error}"
        );
        assert_eq!(error.outcome(), Outcome::Unknown, "{operation}");
        // `/tags/{tag_id}`, and not `/conversations/{conversation_id}/tags`.
        let itself =
            operation.method == Method::Delete && operation.path.ends_with("_id}");
        assert_eq!(error.is_probably_done(), itself, "{operation}");
        if itself { deleted += 1 } else { others += 1 }
    }
    assert!(deleted > 10 && others > 50, "{deleted} {others}");
}

#[tokio::test]
async fn an_accepted_call_is_probably_done() {
    let server = Server::start([]);
    let front = client(&server);
    for (reply, done) in [
        (Reply::json(201, "{}"), true),
        (Reply::json(201, r#"{"id":"tag_1"}"#).half(), true),
        (Reply::status(201).body("<html>"), false),
        (Reply::lost(), false),
        (Reply::json(400, "{}"), false),
        (Reply::json(409, "{}"), false),
    ] {
        server.then([reply]);
        let error = front.tags().create_company("x").send().await.expect_err("no tag");
        assert_eq!(error.is_probably_done(), done, "{error}");
    }
    // A conflict may be with the tag of another program.
    server.then([Reply::lost(), Reply::json(409, "{}")]);
    let again = RequestOptions::new().repeat(Repeat::Safe);
    let create = front.tags().create_company("x").with(again);
    let error = create.send().await.expect_err("409");
    assert!(!error.is_probably_done() && error.outcome() == Outcome::Unknown);
    let early = front.tags().delete(&"".into()).send().await.expect_err("no id");
    assert!(!early.is_probably_done() && early.kind() == ErrorKind::Request);
}
