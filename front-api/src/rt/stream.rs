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
/// for, or none. Ends after an error. Each next page is the same request with another cursor, to the
/// same host.
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
        let seen = request.start().into_iter().collect();
        Self { request: Some(request), pending: None, seen, item: PhantomData }
    }
}

impl<T: DeserializeOwned> PageStream<T> {
    /// The next page; none at the end.
    ///
    /// # Errors
    ///
    /// As sending the request has, and of the kind [`Pages`](ErrorKind::Pages) where Front gives a
    /// cursor that it gave before.
    pub async fn try_next(&mut self) -> Result<Option<Page<T>>, Error> {
        poll_fn(|context| self.poll_page(context)).await.transpose()
    }

    fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Page<T>, Error>>> {
        let Some(request) = &self.request else { return Poll::Ready(None) };
        let pending = self.pending.get_or_insert_with(|| execute(request.clone()));
        let answer = ready!(pending.as_mut().poll(context));
        self.pending = None;
        let page = answer.and_then(|answer| {
            let page: Page<T> = decode(&answer)?;
            self.go_on(page.next.as_ref())?;
            Ok(page)
        });
        if page.is_err() {
            self.request = None;
        }
        Poll::Ready(Some(page))
    }

    fn go_on(&mut self, next: Option<&Cursor>) -> Result<(), Error> {
        let (Some(next), Some(request)) = (next, &mut self.request) else {
            self.request = None;
            return Ok(());
        };
        if !self.seen.insert(next.clone()) {
            let why =
                "the list goes in circles: Front gave a cursor that it gave before";
            return Err(Error::new(ErrorKind::Pages, why).at(request.operation));
        }
        request.start_at(next);
        Ok(())
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
}

impl<T: DeserializeOwned> ItemStream<T> {
    /// The next item; none at the end.
    ///
    /// # Errors
    ///
    /// As [`PageStream::try_next`] has.
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
