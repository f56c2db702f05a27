//! The allowed words where the model has a text.

use serde_json::{Value, json};

use crate::ir::{
    Access, Api, BY_KIND, CERTAINTIES, DIGESTS, ENCODINGS, MERGED_CONVERSATION, Method,
    Repeat, Scalar, TIME_UNITS,
};
use crate::phrase::GRAMMAR;
use crate::spec::schemas;

/// A word, and its meaning if it needs an explanation.
type Word = (String, Option<String>);

/// Adds the allowed words to each kind of word that the schema uses.
pub(super) fn fill(api: &Api, schema: &mut Value) {
    let Some(kinds) = schema.get_mut("$defs").and_then(Value::as_object_mut) else {
        return;
    };
    for name in schemas::WORDS {
        if let Some(kind) = kinds.get_mut(*name).and_then(Value::as_object_mut) {
            match keywords(api, name) {
                Value::Object(more) => kind.extend(more),
                _ => debug_assert!(false, "no list of words for {name}"),
            }
        }
    }
}

/// Returns the schema keywords of a kind of word.
fn keywords(api: &Api, name: &str) -> Value {
    match name {
        "Phrase" => phrase(MARKED, api),
        "TypePhrase" => phrase("", api),
        "Method" => plain(Method::WORDS),
        "Access" => plain(Access::WORDS),
        "Repeat" => plain(Repeat::WORDS),
        "Certainty" => plain(CERTAINTIES),
        "Digest" => plain(DIGESTS),
        "Encoding" => plain(ENCODINGS),
        "TimeUnit" => plain(TIME_UNITS),
        "Redirects" => json!({ "enum": [MERGED_CONVERSATION] }),
        "By" => json!({ "enum": [BY_KIND] }),
        "Capability" => {
            one_of(permissions(api).chain([none("No permission is needed.")]))
        }
        "Scope" => one_of(permissions(api)),
        "RateLimitClass" => one_of(
            api.rate_limits
                .iter()
                .map(|class| (class.key.clone(), Some(class.about.clone()))),
        ),
        "Webhook" => one_of(
            api.webhooks
                .iter()
                .map(|event| (event.wire.clone(), Some(event.signals.clone())))
                .chain([none("No webhook is fired.")]),
        ),
        "Call" => one_of(api.resources.iter().flat_map(|resource| {
            resource.endpoints.iter().map(move |endpoint| {
                let name =
                    format!("{}.{}", resource.name.plain(), endpoint.name.plain());
                (name, endpoint.about.first().cloned())
            })
        })),
        _ => Value::Null,
    }
}

fn permissions(api: &Api) -> impl Iterator<Item = Word> {
    api.permissions.iter().map(|of| (of.scope.clone(), Some(of.about.clone())))
}

fn none(meaning: &str) -> Word {
    ("none".to_owned(), Some(meaning.to_owned()))
}

/// Allows the words of a table.
fn plain<T>(table: &[(&str, T)]) -> Value {
    let words: Vec<&str> = table.iter().map(|(word, _)| *word).collect();
    json!({ "enum": words })
}

/// Allows these words. `enumDescriptions`, which is not part of the standard, contains their meanings for editors.
fn one_of(words: impl Iterator<Item = Word>) -> Value {
    let (words, meanings): (Vec<String>, Vec<String>) =
        words.map(|(word, meaning)| (word, meaning.unwrap_or_default())).unzip();
    json!({ "enum": words, "enumDescriptions": meanings })
}

/// The pattern of the words that a phrase may begin with.
const MARKED: &str = "(always |(required )?(nullable )?)";

/// The grammar of a type without a mark.
const TYPES: &str = "any number of `list of` and `map of`, and a type";

/// Allows phrases with this beginning. The names of types are only suggested, because a new type is used before it is in the
/// schema.
fn phrase(begin: &str, api: &Api) -> Value {
    let mut names: Vec<String> = api.types.iter().map(|of| of.name.camel()).collect();
    names.extend(api.ids.iter().map(|id| id.name.camel()));
    names.sort_unstable();
    let examples: Vec<String> = scalars().map(str::to_owned).chain(names).collect();
    // Editors show this message instead of the pattern.
    let message = if begin.is_empty() { TYPES } else { GRAMMAR };
    json!({ "pattern": pattern(begin), "patternErrorMessage": message, "examples": examples })
}

fn pattern(begin: &str) -> String {
    let scalars: Vec<&str> = scalars().collect();
    format!("^{begin}((list|map) of )*({}|[A-Z][A-Za-z0-9]*)$", scalars.join("|"))
}

fn scalars() -> impl Iterator<Item = &'static str> {
    Scalar::WORDS.iter().map(|(name, _)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phrase::parse;

    #[test]
    fn the_pattern_accepts_the_phrases_of_the_grammar() {
        let schema = json!({ "type": "string", "pattern": pattern(MARKED) });
        let schema = jsonschema::draft202012::new(&schema).expect("a schema");
        let words =
            ["required", "always", "nullable", "list", "map", "of", "text", "Tag", "x"];
        let mut phrases = vec![String::new()];
        let mut last = phrases.clone();
        for _ in 0..5 {
            let longer = |begin: &String| {
                words.map(|word| format!("{begin} {word}").trim_start().to_owned())
            };
            last = last.iter().flat_map(longer).collect();
            phrases.extend(last.iter().cloned());
        }
        for phrase in phrases {
            let accepted = parse(&phrase).is_ok();
            assert_eq!(schema.is_valid(&json!(phrase)), accepted, "`{phrase}`");
        }
    }
}
