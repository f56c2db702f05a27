//! What lies in an output folder.

use std::fs;
use std::io::{self, BufRead as _, BufReader, ErrorKind, Read as _};
use std::path::Path;

use super::{Action, Error, Files, MARK, TEMPORARY};

/// What lies in an output folder; paths are relative to it.
#[derive(Debug, Default)]
pub(super) struct Folder {
    files: Vec<String>,
    /// Folders, each behind the one that it lies in.
    folders: Vec<String>,
    /// Temporary files that a run which was stopped has left.
    pub(super) leftovers: Vec<String>,
}

impl Folder {
    /// Walks over the folder; one that is not there is empty. Hidden files are not ours and not looked at.
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

    /// The files that nothing generates.
    pub(super) fn orphans(&self, files: &Files) -> Vec<String> {
        self.files.iter().filter(|path| files.get(path).is_none()).cloned().collect()
    }
}

/// The bytes of the file at `path` below the output folder; none where there is no such file. A symbolic link is none: what it
/// leads to may be anybody's, and is neither shown in a diff nor written to.
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

/// Sees that a folder is none that a symbolic link only leads to.
fn no_link(folder: &Path) -> Result<(), Error> {
    if is_link(folder) { Err(Error::Link { path: folder.to_owned() }) } else { Ok(()) }
}

/// Whether the file's first line says that the generator made it.
pub(super) fn is_generated(path: &Path) -> bool {
    if is_link(path) {
        return false;
    }
    let first_line = || -> io::Result<Vec<u8>> {
        let mut line = Vec::new();
        BufReader::new(fs::File::open(path)?.take(1000)).read_until(b'\n', &mut line)?;
        Ok(line)
    };
    // Of a file that cannot be read nobody knows who made it.
    first_line().is_ok_and(|line| String::from_utf8_lossy(&line).contains(MARK))
}

/// Removes the folders in which nothing is left.
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
