//! A budget that several processes share.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use crate::rt::rates::RateLimitHeaders;

/// A budget that several processes share, such as a counter in a database.
///
/// It is used after the limits of this process have admitted a call; see
/// [`RateLimiter::with_shared`](super::RateLimiter::with_shared).
///
/// ```
/// use std::pin::Pin;
/// use std::sync::atomic::{AtomicU32, Ordering};
/// use std::time::Duration;
///
/// use front_api::{RateLimiter, SharedBudget};
///
/// /// A fixed number of calls.
/// #[derive(Debug)]
/// struct FixedBudget(AtomicU32);
///
/// impl SharedBudget for FixedBudget {
///     fn take(
///         &self,
///         _longest: Option<Duration>,
///     ) -> Pin<Box<dyn Future<Output = Result<(), Duration>> + Send + '_>> {
///         let one_less = |left: u32| left.checked_sub(1);
///         let taken = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less);
///         let taken = taken.map(|_| ()).map_err(|_| Duration::from_secs(3600));
///         Box::pin(async move { taken })
///     }
///
///     fn give_back(&self) {
///         self.0.fetch_add(1, Ordering::Relaxed);
///     }
/// }
///
/// let limits = RateLimiter::new().with_shared(FixedBudget(AtomicU32::new(500)));
/// ```
pub trait SharedBudget: fmt::Debug + Send + Sync + 'static {
    /// Takes one call from the budget. May wait for it, at most `longest`; `None` is no limit.
    ///
    /// If the wait would be longer, returns an error with the shortest time to wait.
    ///
    /// The future may be dropped before it is ready. A dropped future takes nothing. It is dropped at the
    /// deadline of the call. A call that must not wait ([`no_wait`](crate::RequestOptions::no_wait)) passes a
    /// `longest` of zero, and its future is dropped after a second. The call then fails with
    /// [`ErrorKind::RateLimited`](crate::ErrorKind::RateLimited).
    fn take(
        &self,
        longest: Option<Duration>,
    ) -> Pin<Box<dyn Future<Output = Result<(), Duration>> + Send + '_>>;

    /// Returns one call to the budget: a call that was taken from it was not sent.
    fn give_back(&self);

    /// Notifies the budget that a response reported what is left of the company's budget. The default does
    /// nothing.
    fn signals(&self, rates: &RateLimitHeaders) {
        let _ = rates;
    }
}

/// Lets the caller keep a handle.
impl<T: SharedBudget + ?Sized> SharedBudget for Arc<T> {
    fn take(
        &self,
        longest: Option<Duration>,
    ) -> Pin<Box<dyn Future<Output = Result<(), Duration>> + Send + '_>> {
        (**self).take(longest)
    }

    fn give_back(&self) {
        (**self).give_back();
    }

    fn signals(&self, rates: &RateLimitHeaders) {
        (**self).signals(rates);
    }
}
