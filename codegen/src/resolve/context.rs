//! What every pass carries: the spec, where its parts stand, and the problems found so far.

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
    /// The resources by name: the order of everything that is numbered.
    pub(super) resources: Vec<Located<'a>>,
    pub(super) problems: Problems,
    /// Where every fact is written.
    pub(super) sources: SourceMap,
    /// The entries of `words` that a field took.
    pub(super) words_taken: BTreeSet<&'a str>,
}

/// A resource and the file that holds it.
#[derive(Clone, Copy)]
pub(super) struct Located<'a> {
    pub(super) file: FileId,
    pub(super) resource: &'a model::Resource,
}

/// A node of a file.
#[derive(Debug, Clone)]
pub(super) struct At {
    pub(super) file: FileId,
    path: Vec<Step>,
}

impl At {
    /// The top of a file.
    pub(super) fn top(file: FileId) -> Self {
        Self { file, path: Vec::new() }
    }

    /// The node one step below.
    pub(super) fn then(&self, step: impl Into<Step>) -> Self {
        let mut path = self.path.clone();
        path.push(step.into());
        Self { file: self.file, path }
    }

    /// The node at another key of the same mapping.
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

    /// The top of `front.yaml`.
    pub(super) fn front(&self) -> At {
        At::top(self.spec.front.0)
    }

    /// The top of `webhooks.yaml`.
    pub(super) fn webhooks(&self) -> At {
        At::top(self.spec.webhooks.0)
    }

    /// The key of a node, or the item where it is one of a list.
    pub(super) fn key(&self, at: &At) -> Place {
        Place::new(at.file, self.spec.sources[at.file.0].key(&at.path))
    }

    /// The value of a node.
    pub(super) fn value(&self, at: &At) -> Place {
        Place::new(at.file, self.spec.sources[at.file.0].value(&at.path))
    }

    /// The node at which the resolved API says that something is written.
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

    /// The phrase of a field, whether it stands alone or under `type`.
    pub(super) fn phrase(&self, field: &At) -> Place {
        self.value(&field.then("type"))
    }

    /// A part of a value that is one line of text; all of it where the file spells it otherwise.
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

    /// Reports an invalid value, as it is written.
    pub(super) fn figure(&mut self, at: &At, expected: &str) {
        let place = self.value(at);
        let written = self.spec.sources[place.file.0]
            .text
            .get(place.span.clone())
            .unwrap_or_default()
            .to_owned();
        let problem =
            Problem::new(Code::WrongFigure, format!("invalid value `{written}`"));
        self.report(problem.at(place).label(expected));
    }

    /// Reports a text that says nothing.
    pub(super) fn said(&mut self, at: &At, text: &str) {
        if text.trim().is_empty() {
            self.figure(at, "some text is expected");
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
        self.report(problem.help(format!("leave `{key}` out")));
    }

    /// Reports a word that is none of those known, with all of them and the nearest.
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
                None => problem.label(format!("no such {what}")),
            };
        let problem = match known.len() {
            0 => problem.help(format!("there is no {what} at all yet")),
            1 => problem.help(format!("only `{}`", known[0])),
            2..=MANY => problem.help(format!("one of {}", list_of(&known))),
            _ => problem,
        };
        self.report(problem);
    }

    /// One of a few words, by a table.
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

    /// The name that `text` gives in Rust, or a problem and [`placeholder`].
    pub(super) fn name(&mut self, text: &str, place: Place, help: &str) -> Name {
        Name::new(text).unwrap_or_else(|why| {
            let problem =
                Problem::new(Code::WrongName, format!("`{text}` gives no name in Rust"));
            self.report(problem.at(place).label(why).help(help));
            placeholder()
        })
    }

    /// A name that is written as it stands in Rust: `create_company`.
    pub(super) fn snake(&mut self, text: &str, place: Place) -> Name {
        let name = self.name(
            text,
            place.clone(),
            "write letters, digits and `_`, a letter first",
        );
        if name != placeholder() && name.plain() != text {
            let title = format!("`{text}` is not written as Rust writes it");
            let label = format!("write `{}`", name.plain());
            self.report(Problem::new(Code::WrongName, title).at(place).label(label));
        }
        name
    }

    /// The entry of `words` for a key.
    pub(super) fn words(&mut self, key: &str) -> Option<(WordId, &'a str)> {
        let (number, key, sentence) = self.spec.front.1.words.get_full(key)?;
        self.words_taken.insert(key);
        Some((WordId(number), sentence))
    }
}

/// Names shown at most where any of them would do.
const MANY: usize = 24;

/// Stands for a name that was reported already; claims pass it over.
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
