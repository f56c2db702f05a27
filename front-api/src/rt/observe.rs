//! What a program may want to count.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::error::Error;
use super::operation::Operation;

/// Is told what calls do, for metrics.
///
/// It is called where the call runs: it must be quick, and must not block. Nothing it is told holds an id,
/// a token or a text of a customer, but for what Front says in an error's message.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use front_api::{AttemptReport, Observer};
///
/// /// Counts what goes out.
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
    /// A request went out, and was answered or failed.
    fn attempted(&self, attempt: &AttemptReport<'_>) {
        let _ = attempt;
    }

    /// A call waited for a rate limit, and goes out now.
    fn waited(&self, wait: &WaitReport) {
        let _ = wait;
    }

    /// A call ended. Its answer is not decoded yet.
    fn finished(&self, call: &CallReport<'_>) {
        let _ = call;
    }
}

/// Who hands one in may keep it.
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

/// One request of a call.
#[derive(Debug)]
#[non_exhaustive]
pub struct AttemptReport<'a> {
    /// What was called.
    pub operation: &'static Operation,
    /// Which of the requests of the call it was, counted from 1.
    pub number: u32,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// How it failed.
    pub error: Option<&'a Error>,
    /// From its sending to its answer's last byte; for a file, to its head.
    pub took: Duration,
}

/// A wait for a rate limit.
#[derive(Debug)]
#[non_exhaustive]
pub struct WaitReport {
    /// What was called.
    pub operation: &'static Operation,
    /// The name of the [class](crate::rate_limit_classes), or `company`.
    pub limit: &'static str,
    /// How long.
    pub waited: Duration,
}

/// A whole call.
#[derive(Debug)]
#[non_exhaustive]
pub struct CallReport<'a> {
    /// What was called.
    pub operation: &'static Operation,
    /// How many requests went out for it.
    pub attempts: u32,
    /// The HTTP status of the last answer, where there was one.
    pub status: Option<u16>,
    /// How it failed.
    pub error: Option<&'a Error>,
    /// From its beginning, with all its waits.
    pub took: Duration,
    /// For rate limits.
    pub waited: Duration,
}
