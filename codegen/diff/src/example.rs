//! The examples of the pages as specs: a small spec without fault, and what a page changes in it.

use std::collections::BTreeMap;

use serde_yaml::{Error, Value};

use super::rule::Rule;
use front_codegen::spec::{Front, Resource, Webhooks, canonical};

/// Files by their path under `spec/`.
pub type Files = BTreeMap<String, Value>;

/// A change, as the files of the spec before and after it: paths such as `spec/front.yaml`, and canonical texts.
#[derive(Debug, Clone)]
pub struct Example {
    /// The small spec, with what the page lays into it first.
    pub before: Vec<(String, String)>,
    /// That, changed.
    pub after: Vec<(String, String)>,
}

/// The small spec that every page changes.
const SMALL: [(&str, &str); 4] = [
    ("front.yaml", include_str!("example/front.yaml")),
    ("resources/events.yaml", include_str!("example/resources/events.yaml")),
    ("resources/tags.yaml", include_str!("example/resources/tags.yaml")),
    ("webhooks.yaml", include_str!("example/webhooks.yaml")),
];

impl Rule {
    /// The example on its page.
    ///
    /// # Errors
    ///
    /// The page contains invalid YAML or an invalid spec: an error in the page.
    pub fn example(&self) -> Result<Example, Error> {
        let mut files = small()?;
        lay(&mut files, self.page, "Before")?;
        let before = texts(files.clone())?;
        lay(&mut files, self.page, "After")?;
        Ok(Example { before, after: texts(files)? })
    }
}

/// A small spec without fault.
///
/// # Errors
///
/// Where it is no YAML, which a test would say.
pub fn small() -> Result<Files, Error> {
    let read =
        |(name, text): (&str, &str)| Ok((name.to_owned(), serde_yaml::from_str(text)?));
    SMALL.into_iter().map(read).collect()
}

/// Returns the small spec without its only warning: pages about rate limits need the class `each_tag`, which no call has.
///
/// # Errors
///
/// Returns an error if the spec is not YAML, which a test would report.
pub fn without_warnings() -> Result<Files, Error> {
    let mut files = small()?;
    if let Some(front) = files.get_mut("front.yaml") {
        merge(front, serde_yaml::from_str("rate_limits: {each_tag: null}")?);
    }
    Ok(files)
}

/// Applies the text under a heading of a page to a spec.
fn lay(files: &mut Files, page: &str, heading: &str) -> Result<(), Error> {
    let Some((_, rest)) = page.split_once(&format!("## {heading}\n")) else {
        return Ok(());
    };
    let section = rest.split("\n## ").next().unwrap_or_default();
    for block in section.split("```yaml spec/").skip(1) {
        let (name, rest) = block.split_once('\n').unwrap_or((block, ""));
        let (text, _) = rest.split_once("```").unwrap_or((rest, ""));
        let change: Value = serde_yaml::from_str(text)?;
        if change.is_null() {
            files.remove(name);
        } else {
            merge(files.entry(name.to_owned()).or_insert(Value::Null), change);
        }
    }
    Ok(())
}

/// Changes a value: mappings are merged, anything else is replaced, and null takes a key away.
pub fn merge(into: &mut Value, change: Value) {
    match (into, change) {
        (Value::Mapping(into), Value::Mapping(change)) => {
            for (key, value) in change {
                if value.is_null() {
                    into.shift_remove(&key);
                } else if let Some(old) = into.get_mut(&key) {
                    merge(old, value);
                } else {
                    into.insert(key, value);
                }
            }
        }
        (into, change) => *into = change,
    }
}

/// A spec's files as they are committed: canonical, by path.
///
/// # Errors
///
/// Where a file does not hold what its name says.
pub fn texts(files: Files) -> Result<Vec<(String, String)>, Error> {
    let text = |(name, value): (String, Value)| {
        let path = format!("spec/{name}");
        let text = match name.as_str() {
            "front.yaml" => canonical(&path, &serde_yaml::from_value::<Front>(value)?),
            "webhooks.yaml" => {
                canonical(&path, &serde_yaml::from_value::<Webhooks>(value)?)
            }
            _ => canonical(&path, &serde_yaml::from_value::<Resource>(value)?),
        };
        Ok((path, text))
    };
    files.into_iter().map(text).collect()
}
