//! Walking a list, page after page.

use std::collections::HashSet;
use std::fmt;
use std::future::{Future, poll_fn};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::cursor::Cursor;
use super::decode::{Answer, decode};
use super::dispatch::execute;
use super::error::{Error, ErrorKind};
use super::page::Page;
use super::request::Request;
use crate::generated::service::PAGE_SIZE;

type Pending = Pin<Box<dyn Future<Output = Result<Answer, Error>> + Send>>;

/// The pages of a list, one after the other.
///
/// Goes on until Front says that there is no next page, past pages that hold fewer items than asked
/// for, or none. Ends after an error; [`cursor`](Self::cursor) says where to go on. Each next page is
/// the same request with another cursor, to the same host.
///
/// ```no_run
/// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
/// let mut pages = front.tags().list().pages();
/// while let Some(page) = pages.try_next().await? {
///     println!("{} tags, going on at {:?}", page.items.len(), page.next);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream asks for nothing until it is polled"]
pub struct PageStream<T> {
    /// The request for the page that comes next; none at the end.
    request: Option<Request>,
    pending: Option<Pending>,
    /// What is told after the page that was read last.
    failure: Option<Error>,
    next: Option<Cursor>,
    seen: HashSet<Cursor>,
    item: PhantomData<fn() -> T>,
}

impl<T> PageStream<T> {
    pub(crate) fn new(mut request: Request) -> Self {
        if let Some(max) = request.operation.max_page
            && !request.has_query(PAGE_SIZE)
        {
            request.query(PAGE_SIZE, max);
        }
        let next = request.start();
        Self {
            request: Some(request),
            pending: None,
            failure: None,
            seen: next.iter().cloned().collect(),
            next,
            item: PhantomData,
        }
    }

    /// Where the next page begins; none at the beginning of the list, and after its last page.
    ///
    /// It stays after an error: a walk goes on where it broke off by giving it to the list's `from`.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
    /// let mut pages = front.tags().list().pages();
    /// while let Ok(Some(page)) = pages.try_next().await {
    ///     println!("{} tags", page.items.len());
    /// }
    /// if let Some(cursor) = pages.cursor() {
    ///     let rest = front.tags().list().from(cursor).pages();
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn cursor(&self) -> Option<&Cursor> {
        self.next.as_ref()
    }
}

impl<T: DeserializeOwned> PageStream<T> {
    /// The next page; none at the end.
    ///
    /// # Errors
    ///
    /// As sending the request has, and of the kind [`Pages`](ErrorKind::Pages) after a page for which
    /// Front gives a cursor that it gave before.
    ///
    /// # Panics
    ///
    /// Where it is polled outside of a Tokio runtime.
    pub async fn try_next(&mut self) -> Result<Option<Page<T>>, Error> {
        poll_fn(|context| self.poll_page(context)).await.transpose()
    }

    fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Page<T>, Error>>> {
        if let Some(failure) = self.failure.take() {
            return Poll::Ready(Some(Err(failure)));
        }
        let Some(request) = &self.request else { return Poll::Ready(None) };
        let pending = self.pending.get_or_insert_with(|| execute(request.clone()));
        let answer = ready!(pending.as_mut().poll(context));
        self.pending = None;
        let page: Result<Page<T>, Error> = answer.and_then(|answer| decode(&answer));
        match &page {
            Ok(page) => self.go_on(page.next.as_ref()),
            Err(_) => self.request = None,
        }
        Poll::Ready(Some(page))
    }

    fn go_on(&mut self, next: Option<&Cursor>) {
        self.next = next.cloned();
        let (Some(next), Some(mut request)) = (next, self.request.take()) else {
            return;
        };
        if self.seen.insert(next.clone()) {
            request.start_at(next);
            self.request = Some(request);
        } else {
            // The page itself was read: it is given before this.
            let why =
                "the list goes in circles: Front gave a cursor that it gave before";
            self.failure = Some(Error::new(ErrorKind::Pages, why).at(request.operation));
        }
    }
}

impl<T: DeserializeOwned> Stream for PageStream<T> {
    type Item = Result<Page<T>, Error>;

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

impl<T> fmt::Debug for PageStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PageStream")
            .field("next", &self.request)
            .field("pages_seen", &self.seen.len())
            .finish_non_exhaustive()
    }
}

/// The items of a list, page after page.
///
/// Asks for a page when the one before is used up; see [`PageStream`] for when it ends. It is a
/// [`Stream`], and has [`try_next`](Self::try_next) of its own, so that no other crate is needed.
///
/// ```no_run
/// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
/// let mut tags = front.tags().list().stream();
/// while let Some(tag) = tags.try_next().await? {
///     println!("{}", tag.id);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream asks for nothing until it is polled"]
pub struct ItemStream<T> {
    pages: PageStream<T>,
    items: vec::IntoIter<T>,
}

impl<T> ItemStream<T> {
    pub(crate) fn new(request: Request) -> Self {
        Self { pages: PageStream::new(request), items: Vec::new().into_iter() }
    }

    /// Where the next page begins, behind the items that are at hand; see [`PageStream::cursor`]. After
    /// an error none are at hand: the list's `from` goes on with the item that would have come.
    #[must_use]
    pub fn cursor(&self) -> Option<&Cursor> {
        self.pages.cursor()
    }
}

impl<T: DeserializeOwned> ItemStream<T> {
    /// The next item; none at the end.
    ///
    /// # Errors
    ///
    /// As [`PageStream::try_next`] has.
    ///
    /// # Panics
    ///
    /// Where it is polled outside of a Tokio runtime.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|context| self.poll_item(context)).await.transpose()
    }

    fn poll_item(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<T, Error>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => self.items = page.items.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

// Items are handed out by value and never pinned.
impl<T> Unpin for ItemStream<T> {}

impl<T: DeserializeOwned> Stream for ItemStream<T> {
    type Item = Result<T, Error>;

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<T> fmt::Debug for ItemStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ItemStream")
            .field("pages", &self.pages)
            .field("items_at_hand", &self.items.len())
            .finish()
    }
}
