//! Reads back what an import would write, so that it never writes a spec that the reader rejects.

use super::Imported;
use super::document::escaped;
use super::history::with_arguments;
use super::json::Json;
use super::refused::{Fault, Refused};
use front_codegen::generate;
use front_codegen::problem::Problems;
use front_codegen::source::Source;
use front_codegen::spec::{self, Spec, Unread};

/// Checks the spec that an import of `document` would leave: reads it, resolves it and generates from it.
pub(super) fn check(
    before: &Spec,
    document: &[u8],
    imported: &Imported,
) -> Result<(), Refused> {
    if imported.files.is_empty() && imported.removed.is_empty() {
        return Ok(());
    }
    let refused = |sources: Vec<Source>, problems: Problems| {
        let faults = hostile(document);
        if faults.is_empty() {
            let report = Box::new(imported.report.clone());
            Refused::Result { sources, problems, report }
        } else {
            Refused::Document(faults)
        }
    };
    let read = spec::read_texts(after(before, imported, &[]));
    let (spec, problems) =
        read.map_err(|Unread { sources, problems }| refused(sources, problems))?;
    if problems.has_errors() && !was_wrong(before) {
        return Err(refused(spec.sources, problems));
    }
    // People decide the order of required arguments. Until then, the spec only resolves with all of them listed.
    let named = with_arguments(&spec);
    let read = spec::read_texts(after(before, imported, &named));
    let (spec, _) =
        read.map_err(|Unread { sources, problems }| refused(sources, problems))?;
    let (api, problems) = crate::resolve(&spec);
    match api {
        Some(api) => {
            // Only whether generation succeeds matters here; `codegen` writes the files.
            let _files = generate(&api);
            Ok(())
        }
        // A spec that did not resolve before the import may still be imported into, while it is being fixed.
        None if crate::resolve(before).0.is_none() => Ok(()),
        None => Err(refused(spec.sources, problems)),
    }
}

/// Returns whether the spec had errors before the import. Only a dry run continues then.
fn was_wrong(before: &Spec) -> bool {
    let texts = before.sources.iter().map(|of| (of.path.clone(), of.text.clone()));
    spec::read_texts(texts.collect()).map_or(true, |(_, problems)| problems.has_errors())
}

/// Returns the files of the spec as the import would leave them. Files in `others` win over those of the
/// same path.
fn after(
    before: &Spec,
    imported: &Imported,
    others: &[(String, String)],
) -> Vec<(String, String)> {
    let written = others.iter().chain(&imported.files);
    let mut files: Vec<(String, String)> = Vec::new();
    let kept = before.sources.iter().map(|of| (of.path.clone(), of.text.clone()));
    let kept = kept.filter(|(path, _)| !imported.removed.contains(path));
    for (path, text) in written.cloned().chain(kept) {
        if files.iter().all(|(known, _)| *known != path) {
            files.push((path, text));
        }
    }
    files
}

/// Keys of a document whose values never enter the spec.
const UNREAD: &[&str] =
    &["description", "summary", "title", "example", "examples", "externalDocs", "info"];

/// The maximum number of places to report.
const SHOWN: usize = 20;

/// Returns the places of a document with a text that no file of the spec may contain.
fn hostile(document: &[u8]) -> Vec<Fault> {
    let bytes = document.strip_prefix(b"\xef\xbb\xbf").unwrap_or(document);
    let mut faults = Vec::new();
    if let Ok(json) = serde_json::from_slice::<Json>(bytes) {
        look(&json, &mut String::from("#"), &mut faults);
    }
    faults
}

fn look(json: &Json, at: &mut String, faults: &mut Vec<Fault>) {
    if let Some(text) = json.text() {
        note(at, text, false, faults);
    }
    let length = at.len();
    for (key, value) in json.entries() {
        at.push('/');
        at.push_str(&escaped(key));
        note(at, key, true, faults);
        // A field may have the same name as a key that is not read.
        let is_text = value.text().is_some() || key.starts_with("example");
        if !(is_text && UNREAD.contains(&key)) {
            look(value, at, faults);
        }
        at.truncate(length);
    }
    for (number, item) in json.items().iter().enumerate() {
        at.push_str(&format!("/{number}"));
        look(item, at, faults);
        at.truncate(length);
    }
}

/// Adds the fault of a key or a text.
fn note(at: &str, text: &str, is_key: bool, faults: &mut Vec<Fault>) {
    if faults.len() < SHOWN
        && let Some(why) = spec::refused(text, is_key)
    {
        faults.push(Fault::new(at, why).help(HELP));
    }
}

/// What to do about it.
const HELP: &str = "no file of the spec may contain this: ask Front whether the document is right; if it is, import a copy of the document without it";
