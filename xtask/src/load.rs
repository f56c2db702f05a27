//! Reads and resolves `spec/` for every command, and prints its problems.

use std::path::Path;

use front_codegen::ir::Api;
use front_codegen::problem::Problems;
use front_codegen::source::Source;
use front_codegen::spec;

use crate::ui::{Ui, count};

/// Reads and resolves `spec/`, prints its problems, and returns the API and the number of warnings. There is no API if there are
/// errors.
pub(crate) fn load(root: &Path, ui: &Ui) -> (Option<Api>, usize) {
    let (read, mut problems) = match spec::read(root) {
        Ok(read) => read,
        Err(unread) => {
            report(&unread.problems, &unread.sources, ui);
            return (None, 0);
        }
    };
    let (api, meaning) = front_import::resolve(&read);
    problems.extend(meaning);
    let warnings = report(&problems, &read.sources, ui);
    (api.filter(|_| !problems.has_errors()), warnings)
}

/// Reads and resolves `spec/` for a lookup: warnings are printed only if there are errors.
pub(crate) fn load_for_lookup(root: &Path, ui: &Ui) -> Option<Api> {
    let (read, mut problems) = match spec::read(root) {
        Ok(read) => read,
        Err(unread) => {
            report(&unread.problems, &unread.sources, ui);
            return None;
        }
    };
    let (api, meaning) = front_import::resolve(&read);
    problems.extend(meaning);
    if problems.has_errors() {
        report(&problems, &read.sources, ui);
        return None;
    }
    api
}

/// Prints problems with their totals and returns the number of warnings.
pub(crate) fn report(problems: &Problems, sources: &[Source], ui: &Ui) -> usize {
    if problems.is_empty() {
        return 0;
    }
    ui.error(problems.render(sources, ui.colored()).trim_end());
    let warnings = problems.warnings();
    let both: Vec<String> = [(problems.errors(), "error"), (warnings, "warning")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, noun)| count(number, noun))
        .collect();
    ui.error(format_args!("\nspec/ has {}", both.join(" and ")));
    if let Some(problem) =
        problems.iter().find(|problem| problem.is_error() || warnings == problems.len())
    {
        let what = if problem.is_error() { "an error" } else { "a warning" };
        let code = problem.code.id();
        ui.error(format_args!("for more about {what}: cargo xtask explain {code}"));
    }
    warnings
}
