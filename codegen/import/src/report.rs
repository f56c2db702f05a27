//! The report of an import: the changed facts and the remaining tasks.

mod facts;
mod left;
mod lost;
mod marks;

use std::collections::HashSet;
use std::fmt;

use super::merge::Draft;
pub use super::todo::Todo;
use super::unread::Unread;
pub(super) use facts::file;
use front_codegen::spec::model::Published;

/// The changes of an import, in the order of the files of the spec.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The old and the new revision, if the document is another one.
    pub revision: Option<String>,
    /// The changed, new and removed facts.
    pub changes: Vec<Change>,
    /// The tasks for people.
    pub todo: Vec<Todo>,
    /// The keywords of the document that the spec cannot express.
    pub unread: Vec<Unread>,
}

/// One fact that an import changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whether it changed, is new or was removed.
    pub kind: ChangeKind,
    /// The subject, in the terms of Front's document and of corrections: `list-tags`, `TagResponse.name`.
    pub at: String,
    /// The change: `max_length 64 -> 128`.
    pub what: String,
    /// The name in the spec: `Tag.name`, `tags.list`.
    pub ours: String,
    /// The file, from the project's root.
    pub file: String,
}

/// The kind of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// The fact has another value.
    Changed,
    /// The fact is new.
    New,
    /// The fact was removed.
    Gone,
}

impl Report {
    /// Returns the changes between two states of the spec. `todo` contains what the merge could not do.
    pub(super) fn of(before: &Draft, after: &Draft, mut todo: Vec<Todo>) -> Self {
        let changes = facts::changes(before, after);
        let (old, new) = (&before.front.published, &after.front.published);
        let revision = (old.sha256 != new.sha256).then(|| {
            let named = |of: &Published| format!("{} of {}", of.revision, of.date);
            format!("{} -> {}", named(old), named(new))
        });
        todo.extend(left::left(before, after));
        let mut seen = HashSet::new();
        todo.retain(|one| seen.insert((one.at.clone(), one.what.clone())));
        Self { revision, changes, todo, unread: Vec::new() }
    }

    /// Returns the changes that remove text that somebody may have written: everything removed, and notes that no longer apply.
    pub fn losses(&self) -> impl Iterator<Item = &Change> {
        let is_note = |change: &Change| {
            ["deprecated true", "redirects true"]
                .iter()
                .any(|note| change.what.starts_with(note))
        };
        self.changes
            .iter()
            .filter(move |change| change.kind == ChangeKind::Gone || is_note(change))
    }

    /// Returns the changes of a kind.
    pub fn of_kind(&self, kind: ChangeKind) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.kind == kind)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(revision) = &self.revision {
            writeln!(f, "revision {revision}")?;
        }
        if self.changes.is_empty() {
            let todo = counted(self.todo.len(), "task is left", "tasks are left");
            let unread = counted(
                self.unread.len(),
                "keyword is not read",
                "keywords are not read",
            );
            let below: Vec<String> = todo.into_iter().chain(unread).collect();
            if below.is_empty() {
                writeln!(f, "No fact changed.")?;
            } else {
                writeln!(f, "No fact changed; {} (below).", below.join(" and "))?;
            }
        }
        let mut first = !self.changes.is_empty() && self.revision.is_none();
        let mut group = |f: &mut fmt::Formatter<'_>, title: &str| {
            if !std::mem::replace(&mut first, false) {
                writeln!(f)?;
            }
            writeln!(f, "{title}")
        };
        for (kind, title) in [
            (ChangeKind::Changed, "changed"),
            (ChangeKind::New, "new"),
            (ChangeKind::Gone, "removed"),
        ] {
            let mut all = self.of_kind(kind).peekable();
            if all.peek().is_none() {
                continue;
            }
            group(f, title)?;
            for change in all {
                writeln!(f, "  {change}")?;
            }
            if kind == ChangeKind::Gone {
                writeln!(f, "  {KEEP}")?;
            }
        }
        if !self.todo.is_empty() {
            group(f, "to do")?;
            for todo in &self.todo {
                writeln!(f, "  {}: {}", todo.at, todo.what)?;
            }
        }
        if !self.unread.is_empty() {
            group(f, "not read")?;
            for unread in &self.unread {
                writeln!(f, "  {unread}")?;
            }
            writeln!(f, "  {SEEN}")?;
        }
        Ok(())
    }
}

/// Returns a text such as `2 keywords are not read`, or `None` for zero.
fn counted(number: usize, one: &str, many: &str) -> Option<String> {
    match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        _ => Some(format!("{number} {many}")),
    }
}

/// The help for keywords that are not read.
const SEEN: &str = "(check what each means for callers and document it in the spec; then add an entry to spec/corrections.yaml, with the pointer under `at`, the value under `published`, and `ours: ignored`)";

/// The help for removed facts.
const KEEP: &str = "(to keep one of these, restore it from git and add an entry to spec/corrections.yaml with `published: none` and your value under `ours`)";

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} (", self.at, self.what)?;
        if self.ours != self.at && !self.ours.is_empty() {
            write!(f, "{}, ", self.ours)?;
        }
        write!(f, "{})", self.file)
    }
}
