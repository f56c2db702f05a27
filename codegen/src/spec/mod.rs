//! Reads `spec/`: from YAML to plain structs, with the place of everything.
//!
//! Each file has two passes. `scan` reads the events of the parser, records every position and rejects YAML features that the language
//! does not have. `fill` uses `serde_yaml` to fill the structs of [`model`]. [`crate::resolve`] interprets the texts in them.

mod acks;
mod canonical;
pub(crate) mod disk;
mod fill;
pub mod model;
pub(crate) mod reading;
mod scan;
pub(crate) mod schemas;

use std::path::Path;

pub use canonical::{COMMAND, canonical};
pub use disk::SCHEMAS;
use disk::{Content, Input};
pub use model::{Ack, Acks, Front, Resource, Webhooks};
use reading::Reading;

use crate::problem::{FileId, Place, Problems};
use crate::source::{Source, Step};

/// The parsed files of the spec.
#[derive(Debug, Clone)]
pub struct Spec {
    /// Every file, by [`FileId`].
    pub sources: Vec<Source>,
    /// `spec/front.yaml`.
    pub front: (FileId, model::Front),
    /// `spec/webhooks.yaml`.
    pub webhooks: (FileId, model::Webhooks),
    /// `spec/resources/*.yaml`, by name.
    pub resources: Vec<(FileId, model::Resource)>,
    /// `spec/corrections.yaml`, if it exists. Only an import uses it.
    pub corrections: Option<(FileId, model::Corrections)>,
    /// `spec/acks.yaml`, if it exists. Only `cargo xtask diff` uses it.
    pub acks: Option<(FileId, model::Acks)>,
}

impl Spec {
    /// Returns a file.
    #[must_use]
    pub fn source(&self, file: FileId) -> &Source {
        &self.sources[file.0]
    }

    /// Returns the place of a key; see [`Source::key`].
    #[must_use]
    pub fn key(&self, file: FileId, path: &[Step]) -> Place {
        Place::new(file, self.source(file).key(path))
    }

    /// Returns the place of a value; see [`Source::value`].
    #[must_use]
    pub fn value(&self, file: FileId, path: &[Step]) -> Place {
        Place::new(file, self.source(file).value(path))
    }
}

/// Why there is no [`Spec`].
#[derive(Debug, Clone)]
pub struct Unread {
    /// Every file, as far as it could be read, for [`Problems::render`].
    pub sources: Vec<Source>,
    /// The problems.
    pub problems: Problems,
}

/// Returns why no file of the spec may contain this text, as a key or as a value.
#[must_use]
pub fn refused(text: &str, is_key: bool) -> Option<String> {
    scan::refusal(text, is_key).map(|refusal| refusal.to_string())
}

/// Reads the spec of the project at `root`, the folder that contains `spec/`.
///
/// Also returns the problems that do not prevent reading, such as an unknown key. Some of them may be errors.
///
/// # Errors
///
/// Returns all problems of all files if one of them cannot be read into its struct.
pub fn read(root: &Path) -> Result<(Spec, Problems), Unread> {
    let (inputs, problems) = disk::list(root);
    Reading::of(inputs, problems).spec()
}

/// Reads a spec from memory: paths such as `spec/resources/tags.yaml`, in any order, and texts.
///
/// # Errors
///
/// See [`read`].
pub fn read_texts(files: Vec<(String, String)>) -> Result<(Spec, Problems), Unread> {
    let texts = files
        .into_iter()
        .map(|(path, text)| Input { path, content: Content::of_text(text) });
    Reading::of(disk::complete(texts.collect()), Problems::new()).spec()
}
