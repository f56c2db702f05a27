//! The selection of calls.

use std::fmt;

use super::detail::{Detail, detail};
use super::{Row, all};
use crate::ir::{Access, Api, Method};
use crate::names;

/// Conditions on a call. All conditions that are set must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Its HTTP method, in any case.
    pub method: Option<String>,
    /// `read` or `write`.
    pub access: Option<String>,
    /// The permission that it needs according to the guide or to Front's document, or `none`.
    pub capability: Option<String>,
    /// The resource that contains it.
    pub resource: Option<String>,
    /// The webhook event that it fires, `any` or `none`.
    pub webhook: Option<String>,
    /// The rate-limit class that it falls under.
    pub rate_limit: Option<String>,
    /// Whether to select only deprecated calls.
    pub deprecated: bool,
    /// A text that its name, operation, path, search words or description contains, in any case.
    pub search: Option<String>,
}

/// An unknown word in a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The kind of word: `resource`.
    pub what: &'static str,
    /// The unknown word.
    pub word: String,
    /// The most similar known word.
    pub nearest: Option<String>,
    /// If no word is similar enough: all known words if they are few, otherwise those that share a part of the word.
    pub known: Vec<String>,
    /// Whether `known` contains all known words.
    pub is_all: bool,
}

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no {} `{}`", self.what, self.word)?;
        match (&self.nearest, self.known.as_slice()) {
            (Some(near), _) => write!(f, ": did you mean `{near}`?"),
            (None, []) => Ok(()),
            (None, known) if self.is_all => {
                write!(f, ": it is one of `{}`", known.join("`, `"))
            }
            (None, known) => write!(f, ": similar ones are `{}`", known.join("`, `")),
        }
    }
}

impl std::error::Error for Unknown {}

impl Unknown {
    /// The maximum number of words that are listed.
    const FEW: usize = 12;

    fn new<'k>(
        what: &'static str,
        word: &str,
        known: impl IntoIterator<Item = &'k str>,
    ) -> Self {
        let known: Vec<&str> = known.into_iter().collect();
        let near = names::nearest(word, known.iter().copied());
        let is_all = known.len() <= Self::FEW;
        // `convs` may mean `conversations`, and `foo:read` another `..:read`.
        let is_similar = |known: &&str| {
            let start = word.char_indices().nth(3).map_or(word, |(end, _)| &word[..end]);
            let mut parts =
                word.split([':', '.', '_', '-']).filter(|part| part.len() > 2);
            known.starts_with(start) || parts.any(|part| known.contains(part))
        };
        let known = known.into_iter().filter(|known| is_all || is_similar(known));
        Self {
            what,
            word: word.to_owned(),
            known: match near {
                Some(_) => Vec::new(),
                None => known.take(Self::FEW).map(str::to_owned).collect(),
            },
            nearest: near.map(str::to_owned),
            is_all,
        }
    }
}

impl Filter {
    /// Checks that the spec contains every word of the filter.
    pub(super) fn check(&self, api: &Api) -> Result<(), Unknown> {
        let methods = Method::WORDS.iter().map(|(word, _)| *word);
        let method = self.method.as_ref().map(|word| word.to_ascii_uppercase());
        one_of("method", method.as_deref(), methods)?;
        one_of(
            "access",
            self.access.as_deref(),
            Access::WORDS.iter().map(|(word, _)| *word),
        )?;
        let permissions = api.permissions.iter().map(|of| of.scope.as_str());
        one_of("capability", self.capability.as_deref(), permissions.chain(["none"]))?;
        let resources = api.resources.iter().map(|of| of.name.plain());
        one_of("resource", self.resource.as_deref(), resources)?;
        let events = api.webhooks.iter().map(|of| of.wire.as_str());
        one_of("webhook", self.webhook.as_deref(), events.chain(["any", "none"]))?;
        let classes = api.rate_limits.iter().map(|of| of.name.plain());
        one_of("rate-limit class", self.rate_limit.as_deref(), classes)
    }

    /// Returns whether a call matches.
    pub(super) fn matches(&self, row: &Row<'_>) -> bool {
        let is = |wanted: &Option<String>, actual: &str| {
            wanted.as_ref().is_none_or(|wanted| wanted == actual)
        };
        let method = self
            .method
            .as_ref()
            .is_none_or(|wanted| wanted.eq_ignore_ascii_case(row.method));
        let capability = match self.capability.as_deref() {
            None => true,
            Some("none") => row.capability.is_none() && row.published_scope.is_none(),
            wanted => row.capability == wanted || row.published_scope == wanted,
        };
        let webhook = match self.webhook.as_deref() {
            None => true,
            Some("any") => row.webhook.is_some(),
            Some("none") => row.webhook.is_none(),
            wanted => row.webhook == wanted,
        };
        method
            && capability
            && webhook
            && is(&self.access, row.access)
            && is(&self.resource, row.resource)
            && is(&self.rate_limit, row.rate_limit.unwrap_or_default())
            && (!self.deprecated || row.deprecated.is_some())
            && self.search.as_ref().is_none_or(|text| contains(row, text))
    }
}

/// Returns whether a call's name, operation, path, search words or description contains the text.
fn contains(row: &Row<'_>, text: &str) -> bool {
    let text = text.to_lowercase();
    let name = row.full_name();
    let texts = [
        name.as_str(),
        row.operation,
        row.path,
        row.about.as_deref().unwrap_or_default(),
    ];
    let words = row.search_words.iter().map(String::as_str);
    texts.into_iter().chain(words).any(|has| has.to_lowercase().contains(&text))
}

fn one_of<'k>(
    what: &'static str,
    word: Option<&str>,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Result<(), Unknown> {
    match word {
        Some(word) if !known.clone().any(|known| known == word) => {
            Err(Unknown::new(what, word, known))
        }
        _ => Ok(()),
    }
}

/// Returns the calls with a name: `tags.list`, or Front's `operationId`, which several variants of a call may share.
///
/// # Errors
///
/// Returns the unknown name, with suggestions, if no call has it.
pub fn find<'a>(api: &'a Api, name: &str) -> Result<Vec<Detail<'a>>, Unknown> {
    let found: Vec<Detail<'a>> = all(api)
        .map(|(resource, endpoint)| {
            (Row::of(api, resource, endpoint), resource, endpoint)
        })
        .filter(|(row, ..)| row.operation == name || row.full_name() == name)
        .map(|(row, resource, endpoint)| detail(api, row, resource, endpoint))
        .collect();
    if found.is_empty() {
        let names: Vec<String> = all(api)
            .flat_map(|(resource, endpoint)| {
                let row = Row::of(api, resource, endpoint);
                [row.full_name(), row.operation.to_owned()]
            })
            .collect();
        return Err(Unknown::new("operation", name, names.iter().map(String::as_str)));
    }
    Ok(found)
}
