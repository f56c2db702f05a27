//! Lays the spec's files out in canonical form.

use std::path::Path;

use crate::problem::{Code, Problem, Problems};
use crate::source::Source;
use crate::spec::disk;
use crate::spec::reading::Reading;
use crate::sync::{self, Error};

/// What [`format()`] did.
#[derive(Debug)]
pub struct Formatted {
    /// The paths of the files that were written, from the project's root.
    pub written: Vec<String>,
    /// How many were in canonical form already.
    pub unchanged: usize,
    /// Why the others were left as they are.
    pub problems: Problems,
    /// Every file as it was: what [`Problems::render`] needs.
    pub sources: Vec<Source>,
}

/// Brings every file of the spec of the project at `root` into canonical form.
///
/// A file that cannot be read, or that holds what its layout would lose, such as a comment or an unknown key, is left as it
/// is: the report says why. Each file is replaced at once or not at all.
///
/// # Errors
///
/// The first file that cannot be written.
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
            Some(text) if *text == source.text => unchanged += 1,
            Some(text) => {
                sync::replace(&root.join(&source.path), text)?;
                written.push(source.path.clone());
            }
            None => {}
        }
    }
    Ok(Formatted { written, unchanged, problems, sources: reading.sources })
}
