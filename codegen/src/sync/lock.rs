//! Allows one run at a time: each of two runs would treat the new files of the other as its own incomplete files.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use super::{Action, Error};

/// A lock of the output folder. The system releases it however the run ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Locks a file, and creates it if needed. Returns `None` if another run has the lock.
    ///
    /// # Errors
    ///
    /// Returns an error if the file cannot be created or opened.
    pub fn take(path: &Path) -> Result<Option<Self>, Error> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(Error::io(Action::Write, folder))?;
        }
        let file = open(path).map_err(Error::io(Action::Write, path))?;
        Ok(file.map(|file| Self { _file: file }))
    }
}

// `File::try_lock` would do all of this, but it needs a newer compiler than the minimum supported version.

#[cfg(unix)]
fn open(path: &Path) -> io::Result<Option<File>> {
    use rustix::fs::{FlockOperation, flock};
    use rustix::io::Errno;
    let file = OpenOptions::new().create(true).append(true).open(path)?;
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(file)),
        Err(Errno::WOULDBLOCK) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(windows)]
fn open(path: &Path) -> io::Result<Option<File>> {
    use std::os::windows::fs::OpenOptionsExt as _;
    /// Another process has opened it without sharing.
    const SHARING_VIOLATION: i32 = 32;
    match OpenOptions::new().create(true).append(true).share_mode(0).open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.raw_os_error() == Some(SHARING_VIOLATION) => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(not(any(unix, windows)))]
fn open(path: &Path) -> io::Result<Option<File>> {
    OpenOptions::new().create(true).append(true).open(path).map(Some)
}
