//! Answers decode: as the spec says them, as Front's document shows them, and as Front may send them tomorrow.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod answers;

use answers::{HIDDEN, Mode, from_document, from_spec};
use front_api::analytics::Export;
use front_api::contacts::Contact;
use front_api::conversations::Conversation;
use front_api::events::{Event, EventSource, EventTarget};
use front_api::me::Identity;
use front_api::messages::{AcceptedMessage, Message};
use front_api::tags::Tag;
use front_api::{Page, operations};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// Decodes, and gives what is encoded again, with the `Debug` of what was decoded.
type Trip = fn(Value) -> Result<(Value, String), String>;

fn trip<T: DeserializeOwned + Serialize + Clone + PartialEq + std::fmt::Debug>(
    value: Value,
) -> Result<(Value, String), String> {
    let text = value.to_string();
    let typed: T = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let shown = format!("{typed:?}");
    let back = serde_json::to_value(typed).map_err(|error| error.to_string())?;
    Ok((back, shown))
}

/// A page is read only, so its parts are put together again by hand.
fn trip_page<T: DeserializeOwned + Serialize + std::fmt::Debug>(
    value: Value,
) -> Result<(Value, String), String> {
    let page: Page<T> =
        serde_json::from_str(&value.to_string()).map_err(|error| error.to_string())?;
    let shown = format!("{:?}", page.items);
    let mut all: serde_json::Map<String, Value> =
        page.extra.iter().map(|(key, value)| (key.to_owned(), value.clone())).collect();
    let next = page
        .next
        .map(|cursor| format!("https://acme.api.frontapp.com/x?page_token={cursor}"));
    all.insert("_pagination".to_owned(), json!({ "next": next }));
    all.insert(
        "_results".to_owned(),
        serde_json::to_value(page.items).map_err(|error| error.to_string())?,
    );
    all.insert("_total".to_owned(), json!(page.total));
    Ok((Value::Object(all), shown))
}

/// The answer of every operation that has one in JSON.
const ANSWERS: &[(&str, Trip)] = &[
    ("list-tags", trip_page::<Tag>),
    ("create-company-tag", trip::<Tag>),
    ("list-conversations", trip_page::<Conversation>),
    ("get-conversation-by-id", trip::<Conversation>),
    ("search-conversations", trip_page::<Conversation>),
    ("create-message-reply", trip::<AcceptedMessage>),
    ("create-contact", trip::<Contact>),
    ("list-events", trip_page::<Event>),
    ("create-analytics-export", trip::<Export>),
    ("edit-draft", trip::<Message>),
    ("api-token-details", trip::<Identity>),
];

/// What JSON does not tell apart: nulls and empty lists and maps are the same as nothing, and `3` is `3.0`.
fn solid(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.into_iter().map(|(key, value)| (key, solid(value)));
            Value::Object(kept.filter(|(_, value)| !is_nothing(value)).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(solid).collect()),
        Value::Number(number) => json!(number.as_f64()),
        other => other,
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        _ => false,
    }
}

#[test]
fn every_operation_with_an_answer_is_here() {
    let known: Vec<&str> = ANSWERS.iter().map(|(id, _)| *id).collect();
    let without = [
        "update-conversation",
        "remove-conversation-tag",
        "download-attachment-for-a-message",
    ];
    for operation in operations::ALL {
        assert!(
            known.contains(&operation.id) || without.contains(&operation.id),
            "{} has no decode test",
            operation.id
        );
    }
}

fn check(source: &str, answer: impl Fn(&str, Mode) -> Value) {
    for (id, trip) in ANSWERS {
        for mode in Mode::ALL {
            let sent = answer(id, mode);
            let (back, shown) = trip(sent.clone()).unwrap_or_else(|error| {
                panic!("{id}, {source}, {mode:?}: {error}\n{sent:#}")
            });
            assert!(!shown.contains(HIDDEN), "{id}, {source}, {mode:?}: {shown}");
            assert_eq!(
                solid(back),
                solid(sent),
                "{id}, {source}, {mode:?}: what was read is not what is written"
            );
        }
    }
}

#[test]
fn as_the_spec_says() {
    check("spec", from_spec);
}

#[test]
fn as_the_document_shows() {
    let folder = match front_tests::published() {
        Ok(folder) => folder,
        Err(why) => return front_tests::skip(why),
    };
    let text = std::fs::read_to_string(folder.join("core-api.json")).unwrap();
    let document: Value = serde_json::from_str(&text).unwrap();
    check("document", |id, mode| from_document(&document, id, mode));
    for (id, trip) in ANSWERS {
        let (_, shown) = trip(from_document(&document, id, Mode::Whole)).unwrap();
        assert!(
            !shown.contains("extra: {\""),
            "{id} has fields that the spec does not name: {shown}"
        );
        let (_, shown) = trip(from_document(&document, id, Mode::NewFields)).unwrap();
        assert!(shown.contains("extra: {\"never_heard_of\"}"), "{id}: {shown}");
    }
}

#[test]
fn previews_decode_to_what_they_have() {
    let event: Event = serde_json::from_value(json!({
        "_links": {"self": "https://acme.api.frontapp.com/events/evt_1"},
        "id": "evt_1",
        "type": "comment",
        "emitted_at": 1_703_102_616.25,
        "conversation": {"_links": {"self": "https://acme.api.frontapp.com/conversations/cnv_1"}, "id": "cnv_1"},
        "source": {"_meta": {"type": "teammate"}, "data": {"id": "tea_1"}},
        "target": {"_meta": {"type": "comment"}, "data": {"id": "com_1"}},
    }))
    .unwrap();
    let Some(EventSource::Teammate(teammate)) = &event.source else {
        panic!("{event:?}")
    };
    assert_eq!(teammate.id.as_str(), "tea_1");
    let Some(EventTarget::Comment(comment)) = &event.target else { panic!("{event:?}") };
    assert_eq!((comment.id.as_str(), &comment.body), ("com_1", &None));
}

#[test]
fn a_case_that_does_not_keep_its_form_is_kept_as_it_is() {
    for data in [json!(null), json!("tea_1"), json!({"name": "no id"}), json!([1])] {
        let sent = json!({"_meta": {"type": "teammate", "more": 1}, "data": data, "other": true});
        let source: EventSource = serde_json::from_value(sent.clone()).unwrap();
        let EventSource::Unknown(case) = &source else { panic!("{source:?}") };
        assert_eq!((case.tag(), case.raw()), (Some("teammate"), &sent));
        assert_eq!(serde_json::to_value(&source).unwrap(), sent);
    }
    let sent = json!({"_meta": {"type": "satellite"}, "data": {"orbit": 3}});
    let source: EventSource = serde_json::from_value(sent.clone()).unwrap();
    assert!(
        matches!(&source, EventSource::Unknown(case) if case.tag() == Some("satellite"))
    );
    assert_eq!(serde_json::to_value(&source).unwrap(), sent);
}

#[test]
fn what_a_customer_wrote_is_not_in_debug() {
    let message: Message = serde_json::from_value(json!({
        "id": "msg_1", "subject": "SECRET", "body": "SECRET", "text": "SECRET", "blurb": "SECRET",
        "recipients": [{"handle": "SECRET", "name": "SECRET", "role": "from"}],
        "unheard_of": {"deep": "SECRET"},
    }))
    .unwrap();
    let shown = format!("{message:?} {message:#?}");
    assert!(shown.contains("msg_1") && shown.contains("unheard_of"), "{shown}");
    assert!(!shown.contains("SECRET"), "{shown}");
}
