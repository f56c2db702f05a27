//! Front's document accepts what callers can send: every constructor and every setter is called once, and its request is
//! validated with the document.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod calls;
#[allow(deprecated, reason = "deprecated methods are called as well")]
#[path = "generated/calls.rs"]
mod table;

use std::collections::{BTreeMap, BTreeSet};

use calls::{Document, body};
use front_api::{Client, operations};
use front_test_server::{ReceivedRequest, Reply, Server};
use serde_json::Value;

/// Valid calls that the document does not accept: the operation, the call, and the reason.
const DEVIATIONS: &[(&str, &str, &str)] = &[
    ("channels.create", "undo_send_time(1)", ACCEPTS_FEW_NUMBERS),
    ("channels.update", "undo_send_time(1)", ACCEPTS_FEW_NUMBERS),
    ("conversations.cancel_reminder", "example", ACCEPTS_NULL),
    ("conversations.unassign", "example", ACCEPTS_NULL),
    (
        "messages.mark_seen",
        "example",
        "the document has an object without fields here, which is not needed",
    ),
];

const ACCEPTS_FEW_NUMBERS: &str = "the setter's documentation lists the numbers; a number is Front's to refuse, like one above a maximum";
const ACCEPTS_NULL: &str =
    "a description in the document allows null, which removes the value";

/// Keys of the document's bodies that no call sends: the operation, the key, and the reason.
const NOT_SENT: &[(&str, &str, &str)] = &[(
    "conversations.cancel_reminder",
    "status_id",
    "the other form of this call, `set_reminder`, sends it: an end of the reminder has no status",
)];

/// Makes a call of the table. Returns the request that the server received, or an error if the call was not sent.
async fn send(
    server: &Server,
    client: &Client,
    call: &table::Call,
) -> Result<ReceivedRequest, String> {
    let before = server.requests();
    let reply = Reply::json(400, "{}").header("x-ratelimit-limit", "9000");
    server.then([reply.header("x-ratelimit-remaining", "9000")]);
    call.1(client).refused().await?;
    assert_eq!(server.requests(), before + 1, "{}", call.0);
    Ok(server.seen().pop().unwrap())
}

/// An empty list would send no parameter, and a missing filter includes everything.
#[tokio::test]
async fn an_empty_filter_is_rejected() {
    let (server, mut keys) = (Server::start([]), BTreeSet::new());
    let client = client(&server);
    for (operation, calls) in table::EMPTY {
        for call in *calls {
            let why =
                send(&server, &client, call).await.map(|seen| seen.line()).unwrap_err();
            assert!(why.contains(&format!("`{}` is empty", call.0)), "{why}");
            assert!(why.contains(operation.name), "{why}");
            keys.insert(call.0);
        }
    }
    assert_eq!(server.requests(), 0);
    for key in ["q[statuses][]", "q[types][]", "filters.tag_ids", "contact_ids"] {
        assert!(keys.contains(key), "{key}");
    }
}

fn client(server: &Server) -> Client {
    Client::builder().api_token("eyJ.test").base_url(server.base()).build().unwrap()
}

fn document() -> Result<Document, String> {
    let text = std::fs::read_to_string(front_tests::published()?.join("core-api.json"));
    let read = front_codegen::spec::read(&front_tests::root());
    let spec =
        read.unwrap_or_else(|_| panic!("spec/ is invalid: run `cargo xtask check`")).0;
    let corrections = spec.corrections.map_or(Vec::new(), |(_, of)| of.corrections);
    Ok(Document::new(&text.unwrap(), corrections))
}

#[test]
fn every_operation_is_in_the_table() {
    let known = table::ALL.iter().map(|(operation, _)| operation.name);
    assert!(known.eq(operations::ALL.iter().map(|operation| operation.name)));
}

/// Every call that the types permit is sent, and so is every example of the documentation.
#[tokio::test]
async fn every_call_sends_what_the_document_accepts() {
    let document = document();
    if let Err(why) = &document {
        front_tests::skip(why);
    }
    let (mut faults, mut deviations) = (Vec::new(), BTreeSet::new());
    let mut not_sent = BTreeSet::new();
    for (operation, calls) in table::ALL {
        let server = Server::start([]);
        // A limiter of its own, so that no operation waits for another.
        let shared = client(&server);
        let is_limited =
            operation.rate_limit.is_some_and(|limit| limit.name != "standard");
        let expected =
            document.as_ref().ok().and_then(|document| document.expected(operation.id));
        let mut unsent = BTreeSet::new();
        if let Some(expected) = &expected {
            expected.keys(&mut |key| {
                unsent.insert(key);
            });
        }
        for call in *calls {
            let what = call.0;
            let client = if is_limited { client(&server) } else { shared.clone() };
            let fault = match send(&server, &client, call).await {
                Err(why) => Err(why),
                Ok(seen) => match &expected {
                    Some(expected) => check(expected, &seen, &mut unsent),
                    None => Ok(()),
                },
            };
            let known = DEVIATIONS
                .iter()
                .position(|(name, of, _)| *name == operation.name && *of == what);
            match (fault, known) {
                (Ok(()), _) => {}
                (Err(_), Some(known)) => {
                    deviations.insert(known);
                }
                (Err(why), None) => {
                    faults.push(format!("{}, {what}: {why}", operation.name));
                }
            }
        }
        not_sent.extend(unsent.into_iter().map(|key| (operation.name, key)));
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    if document.is_err() {
        return;
    }
    assert_eq!(
        deviations.len(),
        DEVIATIONS.len(),
        "the document now accepts a call in DEVIATIONS: remove it there"
    );
    let known: BTreeSet<(&str, String)> =
        NOT_SENT.iter().map(|(name, key, _)| (*name, (*key).to_owned())).collect();
    assert_eq!(not_sent, known, "keys of the document that no call sends");
}

/// Returns an error if the document does not accept a request. Removes the keys that it sends from `unsent`.
fn check(
    expected: &calls::Expected,
    seen: &ReceivedRequest,
    unsent: &mut BTreeSet<String>,
) -> Result<(), String> {
    let body = body(seen);
    if let Some(body) = &body {
        keys(body, "", unsent);
    }
    expected.check_body(body.as_ref())?;
    let query = seen.target.split_once('?').map_or("", |(_, query)| query);
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').unwrap();
        expected.check_query(&decoded(key), &decoded(value))?;
    }
    Ok(())
}

fn keys(value: &Value, place: &str, unsent: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (key, of) in fields {
                let place = if place.is_empty() {
                    key.clone()
                } else {
                    format!("{place}.{key}")
                };
                keys(of, &place, unsent);
                unsent.remove(&place);
            }
        }
        Value::Array(items) => {
            items.iter().for_each(|item| keys(item, place, unsent));
        }
        _ => {}
    }
}

/// Decodes a part of a query string.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let (byte, left) = match (first, after) {
            (b'%', [high, low, left @ ..]) => {
                let digits = [*high, *low];
                let digits = std::str::from_utf8(&digits).unwrap();
                (u8::from_str_radix(digits, 16).unwrap(), left)
            }
            (b'+', left) => (b' ', left),
            (other, left) => (other, left),
        };
        bytes.push(byte);
        rest = left;
    }
    String::from_utf8(bytes).unwrap()
}

/// Every public method of a request, and of a type that requests hold, is in the table.
#[test]
fn every_setter_and_constructor_is_in_the_table() {
    let folder = front_tests::root().join("front-api/src/generated");
    let text = std::fs::read_to_string(
        front_tests::root().join("tests/tests/generated/calls.rs"),
    );
    let text: String = text.unwrap().split_whitespace().collect();
    let calls: BTreeMap<&str, &[table::Call]> =
        table::ALL.iter().map(|(operation, calls)| (operation.name, *calls)).collect();
    let (mut missing, mut seen) = (Vec::new(), 0);
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_string_lossy().into_owned();
        // The other modules do not belong to a resource.
        let begin = format!("{module}.");
        if !calls.keys().any(|operation| operation.starts_with(&begin)) {
            continue;
        }
        let file = syn::parse_file(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for (owner, method, has_self, has_grant) in methods(&file) {
            let operation = format!("{module}.{}", snake(&owner));
            let is_there = match calls.get(operation.as_str()) {
                _ if has_grant => continue,
                Some(calls) => {
                    let begin = format!("{method}(");
                    calls
                        .iter()
                        .any(|(what, _)| what.starts_with(&begin) || *what == method)
                }
                None if has_self => {
                    text.contains(&format!("{owner}::"))
                        && text.contains(&format!(".{method}("))
                }
                None => text.contains(&format!("{owner}::{method}(")),
            };
            seen += 1;
            if !is_there {
                missing.push(format!("{module}: {owner}::{method}"));
            }
        }
    }
    assert!(seen > 400, "{seen} methods");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// Returns the public methods of a file's types: the type, the name, whether it has `self`, and whether the type has a grant.
fn methods(file: &syn::File) -> Vec<(String, String, bool, bool)> {
    let mut all = Vec::new();
    for item in &file.items {
        let syn::Item::Impl(of) = item else { continue };
        let syn::Type::Path(owner) = &*of.self_ty else { continue };
        if of.trait_.is_some() {
            continue;
        }
        let owner = owner.path.segments.last().unwrap().ident.to_string();
        for item in &of.items {
            if let syn::ImplItem::Fn(of_type) = item
                && matches!(of_type.vis, syn::Visibility::Public(_))
            {
                let name = of_type.sig.ident.to_string();
                let has_self = of_type.sig.receiver().is_some();
                let has_grant = !of.generics.params.is_empty();
                all.push((owner.clone(), name, has_self, has_grant));
            }
        }
    }
    all
}

fn snake(camel: &str) -> String {
    let mut snake = String::new();
    for (index, letter) in camel.char_indices() {
        if letter.is_uppercase() && index > 0 {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

/// The check can fail: it rejects bodies that the document does not accept.
#[test]
fn bodies_that_the_document_does_not_accept_are_rejected() {
    let document = match document() {
        Ok(document) => document,
        Err(why) => return front_tests::skip(why),
    };
    let export = |body: &str| {
        let body: Value = serde_json::from_str(body).unwrap();
        document.expected("create-analytics-export").unwrap().check_body(Some(&body))
    };
    let with = |columns: &str, more: &str| {
        export(&format!(
            r#"{{"type":"events","start":1,"end":2,"columns":{columns}{more}}}"#
        ))
    };
    assert_eq!(with(r#"["Activity ID"]"#, ""), Ok(()));
    for (columns, more) in [
        ("[]", r#","filters":{}"#),
        ("[]", r#","filters":{"tag_ids":[]}"#),
        ("[]", r#","filters":{"tags":["tag_1"]}"#),
        ("[]", r#","unheard_of":1"#),
        (r#"["Activity"]"#, ""),
        (r#"[{"name":"Smart QA score","id":5}]"#, ""),
        (r#"[{"name":"Smart QA score","id":"fld_1"}]"#, ""),
        (r#"[{"name":"Custom Field"}]"#, ""),
    ] {
        assert!(with(columns, more).is_err(), "{columns} {more}");
    }
    assert!(export(r#"{"type":"messages","columns":["Activity ID"]}"#).is_err());
    let tags = document.expected("list-tags").unwrap();
    assert_eq!(tags.check_query("sort_by", "id"), Ok(()));
    assert_eq!(tags.check_query("sort_order", "asc"), Ok(()));
    for (key, value) in
        [("sort_by", "name"), ("sort_order", "up"), ("limit", "101"), ("q[a]", "b")]
    {
        assert!(tags.check_query(key, value).is_err(), "{key}={value}");
    }
}
