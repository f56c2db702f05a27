//! Errors of reading and writing files, with help.

use std::error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// The operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "their names say it")]
pub enum Action {
    Read,
    Write,
    Remove,
}

/// Why generated files could not be written.
#[derive(Debug)]
pub enum Error {
    /// An I/O error.
    Io {
        /// The operation.
        action: Action,
        /// The file or folder.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// The output folder contains a file that the generator did not write.
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The output folder, or a folder in it, is a symbolic link: files would be written elsewhere.
    Link {
        /// The folder.
        path: PathBuf,
    },
    /// A generated file would lie outside the output folder.
    Outside {
        /// Its path.
        path: PathBuf,
    },
}

impl Error {
    pub(super) fn io(action: Action, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::Io { action, path: path.to_owned(), source }
    }

    /// Returns the complete report in two lines: what failed and why, and the help.
    #[must_use]
    pub fn in_full(&self) -> String {
        let why = match self {
            Self::Io { source, .. } => format!(": {source}"),
            Self::Foreign { .. } | Self::Link { .. } | Self::Outside { .. } => {
                String::new()
            }
        };
        format!("{self}{why}\nhelp: {}", self.help())
    }

    /// Returns the help.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Io { source, .. }
                if source.kind() == io::ErrorKind::PermissionDenied =>
            {
                "check its owner and its permissions"
            }
            Self::Io { source, .. } if source.kind() == io::ErrorKind::StorageFull => {
                "free some space on the disk, and run the command again"
            }
            Self::Io { .. } => "remove the cause, and run the command again",
            Self::Foreign { .. } => {
                "move or delete it: only the generator writes to that folder"
            }
            Self::Link { .. } => "remove the link, and run the command again",
            Self::Outside { .. } => "this is a bug in the generator: please report it",
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io { action, path, .. } => {
                let verb = match action {
                    Action::Read => "read",
                    Action::Write => "write",
                    Action::Remove => "remove",
                };
                write!(f, "cannot {verb} `{}`", path.display())
            }
            Self::Foreign { path } => {
                write!(f, "`{}` was not written by the generator", path.display())
            }
            Self::Link { path } => {
                write!(f, "`{}` is a symbolic link", path.display())
            }
            Self::Outside { path } => {
                write!(f, "`{}` is outside the output folder", path.display())
            }
        }
    }
}

impl error::Error for Error {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        match self {
            Self::Io { source, .. } => Some(source),
            Self::Foreign { .. } | Self::Link { .. } | Self::Outside { .. } => None,
        }
    }
}
