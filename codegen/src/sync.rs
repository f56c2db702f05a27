//! Writes generated files to a folder. No other module writes there.
//!
//! A file is written if its contents differ. The write is atomic: a temporary file, then a rename, so that an interrupted run leaves
//! the old file or the new one. A file in the folder that is no longer generated is removed if it has the `@generated` line.
//! Any other file is an error, because somebody may have written it. Line ends are not compared: git may check files out with
//! `\r\n`.

mod error;
mod fingerprint;
mod folder;
mod lock;

use std::collections::BTreeMap;
use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Component, Path};

use similar::TextDiff;

pub use error::{Action, Error};
pub use fingerprint::fingerprint;
use folder::Folder;
pub use lock::Lock;

/// The marker in the first line of every generated file.
pub const MARK: &str = "@generated";

/// The prefix of temporary files, by which those of an interrupted run are found.
const TEMPORARY: &str = ".codegen-";

/// Generated files: texts by path. A path is relative to the output folder and uses `/`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, String>);

impl Files {
    /// Creates an empty collection.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or replaces the one at that path.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.0.insert(path.into(), text.into());
    }

    /// Returns the text of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Returns paths and texts, ordered by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Returns the number of files.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether there are no files.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Checks that every path is below the output folder.
    fn check(&self) -> Result<(), Error> {
        let plain = |path: &str| {
            !path.is_empty()
                && Path::new(path)
                    .components()
                    .all(|part| matches!(part, Component::Normal(_)))
        };
        match self.0.keys().find(|path| !plain(path)) {
            Some(path) => Err(Error::Outside { path: path.into() }),
            None => Ok(()),
        }
    }
}

impl<P: Into<String>, T: Into<String>> FromIterator<(P, T)> for Files {
    fn from_iter<I: IntoIterator<Item = (P, T)>>(files: I) -> Self {
        Self(files.into_iter().map(|(path, text)| (path.into(), text.into())).collect())
    }
}

/// A file that differs from the generated one. Paths are relative to the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drift {
    /// Its text differs.
    Changed {
        /// The file.
        path: String,
        /// A unified diff from the text on disk to the generated one.
        diff: String,
    },
    /// It is missing.
    Missing {
        /// The file.
        path: String,
    },
    /// It is no longer generated.
    Orphan {
        /// The file.
        path: String,
    },
}

impl Drift {
    /// The file.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Changed { path, .. }
            | Self::Missing { path }
            | Self::Orphan { path } => path,
        }
    }
}

/// The result of [`write()`]. Paths are relative to the output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The files that were written.
    pub written: Vec<String>,
    /// The number of files that were up to date.
    pub unchanged: usize,
    /// The files that were removed because they are no longer generated.
    pub removed: Vec<String>,
}

/// Returns what [`write()`] would change in the output folder at `root`, ordered by path. Writes nothing.
///
/// # Errors
///
/// Returns an error for the first file or folder that cannot be read.
pub fn drift(root: &Path, files: &Files) -> Result<Vec<Drift>, Error> {
    files.check()?;
    let mut drift = Vec::new();
    for (path, text) in files.iter() {
        match folder::read(root, path)? {
            None => drift.push(Drift::Missing { path: path.to_owned() }),
            Some(old) if same(&old, text) => {}
            Some(old) => drift.push(Drift::Changed {
                path: path.to_owned(),
                diff: diff(path, &old, text),
            }),
        }
    }
    let orphans = Folder::list(root)?.orphans(files);
    drift.extend(orphans.into_iter().map(|path| Drift::Orphan { path }));
    drift.sort_by(|a, b| a.path().cmp(b.path()));
    Ok(drift)
}

/// Checks that the output folder contains only files of the generator. Call it for all folders before writing the first one.
///
/// # Errors
///
/// Returns an error for a file that the generator did not write, or for a path outside the folder.
pub fn check(root: &Path, files: &Files) -> Result<(), Error> {
    owned(root, files).map(drop)
}

/// Returns the contents of a folder that only the generator writes to, and the files that are no longer generated.
fn owned(root: &Path, files: &Files) -> Result<(Folder, Vec<String>), Error> {
    files.check()?;
    let found = Folder::list(root)?;
    let orphans = found.orphans(files);
    match orphans.iter().find(|path| !folder::is_generated(&root.join(path))) {
        Some(path) => Err(Error::Foreign { path: root.join(path) }),
        None => Ok((found, orphans)),
    }
}

/// Writes `files` to the output folder at `root`, removes files that are no longer generated, and creates the folder if needed.
///
/// # Errors
///
/// Returns an error for a file that the generator did not write; then nothing has changed. Returns an error for the first file that
/// cannot be read, written or removed; then the files before it are done, and every file is complete.
pub fn write(root: &Path, files: &Files) -> Result<Report, Error> {
    let (found, removed) = owned(root, files)?;
    let mut report = Report { removed, ..Report::default() };
    for (path, text) in files.iter() {
        let place = root.join(path);
        match folder::read(root, path)? {
            Some(old) if same(&old, text) => report.unchanged += 1,
            _ => {
                replace(&place, text)?;
                report.written.push(path.to_owned());
            }
        }
    }
    for path in report.removed.iter().chain(&found.leftovers) {
        let place = root.join(path);
        fs::remove_file(&place).map_err(Error::io(Action::Remove, &place))?;
    }
    folder::prune(root, &found)?;
    Ok(report)
}

/// Writes a file atomically: readers see the old text or the complete new one. Creates missing folders.
///
/// # Errors
///
/// Returns an error if the folder or the file cannot be written. The file is then unchanged.
pub fn replace(path: &Path, text: &str) -> Result<(), Error> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(Error::io(Action::Write, folder))?;
    let failed = |error| Error::io(Action::Write, path)(error);
    let mut builder = tempfile::Builder::new();
    builder.prefix(TEMPORARY);
    let new_file = permissions();
    if let Some(permissions) = &new_file {
        builder.permissions(permissions.clone());
    }
    let mut temporary = builder.tempfile_in(folder).map_err(failed)?;
    // No fsync: git and the generator can restore the file, and fsync would take longer than everything else.
    temporary.write_all(text.as_bytes()).map_err(failed)?;
    match fs::metadata(path) {
        Ok(old) => {
            temporary.as_file().set_permissions(old.permissions()).map_err(failed)?
        }
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(failed(error)),
    }
    temporary.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Returns the permissions of a new file. They follow the umask; a temporary file would be readable by its owner only.
#[cfg(unix)]
fn permissions() -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn permissions() -> Option<fs::Permissions> {
    None
}

/// Returns whether a file on disk has this text, ignoring line ends.
fn same(old: &[u8], text: &str) -> bool {
    old == text.as_bytes()
        || (old.contains(&b'\r')
            && String::from_utf8_lossy(old).replace("\r\n", "\n") == text)
}

fn diff(path: &str, old: &[u8], text: &str) -> String {
    let old = String::from_utf8_lossy(old).replace("\r\n", "\n");
    let diff = TextDiff::from_lines(old.as_str(), text);
    diff.unified_diff().header(&format!("a/{path}"), &format!("b/{path}")).to_string()
}

/// Removes a file. A missing file is not an error.
///
/// # Errors
///
/// Returns an error if the file cannot be removed.
pub fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Error::io(Action::Remove, path)(error))
        }
        _ => Ok(()),
    }
}
