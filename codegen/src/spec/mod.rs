//! Reading `spec/`: from YAML to plain structs, with the place of everything.
//!
//! Two passes a file: `scan` walks over the parser's events, keeps every position and refuses what YAML can do and the
//! language cannot; `fill` lets `serde_yaml` fill the structs of [`model`]. What the texts in them mean is read by
//! [`crate::resolve`].

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

/// The spec as it is written.
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
    /// `spec/corrections.yaml`, where it is there. Only an import reads it.
    pub corrections: Option<(FileId, model::Corrections)>,
    /// `spec/acks.yaml`, where it is there. Only the report on a change reads it.
    pub acks: Option<(FileId, model::Acks)>,
}

impl Spec {
    /// A file.
    #[must_use]
    pub fn source(&self, file: FileId) -> &Source {
        &self.sources[file.0]
    }

    /// The place of a key: [`Source::key`].
    #[must_use]
    pub fn key(&self, file: FileId, path: &[Step]) -> Place {
        Place::new(file, self.source(file).key(path))
    }

    /// The place of a value: [`Source::value`].
    #[must_use]
    pub fn value(&self, file: FileId, path: &[Step]) -> Place {
        Place::new(file, self.source(file).value(path))
    }
}

/// Why there is no [`Spec`].
#[derive(Debug, Clone)]
pub struct Unread {
    /// Every file, as far as it could be read: what [`Problems::render`] needs.
    pub sources: Vec<Source>,
    /// What is wrong.
    pub problems: Problems,
}

/// Returns why no file of the spec may contain this text, as a key or as a value.
#[must_use]
pub fn refused(text: &str, is_key: bool) -> Option<String> {
    scan::refusal(text, is_key).map(|refusal| refusal.to_string())
}

/// Reads the spec of the project at `root`, the folder that holds `spec/`.
///
/// With the spec come the problems that left it readable, such as an unknown key: errors may be among them.
///
/// # Errors
///
/// All problems of all files, where one of them has no struct.
pub fn read(root: &Path) -> Result<(Spec, Problems), Unread> {
    let (inputs, problems) = disk::list(root);
    Reading::of(inputs, problems).spec()
}

/// Reads a spec from memory: paths such as `spec/resources/tags.yaml`, in any order, and texts.
///
/// # Errors
///
/// As [`read`].
pub fn read_texts(files: Vec<(String, String)>) -> Result<(Spec, Problems), Unread> {
    let texts = files
        .into_iter()
        .map(|(path, text)| Input { path, content: Content::of_text(text) });
    Reading::of(disk::complete(texts.collect()), Problems::new()).spec()
}
