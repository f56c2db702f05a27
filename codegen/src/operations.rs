//! What is known of every call, for people and programs that look one up: rows, filters, and their text as JSON and as
//! Markdown. What a terminal shows of it is its own business.

mod detail;
mod filter;
mod markdown;
mod page;

use serde::Serialize;

use crate::emit::docs::facts;
use crate::ir::{Api, Endpoint, PermissionId, Resource};

pub use detail::{Constant, Detail, Input, Limits, Status};
pub use filter::{Filter, Unknown, find};
pub use markdown::{details as details_as_markdown, rows as rows_as_markdown};
pub use page::docs;

/// A call in short, with the keys of its JSON; null is what there is none of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row<'a> {
    /// Front's `operationId`.
    pub operation: &'a str,
    /// The resource that has it.
    pub resource: &'a str,
    /// Its name there.
    pub name: &'a str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, with `{placeholders}`.
    pub path: &'a str,
    /// `read` or `write`.
    pub access: &'static str,
    /// What it acts on.
    pub acts_on: &'a str,
    /// The permission that it needs by the guide.
    pub capability: Option<&'a str>,
    /// The permission that Front's document names where that is another.
    pub published_scope: Option<&'a str>,
    /// The limit that it falls under.
    pub rate_limit: Option<&'a str>,
    /// The event that it fires.
    pub webhook: Option<&'a str>,
    /// The day it appeared, or `base`.
    pub since: &'a str,
    /// Why it should not be used, with what to call instead.
    pub deprecated: Option<String>,
    /// What to call instead, as `resource.name`.
    pub replaced_by: Option<String>,
    /// Other words by which people look for it.
    pub search_words: &'a [String],
    /// The address of Front's page on it.
    pub docs: &'a str,
    /// What it does, a line between paragraphs.
    pub about: Option<String>,
}

impl<'a> Row<'a> {
    fn of(api: &'a Api, resource: &'a Resource, endpoint: &'a Endpoint) -> Self {
        let permission = |id: Option<PermissionId>| id.map(|id| api[id].scope.as_str());
        Self {
            operation: &endpoint.operation,
            resource: resource.name.plain(),
            name: endpoint.name.plain(),
            method: endpoint.method.as_str(),
            path: &endpoint.path,
            access: endpoint.access.as_str(),
            acts_on: &endpoint.acts_on,
            capability: permission(endpoint.capability),
            published_scope: permission(endpoint.published_scope),
            rate_limit: endpoint.rate_limit.map(|id| api[id].name.plain()),
            webhook: endpoint.webhook.map(|id| api[id].wire.as_str()),
            since: &endpoint.since,
            deprecated: endpoint
                .deprecated
                .as_ref()
                .map(|of| facts::deprecation(api, of)),
            replaced_by: endpoint
                .deprecated
                .as_ref()
                .and_then(|of| of.replaced_by)
                .map(|id| api.endpoint_name(id)),
            search_words: &endpoint.search_words,
            docs: &endpoint.docs,
            about: (!endpoint.about.is_empty()).then(|| endpoint.about.join("\n\n")),
        }
    }

    /// Its name in the whole spec: `tags.list`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}.{}", self.resource, self.name)
    }
}

/// Every call, by resource and then as written.
fn all(api: &Api) -> impl Iterator<Item = (&Resource, &Endpoint)> {
    api.resources
        .iter()
        .flat_map(|of| of.endpoints.iter().map(move |endpoint| (of, endpoint)))
}

/// The calls that a filter lets through.
///
/// # Errors
///
/// A value of the filter that nothing in the spec has.
pub fn rows<'a>(api: &'a Api, filter: &Filter) -> Result<Vec<Row<'a>>, Unknown> {
    filter.check(api)?;
    Ok(all(api)
        .map(|(resource, endpoint)| Row::of(api, resource, endpoint))
        .filter(|row| filter.takes(row))
        .collect())
}

/// Rows, or details, as JSON: an array, an object each.
///
/// # Panics
///
/// Never: texts, numbers, lists and maps can always be printed.
#[must_use]
pub fn as_json<T: Serialize>(all: &[T]) -> String {
    let mut text = serde_json::to_string_pretty(all)
        .expect("texts, numbers, lists and maps can always be printed");
    text.push('\n');
    text
}
