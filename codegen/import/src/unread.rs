//! What a document says and an import does not read: the spec has no word for it, so a person is told.

use std::fmt;

use super::json::Json;
use front_codegen::spec::model::Fact;

/// Something that a document says in no word of the spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// Where: the pointer to the keyword, such as `#/components/schemas/Tag/properties/name/minLength`.
    pub at: String,
    /// The keyword's value: a text as it is, a list of texts, anything else as JSON.
    pub value: Fact,
    /// Why it is not read, as a sentence without a full stop.
    pub why: String,
}

/// More of a value is not shown.
const SHOWN: usize = 60;

impl Unread {
    pub(super) fn new(
        at: impl Into<String>,
        value: &Json,
        why: impl Into<String>,
    ) -> Self {
        Self { at: at.into(), value: fact(value), why: why.into() }
    }

    /// The keyword: the last step of the pointer.
    #[must_use]
    pub fn keyword(&self) -> String {
        let step = self.at.rsplit('/').next().unwrap_or_default();
        super::document::unescaped(step).into_owned()
    }

    /// The value, as far as it fits into a line.
    #[must_use]
    pub fn shown(&self) -> String {
        let text = match &self.value {
            Fact::Text(text) => text.clone(),
            Fact::List(items) => items.join(", "),
        };
        match text.char_indices().nth(SHOWN) {
            Some((end, _)) => format!("{}..", &text[..end]),
            None => text,
        }
    }
}

/// `#/../minLength: `minLength` (3) is not read: the spec has no word for this limit`
impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (at, keyword, value) = (&self.at, self.keyword(), self.shown());
        write!(f, "{at}: `{keyword}` ({value}) is not read: {}", self.why)
    }
}

/// What became unread between two documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnreadChanges {
    /// In the later document alone, or with another value there.
    pub new: Vec<Unread>,
    /// In the earlier one alone, or with another value there.
    pub gone: Vec<Unread>,
}

impl UnreadChanges {
    /// What differs between an earlier and a later document.
    #[must_use]
    pub fn between(earlier: &[Unread], later: &[Unread]) -> Self {
        let without = |all: &[Unread], others: &[Unread]| -> Vec<Unread> {
            let known = |one: &&Unread| {
                !others
                    .iter()
                    .any(|other| other.at == one.at && other.value == one.value)
            };
            all.iter().filter(known).cloned().collect()
        };
        Self { new: without(later, earlier), gone: without(earlier, later) }
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty()
    }
}

/// A value as a correction writes it.
fn fact(json: &Json) -> Fact {
    match json {
        Json::String(text) => Fact::Text(text.clone()),
        Json::List(items)
            if !items.is_empty() && items.iter().all(|item| item.text().is_some()) =>
        {
            Fact::List(json.texts().map(str::to_owned).collect())
        }
        other => Fact::Text(compact(other)),
    }
}

/// JSON in one line.
fn compact(json: &Json) -> String {
    let text = |text: &str| serde_json::Value::from(text).to_string();
    match json {
        Json::Null => "null".to_owned(),
        Json::Boolean(value) => value.to_string(),
        Json::Number(number) => number.to_string(),
        Json::String(value) => text(value),
        Json::List(items) => {
            let items: Vec<String> = items.iter().map(compact).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(keys) => {
            let keys = keys
                .iter()
                .map(|(key, value)| format!("{}: {}", text(key), compact(value)));
            format!("{{{}}}", keys.collect::<Vec<_>>().join(", "))
        }
    }
}
