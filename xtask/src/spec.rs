//! `cargo xtask check` and `cargo xtask format`, and the way from `spec/` to a resolved API that every command takes.

use std::path::Path;

use front_codegen::ir::Api;
use front_codegen::problem::Problems;
use front_codegen::source::Source;
use front_codegen::spec;

use crate::Outcome;
use crate::ui::{Ui, count};

/// What `spec/` says, or nothing where it cannot be told; and how many warnings there were. Problems are drawn.
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

/// What `spec/` says, or nothing where it cannot be told. Only errors are drawn: who looks something up did not ask for more.
pub(crate) fn known(root: &Path, ui: &Ui) -> Option<Api> {
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

/// Draws problems and counts them; gives the number of warnings.
pub(crate) fn report(problems: &Problems, sources: &[Source], ui: &Ui) -> usize {
    if problems.is_empty() {
        return 0;
    }
    ui.wrong(problems.render(sources, ui.colored()).trim_end());
    let warnings = problems.warnings();
    let both: Vec<String> = [(problems.errors(), "error"), (warnings, "warning")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, noun)| count(number, noun))
        .collect();
    ui.wrong(format_args!("\nspec/ has {}", both.join(" and ")));
    if let Some(problem) =
        problems.iter().find(|problem| problem.is_error() || warnings == problems.len())
    {
        let what = if problem.is_error() { "an error" } else { "a warning" };
        let code = problem.code.id();
        ui.wrong(format_args!("for more about {what}: cargo xtask explain {code}"));
    }
    warnings
}

/// `cargo xtask check`.
pub(crate) fn check(root: &Path, deny_warnings: bool, ui: &Ui) -> Outcome {
    match load(root, ui) {
        (Some(_), warnings) if warnings > 0 && deny_warnings => Outcome::Found,
        (Some(api), _) => {
            ui.say(format_args!(
                "spec/ is well: {}, {}, {}",
                count(api.resources.len(), "resource"),
                count(
                    api.resources.iter().map(|of| of.endpoints.len()).sum(),
                    "operation"
                ),
                count(api.types.len(), "type"),
            ));
            Outcome::Fine
        }
        (None, _) => Outcome::Found,
    }
}

/// `cargo xtask format`.
pub(crate) fn format(root: &Path, ui: &Ui) -> Outcome {
    let done = match front_codegen::format::format(root) {
        Ok(done) => done,
        Err(error) => {
            ui.wrong(format_args!("error: {}", error.in_full()));
            return Outcome::Found;
        }
    };
    for path in &done.written {
        ui.say(format_args!("laid out {path}"));
    }
    report(&done.problems, &done.sources, ui);
    ui.say(format_args!(
        "{} written, {} unchanged",
        count(done.written.len(), "file"),
        done.unchanged
    ));
    if done.problems.has_errors() { Outcome::Found } else { Outcome::Fine }
}
