//! Formats the files of the spec: writes them in canonical form.

use std::path::Path;

use crate::problem::{Code, Problem, Problems};
use crate::source::Source;
use crate::spec::disk;
use crate::spec::reading::Reading;
use crate::sync::{self, Error};

/// The result of [`format()`].
#[derive(Debug)]
pub struct Formatted {
    /// The paths of the files that were written, from the project's root.
    pub written: Vec<String>,
    /// The number of files that were already in canonical form.
    pub unchanged: usize,
    /// Why the other files were not changed.
    pub problems: Problems,
    /// Every file before formatting, for [`Problems::render`].
    pub sources: Vec<Source>,
}

/// Writes every file of the spec of the project at `root` in canonical form.
///
/// Does not change a file that cannot be read, or that contains something that formatting would lose, such as a comment or an unknown
/// key. The result contains the reason. Each file is replaced atomically.
///
/// # Errors
///
/// Returns an error for the first file that cannot be written.
pub fn format(root: &Path) -> Result<Formatted, Error> {
    let (inputs, problems) = disk::list(root);
    let reading = Reading::of(inputs, problems);
    let mended =
        |problem: &Problem| matches!(problem.code, Code::NotCanonical | Code::Flow);
    let laid_out = |problem: &Problem| {
        problem.at.as_ref().is_some_and(|at| reading.texts[at.file.0].is_some())
    };
    let problems = reading
        .problems
        .iter()
        .filter(|problem| !(mended(problem) && laid_out(problem)))
        .cloned()
        .collect();
    let mut written = Vec::new();
    let mut unchanged = 0;
    for (source, text) in reading.sources.iter().zip(&reading.texts) {
        match text {
            Some(text) if *text == source.text && !source.crlf => unchanged += 1,
            Some(text) => {
                sync::replace(&root.join(&source.path), text)?;
                written.push(source.path.clone());
            }
            None => {}
        }
    }
    Ok(Formatted { written, unchanged, problems, sources: reading.sources })
}
