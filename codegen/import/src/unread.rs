//! Keywords of a document that an import does not read: the spec cannot express them, so they are reported.

use std::fmt;

use super::json::Json;
use front_codegen::spec::model::Fact;

/// A keyword of a document that the spec cannot express.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The pointer to the keyword, such as `#/components/schemas/Tag/properties/name/minLength`.
    pub at: String,
    /// The value of the keyword: a text unchanged, a list of texts, anything else as JSON.
    pub value: Fact,
    /// Why it is not read, without a final period.
    pub why: String,
}

/// The maximum number of characters of a value that are shown.
const SHOWN: usize = 60;

impl Unread {
    pub(super) fn new(
        at: impl Into<String>,
        value: &Json,
        why: impl Into<String>,
    ) -> Self {
        Self { at: at.into(), value: fact(value), why: why.into() }
    }

    /// Returns the keyword: the last step of the pointer.
    #[must_use]
    pub fn keyword(&self) -> String {
        let step = self.at.rsplit('/').next().unwrap_or_default();
        super::pointer::unescaped(step).into_owned()
    }

    /// Returns the value, shortened to fit on a line.
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

/// `#/../minLength: `minLength` (3) is not read: the spec cannot express this limit`
impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (at, keyword, value) = (&self.at, self.keyword(), self.shown());
        write!(f, "{at}: `{keyword}` ({value}) is not read: {}", self.why)
    }
}

/// The differences of the unread keywords of two documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UnreadChanges {
    /// Only in the later document, or with another value there.
    pub new: Vec<Unread>,
    /// Only in the earlier document, or with another value there.
    pub gone: Vec<Unread>,
}

impl UnreadChanges {
    /// Returns the difference between an earlier and a later document.
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

    /// Returns the number of keywords that differ. A keyword with another value counts once.
    #[must_use]
    pub fn len(&self) -> usize {
        let is_other = |gone: &&Unread| self.new.iter().all(|new| new.at != gone.at);
        self.new.len() + self.gone.iter().filter(is_other).count()
    }

    /// Returns whether nothing differs.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.gone.is_empty()
    }
}

/// Returns a value in the form of a correction.
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

/// Formats JSON in one line.
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
