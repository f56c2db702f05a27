//! Mends what a document says by `spec/corrections.yaml`.
//!
//! A correction names what the document says and what holds instead. Where the document says something else by now, the
//! import stops: Front has mended it, and the entry goes, or Front has changed it, and someone has to look.

mod calls;

use std::collections::HashMap;

use super::phrase;
use super::place::{KEPT, NONE, Place};
use super::published::{Api, Kind, Shape};
use super::unread::Unread;
use front_codegen::problem::{Code, FileId, Problem, Problems};
use front_codegen::source::{Step, at};
use front_codegen::spec::Spec;
use front_codegen::spec::model::{Correction, Fact};

/// A correction that does not bite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unbitten {
    /// Which correction, from 0.
    pub correction: usize,
    /// Which of its places, from 0.
    pub at: usize,
    /// Why not.
    pub why: Why,
}

/// Why a correction does not bite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// The document says this instead.
    Says(Fact),
    /// The document has no such place: how far it leads.
    NoPlace(String),
    /// What is to hold cannot be said there: the reason.
    CannotHold(String),
}

/// Applies corrections to what was published, and tells which of them do not bite. Of `unread` those go that are known.
#[must_use]
pub fn correct(
    api: &mut Api,
    unread: &mut Vec<Unread>,
    corrections: &[Correction],
) -> Vec<Unbitten> {
    let mut unbitten = Vec::new();
    for (number, correction) in corrections.iter().enumerate() {
        for (at, place) in correction.at.iter().enumerate() {
            let applied = if is_pointer(place) {
                known(unread, place, correction)
            } else {
                apply(api, place, correction)
            };
            if let Err(why) = applied {
                unbitten.push(Unbitten { correction: number, at, why });
            }
        }
    }
    unbitten.extend(calls::unwritable(api, corrections));
    unbitten
}

/// The word for what the spec has no word for, and what somebody has looked at.
const IGNORED: &str = "ignored";

/// Whether a place is that of a keyword that is not read, as a report names it.
fn is_pointer(place: &str) -> bool {
    place.starts_with("#/")
}

/// Takes out what is not read at a place, where it says what somebody has seen.
fn known(
    unread: &mut Vec<Unread>,
    place: &str,
    correction: &Correction,
) -> Result<(), Why> {
    let Some(found) = unread.iter().position(|one| one.at == place) else {
        let why = "there is nothing here, or nothing that goes unread";
        return Err(Why::NoPlace(why.to_owned()));
    };
    if !same(&unread[found].value, &correction.published) {
        return Err(Why::Says(unread[found].value.clone()));
    }
    unread.remove(found);
    Ok(())
}

fn apply(api: &mut Api, place: &str, correction: &Correction) -> Result<(), Why> {
    let place = Place::parse(place)
        .ok_or_else(|| Why::NoPlace("this is no place of a document".to_owned()))?;
    let unknown = unknown(api, &correction.ours);
    let spot = place.locate(api).map_err(Why::NoPlace)?;
    let said = spot.said();
    if !same(&said, &correction.published) {
        return Err(Why::Says(said));
    }
    match unknown.filter(|_| spot.is_phrase()) {
        Some(name) => Err(Why::CannotHold(format!("the document has no `{name}`"))),
        None => spot.say(&correction.ours).map_err(Why::CannotHold),
    }
}

/// The name in a phrase that the document does not have.
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

/// Whether two facts say the same: values are a set.
fn same(one: &Fact, other: &Fact) -> bool {
    match (one, other) {
        (Fact::List(one), Fact::List(other)) => {
            one.len() == other.len() && one.iter().all(|value| other.contains(value))
        }
        _ => one == other,
    }
}

/// What is wrong with the corrections of a spec, whatever the document says: places and values that cannot be read, and two
/// corrections of one place.
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
            check.report(&with(&entry, &at!["at"]), "a correction without a place", "");
        }
        for (item, text) in correction.at.iter().enumerate() {
            let at = with(&entry, &at!["at", item]);
            if let Some(first) = seen.insert(text, at.clone()) {
                check.twice(text, &at, &first);
            }
            match Place::parse(text) {
                _ if is_pointer(text) => check.ignored(&correction.ours, &entry),
                Some(place) => {
                    check.kept(&place, text, &at);
                    check.fact(&place, &correction.published, &entry, "published", NONE);
                    check.fact(&place, &correction.ours, &entry, "ours", KEPT);
                }
                None => {
                    let help =
                        "a place is such as `list-tags.status` or `TagResponse.name`";
                    check.report(&at, "this is no place of a document", help);
                }
            }
        }
        if same(&correction.published, &correction.ours) {
            let title = "a correction that corrects nothing";
            let help = "`ours` says what holds instead of `published`";
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
        // Several places of one entry share what is said of them.
        if !self.problems.iter().any(|known| *known == problem) {
            self.problems.push(problem);
        }
    }

    fn twice(&mut self, text: &str, at: &[Step], first: &[Step]) {
        let title = format!("`{text}` is corrected twice");
        let problem = Problem::new(Code::CorrectedTwice, title)
            .at(self.spec.value(self.file, at))
            .also(self.spec.value(self.file, first), "first here")
            .help("a place has one correction");
        self.problems.push(problem);
    }

    /// Looks for the endpoint that is kept: of any other call nothing can be.
    fn kept(&mut self, place: &Place, operation: &str, at: &[Step]) {
        let mut calls =
            self.spec.resources.iter().flat_map(|(_, of)| of.endpoints.values());
        if place.is_call() && !calls.any(|of| of.operation == operation) {
            let title =
                format!("`{operation}` is kept, and no endpoint has that operation");
            let help = "write the endpoint that is kept, or remove the place";
            self.report(at, title, help);
        }
    }

    /// Of what is not read nothing can be said.
    fn ignored(&mut self, ours: &Fact, entry: &[Step]) {
        if *ours != Fact::Text(IGNORED.to_owned()) {
            let title = format!("of a keyword that is not read `ours` is `{IGNORED}`");
            let help = "say in the spec what it means for callers, and here that it was looked at";
            self.report(&with(entry, &at!["ours"]), title, help);
        }
    }

    /// Looks at what is said of a place. `of_call` is all that can be said of a call as a whole.
    fn fact(
        &mut self,
        place: &Place,
        fact: &Fact,
        entry: &[Step],
        key: &str,
        of_call: &str,
    ) {
        let at = with(entry, &[key.into()]);
        match fact {
            Fact::Text(text) if place.is_call() && text != of_call => {
                let title = format!("of a call as a whole `{key}` is `{of_call}`");
                let help =
                    "a call that Front dropped is kept: `published: none`, `ours: kept`";
                self.report(&at, title, help);
            }
            Fact::List(_) if !place.is_list() => {
                let title = format!("`{place}` holds one value, not a list");
                self.report(&at, title, "");
            }
            Fact::Text(text)
                if !(place.is_call()
                    || place.is_free()
                    || text == NONE
                    || phrase::parse(text).is_some()) =>
            {
                let help = "the document's words are `string`, `integer`, `number`, `boolean`, `json`, `file`, `object`, `union`, `list of` and names of its schemas";
                self.report(&at, format!("`{text}` is no phrase of a document"), help);
            }
            Fact::Text(_) | Fact::List(_) => {}
        }
    }
}

/// What to tell of corrections that do not bite.
#[must_use]
pub fn problems(spec: &Spec, unbitten: &[Unbitten]) -> Problems {
    let Some((file, corrections)) = &spec.corrections else {
        return Problems::new();
    };
    let tell = |unbitten: &Unbitten| {
        let correction = corrections.corrections.get(unbitten.correction)?;
        let place = correction.at.get(unbitten.at)?;
        let at = at!["corrections", unbitten.correction, "at", unbitten.at];
        let (title, help) = match &unbitten.why {
            Why::Says(said) if same(said, &correction.ours) => (
                format!("the document says {} by itself", shown(said)),
                "Front has mended it: remove the place, or the entry with its last one",
            ),
            Why::Says(said) => {
                let published = shown(&correction.published);
                (
                    format!("the document says {}, not {published}", shown(said)),
                    "Front has changed it: remove the entry, or adapt `published`",
                )
            }
            Why::NoPlace(why) => {
                (why.clone(), "Front has changed it: remove the place, or adapt it")
            }
            Why::CannotHold(why) => (why.clone(), "adapt `ours`"),
        };
        let problem = Problem::new(Code::WrongCorrection, format!("`{place}`: {title}"));
        Some(problem.at(spec.value(*file, &at)).help(help))
    };
    unbitten.iter().filter_map(tell).collect()
}

fn shown(fact: &Fact) -> String {
    match fact {
        Fact::Text(text) => format!("`{text}`"),
        Fact::List(values) => format!("`{}`", values.join("`, `")),
    }
}
