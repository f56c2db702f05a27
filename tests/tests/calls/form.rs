//! Reads a multipart form as JSON.

use serde_json::{Map, Value};

/// Returns the fields of a form as JSON: `a[b][0]` is the first item of the list `b` in the object `a`. A file is its name.
pub(crate) fn read(body: &[u8], boundary: &str) -> Value {
    let body = String::from_utf8_lossy(body);
    let mut form = Value::Object(Map::new());
    for part in body.split(&format!("--{boundary}")) {
        let Some((head, content)) =
            part.trim_matches(['\r', '\n']).split_once("\r\n\r\n")
        else {
            continue;
        };
        let name = quoted(head, "; name=\"").expect("a part has a name");
        let value = match quoted(head, "; filename=\"") {
            Some(file) => Value::String(file.to_owned()),
            None => scalar(content),
        };
        put(&mut form, &name.replace(']', ""), value);
    }
    form
}

fn quoted<'t>(head: &'t str, begin: &str) -> Option<&'t str> {
    head.split_once(begin)?.1.split_once('"').map(|(text, _)| text)
}

/// Reads a number or a boolean from its text. No text in the samples looks like one.
fn scalar(text: &str) -> Value {
    match serde_json::from_str(text) {
        Ok(value @ (Value::Bool(_) | Value::Number(_))) => value,
        _ => Value::String(text.to_owned()),
    }
}

fn put(target: &mut Value, name: &str, value: Value) {
    let Some((key, rest)) = name.split_once('[') else {
        *entry(target, name) = value;
        return;
    };
    let inner = entry(target, key);
    if inner.is_null() {
        let is_list = rest.starts_with(|first: char| first.is_ascii_digit());
        *inner =
            if is_list { Value::Array(Vec::new()) } else { Value::Object(Map::new()) };
    }
    put(inner, rest, value);
}

fn entry<'v>(target: &'v mut Value, key: &str) -> &'v mut Value {
    match target {
        Value::Array(items) => {
            let index: usize = key.parse().expect("an item has a number");
            assert!(index <= items.len(), "items come in order");
            if index == items.len() {
                items.push(Value::Null);
            }
            &mut items[index]
        }
        Value::Object(fields) => fields.entry(key.to_owned()).or_insert(Value::Null),
        _ => panic!("`{key}` is inside a value that has no fields"),
    }
}

#[test]
fn a_form_reads_as_json() {
    let part = |name: &str, text: &str| {
        format!("--x\r\nContent-Disposition: form-data; {name}\r\n\r\n{text}\r\n")
    };
    let text = [
        part("name=\"options[archive]\"", "true"),
        part("name=\"to[0][handle]\"", "a"),
        part("name=\"to[1][handle]\"", "b"),
        part("name=\"file\"; filename=\"a.txt\"", "bytes"),
        "--x--\r\n".to_owned(),
    ];
    let expected = serde_json::json!({
        "options": {"archive": true},
        "to": [{"handle": "a"}, {"handle": "b"}],
        "file": "a.txt",
    });
    assert_eq!(read(text.concat().as_bytes(), "x"), expected);
}
