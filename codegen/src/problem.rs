//! Problems: what is wrong with the spec, where, and what to do. Collected, never thrown; drawn at the end.

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

/// A stretch of a file, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Which file.
    pub file: FileId,
    /// From byte to byte.
    pub span: Range<usize>,
}

impl Place {
    /// A stretch of a file.
    #[must_use]
    pub fn new(file: FileId, span: Range<usize>) -> Self {
        Self { file, span }
    }

    /// A file as a whole.
    #[must_use]
    pub fn file(file: FileId) -> Self {
        Self { file, span: 0..0 }
    }
}

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Which rule it breaks.
    pub code: Code,
    /// What is wrong, as a sentence without a full stop.
    pub title: String,
    /// Where; none for a problem of no one file.
    pub at: Option<Place>,
    /// What to see there.
    pub label: String,
    /// Other places that matter.
    pub also: Vec<(Place, String)>,
    /// What to do, a line each.
    pub help: Vec<String>,
}

impl Problem {
    /// A problem of no one file yet: [`Self::at`] says where it is.
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

    /// Says where it is.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.at = Some(place);
        self
    }

    /// Says what to see there.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Adds a place that matters and what to see there.
    #[must_use]
    pub fn also(mut self, place: Place, label: impl Into<String>) -> Self {
        self.also.push((place, label.into()));
        self
    }

    /// Adds a line on what to do.
    #[must_use]
    pub fn help(mut self, line: impl Into<String>) -> Self {
        self.help.push(line.into());
        self
    }

    /// Whether it stops the generator.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }
}

/// All that is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Whether one of them stops the generator.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.0.iter().any(Problem::is_error)
    }

    /// How many stop the generator.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.0.iter().filter(|problem| problem.is_error()).count()
    }

    /// How many do not.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.0.len() - self.errors()
    }

    /// Whether all is well.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Each of them, in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// Draws them, each with the lines that it is about: those of no one file first, then by file and place. After
    /// [`Self::SHOWN`] it says how many more there are. `sources` are those of the reading that found them.
    ///
    /// Empty when there are none; how many there were is for the caller to say.
    #[must_use]
    pub fn render(&self, sources: &[Source], color: bool) -> String {
        draw::all(&self.0, sources, color)
    }

    /// How many problems are drawn at most.
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
