//! The JSON Schemas of the files, derived from the structs. [`crate::schema`] adds the allowed words of texts, when the spec is known.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::Value;

use super::model::{Acks, Corrections, Front, Resource, Webhooks, words};

/// The kinds of words that these schemas do not define, by the names of their definitions.
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

/// Returns the schema of files with a `T`.
pub(crate) fn derive<T: JsonSchema>() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    generator.into_root_schema_for::<T>().to_value()
}
