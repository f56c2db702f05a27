//! The state of all passes: the spec, the places of its parts, and the problems so far.

use std::collections::BTreeSet;
use std::ops::Range;

use super::sources;
use crate::ir::{NodeId, SourceMap, WordId};
use crate::names::{Name, nearest};
use crate::problem::{Code, FileId, Place, Problem, Problems};
use crate::source::Step;
use crate::spec::{Spec, model};

/// The spec while it is being resolved.
pub(super) struct Context<'a> {
    pub(super) spec: &'a Spec,
    /// The resources, by name. Indices follow this order.
    pub(super) resources: Vec<Located<'a>>,
    pub(super) problems: Problems,
    /// The location of every fact.
    pub(super) sources: SourceMap,
    /// The entries of `words` that a field uses.
    pub(super) words_taken: BTreeSet<&'a str>,
}

/// A resource and its file.
#[derive(Clone, Copy)]
pub(super) struct Located<'a> {
    pub(super) file: FileId,
    pub(super) resource: &'a model::Resource,
}

/// A node of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct At {
    pub(super) file: FileId,
    path: Vec<Step>,
}

impl At {
    /// Returns the root of a file.
    pub(super) fn top(file: FileId) -> Self {
        Self { file, path: Vec::new() }
    }

    /// Returns the child at `step`.
    pub(super) fn then(&self, step: impl Into<Step>) -> Self {
        let mut path = self.path.clone();
        path.push(step.into());
        Self { file: self.file, path }
    }

    /// Returns the node at another key of the same mapping.
    pub(super) fn beside(&self, key: &str) -> Self {
        let mut path = self.path.clone();
        path.pop();
        path.push(key.into());
        Self { file: self.file, path }
    }
}

impl<'a> Context<'a> {
    pub(super) fn new(spec: &'a Spec) -> Self {
        let mut resources: Vec<Located<'a>> = spec
            .resources
            .iter()
            .map(|(file, resource)| Located { file: *file, resource })
            .collect();
        resources.sort_by_key(|located| &located.resource.resource);
        Self {
            spec,
            resources,
            problems: Problems::new(),
            sources: sources::of(spec),
            words_taken: BTreeSet::new(),
        }
    }

    /// Returns the root of `front.yaml`.
    pub(super) fn front(&self) -> At {
        At::top(self.spec.front.0)
    }

    /// Returns the root of `webhooks.yaml`.
    pub(super) fn webhooks(&self) -> At {
        At::top(self.spec.webhooks.0)
    }

    /// Returns the place of the key of a node, or of the item of a list.
    pub(super) fn key(&self, at: &At) -> Place {
        Place::new(at.file, self.spec.sources[at.file.0].key(&at.path))
    }

    /// Returns the place of the value of a node.
    pub(super) fn value(&self, at: &At) -> Place {
        Place::new(at.file, self.spec.sources[at.file.0].value(&at.path))
    }

    /// Returns the node that the resolved API records as a location.
    pub(super) fn node(&self, at: &At) -> NodeId {
        let mut node = self.sources.files[at.file.0].root;
        for step in &at.path {
            let below = match step {
                Step::Key(key) => self.sources.child(node, key),
                Step::Index(item) => self.sources.item(node, *item),
            };
            match below {
                Some(below) => node = below,
                None => break,
            }
        }
        node
    }

    /// Returns the place of the phrase of a field, in its short or long form.
    pub(super) fn phrase(&self, field: &At) -> Place {
        self.value(&field.then("type"))
    }

    /// Returns the place of a part of a one-line text, or of the whole value if the file has another spelling.
    pub(super) fn part(&self, place: Place, text: &str, part: Range<usize>) -> Place {
        let written = self.spec.sources[place.file.0].text.get(place.span.clone());
        match written.and_then(|written| written.find(text)) {
            Some(offset) => {
                let start = place.span.start + offset;
                Place::new(place.file, start + part.start..start + part.end)
            }
            None => place,
        }
    }

    pub(super) fn report(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// Reports an invalid value, in the spelling of the file.
    pub(super) fn invalid_value(&mut self, at: &At, expected: &str) {
        let place = self.value(at);
        let written = self.spec.sources[place.file.0]
            .text
            .get(place.span.clone())
            .unwrap_or_default()
            .to_owned();
        let problem =
            Problem::new(Code::InvalidValue, format!("invalid value `{written}`"));
        self.report(problem.at(place).label(expected));
    }

    /// Reports an empty text.
    pub(super) fn non_empty(&mut self, at: &At, text: &str) {
        if text.trim().is_empty() {
            self.invalid_value(at, "a text that is not empty is expected");
        }
    }

    /// Warns of a value that repeats the default.
    pub(super) fn redundant(&mut self, at: &At, why: &str) {
        let key = match at.path.last() {
            Some(Step::Key(key)) => key.as_str(),
            _ => "it",
        };
        let title = format!("`{key}` repeats the default");
        let place = self.value(at);
        let problem = Problem::new(Code::RedundantFact, title).at(place).label(why);
        self.report(problem.help(format!("remove `{key}`")));
    }

    /// Reports an unknown word, with the known ones and the most similar one.
    pub(super) fn unknown<'k>(
        &mut self,
        code: Code,
        title: String,
        place: Place,
        word: &str,
        known: impl IntoIterator<Item = &'k str>,
        what: &str,
    ) {
        let known: Vec<&str> = known.into_iter().collect();
        let problem = Problem::new(code, title).at(place);
        let in_other_case =
            known.iter().copied().find(|known| known.eq_ignore_ascii_case(word));
        let problem =
            match in_other_case.or_else(|| nearest(word, known.iter().copied())) {
                Some(near) => problem.label(format!("did you mean `{near}`?")),
                None => problem.label(format!("unknown {what}")),
            };
        let problem = match known.len() {
            0 => problem.help(format!("no {what} is defined yet")),
            1 => problem.help(format!("only `{}` is defined", known[0])),
            2..=MANY => problem.help(format!("expected one of {}", list_of(&known))),
            _ => problem,
        };
        self.report(problem);
    }

    /// Looks a word up in a table.
    pub(super) fn word<T: Copy>(
        &mut self,
        at: &At,
        word: &str,
        table: &[(&str, T)],
    ) -> Option<T> {
        let found = table.iter().find(|(known, _)| *known == word);
        if found.is_none() {
            let known = table.iter().map(|(known, _)| *known);
            self.unknown(
                Code::WrongWord,
                format!("`{word}` is not allowed here"),
                self.value(at),
                word,
                known,
                "word",
            );
        }
        found.map(|(_, value)| *value)
    }

    /// Returns the Rust name for a text. If there is none, reports a problem and returns [`placeholder`].
    pub(super) fn name(&mut self, text: &str, place: Place, help: &str) -> Name {
        Name::new(text).unwrap_or_else(|why| {
            let problem = Problem::new(
                Code::WrongName,
                format!("`{text}` cannot become a name in Rust"),
            );
            self.report(problem.at(place).label(why).help(help));
            placeholder()
        })
    }

    /// Returns a name that must be in the spelling of Rust: `create_company`.
    pub(super) fn snake(&mut self, text: &str, place: Place) -> Name {
        let name = self.name(
            text,
            place.clone(),
            "use letters, digits and `_`, and begin with a letter",
        );
        if name != placeholder() && name.plain() != text {
            let title =
                format!("`{text}` does not follow the naming convention of Rust");
            let label = format!("write `{}`", name.plain());
            self.report(Problem::new(Code::WrongName, title).at(place).label(label));
        }
        name
    }

    /// Returns the entry of `words` for a key.
    pub(super) fn words(&mut self, key: &str) -> Option<(WordId, &'a str)> {
        let (number, key, sentence) = self.spec.front.1.words.get_full(key)?;
        self.words_taken.insert(key);
        Some((WordId(number), sentence))
    }
}

/// The maximum number of known names in a report.
const MANY: usize = 24;

/// Returns the replacement of a name that was already reported. Claims ignore it.
pub(super) fn placeholder() -> Name {
    Name::new("not a name").expect("three plain words make a name")
}

/// `` `a`, `b` and `c` ``
pub(super) fn list_of(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => {
            format!("{} and {last}", rest.join(", "))
        }
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}
