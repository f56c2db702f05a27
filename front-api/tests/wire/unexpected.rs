//! Responses with unexpected values: the rest is decoded, and the removed values are reported.

use front_api::conversations::Conversation;
use front_api::events::{Event, EventSource};
use front_api::messages::Message;
use front_api::{Error, ErrorKind, Lenient, Meta, Method, Outcome, Page};
use serde_json::{Value, json};

use crate::front;
use crate::lists::page;
use front_test_server::Reply;

/// Returns the path, the reason and the JSON of each unexpected value, and whether it was removed.
pub(crate) fn reported(meta: &Meta) -> Vec<(&str, &str, &str, bool)> {
    let values = meta.unexpected_values().iter();
    values
        .map(|value| (value.path(), value.reason(), value.json(), value.is_removed()))
        .collect()
}

pub(crate) async fn message(json: &str) -> (Message, Meta) {
    let (front, _server) = front([Reply::json(200, json)]);
    let call = front.messages().get(&"msg_1".into()).send().with_meta();
    call.await.expect(json)
}

pub(crate) async fn conversations(json: &str) -> (Page<Conversation>, Meta) {
    let (front, _server) = front([Reply::json(200, json)]);
    front.conversations().list().send().with_meta().await.expect(json)
}

/// Reads the page of one conversation.
pub(crate) async fn conversation(json: &str) -> (Conversation, Meta) {
    let (page, meta) = conversations(&format!(r#"{{"_results":[{json}]}}"#)).await;
    let [conversation] = page.items.try_into().expect("one conversation");
    (conversation, meta)
}

#[tokio::test]
async fn optional_values_are_removed() {
    for (field, reason) in [
        (r#""author":{}"#, "missing field `id`"),
        (r#""author":"tea_1""#, "expected struct Teammate"),
        (r#""subject":51"#, "expected a string"),
        (r#""created_at":"yesterday""#, "expected a time in seconds since 1970"),
        (r#""is_inbound":"yes""#, "expected a boolean"),
        (r#""type":7"#, "expected a string"),
        (r#""recipients":{}"#, "expected a sequence"),
        (r#""_links":[]"#, "expected a map"),
        (r#""metadata":"x""#, "expected struct MessageMetadata"),
    ] {
        let (message, meta) =
            message(&format!(r#"{{"id":"msg_1","body":"kept",{field}}}"#)).await;
        assert_eq!(message.body.as_deref(), Some("kept"), "{field}");
        let (key, json) = field.split_once(':').expect("a field");
        assert_eq!(reported(&meta), [(key.trim_matches('"'), reason, json, true)]);
        let written = serde_json::to_value(&message).expect("json");
        assert_eq!(written, json!({"id": "msg_1", "body": "kept"}), "{field}");
    }
}

#[tokio::test]
async fn elements_of_lists_are_removed_by_their_index() {
    let (conversation, meta) = conversation(
        r#"{"id":"cnv_1","tags":[null,{"id":"tag_1"},{"name":"no id"},{"id":"tag_2","name":5},7]}"#,
    )
    .await;
    let ids: Vec<_> = conversation.tags.iter().map(|tag| tag.id.as_str()).collect();
    assert_eq!(ids, ["tag_1", "tag_2"]);
    let mut reported = reported(&meta);
    reported.sort_unstable();
    assert_eq!(
        reported,
        [
            ("_results[0].tags[0]", "expected struct Tag", "null", true),
            ("_results[0].tags[2]", "missing field `id`", r#"{"name":"no id"}"#, true),
            ("_results[0].tags[3].name", "expected a string", "5", true),
            ("_results[0].tags[4]", "expected struct Tag", "7", true),
        ]
    );
}

#[tokio::test]
async fn a_removed_value_is_reported_completely() {
    // Decoding fails first at its name, then at its id.
    let author = r#"{"email":9,"id":false,"username":"ann"}"#;
    let (message, meta) =
        message(&format!(r#"{{"id":"msg_1","author":{author}}}"#)).await;
    assert!(message.author.is_none());
    let [(path, _, json, true)] = reported(&meta)[..] else { panic!("{meta:?}") };
    assert_eq!((path, json), ("author", author));
}

#[tokio::test]
async fn an_invalid_item_does_not_affect_others() {
    let (page, meta) = conversations(
        r#"{"_results":[{"id":"cnv_1"},null,{"id":"cnv_2","subject":1},{"subject":"secret"},{"id":"cnv_3"}],
            "_pagination":{"next":"https://x.test/?page_token=b"}}"#,
    )
    .await;
    let ids: Vec<_> = page.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(ids, ["cnv_1", "cnv_2", "cnv_3"]);
    let others: Vec<_> = page
        .undecodable
        .iter()
        .map(|other| (other.index(), other.reason(), other.json().clone()))
        .collect();
    let secret = json!({"subject": "secret"});
    assert_eq!(
        others,
        [
            (Some(1), "expected struct Conversation", Value::Null),
            (Some(3), "missing field `id`", secret)
        ]
    );
    assert_eq!(page.next.as_ref().map(ToString::to_string).as_deref(), Some("b"));
    assert_eq!(
        reported(&meta),
        [("_results[2].subject", "expected a string", "1", true)]
    );
    let written = serde_json::to_value(&page).expect("json");
    assert_eq!(written["_results"][1], Value::Null);
    assert_eq!(written["_results"][3]["subject"], "secret");
    assert_eq!(written["_results"][4]["id"], "cnv_3");
    let all = format!("{page:?} {meta:?}");
    assert!(!all.contains("secret"), "{all}");
}

#[tokio::test]
async fn a_stream_continues_after_an_invalid_item() {
    let odd = r#"{"_results":[5,{"id":"tag_2"},{"name":"secret"}],
        "_pagination":{"next":"/?page_token=b"}}"#;
    let script = || [Reply::json(200, odd), page(&["tag_3"], None)];
    let (front, _server) = front(script());
    let mut tags = front.tags().list().stream();
    let mut all = Vec::new();
    loop {
        match tags.try_next().await {
            Ok(Some(tag)) => all.push(Ok(tag.id.to_string())),
            Ok(None) => break,
            Err(error) => all.push(Err(error)),
        }
    }
    let [Err(five), Ok(second), Err(nameless), Ok(third)] = &all[..] else {
        panic!("{all:?}")
    };
    assert_eq!((second.as_str(), third.as_str()), ("tag_2", "tag_3"));
    let item = |error: &Error| error.undecodable_item().expect("an item").json().clone();
    assert_eq!((item(five), item(nameless)), (json!(5), json!({"name": "secret"})));
    assert_eq!(nameless.json_path(), Some("_results[2]"));
    assert_eq!((nameless.kind(), nameless.status()), (ErrorKind::Decode, Some(200)));
    let shown = format!("{nameless} {nameless:?}");
    assert!(
        shown.contains("missing field `id`") && !shown.contains("secret"),
        "{shown}"
    );

    // With `lenient`, as JSON at their positions, also on a page of which an item was read before.
    let (front, _server) = crate::front(script());
    let mut tags = front.tags().list().stream();
    tags.try_next().await.expect_err("five");
    let mut tags = tags.lenient();
    let mut all = Vec::new();
    while let Some(tag) = tags.try_next().await.expect("an item") {
        all.push(match tag {
            Lenient::Item(tag) => json!(tag.id),
            Lenient::Undecodable(other) => other.into_json(),
        });
    }
    assert_eq!(all, [json!("tag_2"), json!({"name": "secret"}), json!("tag_3")]);
}

#[tokio::test]
async fn lenient_items_are_decoded_like_others() {
    let odd = r#"{"_results":[{"id":"tag_1","name":5},{"id":{}},{"id":"tag_3"}]}"#;
    let (front, _server) = front([Reply::json(200, odd)]);
    let mut pages = front.tags().list().pages().lenient();
    let page = pages.try_next().await.expect("a page").expect("the first");
    let [Lenient::Item(first), Lenient::Undecodable(second), Lenient::Item(_)] =
        &page.items[..]
    else {
        panic!("{page:?}")
    };
    assert_eq!((first.id.as_str(), &first.name), ("tag_1", &None));
    assert_eq!((second.path(), second.index()), (Some("id"), None));
    let meta = pages.meta().expect("a page was read");
    assert_eq!(reported(meta), [("_results[0].name", "expected a string", "5", true)]);
}

#[tokio::test]
async fn a_union_keeps_its_variant() {
    let event = async |source: &str| {
        let text = format!(r#"{{"_results":[{{"id":"evt_1","source":{source}}}]}}"#);
        let (front, _server) = front([Reply::json(200, &text)]);
        let (page, meta) =
            front.events().list().send().with_meta().await.expect("a page");
        let [Event { source, .. }] = page.items.try_into().expect("one event");
        (source.expect("a source"), meta)
    };
    let (source, meta) = event(r#"{"_meta":{"type":"teammate"},"data":null}"#).await;
    assert!(matches!(source, EventSource::Teammate(None)), "{source:?}");
    assert!(meta.unexpected_values().is_empty());

    let (source, meta) = event(
        r#"{"_meta":{"type":"teammate"},"data":{"id":"tea_1","username":{},"email":"a@b.test"}}"#,
    )
    .await;
    let EventSource::Teammate(Some(teammate)) = source else { panic!("{source:?}") };
    assert_eq!(teammate.email.as_deref(), Some("a@b.test"));
    assert_eq!(
        reported(&meta),
        [("_results[0].source.data.username", "expected a string", "{}", true)]
    );

    let (source, meta) =
        event(r#"{"_meta":{"type":"inboxes"},"data":[null,{"id":"inb_1"}]}"#).await;
    let EventSource::Inboxes(inboxes) = source else { panic!("{source:?}") };
    assert_eq!(inboxes.len(), 1);
    assert_eq!(reported(&meta)[0].0, "_results[0].source.data[0]");

    // Data that does not match the variant at all is kept as JSON.
    let (source, meta) = event(r#"{"_meta":{"type":"teammate"},"data":"tea_1"}"#).await;
    let EventSource::Unknown(case) = source else { panic!("{source:?}") };
    assert_eq!(case.raw()["data"], "tea_1");
    assert!(meta.unexpected_values().is_empty());
}

#[tokio::test]
async fn an_id_may_be_a_number() {
    let (front, _server) = front([Reply::json(200, r#"{"id":11,"name":"Northwind"}"#)]);
    let (identity, meta) = front.me().get().send().with_meta().await.expect("a company");
    assert_eq!(identity.id.as_str(), "11");
    assert!(meta.unexpected_values().is_empty());
}

#[tokio::test]
async fn an_invalid_cursor_is_an_error_after_its_page() {
    for next in [r#""""#, "5", r#""https://x.test/tags""#, "{}", "false"] {
        let body = format!(
            r#"{{"_results":[{{"id":"tag_2"}}],"_pagination":{{"next":{next}}}}}"#
        );
        let (front, server) =
            front([page(&["tag_1"], Some("a")), Reply::json(200, &body)]);
        let mut tags = front.tags().list().stream();
        for id in ["tag_1", "tag_2"] {
            let tag = tags.try_next().await.expect("a tag").expect("not the end");
            assert_eq!(tag.id.as_str(), id);
        }
        let error = tags.try_next().await.expect_err(next);
        assert_eq!(error.kind(), ErrorKind::Pagination, "{error}");
        assert!(error.to_string().contains("next page: it has no cursor"), "{error}");
        assert!(tags.try_next().await.expect("the end").is_none());
        assert_eq!(server.requests(), 2);

        // Another list cannot start at this cursor.
        let cursor = tags.cursor().expect("a malformed one");
        assert!(cursor.is_malformed());
        let error =
            front.tags().list().from(cursor).send().await.expect_err("malformed");
        assert_eq!(
            (error.kind(), error.outcome()),
            (ErrorKind::Request, Outcome::NotDone)
        );
        assert_eq!(server.requests(), 2);
    }
}

#[tokio::test]
async fn the_number_of_unexpected_values_is_limited() {
    // Up to eight values of a list are removed. With more, the whole list is removed.
    let list = |odd: &str, count| vec![odd; count].join(",");
    for odd in ["null", r#"{"id":"tag_1","name":5}"#, r#"{"name":"no id"}"#] {
        for count in [8, 9, 2_000] {
            let tags = list(odd, count);
            let body = format!(r#"{{"_results":[{{"id":"cnv_1","tags":[{tags}]}}]}}"#);
            let (page, meta) = conversations(&body).await;
            assert_eq!((page.items.len(), page.undecodable.len()), (1, 0), "{odd}");
            let values = meta.unexpected_values();
            if count == 8 {
                assert_eq!(values.len(), 8, "{odd}");
                continue;
            }
            let [whole] = values else { panic!("{values:?}") };
            let json: Value = serde_json::from_str(whole.json()).expect("JSON");
            let length = json.as_array().map(Vec::len);
            assert_eq!((whole.path(), length), ("_results[0].tags", Some(count)));
            assert_eq!(whole.reason(), "too many invalid values in the list");
            assert_eq!(page.items[0].tags.len(), 0);
        }
    }

    // With more than sixteen unexpected values, the item stays JSON. Other items are not affected.
    let odd = |count| list("null", count);
    let fields = r#""subject":1,"created_at":"x","is_private":"x""#;
    for (tags, undecodable) in [(6, 0), (7, 1)] {
        let (tags, links) = (odd(tags), odd(7));
        let item =
            format!(r#"{{"id":"cnv_1","tags":[{tags}],"links":[{links}],{fields}}}"#);
        let (page, _) =
            conversations(&format!(r#"{{"_results":[{item},{{"id":"cnv_2"}}]}}"#)).await;
        assert_eq!(page.undecodable.len(), undecodable);
        assert_eq!(page.items.len(), 2 - undecodable);
    }

    // Nested too deeply.
    let body = format!(r#"{{"_results":[{}"#, "[\"\\ud83d\",".repeat(20_000));
    let (front, _server) = front([Reply::json(200, &body)]);
    let error = front.tags().list().send().await.expect_err("too deep");
    assert_eq!(error.kind(), ErrorKind::Decode);
}

#[tokio::test]
async fn raw_calls_are_decoded_in_the_same_way() {
    let odd = r#"{"_results":[{"id":"tag_1","name":5},null]}"#;
    let (front, _server) = front([Reply::json(200, odd)]);
    let call = front.raw(Method::Get, "/tags", [""; 0]);
    let (page, meta) =
        call.send_as::<Page<front_api::tags::Tag>>().with_meta().await.expect("a page");
    assert_eq!((page.items.len(), page.undecodable.len()), (1, 1));
    assert_eq!(reported(&meta)[0].0, "_results[0].name");
}

/// A union inside a type that buffers its input, so that the path of the union is unknown.
#[derive(serde::Deserialize)]
struct Around {
    #[serde(flatten)]
    event: Event,
    seen: Option<bool>,
    count: Option<u32>,
}

#[tokio::test]
async fn a_union_that_cannot_be_found_is_kept_whole() {
    let source = r#"{"_meta":{"type":"teammate"},"data":{"id":"tea_1","email":5}}"#;
    let body = format!(
        r#"{{"id":"evt_1","source":{source},"seen":true,"data":{{"email":1}}}}"#
    );
    let (front, _server) = front([Reply::json(200, &body)]);
    let call = front.raw(Method::Get, "/events/evt_1", [""; 0]);
    let around = call.send_as::<Around>().await.expect("an event");
    assert_eq!((around.seen, around.count), (Some(true), None));
    let Some(EventSource::Unknown(case)) = around.event.source else {
        panic!("{:?}", around.event)
    };
    assert_eq!(case.raw()["data"]["email"], 5);
}

#[tokio::test]
async fn long_keys_and_control_characters_are_shortened_in_paths() {
    let key = format!(r#"k\u001b[31m\n{}"#, "x".repeat(100_000));
    let body = format!(
        r#"{{"id":"cnv_1","custom_fields":{{"{key}":"\ud83d","a.b":"\ud83d"}}}}"#
    );
    let (_, meta) = conversation(&body).await;
    for value in meta.unexpected_values() {
        assert!(value.path().len() < 300 && !value.path().contains(['\n', '\u{1b}']));
    }
    let last = meta.unexpected_values().last().expect("a value");
    assert_eq!(last.path(), r#"_results[0].custom_fields["a.b"]"#);
}
