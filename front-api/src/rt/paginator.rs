//! How a list is walked, whatever its items are: which page comes next, and what is on its way.

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
use super::decode::{Answer, decode};
use super::dispatch::execute;
use super::error::{Error, ErrorKind};
use super::lenient::Undecodable;
use super::meta::Meta;
use super::operation::Operation;
use super::page::Page;
use super::request::Request;
use crate::generated::service::PAGE_SIZE;

type Pending = Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send>>;

/// A walk through a list, page after page.
pub(crate) struct Paginator {
    operation: &'static Operation,
    /// The request for the page that comes next; none at the end.
    request: Option<Request>,
    pending: Option<Pending>,
    /// What is told after the page that was read last.
    failure: Option<Error>,
    next: Option<Cursor>,
    /// Of the answer that came last.
    meta: Option<Meta>,
    /// Every cursor so far, as a hash: cursors are long, and a walk may see a great many. Of a million
    /// of them, two are taken for the same in one of thirty million walks.
    seen: HashSet<u64>,
    /// None where the caller chose the size, or the list knows none.
    size: Option<Size>,
    ahead: bool,
}

/// How large pages are asked for.
struct Size {
    asked: u32,
    largest: u32,
}

impl Paginator {
    pub(crate) fn new(mut request: Request) -> Self {
        let largest =
            request.operation.max_page.filter(|_| !request.has_query(PAGE_SIZE));
        if let Some(largest) = largest {
            request.query(PAGE_SIZE, largest);
        }
        let next = request.start();
        let mut walk = Self {
            operation: request.operation,
            request: Some(request),
            pending: None,
            failure: None,
            meta: None,
            seen: HashSet::new(),
            next,
            size: largest.map(|largest| Size { asked: largest, largest }),
            ahead: false,
        };
        if let Some(start) = walk.next.clone() {
            walk.is_new(&start);
        }
        walk
    }

    pub(crate) fn cursor(&self) -> Option<&Cursor> {
        self.next.as_ref()
    }

    pub(crate) fn meta(&self) -> Option<&Meta> {
        self.meta.as_ref()
    }

    /// Returns the error for an item of the last page.
    pub(crate) fn undecodable(&self, item: Undecodable) -> Error {
        let error = Error::undecodable(item).at(self.operation);
        match &self.meta {
            Some(meta) => error.answered(meta),
            None => error,
        }
    }

    /// From here on, [`look_ahead`](Self::look_ahead) asks.
    pub(crate) fn read_ahead(&mut self) {
        self.ahead = true;
    }

    /// Asks for pages of this many items from here on, as far as pages are that large and the caller
    /// did not choose a size.
    pub(crate) fn ask_for(&mut self, items: usize) {
        let (Some(size), Some(request)) = (&mut self.size, &mut self.request) else {
            return;
        };
        let items = u32::try_from(items).unwrap_or(u32::MAX).clamp(1, size.largest);
        if items != size.asked {
            size.asked = items;
            request.query(PAGE_SIZE, items);
        }
    }

    /// The next page; none at the end.
    pub(crate) fn poll_page<T: DeserializeOwned>(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Page<T>, Error>>> {
        let Some(answer) = ready!(self.poll_answer(context)) else {
            return Poll::Ready(None);
        };
        let page: Result<Page<T>, Error> = answer.and_then(|mut answer| {
            let page = decode(&mut answer);
            self.meta = Some(answer.meta);
            page
        });
        match &page {
            Ok(page) => self.go_on(page.next.as_ref()),
            Err(_) => self.request = None,
        }
        Poll::Ready(Some(page))
    }

    fn poll_answer(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Answer, Error>>> {
        if let Some(failure) = self.failure.take() {
            return Poll::Ready(Some(Err(failure)));
        }
        let Some(request) = &self.request else { return Poll::Ready(None) };
        let pending = self.pending.get_or_insert_with(|| execute(request.clone()));
        let answer = ready!(pending.as_mut().poll(context));
        self.pending = None;
        Poll::Ready(Some(answer))
    }

    fn go_on(&mut self, next: Option<&Cursor>) {
        self.next = next.cloned();
        let (Some(next), Some(mut request)) = (next, self.request.take()) else {
            return;
        };
        if next.is_malformed() {
            // Ending here would silently lose the rest of the list.
            let why = "Front's address of the next page holds no cursor: the list cannot be continued";
            self.failure =
                Some(Error::new(ErrorKind::Pagination, why).at(request.operation));
        } else if self.is_new(next) {
            request.start_at(next);
            self.request = Some(request);
        } else {
            // The page itself was read: it is given before this.
            let why =
                "the list goes in circles: Front gave a cursor that it gave before";
            self.failure =
                Some(Error::new(ErrorKind::Pagination, why).at(request.operation));
        }
    }

    /// Whether a cursor was not seen before; from now on it was.
    fn is_new(&mut self, cursor: &Cursor) -> bool {
        let hash = self.seen.hasher().hash_one(cursor);
        self.seen.insert(hash)
    }

    /// Asks for the page that comes next, where reading ahead is wanted. To be called when a page was
    /// given, by whoever knows that the next one is needed.
    pub(crate) fn look_ahead(&mut self) {
        if self.ahead
            && self.pending.is_none()
            && let Some(request) = &self.request
        {
            let operation = request.operation;
            // The call's spans stay below those of whoever walks.
            let call = execute(request.clone()).in_current_span();
            let ahead = Ahead(tokio::spawn(call));
            self.pending = Some(Box::pin(async move {
                ahead.await.map_err(|error| error.at(operation))
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

/// A call in a task of its own, which runs while nobody waits for it. Dropping this ends it.
struct Ahead(JoinHandle<Result<Answer, Error>>);

impl Future for Ahead {
    type Output = Result<Answer, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match ready!(Pin::new(&mut self.0).poll(context)) {
            Ok(answer) => answer,
            Err(end) => match end.try_into_panic() {
                Ok(panic) => resume_unwind(panic),
                // Nobody else ends the task.
                Err(_) => Err(Error::new(
                    ErrorKind::Connection,
                    "the runtime on which the page was read ahead has shut down",
                )),
            },
        })
    }
}

impl Drop for Ahead {
    fn drop(&mut self) {
        self.0.abort();
    }
}
