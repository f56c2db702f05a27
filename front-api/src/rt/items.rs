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

/// The items of a list, page after page.
///
/// Asks for a page when the one before is used up; see [`PageStream`](crate::PageStream) for when it
/// ends. It is a [`Stream`], and has [`try_next`](Self::try_next) of its own, so that no other crate is
/// needed. It holds one page, and of each page's cursor eight bytes.
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
    walk: Paginator,
    rest: Rest<T>,
    /// How many items may still be given; none without a limit.
    left: Option<usize>,
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
        Self { walk: Paginator::new(request), rest, left: None }
    }

    /// Where the next page begins, behind the items that are [at hand](Self::items_at_hand); see
    /// [`PageStream::cursor`](crate::PageStream::cursor). After the error of a page no items are at hand: the
    /// list's `from` continues with the item that would have been next. After the error of an item, the items
    /// that follow it are at hand.
    ///
    /// Where a walk stops in the middle of a page, by [`max_items`](Self::max_items) or because nobody
    /// asks on, a walk from here passes over the items at hand. Store both, or let the walk go on with
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
        self.walk.cursor()
    }

    /// What the last page's answer said beside it; none before the first.
    #[must_use]
    pub fn meta(&self) -> Option<&Meta> {
        self.walk.meta()
    }

    /// The items that were read and not given yet, in their order: the rest of a page.
    ///
    /// After a walk that [`max_items`](Self::max_items) ended, these are the items between the last
    /// one that was given and [`cursor`](Self::cursor).
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
    /// let mut tags = front.tags().list().stream().max_items(10);
    /// while let Some(tag) = tags.try_next().await? {
    ///     println!("{}", tag.id);
    /// }
    /// for tag in tags.items_at_hand() {
    ///     println!("{} is the same page's", tag.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn items_at_hand(&self) -> &[T] {
        self.rest.items.as_slice()
    }

    /// Ends after this many items, counted from here, in place of an earlier limit.
    ///
    /// Asks for no page that is not needed for them: with 0 for none at all. Where they are fewer than
    /// the largest page holds, a page of just as many is asked for, unless the request says how large
    /// pages are to be. Front may send more, which stays [at hand](Self::items_at_hand), or less: then
    /// large pages are requested. An item that cannot be decoded counts as an item, although it is an error.
    /// Other errors do not count.
    ///
    /// A walk that ended by this goes on with a new limit, or with `usize::MAX` to its end.
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
        self.left = Some(items);
        self.walk.ask_for(items.saturating_sub(self.rest.len()));
        self
    }

    /// Asks for the next page as soon as one is there, so that it is on its way while the caller is
    /// busy with that one's items. See [`PageStream::read_ahead`](crate::PageStream::read_ahead).
    ///
    /// An error of the page ahead comes after all items of the pages before. With
    /// [`max_items`](Self::max_items), a page that is not needed is not asked for.
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
        self.walk.read_ahead();
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
        ItemStream { walk: self.walk, rest, left: self.left }
    }
}

impl<T: DeserializeOwned> ItemStream<T> {
    /// The next item; none at the end.
    ///
    /// Dropping the future loses nothing: the next call goes on waiting for the same page.
    ///
    /// # Errors
    ///
    /// Returns the errors of [`PageStream::try_next`](crate::PageStream::try_next), and an error for each
    /// item that cannot be decoded. After such an error the stream continues with the next item.
    /// [`Error::undecodable_item`] returns the item as Front sent it.
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
        while self.left != Some(0) {
            if let Some(item) = self.rest.next() {
                self.left = self.left.map(|left| left - 1);
                return Poll::Ready(Some(
                    item.map_err(|other| self.walk.undecodable(other)),
                ));
            }
            match ready!(self.walk.poll_page(context)) {
                Some(Ok(page)) => self.rest = Rest::new(page.items, page.undecodable),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
            if self.left.is_none_or(|left| self.rest.len() < left) {
                // Front gave less than it was asked for, and may do so again: few small pages would
                // become many.
                self.walk.ask_for(usize::MAX);
                self.walk.look_ahead();
            }
        }
        Poll::Ready(None)
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
            .field("walk", &self.walk)
            .field("items_at_hand", &self.rest.len())
            .field("items_left", &self.left)
            .finish()
    }
}
