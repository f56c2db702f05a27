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

/// The pages of a list, one after the other.
///
/// Goes on until Front says that there is no next page, past pages that hold fewer items than asked
/// for, or none. Ends after an error; [`cursor`](Self::cursor) says where to go on. Each next page is
/// the same request with another cursor, to the same host.
///
/// It holds no page that it gave, and of each page's cursor eight bytes to notice a list that goes in
/// circles.
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
    walk: Paginator,
    item: PhantomData<fn() -> T>,
}

impl<T> PageStream<T> {
    pub(crate) fn new(request: Request) -> Self {
        Self { walk: Paginator::new(request), item: PhantomData }
    }

    /// Where the next page begins; none at the beginning of the list, and after its last page.
    ///
    /// It stays after an error: a walk goes on where it broke off by giving it to the list's `from`. A
    /// page that was [read ahead](Self::read_ahead) and not given yet is the next page.
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
        self.walk.cursor()
    }

    /// What the last page's answer said beside it; none before the first.
    #[must_use]
    pub fn meta(&self) -> Option<&Meta> {
        self.walk.meta()
    }

    /// Asks for the next page as soon as one is given, so that it is on its way while the caller is
    /// busy with that one.
    ///
    /// Never more than one page ahead; the first page is asked for when it is waited for. An error of
    /// the page ahead comes when its page would have come. Dropping the stream gives the page up.
    /// The page is read in a task of its own, spawned on the runtime that polls the stream: what
    /// belongs to the caller's task, such as task-local values, is not there.
    ///
    /// A caller who stops early has asked for one page more than without this, which counts against
    /// the company's rate limit.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
    /// # async fn store(_: Vec<front_api::tags::Tag>) {}
    /// let mut pages = front.tags().list().pages().read_ahead();
    /// while let Some(page) = pages.try_next().await? {
    ///     // The next page arrives in the meantime.
    ///     store(page.items).await;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn read_ahead(mut self) -> Self {
        self.walk.read_ahead();
        self
    }

    /// Returns an item that cannot be decoded in its position, as raw JSON. Without it, such an item is in
    /// [`Page::undecodable`].
    ///
    /// It applies to the pages that have not been read yet, at any point of a list. A response that is not a
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
        PageStream { walk: self.walk, item: PhantomData }
    }
}

impl<T: DeserializeOwned> PageStream<T> {
    /// The next page; none at the end.
    ///
    /// Dropping the future loses nothing: the next call goes on waiting for the same page.
    ///
    /// # Errors
    ///
    /// As sending the request has, and of the kind [`Pages`](crate::ErrorKind::Pagination) after a page for
    /// which Front gives a cursor that it gave before.
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
        let page = ready!(self.walk.poll_page(context));
        self.walk.look_ahead();
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
        f.debug_struct("PageStream").field("walk", &self.walk).finish()
    }
}
