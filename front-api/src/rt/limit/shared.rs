//! A budget that several processes share.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use crate::rt::rates::RateLimitHeaders;

/// A budget that several processes share, such as a counter in a database. It is asked after the
/// process's own limits have let a call go; see [`RateLimiter::with_shared`](super::RateLimiter::with_shared).
///
/// ```
/// use std::pin::Pin;
/// use std::sync::atomic::{AtomicU32, Ordering};
/// use std::time::Duration;
///
/// use front_api::{RateLimiter, SharedBudget};
///
/// /// So many calls, and no more.
/// #[derive(Debug)]
/// struct Ration(AtomicU32);
///
/// impl SharedBudget for Ration {
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
/// let limits = RateLimiter::new().with_shared(Ration(AtomicU32::new(500)));
/// ```
pub trait SharedBudget: fmt::Debug + Send + Sync + 'static {
    /// Takes leave for one call, and may wait for it, `longest` at most; none is as long as it takes.
    /// Where it would take longer, the error is how long, at least.
    ///
    /// The future may be dropped before it is ready. A dropped future takes nothing. It is dropped at the
    /// deadline of the call. A call that must not wait ([`no_wait`](crate::RequestOptions::no_wait)) passes a
    /// `longest` of zero, and its future is dropped after a second. The call then fails with
    /// [`ErrorKind::RateLimited`](crate::ErrorKind::RateLimited).
    fn take(
        &self,
        longest: Option<Duration>,
    ) -> Pin<Box<dyn Future<Output = Result<(), Duration>> + Send + '_>>;

    /// A call for which leave was taken was not sent.
    fn give_back(&self);

    /// An answer of Front's told what is left of the company's budget.
    fn signals(&self, rates: &RateLimitHeaders) {
        let _ = rates;
    }
}

/// Who hands one in may keep it.
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
