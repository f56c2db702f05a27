//! Checks a document against the table of what is read.

mod values;

use std::collections::HashMap;

use super::super::json::Json;
use super::super::refused::Fault;
use super::super::unread::Unread;
use super::form::Form::{
    self, Additional, Content, Count, Default, Fixed, Flag, Keyed, List, Named, OneText,
    Parameter, Part as Of, Properties, Responses, Target, Text, Texts, Types, Value,
    Values, Whole, Word,
};
use super::form::Row::{Ignored, Read, Rejected, Reported};
use super::form::{ContentDirection, Part, TYPES, is_extension, is_status};
use super::table::envelope::{ENVELOPE, OF_OBJECT, PAGINATION, TOTAL};
use super::table::schema::{PATH_VALUE, SCHEMA};
use super::table::{ANSWER, DOCUMENT, HEADER, MEDIA, PARAMETER, PLACEHOLDER, QUERY};
use super::{Document, escaped, has_own_place, unescaped};
use values::{mixed, shown};

/// Returns the values whose form the import does not know, and the keywords that it does not read.
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
    // A target that the walk has not visited is only read through the reference, and its kind is unknown.
    for (at, pointer, name) in references {
        match parts.get(&plain(pointer)) {
            Some(there) if *there == name => {}
            // A reference without a target is another fault.
            _ if document.at(pointer).is_none() => {}
            there => {
                let there = there.unwrap_or(&"a part that the import does not read");
                let title = format!("{name} is expected, but `{pointer}` is {there}");
                faults.push(Fault::new(at, title).help(HELP));
            }
        }
    }
    (faults, unread)
}

/// What to do about it.
const HELP: &str = "the import would lose information: ask Front whether the document is right; if it is, add the form to `import::document::table`";

/// The key of a list's items.
const RESULTS: &str = "_results";

/// Why a key without a row is reported.
const UNKNOWN: &str = "the import does not know this keyword here";

static RESPONSE: Form = Of(&ANSWER);
static CONTENT: Form = Of(&MEDIA);
static FIELD: Form = Of(&SCHEMA);
static LINKS: Form = Of(&OF_OBJECT);
static NEXT: Form = Of(&PAGINATION);
static COUNT: Form = Of(&TOTAL);

pub(super) struct Walk<'d> {
    document: &'d Document,
    faults: Vec<Fault>,
    unread: Vec<Unread>,
    /// The kind of the part at each pointer.
    parts: HashMap<String, &'static str>,
    /// The references: the location, the target and the expected kind.
    references: Vec<(String, &'d str, &'static str)>,
}

impl<'d> Walk<'d> {
    fn fault(&mut self, at: &str, expected: &str, there: &Json) {
        let title =
            format!("{expected} is expected, but the document has {}", shown(there));
        self.faults.push(Fault::new(at, title).help(HELP));
    }

    /// Records a keyword that is not read.
    fn unread(&mut self, at: &str, key: &str, value: &Json, why: &str) {
        let at = format!("{at}/{}", escaped(key));
        self.unread.push(Unread::new(at, value, why));
    }

    /// Reports a key with an unknown meaning.
    fn key(&mut self, at: &str, key: &str, expected: &str) {
        let title =
            format!("{expected} is expected, but the document has the key `{key}`");
        self.faults.push(Fault::new(format!("{at}/{}", escaped(key)), title).help(HELP));
    }

    /// Checks a value against its form.
    fn form(&mut self, json: &'d Json, form: &'static Form, at: &mut String) {
        let is_text = json.text().is_some();
        let fits = match form {
            Text => is_text,
            Target => self.leads_to_schema(json),
            Word(words) => json.text().is_some_and(|text| words.contains(&text)),
            Flag => matches!(json, Json::Boolean(_)),
            Count => json.whole().is_some_and(|number| number >= 0),
            Whole => json.whole().is_some(),
            Value => is_text || json.whole().is_some() || *json == Json::Null,
            Types if is_text => json.text().is_some_and(|text| TYPES.contains(&text)),
            // Without a value, nothing could be sent.
            Values => !json.items().is_empty(),
            Texts | OneText | Types | List(_) => matches!(json, Json::List(_)),
            Named(_) | Keyed(..) | Properties | Fixed(..) | Of(_) | Parameter
            | Responses | Content(_) => json.object().is_some(),
            Additional => matches!(json, Json::Boolean(_) | Json::Object(_)),
            // Checked against the type next to it.
            Default => true,
        };
        if !fits {
            return self.fault(at, &form.expected(), json);
        }
        match form {
            OneText if json.items().len() > 1 => {
                let title = "one permission is expected, but the document has several";
                let help = "the spec can only express one: import a copy of the document with the permission that applies, or extend the language of the spec";
                self.faults.push(Fault::new(at.clone(), title).help(help));
            }
            Values if mixed(json) => {
                let title = "only texts or only whole numbers are expected, but the document has other values";
                self.faults.push(Fault::new(at.clone(), title).help(HELP));
            }
            Texts | OneText => self.list(json, &Text, at),
            Types => self.list(json, &Word(TYPES), at),
            List(item) => self.list(json, item, at),
            Named(form) => self.named(json, form, at),
            Properties => self.properties(json, at),
            Fixed(forms, why) => self.fixed(json, forms, why, at),
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

    /// Checks the value of a key against its form.
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

    /// Checks the fields of an object. One with `_results` is the envelope of a list.
    fn properties(&mut self, json: &'d Json, at: &mut String) {
        let is_list = json.has(RESULTS);
        for (key, value) in json.entries() {
            let form = match key {
                "_links" => &LINKS,
                "_pagination" if is_list => &NEXT,
                "_total" if is_list => &COUNT,
                _ => &FIELD,
            };
            self.below(value, form, key, at);
            if is_list && !ENVELOPE.contains(&key) {
                let why = "a list has its items, the next page and a total";
                self.unread(at, key, value, why);
            }
        }
        if let Some(next) = json.get("_pagination").object().filter(|_| is_list)
            && !next.contains_key("$ref")
            && !json.get("_pagination").get("properties").has("next")
        {
            let why = "without `next` in it, no later page can be read";
            self.unread(at, "_pagination", json.get("_pagination"), why);
        }
    }

    /// Checks an object whose keys are always the same.
    fn fixed(
        &mut self,
        json: &'d Json,
        forms: &'static [(&'static str, Form)],
        why: &str,
        at: &mut String,
    ) {
        for (key, value) in json.entries() {
            match forms.iter().find(|(known, _)| *known == key) {
                Some((_, form)) => self.below(value, form, key, at),
                None => self.unread(at, key, value, why),
            }
        }
    }

    /// Returns whether a value of a discriminator refers to a schema, by a pointer or by its name.
    fn leads_to_schema(&self, json: &Json) -> bool {
        json.text().is_some_and(|to| {
            let pointer = match to.contains('/') {
                true => to.to_owned(),
                false => format!("#/components/schemas/{}", escaped(to)),
            };
            self.document.at(&pointer).is_some()
        })
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
            let title = format!("{} has no `{key}`", part.name);
            self.faults.push(Fault::new(at.clone(), title).help(HELP));
        }
        let is_schema = std::ptr::eq(part, &SCHEMA) || std::ptr::eq(part, &PATH_VALUE);
        for (key, value) in json.entries().filter(|(key, _)| *key != "$ref") {
            match part.row(key) {
                // Next to a reference, OpenAPI only reads descriptions, except in a schema.
                Some(Read(_) | Reported(..))
                    if !is_schema && reference.is_some_and(|of| of.text().is_some()) =>
                {
                    self.unread(
                        at,
                        key,
                        value,
                        "a keyword next to `$ref` is not read here",
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

    /// Checks a parameter according to where it is sent.
    fn parameter(&mut self, json: &'d Json, at: &mut String) {
        let part = match json.get("in").text() {
            Some("query") => &QUERY,
            Some("header") if json.get("name").text().is_some_and(has_own_place) => {
                // OpenAPI ignores them: other keywords define these headers.
                self.parts.insert(plain(at), PARAMETER.name);
                return;
            }
            Some("header") => &HEADER,
            Some("path") => &PLACEHOLDER,
            Some("cookie") => {
                let why = "the spec cannot express cookies";
                self.parts.insert(plain(at), PARAMETER.name);
                self.unread(at, "in", json.get("in"), why);
                return;
            }
            _ => &PARAMETER,
        };
        self.part(json, part, at);
    }

    /// Checks the response that is read, and reports others that a caller may get.
    fn responses(&mut self, json: &'d Json, at: &mut String) {
        let call = at.strip_suffix("/responses").and_then(|call| self.document.at(call));
        let chosen =
            call.and_then(|call| super::chosen(self.document, call)).map(|(key, _)| key);
        for (key, value) in json.entries() {
            if is_extension(key) {
                self.unread(at, key, value, UNKNOWN);
            } else if !is_status(key) {
                self.key(at, key, "a status such as `200`");
            } else if Some(key) == chosen {
                self.below(value, &RESPONSE, key, at);
            } else {
                // 4xx and 5xx are errors, which are the same for all calls; 301 is read as a redirect.
                let why = match key.as_bytes().first() {
                    Some(b'2') => {
                        "a call has one response in the spec: the one that the spec already has, otherwise the one with the lowest status"
                    }
                    Some(b'1') => "the spec cannot express an interim response",
                    Some(b'3') if key != "301" => {
                        "the spec cannot express this redirect"
                    }
                    _ => continue,
                };
                self.unread(at, key, value, why);
            }
        }
    }

    /// Checks the content that is read, and reports the others.
    fn content(&mut self, json: &'d Json, travels: ContentDirection, at: &mut String) {
        let chosen = super::media(json).map(|(key, _, _)| key);
        for (key, value) in json.entries() {
            if Some(key) != chosen {
                let why = "only one media type is read: JSON if there is any";
                self.unread(at, key, value, why);
                continue;
            }
            self.below(value, &CONTENT, key, at);
            let essence = key.split(';').next().unwrap_or_default().trim();
            if essence != super::JSON && essence.ends_with("+json") {
                let why = "it is read as `application/json`, which is also what a request asks for and sends";
                self.unread(at, key, &Json::String(key.to_owned()), why);
            }
            if let Some((_, name, media)) = super::media(json) {
                self.media(name, media.get("schema"), travels, key, at);
            }
        }
    }
}

/// Returns the normalized form of a pointer.
fn plain(pointer: &str) -> String {
    let steps: Vec<String> =
        pointer.split('/').map(|step| escaped(&unescaped(step))).collect();
    steps.join("/")
}
