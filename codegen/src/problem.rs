//! Problems of a spec: what is wrong, where, and what to do. They are collected while the spec is read and drawn at the end.

mod code;
pub mod draw;
pub mod explain;

pub use code::{Code, Severity};
pub use explain::Part;

use std::ops::Range;

use crate::source::Source;

/// A file of the spec, by its position in [`crate::spec::Spec::sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub usize);

/// A range of bytes in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The range, in bytes.
    pub span: Range<usize>,
}

impl Place {
    /// Creates a range of a file.
    #[must_use]
    pub fn new(file: FileId, span: Range<usize>) -> Self {
        Self { file, span }
    }

    /// Returns the place of a file as a whole.
    #[must_use]
    pub fn file(file: FileId) -> Self {
        Self { file, span: 0..0 }
    }
}

/// One problem of a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The rule that it violates.
    pub code: Code,
    /// What is wrong, without a final period.
    pub title: String,
    /// Where it is. `None` if it is about no single file.
    pub at: Option<Place>,
    /// The text at that place.
    pub label: String,
    /// Other places that explain the problem.
    pub also: Vec<(Place, String)>,
    /// What to do, one step a line.
    pub help: Vec<String>,
}

impl Problem {
    /// Creates a problem without a place; see [`Self::at`].
    #[must_use]
    pub fn new(code: Code, title: impl Into<String>) -> Self {
        Self {
            code,
            title: title.into(),
            at: None,
            label: String::new(),
            also: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.at = Some(place);
        self
    }

    /// Sets the text at the place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds another place, and the text there.
    #[must_use]
    pub fn also(mut self, place: Place, label: impl Into<String>) -> Self {
        self.also.push((place, label.into()));
        self
    }

    /// Adds a line of help.
    #[must_use]
    pub fn help(mut self, line: impl Into<String>) -> Self {
        self.help.push(line.into());
        self
    }

    /// Returns whether it stops the generator.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }
}

/// The problems of a spec, in the order in which they were found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Creates an empty collection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Returns whether one of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(Problem::is_error)
    }

    /// Returns the number of errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.0.iter().filter(|problem| problem.is_error()).count()
    }

    /// Returns the number of warnings.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.0.len() - self.errors()
    }

    /// Returns whether there are no problems.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the number of problems.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns the problems, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// Renders the problems with the source lines that they are about: first those that are about no single file, then by file
    /// and place. At most [`Self::SHOWN`] are rendered, followed by the number of the others. `sources` must be the sources in
    /// which the problems were found.
    ///
    /// Returns an empty text if there are no problems. The caller prints the number of problems.
    #[must_use]
    pub fn render(&self, sources: &[Source], color: bool) -> String {
        draw::all(&self.0, sources, color)
    }

    /// The maximum number of rendered problems.
    pub const SHOWN: usize = 50;
}

impl Extend<Problem> for Problems {
    fn extend<I: IntoIterator<Item = Problem>>(&mut self, problems: I) {
        self.0.extend(problems);
    }
}

impl FromIterator<Problem> for Problems {
    fn from_iter<I: IntoIterator<Item = Problem>>(problems: I) -> Self {
        Self(problems.into_iter().collect())
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Problems {
    type Item = &'a Problem;
    type IntoIter = std::slice::Iter<'a, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
