//! Requests the pages of a list, whatever the type of its items: which page is next, and which one is in flight.

use std::collections::HashSet;
use std::fmt;
use std::future::Future;
use std::hash::BuildHasher;
use std::panic::resume_unwind;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use serde::de::DeserializeOwned;
use tokio::task::JoinHandle;
use tracing::Instrument;

use super::cursor::Cursor;
use super::decode::{Response, decode};
use super::dispatch::execute;
use super::error::{Error, ErrorKind};
use super::lenient::Undecodable;
use super::meta::Meta;
use super::operation::Operation;
use super::page::Page;
use super::request::Request;
use crate::generated::service::PAGE_SIZE;

type Pending = Pin<Box<dyn Future<Output = Result<Response, Error>> + Send>>;

/// Requests the pages of a list one after the other.
pub(crate) struct Paginator {
    operation: &'static Operation,
    /// The request for the next page. `None` at the end of the list.
    request: Option<Request>,
    pending: Option<Pending>,
    /// The error to return after the page that was read last.
    failure: Option<Error>,
    next: Option<Cursor>,
    /// The metadata of the last response.
    meta: Option<Meta>,
    /// The hashes of all cursors so far: cursors are long, and a list may have many. In a list of a million
    /// pages, two cursors have the same hash with a probability of one in thirty million.
    seen: HashSet<u64>,
    /// `None` where the caller sets the page size, or the operation has no such parameter.
    size: Option<PageSize>,
    ahead: bool,
}

/// The page size of the requests.
struct PageSize {
    requested: u32,
    max: u32,
}

impl Paginator {
    pub(crate) fn new(mut request: Request) -> Self {
        let max = request.operation.max_page.filter(|_| !request.has_query(PAGE_SIZE));
        if let Some(max) = max {
            request.query(PAGE_SIZE, max);
        }
        let next = request.start();
        let mut paginator = Self {
            operation: request.operation,
            request: Some(request),
            pending: None,
            failure: None,
            meta: None,
            seen: HashSet::new(),
            next,
            size: max.map(|max| PageSize { requested: max, max }),
            ahead: false,
        };
        if let Some(start) = paginator.next.clone() {
            paginator.is_new(&start);
        }
        paginator
    }

    pub(crate) fn cursor(&self) -> Option<&Cursor> {
        self.next.as_ref()
    }

    pub(crate) fn meta(&self) -> Option<&Meta> {
        self.meta.as_ref()
    }

    /// Returns the error for an item of the last page.
    pub(crate) fn undecodable(&self, item: Undecodable) -> Error {
        let error = Error::undecodable(item).with_operation(self.operation);
        match &self.meta {
            Some(meta) => error.with_response(meta),
            None => error,
        }
    }

    /// Enables [`prefetch`](Self::prefetch).
    pub(crate) fn read_ahead(&mut self) {
        self.ahead = true;
    }

    /// Sets the page size of the next requests, up to the maximum. Does nothing where the caller sets the page
    /// size.
    pub(crate) fn set_page_size(&mut self, items: usize) {
        let (Some(size), Some(request)) = (&mut self.size, &mut self.request) else {
            return;
        };
        let items = u32::try_from(items).unwrap_or(u32::MAX).clamp(1, size.max);
        if items != size.requested {
            size.requested = items;
            request.query(PAGE_SIZE, items);
        }
    }

    /// Returns the next page, or `None` at the end of the list.
    pub(crate) fn poll_page<T: DeserializeOwned>(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Page<T>, Error>>> {
        let Some(response) = ready!(self.poll_response(context)) else {
            return Poll::Ready(None);
        };
        let page: Result<Page<T>, Error> = response.and_then(|mut response| {
            let page = decode(&mut response);
            self.meta = Some(response.meta);
            page
        });
        match &page {
            Ok(page) => self.advance(page.next.as_ref()),
            Err(_) => self.request = None,
        }
        Poll::Ready(Some(page))
    }

    fn poll_response(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response, Error>>> {
        if let Some(failure) = self.failure.take() {
            return Poll::Ready(Some(Err(failure)));
        }
        let Some(request) = &self.request else { return Poll::Ready(None) };
        let pending = self.pending.get_or_insert_with(|| execute(request.clone()));
        let response = ready!(pending.as_mut().poll(context));
        self.pending = None;
        Poll::Ready(Some(response))
    }

    fn advance(&mut self, next: Option<&Cursor>) {
        self.next = next.cloned();
        let (Some(next), Some(mut request)) = (next, self.request.take()) else {
            return;
        };
        if next.is_malformed() {
            // Without an error, the rest of the list would be missing silently.
            let why = "malformed URL of the next page: it has no cursor, so the rest of the list cannot be read";
            self.failure = Some(
                Error::new(ErrorKind::Pagination, why).with_operation(request.operation),
            );
        } else if self.is_new(next) {
            request.start_at(next);
            self.request = Some(request);
        } else {
            // The page itself was read, and is returned before this error.
            let why = "duplicate cursor: Front returned a cursor that it had already returned for this list";
            self.failure = Some(
                Error::new(ErrorKind::Pagination, why).with_operation(request.operation),
            );
        }
    }

    /// Records a cursor, and returns whether it is new.
    fn is_new(&mut self, cursor: &Cursor) -> bool {
        let hash = self.seen.hasher().hash_one(cursor);
        self.seen.insert(hash)
    }

    /// Requests the next page if reading ahead is enabled. Call it after a page was returned and if the next one
    /// is needed.
    pub(crate) fn prefetch(&mut self) {
        if self.ahead
            && self.pending.is_none()
            && let Some(request) = &self.request
        {
            let operation = request.operation;
            // The spans of the call stay inside the span of the caller.
            let call = execute(request.clone()).in_current_span();
            let prefetch = Prefetch(tokio::spawn(call));
            self.pending = Some(Box::pin(async move {
                prefetch.await.map_err(|error| error.with_operation(operation))
            }));
        }
    }
}

impl fmt::Debug for Paginator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Paginator")
            .field("next", &self.request)
            .field("pages_seen", &self.seen.len())
            .field("reads_ahead", &self.ahead)
            .finish_non_exhaustive()
    }
}

/// A call in a separate task. Dropping it aborts the task.
struct Prefetch(JoinHandle<Result<Response, Error>>);

impl Future for Prefetch {
    type Output = Result<Response, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match ready!(Pin::new(&mut self.0).poll(context)) {
            Ok(response) => response,
            Err(end) => match end.try_into_panic() {
                Ok(panic) => resume_unwind(panic),
                // Only a runtime that shuts down cancels the task.
                Err(_) => Err(Error::new(
                    ErrorKind::Connection,
                    "the Tokio runtime that read the page ahead has shut down",
                )),
            },
        })
    }
}

impl Drop for Prefetch {
    fn drop(&mut self) {
        self.0.abort();
    }
}
