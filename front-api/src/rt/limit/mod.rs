//! The rate limiter: it delays calls so that they stay within Front's limits.
//!
//! [`queue`] contains the waiting calls and the calls in flight, in the order of [`line`]. [`company`] and
//! [`operation_limit`] decide which calls may be sent: the budget that all programs of a company share, and the
//! limits that operations have in addition. The budget is Front's last report ([`window`], [`burst`],
//! [`clock`]), minus the calls in flight and the ended calls that the report does not count
//! ([`unaccounted`]). It allows for what other programs spend ([`other_programs`]). [`core`] is the queue
//! behind its lock, [`permit`] is a call's permit.

mod burst;
mod clock;
mod company;
mod core;
mod line;
mod operation_limit;
mod other_programs;
mod permit;
mod priority;
mod queue;
mod shared;
mod unaccounted;
mod window;

#[cfg(test)]
mod model;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use self::core::Core;
pub(crate) use self::operation_limit::longest_wait;
pub(crate) use self::permit::Permit;
pub use self::priority::Priority;
use self::queue::COMPANY;
pub use self::shared::SharedBudget;
use super::operation::Operation;
use super::rates::RateLimitHeaders;

/// The timeout of a shared budget for a call that must not wait.
const ROUND_TRIP: Duration = Duration::from_secs(1);

/// A rate limiter that delays calls so that they stay within Front's rate limits.
///
/// Front counts all calls of a company together. So use one limiter for each company in a process, for all its
/// clients and tokens: clones share their state. Where Front counts calls separately, as it does for a partner's
/// integration, use a separate limiter.
///
/// - The company's budget is what Front's responses report, so the calls of unknown programs count as well.
///   Only what a response has reported is allowed. Before the first report, and at the start of a new window,
///   one call is sent first and its response reports the rest.
/// - The limits of single operations ([`Operation::rate_limit`]) apply from the start, each only to its own
///   calls: a busy channel does not delay calls to other channels.
/// - Calls are sent in the order of their arrival, [interactive](Priority::Interactive) calls first.
///
/// # Guarantees
///
/// Tests measure these numbers in virtual time and over HTTP, against a server that follows Front's guide,
/// with 64 and with 2,000 waiting tasks. "Throughput" is the number of calls that were sent, as a share of
/// those that the server would have allowed.
///
/// | | 429s | throughput |
/// |---|---|---|
/// | one process alone, every response has the headers | none | 98 % |
/// | no headers in the first response, in the first of each window, or in all of an operation | none | 98 % |
/// | missing or malformed headers in one of five responses | 1 % | 98 % |
/// | one of five responses wrongly reports that nothing is left (`-1`, `0, 0`) | 1 % | 90 % |
/// | a gateway responds to one of ten calls (403, 404, 502) | none | 97 % |
/// | two busy processes that do not know of each other | 2 % | 90 % |
/// | no response ever has the headers, and a limit is set | none | 90 % |
///
/// A process that starts when the budget is spent gets one 429.
///
/// **Without reports.** A response without a valid header reports nothing, whoever sent it. Its call counts
/// against the last report until a later response reports something. Before the first report, one call is in
/// flight at a time. Where a limit is set, a tenth of it may be in flight at once. A minute allows at most the
/// limit that is set, or that of the smallest plan (50).
///
/// **With other programs.** What other programs spend sets the pace of calls. At most a quarter of what is
/// left is in flight at once, or half where the last window has shown that no other program spends. What
/// other programs spend in a second, plus one call, is reserved for them. Of the limits of single operations,
/// half is reserved for them, or less where they spend less than a quarter of the budget. Of the share for
/// searches, at most a quarter of what is left is in flight at once. With more than two busy processes,
/// refusals become more frequent; a [`SharedBudget`] avoids them.
///
/// **Waits.** A refusal stops the company's calls for the requested time, at most a minute, the length of a
/// window. A refusal by an operation's own limit stops the calls of that limit, at most for the length of its
/// window, or a minute. After that, one call is sent before others are. No call waits beyond its deadline.
///
/// ```
/// use front_api::{RateLimiter, Plan};
///
/// let limits = RateLimiter::requests_per_minute(Plan::Professional.requests_per_minute());
/// assert_eq!(limits.requests_a_minute(), Some(100));
/// assert_eq!(limits.waiting(), 0);
/// ```
#[derive(Clone)]
pub struct RateLimiter {
    /// `None` if nothing is limited.
    core: Option<Arc<Core>>,
    shared: Option<Arc<dyn SharedBudget>>,
}

impl RateLimiter {
    /// Creates a limiter that learns the company's budget from Front's responses.
    ///
    /// Until a response reports the budget, one call is in flight at a time, and at most 50 calls are sent in a
    /// minute, which every plan allows.
    #[must_use]
    pub fn new() -> Self {
        Self::requests_per_minute(0)
    }

    /// Creates a limiter for a company with this number of requests per minute.
    ///
    /// The number is used until a response reports the limit. 0 is the same as [`new`](Self::new). Front's burst
    /// allowance is added only where Front reports it.
    #[must_use]
    pub fn requests_per_minute(requests: u32) -> Self {
        let configured = (requests > 0).then_some(requests);
        Self { core: Some(Arc::new(Core::new(configured))), shared: None }
    }

    /// Creates a limiter that is off: no call waits, and Front's reports are not kept.
    #[must_use]
    pub const fn off() -> Self {
        Self { core: None, shared: None }
    }

    /// Adds a budget that several processes share. Clones made earlier do not use it.
    #[must_use]
    pub fn with_shared(self, shared: impl SharedBudget) -> Self {
        Self { shared: Some(Arc::new(shared)), ..self }
    }

    /// Returns the number of calls that wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.core.as_ref().map_or(0, |core| core.with(|queue, _| queue.waiting()))
    }

    /// Returns the number of calls in flight: they have a permit or were sent, and have no response yet.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.core
            .as_ref()
            .map_or(0, |core| core.with(|queue, _| queue.company.in_flight() as usize))
    }

    /// Returns what Front reported last. All fields are `None` before the first report.
    #[must_use]
    pub fn rates(&self) -> RateLimitHeaders {
        let last_report =
            |core: &Arc<Core>| core.with(|queue, _| queue.company.last_report);
        self.core.as_ref().map(last_report).unwrap_or_default()
    }

    /// Returns the requests per minute that were set with [`requests_per_minute`](Self::requests_per_minute).
    #[must_use]
    pub fn requests_a_minute(&self) -> Option<u32> {
        self.core.as_ref()?.with(|queue, _| queue.company.configured())
    }

    /// Waits until a call may be sent.
    ///
    /// # Errors
    ///
    /// [`Refusal`] if the call must not wait, or cannot be sent before its deadline.
    pub(crate) async fn acquire(&self, ask: Ask<'_>) -> Result<Permit, Refusal> {
        let own = match &self.core {
            None => None,
            Some(core) => Some((Arc::clone(core), core.acquire(&ask).await?)),
        };
        // From here on, dropping the permit returns it.
        let mut permit = Permit::new(own);
        if let Some(shared) = &self.shared {
            let begun = Instant::now();
            let until =
                if ask.wait {
                    ask.until
                } else {
                    // The call to the shared budget does not count as waiting, but it needs a timeout as well.
                    Some(ask.until.map_or(begun + ROUND_TRIP, |until| {
                        until.min(begun + ROUND_TRIP)
                    }))
                };
            let longest = match until {
                _ if !ask.wait => Some(Duration::ZERO),
                until => until.map(|until| until.saturating_duration_since(begun)),
            };
            let take = shared.take(longest);
            let taken = match until {
                // A dropped future takes nothing.
                Some(until) => tokio::time::timeout_at(until, take)
                    .await
                    .unwrap_or_else(|_| Err(begun.elapsed())),
                None => take.await,
            };
            match taken {
                Ok(()) => permit.taken(Arc::clone(shared)),
                Err(wait) => return Err(Refusal { wait, limit: COMPANY }),
            }
        }
        Ok(permit)
    }
}

impl Default for RateLimiter {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for RateLimiter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("RateLimiter");
        if let Some(core) = &self.core {
            core.with(|queue, _| {
                debug
                    .field("requests_a_minute", &queue.company.limit())
                    .field("remaining", &queue.company.last_report.remaining)
                    .field("in_flight", &queue.company.in_flight())
                    .field("waiting", &queue.waiting());
            });
        }
        debug.finish_non_exhaustive()
    }
}

/// A request for a permit.
pub(crate) struct Ask<'a> {
    pub(crate) operation: &'static Operation,
    /// The values of the path's placeholders, in their order.
    pub(crate) path: &'a [Box<str>],
    pub(crate) priority: Priority,
    /// The deadline of the call.
    pub(crate) until: Option<Instant>,
    /// Whether the call may wait.
    pub(crate) wait: bool,
}

/// The refusal of a call that cannot be sent in time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Refusal {
    /// The shortest time that it would have to wait.
    pub(crate) wait: Duration,
    /// The name of the limit that it would wait for: a rate limit class, an operation without one, or `company`.
    pub(crate) limit: &'static str,
}
