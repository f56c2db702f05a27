//! Responses whose bytes are repaired before they are decoded: Unicode, numbers and duplicate keys.

use front_api::ErrorKind;
use front_api::conversations::Conversation;
use serde_json::json;

use crate::front;
use crate::unexpected::{conversation, message, reported};
use front_test_server::Reply;

#[tokio::test]
async fn invalid_unicode_is_replaced() {
    let (message, meta) =
        message(r#"{"id":"msg_1","blurb":"ok \ud83d","text":"\ud83d\ude00"}"#).await;
    assert_eq!(message.blurb.as_deref(), Some("ok \u{fffd}"));
    assert_eq!(message.text.as_deref(), Some("\u{1f600}"));
    let reason = "invalid Unicode, replaced by U+FFFD";
    assert_eq!(reported(&meta), [("blurb", reason, r#""ok \ud83d""#, false)]);

    // Also in fields that this version does not know, and in keys.
    let (conversation, meta) = conversation(
        r#"{"id":"cnv_1","new":["\ude00\ud83d"],"custom_fields":{"a\ud83d":1,"b":"\\ud83d"}}"#,
    )
    .await;
    assert_eq!(conversation.extra.get("new"), Some(&json!(["\u{fffd}\u{fffd}"])));
    assert_eq!(conversation.custom_fields.get("a\u{fffd}"), Some(&json!(1)));
    assert_eq!(conversation.custom_fields.get("b"), Some(&json!(r"\ud83d")));
    let paths: Vec<_> = reported(&meta).iter().map(|value| value.0).collect();
    assert_eq!(paths, ["_results[0].new[0]", "_results[0].custom_fields.a\u{fffd}"]);

    // Bytes that are not UTF-8, control characters, and a byte order mark.
    let body: &[u8] =
        b"\xef\xbb\xbf{\"id\":\"msg_1\",\"blurb\":\"\xff\",\"text\":\"a\tb\"}";
    let (front, _server) = front([Reply::status(200)
        .header("content-type", "application/json")
        .body(body)]);
    let call = front.messages().get(&"msg_1".into()).send().with_meta();
    let (message, meta) = call.await.expect("a message");
    assert_eq!(message.blurb.as_deref(), Some("\u{fffd}"));
    // This text is unchanged.
    assert_eq!(message.text.as_deref(), Some("a\tb"));
    assert_eq!(meta.unexpected_values().len(), 1);
}

#[tokio::test]
async fn numbers_keep_their_text() {
    let (conversation, meta) = conversation(
        r#"{"id":"cnv_1","custom_fields":{"a":19.990000000000002,"b":123456789012345678901234567890,
            "c":18446744073709551615,"d":[-9223372036854775809]}}"#,
    )
    .await;
    let fields = &conversation.custom_fields;
    assert_eq!(fields["a"].to_string(), "19.990000000000002");
    assert_eq!(fields["c"].to_string(), "18446744073709551615");
    let reason = "an integer beyond 64 bits, rounded to a floating-point number";
    assert_eq!(
        reported(&meta),
        [
            (
                "_results[0].custom_fields.b",
                reason,
                "123456789012345678901234567890",
                false
            ),
            ("_results[0].custom_fields.d[0]", reason, "-9223372036854775809", false),
        ]
    );

    let (conversation, meta) =
        self::conversation(r#"{"id":"cnv_1","custom_fields":{"a":1e400,"b":1}}"#).await;
    assert_eq!(conversation.custom_fields["a"], "1e400");
    assert_eq!(
        reported(&meta),
        [(
            "_results[0].custom_fields.a",
            "number out of range, replaced by a string",
            "1e400",
            false
        )]
    );
}

/// The standard library writes the shortest text of a float. It shares no code with the tested code.
#[test]
fn every_float_is_written_as_it_was_read() {
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        f64::from_bits(random)
    };
    let prices = (1..2_000).map(|count| f64::from(count) * 1.1);
    let floats = prices.chain((0..20_000).map(|_| next()));
    for float in floats.filter(|float| float.is_finite()) {
        let text = format!("{float:?}");
        let json =
            format!(r#"{{"id":"cnv_1","custom_fields":{{"a":{text}}},"new":{text}}}"#);
        let read: Conversation = serde_json::from_str(&json).expect(&json);
        let written = serde_json::to_string(&read).expect("json");
        let (_, field) = written.split_once(r#""a":"#).expect("a field");
        let (_, extra) = written.split_once(r#""new":"#).expect("a field");
        for part in [field, extra] {
            let number = part.split(['}', ',']).next().expect("a number");
            let back: f64 = number.parse().expect(number);
            assert_eq!(back.to_bits(), float.to_bits(), "{text} became {number}");
        }
    }
}

#[tokio::test]
async fn duplicate_keys_are_reported() {
    let (message, meta) =
        message(r#"{"id":"msg_1","subject":"first","subject":"second"}"#).await;
    assert_eq!(message.subject.as_deref(), Some("second"));
    let reason = "duplicate key; the last value is used";
    assert_eq!(reported(&meta), [("subject", reason, r#""first""#, false)]);
}

#[tokio::test]
async fn repairs_are_reported_where_all_values_fit() {
    let (conversation, meta) = conversation(
        r#"{"id":"cnv_1","custom_fields":{"a":1,"b":-9300000000000000001,"a":2},"new":{"c":1,"c":1}}"#,
    )
    .await;
    assert_eq!(conversation.custom_fields["a"], 2);
    let paths: Vec<_> = reported(&meta).iter().map(|value| (value.0, value.2)).collect();
    assert_eq!(
        paths,
        [
            ("_results[0].custom_fields.b", "-9300000000000000001"),
            ("_results[0].custom_fields.a", "1"),
            ("_results[0].new.c", "1"),
        ]
    );
}

#[tokio::test]
async fn a_repaired_page_does_not_end_a_list() {
    for envelope in [
        r#""_results":[{"id":"tag_1"}],"_pagination":{"next":1e400}"#,
        r#""_results":[{"id":"tag_1"}],"_pagination":1e400"#,
    ] {
        let (front, _server) = front([Reply::json(200, &format!("{{{envelope}}}"))]);
        let mut tags = front.tags().list().stream();
        tags.try_next().await.expect("a tag").expect("the first");
        let error = tags.try_next().await.expect_err(envelope);
        assert_eq!(error.kind(), ErrorKind::Pagination, "{envelope}");
    }
    for (envelope, path) in [
        (r#""_results":[{"id":"tag_1"}],"_results":[]"#, "_results"),
        (
            r#""_results":[],"_pagination":{"next":"/?page_token=a","next":null}"#,
            "_pagination.next",
        ),
        (
            r#""_results":[],"_pagination":{"next":"/?page_token=a"},"_pagination":null"#,
            "_pagination",
        ),
    ] {
        let (front, _server) = front([Reply::json(200, &format!("{{{envelope}}}"))]);
        let error = front.tags().list().send().await.expect_err(envelope);
        assert_eq!((error.kind(), error.json_path()), (ErrorKind::Decode, Some(path)));
        assert!(error.to_string().contains("duplicate key"), "{error}");
    }
}

#[tokio::test]
async fn the_memory_of_repairs_is_bounded() {
    let key = "k".repeat(100_000);
    let numbers = vec!["1e999"; 20_000].join(",");
    let body = format!(r#"{{"id":"cnv_1","{key}":[{numbers}]}}"#);
    let (conversation, meta) = conversation(&body).await;
    assert_eq!(conversation.extra.len(), 1);
    let values = meta.unexpected_values();
    assert!(!values.is_empty() && values.len() <= 1_000, "{}", values.len());
}
