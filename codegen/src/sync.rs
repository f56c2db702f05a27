//! Brings a folder in line with what was generated: the only module that writes there.
//!
//! A file is written when its bytes differ, in one step: a temporary file beside it, then a rename, so that whoever stops us
//! finds the old file or the new one. What lies in the folder and was not generated is removed if the generator made it once,
//! which its `@generated` line says; anything else is somebody's work and an error. Line ends do not count: git may check
//! files out with `\r\n`.

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

/// What stands in the first line of every file that the generator makes.
pub const MARK: &str = "@generated";

/// What our temporary files begin with: what a killed run left behind is known by it.
const TEMPORARY: &str = ".codegen-";

/// Generated files: texts by path, which is relative to the output folder and has `/` between its parts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Files(BTreeMap<String, String>);

impl Files {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file, or replaces the one at that path.
    pub fn insert(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.0.insert(path.into(), text.into());
    }

    /// The text of a file.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&str> {
        self.0.get(path).map(String::as_str)
    }

    /// Paths and texts, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether every path stays below the output folder.
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

/// A file that is not as it would be generated. Paths are relative to the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drift {
    /// It has another text.
    Changed {
        /// Which file.
        path: String,
        /// From the text on disk to the generated one, as a unified diff.
        diff: String,
    },
    /// It is not there.
    Missing {
        /// Which file.
        path: String,
    },
    /// It is there and nothing generates it.
    Orphan {
        /// Which file.
        path: String,
    },
}

impl Drift {
    /// Which file.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Changed { path, .. }
            | Self::Missing { path }
            | Self::Orphan { path } => path,
        }
    }
}

/// What [`write()`] did. Paths are relative to the output folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The files that were written.
    pub written: Vec<String>,
    /// How many had their text already.
    pub unchanged: usize,
    /// The files that were removed because nothing generates them any more.
    pub removed: Vec<String>,
}

/// What [`write()`] would change in the output folder at `root`, by path. Writes nothing.
///
/// # Errors
///
/// The first file or folder that cannot be read.
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

/// Sees that [`write()`] would find nothing that it does not own. Who writes several folders asks this of all of them first.
///
/// # Errors
///
/// A file in the folder that the generator did not make, or a path that leads out of it.
pub fn check(root: &Path, files: &Files) -> Result<(), Error> {
    owned(root, files).map(drop)
}

/// What lies in a folder that nothing but the generator wrote to, and which of that nothing generates.
fn owned(root: &Path, files: &Files) -> Result<(Folder, Vec<String>), Error> {
    files.check()?;
    let found = Folder::list(root)?;
    let orphans = found.orphans(files);
    match orphans.iter().find(|path| !folder::is_generated(&root.join(path))) {
        Some(path) => Err(Error::Foreign { path: root.join(path) }),
        None => Ok((found, orphans)),
    }
}

/// Brings the output folder at `root` in line with `files`, and makes it if need be.
///
/// # Errors
///
/// A file in the folder that the generator did not make: then nothing is touched. The first file that cannot be read, written
/// or removed: then those before it are done, and each file is whole.
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

/// Writes a file in one step: whoever looks sees the old text or all of the new one. Makes the folders on the way.
///
/// # Errors
///
/// The folder or the file cannot be written; then the file is as it was.
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
    // No fsync: git and the generator can both make the file again, and it would cost more than all the rest.
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

/// What a new file may be used for: as with any other program the umask decides, while a temporary file is its owner's only.
#[cfg(unix)]
fn permissions() -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt as _;
    Some(fs::Permissions::from_mode(0o666))
}

#[cfg(not(unix))]
fn permissions() -> Option<fs::Permissions> {
    None
}

/// Whether a file on disk has that text, whatever its line ends.
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

/// Removes a file; that it is gone already is as well.
///
/// # Errors
///
/// A file that cannot be removed.
pub fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            Err(Error::io(Action::Remove, path)(error))
        }
        _ => Ok(()),
    }
}
