//! Merged conversations: every call to one is repeated unchanged at the surviving conversation.

use front_api::conversations::LinkReferences;
use front_api::messages::{AfterReply, DraftMode};
use front_api::{
    Call, ErrorKind, Parts, RequestOptions, Sending, Timestamp, operations,
};

use crate::{builder, front, retrying};
use front_test_server::{Reply, Server};

/// A valid body for a conversation, a list and every other response.
const FOUND: &str = r#"{"id":"cnv_2","_results":[]}"#;

fn found() -> Reply {
    Reply::json(200, FOUND)
}

fn hop(to: u8) -> Reply {
    Reply::moved(301, &format!("/conversations/cnv_{to}"))
}

/// Sends a call to `cnv_1`, which was merged into `cnv_2`. Returns the name of the operation.
async fn check<T>(server: &Server, parts: Parts, sending: Sending<T>) -> &'static str {
    let operation = parts.operation();
    assert!(operation.redirects, "{operation}");
    let before = server.requests();
    let sent = sending.with_meta().await;
    let (_, meta) = sent.unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(meta.merged_into(), Some("cnv_2"), "{operation}");
    assert_eq!((meta.status(), meta.attempts()), (200, 2), "{operation}");
    let seen = &server.seen()[before..];
    assert_eq!(seen.len(), 2, "{operation}");
    let target = parts.target().expect("a target");
    assert_eq!(seen[0].line(), format!("{} {target}", operation.method));
    assert!(target.ends_with("a%20b=c%26d"), "{target}");
    let moved = target.replace("cnv_1", "cnv_2");
    assert_eq!(seen[1].line(), format!("{} {moved}", operation.method));
    assert_eq!(seen[0].body, seen[1].body, "{operation}");
    assert_eq!(seen[0].body.is_empty(), !operation.body, "{operation}");
    for name in ["content-type", "content-length", "authorization", "accept", "x-trace"]
    {
        assert_eq!(seen[0].header(name), seen[1].header(name), "{operation}: {name}");
    }
    assert_eq!(seen[1].header("x-trace"), Some("7"));
    operation.name
}

#[tokio::test]
async fn every_call_to_a_conversation_reaches_the_survivor() {
    let (id, teammate) = ("cnv_1".into(), "tea_1".into());
    let (tags, teammates) = (["tag_1".into()], ["tea_1".into(), "tea_2".into()]);
    let at = Timestamp::from_secs(1_900_000_000);
    let links = || LinkReferences::external_urls(["https://shop.test/orders/7"]);
    // The redirect names the conversation or the full target, and is permanent, with or without keeping the method.
    for (status, full) in [(301, false), (301, true), (308, false), (308, true)] {
        let (front, server) = front([]);
        let mut names = Vec::new();
        macro_rules! check {
            ($($call:expr),* $(,)?) => {$({
                let options = RequestOptions::new().query("a b", "c&d").header("x-trace", "7");
                let call = $call.with(options);
                let parts = call.clone().into_parts();
                let target = parts.target().expect("a target");
                let target = if full { &*target } else { "/conversations/cnv_1" };
                server.then([Reply::moved(status, &target.replace("cnv_1", "cnv_2")), found()]);
                names.push(check(&server, parts, call.send()).await);
            })*};
        }
        check!(
            front.comments().list(&id),
            front.comments().add(&id, "A remark"),
            front.conversations().get(&id),
            front.conversations().update(&id).assignee(&teammate),
            front.conversations().assign(&id, &teammate),
            front.conversations().unassign(&id),
            front.conversations().add_tags(&id, &tags),
            front.conversations().remove_tags(&id, &tags),
            front.messages().list(&id).limit(7),
            front.events().list_for_conversation(&id).limit(7),
            front.inboxes().list_for_conversation(&id),
            front.conversations().list_followers(&id),
            front.conversations().add_followers(&id, &teammates),
            front.conversations().remove_followers(&id, &teammates),
            front.conversations().add_links(&id, links()),
            front.conversations().remove_links(&id, &["top_1".into()]),
            front.conversations().set_reminder(&id, &teammate, at),
            front.conversations().cancel_reminder(&id, &teammate),
            front.drafts().list(&id),
            front.drafts().reply(&id, &"cha_1".into(), "Hello", DraftMode::Shared),
            front.messages().reply(&id, "Hello", AfterReply::Archive),
        );
        let all = operations::ALL.iter().filter(|operation| operation.redirects);
        let mut all: Vec<&str> = all.map(|operation| operation.name).collect();
        all.sort_unstable();
        names.sort_unstable();
        assert_eq!(names, all, "this test misses a call to a conversation");
        assert_eq!(server.left(), 0);
    }
}

#[tokio::test]
async fn a_429_at_the_survivor_is_retried_there() {
    let busy = || Reply::json(429, "{}").header("retry-after", "0");
    let server = Server::start([busy(), hop(2), busy(), busy(), Reply::json(202, "{}")]);
    let front = retrying(&server).build().expect("a client");
    let reply = front.messages().reply(&"cnv_1".into(), "Hello", AfterReply::Archive);
    let (_, meta) = reply.send().with_meta().await.expect("accepted");
    assert_eq!((meta.attempts(), meta.merged_into()), (5, Some("cnv_2")));
    let (first, second) =
        ("POST /conversations/cnv_1/messages", "POST /conversations/cnv_2/messages");
    assert_eq!(server.lines(), [first, first, second, second, second]);
}

#[tokio::test]
async fn a_merge_does_not_count_as_a_retry() {
    let trouble = || [Reply::status(503), Reply::lost(), Reply::status(500)];
    let server = Server::start([hop(2), hop(3)]);
    server.then(trouble());
    server.then([found()]);
    let front = retrying(&server).build().expect("a client");
    let call = front.conversations().get(&"cnv_1".into()).send().with_meta();
    let (_, meta) = call.await.expect("found");
    assert_eq!((meta.attempts(), meta.merged_into()), (6, Some("cnv_3")));
    let lines = server.lines();
    assert!(
        lines[2..].iter().all(|line| line == "GET /conversations/cnv_3"),
        "{lines:?}"
    );
}

#[tokio::test]
async fn a_call_that_is_not_idempotent_is_sent_once_to_the_survivor() {
    let server = Server::start([hop(2), Reply::status(502), Reply::json(202, "{}")]);
    let front = retrying(&server).build().expect("a client");
    let reply = front.messages().reply(&"cnv_1".into(), "Hello", AfterReply::Archive);
    let error = reply.send().await.expect_err("502");
    assert_eq!((error.status(), error.attempts()), (Some(502), 2));
    assert_eq!((server.requests(), server.left()), (2, 1));
    assert!(error.to_string().contains("before sending it again"), "{error}");
}

#[tokio::test]
async fn the_last_survivor_of_a_chain_is_reported() {
    let (client, _server) = front([hop(2), hop(3), hop(4), found()]);
    let get = || client.conversations().get(&"cnv_1".into()).send().with_meta();
    let (_, meta) = get().await.expect("found");
    assert_eq!((meta.merged_into(), meta.attempts()), (Some("cnv_4"), 4));
    // An error reports the survivor as well.
    let (client, _server) = front([hop(2), hop(3), Reply::json(404, "{}")]);
    let get = || client.conversations().get(&"cnv_1".into()).send().with_meta();
    let error = get().await.expect_err("not found");
    assert_eq!(error.meta().and_then(|meta| meta.merged_into()), Some("cnv_3"));
    // The id is reported decoded, not as it is encoded in the URL.
    let (client, server) =
        front([Reply::moved(301, "/conversations/cnv%2F%C3%A9%202"), found()]);
    let get = || client.conversations().get(&"cnv_1".into()).send().with_meta();
    let (_, meta) = get().await.expect("found");
    assert_eq!(meta.merged_into(), Some("cnv/é 2"));
    assert_eq!(server.lines()[1], "GET /conversations/cnv%2F%C3%A9%202");
}

#[tokio::test]
async fn without_a_merge_no_survivor_is_reported() {
    let server = Server::start([Reply::status(503), Reply::json(429, "{}"), found()]);
    let front = retrying(&server).build().expect("a client");
    let call = front.conversations().get(&"cnv_1".into()).send().with_meta();
    assert_eq!(call.await.expect("found").1.merged_into(), None);
    // The redirect of a download is not a merge.
    let server =
        Server::start([Reply::moved(302, "/moved"), Reply::status(200).body("bytes")]);
    let front = builder(&server).build().expect("a client");
    let file =
        front.attachments().download_from_message(&"msg_1".into(), &"fil_1".into());
    let file = file.send().await.expect("a file");
    assert_eq!((file.meta().merged_into(), file.meta().attempts()), (None, 2));
}

#[tokio::test]
async fn redirects_are_counted_across_retries() {
    let busy = || Reply::json(429, "{}");
    let script = [hop(2), busy(), hop(3), busy(), hop(4), busy(), hop(5), found()];
    let server = Server::start(script);
    let front = retrying(&server).build().expect("a client");
    let error = front.conversations().get(&"cnv_1".into()).send().await;
    let error = error.expect_err("four merges");
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Redirect, 7));
    assert_eq!(server.left(), 1);
}

#[tokio::test]
async fn no_write_follows_other_redirects() {
    // Some of these statuses change the method, others are temporary: none is a merge.
    for status in [300, 302, 303, 304, 305, 307] {
        let location = "/conversations/cnv_2";
        let server = Server::start([Reply::moved(status, location), found(), found()]);
        let front = retrying(&server).build().expect("a client");
        let reply =
            front.messages().reply(&"cnv_1".into(), "Hello", AfterReply::Archive);
        let error = reply.send().await.expect_err("not followed");
        assert_eq!((error.kind(), error.status()), (ErrorKind::Redirect, Some(status)));
        assert_eq!((error.attempts(), server.requests()), (1, 1));
        assert!(!format!("{error} {error:?}").contains("cnv_2"), "{error:?}");
    }
}

#[tokio::test]
async fn no_write_is_redirected_to_another_host() {
    let other = Server::start([]);
    for location in [
        format!("{}/conversations/cnv_2", other.base()),
        format!("{}/conversations/cnv_2/messages", other.base()),
        format!("//{}/conversations/cnv_2", &other.base()["http://".len()..]),
        "https://evil.test/conversations/cnv_2".to_owned(),
        "https://api2.frontapp.com.evil.test/conversations/cnv_2".to_owned(),
        "http://api2.frontapp.com/conversations/cnv_2".to_owned(),
        "https://api2.frontapp.com:444/conversations/cnv_2".to_owned(),
        "/conversations/cnv_1".to_owned(),
        "/conversations/%ff".to_owned(),
        "/conversations/cnv_2/drafts".to_owned(),
        "/".to_owned(),
        "\u{e9}".to_owned(),
    ] {
        let (front, server) = front([Reply::moved(308, &location), found()]);
        let reply =
            front.messages().reply(&"cnv_1".into(), "Hello", AfterReply::Archive);
        let error = reply.send().await.expect_err(&location);
        assert_eq!(error.kind(), ErrorKind::Redirect, "{location}");
        assert_eq!((error.attempts(), server.requests()), (1, 1), "{location}");
    }
    assert_eq!((other.requests(), other.connections()), (0, 0));
}
