//! The JSON Schemas of the spec's files, as they follow from the structs. Which words may stand where a struct has a text is
//! said by [`crate::schema`], once the spec is known.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::model::{Acks, Corrections, Front, Resource, Webhooks, words};

/// The kinds of words that the schemas leave open, by the names of their definitions.
pub(crate) const WORDS: &[&str] = words::ALL;

/// The schema of each kind of file, by its name in [`super::SCHEMAS`].
pub(crate) fn derived() -> [(&'static str, Value); 5] {
    [
        ("resource.json", derive::<Resource>()),
        ("front.json", derive::<Front>()),
        ("webhooks.json", derive::<Webhooks>()),
        ("corrections.json", derive::<Corrections>()),
        ("acks.json", derive::<Acks>()),
    ]
}

/// The schema of files that hold a `T`.
pub(crate) fn derive<T: JsonSchema>() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    generator.into_root_schema_for::<T>().to_value()
}
