//! Responses built from the spec or from Front's document with its examples, and the readers that decode them.

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

/// The value of every customer text, credential and unknown JSON in a response.
pub(crate) const HIDDEN: &str = "NEVER SHOWN";

/// How a response is modified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Not at all.
    Whole,
    /// Every enumerated string has an unknown value.
    NewValues,
    /// Every object has an unknown field.
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

/// Reads an operation's response. `cargo xtask codegen` generates the table of readers.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reader {
    /// The response has no body.
    Nothing,
    /// The body is a file.
    File,
    /// The body is JSON. The function decodes it.
    Value(fn(&[u8]) -> Result<Read, serde_json::Error>),
}

/// A decoded response.
pub(crate) struct Read {
    /// The value as JSON again.
    pub(crate) back: Value,
    /// The `Debug` output of the value.
    pub(crate) shown: String,
}

/// The traits that every response implements.
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

    /// Creates a reader of one value.
    pub(crate) const fn one<T: Answer>() -> Self {
        Self::Value(|text| {
            let value: T = serde_json::from_slice(text)?;
            Ok(Read { back: serde_json::to_value(&value)?, shown: format!("{value:?}") })
        })
    }

    /// Creates a reader of a page.
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
        read.unwrap_or_else(|_| panic!("spec/ is invalid: run `cargo xtask check`")).0
    })
}

/// The URL of the next page. A page keeps only its cursor.
const NEXT: &str = "?page_token=abc";

/// The name of the unknown field.
pub(crate) const NEW_FIELD: &str = "never_heard_of";

fn new_field() -> (String, Value) {
    (NEW_FIELD.to_owned(), json!({"deep": [1, null]}))
}
