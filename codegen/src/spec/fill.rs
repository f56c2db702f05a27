//! The second pass: `serde_yaml` fills the plain structs. It stops at the first invalid value. This pass then reports that entry,
//! replaces it with blanks, so that nothing else moves, and tries again, so that one run reports all problems.

mod complaint;
mod known;

use std::borrow::Cow;
use std::ops::Range;

use indexmap::IndexSet;
use serde::de::DeserializeOwned;

use super::scan::Offsets;
use crate::names;
use crate::problem::{Code, FileId, Place, Problem};
use crate::source::{Below, Node};
use crate::source::{Source, Step};
use complaint::Complaint;
pub(super) use known::Shape;

/// The maximum number of attempts for one file. No more errors are shown anyway.
const ROUNDS: usize = 100;

/// Returns the struct of a source, and its problems. `hidden` contains the entries that were already reported.
pub(super) fn fill<T: DeserializeOwned>(
    file: FileId,
    source: &Source,
    shape: Shape,
    hidden: Vec<Range<usize>>,
) -> (Option<T>, Vec<Problem>) {
    let mut fill = Fill { file, source, shape, hidden, problems: Vec::new() };
    let reported = !fill.hidden.is_empty();
    let mut last = None;
    let mut unknown: IndexSet<Vec<Step>> = IndexSet::new();
    let mut filled = None;
    for _ in 0..ROUNDS {
        let text = fill.visible();
        let yaml = serde_yaml::Deserializer::from_str(&text);
        let note = |path: serde_ignored::Path<'_>| {
            unknown.insert(steps(&path));
        };
        match serde_ignored::deserialize(yaml, note) {
            Ok(value) => {
                filled = Some(value);
                break;
            }
            Err(error) => {
                let more = fill.complain(&error, &text);
                last = Some(error);
                if !more {
                    break;
                }
            }
        }
    }
    if let (Some(error), None, false, true) =
        (&last, &filled, reported, fill.problems.is_empty())
    {
        // The two parsers read the file differently, so the entry was not found at the reported place.
        fill.report(Code::BadYaml, format!("invalid YAML: {error}"), 0..0, "");
    }
    // If an item is missing, the later ones have other indices in the struct than in the file, and their problems would be
    // shown at the wrong items.
    let fits = fill.problems.is_empty() && !fill.lacks_items();
    for path in &unknown {
        fill.unknown(path);
    }
    (filled.filter(|_| fits), fill.problems)
}

struct Fill<'s> {
    file: FileId,
    source: &'s Source,
    shape: Shape,
    hidden: Vec<Range<usize>>,
    problems: Vec<Problem>,
}

impl<'s> Fill<'s> {
    /// Returns the text with the reported entries replaced by blanks, byte by byte, so that nothing else moves.
    fn visible(&self) -> Cow<'s, str> {
        if self.hidden.is_empty() {
            return Cow::Borrowed(&self.source.text);
        }
        let mut bytes = self.source.text.clone().into_bytes();
        let mut hidden = self.hidden.clone();
        hidden.sort_by_key(|stretch| stretch.start);
        let mut empty = Vec::new();
        emptied(self.source.root(), &hidden, &mut empty);
        for blank in hidden.into_iter().chain(empty) {
            for byte in
                bytes.get_mut(blank).into_iter().flatten().filter(|byte| **byte != b'\n')
            {
                *byte = b' ';
            }
        }
        Cow::Owned(String::from_utf8(bytes).unwrap_or_default())
    }

    /// Returns whether an item of a list is hidden, or has nothing left.
    fn lacks_items(&self) -> bool {
        if self.hidden.is_empty() {
            return false;
        }
        let mut gone = self.hidden.clone();
        gone.sort_by_key(|stretch| stretch.start);
        let mut empty = Vec::new();
        emptied(self.source.root(), &gone, &mut empty);
        gone.extend(empty);
        lacks_items(self.source.root(), &gone)
    }

    /// Reports the error of `serde_yaml` and hides the entry. Returns false if no further error can be found.
    fn complain(&mut self, error: &serde_yaml::Error, text: &str) -> bool {
        let byte =
            error.location().map(|location| Offsets::new(text).byte(location.index()));
        let complaint = Complaint::of(error);
        let found =
            byte.map(|byte| find(self.source.root(), byte, complaint.of_collection()));
        let (path, node) = match (&complaint, found) {
            (Complaint::Other(message), found) => {
                // After an entry was hidden, the error may be a consequence of that.
                if self.hidden.is_empty() {
                    let at = found.map_or(0..0, |(_, node)| node.value());
                    self.report(
                        Code::BadYaml,
                        format!("invalid YAML: {message}"),
                        at,
                        "",
                    );
                }
                return false;
            }
            (_, None) => (Vec::new(), self.source.root()),
            (_, Some(found)) => found,
        };
        let name = name(&path);
        match complaint {
            Complaint::Missing(first) => self.missing(&path, node, &name, first),
            Complaint::Kind { found, expected } => {
                let title = format!("{name} must be {expected}, not {found}");
                self.report(Code::WrongKind, title, node.value(), "");
                let bare = found.trim_matches('`');
                if bare.len() + 2 == found.len() && !expected.contains("number") {
                    self.help(format!("to write it as a text, use quotes: `'{bare}'`"));
                }
            }
            Complaint::Other(_) => {}
        }
        if path.is_empty() {
            return false;
        }
        self.hidden.push(node.entry());
        true
    }

    /// Reports all missing keys of `node`. `serde_yaml` reports only the first one.
    fn missing(&mut self, path: &[Step], node: &Node, name: &str, first: String) {
        let required =
            self.shape.keys(path).map(|keys| keys.required).unwrap_or_default();
        let mut missing: Vec<String> = required.into_iter().map(str::to_owned).collect();
        if !missing.contains(&first) {
            missing.push(first);
        }
        // A key that is hidden has already been reported.
        missing.retain(|key| node.child(&key.into()).is_none());
        let Some((last, others)) = missing.split_last() else {
            return;
        };
        let (list, verb) = match others {
            [] => (format!("`{last}`"), "is"),
            _ => (format!("`{}` and `{last}`", others.join("`, `")), "are"),
        };
        let title = format!("{name} lacks {list}");
        self.report(
            Code::MissingKey,
            title,
            node.head(),
            format!("{list} {verb} missing"),
        );
    }

    fn unknown(&mut self, path: &[Step]) {
        let Some((Step::Key(key), parent)) = path.split_last() else {
            return;
        };
        let known = self.shape.keys(parent).map(|keys| keys.all).unwrap_or_default();
        let title = format!("{} has no key `{key}`", name(parent));
        self.report(Code::UnknownKey, title, self.source.key(path), "unknown key");
        let written = self.source.root().reach(parent);
        let free = || {
            known
                .iter()
                .copied()
                .filter(|known| written.child(&(*known).into()).is_none())
        };
        let help = match names::nearest(key, free()) {
            Some(nearest) => Some(format!("did you mean `{nearest}`?")),
            None if known.is_empty() => None,
            None => Some(format!("allowed keys: `{}`", known.join("`, `"))),
        };
        if let Some(help) = help {
            self.help(help);
        }
    }

    /// Adds help to the last problem.
    fn help(&mut self, line: String) {
        if let Some(problem) = self.problems.last_mut() {
            problem.help.push(line);
        }
    }

    fn report(
        &mut self,
        code: Code,
        title: String,
        at: Range<usize>,
        label: impl Into<String>,
    ) {
        let at = Place::new(self.file, self.source.first_line(at));
        self.problems.push(Problem::new(code, title).at(at).label(label));
    }
}

/// Adds to `empty` every mapping and list whose entries are all `hidden`, in the order of their places: YAML would read the rest as
/// null. Returns whether `node` is one, or is hidden itself.
fn emptied(node: &Node, hidden: &[Range<usize>], empty: &mut Vec<Range<usize>>) -> bool {
    let entry = node.entry();
    let before = hidden.partition_point(|stretch| stretch.start <= entry.start);
    if before.checked_sub(1).is_some_and(|last| entry.end <= hidden[last].end) {
        return true;
    }
    let mut any = false;
    let mut left = false;
    for (_, child) in node.children() {
        any = true;
        left |= !emptied(child, hidden, empty);
    }
    if any && !left {
        empty.push(entry);
    }
    any && !left
}

/// Returns whether one of the lists in `node` has an item in `gone`.
fn lacks_items(node: &Node, gone: &[Range<usize>]) -> bool {
    let is_gone = |child: &Node| {
        let entry = child.entry();
        gone.iter()
            .any(|stretch| stretch.start <= entry.start && entry.end <= stretch.end)
    };
    let is_list = matches!(node.below, Below::List(_));
    node.children()
        .any(|(_, child)| is_list && is_gone(child) || lacks_items(child, gone))
}

/// Returns the deepest mapping or list around `byte` if `collection`, otherwise the key or the scalar that begins there.
fn find(root: &Node, byte: usize, collection: bool) -> (Vec<Step>, &Node) {
    let around = |child: &Node| {
        if collection {
            // Its own key is outside. If the first entry is hidden, it seems to begin at the key of the second one.
            !matches!(child.below, Below::Scalar) && child.span.contains(&byte)
        } else {
            child.entry().contains(&byte)
        }
    };
    let mut path = Vec::new();
    let mut node = root;
    while let Some((step, child)) = node.children().find(|(_, child)| around(child)) {
        path.push(step);
        node = child;
        if !collection && node.key.as_ref().is_some_and(|key| key.start == byte) {
            break;
        }
    }
    (path, node)
}

/// Returns the name of the node at `path` for messages: its last key.
fn name(path: &[Step]) -> String {
    match path.last() {
        Some(Step::Key(key)) => format!("`{key}`"),
        Some(Step::Index(_)) => "the item".to_owned(),
        None => "the file".to_owned(),
    }
}

fn steps(path: &serde_ignored::Path<'_>) -> Vec<Step> {
    use serde_ignored::Path;
    match path {
        Path::Root => Vec::new(),
        Path::Seq { parent, index } => with(parent, (*index).into()),
        Path::Map { parent, key } => with(parent, key.into()),
        Path::Some { parent }
        | Path::NewtypeStruct { parent }
        | Path::NewtypeVariant { parent } => steps(parent),
    }
}

fn with(parent: &serde_ignored::Path<'_>, step: Step) -> Vec<Step> {
    let mut path = steps(parent);
    path.push(step);
    path
}
