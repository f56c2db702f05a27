//! What every generated request has in addition to its setters: methods to send it and to inspect it.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::decode::Response;
use super::dispatch::Running;
use super::error::Error;
use super::meta::Meta;
use super::operation::Operation;
use super::request::Request;

/// A request of any operation that has not been sent yet. Every request of this crate implements it; it is
/// sealed.
///
/// ```
/// use front_api::Call;
///
/// fn name_of(call: impl Call) -> &'static str {
///     call.into_parts().operation().name
/// }
/// ```
pub trait Call: sealed::Call + Sized {
    /// The type of the result.
    type Output;

    /// Returns the request as data.
    fn into_parts(self) -> Parts;
}

pub(crate) mod sealed {
    pub trait Call {}
}

/// A request as data.
#[derive(Clone)]
pub struct Parts(pub(crate) Request);

impl Parts {
    /// Returns the operation.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.0.operation
    }

    /// Returns the path and the query string, relative to the base URL: `/tags?limit=5`.
    ///
    /// # Errors
    ///
    /// Returns an error of the kind [`Request`](crate::ErrorKind::Request) if an id is empty, `.` or `..`, if a
    /// filter is an empty list, or if a cursor is malformed.
    pub fn target(&self) -> Result<String, Error> {
        let request = &self.0;
        request
            .target(request.path_values())
            .map_err(|error| error.with_operation(request.operation))
    }
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A call in flight: the future of a request's `send`. Dropping it cancels the call, although Front may already
/// have processed it.
// One type for all operations: an `async fn` for each would be compiled for each.
#[must_use = "a call is sent while its future is polled"]
pub struct Sending<T> {
    running: Running,
    read: fn(&mut Response) -> Result<T, Error>,
}

impl<T> Sending<T> {
    pub(crate) fn new(
        running: Running,
        read: fn(&mut Response) -> Result<T, Error>,
    ) -> Self {
        Self { running, read }
    }
}

impl<T> Future for Sending<T> {
    type Output = Result<T, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut response = ready!(self.running.as_mut().poll(context))?;
        Poll::Ready((self.read)(&mut response))
    }
}

impl<T> Sending<T> {
    /// Returns the metadata of the call with its value: the status, the headers, the attempts, the conversation
    /// that it acted on.
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

/// A call in flight that returns its [`Meta`] with its value; see [`Sending::with_meta`].
#[must_use = "a call is sent while its future is polled"]
pub struct SendingWithMeta<T>(Sending<T>);

impl<T> Future for SendingWithMeta<T> {
    type Output = Result<(T, Meta), Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let mut response = ready!(self.0.running.as_mut().poll(context))?;
        Poll::Ready((self.0.read)(&mut response).map(|value| (value, response.meta)))
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

// The macros below mark their methods with `#[inline]`, so that a method is compiled where it is used, and not
// for each of the hundreds of operations here.

/// Implements what every request has. For `struct $name(Request)`.
macro_rules! request {
    ($name:ident, $output:ty) => {
        impl $name {
            /// Sets the options of this request. Replaces earlier ones.
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

/// Implements a request whose response is a value.
macro_rules! call {
    ($name:ident, $output:ty) => {
        $crate::rt::request!($name, $output);

        impl $name {
            /// Sends the request.
            ///
            /// # Errors
            ///
            /// Returns an error if the request cannot be sent, if Front rejects it, or if the response has an
            /// unexpected form. [`ErrorKind`](crate::ErrorKind) lists the kinds of errors.
            ///
            /// # Panics
            ///
            /// The future panics if it is polled outside of a Tokio runtime.
            #[inline]
            pub fn send(self) -> $crate::rt::Sending<$output> {
                $crate::rt::Sending::new($crate::rt::execute(self.0), $crate::rt::decode)
            }
        }
    };
}
pub(crate) use call;

/// Implements a request whose response is empty.
macro_rules! unit_call {
    ($name:ident) => {
        $crate::rt::request!($name, ());

        impl $name {
            /// Sends the request.
            ///
            /// # Errors
            ///
            /// Returns an error if the request cannot be sent, or if Front rejects it.
            /// [`ErrorKind`](crate::ErrorKind) lists the kinds of errors.
            ///
            /// # Panics
            ///
            /// The future panics if it is polled outside of a Tokio runtime.
            #[inline]
            pub fn send(self) -> $crate::rt::Sending<()> {
                $crate::rt::Sending::new($crate::rt::done(self.0), |_| Ok(()))
            }
        }
    };
}
pub(crate) use unit_call;

/// Implements a request whose response is a page of a list.
macro_rules! list_call {
    ($name:ident, $item:ty) => {
        $crate::rt::call!($name, $crate::rt::Page<$item>);

        impl $name {
            /// Starts at a cursor: the [`next`](crate::Page::next) of an earlier page.
            #[inline]
            pub fn from(mut self, cursor: &$crate::rt::Cursor) -> Self {
                self.0.start_at(cursor);
                self
            }

            /// Returns a stream of the items of this page and of all following pages. Pages are requested when
            /// they are needed, in the maximum size unless the request sets a size.
            ///
            /// An item that cannot be decoded is an error, after which the stream continues;
            /// [`lenient`](crate::ItemStream::lenient) returns it as raw JSON instead.
            #[must_use = "a stream sends no request until it is polled"]
            #[inline]
            pub fn stream(self) -> $crate::rt::ItemStream<$item> {
                $crate::rt::ItemStream::new(self.0)
            }

            /// Returns a stream of this page and of all following pages.
            #[must_use = "a stream sends no request until it is polled"]
            #[inline]
            pub fn pages(self) -> $crate::rt::PageStream<$item> {
                $crate::rt::PageStream::new(self.0)
            }
        }
    };
}
pub(crate) use list_call;

/// Implements a request whose response is a file.
macro_rules! file_call {
    ($name:ident) => {
        $crate::rt::request!($name, $crate::rt::FileDownload);

        impl $name {
            /// Sends the request, and returns the file as soon as the headers of the response have arrived.
            ///
            /// # Errors
            ///
            /// Returns an error if the request cannot be sent, or if Front rejects it.
            /// [`ErrorKind`](crate::ErrorKind) lists the kinds of errors.
            ///
            /// # Panics
            ///
            /// Panics if it is polled outside of a Tokio runtime.
            pub async fn send(
                self,
            ) -> Result<$crate::rt::FileDownload, $crate::rt::Error> {
                $crate::rt::open(self.0).await
            }
        }
    };
}
pub(crate) use file_call;
