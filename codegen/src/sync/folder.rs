//! The contents of an output folder.

use std::fs;
use std::io::{self, BufRead as _, BufReader, ErrorKind, Read as _};
use std::path::Path;

use super::{Action, Error, Files, MARK, TEMPORARY};

/// The contents of an output folder. Paths are relative to it.
#[derive(Debug, Default)]
pub(super) struct Folder {
    files: Vec<String>,
    /// Folders, each after its parent.
    folders: Vec<String>,
    /// Temporary files of an interrupted run.
    pub(super) leftovers: Vec<String>,
}

impl Folder {
    /// Reads the folder. A missing folder is empty. Ignores hidden files.
    pub(super) fn list(root: &Path) -> Result<Self, Error> {
        let mut folder = Self::default();
        no_link(root)?;
        if root.exists() {
            folder.walk(root, "")?;
        }
        folder.files.sort();
        Ok(folder)
    }

    fn walk(&mut self, root: &Path, below: &str) -> Result<(), Error> {
        let place = root.join(below);
        let failed = |error| Error::io(Action::Read, &place)(error);
        for entry in fs::read_dir(&place).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path =
                if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
            let kind = entry.file_type().map_err(failed)?;
            if name.starts_with(TEMPORARY) {
                self.leftovers.push(path);
            } else if kind.is_dir() && !name.starts_with('.') {
                self.folders.push(path.clone());
                self.walk(root, &path)?;
            } else if !name.starts_with('.') {
                self.files.push(path);
            }
        }
        Ok(())
    }

    /// Returns the files that are no longer generated.
    pub(super) fn orphans(&self, files: &Files) -> Vec<String> {
        self.files.iter().filter(|path| files.get(path).is_none()).cloned().collect()
    }
}

/// Returns the bytes of the file at `path` below the output folder, or `None` if there is no such file. A symbolic link counts as
/// missing: its target may be outside the folder, so it is neither shown in a diff nor written to.
pub(super) fn read(root: &Path, path: &str) -> Result<Option<Vec<u8>>, Error> {
    let place = root.join(path);
    if is_link(&place) {
        return Ok(None);
    }
    for folder in place.ancestors().skip(1).take_while(|folder| folder.starts_with(root))
    {
        no_link(folder)?;
    }
    match fs::read(&place) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io(Action::Read, &place)(error)),
    }
}

fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
}

/// Checks that a folder is not a symbolic link.
fn no_link(folder: &Path) -> Result<(), Error> {
    if is_link(folder) { Err(Error::Link { path: folder.to_owned() }) } else { Ok(()) }
}

/// Returns whether the first line of the file has the marker of the generator.
pub(super) fn is_generated(path: &Path) -> bool {
    if is_link(path) {
        return false;
    }
    let first_line = || -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        BufReader::new(fs::File::open(path)?.take(1000)).read_until(b'\n', &mut line)?;
        Ok(line)
    };
    // It is unknown who wrote a file that cannot be read.
    first_line().is_ok_and(|line| String::from_utf8_lossy(&line).contains(MARK))
}

/// Removes empty folders.
pub(super) fn prune(root: &Path, found: &Folder) -> Result<(), Error> {
    for path in found.folders.iter().rev() {
        let place = root.join(path);
        match fs::remove_dir(&place) {
            Ok(()) => {}
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::DirectoryNotEmpty | ErrorKind::NotFound
                ) => {}
            Err(error) => return Err(Error::io(Action::Remove, &place)(error)),
        }
    }
    Ok(())
}
