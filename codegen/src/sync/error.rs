//! What can go wrong on disk, and what to do about it.

use std::error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "their names say it")]
pub enum Action {
    Read,
    Write,
    Remove,
}

/// Why a folder could not be brought in line.
#[derive(Debug)]
pub enum Error {
    /// The system refused.
    Io {
        /// What was tried.
        action: Action,
        /// With which file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file lies in the output folder that the generator did not make.
    Foreign {
        /// Which file.
        path: PathBuf,
    },
    /// The output folder, or a folder in it, is a symbolic link: files would be written elsewhere.
    Link {
        /// Which folder.
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

    /// What failed, with what, why, and what to do: all that there is to say, in two lines.
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

    /// What to do.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::Io { source, .. }
                if source.kind() == io::ErrorKind::PermissionDenied =>
            {
                "see who owns it and may write there"
            }
            Self::Io { source, .. } if source.kind() == io::ErrorKind::StorageFull => {
                "make room on the disk, and run it again"
            }
            Self::Io { .. } => "see what stands in the way there, and run it again",
            Self::Foreign { .. } => {
                "move it elsewhere, or delete it: that folder belongs to the generator"
            }
            Self::Link { .. } => "remove the link, and run it again",
            Self::Outside { .. } => {
                "this is a mistake in the generator: please report it"
            }
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
                write!(f, "`{}` was not made by the generator", path.display())
            }
            Self::Link { path } => {
                write!(f, "`{}` is a symbolic link", path.display())
            }
            Self::Outside { path } => {
                write!(f, "`{}` does not lie in the output folder", path.display())
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
