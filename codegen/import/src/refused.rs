//! The reasons for which an import is refused.

use std::fmt;

use super::report::Report;
use front_codegen::problem::Problems;
use front_codegen::problem::draw::printable;
use front_codegen::source::Source;

/// Why a document is not imported. No file is written then.
#[derive(Debug, Clone)]
pub enum Refused {
    /// The document cannot be read.
    Document(Vec<Fault>),
    /// The resulting spec cannot be read or resolved: the next import would reject it.
    Result {
        /// The files that would be written, which the problems refer to.
        sources: Vec<Source>,
        /// The problems of these files.
        problems: Problems,
        /// The changes of the import, and the remaining tasks.
        report: Box<Report>,
    },
    /// The files of the spec are invalid, or a correction does not match the document.
    Spec(Problems),
}

/// A fault of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The location: a pointer such as `#/paths/~1tags/get`, or `line 3, column 5`. Empty for the document as a whole.
    pub at: String,
    /// What is wrong, without a final period.
    pub title: String,
    /// What to do. May be empty.
    pub help: String,
}

impl Fault {
    /// Creates a fault at a location.
    pub(super) fn new(at: impl Into<String>, title: impl Into<String>) -> Self {
        Self { at: at.into(), title: title.into(), help: String::new() }
    }

    /// Sets the help.
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

/// Writes one line for each fault of the document, or the titles of the problems of the spec. [`Problems::render`] shows these in
/// full.
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
