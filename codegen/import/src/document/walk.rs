//! Holds a document against the table of what is read.

mod values;

use std::collections::HashMap;

use super::super::json::Json;
use super::super::refused::Fault;
use super::super::unread::Unread;
use super::form::Form::{
    self, Additional, Content, Count, Default, Flag, Keyed, List, Named, OneText,
    Parameter, Part as Of, Responses, Text, Texts, Types, Value, Values, Whole, Word,
};
use super::form::Row::{Ignored, Read, Rejected, Reported};
use super::form::{Part, TYPES, Travels, is_extension, is_status};
use super::table::schema::{PATH_VALUE, SCHEMA};
use super::table::{ANSWER, DOCUMENT, HEADER, MEDIA, PARAMETER, PLACEHOLDER, QUERY};
use super::{Document, escaped, has_own_place, unescaped};
use values::{mixed, shown};

/// What stands in a form that an import does not know, and what it does not read.
pub(super) fn walk(document: &Document) -> (Vec<Fault>, Vec<Unread>) {
    let mut walk = Walk {
        document,
        faults: Vec::new(),
        unread: Vec::new(),
        parts: HashMap::new(),
        references: Vec::new(),
    };
    walk.part(&document.root, &DOCUMENT, &mut String::from("#"));
    let Walk { mut faults, unread, parts, references, .. } = walk;
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
    (faults, unread)
}

/// What to do about it.
const HELP: &str = "read as it is, something would be lost: ask Front whether the document is right; if it is, teach `import::document::table` the form";

/// Why a key without a row is reported.
const UNKNOWN: &str = "the import does not know this keyword here";

static RESPONSE: Form = Of(&ANSWER);
static CONTENT: Form = Of(&MEDIA);

pub(super) struct Walk<'d> {
    document: &'d Document,
    faults: Vec<Fault>,
    unread: Vec<Unread>,
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

    /// Notes what is not read.
    fn unread(&mut self, at: &str, key: &str, value: &Json, why: &str) {
        let at = format!("{at}/{}", escaped(key));
        self.unread.push(Unread::new(at, value, why));
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
            Value => is_text || json.whole().is_some() || *json == Json::Null,
            Types if is_text => json.text().is_some_and(|text| TYPES.contains(&text)),
            Texts | OneText | Types | Values | List(_) => matches!(json, Json::List(_)),
            Named(_) | Keyed(..) | Of(_) | Parameter | Responses | Content(_) => {
                json.object().is_some()
            }
            Additional => matches!(json, Json::Boolean(_) | Json::Object(_)),
            // Held against the type beside it.
            Default => true,
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
            Named(form) => self.named(json, form, at),
            Keyed(expected, is_key, form) => {
                for (key, value) in json.entries() {
                    if is_key(key) {
                        self.below(value, form, key, at);
                    } else if is_extension(key) {
                        self.unread(at, key, value, UNKNOWN);
                    } else {
                        self.key(at, key, expected);
                    }
                }
            }
            Of(part) => self.part(json, part, at),
            Parameter => self.parameter(json, at),
            Responses => self.responses(json, at),
            Content(travels) => self.content(json, *travels, at),
            Additional => self.additional(json, at),
            _ => {}
        }
    }

    /// Holds the value of a key against its form.
    fn below(
        &mut self,
        json: &'d Json,
        form: &'static Form,
        key: &str,
        at: &mut String,
    ) {
        let length = at.len();
        at.push('/');
        at.push_str(&escaped(key));
        self.form(json, form, at);
        at.truncate(length);
    }

    fn list(&mut self, json: &'d Json, form: &'static Form, at: &mut String) {
        for (number, item) in json.items().iter().enumerate() {
            self.below(item, form, &number.to_string(), at);
        }
    }

    fn named(&mut self, json: &'d Json, form: &'static Form, at: &mut String) {
        for (key, value) in json.entries() {
            self.below(value, form, key, at);
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
        let is_schema = std::ptr::eq(part, &SCHEMA) || std::ptr::eq(part, &PATH_VALUE);
        for (key, value) in json.entries().filter(|(key, _)| *key != "$ref") {
            match part.row(key) {
                // Beside a reference OpenAPI reads sentences alone, but for a schema.
                Some(Read(_) | Reported(..))
                    if !is_schema && reference.is_some_and(|of| of.text().is_some()) =>
                {
                    self.unread(
                        at,
                        key,
                        value,
                        "what stands beside a reference to this is not read",
                    );
                }
                Some(Read(form)) => self.below(value, form, key, at),
                Some(Ignored(_)) => {}
                Some(Reported(_, moot)) if moot.is(value) => {}
                Some(Reported(why, _)) => self.unread(at, key, value, why),
                Some(Rejected(why)) => {
                    let title = format!("`{key}` cannot be read: {why}");
                    let at = format!("{at}/{}", escaped(key));
                    self.faults.push(Fault::new(at, title).help(HELP));
                }
                None if part.closed.is_some() && !is_extension(key) => {
                    self.key(at, key, &format!("a key of {}", part.name));
                }
                None => self.unread(at, key, value, UNKNOWN),
            }
        }
        if std::ptr::eq(part, &SCHEMA) {
            self.schema(json, at);
        } else if std::ptr::eq(part, &PATH_VALUE) {
            self.placeholder(json, at);
        }
    }

    /// Looks at a parameter as what it is where it is sent.
    fn parameter(&mut self, json: &'d Json, at: &mut String) {
        let part = match json.get("in").text() {
            Some("query") => &QUERY,
            Some("header") if json.get("name").text().is_some_and(has_own_place) => {
                // Their place is elsewhere, by OpenAPI's own rule.
                self.parts.insert(plain(at), PARAMETER.name);
                return;
            }
            Some("header") => &HEADER,
            Some("path") => &PLACEHOLDER,
            Some("cookie") => {
                let why = "the spec has no word for cookies";
                self.parts.insert(plain(at), PARAMETER.name);
                self.unread(at, "in", json.get("in"), why);
                return;
            }
            _ => &PARAMETER,
        };
        self.part(json, part, at);
    }

    /// Looks at the response that is read, and tells of others that a caller may get.
    fn responses(&mut self, json: &'d Json, at: &mut String) {
        let chosen = super::chosen(json).map(|(key, _)| key);
        for (key, value) in json.entries() {
            if is_extension(key) {
                self.unread(at, key, value, UNKNOWN);
            } else if !is_status(key) {
                self.key(at, key, "a status such as `200`");
            } else if Some(key) == chosen {
                self.below(value, &RESPONSE, key, at);
            } else {
                // 4xx and 5xx are errors, which are alike for all calls; 301 is read as such.
                let why = match key.as_bytes().first() {
                    Some(b'2') => {
                        "a call has one response in the spec, that of the first status"
                    }
                    Some(b'1') => "the spec has no word for an interim response",
                    Some(b'3') if key != "301" => {
                        "the spec has no word for this redirect"
                    }
                    _ => continue,
                };
                self.unread(at, key, value, why);
            }
        }
    }

    /// Looks at the content that is read, and tells of others.
    fn content(&mut self, json: &'d Json, travels: Travels, at: &mut String) {
        let chosen = super::media(json).map(|(key, _, _)| key);
        for (key, value) in json.entries() {
            if Some(key) != chosen {
                let why = "one content is read, JSON if there is any";
                self.unread(at, key, value, why);
                continue;
            }
            self.below(value, &CONTENT, key, at);
            if let Some((_, name, media)) = super::media(json) {
                self.media(name, media.get("schema"), travels, key, at);
            }
        }
    }
}

/// A pointer in the one form that all pointers to a place have.
fn plain(pointer: &str) -> String {
    let steps: Vec<String> =
        pointer.split('/').map(|step| escaped(&unescaped(step))).collect();
    steps.join("/")
}
