//! Answers made of what is known of them: of our spec, or of Front's own document with its examples; and what reads them.

mod document;
mod spec;

use std::fmt::Debug;
use std::sync::OnceLock;

use front_api::Page;
use front_codegen::spec::Spec;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

pub(crate) use document::{Document, Shown};
pub(crate) use spec::from_spec;

/// What stands wherever the spec says that customer text, a credential or unknown JSON does.
pub(crate) const HIDDEN: &str = "NEVER SHOWN";

/// What is done to an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// As it is said to be.
    Whole,
    /// Every enumerated string is one that nobody knows.
    NewValues,
    /// Every object has a field that nobody knows.
    NewFields,
    /// Every field but ids is null.
    Nulls,
    /// Every field but ids is missing.
    Missing,
}

impl Mode {
    pub(crate) const ALL: [Self; 5] =
        [Self::Whole, Self::NewValues, Self::NewFields, Self::Nulls, Self::Missing];
}

/// What reads an operation's answer. `cargo xtask codegen` writes down which one does.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reader {
    /// There is nothing to read.
    Nothing,
    /// Bytes are handed on.
    File,
    /// Decodes, and tells what became of it.
    Value(fn(&[u8]) -> Result<Read, serde_json::Error>),
}

/// What an answer was decoded to.
pub(crate) struct Read {
    /// Encoded again.
    pub(crate) back: Value,
    /// Its `Debug`.
    pub(crate) shown: String,
}

/// What every answer is.
pub(crate) trait Answer:
    DeserializeOwned + Serialize + Clone + PartialEq + Debug + Send + Sync
{
}

impl<T: DeserializeOwned + Serialize + Clone + PartialEq + Debug + Send + Sync> Answer
    for T
{
}

impl Reader {
    pub(crate) const NOTHING: Self = Self::Nothing;
    pub(crate) const FILE: Self = Self::File;

    /// Of one value.
    pub(crate) const fn one<T: Answer>() -> Self {
        Self::Value(|text| {
            let value: T = serde_json::from_slice(text)?;
            Ok(Read { back: serde_json::to_value(&value)?, shown: format!("{value:?}") })
        })
    }

    /// Of a page of them.
    pub(crate) const fn page<T: Answer>() -> Self {
        Self::Value(|text| {
            let page: Page<T> = serde_json::from_slice(text)?;
            Ok(Read {
                back: serde_json::to_value(&page)?,
                shown: format!("{:?}", page.items),
            })
        })
    }
}

fn spec() -> &'static Spec {
    static SPEC: OnceLock<Spec> = OnceLock::new();
    SPEC.get_or_init(|| {
        let read = front_codegen::spec::read(&front_tests::root());
        read.unwrap_or_else(|_| panic!("the spec reads: see `cargo xtask check`")).0
    })
}

/// Where the next page begins. Of its address a page keeps nothing but the cursor.
const NEXT: &str = "?page_token=abc";

/// What nobody knows.
pub(crate) const NEW_FIELD: &str = "never_heard_of";

fn new_field() -> (String, Value) {
    (NEW_FIELD.to_owned(), json!({"deep": [1, null]}))
}
