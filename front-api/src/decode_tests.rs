//! An invalid value at any place of a response does not affect the rest, and no value is lost without a report.

use bytes::Bytes;
use proptest::prelude::*;
use reqwest::header::HeaderMap;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::conversations::Conversation;
use crate::events::Event;
use crate::generated::operations;
use crate::messages::Message;
use crate::rt::Page;
use crate::rt::{Meta, Progress, Response, decode};

/// Values of every JSON type, to replace a value of another type.
fn unexpected_values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(5),
        json!(1.5),
        json!("x"),
        json!([]),
        json!([null, {"x": 1}]),
        json!({}),
        json!({"x": {"y": []}}),
    ]
}

fn conversations() -> Value {
    json!({
        "_pagination": {"next": "https://x.test/c?page_token=b", "prev": null},
        "_links": {"self": "https://x.test/c"},
        "_total": 3,
        "_results": [
            {"id": "cnv_1"},
            {
                "_links": {"self": "https://x.test/cnv_2", "related": {"events": "https://x.test/e"}},
                "id": "cnv_2", "subject": "s", "status": "assigned", "created_at": 1_600_000_000.5,
                "assignee": {"id": "tea_1", "email": "a@b.test", "is_admin": true},
                "recipient": {"handle": "c@d.test", "role": "from"},
                "tags": [{"id": "tag_1", "name": "n"}, {"id": "tag_2"}],
                "links": [{"id": "top_1", "name": "l"}],
                "custom_fields": {"City": "Paris", "Price": 19.99},
                "is_private": false,
                "new": [1, {"a": "b"}],
            },
        ],
    })
}

fn events() -> Value {
    json!({
        "_results": [{
            "id": "evt_1", "type": "assign", "emitted_at": 1_600_000_000,
            "conversation": {"id": "cnv_1", "tags": [{"id": "tag_1"}]},
            "source": {"_meta": {"type": "teammate"}, "data": {"id": "tea_1", "email": "a@b.test"}},
            "target": {"_meta": {"type": "inboxes"}, "data": [{"id": "inb_1", "name": "n"}]},
        }, {
            "id": "evt_2",
            "target": {
                "_meta": {"type": "message"},
                "data": {"id": "msg_1", "author": {"id": "tea_1"}, "attachments": [{"id": "fil_1", "size": 3}]},
            },
        }],
    })
}

/// Collects the pointer to every value inside a value.
fn pointers(json: &Value, at: &str, all: &mut Vec<String>) {
    let mut inner = |step: &str, json: &Value| {
        let at = format!("{at}/{step}");
        pointers(json, &at, all);
        all.push(at);
    };
    match json {
        Value::Object(fields) => fields.iter().for_each(|(key, json)| inner(key, json)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, json)| inner(&at.to_string(), json));
        }
        _ => {}
    }
}

/// Normalizes what may differ after a round trip: null, empty lists and empty maps are the same as a missing
/// value, `3` is the same as `3.0`, and an id as a number is the same as its digits.
fn normalized(json: &Value) -> Value {
    let is_present = |json: &Value| match json {
        Value::Null => false,
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
        _ => true,
    };
    match json {
        Value::Object(fields) => {
            let fields = fields.iter().map(|(key, json)| match json {
                Value::Number(id) if key == "id" => (key.clone(), id.to_string().into()),
                json => (key.clone(), normalized(json)),
            });
            Value::Object(fields.filter(|(_, json)| is_present(json)).collect())
        }
        Value::Array(items) => Value::Array(items.iter().map(normalized).collect()),
        Value::Number(number) => json!(number.as_f64()),
        other => other.clone(),
    }
}

fn response(body: impl Into<Bytes>) -> Response {
    let meta = Meta::new(200, HeaderMap::new(), Progress::default());
    Response { operation: &operations::CONVERSATIONS_LIST, meta, body: body.into() }
}

/// Removes the values that are reported as removed. Their indices are those in the response that was sent.
fn without_removed(mut sent: Value, meta: &Meta) -> Value {
    let removed = meta.unexpected_values().iter().filter(|value| value.is_removed());
    let mut pointers: Vec<String> = removed
        .map(|value| {
            format!("/{}", value.path().replace(['.', '['], "/").replace(']', ""))
        })
        .collect();
    // The last element of a list comes first, because no list here has ten elements.
    pointers.sort();
    for pointer in pointers.iter().rev() {
        let (parent, last) = pointer.rsplit_once('/').expect("a pointer");
        match sent.pointer_mut(parent).expect("the reported value was sent") {
            Value::Object(fields) => fields.remove(last).expect("it was sent"),
            Value::Array(items) => items.remove(last.parse().expect("an index")),
            other => panic!("{pointer} leads into {other}"),
        };
    }
    sent
}

/// Decodes a page with each of the unexpected values at each of its places.
fn check<T: DeserializeOwned + Serialize>(page: &Value) {
    let mut all = Vec::new();
    pointers(page, "", &mut all);
    // Without its items or its next page, the page is an error instead.
    all.retain(|pointer| pointer != "/_results" && !pointer.starts_with("/_pagination"));
    for pointer in all {
        for unexpected in unexpected_values() {
            let mut sent = page.clone();
            *sent.pointer_mut(&pointer).expect("a pointer") = unexpected.clone();
            let mut response = response(sent.to_string());
            let read: Page<T> = decode(&mut response)
                .unwrap_or_else(|error| panic!("{pointer} is {unexpected}: {error}"));
            let items = read.items.len() + read.undecodable.len();
            assert_eq!(items, page["_results"].as_array().map_or(0, Vec::len));
            // Of the URL of the next page, only the cursor is serialized.
            let mut written = serde_json::to_value(&read).expect("json");
            let mut expected = without_removed(sent, &response.meta);
            for page in [&mut written, &mut expected] {
                page["_pagination"] = Value::Null;
            }
            assert_eq!(
                normalized(&written),
                normalized(&expected),
                "{pointer} is {unexpected}"
            );
        }
    }
}

#[test]
fn any_value_in_a_page_of_conversations() {
    check::<Conversation>(&conversations());
}

#[test]
fn any_value_in_a_page_of_events() {
    check::<Event>(&events());
}

#[test]
fn a_failed_decode_does_not_affect_the_next_one() {
    decode::<Message>(&mut response(r#"{"id":["x"],"author":{}}"#))
        .expect_err("not a message");
    // Outside a response, a type is decoded completely or not at all.
    serde_json::from_str::<Message>(r#"{"id":"msg_1","author":{}}"#)
        .expect_err("an invalid author");
    let mut next = response(r#"{"id":"msg_1"}"#);
    decode::<Message>(&mut next).expect("a message");
    assert!(next.meta.unexpected_values().is_empty());
}

proptest! {
    /// A body that is cut or changed at any byte is decoded or is an error, but never panics.
    #[test]
    fn no_bytes_panic(at in 0..700usize, byte: u8, cut: bool) {
        for page in [conversations(), events()] {
            let mut body = page.to_string().into_bytes();
            let at = at % body.len();
            if cut {
                body.truncate(at);
            } else {
                body[at] = byte;
            }
            let _ = decode::<Page<Event>>(&mut response(body.clone()));
            let _ = decode::<Page<Conversation>>(&mut response(body));
        }
    }

    /// Only the invalid units of a text are replaced.
    #[test]
    fn only_invalid_units_are_replaced(units: Vec<u16>) {
        let escaped: String = units.iter().map(|unit| format!("\\u{unit:04x}")).collect();
        let mut response = response(format!(r#"{{"id":"msg_1","subject":"{escaped}"}}"#));
        let message: Message = decode(&mut response).expect("a message");
        let expected = String::from_utf16_lossy(&units);
        prop_assert_eq!(message.subject.as_deref(), Some(expected.as_str()));
        let is_valid = String::from_utf16(&units).is_ok();
        prop_assert_eq!(response.meta.unexpected_values().is_empty(), is_valid);
    }
}
