//! Why an import came to nothing.

use std::fmt;

use super::report::Report;
use front_codegen::problem::Problems;
use front_codegen::problem::draw::printable;
use front_codegen::source::Source;

/// Why a document is not imported. Nothing has been written then.
#[derive(Debug, Clone)]
pub enum Refused {
    /// The document is not one that we can read.
    Document(Vec<Fault>),
    /// The spec that would come of it cannot be read or understood: the import would write what the next one refuses.
    Result {
        /// The files as they would be, which the problems are of.
        sources: Vec<Source>,
        /// What is wrong with them.
        problems: Problems,
        /// What the import would change, and what would be left to do.
        report: Box<Report>,
    },
    /// The spec's own files are not as they should be, or no longer fit the document.
    Spec(Problems),
}

/// One thing that is wrong with a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: a pointer such as `#/paths/~1tags/get`, or `line 3, column 5`; empty where it is the document as a whole.
    pub at: String,
    /// What is wrong, as a sentence without a full stop.
    pub title: String,
    /// What to do; empty where that is plain.
    pub help: String,
}

impl Fault {
    /// Something that is wrong at a place.
    pub(super) fn new(at: impl Into<String>, title: impl Into<String>) -> Self {
        Self { at: at.into(), title: title.into(), help: String::new() }
    }

    /// Says what to do about it.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::Document(vec![fault])
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.at.is_empty() {
            write!(f, "{}: ", printable(&self.at))?;
        }
        f.write_str(&printable(&self.title))?;
        if !self.help.is_empty() {
            write!(f, "\n  {}", self.help)?;
        }
        Ok(())
    }
}

/// A line for each fault of the document, and the bare titles of what is wrong with the spec: those are drawn with
/// [`Problems::render`].
impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = match self {
            Self::Document(faults) => faults.iter().map(Fault::to_string).collect(),
            Self::Spec(problems) | Self::Result { problems, .. } => {
                problems.iter().map(|problem| problem.title.clone()).collect()
            }
        };
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for Refused {}
