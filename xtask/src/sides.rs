//! The two sides of a comparison: where they are, and what they say.

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

/// Where a side is.
enum Place {
    /// A folder that holds `spec/`; the project's own is the working tree.
    Folder(PathBuf),
    /// A commit.
    Commit(String),
}

/// A side, read.
pub(crate) struct Loaded {
    /// What it is called.
    pub(crate) name: String,
    /// What it says.
    pub(crate) spec: Spec,
    /// What that means.
    pub(crate) api: Api,
    /// Its `Cargo.toml`.
    pub(crate) manifest: Option<String>,
}

/// What is compared with what.
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

/// Reads what the words of a command name: base and head, `BASE...HEAD` for where head left base, and without a base where
/// head left the branch that it goes to. The working tree is head where none is named. What is wrong has been said.
pub(crate) fn compared(
    root: &Path,
    words: &[String],
    ui: &Ui,
) -> Result<Compared, Outcome> {
    let places = places(root, words).map_err(|wrong| unresolved(&wrong, ui))?;
    let [base, head] = places;
    // Half of a run is reading: each side on a core of its own.
    let (head, of_base) = thread::scope(|scope| {
        let of_base = scope.spawn(|| load(root, Role::Base, &base, ui));
        let head = load(root, Role::Head, &head, ui);
        (head, of_base.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    if let (Err(_), _) | (_, Err(_)) = (&head, &of_base) {
        changed(&of_base, &head, ui);
    }
    let outcome = |broken: Box<Broken>| broken.outcome;
    let (head, of_base) = (head.map_err(outcome)?, of_base.map_err(outcome));
    let head = head.ok_or_else(|| {
        ui.wrong("error: there is no spec/ at head, so there is nothing to compare");
        Outcome::InvalidSpec
    })?;
    let base = match of_base? {
        Some(base) => base,
        None => {
            let (name, place) = base;
            ui.step(format_args!("{name} has no spec/: everything is new"));
            let manifest = manifest(root, &place);
            let name = format!("{name}, which has no spec");
            nothing(&head, name, manifest).ok_or(Outcome::InvalidSpec)?
        }
    };
    Ok(Compared { base, head })
}

/// Prints the facts that differ between two specs, at least one of which is invalid. Only the effects of a change are unknown.
fn changed(
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
    ui.say("\nchanges (their effects are unknown until both specs are valid):");
    for change in changes {
        let word = match change.kind {
            ChangeKind::Changed => "changed",
            ChangeKind::New => "new",
            ChangeKind::Gone => "gone",
        };
        ui.say(format_args!("  {word}: {change}"));
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

/// A side without calls; of head it takes what the API is as a whole.
pub(crate) fn nothing(
    head: &Loaded,
    name: String,
    manifest: Option<String>,
) -> Option<Loaded> {
    let (spec, _) = spec::read_texts(history::empty(&head.spec)).ok()?;
    let api = front_import::resolve(&spec).0?;
    Some(Loaded { name, spec, api, manifest })
}

fn unresolved(wrong: &Unresolved, ui: &Ui) -> Outcome {
    ui.wrong(format_args!("error: {}", wrong.what));
    for line in &wrong.help {
        ui.wrong(format_args!("help: {line}"));
    }
    Outcome::Unavailable
}

type Named = (String, Place);

fn places(root: &Path, words: &[String]) -> Result<[Named; 2], Unresolved> {
    let git = Git { root };
    let tree = || ("the working tree".to_owned(), Place::Folder(root.to_path_buf()));
    let left = |base: &str, head: &str| {
        let commit = git.merge_base(base, head)?;
        let name = format!("{base} (where it was left, {})", short(&commit));
        Ok((name, Place::Commit(commit)))
    };
    match words {
        [] => Ok([left(&git.target()?, "HEAD")?, tree()]),
        [base] => match base.split_once("...") {
            Some((base, "")) => Ok([left(base, "HEAD")?, tree()]),
            Some((base, head)) => Ok([left(base, head)?, place(git, head)?]),
            None => Ok([place(git, base)?, tree()]),
        },
        [base, head, ..] => Ok([place(git, base)?, place(git, head)?]),
    }
}

/// A folder that holds `spec/`, else a commit.
fn place(git: Git<'_>, word: &str) -> Result<Named, Unresolved> {
    let folder = PathBuf::from(word);
    if folder.join("spec").is_dir() {
        return Ok((word.to_owned(), Place::Folder(folder)));
    }
    let commit = git.commit(word)?;
    let name = if commit.starts_with(word) {
        short(&commit).to_owned()
    } else {
        format!("{word} ({})", short(&commit))
    };
    Ok((name, Place::Commit(commit)))
}

fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}

/// The files of a commit's spec.
fn texts(root: &Path, commit: &str) -> Result<Vec<(String, String)>, Unresolved> {
    let yaml = |path: &str| path.ends_with(".yaml") || path.ends_with(".yml");
    Git { root }.files(commit, &["spec"], yaml)
}

fn manifest(root: &Path, place: &Place) -> Option<String> {
    match place {
        Place::Folder(folder) => fs::read_to_string(folder.join("Cargo.toml")).ok(),
        Place::Commit(commit) => {
            let git = Git { root };
            let files = git.files(commit, &["Cargo.toml"], |path| path == "Cargo.toml");
            files.ok()?.pop().map(|(_, text)| text)
        }
    }
}

/// Which side of a comparison.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// What an older generator may have written for: what only its layout or a key that we do not know is wrong with is no
    /// matter, and its corrections and acknowledgements have no part in a change.
    Base,
    /// In which nothing may be wrong.
    Head,
}

/// Reads a side; none where there is no spec.
fn load(
    root: &Path,
    role: Role,
    (name, place): &Named,
    ui: &Ui,
) -> Result<Option<Loaded>, Box<Broken>> {
    let read = match place {
        Place::Folder(folder) => spec::read(folder),
        Place::Commit(commit) => {
            let mut texts = texts(root, commit)
                .map_err(|wrong| Broken::new(unresolved(&wrong, ui), None))?;
            let beside = ["spec/corrections.yaml", "spec/acks.yaml"];
            texts.retain(|(path, _)| role == Role::Head || !beside.contains(&&**path));
            if texts.is_empty() {
                return Ok(None);
            }
            spec::read_texts(texts)
        }
    };
    let (spec, mut problems) = match read {
        Ok(read) => read,
        Err(Unread { sources, problems }) => {
            return Err(Broken::new(invalid(role, name, &problems, &sources, ui), None));
        }
    };
    let (api, meaning) = front_import::resolve(&spec);
    if role == Role::Base {
        problems = Problems::new();
    }
    problems.extend(meaning);
    match api {
        Some(api) if !problems.has_errors() => {
            let manifest = manifest(root, place);
            Ok(Some(Loaded { name: name.clone(), spec, api, manifest }))
        }
        _ => {
            let outcome = invalid(role, name, &problems, &spec.sources, ui);
            Err(Broken::new(outcome, Some(spec)))
        }
    }
}

/// Says what is wrong with the spec of a side.
fn invalid(
    role: Role,
    name: &str,
    problems: &Problems,
    sources: &[Source],
    ui: &Ui,
) -> Outcome {
    ui.wrong(problems.render(sources, ui.colored()).trim_end());
    let side = if role == Role::Head { "head" } else { "base" };
    ui.wrong(format_args!("\nerror: the spec at {side} is not valid: {name}"));
    ui.wrong(match role {
        Role::Head => "help: mend it; `cargo xtask check` says the same of the working tree",
        Role::Base => "help: compare with a commit whose spec is: `cargo xtask diff COMMIT`; `git log --oneline -- spec` lists them",
    });
    Outcome::InvalidSpec
}
