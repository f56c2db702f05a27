//! Retries.
//!
//! The client decides whether a failed call may be retried, depending on whether Front may have processed it. A
//! policy decides when.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::error::{Error, ErrorKind};
use super::operation::{Operation, Repeat};

/// Decides when a failed call is retried.
///
/// The client uses it only where a retry is safe: after too many requests (429), and after a failure to connect.
/// Calls that the operation's [`repeat`](Operation::repeat) or the request's
/// [options](crate::RequestOptions::repeat) mark as idempotent are also retried after timeouts, lost responses,
/// the statuses 408, 500, 502 to 504 and 520 to 599, and responses from [gateways](ErrorKind::Gateway). So no
/// policy can send a message twice.
///
/// The default is [`Retries`].
///
/// ```
/// use std::time::Duration;
/// use front_api::{Failure, RetryPolicy};
///
/// /// Retries once, after one second.
/// #[derive(Debug)]
/// struct Once;
///
/// impl RetryPolicy for Once {
///     fn wait(&self, failure: &Failure<'_>) -> Option<Duration> {
///         (failure.attempts < 2).then_some(Duration::from_secs(1))
///     }
/// }
/// ```
pub trait RetryPolicy: fmt::Debug + Send + Sync + 'static {
    /// Returns the wait before the next attempt, or `None` to give up. The client always waits as long as
    /// Front requests ([`Error::retry_after`], which has an upper bound). A wait beyond the call's deadline
    /// ends the call at once.
    fn wait(&self, failure: &Failure<'_>) -> Option<Duration>;
}

/// Lets the caller keep a handle to its policy.
impl<T: RetryPolicy + ?Sized> RetryPolicy for Arc<T> {
    fn wait(&self, failure: &Failure<'_>) -> Option<Duration> {
        (**self).wait(failure)
    }
}

/// A failed call that may be retried.
#[derive(Debug)]
#[non_exhaustive]
pub struct Failure<'a> {
    /// The operation of the call.
    pub operation: &'static Operation,
    /// The error of the last attempt.
    pub error: &'a Error,
    /// The number of attempts so far, at least 1. Redirects do not count.
    pub attempts: u32,
    /// The time since the call began.
    pub elapsed: Duration,
    /// A random number from 0 to 1, different each time, for policies with jitter.
    pub random: f64,
}

/// The default retry policy: exponential backoff with full jitter.
///
/// The wait before the second attempt is a random time between zero and the [first](Self::first) wait, the next
/// one between zero and twice that, and so on up to the [longest](Self::longest) wait. The jitter prevents
/// programs that failed at the same time from retrying at the same time. A call that was rejected because of too
/// many requests (429) is retried after the wait that Front requests, as often as the call's deadline allows.
///
/// ```
/// use std::time::Duration;
/// use front_api::{Client, Retries};
///
/// # fn example(token: String) -> Result<(), front_api::Error> {
/// let retries = Retries::new().attempts(6).longest(Duration::from_secs(60));
/// let front = Client::builder().api_token(token).retry(retries).build()?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Retries {
    attempts: u32,
    first: Duration,
    longest: Duration,
}

impl Retries {
    /// Creates the default policy: at most 4 attempts, a first wait of up to 0.5 seconds, and no wait longer than
    /// 20 seconds.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            attempts: 4,
            first: Duration::from_millis(500),
            longest: Duration::from_secs(20),
        }
    }

    /// Creates a policy without retries: a call returns every failure at once, also that of too many requests
    /// (429).
    #[must_use]
    pub const fn none() -> Self {
        Self { attempts: 1, ..Self::new() }
    }

    /// Sets the maximum number of attempts. The first attempt counts, redirects do not. 1 and 0 are the same as
    /// [`none`](Self::none).
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the longest wait before the second attempt.
    #[must_use]
    pub const fn first(mut self, wait: Duration) -> Self {
        self.first = wait;
        self
    }

    /// Sets the longest wait before any attempt. Front may request a longer one.
    #[must_use]
    pub const fn longest(mut self, wait: Duration) -> Self {
        self.longest = wait;
        self
    }

    fn backoff(&self, attempts: u32, random: f64) -> Duration {
        let doubled = 2_u32.saturating_pow(attempts.saturating_sub(1));
        let ceiling = self.first.saturating_mul(doubled).min(self.longest);
        Duration::try_from_secs_f64(ceiling.as_secs_f64() * random).unwrap_or(ceiling)
    }
}

impl Default for Retries {
    fn default() -> Self {
        Self::new()
    }
}

impl RetryPolicy for Retries {
    fn wait(&self, failure: &Failure<'_>) -> Option<Duration> {
        if self.attempts <= 1 {
            return None;
        }
        if failure.error.is_rate_limited() {
            let jitter = self.backoff(failure.attempts, failure.random);
            return Some(match failure.error.retry_after() {
                None => jitter,
                // At first the requested wait is enough. After repeated rejections, other programs probably use
                // the same rate limit, and must not all retry at the same time.
                Some(requested) if failure.attempts < self.attempts => requested,
                Some(requested) => requested.saturating_add(jitter),
            });
        }
        (failure.attempts < self.attempts)
            .then(|| self.backoff(failure.attempts, failure.random))
    }
}

/// Returns whether a retry after this failure is safe.
pub(crate) fn is_retry_safe(error: &Error, repeat: Repeat) -> bool {
    let safe = repeat == Repeat::Safe;
    match error.kind() {
        // Nothing reached Front.
        ErrorKind::Connect => true,
        // Front rejected the call without processing it.
        ErrorKind::Status if error.is_rate_limited() => true,
        // Not 501 and 505: a retry would return the same.
        ErrorKind::Status => {
            safe && matches!(error.status(), Some(408 | 500 | 502..=504 | 520..=599))
        }
        // Like after a lost response, it is unknown whether Front processed the call.
        ErrorKind::Timeout | ErrorKind::Connection | ErrorKind::Gateway => safe,
        _ => false,
    }
}

/// The retry budget of a client: each retry uses a part of it, and each successful call adds to it. It prevents a
/// client whose calls all fail from sending several times as many requests.
#[derive(Debug)]
pub(crate) struct RetryBudget(AtomicU32);

/// The size of the budget, in tenths of a retry.
const FULL: u32 = 200;
const RETRY: u32 = 10;
const SUCCESS: u32 = 2;

impl RetryBudget {
    pub(crate) const fn new() -> Self {
        Self(AtomicU32::new(FULL))
    }

    /// Uses the budget for one retry. Returns `false` if it is exhausted.
    pub(crate) fn take(&self) -> bool {
        let take = |left: u32| left.checked_sub(RETRY);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// Adds to the budget after a successful call.
    pub(crate) fn earn(&self) {
        let earn = |left: u32| (left < FULL).then(|| FULL.min(left + SUCCESS));
        // It fails if the budget is full.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, earn);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rt::error_body::ErrorBody;

    static OPERATION: Operation = Operation::DEFAULT;

    fn status(status: u16, wait: Option<f64>) -> Error {
        Error::status_of(status, wait.map(Duration::from_secs_f64), ErrorBody::default())
    }

    fn wait(policy: &Retries, error: &Error, attempts: u32, random: f64) -> Option<f64> {
        let elapsed = Duration::ZERO;
        let failure =
            Failure { operation: &OPERATION, error, attempts, elapsed, random };
        policy.wait(&failure).map(|wait| wait.as_secs_f64())
    }

    #[test]
    fn the_backoff_doubles_and_has_jitter() {
        let policy = Retries::new();
        let error = status(503, None);
        assert_eq!(wait(&policy, &error, 1, 1.0), Some(0.5));
        assert_eq!(wait(&policy, &error, 2, 0.5), Some(0.5));
        assert_eq!(wait(&policy, &error, 3, 1.0), Some(2.0));
        assert_eq!(wait(&policy, &error, 3, 0.0), Some(0.0));
        assert_eq!(wait(&policy, &error, 4, 1.0), None);
        let many = policy.attempts(u32::MAX);
        assert_eq!(wait(&many, &error, 1_000, 1.0), Some(20.0));
    }

    #[test]
    fn too_many_requests_wait_as_requested_without_a_limit_of_attempts() {
        let policy = Retries::new();
        let rejected = status(429, Some(7.5));
        assert_eq!(wait(&policy, &rejected, 1, 1.0), Some(7.5));
        assert_eq!(wait(&policy, &rejected, 6, 1.0), Some(7.5 + 16.0));
        assert_eq!(wait(&policy, &status(429, None), 2, 1.0), Some(1.0));
        assert_eq!(wait(&Retries::none(), &rejected, 1, 1.0), None);
    }

    #[test]
    fn only_safe_calls_are_retried() {
        let kind = |kind| Error::new(kind, "");
        for (error, safe, never) in [
            (status(429, None), true, true),
            (kind(ErrorKind::Connect), true, true),
            (status(500, None), true, false),
            (status(502, None), true, false),
            (status(503, None), true, false),
            (status(504, None), true, false),
            (status(522, None), true, false),
            (status(408, None), true, false),
            (kind(ErrorKind::Timeout), true, false),
            (kind(ErrorKind::Connection), true, false),
            (kind(ErrorKind::Gateway), true, false),
            (status(501, None), false, false),
            (status(505, None), false, false),
            (status(400, None), false, false),
            (status(404, None), false, false),
            (status(409, None), false, false),
            (kind(ErrorKind::Decode), false, false),
            (kind(ErrorKind::Redirect), false, false),
            (kind(ErrorKind::Request), false, false),
            (kind(ErrorKind::RateLimited), false, false),
        ] {
            assert_eq!(is_retry_safe(&error, Repeat::Safe), safe, "{error:?}");
            assert_eq!(is_retry_safe(&error, Repeat::Never), never, "{error:?}");
        }
    }

    #[test]
    fn retries_use_the_budget() {
        let budget = RetryBudget::new();
        let spent = (0..100).take_while(|_| budget.take()).count();
        assert_eq!(spent, 20);
        for _ in 0..5 {
            assert!(!budget.take());
            budget.earn();
        }
        assert!(budget.take() && !budget.take());
        for _ in 0..1_000 {
            budget.earn();
        }
        assert_eq!((0..100).take_while(|_| budget.take()).count(), 20);
    }
}
