//! The two sides of a comparison: their location and their spec.

use std::fs;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use front_codegen::ir::Api;
use front_codegen::problem::Problems;
use front_codegen::source::Source;
use front_codegen::spec::{self, Spec, Unread};
use front_diff::diff;
use front_diff::report::{Report, Versions, report};
use front_import::report::ChangeKind;
use front_import::{self, history};

use crate::cli::Outcome;
use crate::git::{Git, Unresolved};
use crate::ui::Ui;

/// Rejects an argument of the form `BASE...HEAD` without a base. An unset shell variable causes one.
pub(crate) fn validate(words: &[String]) -> Result<(), String> {
    if words.iter().any(|word| word.trim_start().starts_with("...")) {
        return Err("empty argument: nothing before `...`\nhelp: is a shell variable unset? Name the commit to compare with, as in `main...HEAD`".to_owned());
    }
    Ok(())
}

/// The location of a side.
enum Location {
    /// A folder that contains `spec/`. The project's own folder is the working tree.
    Folder(PathBuf),
    /// A commit.
    Commit(String),
}

/// A side that was read.
pub(crate) struct Loaded {
    /// Its name in the report.
    pub(crate) name: String,
    /// Its spec.
    pub(crate) spec: Spec,
    /// The resolved spec.
    pub(crate) api: Api,
    /// Its `Cargo.toml`.
    pub(crate) manifest: Option<String>,
}

/// Both sides of a comparison.
pub(crate) struct Compared {
    pub(crate) base: Loaded,
    pub(crate) head: Loaded,
}

impl Compared {
    pub(crate) fn report(&self) -> Report {
        let (base, head) = (&self.base.api, &self.head.api);
        let versions =
            Versions::of(self.base.manifest.as_deref(), self.head.manifest.as_deref());
        let acks = self.head.spec.acks.as_ref().map(|(_, acks)| acks.acks.as_slice());
        report(&diff(base, head), base, head, versions, acks.unwrap_or_default())
    }
}

/// Reads the sides that the arguments of a command name: base and head, or `BASE...HEAD` for the merge base and head. Without
/// a base, it is the merge base with the target branch. Without a head, it is the working tree. Errors have been reported.
pub(crate) fn compared(
    root: &Path,
    words: &[String],
    ui: &Ui,
) -> Result<Compared, Outcome> {
    let locations = locations(root, words).map_err(|error| unresolved(&error, ui))?;
    let [base, head] = locations;
    // Reading takes half of the time, so each side is read on its own thread.
    let (head, of_base) = thread::scope(|scope| {
        let of_base = scope.spawn(|| load(root, Role::Base, &base, ui));
        let head = load(root, Role::Head, &head, ui);
        (head, of_base.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    if let (Err(_), _) | (_, Err(_)) = (&head, &of_base) {
        report_changes(&of_base, &head, ui);
    }
    let outcome = |broken: Box<Broken>| broken.outcome;
    let (head, of_base) = (head.map_err(outcome)?, of_base.map_err(outcome));
    let head = head.ok_or_else(|| {
        ui.error("error: head has no spec/, so there is nothing to compare");
        Outcome::InvalidSpec
    })?;
    let base = match of_base? {
        Some(base) => base,
        None => {
            let (name, location) = base;
            ui.step(format_args!("{name} has no spec/: everything is new"));
            let manifest = manifest(root, &location);
            let name = format!("{name}, which has no spec");
            without_calls(&head, name, manifest).ok_or(Outcome::InvalidSpec)?
        }
    };
    Ok(Compared { base, head })
}

/// Prints the facts that differ between two specs, at least one of which is invalid. Only the effects of a change are unknown.
fn report_changes(
    base: &Result<Option<Loaded>, Box<Broken>>,
    head: &Result<Option<Loaded>, Box<Broken>>,
    ui: &Ui,
) {
    let spec = |side: &Result<Option<Loaded>, Box<Broken>>| match side {
        Ok(loaded) => loaded.as_ref().map(|loaded| loaded.spec.clone()),
        Err(broken) => broken.spec.clone(),
    };
    let (Some(base), Some(head)) = (spec(base), spec(head)) else { return };
    let changes = front_import::changed(&base, &head);
    if changes.is_empty() {
        return;
    }
    ui.info("\nchanges (their effects are unknown until both specs are valid):");
    for change in changes {
        let word = match change.kind {
            ChangeKind::Changed => "changed",
            ChangeKind::New => "new",
            ChangeKind::Gone => "gone",
        };
        ui.info(format_args!("  {word}: {change}"));
    }
}

/// A side that cannot be compared.
struct Broken {
    outcome: Outcome,
    /// Its spec, if it could be read.
    spec: Option<Spec>,
}

impl Broken {
    fn new(outcome: Outcome, spec: Option<Spec>) -> Box<Self> {
        Box::new(Self { outcome, spec })
    }
}

/// Returns a side without calls. Facts about the whole API are those of head.
pub(crate) fn without_calls(
    head: &Loaded,
    name: String,
    manifest: Option<String>,
) -> Option<Loaded> {
    let (spec, _) = spec::read_texts(history::empty(&head.spec)).ok()?;
    let api = front_import::resolve(&spec).0?;
    Some(Loaded { name, spec, api, manifest })
}

fn unresolved(error: &Unresolved, ui: &Ui) -> Outcome {
    ui.error(format_args!("error: {}", error.what));
    for line in &error.help {
        ui.error(format_args!("help: {line}"));
    }
    Outcome::Unavailable
}

type Named = (String, Location);

fn locations(root: &Path, words: &[String]) -> Result<[Named; 2], Unresolved> {
    let git = Git { root };
    let tree = || ("the working tree".to_owned(), Location::Folder(root.to_path_buf()));
    let merge_base = |base: &str, head: &str| {
        let commit = git.merge_base(base, head)?;
        let name = format!("{base} (merge base {})", short(&commit));
        Ok((name, Location::Commit(commit)))
    };
    match words {
        [] => Ok([merge_base(&git.target()?, "HEAD")?, tree()]),
        [base] => match base.split_once("...") {
            Some((base, "")) => Ok([merge_base(base, "HEAD")?, tree()]),
            Some((base, head)) => Ok([merge_base(base, head)?, location(git, head)?]),
            None => Ok([location(git, base)?, tree()]),
        },
        [base, head, ..] => Ok([location(git, base)?, location(git, head)?]),
    }
}

/// Returns the location that a word names: a folder that contains `spec/`, otherwise a commit.
fn location(git: Git<'_>, word: &str) -> Result<Named, Unresolved> {
    let folder = PathBuf::from(word);
    if folder.join("spec").is_dir() {
        return Ok((word.to_owned(), Location::Folder(folder)));
    }
    let commit = git.commit(word)?;
    let name = if commit.starts_with(word) {
        short(&commit).to_owned()
    } else {
        format!("{word} ({})", short(&commit))
    };
    Ok((name, Location::Commit(commit)))
}

fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}

/// Reads the files of a commit's spec.
fn texts(root: &Path, commit: &str) -> Result<Vec<(String, String)>, Unresolved> {
    let yaml = |path: &str| path.ends_with(".yaml") || path.ends_with(".yml");
    Git { root }.files(commit, &["spec"], yaml)
}

fn manifest(root: &Path, location: &Location) -> Option<String> {
    match location {
        Location::Folder(folder) => fs::read_to_string(folder.join("Cargo.toml")).ok(),
        Location::Commit(commit) => {
            let git = Git { root };
            let files = git.files(commit, &["Cargo.toml"], |path| path == "Cargo.toml");
            files.ok()?.pop().map(|(_, text)| text)
        }
    }
}

/// The role of a side in a comparison.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// It may be written for an older generator, so a wrong layout and unknown keys are accepted. Its corrections and
    /// acknowledgements do not matter.
    Base,
    /// It must be valid.
    Head,
}

/// Reads a side. `None` if it has no spec.
fn load(
    root: &Path,
    role: Role,
    (name, location): &Named,
    ui: &Ui,
) -> Result<Option<Loaded>, Box<Broken>> {
    let read = match location {
        Location::Folder(folder) => spec::read(folder),
        Location::Commit(commit) => {
            let mut texts = texts(root, commit)
                .map_err(|error| Broken::new(unresolved(&error, ui), None))?;
            let head_only = ["spec/corrections.yaml", "spec/acks.yaml"];
            texts
                .retain(|(path, _)| role == Role::Head || !head_only.contains(&&**path));
            if texts.is_empty() {
                return Ok(None);
            }
            spec::read_texts(texts)
        }
    };
    let (spec, mut problems) = match read {
        Ok(read) => read,
        Err(Unread { sources, problems }) => {
            return Err(Broken::new(
                report_invalid(role, name, &problems, &sources, ui),
                None,
            ));
        }
    };
    let (api, meaning) = front_import::resolve(&spec);
    if role == Role::Base {
        problems = Problems::new();
    }
    problems.extend(meaning);
    match api {
        Some(api) if !problems.has_errors() => {
            let manifest = manifest(root, location);
            Ok(Some(Loaded { name: name.clone(), spec, api, manifest }))
        }
        _ => {
            let outcome = report_invalid(role, name, &problems, &spec.sources, ui);
            Err(Broken::new(outcome, Some(spec)))
        }
    }
}

/// Reports the problems of an invalid spec of a side.
fn report_invalid(
    role: Role,
    name: &str,
    problems: &Problems,
    sources: &[Source],
    ui: &Ui,
) -> Outcome {
    ui.error(problems.render(sources, ui.colored()).trim_end());
    let side = if role == Role::Head { "head" } else { "base" };
    ui.error(format_args!("\nerror: the spec at {side} is invalid: {name}"));
    ui.error(match role {
        Role::Head => "help: fix the spec; `cargo xtask check` checks the working tree",
        Role::Base => "help: compare with a commit whose spec is valid: `cargo xtask diff COMMIT`; `git log --oneline -- spec` lists the commits",
    });
    Outcome::InvalidSpec
}
