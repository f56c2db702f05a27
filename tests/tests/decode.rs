//! Responses decode: those of the spec, those of Front's document, and those with future fields and values.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod answers;
#[path = "generated/answers.rs"]
mod table;

use std::collections::BTreeSet;

use answers::{Document, HIDDEN, Mode, NEW_FIELD, Read, Reader, Shown, from_spec};
use front_api::events::{Event, EventSource, EventTarget};
use front_api::messages::Message;
use front_api::{Operation, operations};
use front_codegen::spec::model::{Correction, Fact};
use serde_json::{Value, json};

/// Known contradictions in Front's document, with their positions.
const CONTRADICTIONS: &[(&str, &[&str])] = &[
    (
        "the example of the items is an example of the list",
        &[
            "AccountResponse.domains",
            "ContactResponse.links",
            "KnowledgeBaseArticleResponse.keywords",
            "KnowledgeBaseArticleSlimResponse.locales",
            "KnowledgeBaseCategorySlimResponse.locales",
            "KnowledgeBaseSlimResponse.locales",
            "RuleResponse.actions",
        ],
    ),
    (
        "the example of the items is null instead of a list",
        &["MessageTemplateResponse.inbox_ids", "SignatureResponse.channel_ids"],
    ),
    ("a number as an example of text", &["AccountResponse.external_id"]),
    ("an object as an example of text", &["SignatureResponse.sender_info"]),
    ("one inbox with the tag for several", &["EventResponse.target.data"]),
];

/// Normalizes JSON: removes null, empty lists and empty maps, and turns `3` into `3.0`.
fn normalized(value: Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.into_iter().map(|(key, value)| (key, normalized(value)));
            Value::Object(kept.filter(|(_, value)| !is_nothing(value)).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(normalized).collect()),
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
fn every_operation_is_in_the_table() {
    let known = table::ALL.iter().map(|(operation, _)| operation.name);
    assert!(known.eq(operations::ALL.iter().map(|operation| operation.name)));
}

/// Returns an error if a response was not decoded correctly.
fn check_decoded(
    sent: &Value,
    mode: Mode,
    read: Result<Read, serde_json::Error>,
) -> Result<(), String> {
    let Read { back, shown } = read.map_err(|error| error.to_string())?;
    let (back, normalized_sent) = (normalized(back), normalized(sent.clone()));
    if back != normalized_sent {
        let (old, new) = (format!("{normalized_sent:#}"), format!("{back:#}"));
        let diff = similar::TextDiff::from_lines(&old, &new);
        let diff = diff.unified_diff();
        return Err(format!("the decoded response encodes to other JSON\n{diff}"));
    }
    check_absent(&shown, HIDDEN, "`Debug` shows private data")?;
    match mode {
        Mode::Whole => {
            check_absent(&shown, "extra: {\"", "the spec misses a field")?;
            check_absent(&shown, "UnknownCase", "a union has an unknown form")
        }
        Mode::NewFields => {
            let count = |text: &str| text.matches(NEW_FIELD).count();
            match (count(&sent.to_string()), count(&shown)) {
                (sent, kept) if sent == kept => Ok(()),
                (sent, kept) => {
                    Err(format!("{kept} of {sent} new fields are kept: {shown}"))
                }
            }
        }
        _ => Ok(()),
    }
}

/// Returns an error with the position of `text` in `shown`, if it is there.
fn check_absent(shown: &str, text: &str, why: &str) -> Result<(), String> {
    let Some((before, after)) = shown.split_once(text) else { return Ok(()) };
    let field = before.rfind("{ ").map_or(before, |start| &before[start..]);
    let rest = after.split_once(',').map_or(after, |(rest, _)| rest);
    Err(format!("{why}: ..{field}{text}{rest}.."))
}

/// Reads the responses of every operation with a JSON response, except operations that the source does not contain.
fn check(source: &str, mut answers: impl FnMut(&Operation, Mode) -> Option<Vec<Value>>) {
    let mut found = Vec::new();
    for (operation, reader) in table::ALL {
        let Reader::Value(read) = reader else { continue };
        for mode in Mode::ALL {
            let name = operation.name;
            let Some(answers) = answers(operation, mode) else { continue };
            assert!(!answers.is_empty(), "{name} has no response");
            for sent in answers {
                if let Err(why) =
                    check_decoded(&sent, mode, read(sent.to_string().as_bytes()))
                {
                    found.push(format!("{name}, {source}, {mode:?}: {why}"));
                }
            }
        }
    }
    assert!(found.is_empty(), "{} faults:\n{}", found.len(), found.join("\n\n"));
}

#[test]
fn responses_of_the_spec_decode() {
    check("spec", |operation, mode| Some(from_spec(operation, mode)));
}

#[test]
fn responses_of_the_document_decode() {
    let folder = match front_tests::published() {
        Ok(folder) => folder,
        Err(why) => return front_tests::skip(why),
    };
    let text = std::fs::read_to_string(folder.join("core-api.json")).unwrap();
    let document = Document::new(&text);
    for id in document.operations() {
        let readers = table::ALL.iter().filter(|(operation, _)| operation.id == id);
        let shown = document.shown(id);
        assert!(
            readers.clone().any(|(_, reader)| match reader {
                Reader::Nothing => shown == Shown::Nothing,
                Reader::File => shown == Shown::File,
                Reader::Value(_) => shown == Shown::Value,
            }),
            "the response of {id} is {shown:?} in the document"
        );
    }
    let mut found = BTreeSet::new();
    check("document", |operation, mode| {
        let is_kept = document.is_kept(operation.id);
        (!is_kept).then(|| document.answers(operation.id, mode, &mut found))
    });
    let known = CONTRADICTIONS.iter().flat_map(|(_, places)| *places);
    let known: BTreeSet<String> = known.map(|place| (*place).to_owned()).collect();
    let new = &found - &known;
    assert!(new.is_empty(), "the document contradicts itself: {new:?}");
    let fixed = &known - &found;
    assert!(fixed.is_empty(), "the document no longer contradicts itself: {fixed:?}");
}

#[test]
fn a_kept_operation_is_not_looked_up_in_the_document() {
    let kept = Correction {
        at: vec!["restore-tag".to_owned()],
        published: Fact::Text("none".to_owned()),
        ours: Fact::Text("kept".to_owned()),
        why: "It answers.".to_owned(),
    };
    let document = Document::corrected_by(r#"{"paths": {}}"#, vec![kept]);
    assert!(document.is_kept("restore-tag") && !document.is_kept("get-tag"));
}

#[test]
fn previews_decode_with_the_fields_that_they_have() {
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
    let Some(EventSource::Teammate(Some(teammate))) = &event.source else {
        panic!("{event:?}")
    };
    assert_eq!(teammate.id.as_str(), "tea_1");
    let Some(EventTarget::Comment(Some(comment))) = &event.target else {
        panic!("{event:?}")
    };
    assert_eq!((comment.id.as_str(), &comment.body), ("com_1", &None));
}

#[test]
fn a_malformed_union_variant_is_kept_as_json() {
    for data in [json!("tea_1"), json!({"name": "no id"}), json!([1])] {
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
fn debug_shows_no_customer_text() {
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
