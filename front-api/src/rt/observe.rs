//! Reports about calls, for metrics.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::error::Error;
use super::operation::Operation;

/// Receives reports about calls, for metrics.
///
/// It is called in the task of the call, so it must be fast and must not block. A report contains no id, no token
/// and no customer text, except for Front's message in an error.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use front_api::{AttemptReport, Observer};
///
/// /// Counts the attempts.
/// #[derive(Debug, Default)]
/// struct Count(AtomicU64);
///
/// impl Observer for Count {
///     fn attempted(&self, _: &AttemptReport<'_>) {
///         self.0.fetch_add(1, Ordering::Relaxed);
///     }
/// }
/// ```
pub trait Observer: fmt::Debug + Send + Sync + 'static {
    /// Called after each attempt, with its response or its error.
    fn attempted(&self, attempt: &AttemptReport<'_>) {
        let _ = attempt;
    }

    /// Called after a wait for a rate limit, before the request is sent.
    fn waited(&self, wait: &WaitReport) {
        let _ = wait;
    }

    /// Called at the end of a call, before its response is decoded.
    fn finished(&self, call: &CallReport<'_>) {
        let _ = call;
    }
}

/// Lets the caller keep a handle to its observer.
impl<T: Observer + ?Sized> Observer for Arc<T> {
    fn attempted(&self, attempt: &AttemptReport<'_>) {
        (**self).attempted(attempt);
    }

    fn waited(&self, wait: &WaitReport) {
        (**self).waited(wait);
    }

    fn finished(&self, call: &CallReport<'_>) {
        (**self).finished(call);
    }
}

/// An attempt of a call.
#[derive(Debug)]
#[non_exhaustive]
pub struct AttemptReport<'a> {
    /// The operation of the call.
    pub operation: &'static Operation,
    /// The number of the attempt in its call, counted from 1.
    pub number: u32,
    /// The HTTP status. `None` without a response.
    pub status: Option<u16>,
    /// The error. `None` if the attempt succeeded.
    pub error: Option<&'a Error>,
    /// The time from sending the request to the last byte of the response; for a file, to its headers.
    pub took: Duration,
}

/// A wait for a rate limit.
#[derive(Debug)]
#[non_exhaustive]
pub struct WaitReport {
    /// The operation of the call.
    pub operation: &'static Operation,
    /// The name of the rate limit: a [class](crate::rate_limit_classes), or `company`.
    pub limit: &'static str,
    /// The length of the wait.
    pub waited: Duration,
}

/// A whole call, with its retries.
#[derive(Debug)]
#[non_exhaustive]
pub struct CallReport<'a> {
    /// The operation of the call.
    pub operation: &'static Operation,
    /// The number of attempts.
    pub attempts: u32,
    /// The HTTP status of the last response. `None` without a response.
    pub status: Option<u16>,
    /// The error. `None` if the call succeeded.
    pub error: Option<&'a Error>,
    /// The time since the call began, with all waits.
    pub took: Duration,
    /// How long the call waited for rate limits.
    pub waited: Duration,
}
