//! When a call that failed is sent again.
//!
//! Whether it may be at all is decided here, by what may have happened at Front; when, by a policy.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use super::error::{Error, ErrorKind};
use super::operation::{Operation, Repeat};

/// Decides when a call that failed is sent again.
///
/// It is asked only about failures after which sending again does no harm: a refusal for too many requests,
/// a connection that never came about, and, where the operation's [`repeat`](Operation::repeat) or the
/// request's [options](crate::RequestOptions::repeat) mark it as idempotent, lost responses, server errors
/// (5xx) and responses from [gateways](ErrorKind::Gateway). No policy can send a message twice.
///
/// [`Retries`] is the one that is used unless another is given.
///
/// ```
/// use std::time::Duration;
/// use front_api::{Failure, RetryPolicy};
///
/// /// Tries once more, after a second.
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

/// Who hands one in may keep it.
impl<T: RetryPolicy + ?Sized> RetryPolicy for Arc<T> {
    fn wait(&self, failure: &Failure<'_>) -> Option<Duration> {
        (**self).wait(failure)
    }
}

/// A call that failed and may be sent again.
#[derive(Debug)]
#[non_exhaustive]
pub struct Failure<'a> {
    /// What was called.
    pub operation: &'static Operation,
    /// How it failed.
    pub error: &'a Error,
    /// How often it was sent so far; at least 1. A redirect that was followed does not count.
    pub attempts: u32,
    /// Since the call began.
    pub elapsed: Duration,
    /// From 0 to 1, another one each time: for policies that spread their waits.
    pub random: f64,
}

/// The usual policy: waits that double and are spread at random, and as long as Front asks.
///
/// The wait before the second attempt is somewhere between nothing and the [first](Self::first) wait, the
/// next between nothing and twice that, up to the [longest](Self::longest) ("full jitter", so that programs
/// that failed together do not come back together). Too many requests (429) are tried again after the wait
/// that Front asks for, as often as the call's deadline allows.
///
/// ```
/// use std::time::Duration;
/// use front_api::{Client, Retries};
///
/// # fn example(token: String) -> Result<(), front_api::Error> {
/// let patient = Retries::new().attempts(6).longest(Duration::from_secs(60));
/// let front = Client::builder().api_token(token).retry(patient).build()?;
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
    /// 4 attempts in all, the first wait up to half a second, none above 20 seconds.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            attempts: 4,
            first: Duration::from_millis(500),
            longest: Duration::from_secs(20),
        }
    }

    /// None: every failure is told at once, that of too many requests too.
    #[must_use]
    pub const fn none() -> Self {
        Self { attempts: 1, ..Self::new() }
    }

    /// How often a call is sent at most, the first time included and redirects not. 1 and 0 are
    /// [`none`](Self::none).
    #[must_use]
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The longest wait before the second attempt.
    #[must_use]
    pub const fn first(mut self, wait: Duration) -> Self {
        self.first = wait;
        self
    }

    /// The longest wait before any attempt, unless Front asks for a longer one.
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
            let spread = self.backoff(failure.attempts, failure.random);
            return Some(match failure.error.retry_after() {
                None => spread,
                // The first time its word is enough. Who is refused again and again is not alone, and must
                // not come back together with the others.
                Some(asked) if failure.attempts < self.attempts => asked,
                Some(asked) => asked.saturating_add(spread),
            });
        }
        (failure.attempts < self.attempts)
            .then(|| self.backoff(failure.attempts, failure.random))
    }
}

/// Whether sending again does no harm after this failure.
pub(crate) fn is_harmless(error: &Error, repeat: Repeat) -> bool {
    let safe = repeat == Repeat::Safe;
    match error.kind() {
        // Nothing reached Front.
        ErrorKind::Connect => true,
        // Front did nothing but refuse.
        ErrorKind::Status if error.is_rate_limited() => true,
        // Not 501 and 505, which another try does not change.
        ErrorKind::Status => {
            safe && matches!(error.status(), Some(408 | 500 | 502..=504 | 520..=599))
        }
        // A gateway's response says as little about the call as a missing response.
        ErrorKind::Timeout | ErrorKind::Connection | ErrorKind::Gateway => safe,
        _ => false,
    }
}

/// What keeps a client whose calls all fail from sending several times as many: retries are paid for with
/// calls that went well.
#[derive(Debug)]
pub(crate) struct RetryBudget(AtomicU32);

/// In tenths of a retry.
const FULL: u32 = 200;
const RETRY: u32 = 10;
const SUCCESS: u32 = 2;

impl RetryBudget {
    pub(crate) const fn new() -> Self {
        Self(AtomicU32::new(FULL))
    }

    /// Takes leave for one retry.
    pub(crate) fn take(&self) -> bool {
        let take = |left: u32| left.checked_sub(RETRY);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// A call went well.
    pub(crate) fn earn(&self) {
        let earn = |left: u32| (left < FULL).then(|| FULL.min(left + SUCCESS));
        // An error says that it is full.
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
    fn waits_double_and_are_spread() {
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
    fn too_many_requests_wait_as_asked_and_never_give_up() {
        let policy = Retries::new();
        let asked = status(429, Some(7.5));
        assert_eq!(wait(&policy, &asked, 1, 1.0), Some(7.5));
        assert_eq!(wait(&policy, &asked, 6, 1.0), Some(7.5 + 16.0));
        assert_eq!(wait(&policy, &status(429, None), 2, 1.0), Some(1.0));
        assert_eq!(wait(&Retries::none(), &asked, 1, 1.0), None);
    }

    #[test]
    fn only_what_does_no_harm_is_sent_again() {
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
            assert_eq!(is_harmless(&error, Repeat::Safe), safe, "{error:?}");
            assert_eq!(is_harmless(&error, Repeat::Never), never, "{error:?}");
        }
    }

    #[test]
    fn retries_are_paid_for() {
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
