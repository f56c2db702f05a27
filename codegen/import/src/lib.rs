//! Imports Front's published document into the spec.
//!
//! [`document`] reads the bytes, [`lower`] extracts the facts, [`correct`] applies `spec/corrections.yaml`, and `merge` compares
//! the spec with the facts. The import keeps no state: it changes a fact of the spec only if `refines` finds that it differs from
//! the published one, so a second import of the same document changes nothing. This crate reads and writes no files.

pub mod correct;
mod directions;
pub mod document;
mod foreign;
pub mod history;
mod json;
mod known;
pub mod lower;
mod merge;
mod occurrences;
mod pair;
pub mod phrase;
pub mod place;
mod pointer;
mod propose;
pub mod published;
mod readback;
mod refines;
mod refused;
pub mod report;
mod service;
pub mod todo;
pub mod unread;

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

use document::Document;
use front_codegen::ir::Api;
use front_codegen::problem::Problems;
use front_codegen::resolve::status;
use front_codegen::spec::{Spec, canonical, model};
use lower::Paging;
use merge::Draft;
pub use refused::{Fault, Refused};
use report::Report;

/// The revision of an imported document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Revision {
    /// The commit that published it, if it is known.
    pub revision: Option<String>,
    /// The day it was published, such as `2026-08-11`.
    pub date: Option<String>,
}

/// Resolves a spec, and checks the corrections in it, which only an import uses. There is an API only if neither has an error.
#[must_use]
pub fn resolve(spec: &Spec) -> (Option<Api>, Problems) {
    let (api, mut problems) = front_codegen::resolve::resolve(spec);
    problems.extend(correct::check(spec));
    (api.filter(|_| !problems.has_errors()), problems)
}

/// The result of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The changed files: the path from the project's root, and the canonical text.
    pub files: Vec<(String, String)>,
    /// The files that are now empty and to be removed.
    pub removed: Vec<String>,
    /// The changes, and the remaining tasks.
    pub report: Report,
}

/// Brings a spec in line with a published document. The result is checked in memory: it is read, resolved and generated from.
///
/// # Errors
///
/// Returns what is wrong with the document, with the spec's corrections of it, or with the result. The caller must not write
/// anything then.
pub fn import(
    spec: &Spec,
    document: &[u8],
    revision: &Revision,
) -> Result<Imported, Refused> {
    let imported = unchecked(spec, document, revision)?;
    readback::check(spec, document, &imported)?;
    Ok(imported)
}

/// Imports without checking the result, for callers that read and resolve it themselves.
fn unchecked(
    spec: &Spec,
    document: &[u8],
    revision: &Revision,
) -> Result<Imported, Refused> {
    let before = draft(spec);
    let (mut after, todo, unread) = imported(spec, &before, document, revision)?;
    let sum = hex(document);
    if after.front.published.sha256 != sum {
        let published = &mut after.front.published;
        published.revision =
            revision.revision.clone().unwrap_or_else(|| "unknown".to_owned());
        if let Some(date) = &revision.date {
            published.date.clone_from(date);
        }
        published.sha256 = sum;
    }
    let report = Report { unread, ..Report::of(&before, &after, todo) };
    let (files, removed) = files(spec, &before, &after);
    Ok(Imported { files, removed, report })
}

/// Returns the status of each call's response, by operation id.
fn statuses(ours: &Draft) -> HashMap<String, u16> {
    let calls = ours.resources.iter().flat_map(|of| of.endpoints.values());
    calls
        .filter(|call| call.variant_of.is_none())
        .map(|call| (call.operation.clone(), status(call)))
        .collect()
}

fn imported(
    spec: &Spec,
    before: &Draft,
    document: &[u8],
    revision: &Revision,
) -> Result<(Draft, Vec<report::Todo>, Vec<unread::Unread>), Refused> {
    let document = Document::read_knowing(document, statuses(before))?;
    let paging = &before.front.pagination;
    let paging = Paging { cursor: &paging.cursor, size: &paging.size };
    let mut api = lower::lower(&document, &paging)?;
    if let Some(fault) = foreign::fault(&document, &api, before) {
        return Err(fault.into());
    }
    let problems = correct::check(spec);
    if problems.has_errors() {
        return Err(Refused::Spec(problems));
    }
    let mut unread = service::unread(&document, &before.front);
    unread.append(&mut api.unread);
    if let Some((_, corrections)) = &spec.corrections {
        let stale = correct::correct(&mut api, &mut unread, &corrections.corrections);
        let problems: Problems = correct::problems(spec, &stale);
        if problems.has_errors() {
            return Err(Refused::Spec(problems));
        }
    }
    let is_new = before.resources.iter().all(|resource| resource.endpoints.is_empty());
    let since = revision.date.as_deref().filter(|_| !is_new);
    let (after, todo) = merge::merge(before, &api, since);
    Ok((after, todo, unread))
}

/// Returns the facts that differ between two specs, even if one of them is invalid.
#[must_use]
pub fn changed(base: &Spec, head: &Spec) -> Vec<report::Change> {
    Report::of(&draft(base), &draft(head), Vec::new()).changes
}

/// Returns the parts of a spec that an import may change.
fn draft(spec: &Spec) -> Draft {
    let mut resources: Vec<model::Resource> =
        spec.resources.iter().map(|(_, resource)| resource.clone()).collect();
    resources.sort_by(|one, other| one.resource.cmp(&other.resource));
    Draft { front: spec.front.1.clone(), payload: payload(&spec.webhooks.1), resources }
}

/// Returns the files to write, and the files to remove.
fn files(
    spec: &Spec,
    before: &Draft,
    after: &Draft,
) -> (Vec<(String, String)>, Vec<String>) {
    let mut files = Vec::new();
    if before.front != after.front {
        let source = spec.source(spec.front.0);
        files.push((source.path.clone(), canonical(&source.path, &after.front)));
    }
    for resource in &after.resources {
        let old =
            spec.resources.iter().find(|(_, old)| old.resource == resource.resource);
        match old {
            Some((_, old)) if old == resource => {}
            Some((file, _)) => {
                let source = spec.source(*file);
                files.push((source.path.clone(), canonical(&source.path, resource)));
            }
            None => {
                let path = report::file(resource);
                let text = canonical(&path, resource);
                files.push((path, text));
            }
        }
    }
    let gone = |(_, old): &&(_, model::Resource)| {
        !after.resources.iter().any(|new| new.resource == old.resource)
    };
    let removed = spec
        .resources
        .iter()
        .filter(gone)
        .map(|(file, _)| spec.source(*file).path.clone())
        .collect();
    (files, removed)
}

/// Returns the SHA-256 of a document, in hexadecimal.
fn hex(document: &[u8]) -> String {
    Sha256::digest(document).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the type of webhook payloads.
fn payload(webhooks: &model::Webhooks) -> Option<String> {
    webhooks.payload.clone()
}
