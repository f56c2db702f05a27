//! The request that a call sends, and how it reads a successful response.

use front_api::contacts::HandleSource;
use front_api::conversations::{ConversationId, StatusFilter};
use front_api::messages::AfterReply;
use front_api::tags::{TagHighlight, TagId};
use front_api::teammates::TeammateId;
use front_api::{Call, RequestOptions, Timestamp};
use serde_json::json;

use crate::{TOKEN, front};
use front_test_server::Reply;

#[tokio::test]
async fn a_call_is_one_request() {
    let (front, server) =
        front([Reply::json(201, r#"{"id":"tag_1","name":"Refunds","shade":"x"}"#)]);
    let tag = front
        .tags()
        .create_company("Refunds")
        .description("first")
        .description("second")
        .highlight(TagHighlight::LightBlue)
        .send()
        .await
        .expect("a tag");
    assert_eq!((tag.id.as_str(), tag.name.as_deref()), ("tag_1", Some("Refunds")));
    assert_eq!(tag.extra.get("shade"), Some(&json!("x")));
    let seen = server.only();
    assert_eq!(seen.line(), "POST /company/tags");
    assert_eq!(seen.header("authorization"), Some(&*format!("Bearer {TOKEN}")));
    assert_eq!(seen.header("accept"), Some("application/json"));
    assert!(
        seen.header("user-agent")
            .is_some_and(|agent| agent.starts_with("front-api-rust/"))
    );
    assert_eq!(
        seen.json(),
        json!({"name": "Refunds", "description": "second", "highlight": "light-blue"})
    );
}

#[tokio::test]
async fn a_get_has_no_body() {
    let (front, server) = front([Reply::json(200, r#"{"id":"cmp_1"}"#)]);
    let me = front.me().get().send().await.expect("an identity");
    assert_eq!(me.id.as_str(), "cmp_1");
    let seen = server.only();
    assert_eq!(seen.line(), "GET /me");
    assert_eq!((seen.header("content-type"), seen.body.len()), (None, 0));
}

#[tokio::test]
async fn every_success_status_is_accepted() {
    let script =
        [200, 201, 202, 203].map(|status| Reply::json(status, r#"{"id":"cnv_1"}"#));
    let (client, _server) = front(script);
    for _ in 0..4 {
        client
            .conversations()
            .get(&ConversationId::from("cnv_1"))
            .send()
            .await
            .expect("any 2xx");
    }
    // A call that expects no value ignores one.
    let (client, _server) = front([
        Reply::status(204),
        Reply::status(200),
        Reply::json(200, r#"{"id":"cnv_1"}"#),
        Reply::json(201, "null"),
    ]);
    for _ in 0..4 {
        let update = client
            .conversations()
            .update(&ConversationId::from("cnv_1"))
            .clear_assignee();
        update.send().await.expect("any 2xx");
    }
}

#[tokio::test]
async fn a_patch_sets_clears_or_omits_a_field() {
    let (front, server) = front([204, 204, 204].map(Reply::status));
    let id = ConversationId::from("cnv_1");
    let update = || front.conversations().update(&id);
    update().assignee(&TeammateId::from("tea_1")).send().await.expect("set");
    update().clear_assignee().send().await.expect("cleared");
    let tags = [TagId::from("tag_1"), TagId::from("tag_2")];
    update()
        .tags_replace(&tags)
        .due_at(Timestamp::from_millis(1_700_000_000_500))
        .custom_fields_replace([("A.b", 1)])
        .send()
        .await
        .expect("others");
    let bodies: Vec<_> = server.seen().iter().map(|seen| seen.json()).collect();
    assert_eq!(
        bodies,
        [
            json!({"assignee_id": "tea_1"}),
            json!({"assignee_id": null}),
            json!({"tag_ids": ["tag_1", "tag_2"], "due_at": 1_700_000_000.5, "custom_fields": {"A.b": 1}}),
        ]
    );
}

#[tokio::test]
async fn a_delete_may_have_a_body() {
    let (front, server) = front([Reply::status(204), Reply::status(204)]);
    let id = ConversationId::from("cnv_1");
    front
        .conversations()
        .remove_tags(&id, &[TagId::from("tag_1")])
        .send()
        .await
        .expect("removed");
    let remove =
        front.contacts().remove_handle(&"crd_1".into(), "a@b.c", HandleSource::Email);
    remove.send().await.expect("removed");
    assert_eq!(
        server.lines(),
        ["DELETE /conversations/cnv_1/tags", "DELETE /contacts/crd_1/handles"]
    );
    let seen = server.seen();
    assert_eq!(seen[0].json(), json!({"tag_ids": ["tag_1"]}));
    assert_eq!(seen[1].json(), json!({"handle": "a@b.c", "source": "email"}));
}

#[tokio::test]
async fn paths_and_queries_are_encoded() {
    let page = r#"{"_results":[]}"#;
    let (front, server) = front([
        Reply::json(200, page),
        Reply::json(200, page),
        Reply::json(200, r#"{"id":"cnv_1"}"#),
    ]);
    let search = "is:open from:ann+b@c.d \"50% off\"/?#é";
    front.conversations().search(search).send().await.expect("a page");
    front
        .conversations()
        .list()
        .statuses([StatusFilter::Assigned, "new & odd".into()])
        .limit(7)
        .send()
        .await
        .expect("a page");
    front.conversations().get(&"../tags".into()).send().await.expect("a conversation");
    assert_eq!(
        server.lines(),
        [
            "GET /conversations/search/is:open%20from:ann%2Bb%40c.d%20%2250%25%20off%22%2F%3F%23%C3%A9",
            "GET /conversations?q%5Bstatuses%5D%5B%5D=assigned&q%5Bstatuses%5D%5B%5D=new%20%26%20odd&limit=7",
            "GET /conversations/..%2Ftags",
        ]
    );
}

#[tokio::test]
async fn an_id_is_always_one_path_segment() {
    let (front, server) = front([]);
    for (id, segment) in [
        ("../../company/tags", "..%2F..%2Fcompany%2Ftags"),
        ("..\\tags", "..%5Ctags"),
        ("...", "..."),
        ("a?limit=1", "a%3Flimit%3D1"),
        ("a#b", "a%23b"),
        ("%2e%2e", "%252e%252e"),
        ("100%", "100%25"),
        (" a b ", "%20a%20b%20"),
        ("a\tb\r\nc\0", "a%09b%0D%0Ac%00"),
        ("grüße/😀", "gr%C3%BC%C3%9Fe%2F%F0%9F%98%80"),
        ("alt:email:a+b@c.d", "alt:email:a%2Bb%40c.d"),
        ("{conversation_id}", "%7Bconversation_id%7D"),
    ] {
        server.then([Reply::json(200, r#"{"id":"crd_1"}"#), Reply::status(204)]);
        let before = server.requests();
        front.contacts().get(&id.into()).send().await.expect(id);
        let untag = front.conversations().remove_tags(&id.into(), &["tag_1".into()]);
        untag.send().await.expect(id);
        assert_eq!(
            server.lines()[before..],
            [
                format!("GET /contacts/{segment}"),
                format!("DELETE /conversations/{segment}/tags"),
            ]
        );
    }
}

#[tokio::test]
async fn options_add_headers_parameters_and_fields() {
    let (front, server) = front([Reply::json(201, r#"{"id":"tag_1"}"#)]);
    let options = RequestOptions::new()
        .header("X-Trace", "7")
        .query("new param", "a b")
        .body_field("is.new", true)
        .body_field("name", "other");
    front.tags().create_company("Refunds").with(options).send().await.expect("a tag");
    let seen = server.only();
    assert_eq!(seen.line(), "POST /company/tags?new%20param=a%20b");
    assert_eq!(seen.header("x-trace"), Some("7"));
    assert_eq!(seen.json(), json!({"name": "other", "is.new": true}));
}

#[tokio::test]
async fn options_are_merged_with_what_the_call_sets() {
    let (front, server) =
        front([Reply::json(202, "{}"), Reply::json(200, r#"{"_results":[]}"#)]);
    let options = RequestOptions::new()
        .body_field("options", json!({"new": {"a": 1}}))
        .body_field("options", json!({"new": {"b": 2}}));
    let reply = front.messages().reply(&"cnv_1".into(), "Hello", AfterReply::KeepOpen);
    reply.with(options).send().await.expect("accepted");
    let options = RequestOptions::new().query("limit", "2").query("q[x]", "y");
    front.tags().list().limit(7).with(options).send().await.expect("a page");
    let seen = server.seen();
    assert_eq!(
        seen[0].json()["options"],
        json!({"archive": false, "new": {"a": 1, "b": 2}})
    );
    assert_eq!(seen[1].line(), "GET /tags?limit=2&q%5Bx%5D=y");
}

#[tokio::test]
async fn a_body_without_fields_is_an_empty_object() {
    let (front, server) = front([Reply::status(204)]);
    let id = ConversationId::from("cnv_1");
    front.conversations().update(&id).send().await.expect("nothing to do");
    assert_eq!(server.only().json(), json!({}));
}

#[tokio::test]
async fn a_call_can_be_inspected() {
    let (front, server) = front([]);
    let parts = front.conversations().get(&ConversationId::from("a b")).into_parts();
    assert_eq!(parts.operation().name, "conversations.get");
    assert_eq!(parts.target().expect("a target"), "/conversations/a%20b");
    assert!(server.seen().is_empty());
}

#[test]
fn debug_shows_no_values() {
    let (front, _server) = front([]);
    let reply = front
        .messages()
        .reply(&ConversationId::from("cnv_1"), "secret text", AfterReply::Archive)
        .to(["secret@b.c"])
        .attachments([front_api::Upload::new("secret.txt", "secret bytes")])
        .with(RequestOptions::new().header("x-key", "secret").body_field("x", "secret"));
    let update = front
        .conversations()
        .update(&ConversationId::from("cnv_1"))
        .assignee(&TeammateId::email("secret@b.c"))
        .custom_fields_replace([("Name", "secret")]);
    let search = front.conversations().search("secret words");
    for shown in [
        format!("{reply:?}"),
        format!("{update:#?}"),
        format!("{search:?}"),
        format!("{:?}", search.clone().stream()),
        format!("{:?}", reply.clone().into_parts()),
        format!("{front:?} {:?}", front.tags()),
        format!("{:?}", TeammateId::email("secret@b.c")),
    ] {
        assert!(!shown.contains("secret"), "{shown}");
    }
    assert!(
        format!("{reply:?}")
            .contains("messages.reply: POST /conversations/{conversation_id}/messages")
    );
}
