//! Reads all files of a spec. Problems of one file do not prevent reading the others.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::disk::{Content, Input, Role};
use super::fill::{self, Shape};
use super::model::{Acks, Corrections, Front, Resource, Webhooks};
use super::scan::{self, Scan};
use super::{Spec, Unread, acks, canonical};
use crate::problem::{Code, FileId, Place, Problem, Problems};
use crate::source::{Node, Source, at};

/// The result of reading all files.
pub(crate) struct Reading {
    /// Every file, by [`FileId`].
    pub(crate) sources: Vec<Source>,
    /// The problems.
    pub(crate) problems: Problems,
    /// The canonical text of each file that can be formatted without a loss.
    pub(crate) texts: Vec<Option<String>>,
    front: Option<(FileId, Front)>,
    webhooks: Option<(FileId, Webhooks)>,
    resources: Vec<(FileId, Resource)>,
    corrections: Option<(FileId, Corrections)>,
    acks: Option<(FileId, Acks)>,
    /// Returns whether every file could be read into its struct.
    whole: bool,
}

impl Reading {
    /// Reads the files. `problems` contains those of the folder.
    pub(crate) fn of(inputs: Vec<Input>, problems: Problems) -> Self {
        let mut reading = Self {
            sources: Vec::new(),
            whole: problems.is_empty(),
            problems,
            texts: Vec::new(),
            front: None,
            webhooks: None,
            resources: Vec::new(),
            corrections: None,
            acks: None,
        };
        for input in inputs {
            match Role::of(&input.path) {
                Role::Front => reading.front = reading.file(input, Shape::Front),
                Role::Webhooks => {
                    reading.webhooks = reading.file(input, Shape::Webhooks)
                }
                Role::Resource(name) => {
                    let read = reading.file(input, Shape::Resource);
                    if let Some((file, resource)) = &read {
                        reading.name(*file, resource, &name);
                    }
                    reading.resources.extend(read);
                }
                Role::Corrections => {
                    reading.corrections = reading.file(input, Shape::Corrections);
                }
                Role::Acks => {
                    reading.acks = reading.file(input, Shape::Acks);
                    if let Some((file, read)) = &reading.acks {
                        let wrong = acks::check(*file, &reading.sources[file.0], read);
                        reading.problems.extend(wrong);
                    }
                }
                Role::Unknown | Role::Ignored => {
                    reading.file::<Resource>(input, Shape::Resource);
                }
            }
        }
        reading
    }

    /// Returns the spec, if every file could be read into its struct.
    pub(crate) fn spec(self) -> Result<(Spec, Problems), Unread> {
        let Self {
            sources,
            problems,
            front,
            webhooks,
            resources,
            corrections,
            acks,
            whole,
            texts: _,
        } = self;
        match (front, webhooks) {
            (Some(front), Some(webhooks)) if whole => {
                let spec =
                    Spec { sources, front, webhooks, resources, corrections, acks };
                Ok((spec, problems))
            }
            _ => Err(Unread { sources, problems }),
        }
    }

    fn file<T: DeserializeOwned + Serialize>(
        &mut self,
        input: Input,
        shape: Shape,
    ) -> Option<(FileId, T)> {
        let file = FileId(self.sources.len());
        let (text, crlf) = match input.content {
            Content::Text { text, crlf } => (text, crlf),
            Content::Wrong(text, problem) => {
                self.problems.push(problem(file));
                self.sources.push(Source::new(input.path, text, Node::default()));
                self.texts.push(None);
                self.whole = false;
                return None;
            }
        };
        let Scan { root, mut problems, hidden, sound } = scan::scan(file, &text);
        let mut source = Source::new(input.path, text, root);
        source.crlf = crlf;
        let mut value: Option<T> = None;
        if sound {
            let (filled, more) = fill::fill(file, &source, shape, hidden);
            value = filled;
            problems.extend(more);
        }
        // Brackets are the only problem that formatting repairs. Anything else would be lost.
        let mendable = problems.iter().all(|problem| problem.code == Code::Flow);
        let text = value
            .as_ref()
            .filter(|_| mendable)
            .map(|value| canonical::canonical(&source.path, value));
        let text = match text {
            Some(text)
                if text != source.text
                    && !reads_back::<T>(file, &source.path, &text, shape) =>
            {
                problems.push(canonical::unwritable(file, &source));
                None
            }
            text => text,
        };
        if let (Some(text), true) = (&text, problems.is_empty()) {
            problems.extend(canonical::check(file, &source, text));
        }
        self.whole &= value.is_some();
        self.problems.extend(problems);
        self.sources.push(source);
        self.texts.push(text);
        Some((file, value?))
    }

    fn name(&mut self, file: FileId, resource: &Resource, name: &str) {
        if resource.resource != name {
            let place = Place::new(file, self.sources[file.0].value(&at!["resource"]));
            let title = format!(
                "the resource has the name `{}`, but its file is `{name}.yaml`",
                resource.resource
            );
            let problem = Problem::new(Code::ResourceName, title)
                .at(place)
                .label("differs from the file name");
            self.problems
                .push(problem.help(format!("write `{name}`, or rename the file")));
        }
    }
}

/// Returns whether a canonical text can be read without a problem, and formatting it changes nothing.
fn reads_back<T: DeserializeOwned + Serialize>(
    file: FileId,
    path: &str,
    text: &str,
    shape: Shape,
) -> bool {
    let Scan { root, problems, hidden, sound } = scan::scan(file, text);
    if !sound || !problems.is_empty() {
        return false;
    }
    let source = Source::new(path.to_owned(), text.to_owned(), root);
    let (value, problems) = fill::fill::<T>(file, &source, shape, hidden);
    let again = value.map(|value| canonical::canonical(path, &value));
    problems.is_empty() && again.as_deref() == Some(text)
}
