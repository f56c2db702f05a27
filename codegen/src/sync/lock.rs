//! One run at a time: two would each take the other's new files for half-made ones of its own.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use super::{Action, Error};

/// Nobody else writes as long as this is held. The system lets go of it however a run ends.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock that a file stands for, and makes that file if need be; none where another run has it.
    ///
    /// # Errors
    ///
    /// The file cannot be made or opened.
    pub fn take(path: &Path) -> Result<Option<Self>, Error> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(Error::io(Action::Write, folder))?;
        }
        let file = open(path).map_err(Error::io(Action::Write, path))?;
        Ok(file.map(|file| Self { _file: file }))
    }
}

// `File::try_lock` would do all of this, and is younger than the compiler that we promise to build with.

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
    /// Somebody else has it open, and shares it with nobody either.
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
