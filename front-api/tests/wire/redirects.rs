//! Conversations that were merged into others.

use front_api::conversations::ConversationId;
use front_api::messages::AfterReply;
use front_api::teammates::TeammateId;
use front_api::{ErrorKind, RequestOptions};
use serde_json::json;

use crate::front;
use front_test_server::Reply;

const FOUND: &str = r#"{"id":"cnv_2"}"#;

#[tokio::test]
async fn a_merge_keeps_the_method_and_the_body() {
    let (front, server) = front([
        Reply::moved(301, "https://acme.api.frontapp.com/conversations/cnv_2"),
        Reply::status(204),
    ]);
    let update = front
        .conversations()
        .update(&"cnv_1".into())
        .assignee(&TeammateId::from("tea_1"));
    update
        .with(RequestOptions::new().header("x-trace", "7").query("a", "b"))
        .send()
        .await
        .expect("followed");
    assert_eq!(
        server.lines(),
        ["PATCH /conversations/cnv_1?a=b", "PATCH /conversations/cnv_2?a=b"]
    );
    for seen in server.seen() {
        assert_eq!(seen.json(), json!({"assignee_id": "tea_1"}));
        assert_eq!(
            (seen.header("x-trace"), seen.header("authorization").is_some()),
            (Some("7"), true)
        );
    }
}

#[tokio::test]
async fn the_survivor_may_be_named_by_different_urls() {
    let id = ConversationId::from("cnv_1");
    for location in [
        "{base}/conversations/cnv_2",
        "/conversations/cnv_2",
        "https://api2.frontapp.com/conversations/cnv_2",
    ] {
        let (front, server) =
            front([Reply::moved(301, location), Reply::json(200, FOUND)]);
        let found = front.conversations().get(&id).send().await.expect(location);
        assert_eq!(found.id.as_str(), "cnv_2");
        assert_eq!(server.lines()[1], "GET /conversations/cnv_2");
    }
    // For a target below a conversation, the redirect names the full target or only the survivor.
    for location in ["/conversations/cnv_2", "/conversations/cnv_2/messages"] {
        let (front, server) =
            front([Reply::moved(301, location), Reply::json(202, "{}")]);
        front
            .messages()
            .reply(&id, "Hello", AfterReply::Archive)
            .send()
            .await
            .expect(location);
        assert_eq!(server.lines()[1], "POST /conversations/cnv_2/messages");
        assert_eq!(server.seen()[1].json()["options"], json!({"archive": true}));
    }
}

#[tokio::test]
async fn a_file_is_sent_again() {
    let (front, server) = front([
        Reply::moved(301, "/conversations/cnv_2"),
        Reply::json(202, r#"{"message_uid":"u"}"#),
    ]);
    let reply = front
        .messages()
        .reply(&"cnv_1".into(), "Hello", AfterReply::KeepOpen)
        .attachments([front_api::Upload::new("a.txt", "bytes of a file")]);
    reply.send().await.expect("followed");
    let bodies: Vec<String> = server
        .seen()
        .iter()
        .map(|seen| String::from_utf8_lossy(&seen.body).into_owned())
        .collect();
    assert!(bodies.iter().all(|body| body.contains("bytes of a file")));
    assert_eq!(bodies[0].len(), bodies[1].len());
}

#[tokio::test]
async fn at_most_three_merges_are_followed() {
    let hop = |n: u8| Reply::moved(301, &format!("/conversations/cnv_{n}"));
    let (client, server) = front([hop(2), hop(3), hop(4), Reply::json(200, FOUND)]);
    client.conversations().get(&"cnv_1".into()).send().await.expect("three");
    assert_eq!(server.lines().len(), 4);
    let (client, server) =
        front([hop(2), hop(3), hop(4), hop(5), Reply::json(200, FOUND)]);
    let error =
        client.conversations().get(&"cnv_1".into()).send().await.expect_err("four");
    assert_eq!((error.kind(), error.status()), (ErrorKind::Redirect, Some(301)));
    assert!(error.to_string().contains("too many redirects: more than 3"), "{error}");
    assert_eq!(server.lines().len(), 4);
}

#[tokio::test]
async fn no_other_redirect_is_followed() {
    for location in [
        "https://evil.test/conversations/secret",
        "http://api2.frontapp.com/conversations/secret",
        "/messages/secret",
        "/conversations/cnv_1",
        "",
    ] {
        let (front, server) =
            front([Reply::moved(301, location), Reply::json(200, FOUND)]);
        let error =
            front.conversations().get(&"cnv_1".into()).send().await.expect_err(location);
        assert_eq!(error.kind(), ErrorKind::Redirect);
        assert!(!format!("{error} {error:?}").contains("secret"), "{error:?}");
        assert_eq!(server.lines().len(), 1);
    }
    // A call that expects no merge, a status that is not a merge, and a redirect without a location.
    let (client, server) = front([
        Reply::moved(301, "/conversations/cnv_2"),
        Reply::moved(302, "/conversations/cnv_2"),
        Reply::status(301),
    ]);
    let error = client.tags().list().send().await.expect_err("not expected");
    assert_eq!((error.kind(), error.status()), (ErrorKind::Redirect, Some(301)));
    for _ in 0..2 {
        let error = client
            .conversations()
            .get(&"cnv_1".into())
            .send()
            .await
            .expect_err("no merge");
        assert_eq!(error.kind(), ErrorKind::Redirect);
    }
    assert_eq!(server.lines().len(), 3);
    let (client, _server) = front([Reply::status(304)]);
    let error = client.tags().list().send().await.expect_err("not expected");
    assert!(error.to_string().contains("without a `location` header"), "{error}");
}
