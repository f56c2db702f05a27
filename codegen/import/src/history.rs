//! Imports the past revisions of the document: each into an empty spec, and each into the result of the previous one. Both ways
//! must give the same facts.

mod compare;

use indexmap::IndexMap;

use super::merge::required;
use super::report::ChangeKind;
use super::unread::Unread;
use super::{Imported, Refused, Revision, unchecked};
use front_codegen::ir;
use front_codegen::problem::Problems;
use front_codegen::spec::{self, Spec, canonical, model};

/// Files of a spec: texts by path.
type Texts = IndexMap<String, String>;

/// Imports one revision after the other.
#[derive(Debug, Clone)]
pub struct History {
    empty: Texts,
    last: Texts,
}

/// The result of a revision.
#[derive(Debug)]
pub struct Step {
    /// The number of calls in the document.
    pub operations: usize,
    /// The number of types that the calls need.
    pub types: usize,
    /// The numbers of facts that the revision changed, added and removed, including types and calls.
    pub facts: [usize; 3],
    /// The report that a maintainer would have read.
    pub report: String,
    /// The keywords of the document that the spec cannot express.
    pub unread: Vec<Unread>,
    /// The unexpected results.
    pub problems: Vec<String>,
    /// The API of this revision alone. `None` if it does not resolve.
    pub api: Option<ir::Api>,
    /// The spec after this step, and its API. `None` if it does not resolve.
    pub made: Option<(Spec, ir::Api)>,
}

impl History {
    /// Creates a history that begins with a spec without calls. The facts about the API as a whole are those of `spec`.
    #[must_use]
    pub fn new(spec: &Spec) -> Self {
        let empty = Texts::from_iter(empty(spec));
        Self { last: empty.clone(), empty }
    }

    /// Imports the next revision both ways.
    ///
    /// # Errors
    ///
    /// Returns why the document is refused. The history is then unchanged.
    pub fn step(
        &mut self,
        document: &[u8],
        revision: &Revision,
    ) -> Result<Step, Refused> {
        let mut problems = Vec::new();
        let (alone, _) =
            imported(&self.empty, document, revision, "alone", &mut problems)?;
        let (next, report) =
            imported(&self.last, document, revision, "as a step", &mut problems)?;
        let [one, other] =
            [(&alone, "alone"), (&next, "as a step")].map(|(texts, how)| {
                Outcome::of(texts, document, revision, how, &mut problems)
            });
        if let (Some(one), Some(other)) = (&one, &other) {
            problems.extend(
                compare::differences(&one.spec, &other.spec).into_iter().map(
                    |difference| format!("alone and as a step differ: {difference}"),
                ),
            );
        }
        self.last = next;
        let facts = [ChangeKind::Changed, ChangeKind::New, ChangeKind::Gone]
            .map(|kind| report.report.of_kind(kind).count());
        let (operations, types, api) = one.map_or_else(
            || (0, 0, None),
            |one| {
                let resources =
                    || one.spec.resources.iter().map(|(_, resource)| resource);
                (
                    resources().map(|of| of.endpoints.len()).sum(),
                    resources().map(|of| of.types.len()).sum(),
                    one.api,
                )
            },
        );
        let unread = report.report.unread.clone();
        let report = report.report.to_string();
        let made = other.and_then(|other| Some((other.spec, other.api?)));
        Ok(Step { operations, types, facts, report, unread, problems, api, made })
    }
}

/// Returns the files of a spec without calls. The facts about the API as a whole are those of `spec`.
#[must_use]
pub fn empty(spec: &Spec) -> Vec<(String, String)> {
    let mut front = spec.front.1.clone();
    front.published.revision = "none".to_owned();
    front.published.sha256 = "0".repeat(64);
    front.capabilities.clear();
    front.words.clear();
    let webhooks = model::Webhooks {
        schemes: IndexMap::new(),
        about: "No webhooks.".to_owned(),
        payload: None,
        events: IndexMap::new(),
    };
    let (at_front, at_webhooks) = ("spec/front.yaml", "spec/webhooks.yaml");
    vec![
        (at_front.to_owned(), canonical(at_front, &front)),
        (at_webhooks.to_owned(), canonical(at_webhooks, &webhooks)),
    ]
}

/// A spec after an import, and its API.
struct Outcome {
    spec: Spec,
    api: Option<ir::Api>,
}

impl Outcome {
    fn of(
        texts: &Texts,
        document: &[u8],
        revision: &Revision,
        how: &str,
        problems: &mut Vec<String>,
    ) -> Option<Self> {
        let (spec, mut found) = read(texts, how, problems)?;
        let (api, meaning) = crate::resolve(&spec);
        found.extend(meaning);
        note(&found, &format!("imported {how}"), problems);
        match unchecked(&spec, document, revision) {
            Ok(again) if again.report.changes.is_empty() && again.files.is_empty() => {}
            Ok(again) => {
                let changes =
                    again.report.changes.iter().take(5).map(ToString::to_string);
                let changes: Vec<String> = changes.collect();
                problems.push(format!(
                    "imported {how}, a second import changes it again: {}",
                    changes.join("; ")
                ));
            }
            Err(refused) => problems
                .push(format!("imported {how}, a second import is refused: {refused}")),
        }
        Some(Self { spec, api })
    }
}

/// Returns the files after an import, with the arguments that people would list.
fn imported(
    texts: &Texts,
    document: &[u8],
    revision: &Revision,
    how: &str,
    problems: &mut Vec<String>,
) -> Result<(Texts, Imported), Refused> {
    let Some((spec, found)) = read(texts, how, problems) else {
        return Ok((texts.clone(), Imported::default()));
    };
    note(&found, &format!("before it was imported {how}"), problems);
    let imported = unchecked(&spec, document, revision)?;
    let mut after = texts.clone();
    for path in &imported.removed {
        after.shift_remove(path);
    }
    after.extend(imported.files.iter().cloned());
    if let Some((spec, _)) = read(&after, how, problems) {
        after.extend(with_arguments(&spec));
    }
    Ok((after, imported))
}

fn read(
    texts: &Texts,
    how: &str,
    problems: &mut Vec<String>,
) -> Option<(Spec, Problems)> {
    let files = texts.iter().map(|(path, text)| (path.clone(), text.clone())).collect();
    match spec::read_texts(files) {
        Ok(read) => Some(read),
        Err(unread) => {
            note(&unread.problems, &format!("imported {how}"), problems);
            None
        }
    }
}

fn note(found: &Problems, when: &str, problems: &mut Vec<String>) {
    let errors = found.iter().filter(|problem| problem.is_error());
    problems.extend(errors.map(|problem| format!("{when}: {}", problem.title)));
}

/// Returns the resources in which people would have to list an argument after an import.
pub(super) fn with_arguments(spec: &Spec) -> Vec<(String, String)> {
    let all: Vec<model::Resource> =
        spec.resources.iter().map(|(_, resource)| resource.clone()).collect();
    let mut changed = Vec::new();
    for (file, resource) in &spec.resources {
        let mut new = resource.clone();
        for endpoint in new.endpoints.values_mut() {
            for key in required(endpoint, &all) {
                if !endpoint.arguments.contains(&key) {
                    endpoint.arguments.push(key);
                }
            }
        }
        if new != *resource {
            let path = &spec.source(*file).path;
            changed.push((path.clone(), canonical(path, &new)));
        }
    }
    changed
}
