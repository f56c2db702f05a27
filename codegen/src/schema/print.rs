//! Prints JSON with a fixed order of keys. The order of `serde_json` depends on features that other packages enable.

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::Value;

/// The keywords that come first, in this order. The others follow by name, then the long ones of `LAST`.
const FIRST: &[&str] = &["$schema", "$comment", "$ref", "title", "description", "type"];
const LAST: &[&str] = &["properties", "$defs"];

/// Returns the text of a schema.
///
/// # Panics
///
/// Never: a value can always be printed.
pub(super) fn pretty(schema: &Value) -> String {
    let mut text = serde_json::to_string_pretty(&Ordered(schema))
        .expect("texts, numbers, lists and maps can always be printed");
    text.push('\n');
    text
}

struct Ordered<'v>(&'v Value);

impl Serialize for Ordered<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Object(entries) => {
                let mut keys: Vec<&String> = entries.keys().collect();
                keys.sort_by_key(|key| (rank(key), key.as_str()));
                let mut map = serializer.serialize_map(Some(keys.len()))?;
                for key in keys {
                    map.serialize_entry(key, &Ordered(&entries[key]))?;
                }
                map.end()
            }
            Value::Array(all) => serializer.collect_seq(all.iter().map(Ordered)),
            scalar => scalar.serialize(serializer),
        }
    }
}

fn rank(key: &str) -> usize {
    let position = |of: &[&str]| of.iter().position(|known| *known == key);
    match (position(FIRST), position(LAST)) {
        (Some(at), _) => at,
        (None, None) => FIRST.len(),
        (None, Some(at)) => FIRST.len() + 1 + at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_have_their_order() {
        let schema = serde_json::json!({
            "properties": { "b": true, "a": { "type": "string", "description": "A." } },
            "additionalProperties": false, "type": "object", "$schema": "x",
        });
        let text = pretty(&schema);
        let expected = r#"{
  "$schema": "x",
  "type": "object",
  "additionalProperties": false,
  "properties": {
    "a": {
      "description": "A.",
      "type": "string"
    },
    "b": true
  }
}
"#;
        assert_eq!(text, expected);
    }
}
