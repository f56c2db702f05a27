//! Error responses, and calls without a response.

use std::error::Error as _;
use std::time::Duration;

use front_api::conversations::ConversationId;
use front_api::tags::TagId;
use front_api::{Access, Client, ErrorCode, ErrorKind, Repeat, RequestOptions, Retries};

use crate::{TOKEN, front};
use front_test_server::Reply;

#[tokio::test]
async fn an_error_contains_the_fields_of_the_response() {
    let body = r#"{"_error":{"status":404,"title":"Not found","message":"Unknown conversation ID cnv_9","details":["d"]}}"#;
    let (front, _server) = front([Reply::json(404, body)]);
    let error =
        front.conversations().get(&"cnv_9".into()).send().await.expect_err("not found");
    assert_eq!((error.kind(), error.status()), (ErrorKind::Status, Some(404)));
    assert!(error.is_not_found() && !error.is_unsent());
    assert_eq!(error.code(), ErrorCode::from_status(404));
    assert_eq!(error.title(), Some("Not found"));
    assert_eq!(error.message(), Some("Unknown conversation ID cnv_9"));
    assert_eq!(error.details(), ["d"]);
    assert_eq!(
        error.operation().map(|operation| operation.name),
        Some("conversations.get")
    );
    let action = error.code().expect("a code").action();
    assert_eq!(
        error.to_string(),
        format!(
            "conversations.get: GET /conversations/{{conversation_id}}: Front responded 404 not_found: \
             Not found: Unknown conversation ID cnv_9 (d). {action}"
        )
    );
    assert!(!format!("{error:?}").contains("cnv_9"));
}

#[tokio::test]
async fn reads_every_form_of_error_response() {
    let (front, _server) = front([
        Reply::json(429, r#"{"_error":{"title":"Too many requests"}}"#)
            .header("retry-after", "1.5"),
        Reply::json(429, "{}").header("retry-after", "soon"),
        Reply::status(502).body("<html>\n<h1>Bad gateway</h1>".repeat(100)),
        Reply::status(500),
        Reply::json(
            400,
            r#"{"_error":{"message":"Unexpected token a in JSON at position 109"}}"#,
        ),
        Reply::json(418, "null"),
        Reply::json(401, "{").half(),
    ]);
    let get = || front.me().get().send();
    let error = get().await.expect_err("429");
    assert!(error.is_rate_limited());
    assert_eq!(error.retry_after(), Some(Duration::from_millis(1500)));
    assert_eq!(get().await.expect_err("429").retry_after(), None);
    let error = get().await.expect_err("502");
    assert!(error.is_server_error());
    assert_eq!(error.excerpt().map(|text| text.chars().count()), Some(200));
    assert!(
        error.to_string().contains("; the response begins: Bad gateway Bad"),
        "{error}"
    );
    let error = get().await.expect_err("500");
    assert_eq!((error.excerpt(), error.message()), (None, None));
    assert!(
        get()
            .await
            .expect_err("400")
            .message()
            .is_some_and(|text| text.starts_with("Unexpected"))
    );
    let error = get().await.expect_err("418");
    assert_eq!((error.status(), error.code()), (Some(418), None));
    // The status is reported even if the body is cut off.
    assert!(get().await.expect_err("401").is_unauthorized());
}

#[tokio::test]
async fn a_decode_error_names_the_json_path() {
    let (front, _server) = front([
        Reply::json(200, r#"{"_results":{"id":"secret"}}"#),
        Reply::json(200, r#"{"_links":{"self":"secret"}}"#),
        Reply::json(200, "<html>secret</html>"),
        Reply::status(204),
    ]);
    let list = || front.tags().list().send();
    let error = list().await.expect_err("an object instead of a list");
    assert_eq!(error.json_path(), Some("_results"));
    assert!(error.to_string().contains("expected a sequence"), "{error}");
    assert!(!format!("{error} {error:?}").contains("secret"));
    let error = list().await.expect_err("no list");
    assert_eq!(error.json_path(), None);
    assert!(error.to_string().contains("missing field `_results`"), "{error}");
    assert!(!format!("{error} {error:?}").contains("secret"));
    let error = list().await.expect_err("no JSON");
    assert!(!format!("{error} {error:?}").contains("secret"));
    let error = list().await.expect_err("nothing");
    assert_eq!((error.kind(), error.status()), (ErrorKind::Gateway, Some(204)));
    assert!(error.to_string().contains("it is empty, but JSON was expected"), "{error}");
}

#[tokio::test]
async fn a_lost_connection_differs_from_a_failed_connect() {
    let (client, _server) =
        front([Reply::json(200, r#"{"id":"cmp_1"}"#).half(), Reply::lost()]);
    let error = client.me().get().send().await.expect_err("half an answer");
    assert_eq!(error.kind(), ErrorKind::Connection);
    let error =
        client.tags().create_company("secret").send().await.expect_err("no response");
    assert_eq!(error.kind(), ErrorKind::Connection);
    assert!(!error.is_unsent() && error.source().is_some());
    let all = format!("{error} {error:?}");
    assert!(
        all.contains("check before sending it again") && !all.contains("secret"),
        "{all}"
    );

    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .and_then(|port| port.local_addr())
        .expect("a port");
    let nobody = Client::builder()
        .retry(Retries::none())
        .api_token("t")
        .base_url(format!("http://{port}"))
        .build()
        .expect("a client");
    let error =
        nobody.conversations().search("secret").send().await.expect_err("no server");
    assert_eq!(error.kind(), ErrorKind::Connect);
    assert!(error.is_unsent());
    assert!(!format!("{error} {error:?} {:?}", error.source()).contains("secret"));
}

#[tokio::test]
async fn an_error_advises_whether_to_repeat_the_call() {
    const SAFE_TO_REPEAT: &str = "It is safe to retry.";
    const CHECK_FIRST: &str = "check before sending it again.";
    const DO_NOT_REPEAT: &str = "Front accepted the call: do not send it again.";
    let (front, _server) = front([
        Reply::lost(),
        Reply::lost(),
        Reply::lost(),
        Reply::status(502),
        Reply::status(500),
        Reply::status(502),
        Reply::json(201, "{}"),
        Reply::json(200, "{}"),
        Reply::json(201, r#"{"id":"tag_1"}"#).half(),
        Reply::json(200, r#"{"id":"cmp_1"}"#).half(),
    ]);
    let create = || front.tags().create_company("secret").send();
    let get = || front.me().get().send();

    // The advice depends on whether the call is idempotent, not on its permission.
    let error = get().await.expect_err("lost");
    assert!(error.to_string().ends_with(SAFE_TO_REPEAT), "{error}");
    let id = ConversationId::from("cnv_1");
    let untag = front.conversations().remove_tags(&id, &[TagId::from("tag_1")]);
    let error = untag.send().await.expect_err("lost");
    let operation = error.operation().expect("an operation");
    assert_eq!((operation.access, operation.repeat), (Access::Write, Repeat::Safe));
    assert!(error.to_string().ends_with(SAFE_TO_REPEAT), "{error}");
    let error = create().await.expect_err("lost");
    assert!(error.to_string().ends_with(CHECK_FIRST), "{error}");

    // Behind a gateway's error, Front may have accepted the call.
    let error = create().await.expect_err("502");
    assert!(error.to_string().ends_with(CHECK_FIRST), "{error}");
    let error = create().await.expect_err("500");
    assert!(error.to_string().ends_with(CHECK_FIRST), "{error}");
    let error = get().await.expect_err("502");
    assert!(!error.to_string().ends_with(CHECK_FIRST), "{error}");

    // Front has accepted the call.
    let error = create().await.expect_err("another form");
    assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(201)));
    assert!(error.to_string().contains(DO_NOT_REPEAT), "{error}");
    let error = get().await.expect_err("another form");
    assert!(!error.to_string().contains(DO_NOT_REPEAT), "{error}");
    let error = create().await.expect_err("half an answer");
    assert_eq!((error.kind(), error.status()), (ErrorKind::Connection, Some(201)));
    assert!(error.to_string().contains("the response (201) was cut off"), "{error}");
    assert!(error.to_string().ends_with(DO_NOT_REPEAT), "{error}");
    let error = get().await.expect_err("half a response");
    assert_eq!((error.kind(), error.status()), (ErrorKind::Connection, Some(200)));
    assert!(error.to_string().ends_with(SAFE_TO_REPEAT), "{error}");
}

#[tokio::test]
async fn an_error_reports_the_outcome() {
    use front_api::Outcome::{Done, NotDone, Unknown};
    let elsewhere = |status| Reply::moved(status, "/elsewhere");
    let (front, server) = front([
        Reply::lost(),
        Reply::status(500),
        Reply::status(400),
        elsewhere(307),
        elsewhere(303),
        Reply::json(201, "{}"),
        Reply::json(201, r#"{"id":"tag_1"}"#).half(),
    ]);
    for expected in [Unknown, Unknown, NotDone, NotDone, Unknown, Done, Done] {
        let sent = front.tags().create_company("secret").send().await;
        let error = sent.expect_err("all of them fail");
        assert_eq!(error.outcome(), expected, "{error}");
    }
    assert_eq!(server.requests(), 7);
    let early = front.tags().delete(&TagId::from("")).send().await.expect_err("no id");
    assert_eq!(early.outcome(), NotDone);
}

#[tokio::test]
async fn the_outcome_includes_earlier_attempts() {
    let (front, _server) = front([Reply::lost(), Reply::status(404)]);
    let again = RequestOptions::new().retry(Retries::new().first(Duration::ZERO));
    let gone = front.tags().delete(&TagId::from("tag_1")).with(again).send().await;
    let error = gone.expect_err("not there");
    assert!(error.is_not_found() && error.attempts() == 2, "{error}");
    assert_eq!(error.outcome(), front_api::Outcome::Unknown);
}

#[tokio::test]
async fn a_body_that_is_not_needed_is_not_read() {
    let (front, _server) = front([Reply::json(200, r#"{"id":"cnv_1"}"#).half()]);
    let id = ConversationId::from("cnv_1");
    let update = front.conversations().update(&id).clear_assignee();
    update.send().await.expect("accepted");
}

#[tokio::test]
async fn no_error_contains_an_echoed_token() {
    let json = format!(r#"{{"_error":{{"message":"no: Bearer {TOKEN}"}}}}"#);
    let (front, _server) = front([
        Reply::json(400, &json),
        Reply::status(502).body(format!("<pre>authorization: Bearer {TOKEN}</pre>")),
    ]);
    for expected in ["no: Bearer <token>", "authorization: Bearer <token>"] {
        let error = front.me().get().send().await.expect_err("an echo");
        let all = format!("{error} {error:?} {:?}", error.excerpt());
        assert!(all.contains(expected) && !all.contains(TOKEN), "{all}");
    }
}

#[tokio::test]
async fn reads_when_to_retry() {
    let sentence = r#"{"_error":{"message":"Rate limit exceeded. Please retry in 341 milliseconds."}}"#;
    let (front, _server) = front([
        Reply::json(429, sentence),
        Reply::json(429, sentence)
            .header("retry-after", "Sun, 06 Nov 1994 08:50:07 GMT")
            .header("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
        // A 429 waits for the length of a window at most, any other status for a day.
        Reply::json(429, "{}").header("retry-after", "9999999"),
        Reply::json(503, "{}").header("retry-after", "9999999"),
    ]);
    for millis in [341, 30_000, 60_000, 86_400_000] {
        let error = front.me().get().send().await.expect_err("a refusal");
        assert_eq!(error.retry_after(), Some(Duration::from_millis(millis)));
    }
}

#[tokio::test]
async fn invalid_requests_are_not_sent() {
    let (front, server) = front([]);
    let get = |id: &str| front.conversations().get(&ConversationId::from(id));
    for (request, why) in [
        (get(""), "invalid `conversation_id`: it is empty"),
        (get("."), "which would change the path"),
        (get(".."), "which would change the path"),
        (
            get("a").with(RequestOptions::new().header("Authorization", "x")),
            "`authorization` is set by the client",
        ),
        (
            get("a").with(RequestOptions::new().header("content-length", "5")),
            "cannot be replaced",
        ),
        (get("a").with(RequestOptions::new().header("a b", "x")), "invalid header name"),
        (
            get("a").with(RequestOptions::new().header("x-a", "b\nc")),
            "invalid value of the header `x-a`",
        ),
        (get("a").with(RequestOptions::new().body_field("a", 1)), "cannot have one"),
    ] {
        let error = request.send().await.expect_err(why);
        assert_eq!(error.kind(), ErrorKind::Request);
        assert!(error.is_unsent());
        assert!(error.to_string().contains(why), "{error}");
        assert!(
            error.to_string().starts_with("conversations.get: GET /conversations/"),
            "{error}"
        );
    }
    assert!(server.seen().is_empty());
}
