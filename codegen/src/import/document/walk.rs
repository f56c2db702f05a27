//! Holds a document against the table of what is read.

use std::collections::HashMap;

use super::super::json::Json;
use super::super::refused::Fault;
use super::form::Form::{
    self, Count, Flag, Keyed, List, Named, OneText, Part as Of, Text, Texts, Types,
    Values, Whole, Word,
};
use super::form::{DOCUMENT, Part, SCHEMA, TYPES, is_extension};
use super::{Document, escaped, unescaped};

/// What stands in a form that an import does not know.
pub(super) fn faults(document: &Document) -> Vec<Fault> {
    let mut walk = Walk::default();
    walk.part(&document.root, &DOCUMENT, &mut String::from("#"));
    let Walk { mut faults, parts, references } = walk;
    // What is not walked over is read by a reference alone, and no one knows as what.
    for (at, pointer, name) in references {
        match parts.get(&plain(pointer)) {
            Some(there) if *there == name => {}
            // What leads nowhere is another fault.
            _ if document.at(pointer).is_none() => {}
            there => {
                let there = there.unwrap_or(&"none that an import reads");
                let title = format!("{name} is expected, and `{pointer}` is {there}");
                faults.push(Fault::new(at, title).help(HELP));
            }
        }
    }
    faults
}

/// What to do about it.
const HELP: &str = "read as it is, something would be lost: ask Front whether the document is right; if it is, teach `import::document::form` the form";

#[derive(Default)]
struct Walk<'d> {
    faults: Vec<Fault>,
    /// What the parts at all pointers are.
    parts: HashMap<String, &'static str>,
    /// Where which pointers stand for what.
    references: Vec<(String, &'d str, &'static str)>,
}

impl<'d> Walk<'d> {
    fn fault(&mut self, at: &str, expected: &str, there: &Json) {
        let title = format!("{expected} is expected, and {} is there", shown(there));
        self.faults.push(Fault::new(at, title).help(HELP));
    }

    /// Tells of a key behind which nobody looks.
    fn key(&mut self, at: &str, key: &str, expected: &str) {
        let title = format!("{expected} is expected, and the key `{key}` is there");
        self.faults.push(Fault::new(format!("{at}/{}", escaped(key)), title).help(HELP));
    }

    /// Holds a value against its form.
    fn form(&mut self, json: &'d Json, form: &'static Form, at: &mut String) {
        let is_text = json.text().is_some();
        let fits = match form {
            Text => is_text,
            Word(words) => json.text().is_some_and(|text| words.contains(&text)),
            Flag => matches!(json, Json::Boolean(_)),
            Count => json.whole().is_some_and(|number| number >= 0),
            Whole => json.whole().is_some(),
            Types if is_text => json.text().is_some_and(|text| TYPES.contains(&text)),
            Texts | OneText | Types | Values | List(_) => matches!(json, Json::List(_)),
            Named(_) | Keyed(..) | Of(_) => json.object().is_some(),
        };
        if !fits {
            return self.fault(at, &form.expected(), json);
        }
        match form {
            OneText if json.items().len() > 1 => {
                let title = "one permission is expected, and several are there";
                let help = "the spec has a word for one only: import a copy of the document that names the one which counts, or give the spec a word for several";
                self.faults.push(Fault::new(at.clone(), title).help(help));
            }
            Values if mixed(json) => {
                let title = "texts alone or whole numbers alone are expected, and other values are there";
                self.faults.push(Fault::new(at.clone(), title).help(HELP));
            }
            Texts | OneText => self.list(json, &Text, at),
            Types => self.list(json, &Word(TYPES), at),
            List(item) => self.list(json, item, at),
            Named(form) => self.named(json, |_| Some(*form), at),
            Keyed(expected, is_key, form) => {
                for (key, _) in json.entries() {
                    if !(is_key(key) || is_extension(key)) {
                        self.key(at, key, expected);
                    }
                }
                self.named(json, |key| is_key(key).then_some(*form), at);
            }
            Of(part) => self.part(json, part, at),
            _ => {}
        }
    }

    fn list(&mut self, json: &'d Json, form: &'static Form, at: &mut String) {
        let length = at.len();
        for (number, item) in json.items().iter().enumerate() {
            at.push_str(&format!("/{number}"));
            self.form(item, form, at);
            at.truncate(length);
        }
    }

    fn named(
        &mut self,
        json: &'d Json,
        form: impl Fn(&str) -> Option<&'static Form>,
        at: &mut String,
    ) {
        let length = at.len();
        for (key, value) in json.entries() {
            if let Some(form) = form(key) {
                at.push('/');
                at.push_str(&escaped(key));
                self.form(value, form, at);
                at.truncate(length);
            }
        }
    }

    fn part(&mut self, json: &'d Json, part: &'static Part, at: &mut String) {
        self.parts.insert(plain(at), part.name);
        let reference = json.object().and_then(|keys| keys.get("$ref"));
        match reference {
            Some(Json::String(pointer)) => {
                self.references.push((at.clone(), pointer, part.name));
            }
            Some(other) => self.fault(&format!("{at}/$ref"), "a text", other),
            None => {}
        }
        for key in part.needs.iter().filter(|key| reference.is_none() && !json.has(key))
        {
            let title = format!("{} without `{key}`", part.name);
            self.faults.push(Fault::new(at.clone(), title).help(HELP));
        }
        let known = |key: &str| {
            part.keys.iter().find(|(known, _)| *known == key).map(|(_, form)| form)
        };
        for (key, _) in json.entries().filter(|_| !part.open) {
            if known(key).is_none() && key != "$ref" && !is_extension(key) {
                self.key(at, key, &format!("a key of {}", part.name));
            }
        }
        if std::ptr::eq(part, &SCHEMA) {
            self.left_out(json, at);
        }
        self.named(json, known, at);
    }

    /// What is taken when nothing is sent is of the type that is sent.
    fn left_out(&mut self, schema: &Json, at: &str) {
        let default = schema.get("default");
        let (fits, expected) = match schema.get("type").text() {
            Some("string") => (default.text().is_some(), "a text"),
            Some("integer" | "number") => {
                (matches!(default, Json::Number(_)), "a number")
            }
            Some("boolean") => {
                (matches!(default, Json::Boolean(_)), "`true` or `false`")
            }
            _ => return,
        };
        if !fits && *default != Json::Null {
            self.fault(&format!("{at}/default"), expected, default);
        }
    }
}

/// Whether the values of an enumeration are neither all texts nor all whole numbers.
fn mixed(values: &Json) -> bool {
    let values = || values.items().iter().filter(|value| **value != Json::Null);
    values().any(|value| value.text().is_none())
        && values().any(|value| value.whole().is_none())
}

/// A pointer in the one form that all pointers to a place have.
fn plain(pointer: &str) -> String {
    let steps: Vec<String> =
        pointer.split('/').map(|step| escaped(&unescaped(step))).collect();
    steps.join("/")
}

/// What stands there, in a few words.
fn shown(json: &Json) -> String {
    match json {
        Json::Null => "`null`".to_owned(),
        Json::Boolean(value) => format!("`{value}`"),
        Json::Number(number) => format!("`{number}`"),
        Json::String(text) if text.chars().count() > 40 => "a long text".to_owned(),
        Json::String(text) => format!("the text `{text}`"),
        Json::List(items) if items.is_empty() => "an empty list".to_owned(),
        Json::List(_) => "a list".to_owned(),
        Json::Object(_) => "an object".to_owned(),
    }
}
