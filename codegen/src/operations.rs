//! The facts about every call, for people and programs that look up a call: rows, filters, and their output as JSON and as
//! Markdown. `xtask` formats the output for terminals.

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

/// A summary of a call, with the keys of its JSON. A missing fact is null.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row<'a> {
    /// Front's `operationId`.
    pub operation: &'a str,
    /// The resource that contains it.
    pub resource: &'a str,
    /// Its name in the resource.
    pub name: &'a str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path, with `{placeholders}`.
    pub path: &'a str,
    /// `read` or `write`.
    pub access: &'static str,
    /// The noun for what it acts on.
    pub acts_on: &'a str,
    /// The permission that Front's guide names.
    pub capability: Option<&'a str>,
    /// The permission that Front's document names, if it differs from the guide.
    pub published_scope: Option<&'a str>,
    /// The rate-limit class that it falls under.
    pub rate_limit: Option<&'a str>,
    /// The webhook event that it fires.
    pub webhook: Option<&'a str>,
    /// The day on which it appeared, or `base`.
    pub since: &'a str,
    /// Why it is deprecated, and which call to use instead.
    pub deprecated: Option<String>,
    /// The call to use instead, as `resource.name`.
    pub replaced_by: Option<String>,
    /// Other words by which people look for it.
    pub search_words: &'a [String],
    /// The URL of Front's page about it.
    pub docs: &'a str,
    /// Its description, with an empty line between paragraphs.
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

    /// Returns its full name: `tags.list`.
    #[must_use]
    pub fn full_name(&self) -> String {
        format!("{}.{}", self.resource, self.name)
    }
}

/// Returns all calls, by resource and then in the order of the spec.
fn all(api: &Api) -> impl Iterator<Item = (&Resource, &Endpoint)> {
    api.resources
        .iter()
        .flat_map(|of| of.endpoints.iter().map(move |endpoint| (of, endpoint)))
}

/// Returns the calls that match a filter.
///
/// # Errors
///
/// Returns the value of the filter that the spec does not contain.
pub fn rows<'a>(api: &'a Api, filter: &Filter) -> Result<Vec<Row<'a>>, Unknown> {
    filter.check(api)?;
    Ok(all(api)
        .map(|(resource, endpoint)| Row::of(api, resource, endpoint))
        .filter(|row| filter.matches(row))
        .collect())
}

/// Formats rows or details as JSON: an array with one object each.
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
