//! What every generated request has beside its setters: ways to be sent, and to be looked at.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::decode::Answer;
use super::dispatch::Running;
use super::error::Error;
use super::meta::Meta;
use super::operation::Operation;
use super::request::Request;

/// A request that was not sent yet, whatever its operation. Sealed: every request of this crate is one.
///
/// ```
/// use front_api::Call;
///
/// fn name_of(call: impl Call) -> &'static str {
///     call.into_parts().operation().name
/// }
/// ```
pub trait Call: sealed::Call + Sized {
    /// What sending it gives.
    type Output;

    /// The request as data.
    fn into_parts(self) -> Parts;
}

pub(crate) mod sealed {
    pub trait Call {}
}

/// A request as data.
#[derive(Clone)]
pub struct Parts(pub(crate) Request);

impl Parts {
    /// What it asks for.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.0.operation
    }

    /// The path and the query string that it goes to, below the base URL: `/tags?limit=5`.
    ///
    /// # Errors
    ///
    /// Of the kind [`Request`](crate::ErrorKind::Request) where an id is empty, `.` or `..`.
    pub fn target(&self) -> Result<String, Error> {
        let request = &self.0;
        request
            .target(request.path_values())
            .map_err(|error| error.at(request.operation))
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A call on its way: the future of a request's `send`. Dropping it gives the call up, which Front may have taken in
/// already.
///
/// One type for every operation, with one body: an `async fn` each would be compiled for each.
#[must_use = "a call is sent while its future is polled"]
pub struct Sending<T> {
    running: Running,
    read: fn(&mut Answer) -> Result<T, Error>,
}

impl<T> Sending<T> {
    pub(crate) fn new(
        running: Running,
        read: fn(&mut Answer) -> Result<T, Error>,
    ) -> Self {
        Self { running, read }
    }
}

impl<T> Future for Sending<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut answer = ready!(self.running.as_mut().poll(context))?;
        Poll::Ready((self.read)(&mut answer))
    }
}

impl<T> Sending<T> {
    /// The same call, giving what is known of it beside its value: status, headers, attempts, the
    /// conversation that it reached.
    ///
    /// ```no_run
    /// # async fn example(front: front_api::Client) -> Result<(), front_api::Error> {
    /// let (identity, meta) = front.me().get().send().with_meta().await?;
    /// println!("{:?} after {} attempts", meta.request_id(), meta.attempts());
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_meta(self) -> SendingWithMeta<T> {
        SendingWithMeta(self)
    }
}

/// A call on its way that gives its [`Meta`], too; see [`Sending::with_meta`].
#[must_use = "a call is sent while its future is polled"]
pub struct SendingWithMeta<T>(Sending<T>);

impl<T> Future for SendingWithMeta<T> {
    type Output = Result<(T, Meta), Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut answer = ready!(self.0.running.as_mut().poll(context))?;
        Poll::Ready((self.0.read)(&mut answer).map(|value| (value, answer.meta)))
    }
}

impl<T> fmt::Debug for SendingWithMeta<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SendingWithMeta").finish_non_exhaustive()
    }
}

impl<T> fmt::Debug for Sending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sending").finish_non_exhaustive()
    }
}

// The two macros below mark what they make with `#[inline]`: it is then compiled where it is used, and not once for
// each of some hundred operations here.

/// What every request has. For `struct $name(Request)`.
macro_rules! request {
    ($name:ident, $output:ty) => {
        impl $name {
            /// Sets options for this request, in place of earlier ones.
            #[inline]
            pub fn with(mut self, options: $crate::rt::RequestOptions) -> Self {
                self.0.options = options;
                self
            }
        }

        impl $crate::rt::call_sealed::Call for $name {}

        impl $crate::rt::Call for $name {
            type Output = $output;

            #[inline]
            fn into_parts(self) -> $crate::rt::Parts {
                $crate::rt::Parts(self.0)
            }
        }
    };
}
pub(crate) use request;

/// A request that answers with a value.
macro_rules! call {
    ($name:ident, $output:ty) => {
        $crate::rt::request!($name, $output);

        impl $name {
            /// Sends the request.
            ///
            /// # Errors
            ///
            /// Where it was refused, did not get through, or was answered in another form: see
            /// [`ErrorKind`](crate::ErrorKind).
            ///
            /// # Panics
            ///
            /// The future panics where it is polled outside of a Tokio runtime.
            #[inline]
            pub fn send(self) -> $crate::rt::Sending<$output> {
                $crate::rt::Sending::new($crate::rt::execute(self.0), $crate::rt::decode)
            }
        }
    };
}
pub(crate) use call;

/// A request that answers with nothing.
macro_rules! unit_call {
    ($name:ident) => {
        $crate::rt::request!($name, ());

        impl $name {
            /// Sends the request.
            ///
            /// # Errors
            ///
            /// Where it was refused or did not get through: see [`ErrorKind`](crate::ErrorKind).
            ///
            /// # Panics
            ///
            /// The future panics where it is polled outside of a Tokio runtime.
            #[inline]
            pub fn send(self) -> $crate::rt::Sending<()> {
                $crate::rt::Sending::new($crate::rt::done(self.0), |_| Ok(()))
            }
        }
    };
}
pub(crate) use unit_call;

/// A request that answers with a page of a list.
macro_rules! list_call {
    ($name:ident, $item:ty) => {
        $crate::rt::call!($name, $crate::rt::Page<$item>);

        impl $name {
            /// Begins at a place in the list: the [`next`](crate::Page::next) of an earlier page.
            #[inline]
            pub fn from(mut self, cursor: &$crate::rt::Cursor) -> Self {
                self.0.start_at(cursor);
                self
            }

            /// The items of this page and of all that follow. Pages are asked for as they are needed,
            /// and as large as Front allows unless the request says otherwise.
            ///
            /// An item that cannot be decoded is an error, after which the stream continues;
            /// [`lenient`](crate::ItemStream::lenient) returns it as raw JSON instead.
            #[must_use = "a stream asks for nothing until it is polled"]
            #[inline]
            pub fn stream(self) -> $crate::rt::ItemStream<$item> {
                $crate::rt::ItemStream::new(self.0)
            }

            /// This page and all that follow.
            #[must_use = "a stream asks for nothing until it is polled"]
            #[inline]
            pub fn pages(self) -> $crate::rt::PageStream<$item> {
                $crate::rt::PageStream::new(self.0)
            }
        }
    };
}
pub(crate) use list_call;

/// A request that answers with a file.
macro_rules! file_call {
    ($name:ident) => {
        $crate::rt::request!($name, $crate::rt::FileDownload);

        impl $name {
            /// Sends the request, and gives the file once its head has arrived.
            ///
            /// # Errors
            ///
            /// Where it was refused or did not get through: see [`ErrorKind`](crate::ErrorKind).
            ///
            /// # Panics
            ///
            /// Where it is polled outside of a Tokio runtime.
            pub async fn send(
                self,
            ) -> Result<$crate::rt::FileDownload, $crate::rt::Error> {
                $crate::rt::open(self.0).await
            }
        }
    };
}
pub(crate) use file_call;
