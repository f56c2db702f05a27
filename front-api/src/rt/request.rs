//! A call as data, before it is sent. It is not generic: the type that contains it knows the type of the response.

use std::any::TypeId;
use std::fmt;
use std::sync::Arc;

use super::body::{Field, Fields};
use super::client::Core;
use super::cursor::Cursor;
use super::encode;
use super::error::{Error, ErrorKind};
use super::operation::Operation;
use super::options::RequestOptions;
use super::query::QueryValue;
use crate::generated::service::CURSOR;

/// A call as data.
#[derive(Clone)]
pub(crate) struct Request {
    pub(crate) core: Arc<Core>,
    pub(crate) operation: &'static Operation,
    path: Vec<Box<str>>,
    /// `None` as the value where a list was empty, because an empty list would not be sent at all.
    query: Vec<(&'static str, Option<String>)>,
    /// The operation's own headers.
    pub(crate) headers: Vec<(&'static str, String)>,
    body: Option<Fields>,
    /// Choices by their types, so that setting one again replaces the fields of its earlier case.
    choices: Vec<(TypeId, Fields)>,
    pub(crate) options: RequestOptions,
    /// Set where the operation is not in the spec.
    raw: Option<Box<Raw>>,
}

/// The path of a call that is not in the spec.
#[derive(Clone, Default)]
struct Raw {
    path: Option<String>,
    /// Why the request is invalid.
    invalid: Option<&'static str>,
}

impl Request {
    pub(crate) fn new(
        core: Arc<Core>,
        operation: &'static Operation,
        path: &[&str],
    ) -> Self {
        Self {
            core,
            operation,
            path: path.iter().map(|&value| value.into()).collect(),
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            choices: Vec::new(),
            options: RequestOptions::new(),
            raw: None,
        }
    }

    /// Sets a path other than that of the operation.
    pub(crate) fn raw_path(&mut self, path: String) {
        self.raw.get_or_insert_default().path = Some(path);
    }

    /// Marks the request as invalid, so that sending it is an error.
    pub(crate) fn invalidate(&mut self, why: &'static str) {
        self.raw.get_or_insert_default().invalid.get_or_insert(why);
    }

    /// Returns the path with its placeholders.
    pub(crate) fn template(&self) -> &str {
        let raw = self.raw.as_ref().and_then(|raw| raw.path.as_deref());
        raw.unwrap_or(self.operation.path)
    }

    /// Sets a query parameter. Replaces an earlier value.
    pub(crate) fn query(&mut self, key: &'static str, value: impl Into<QueryValue>) {
        self.unset(key);
        self.query.push((key, Some(value.into().0)));
    }

    /// Sets a query parameter that is repeated for each value. Replaces earlier values. An empty list is an
    /// error when the call is sent: without the parameter, Front would not filter.
    pub(crate) fn query_list<T: Into<QueryValue>>(
        &mut self,
        key: &'static str,
        values: impl IntoIterator<Item = T>,
    ) {
        self.unset(key);
        let mut values = values.into_iter().map(|value| value.into().0).peekable();
        if values.peek().is_none() {
            self.query.push((key, None));
        }
        self.query.extend(values.map(|value| (key, Some(value))));
    }

    /// Sets a header of the operation. Replaces an earlier value.
    #[allow(dead_code, reason = "for operations that take a header")]
    pub(crate) fn header(&mut self, name: &'static str, value: impl Into<QueryValue>) {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.into().0));
    }

    fn unset(&mut self, key: &'static str) {
        self.query.retain(|(known, _)| *known != key);
    }

    /// Sets a field of the body; see [`Fields::set`].
    pub(crate) fn body(&mut self, key: &'static str, value: impl Into<Field>) {
        self.fields().set(key, value);
    }

    /// Sets a field of the body to a list; see [`body`](Self::body).
    pub(crate) fn body_list<T: Into<Field>>(
        &mut self,
        key: &'static str,
        items: impl IntoIterator<Item = T>,
    ) {
        self.fields().set_list(key, items);
    }

    /// Sets a field of the body to a list that must not be empty; see [`Fields::set_non_empty`].
    pub(crate) fn body_non_empty<T: Into<Field>>(
        &mut self,
        key: &'static str,
        items: impl IntoIterator<Item = T>,
    ) {
        self.fields().set_non_empty(key, items);
    }

    /// Sets a field of the body to null.
    pub(crate) fn clear(&mut self, key: &'static str) {
        self.fields().clear(key);
    }

    /// Adds the fields of a choice to the body. Replaces the fields that this choice had before.
    pub(crate) fn merge<T: Into<Fields> + 'static>(&mut self, choice: T) {
        let id = TypeId::of::<T>();
        self.choices.retain(|(known, _)| *known != id);
        self.choices.push((id, choice.into()));
    }

    /// Sets the body.
    #[allow(
        dead_code,
        reason = "for operations that require more than fits into arguments"
    )]
    pub(crate) fn input(&mut self, body: impl Into<Fields>) {
        self.body = Some(body.into());
    }

    fn fields(&mut self) -> &mut Fields {
        self.body.get_or_insert_default()
    }

    /// Starts at a cursor of a list.
    pub(crate) fn start_at(&mut self, cursor: &Cursor) {
        if cursor.is_malformed() {
            self.invalidate(
                "malformed cursor: Front's URL of the next page has no cursor",
            );
        }
        // A cursor in the options would override this one, and every page would be the first one.
        self.options.query.retain(|(known, _)| known != CURSOR);
        self.query(CURSOR, cursor.as_str());
    }

    /// Returns the cursor at which the list starts. `None` at its beginning.
    pub(crate) fn start(&self) -> Option<Cursor> {
        let (_, cursor) = self.pairs().find(|(key, _)| *key == CURSOR)?;
        Some(Cursor::new(cursor))
    }

    /// Returns the pairs of the query. Those of the options replace the request's own.
    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let others = &self.options.query;
        let own = self.own_query().filter_map(|(key, value)| Some((key, value?)));
        own.chain(others.iter().map(|(key, value)| (key.as_str(), value.as_str())))
    }

    /// Returns the request's own pairs, except for those that its options replace.
    fn own_query(&self) -> impl Iterator<Item = (&'static str, Option<&str>)> {
        let others = &self.options.query;
        self.query
            .iter()
            .filter(|(key, _)| !others.iter().any(|(other, _)| other == key))
            .map(|(key, value)| (*key, value.as_deref()))
    }

    /// Returns the first parameter with an empty list.
    fn empty_filter(&self) -> Option<&'static str> {
        self.own_query().find(|(_, value)| value.is_none()).map(|(key, _)| key)
    }

    pub(crate) fn has_query(&self, key: &str) -> bool {
        self.pairs().any(|(known, _)| known == key)
    }

    /// Returns the values of the path's placeholders.
    pub(crate) fn path_values(&self) -> &[Box<str>] {
        &self.path
    }

    /// Returns the path and the query string, or an error if the request is invalid.
    pub(crate) fn target(&self, path: &[Box<str>]) -> Result<String, Error> {
        if let Some(why) = self.raw.as_ref().and_then(|raw| raw.invalid) {
            return Err(Error::new(ErrorKind::Request, why));
        }
        if let Some(key) = self.empty_filter() {
            let why = format!(
                "the filter `{key}` is empty: Front would ignore it; set at least one value, or omit the filter to get everything"
            );
            return Err(Error::new(ErrorKind::Request, why));
        }
        let mut target = encode::path(self.template(), path)
            .map_err(|why| Error::new(ErrorKind::Request, why))?;
        let query = encode::query(self.pairs());
        if !query.is_empty() {
            target.push('?');
            target.push_str(&query);
        }
        Ok(target)
    }

    /// Returns the whole body. `None` where the operation has no body and the caller sets none.
    pub(crate) fn whole_body(&self) -> Option<Fields> {
        if !self.operation.body
            && self.body.is_none()
            && self.choices.is_empty()
            && self.options.body.is_empty()
        {
            return None;
        }
        let mut body = self.body.clone().unwrap_or_default();
        for (_, choice) in &self.choices {
            body.merge(choice.clone());
        }
        for (key, value) in &self.options.body {
            body.merge(Fields::from_json([(key.as_str(), value.clone())]));
        }
        Some(body)
    }
}

/// Shows the operation and the names of parameters and fields. Values may be customer text.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: Vec<&str> = self.query.iter().map(|(key, _)| *key).collect();
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| *name).collect();
        let mut out = f.debug_struct("Request");
        out.field("operation", &format_args!("{}", self.operation))
            .field("query", &query);
        if !headers.is_empty() {
            out.field("headers", &headers);
        }
        if let Some(body) = self.whole_body() {
            out.field("body", &body);
        }
        out.finish_non_exhaustive()
    }
}
