//! The pages of a list as a stream.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::cursor::Cursor;
use super::error::Error;
use super::lenient::Lenient;
use super::meta::Meta;
use super::page::Page;
use super::paginator::Paginator;
use super::request::Request;

/// A stream of the pages of a list.
///
/// It ends where Front returns no cursor of a next page; a page with fewer items than requested, or none, is not
/// the end. It also ends after an error; [`cursor`](Self::cursor) returns where to continue. The request for the
/// next page is the same request with another cursor, to the same host.
///
/// The stream does not keep the pages. It keeps eight bytes for each cursor, to detect a cursor that Front has
/// already returned.
///
/// ```no_run
/// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
/// let mut pages = front.tags().list().pages();
/// while let Some(page) = pages.try_next().await? {
///     println!("{} tags, next page: {:?}", page.items.len(), page.next);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "a stream sends no request until it is polled"]
pub struct PageStream<T> {
    paginator: Paginator,
    item: PhantomData<fn() -> T>,
}

impl<T> PageStream<T> {
    pub(crate) fn new(request: Request) -> Self {
        Self { paginator: Paginator::new(request), item: PhantomData }
    }

    /// Returns the cursor of the next page. `None` at the beginning of the list, and after its last page.
    ///
    /// It stays the same after an error: to continue, pass it to the list's `from`. A page that was
    /// [read ahead](Self::read_ahead) but not returned yet is the next page.
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
        self.paginator.cursor()
    }

    /// Returns the metadata of the response with the last page. `None` before the first page.
    #[must_use]
    pub fn meta(&self) -> Option<&Meta> {
        self.paginator.meta()
    }

    /// Requests the next page as soon as a page is returned, while the caller processes that page.
    ///
    /// It reads at most one page ahead. The first page is requested when the stream is polled. An error of the
    /// page ahead is returned when that page would have been returned. Dropping the stream cancels the request.
    /// The page is read in a separate task, spawned on the runtime that polls the stream: task-local values of the
    /// caller are not available there.
    ///
    /// A caller that stops early has requested one page more, which counts against the company's rate limit.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
    /// # async fn store(_: Vec<front_api::tags::Tag>) {}
    /// let mut pages = front.tags().list().pages().read_ahead();
    /// while let Some(page) = pages.try_next().await? {
    ///     // The next page is requested in the meantime.
    ///     store(page.items).await;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn read_ahead(mut self) -> Self {
        self.paginator.read_ahead();
        self
    }

    /// Returns an item that cannot be decoded in its position, as raw JSON. Without it, such an item is in
    /// [`Page::undecodable`].
    ///
    /// It applies to the pages that have not been read yet, and can be called at any point of a list. A response that is not a
    /// page is still an error. Each item is read in two steps, which takes more time.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
    /// let mut pages = front.tags().list().pages().lenient();
    /// while let Some(page) = pages.try_next().await? {
    ///     let tags: Vec<_> = page.items.into_iter().filter_map(|item| item.ok()).collect();
    ///     println!("{} tags", tags.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn lenient(self) -> PageStream<Lenient<T>> {
        PageStream { paginator: self.paginator, item: PhantomData }
    }
}

impl<T: DeserializeOwned> PageStream<T> {
    /// Returns the next page, or `None` at the end of the list.
    ///
    /// It is cancel safe: the next call continues to wait for the same page.
    ///
    /// # Errors
    ///
    /// Returns the errors of sending the request. After a page with a malformed cursor, or with one that Front
    /// has already returned, returns an error of the kind [`Pagination`](crate::ErrorKind::Pagination).
    ///
    /// # Panics
    ///
    /// Panics if it is polled outside of a Tokio runtime.
    pub async fn try_next(&mut self) -> Result<Option<Page<T>>, Error> {
        poll_fn(|context| self.poll_page(context)).await.transpose()
    }

    fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Page<T>, Error>>> {
        let page = ready!(self.paginator.poll_page(context));
        self.paginator.prefetch();
        Poll::Ready(page)
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
        f.debug_struct("PageStream").field("paginator", &self.paginator).finish()
    }
}
