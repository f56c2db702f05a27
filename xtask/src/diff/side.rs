//! The two sides of a comparison: where they are, and what they say.

use std::fs;
use std::path::{Path, PathBuf};

use front_codegen::diff::report::{Report, Versions, report};
use front_codegen::diff::{Side, diff};
use front_codegen::import::history;
use front_codegen::ir::Api;
use front_codegen::problem::Problems;
use front_codegen::resolve;
use front_codegen::spec::source::Source;
use front_codegen::spec::{self, Spec, Unread};

use crate::Outcome;
use crate::git::{Git, Unresolved};
use crate::ui::Ui;

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

impl Loaded {
    pub(crate) fn side(&self) -> Side<'_> {
        Side { spec: &self.spec, api: &self.api }
    }
}

/// What is compared with what.
pub(crate) struct Compared {
    pub(crate) base: Loaded,
    pub(crate) head: Loaded,
}

impl Compared {
    pub(crate) fn report(&self) -> Report {
        let (base, head) = (self.base.side(), self.head.side());
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
    let [(base_name, base), (head_name, head)] = places;
    let head = load(root, head_name, &head, ui)?.ok_or_else(|| {
        ui.wrong("error: there is no spec/ at head, so there is nothing to compare");
        Outcome::Invalid
    })?;
    let base = match load_base(root, base_name.clone(), &base, ui)? {
        Some(base) => base,
        None => {
            ui.detail(format_args!("{base_name} has no spec/: everything is new"));
            let name = format!("{base_name}, which has no spec");
            let manifest = manifest(root, &base);
            nothing(&head, name, manifest).ok_or(Outcome::Invalid)?
        }
    };
    Ok(Compared { base, head })
}

/// A side without calls; of head it takes what the API is as a whole.
pub(crate) fn nothing(
    head: &Loaded,
    name: String,
    manifest: Option<String>,
) -> Option<Loaded> {
    let (spec, _) = spec::read_texts(history::empty(&head.spec)).ok()?;
    let api = resolve::resolve(&spec).0?;
    Some(Loaded { name, spec, api, manifest })
}

fn unresolved(wrong: &Unresolved, ui: &Ui) -> Outcome {
    ui.wrong(format_args!("error: {}", wrong.what));
    for line in &wrong.help {
        ui.wrong(format_args!("help: {line}"));
    }
    Outcome::Unresolved
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

/// Reads head, in which nothing may be wrong; none where there is no spec.
fn load(
    root: &Path,
    name: String,
    place: &Place,
    ui: &Ui,
) -> Result<Option<Loaded>, Outcome> {
    let read = match place {
        Place::Folder(folder) => spec::read(folder),
        Place::Commit(commit) => {
            let texts = texts(root, commit).map_err(|wrong| unresolved(&wrong, ui))?;
            if texts.is_empty() {
                return Ok(None);
            }
            spec::read_texts(texts)
        }
    };
    let (spec, mut problems) = match read {
        Ok(read) => read,
        Err(Unread { sources, problems }) => {
            return Err(invalid("head", &name, &problems, &sources, ui));
        }
    };
    let (api, meaning) = resolve::resolve(&spec);
    problems.extend(meaning);
    match api {
        Some(api) if !problems.has_errors() => {
            let manifest = manifest(root, place);
            Ok(Some(Loaded { name, spec, api, manifest }))
        }
        _ => Err(invalid("head", &name, &problems, &spec.sources, ui)),
    }
}

/// Reads base, which an older generator may have written for: what only its layout or a key that we do not know is wrong with
/// is no matter. Its corrections and acknowledgements have no part in a change.
fn load_base(
    root: &Path,
    name: String,
    place: &Place,
    ui: &Ui,
) -> Result<Option<Loaded>, Outcome> {
    let read = match place {
        Place::Folder(folder) => spec::read(folder),
        Place::Commit(commit) => {
            let mut texts =
                texts(root, commit).map_err(|wrong| unresolved(&wrong, ui))?;
            texts.retain(|(path, _)| {
                path != "spec/corrections.yaml" && path != "spec/acks.yaml"
            });
            if texts.is_empty() {
                return Ok(None);
            }
            spec::read_texts(texts)
        }
    };
    let spec = match read {
        Ok((spec, _)) => spec,
        Err(Unread { sources, problems }) => {
            return Err(invalid("base", &name, &problems, &sources, ui));
        }
    };
    let (api, problems) = resolve::resolve(&spec);
    match api {
        Some(api) if !problems.has_errors() => {
            let manifest = manifest(root, place);
            Ok(Some(Loaded { name, spec, api, manifest }))
        }
        _ => Err(invalid("base", &name, &problems, &spec.sources, ui)),
    }
}

/// Says what is wrong with the spec of a side.
fn invalid(
    side: &str,
    name: &str,
    problems: &Problems,
    sources: &[Source],
    ui: &Ui,
) -> Outcome {
    ui.wrong(problems.render(sources, ui.colored()).trim_end());
    ui.wrong(format_args!("\nerror: the spec at {side} is not valid: {name}"));
    ui.wrong(match side {
        "head" => "help: mend it; `cargo xtask check` says the same of the working tree",
        _ => "help: compare with a commit whose spec is: `cargo xtask diff COMMIT`; `git log --oneline -- spec` lists them",
    });
    Outcome::Invalid
}
