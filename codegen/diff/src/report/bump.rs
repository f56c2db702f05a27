//! Which version a change needs, and whether `Cargo.toml` has it.

use std::fmt;

use semver::{Prerelease, Version};

use super::super::Diff;
use super::super::finding::Rust;
use super::super::words::words;

/// The version that `Cargo.toml` has on each side; none where there is no such file, or it names none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Versions {
    /// At base.
    pub base: Option<Version>,
    /// At head.
    pub head: Option<Version>,
}

impl Versions {
    /// Those of two texts of `Cargo.toml`.
    #[must_use]
    pub fn of(base: Option<&str>, head: Option<&str>) -> Self {
        Self { base: base.and_then(version), head: head.and_then(version) }
    }
}

/// The version in a text of `Cargo.toml`: the workspace's, or the package's.
fn version(manifest: &str) -> Option<Version> {
    let mut section = "";
    let mut of_package = None;
    for line in manifest.lines().map(str::trim) {
        if line.starts_with('[') {
            section = line;
        } else if let Some(rest) = line.strip_prefix("version")
            && let Some(value) = rest.trim_start().strip_prefix('=')
            && let Some(text) = value.trim_start().strip_prefix('"')
            && let Some((text, _)) = text.split_once('"')
        {
            match section {
                "[workspace.package]" => return Version::parse(text).ok(),
                "[package]" => of_package = Version::parse(text).ok(),
                _ => {}
            }
        }
    }
    of_package
}

words! {
    /// How far the version has to move.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Needs {
        /// It may stay: nothing that is generated differs.
        #[default]
        Nothing = "none",
        /// Nothing that a user wrote is concerned.
        Patch = "patch",
        /// Something is new.
        Minor = "minor",
        /// Code that was right does not compile any more.
        Major = "major",
    }
}

impl Needs {
    /// What a change needs. Only Rust counts: what breaks on the wire has to reach users without an edit of theirs, which is
    /// what a patch does. Whatever changes what is generated needs to be released, so it is a patch at least. A line that no
    /// finding explains counts as what it is.
    #[must_use]
    pub fn of(diff: &Diff) -> Self {
        let findings = diff.findings.iter().map(|finding| finding.axes.rust);
        let lines = diff.unexplained.iter().map(|change| change.severity);
        let need = |rust: Rust| match rust {
            Rust::None => Self::Patch,
            Rust::Minor => Self::Minor,
            Rust::Major => Self::Major,
        };
        findings.chain(lines).map(need).max().unwrap_or_default()
    }

    /// The least version after `from` that may carry it, by Cargo's rule for 0.x: the first number that is not zero is the one
    /// that breaks. What is no release yet promised nothing, so its release may carry anything.
    #[must_use]
    pub fn next(self, from: &Version) -> Version {
        let mut next = Version::new(from.major, from.minor, from.patch);
        if self == Self::Nothing {
            next.pre = from.pre.clone();
            return next;
        }
        if from.pre != Prerelease::EMPTY {
            return next;
        }
        match (from.major, from.minor, self) {
            (0, 0, _) | (0, _, Self::Minor) | (_, _, Self::Patch) => next.patch += 1,
            (0, _, Self::Major) | (_, _, Self::Minor) => {
                (next.minor, next.patch) = (from.minor + 1, 0);
            }
            (_, _, Self::Major | Self::Nothing) => {
                (next.major, next.minor, next.patch) = (from.major + 1, 0, 0);
            }
        }
        next
    }
}

words! {
    /// Whether the version of head is the one that is needed.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Judged {
        /// One of the two is not known.
        Unknown = "unknown",
        /// It is base's still: whoever releases has to move it.
        Kept = "kept",
        /// It is.
        Enough = "enough",
        /// It moved, and not far enough.
        TooSmall = "too-small",
        /// It moved further, which is allowed.
        Larger = "larger",
    }
}

/// Which version is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bump {
    /// How far it has to move.
    pub needs: Needs,
    /// What it is on both sides.
    pub versions: Versions,
    /// What it has to be at least; none where base's is not known.
    pub next: Option<Version>,
    /// Whether it is.
    pub judged: Judged,
}

impl Bump {
    pub(super) fn new(needs: Needs, versions: Versions) -> Self {
        let next = versions.base.as_ref().map(|base| needs.next(base));
        let judged = match (&versions.base, &versions.head, &next) {
            (Some(base), Some(head), Some(next)) => {
                match (head.cmp_precedence(base), head.cmp_precedence(next)) {
                    (_, std::cmp::Ordering::Equal) => Judged::Enough,
                    (_, std::cmp::Ordering::Greater) => Judged::Larger,
                    (std::cmp::Ordering::Equal, _) => Judged::Kept,
                    (_, std::cmp::Ordering::Less) => Judged::TooSmall,
                }
            }
            _ => Judged::Unknown,
        };
        Self { needs, versions, next, judged }
    }
}

/// `major, 0.4.2 -> 0.5.0; Cargo.toml has 0.4.3, which is too small`
impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.needs.as_str())?;
        if let (Some(base), Some(next), true) =
            (&self.versions.base, &self.next, self.needs > Needs::Nothing)
        {
            write!(f, ", {base} -> {next}")?;
        }
        let Some(head) = &self.versions.head else { return Ok(()) };
        match self.judged {
            Judged::Unknown => Ok(()),
            Judged::Enough if self.needs == Needs::Nothing => Ok(()),
            Judged::Enough => f.write_str("; Cargo.toml has it"),
            Judged::Kept => {
                write!(f, "; Cargo.toml still has {head}, to be moved by the release")
            }
            Judged::TooSmall => write!(f, "; Cargo.toml has {head}, which is too small"),
            Judged::Larger => {
                write!(f, "; Cargo.toml has {head}, which is more than it takes")
            }
        }
    }
}
