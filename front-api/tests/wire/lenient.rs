//! Lists of which one item does not decode.

use std::fmt;

use front_api::attachments::Attachment;
use front_api::contacts::Contact;
use front_api::conversations::Conversation;
use front_api::events::{Event, EventSource, EventTarget};
use front_api::messages::Message;
use front_api::tags::Tag;
use front_api::{ErrorKind, Lenient, Page, Timestamp, Undecodable};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::front;
use crate::lists::page;
use front_test_server::Reply;

/// A page whose second tag of three does not decode.
fn odd(next: &str) -> Reply {
    let body = json!({
        "_results": [
            {"id": "tag_2"},
            odd_one(),
            {"id": "tag_4"},
        ],
        "_pagination": {"next": format!("?page_token={next}")},
    });
    Reply::json(200, &body.to_string())
}

fn odd_one() -> Value {
    json!({"id": ["tag_3"], "description": "secret"})
}

/// The id, or the JSON of what has none.
fn shown(tag: Lenient<Tag>) -> String {
    match tag {
        Lenient::Item(tag) => tag.id.to_string(),
        Lenient::Undecodable(other) => other.json()["id"][0].to_string(),
    }
}

#[tokio::test]
async fn one_item_does_not_cost_its_page() {
    for ahead in [false, true] {
        let (front, server) =
            front([page(&["tag_1"], Some("a")), odd("b"), page(&["tag_5"], None)]);
        let mut tags = front.tags().list().stream().lenient();
        if ahead {
            tags = tags.read_ahead();
        }
        let mut all = Vec::new();
        while let Some(tag) = tags.try_next().await.expect("an item") {
            all.push(tag);
        }
        let Lenient::Undecodable(other) = &all[2] else { panic!("{:?}", all[2]) };
        assert_eq!(*other.json(), odd_one());
        assert_eq!((other.path(), other.reason()), (Some("id"), "expected a string"));
        let all: Vec<_> = all.into_iter().map(shown).collect();
        assert_eq!(all, ["tag_1", "tag_2", r#""tag_3""#, "tag_4", "tag_5"]);
        assert_eq!(server.lines()[2], "GET /tags?limit=100&page_token=b");
    }
}

#[tokio::test]
async fn without_it_the_item_is_an_error() {
    let (front, _server) = front([odd("b")]);
    let mut tags = front.tags().list().stream();
    tags.try_next().await.expect("a tag").expect("the first");
    let error = tags.try_next().await.expect_err("an odd one");
    assert_eq!(error.json_path(), Some("_results[1].id"));
}

#[tokio::test]
async fn pages_hold_what_does_not_decode_in_its_place() {
    let (front, _server) = front([odd("b")]);
    let mut pages = front.tags().list().pages().lenient();
    let page = pages.try_next().await.expect("a page").expect("not the end");
    let decoded: Vec<bool> =
        page.items.iter().map(|item| matches!(item, Lenient::Item(_))).collect();
    assert_eq!(decoded, [true, false, true]);
    // And are written as they came.
    let written = serde_json::to_value(&page).expect("json");
    assert_eq!(written["_results"][1], odd_one());
    let back: Page<Lenient<Tag>> = serde_json::from_value(written).expect("a page");
    assert_eq!(back, page);
}

#[tokio::test]
async fn what_is_no_page_is_an_error_still() {
    for body in [r#"{"_results":{"id":"tag_1"}}"#, r#"{"_results":[{"id":"tag_1"}"#] {
        let (front, server) =
            front([page(&["tag_0"], Some("a")), Reply::json(200, body)]);
        let mut tags = front.tags().list().stream().lenient();
        tags.try_next().await.expect("an item");
        let error = tags.try_next().await.expect_err(body);
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert_eq!(tags.cursor().map(ToString::to_string).as_deref(), Some("a"));
        assert!(tags.try_next().await.expect("the end").is_none());
        assert_eq!(server.lines().len(), 2);
    }
}

#[tokio::test]
async fn it_can_begin_in_the_middle() {
    let (front, server) =
        front([page(&["tag_0", "tag_1"], Some("a")), odd("b"), page(&["tag_5"], None)]);
    let mut tags = front.tags().list().stream().max_items(6);
    let first = tags.try_next().await.expect("a tag").expect("the first");
    assert_eq!(first.id.as_str(), "tag_0");
    let mut tags = tags.lenient();
    assert_eq!(tags.items_at_hand().len(), 1);
    let mut all = Vec::new();
    while let Some(tag) = tags.try_next().await.expect("an item") {
        all.push(shown(tag));
    }
    // What does not decode is one of the six.
    assert_eq!(all, ["tag_1", "tag_2", r#""tag_3""#, "tag_4", "tag_5"]);
    assert_eq!(server.lines().len(), 3);

    // A page that was asked for before, and is read after.
    let (front, _server) = crate::front([page(&["tag_1"], Some("a")), odd("b")]);
    let mut pages = front.tags().list().pages().read_ahead();
    pages.try_next().await.expect("a page").expect("the first");
    let second = pages.lenient().try_next().await.expect("a page").expect("the second");
    assert_eq!(second.items.len(), 3);
}

#[test]
fn says_why_and_no_value() {
    let undecodable = |json: Value| {
        let text = json.to_string();
        let item: Lenient<Conversation> = serde_json::from_str(&text).expect("any JSON");
        item.into_result().expect_err(&text)
    };
    for (json, path, reason) in [
        (json!({"subject": "secret"}), None, "missing field `id`"),
        (json!({"id": "cnv_1", "subject": 51}), Some("subject"), "expected a string"),
        (json!("secret"), None, "expected struct Conversation"),
        (json!(null), None, "expected struct Conversation"),
        (
            json!({"id": "cnv_1", "tags": [{"id": "tag_1"}, {"id": ["secret"]}]}),
            Some("tags[1].id"),
            "expected a string",
        ),
        (
            json!({"id": "cnv_1", "created_at": "secret, expected secret"}),
            Some("created_at"),
            "expected a time in seconds since 1970",
        ),
    ] {
        let other: Undecodable = undecodable(json.clone());
        assert_eq!((other.path(), other.reason()), (path, reason));
        let all =
            format!("{other} {other:?} {:?}", Lenient::<()>::Undecodable(other.clone()));
        assert!(!all.contains("secret") && !all.contains("51"), "{all}");
        assert_eq!(*other.json(), json);
        assert_eq!(other.into_json(), json);
    }
    let other = undecodable(json!({"id": "cnv_1", "subject": 51}));
    assert_eq!(
        other.to_string(),
        "failed to decode the item at `subject`: expected a string"
    );
    assert_eq!(
        undecodable(json!([])).to_string(),
        "failed to decode the item: expected struct Conversation"
    );
}

/// Reads it in both ways, and the one is as the other: the value, and what is written of it.
fn same<T: DeserializeOwned + Serialize + PartialEq + fmt::Debug>(text: &str) -> T {
    let direct: T = serde_json::from_str(text).expect(text);
    let lenient: Lenient<T> = serde_json::from_str(text).expect("any JSON");
    let lenient = lenient.ok().expect(text);
    assert_eq!(direct, lenient, "{text}");
    let written = |value: &T| serde_json::to_string(value).expect("json");
    assert_eq!(written(&direct), written(&lenient), "{text}");
    direct
}

#[test]
fn values_are_the_same_as_without_it() {
    let numbers = r#"[18446744073709551615,18446744073709551616,-9223372036854775808,
        -9223372036854775809,9007199254740993,1.0,0.1,1e300,-0.0,1702309107.123456]"#;
    let conversation: Conversation = same(&format!(
        r#"{{"id":"cnv_1","subject":"a \"b\" \u00e9 \ud83d\ude00","status":"new word",
            "type":"email","created_at":1702309107.123,"updated_at":1702309107,
            "waiting_since":1702309107.0,"tags":[{{"id":"tag_1","is_private":null}}],"links":null,
            "recipient":{{"handle":"a@b.test","role":"from","_links":{{"related":{{}}}}}},
            "custom_fields":{{"Zeal":{numbers},"Age":9007199254740993}},
            "unheard":{numbers},"_links":{{"self":"https://x.test"}}}}"#
    ));
    assert_eq!(conversation.created_at.expect("a time").as_millis(), 1_702_309_107_123);
    same::<Message>(
        r#"{"id":"msg_1","is_inbound":true,"created_at":1453770984.123,"body":"<p>",
            "attachments":[{"id":"fil_1","size":1024.0,"metadata":{"is_inline":false}}],
            "metadata":{"headers":{"in_reply_to":null}},"author":{"id":"tea_1"}}"#,
    );
    let attachment: Attachment = same(r#"{"id":"fil_1","size":9007199254740993}"#);
    assert_eq!(attachment.size, Some(9_007_199_254_740_993));
    same::<Attachment>(r#"{"id":"fil_1","size":1024.0}"#);
    same::<Contact>(
        r#"{"id":"crd_1","handles":[{"source":"email","handle":"a@b.test"}],"custom_fields":
            {"b":true,"a":null,"n":1.5},"updated_at":1600000000.5,"is_spammer":false}"#,
    );
    let event: Event = same(
        r#"{"id":"evt_1","type":"assign","emitted_at":1453770984.123,
            "source":{"_meta":{"type":"teammate"},"data":{"id":"tea_1","is_admin":true}},
            "target":{"_meta":{"type":"teammate"},"data":{"id":"tea_2"}},
            "conversation":{"id":"cnv_1","last_message":{"id":"msg_1","created_at":0.001}}}"#,
    );
    assert!(matches!(event.source, Some(EventSource::Teammate(_))), "{event:?}");
    let event: Event = same(&format!(
        r#"{{"id":"evt_1","type":"unheard","source":{{"_meta":{{"type":"new"}},"data":{numbers}}},
            "target":{{"_meta":{{"type":"tag"}},"data":{{"id":{numbers}}}}}}}"#
    ));
    assert!(matches!(event.target, Some(EventTarget::Unknown(_))), "{event:?}");
}

proptest! {
    #[test]
    fn times_are_the_same_as_without_it(millis in -62_135_596_800_000i64..253_402_300_800_000) {
        let text = Timestamp::from_millis(millis).to_string();
        prop_assert_eq!(same::<Timestamp>(&text).as_millis(), millis);
    }

    #[test]
    fn numbers_are_the_same_as_without_it(float: f64, integer: i64) {
        same::<Value>(&format!("[{float:?},{float:e},{integer},{integer}.0]"));
    }
}
