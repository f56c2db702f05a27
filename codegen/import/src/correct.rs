//! Applies `spec/corrections.yaml` to a document.
//!
//! A correction contains the value in the document and the value that replaces it. If the document has another value, the import
//! stops: either Front fixed the document, and the entry is to be removed, or Front changed it, and somebody has to check.

mod calls;

use std::collections::HashMap;

use super::phrase;
use super::place::{FactPath, KEPT, NONE};
use super::published::{Api, Kind, Shape};
use super::unread::Unread;
use front_codegen::problem::{Code, FileId, Problem, Problems};
use front_codegen::source::{Step, at};
use front_codegen::spec::Spec;
use front_codegen::spec::model::{Correction, Fact};

/// A correction that does not match the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaleCorrection {
    /// The index of the correction.
    pub correction: usize,
    /// The index of the location in the correction.
    pub at: usize,
    /// The reason.
    pub why: StaleReason,
}

/// Why a correction does not match the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StaleReason {
    /// The document has this value instead.
    Differs(Fact),
    /// The document has neither a call nor a schema of this name.
    UnknownName(String),
    /// The call or the schema has no such fact. Holds which part is missing.
    NotFound(String),
    /// The location cannot have the value of `ours`. Holds the reason.
    Unsupported(String),
}

/// Applies the corrections to the published API and returns those that do not apply. Removes reviewed keywords from `unread`.
#[must_use]
pub fn correct(
    api: &mut Api,
    unread: &mut Vec<Unread>,
    corrections: &[Correction],
) -> Vec<StaleCorrection> {
    let mut stale = Vec::new();
    for (number, correction) in corrections.iter().enumerate() {
        for (at, place) in correction.at.iter().enumerate() {
            let applied = if is_pointer(place) {
                known(unread, place, correction)
            } else {
                apply(api, place, correction)
            };
            if let Err(why) = applied {
                stale.push(StaleCorrection { correction: number, at, why });
            }
        }
    }
    stale.extend(calls::unsupported(api, corrections));
    stale
}

/// The value of `ours` for a reviewed keyword that the spec cannot express.
const IGNORED: &str = "ignored";

/// Returns whether a location is the pointer to a keyword that is not read, as a report prints it.
fn is_pointer(place: &str) -> bool {
    place.starts_with("#/")
}

/// Removes the unread keyword at a place, if it has the value that was reviewed.
fn known(
    unread: &mut Vec<Unread>,
    place: &str,
    correction: &Correction,
) -> Result<(), StaleReason> {
    let Some(found) = unread.iter().position(|one| one.at == place) else {
        let why = "there is no keyword here, or the import reads it";
        return Err(StaleReason::NotFound(why.to_owned()));
    };
    if !same(&unread[found].value, &correction.published) {
        return Err(StaleReason::Differs(unread[found].value.clone()));
    }
    unread.remove(found);
    Ok(())
}

fn apply(
    api: &mut Api,
    place: &str,
    correction: &Correction,
) -> Result<(), StaleReason> {
    let place = FactPath::parse(place)
        .ok_or_else(|| StaleReason::NotFound("malformed location".to_owned()))?;
    let unknown = unknown(api, &correction.ours);
    if let Some(name) = place.unknown_name(api) {
        return Err(StaleReason::UnknownName(name.to_owned()));
    }
    let fact_ref = place.locate(api).map_err(StaleReason::NotFound)?;
    let found = fact_ref.value();
    if !same(&found, &correction.published) {
        return Err(StaleReason::Differs(found));
    }
    match unknown.filter(|_| fact_ref.is_phrase()) {
        Some(name) => {
            Err(StaleReason::Unsupported(format!("the document has no `{name}`")))
        }
        None => fact_ref.set(&correction.ours).map_err(StaleReason::Unsupported),
    }
}

/// Returns the name in a phrase that the document does not have.
fn unknown(api: &Api, fact: &Fact) -> Option<String> {
    fn name(shape: &Shape) -> Option<&str> {
        match &shape.kind {
            Kind::Named(name) => Some(name),
            Kind::List(item) => name(item),
            _ => None,
        }
    }
    let Fact::Text(text) = fact else {
        return None;
    };
    let (_, shape) = phrase::parse(text).filter(|_| text != NONE)?;
    name(&shape).filter(|name| !api.roots.contains_key(*name)).map(str::to_owned)
}

/// Returns whether two facts are equal. The order of values does not matter.
fn same(one: &Fact, other: &Fact) -> bool {
    match (one, other) {
        (Fact::List(one), Fact::List(other)) => {
            one.len() == other.len() && one.iter().all(|value| other.contains(value))
        }
        _ => one == other,
    }
}

/// Checks the corrections of a spec without a document: reports invalid locations and values, and two corrections of one location.
#[must_use]
pub fn check(spec: &Spec) -> Problems {
    let Some((file, corrections)) = &spec.corrections else {
        return Problems::new();
    };
    let mut check = Check { spec, file: *file, problems: Problems::new() };
    let mut seen: HashMap<&str, Vec<Step>> = HashMap::new();
    for (number, correction) in corrections.corrections.iter().enumerate() {
        let entry = at!["corrections", number];
        if correction.at.is_empty() {
            check.report(
                &with(&entry, &at!["at"]),
                "a correction without a location",
                "",
            );
        }
        for (item, text) in correction.at.iter().enumerate() {
            let at = with(&entry, &at!["at", item]);
            if let Some(first) = seen.insert(text, at.clone()) {
                check.twice(text, &at, &first);
            }
            match FactPath::parse(text) {
                _ if is_pointer(text) => check.ignored(&correction.ours, &entry),
                Some(place) => {
                    check.kept(&place, text, &at);
                    check.fact(&place, &correction.published, &entry, "published", NONE);
                    check.fact(&place, &correction.ours, &entry, "ours", KEPT);
                }
                None => {
                    let help = "write `Schema.field`, such as `TagResponse.name`; `operation.fact`, such as `list-tags.status`; or `operation` alone, for a call that only the spec has";
                    check.report(&at, "malformed location", help);
                }
            }
        }
        if same(&correction.published, &correction.ours) {
            let title = "the correction changes nothing";
            let help = "`ours` is the value that replaces `published`: write another value, or remove the entry";
            check.report(&with(&entry, &at!["ours"]), title, help);
        }
    }
    check.problems
}

fn with(path: &[Step], more: &[Step]) -> Vec<Step> {
    [path, more].concat()
}

struct Check<'s> {
    spec: &'s Spec,
    file: FileId,
    problems: Problems,
}

impl Check<'_> {
    fn report(&mut self, at: &[Step], title: impl Into<String>, help: &str) {
        let place = self.spec.value(self.file, at);
        let mut problem = Problem::new(Code::WrongCorrection, title).at(place);
        if !help.is_empty() {
            problem = problem.help(help);
        }
        // The locations of one entry share its values, so a problem of a value is reported once.
        if !self.problems.iter().any(|known| *known == problem) {
            self.problems.push(problem);
        }
    }

    fn twice(&mut self, text: &str, at: &[Step], first: &[Step]) {
        let title = format!("`{text}` is corrected twice");
        let problem = Problem::new(Code::CorrectedTwice, title)
            .at(self.spec.value(self.file, at))
            .also(self.spec.value(self.file, first), "first here")
            .help("a location can have one correction: remove one of the two");
        self.problems.push(problem);
    }

    /// Checks that the spec has an endpoint for a call that is kept.
    fn kept(&mut self, place: &FactPath, operation: &str, at: &[Step]) {
        if place.is_call() && !is_endpoint(self.spec, operation) {
            let title =
                format!("no endpoint has the operation `{operation}`, which is kept");
            let help = "add the endpoint, or remove the location";
            self.report(at, title, help);
        }
    }

    /// Checks that `ours` is `ignored` for a keyword that is not read.
    fn ignored(&mut self, ours: &Fact, entry: &[Step]) {
        if *ours != Fact::Text(IGNORED.to_owned()) {
            let title =
                format!("`ours` must be `{IGNORED}` for a keyword that is not read");
            let help = "document in the spec what the keyword means for callers; `ours: ignored` records that it was reviewed";
            self.report(&with(entry, &at!["ours"]), title, help);
        }
    }

    /// Checks a value of a location. `of_call` is the only value for a call as a whole.
    fn fact(
        &mut self,
        place: &FactPath,
        fact: &Fact,
        entry: &[Step],
        key: &str,
        of_call: &str,
    ) {
        let at = with(entry, &[key.into()]);
        match fact {
            Fact::Text(text) if place.is_call() && text != of_call => {
                let title = format!("`{key}` of the call itself must be `{of_call}`");
                let help = "`operation` alone keeps a call that the document does not have: `published: none`, `ours: kept`; to correct a fact of a call, write `operation.fact`, such as `list-tags.status`";
                self.report(&at, title, help);
            }
            Fact::List(_) if !place.is_list() => {
                let title = format!("`{place}` has one value, not a list");
                self.report(&at, title, "");
            }
            Fact::Text(text)
                if !(place.is_call()
                    || place.is_free()
                    || text == NONE
                    || phrase::parse(text).is_some()) =>
            {
                let help = "write `string`, `integer`, `number`, `boolean`, `json`, `file`, `object`, `union`, `list of` or the name of a schema, as the document does";
                self.report(
                    &at,
                    format!("`{text}` is not a phrase of the document"),
                    help,
                );
            }
            Fact::Text(_) | Fact::List(_) => {}
        }
    }
}

/// Returns the problems to report for corrections that do not match the document.
#[must_use]
pub fn problems(spec: &Spec, stale: &[StaleCorrection]) -> Problems {
    let Some((file, corrections)) = &spec.corrections else {
        return Problems::new();
    };
    let describe = |stale: &StaleCorrection| {
        let correction = corrections.corrections.get(stale.correction)?;
        let place = correction.at.get(stale.at)?;
        let at = at!["corrections", stale.correction, "at", stale.at];
        let (title, help) = match &stale.why {
            StaleReason::Differs(_) if is_call(place) => (
                "the document has the call itself".to_owned(),
                "an import does not need the entry to keep the call: remove the location; to correct a fact of the call, write `operation.fact`, such as `list-tags.status`",
            ),
            StaleReason::Differs(found) if same(found, &correction.ours) => (
                format!("the document already has {}", shown(found)),
                "Front fixed its document: remove the location, and the entry if it has no other one",
            ),
            StaleReason::Differs(found) => {
                let published = shown(&correction.published);
                (
                    format!("the document has {}, not {published}", shown(found)),
                    "check which value is right: remove the entry, or change `published`",
                )
            }
            StaleReason::UnknownName(name) if is_endpoint(spec, name) => (
                format!("the document has no call `{name}`"),
                "to keep an endpoint that the document does not have, write its operation alone, with `published: none` and `ours: kept`",
            ),
            StaleReason::UnknownName(name) => (
                format!("the document has neither a call nor a schema `{name}`"),
                "check the spelling; if Front removed it, remove the location",
            ),
            StaleReason::NotFound(why) => (
                why.clone(),
                "check the location; if Front removed the fact, remove the location",
            ),
            StaleReason::Unsupported(why) => (why.clone(), "change `ours`"),
        };
        let problem = Problem::new(Code::WrongCorrection, format!("`{place}`: {title}"));
        Some(problem.at(spec.value(*file, &at)).help(help))
    };
    stale.iter().filter_map(describe).collect()
}

fn shown(fact: &Fact) -> String {
    match fact {
        Fact::Text(text) => format!("`{text}`"),
        Fact::List(values) => format!("`{}`", values.join("`, `")),
    }
}

/// Returns whether the spec has an endpoint with this operation.
fn is_endpoint(spec: &Spec, operation: &str) -> bool {
    let mut calls = spec.resources.iter().flat_map(|(_, of)| of.endpoints.values());
    calls.any(|call| call.operation == operation)
}

/// Returns whether a location is the bare id of a call.
fn is_call(location: &str) -> bool {
    FactPath::parse(location).is_some_and(|path| path.is_call())
}
