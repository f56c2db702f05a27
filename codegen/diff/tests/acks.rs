//! `spec/acks.yaml`: what it takes, what it refuses, and how it is laid out.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use front_codegen::problem::Code;
use front_codegen::spec::{self, Spec, canonical};
use front_codegen::spec::{Ack, Acks};
use front_codegen::{resolve, schema};
use front_diff::example;

const PATH: &str = "spec/acks.yaml";

fn ack() -> Ack {
    Ack {
        id: "7f3a9c21d0be".to_owned(),
        rule: "operation-removed".to_owned(),
        subject: "tags.get".to_owned(),
        reason: "Front answers 404 since May.".to_owned(),
    }
}

fn small() -> Vec<(String, String)> {
    example::texts(example::small().unwrap()).unwrap()
}

/// What the small spec with such a file is, and what is wrong with it.
fn read(text: &str) -> (Option<Spec>, Vec<Code>) {
    let mut texts = small();
    texts.push((PATH.to_owned(), text.to_owned()));
    let (spec, problems) = match spec::read_texts(texts) {
        Ok((spec, problems)) => (Some(spec), problems),
        Err(unread) => (None, unread.problems),
    };
    (spec, problems.iter().map(|problem| problem.code).collect())
}

#[test]
fn what_is_written_is_read() {
    // A fingerprint may look like a number.
    for id in ["7f3a9c21d0be", "123456789012", "1234567890e1"] {
        let acks = Acks { acks: vec![Ack { id: id.to_owned(), ..ack() }] };
        let (spec, codes) = read(&canonical(PATH, &acks));
        assert_eq!(codes, []);
        assert_eq!(spec.unwrap().acks.unwrap().1, acks);
    }
    let none = Acks { acks: Vec::new() };
    let (spec, codes) = read(&canonical(PATH, &none));
    assert_eq!((spec.unwrap().acks.unwrap().1, codes), (none, vec![]));
}

#[test]
fn it_may_be_left_out() {
    let (spec, problems) = spec::read_texts(small()).unwrap();
    assert!(spec.acks.is_none() && problems.is_empty());
}

#[test]
fn what_says_too_little_is_refused() {
    let good = canonical(PATH, &Acks { acks: vec![ack()] });
    let twice = canonical(PATH, &Acks { acks: vec![ack(), ack()] });
    for (text, code) in [
        (good.replace("Front answers 404 since May.", "''"), Code::WrongAck),
        (good.replace("Front answers 404 since May.", "' '"), Code::WrongAck),
        (good.replace("7f3a9c21d0be", "7F3A9C21D0BE"), Code::WrongAck),
        (good.replace("7f3a9c21d0be", "7f3a"), Code::WrongAck),
        (twice, Code::WrongAck),
        (good.replace("  reason: Front answers 404 since May.\n", ""), Code::MissingKey),
        (good.replace("reason:", "raeson:"), Code::MissingKey),
        (format!("{good}  by: me\n"), Code::UnknownKey),
        (good.replace("# yaml", "# aml"), Code::Comment),
    ] {
        let (_, codes) = read(&text);
        assert!(codes.contains(&code), "{codes:?}\n{text}");
    }
}

#[test]
fn its_schema_takes_what_it_takes() {
    let (spec, _) = spec::read_texts(small()).unwrap();
    let files = schema::files(&resolve::resolve(&spec).0.unwrap());
    let text = files.get("acks.json").unwrap();
    let schema: serde_json::Value = serde_json::from_str(text).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let mut value = serde_json::to_value(Acks { acks: vec![ack()] }).unwrap();
    assert!(validator.is_valid(&value));
    value["acks"][0]["by"] = "me".into();
    assert!(!validator.is_valid(&value));
    for (key, wrong) in [("id", "7f3a"), ("reason", "")] {
        let mut value = serde_json::to_value(Acks { acks: vec![ack()] }).unwrap();
        value["acks"][0][key] = wrong.into();
        assert!(!validator.is_valid(&value), "{key}");
    }
}
