//! The items of a list as a stream.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::cursor::Cursor;
use super::error::Error;
use super::lenient::{Lenient, Undecodable};
use super::meta::Meta;
use super::paginator::Paginator;
use super::request::Request;

/// A stream of the items of a list, over all its pages.
///
/// It requests the next page when it has returned all items of a page; see [`PageStream`](crate::PageStream) for
/// when it ends. It implements [`Stream`]. Its own [`try_next`](Self::try_next) needs no other crate. It keeps
/// one page, and eight bytes for the cursor of each page.
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
#[must_use = "a stream sends no request until it is polled"]
pub struct ItemStream<T> {
    paginator: Paginator,
    rest: Rest<T>,
    /// How many items may still be returned. `None` without a limit.
    remaining: Option<usize>,
}

/// The remaining items of the last page.
struct Rest<T> {
    items: vec::IntoIter<T>,
    /// The items that cannot be decoded.
    undecodable: vec::IntoIter<Undecodable>,
    /// The position of the next item among those that Front sent.
    position: usize,
}

impl<T> Rest<T> {
    fn new(items: Vec<T>, undecodable: Vec<Undecodable>) -> Self {
        let (items, undecodable) = (items.into_iter(), undecodable.into_iter());
        Self { items, undecodable, position: 0 }
    }

    fn len(&self) -> usize {
        self.items.len() + self.undecodable.len()
    }
}

/// Yields the items in Front's order.
impl<T> Iterator for Rest<T> {
    type Item = Result<T, Undecodable>;

    fn next(&mut self) -> Option<Self::Item> {
        let other = self.undecodable.as_slice().first();
        let is_other = other.is_some_and(|other| other.index() <= Some(self.position));
        self.position += 1;
        if is_other {
            return self.undecodable.next().map(Err);
        }
        match self.items.next() {
            Some(item) => Some(Ok(item)),
            None => self.undecodable.next().map(Err),
        }
    }
}

impl<T> ItemStream<T> {
    pub(crate) fn new(request: Request) -> Self {
        let rest = Rest::new(Vec::new(), Vec::new());
        Self { paginator: Paginator::new(request), rest, remaining: None }
    }

    /// Returns the cursor of the next page, which follows the items that are [at hand](Self::items_at_hand). See
    /// [`PageStream::cursor`](crate::PageStream::cursor). After the error of a page no items are at hand: the
    /// list's `from` continues with the item that would have been next. After the error of an item, the items
    /// that follow it are at hand.
    ///
    /// If you stop in the middle of a page, with [`max_items`](Self::max_items) or by not polling any more, a
    /// stream that continues from this cursor skips the items at hand. Store both, or continue this stream with
    /// another `max_items`.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
    /// let mut tags = front.tags().list().stream();
    /// loop {
    ///     match tags.try_next().await {
    ///         Ok(Some(tag)) => println!("{}", tag.id),
    ///         Err(error) if error.undecodable_item().is_some() => eprintln!("{error}"),
    ///         Ok(None) | Err(_) => break,
    ///     }
    /// }
    /// if let Some(cursor) = tags.cursor() {
    ///     let rest = front.tags().list().from(cursor).stream();
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

    /// Returns the items that were read but not returned yet, in order: the rest of a page.
    ///
    /// Where [`max_items`](Self::max_items) has ended the stream, these are the items between the last one that was
    /// returned and [`cursor`](Self::cursor).
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
    /// let mut tags = front.tags().list().stream().max_items(10);
    /// while let Some(tag) = tags.try_next().await? {
    ///     println!("{}", tag.id);
    /// }
    /// for tag in tags.items_at_hand() {
    ///     println!("{} is on the same page", tag.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn items_at_hand(&self) -> &[T] {
        self.rest.items.as_slice()
    }

    /// Ends the stream after this many items, counted from this call. It replaces an earlier limit.
    ///
    /// Only the pages that are needed are requested; with 0, none. If the limit is below the maximum page size,
    /// a page of exactly that size is requested, unless the request sets a page size. Front may send more items,
    /// which stay [at hand](Self::items_at_hand), or fewer: then pages of the maximum size are requested. An item
    /// that cannot be decoded counts as an item, although it is an error. Other errors do not count.
    ///
    /// A stream that ended because of the limit continues with a new limit, or with `usize::MAX` to the end of
    /// the list.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
    /// let mut tags = front.tags().list().stream().max_items(10);
    /// while let Some(tag) = tags.try_next().await? {
    ///     println!("one of the first ten: {}", tag.id);
    /// }
    /// let mut rest = tags.max_items(usize::MAX);
    /// while let Some(tag) = rest.try_next().await? {
    ///     println!("one of the others: {}", tag.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn max_items(mut self, items: usize) -> Self {
        self.remaining = Some(items);
        self.paginator.set_page_size(items.saturating_sub(self.rest.len()));
        self
    }

    /// Requests the next page as soon as a page has arrived, while the caller processes its items. See
    /// [`PageStream::read_ahead`](crate::PageStream::read_ahead).
    ///
    /// An error of the page ahead is returned after all items of the pages before it. With
    /// [`max_items`](Self::max_items), a page that is not needed is not requested.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
    /// # async fn store(_: front_api::tags::Tag) {}
    /// let mut tags = front.tags().list().stream().read_ahead();
    /// while let Some(tag) = tags.try_next().await? {
    ///     store(tag).await;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn read_ahead(mut self) -> Self {
        self.paginator.read_ahead();
        self
    }

    /// Returns an item that cannot be decoded as its JSON, instead of an error. See
    /// [`PageStream::lenient`](crate::PageStream::lenient).
    ///
    /// An item that cannot be decoded counts for [`max_items`](Self::max_items).
    ///
    /// ```no_run
    /// use front_api::Lenient;
    ///
    /// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
    /// let mut tags = front.tags().list().stream().lenient();
    /// while let Some(tag) = tags.try_next().await? {
    ///     match tag {
    ///         Lenient::Item(tag) => println!("{}", tag.id),
    ///         Lenient::Undecodable(other) => eprintln!("{other}"),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn lenient(self) -> ItemStream<Lenient<T>> {
        let lenient = |item| match item {
            Ok(item) => Lenient::Item(item),
            Err(other) => Lenient::Undecodable(Undecodable::in_place(other)),
        };
        let rest = Rest::new(self.rest.map(lenient).collect(), Vec::new());
        ItemStream { paginator: self.paginator, rest, remaining: self.remaining }
    }
}

impl<T: DeserializeOwned> ItemStream<T> {
    /// Returns the next item, or `None` at the end of the list.
    ///
    /// It is cancel safe: the next call continues to wait for the same page.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`PageStream::try_next`](crate::PageStream::try_next), and an error for each
    /// item that cannot be decoded. After such an error the stream continues with the next item.
    /// [`Error::undecodable_item`] returns the item as Front sent it.
    ///
    /// # Panics
    ///
    /// Panics if it is polled outside of a Tokio runtime.
    pub async fn try_next(&mut self) -> Result<Option<T>, Error> {
        poll_fn(|context| self.poll_item(context)).await.transpose()
    }

    fn poll_item(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<T, Error>>> {
        while self.remaining != Some(0) {
            if let Some(item) = self.rest.next() {
                self.remaining = self.remaining.map(|remaining| remaining - 1);
                return Poll::Ready(Some(
                    item.map_err(|other| self.paginator.undecodable(other)),
                ));
            }
            match ready!(self.paginator.poll_page(context)) {
                Some(Ok(page)) => self.rest = Rest::new(page.items, page.undecodable),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
            if self.remaining.is_none_or(|remaining| self.rest.len() < remaining) {
                // Front sent fewer items than requested, and may do so again. With a small page size, that
                // could take many requests.
                self.paginator.set_page_size(usize::MAX);
                self.paginator.prefetch();
            }
        }
        Poll::Ready(None)
    }
}

// Items are returned by value and never pinned.
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
            .field("paginator", &self.paginator)
            .field("items_at_hand", &self.rest.len())
            .field("items_remaining", &self.remaining)
            .finish()
    }
}
