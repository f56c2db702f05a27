//! Lists with an item that cannot be decoded.

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

/// Returns a page of three tags. The second one cannot be decoded.
fn page_with_invalid_item(next: &str) -> Reply {
    let body = json!({
        "_results": [
            {"id": "tag_2"},
            invalid_item(),
            {"id": "tag_4"},
        ],
        "_pagination": {"next": format!("?page_token={next}")},
    });
    Reply::json(200, &body.to_string())
}

fn invalid_item() -> Value {
    json!({"id": ["tag_3"], "description": "secret"})
}

/// Returns the id of a tag, or the JSON of the id that cannot be decoded.
fn shown(tag: Lenient<Tag>) -> String {
    match tag {
        Lenient::Item(tag) => tag.id.to_string(),
        Lenient::Undecodable(other) => other.json()["id"][0].to_string(),
    }
}

#[tokio::test]
async fn an_invalid_item_does_not_affect_its_page() {
    for ahead in [false, true] {
        let (front, server) = front([
            page(&["tag_1"], Some("a")),
            page_with_invalid_item("b"),
            page(&["tag_5"], None),
        ]);
        let mut tags = front.tags().list().stream().lenient();
        if ahead {
            tags = tags.read_ahead();
        }
        let mut all = Vec::new();
        while let Some(tag) = tags.try_next().await.expect("an item") {
            all.push(tag);
        }
        let Lenient::Undecodable(other) = &all[2] else { panic!("{:?}", all[2]) };
        assert_eq!(*other.json(), invalid_item());
        assert_eq!((other.path(), other.reason()), (Some("id"), "expected a string"));
        let all: Vec<_> = all.into_iter().map(shown).collect();
        assert_eq!(all, ["tag_1", "tag_2", r#""tag_3""#, "tag_4", "tag_5"]);
        assert_eq!(server.lines()[2], "GET /tags?limit=100&page_token=b");
    }
}

#[tokio::test]
async fn by_default_an_invalid_item_is_an_error() {
    let (front, _server) = front([page_with_invalid_item("b")]);
    let mut tags = front.tags().list().stream();
    tags.try_next().await.expect("a tag").expect("the first");
    let error = tags.try_next().await.expect_err("an invalid item");
    assert_eq!(error.json_path(), Some("_results[1].id"));
}

#[tokio::test]
async fn pages_contain_invalid_items_at_their_position() {
    let (front, _server) = front([page_with_invalid_item("b")]);
    let mut pages = front.tags().list().pages().lenient();
    let page = pages.try_next().await.expect("a page").expect("not the end");
    let decoded: Vec<bool> =
        page.items.iter().map(|item| matches!(item, Lenient::Item(_))).collect();
    assert_eq!(decoded, [true, false, true]);
    // Serializing the page writes the item as it was received.
    let written = serde_json::to_value(&page).expect("json");
    assert_eq!(written["_results"][1], invalid_item());
    let back: Page<Lenient<Tag>> = serde_json::from_value(written).expect("a page");
    assert_eq!(back, page);
}

#[tokio::test]
async fn an_invalid_page_is_still_an_error() {
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
async fn a_list_can_become_lenient_in_the_middle() {
    let (front, server) = front([
        page(&["tag_0", "tag_1"], Some("a")),
        page_with_invalid_item("b"),
        page(&["tag_5"], None),
    ]);
    let mut tags = front.tags().list().stream().max_items(6);
    let first = tags.try_next().await.expect("a tag").expect("the first");
    assert_eq!(first.id.as_str(), "tag_0");
    let mut tags = tags.lenient();
    assert_eq!(tags.items_at_hand().len(), 1);
    let mut all = Vec::new();
    while let Some(tag) = tags.try_next().await.expect("an item") {
        all.push(shown(tag));
    }
    // The item that cannot be decoded counts as one of the six.
    assert_eq!(all, ["tag_1", "tag_2", r#""tag_3""#, "tag_4", "tag_5"]);
    assert_eq!(server.lines().len(), 3);

    // The second page is requested before `lenient` and read after it.
    let (front, _server) =
        crate::front([page(&["tag_1"], Some("a")), page_with_invalid_item("b")]);
    let mut pages = front.tags().list().pages().read_ahead();
    pages.try_next().await.expect("a page").expect("the first");
    let second = pages.lenient().try_next().await.expect("a page").expect("the second");
    assert_eq!(second.items.len(), 3);
}

#[test]
fn a_reason_contains_no_value() {
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

/// Decodes a value directly and leniently, and asserts that both the values and their JSON are equal.
fn assert_same<T: DeserializeOwned + Serialize + PartialEq + fmt::Debug>(
    text: &str,
) -> T {
    let direct: T = serde_json::from_str(text).expect(text);
    let lenient: Lenient<T> = serde_json::from_str(text).expect("any JSON");
    let lenient = lenient.ok().expect(text);
    assert_eq!(direct, lenient, "{text}");
    let written = |value: &T| serde_json::to_string(value).expect("json");
    assert_eq!(written(&direct), written(&lenient), "{text}");
    direct
}

#[test]
fn values_are_the_same_as_when_decoded_directly() {
    let numbers = r#"[18446744073709551615,18446744073709551616,-9223372036854775808,
        -9223372036854775809,9007199254740993,1.0,0.1,1e300,-0.0,1702309107.123456]"#;
    let conversation: Conversation = assert_same(&format!(
        r#"{{"id":"cnv_1","subject":"a \"b\" \u00e9 \ud83d\ude00","status":"new word",
            "type":"email","created_at":1702309107.123,"updated_at":1702309107,
            "waiting_since":1702309107.0,"tags":[{{"id":"tag_1","is_private":null}}],"links":null,
            "recipient":{{"handle":"a@b.test","role":"from","_links":{{"related":{{}}}}}},
            "custom_fields":{{"Zeal":{numbers},"Age":9007199254740993}},
            "unheard":{numbers},"_links":{{"self":"https://x.test"}}}}"#
    ));
    assert_eq!(conversation.created_at.expect("a time").as_millis(), 1_702_309_107_123);
    assert_same::<Message>(
        r#"{"id":"msg_1","is_inbound":true,"created_at":1453770984.123,"body":"<p>",
            "attachments":[{"id":"fil_1","size":1024.0,"metadata":{"is_inline":false}}],
            "metadata":{"headers":{"in_reply_to":null}},"author":{"id":"tea_1"}}"#,
    );
    let attachment: Attachment =
        assert_same(r#"{"id":"fil_1","size":9007199254740993}"#);
    assert_eq!(attachment.size, Some(9_007_199_254_740_993));
    assert_same::<Attachment>(r#"{"id":"fil_1","size":1024.0}"#);
    assert_same::<Contact>(
        r#"{"id":"crd_1","handles":[{"source":"email","handle":"a@b.test"}],"custom_fields":
            {"b":true,"a":null,"n":1.5},"updated_at":1600000000.5,"is_spammer":false}"#,
    );
    let event: Event = assert_same(
        r#"{"id":"evt_1","type":"assign","emitted_at":1453770984.123,
            "source":{"_meta":{"type":"teammate"},"data":{"id":"tea_1","is_admin":true}},
            "target":{"_meta":{"type":"teammate"},"data":{"id":"tea_2"}},
            "conversation":{"id":"cnv_1","last_message":{"id":"msg_1","created_at":0.001}}}"#,
    );
    assert!(matches!(event.source, Some(EventSource::Teammate(_))), "{event:?}");
    let event: Event = assert_same(&format!(
        r#"{{"id":"evt_1","type":"unheard","source":{{"_meta":{{"type":"new"}},"data":{numbers}}},
            "target":{{"_meta":{{"type":"tag"}},"data":{{"id":{numbers}}}}}}}"#
    ));
    assert!(matches!(event.target, Some(EventTarget::Unknown(_))), "{event:?}");
}

proptest! {
    #[test]
    fn times_are_the_same_as_when_decoded_directly(millis in -62_135_596_800_000i64..253_402_300_800_000) {
        let text = Timestamp::from_millis(millis).to_string();
        prop_assert_eq!(assert_same::<Timestamp>(&text).as_millis(), millis);
    }

    #[test]
    fn numbers_are_the_same_as_when_decoded_directly(float: f64, integer: i64) {
        assert_same::<Value>(&format!("[{float:?},{float:e},{integer},{integer}.0]"));
    }
}
