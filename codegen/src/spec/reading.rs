//! Reads all files of a spec. Problems of one file do not prevent reading the others.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::disk::{Content, Input, Role};
use super::fill::{self, Shape};
use super::model::{Acks, Corrections, Front, Resource, Webhooks};
use super::scan::{self, Scan};
use super::{Spec, Unread, acks, canonical};
use crate::parallel;
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
    /// Reads the files, on all cores. `problems` contains those of the folder.
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
        let numbered = inputs.into_iter().enumerate().collect();
        let files = parallel::map(numbered, |(number, input): (usize, Input)| {
            let role = Role::of(&input.path);
            file(FileId(number), input, &role)
        });
        for (number, file) in files.into_iter().enumerate() {
            reading.add(FileId(number), file);
        }
        reading
    }

    /// Adds what one file contains.
    fn add(&mut self, file: FileId, read: FileRead) {
        let FileRead { source, problems, text, value } = read;
        self.whole &= value.is_some();
        self.problems.extend(problems);
        match value {
            Some(Value::Front(front)) => self.front = Some((file, *front)),
            Some(Value::Webhooks(webhooks)) => self.webhooks = Some((file, *webhooks)),
            Some(Value::Resource(resource)) => self.resources.push((file, *resource)),
            Some(Value::Corrections(corrections)) => {
                self.corrections = Some((file, corrections));
            }
            Some(Value::Acks(acks)) => self.acks = Some((file, acks)),
            Some(Value::Unused) | None => {}
        }
        self.sources.push(source);
        self.texts.push(text);
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
}

/// The result of reading one file.
struct FileRead {
    source: Source,
    problems: Vec<Problem>,
    /// The canonical text, if the file can be formatted without a loss.
    text: Option<String>,
    /// The contents. `None` if they do not fit the struct.
    value: Option<Value>,
}

/// The contents of a file, by its role.
enum Value {
    Front(Box<Front>),
    Webhooks(Box<Webhooks>),
    Resource(Box<Resource>),
    Corrections(Corrections),
    Acks(Acks),
    /// The contents of a file that is not part of the spec.
    Unused,
}

/// Reads one file.
fn file(file: FileId, input: Input, role: &Role) -> FileRead {
    match role {
        Role::Front => {
            read(file, input, Shape::Front, |of, _, _| Value::Front(Box::new(of)))
        }
        Role::Webhooks => {
            read(file, input, Shape::Webhooks, |of, _, _| Value::Webhooks(Box::new(of)))
        }
        Role::Resource(name) => {
            read(file, input, Shape::Resource, |of: Resource, source, problems| {
                problems.extend(misnamed(file, source, &of, name));
                Value::Resource(Box::new(of))
            })
        }
        Role::Corrections => {
            read(file, input, Shape::Corrections, |of, _, _| Value::Corrections(of))
        }
        Role::Acks => read(file, input, Shape::Acks, |of, source, problems| {
            problems.extend(acks::check(file, source, &of));
            Value::Acks(of)
        }),
        Role::Unknown | Role::Ignored => {
            read(file, input, Shape::Resource, |_: Resource, _, _| Value::Unused)
        }
    }
}

/// Reads one file into its struct. `finish` checks the struct and may add problems.
fn read<T: DeserializeOwned + Serialize>(
    file: FileId,
    input: Input,
    shape: Shape,
    finish: impl FnOnce(T, &Source, &mut Vec<Problem>) -> Value,
) -> FileRead {
    let (text, crlf) = match input.content {
        Content::Text { text, crlf } => (text, crlf),
        Content::Wrong(text, problem) => {
            let source = Source::new(input.path, text, Node::default());
            let problems = vec![problem(file)];
            return FileRead { source, problems, text: None, value: None };
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
    let value = value.map(|value| finish(value, &source, &mut problems));
    FileRead { source, problems, text, value }
}

/// Returns the problem of a resource whose name differs from its file's.
fn misnamed(
    file: FileId,
    source: &Source,
    resource: &Resource,
    name: &str,
) -> Option<Problem> {
    if resource.resource == name {
        return None;
    }
    let place = Place::new(file, source.value(&at!["resource"]));
    let title = format!(
        "the resource has the name `{}`, but its file is `{name}.yaml`",
        resource.resource
    );
    let problem = Problem::new(Code::ResourceName, title)
        .at(place)
        .label("differs from the file name");
    Some(problem.help(format!("write `{name}`, or rename the file")))
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
