//! What keeps calls within Front's limits before they are sent.
//!
//! [`queue`] holds who waits and who goes, in the order of [`line`]. What may go is said by [`company`], the budget that all of a
//! company's programs draw on, and by [`guard`], the limits that operations have beside it. The budget is
//! what Front told last ([`window`], [`burst`], [`clock`]), less what is on its way or has ended and is not in
//! that ([`unaccounted`]), and with regard to what other programs spend ([`others`]). [`core`] is the queue behind
//! its lock, [`pass`] the leave that a call is given.

mod burst;
mod clock;
mod company;
mod core;
mod guard;
mod line;
mod others;
mod pass;
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
pub(crate) use self::guard::longest_wait;
pub(crate) use self::pass::Pass;
pub use self::priority::Priority;
use self::queue::COMPANY;
pub use self::shared::SharedBudget;
use super::operation::Operation;
use super::rates::RateLimits;

/// How long a shared budget may take to say whether there is something for a call that must not wait.
const ROUND_TRIP: Duration = Duration::from_secs(1);

/// Keeps calls within Front's limits: those that would be refused wait until they would not.
///
/// Front counts the calls of a company, whoever makes them. So there should be one of these for each
/// company in a process, however many clients and tokens it has: clones share what they know. What Front
/// counts apart, as it does for a partner's integration, takes one of its own.
///
/// - The company's budget is what Front's responses report of it, so that programs which are not known of
///   count as well. What no response has reported is not allowed: before the first report, and where a new window
///   has begun, one call goes ahead and its response reports the rest.
/// - Limits of single operations ([`Operation::rate_limit`]) hold from the start, each for what it is
///   for: a channel that is busy holds up nobody else.
/// - Calls go in the order in which they came, [interactive](Priority::Interactive) ones first.
///
/// # What is promised
///
/// Tests measure these numbers in virtual time and over HTTP, against a server that keeps to Front's guide, with 64
/// and with 2,000 tasks that wait. "Of what is allowed" is the share of the calls that the server would have let
/// through, as long as there is something to send.
///
/// | | 429s | of what is allowed |
/// |---|---|---|
/// | one process alone, every response has the headers | none | 98 % |
/// | none in the first response, in the first of each window, or in all of one operation | none | 98 % |
/// | none, or malformed ones, in one response of five | 1 % | 98 % |
/// | one response of five says that nothing is left, which is wrong (`-1`, `0, 0`) | 1 % | 90 % |
/// | a gateway responds to one call of ten (403, 404, 502) | none | 97 % |
/// | two busy processes that do not know of each other | 2 % | 90 % |
/// | nothing is ever reported, and a limit is set | none | 90 % |
///
/// A process that starts when all is spent learns that from one 429.
///
/// **Without reports.** A response without a readable header teaches nothing, whoever sent it. Its call counts
/// against what was reported last until a later response reports something. Where nothing was ever reported, calls
/// go one at a time, or a tenth of the limit at once where one was set, and no more in a minute than was set, or
/// than the smallest plan allows (50).
///
/// **Beside others.** Calls are paced by what others are seen to spend. At most a quarter of what is left is in
/// flight at once, and half where the last window has shown that nobody else spends. What others spend in a second,
/// and one call, is left to them. Of limits of single operations, half is left to them, or less where they spend
/// less than a quarter of the budget; of the share for searches, a quarter of what is left is in flight at once.
/// With more than two busy processes, refusals become more frequent; a
/// [`SharedBudget`] avoids them.
///
/// **Waits.** A refusal stops the company's calls for as long as it asks, but never longer than a minute, which is
/// what a window lasts. One of an operation's own limit stops calls of that limit for as long as its window lasts at
/// most, or a minute. Then one call asks before others go. No call waits beyond its deadline.
///
/// ```
/// use front_api::{Limits, Plan};
///
/// let limits = Limits::requests_per_minute(Plan::Professional.requests_per_minute());
/// assert_eq!(limits.requests_a_minute(), Some(100));
/// assert_eq!(limits.waiting(), 0);
/// ```
#[derive(Clone)]
pub struct Limits {
    /// None where nothing is limited.
    core: Option<Arc<Core>>,
    shared: Option<Arc<dyn SharedBudget>>,
}

impl Limits {
    /// Limits that learn the company's budget from Front's responses. As long as those do not report it, calls go
    /// one at a time, and at most 50 in a minute, which every plan allows.
    #[must_use]
    pub fn new() -> Self {
        Self::requests_per_minute(0)
    }

    /// Limits of a company that may make so many requests a minute. What Front reports counts more; this is used
    /// where it does not. 0 is as [`new`](Self::new).
    ///
    /// Front's burst allowance comes on top only where Front reports it.
    #[must_use]
    pub fn requests_per_minute(requests: u32) -> Self {
        let configured = (requests > 0).then_some(requests);
        Self { core: Some(Arc::new(Core::new(configured))), shared: None }
    }

    /// No limits: no call waits, and what Front tells is not kept.
    #[must_use]
    pub const fn off() -> Self {
        Self { core: None, shared: None }
    }

    /// These limits, and then a budget that several processes share. Earlier clones do not ask it.
    #[must_use]
    pub fn with_shared(self, shared: impl SharedBudget) -> Self {
        Self { shared: Some(Arc::new(shared)), ..self }
    }

    /// How many calls wait now.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.core.as_ref().map_or(0, |core| core.with(|queue, _| queue.waiting()))
    }

    /// Returns the number of calls that are in flight: they may be sent or were, and have no response yet.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.core
            .as_ref()
            .map_or(0, |core| core.with(|queue, _| queue.company.flying() as usize))
    }

    /// What Front told last; nothing until it did.
    #[must_use]
    pub fn rates(&self) -> RateLimits {
        let said = |core: &Arc<Core>| core.with(|queue, _| queue.company.said);
        self.core.as_ref().map(said).unwrap_or_default()
    }

    /// The requests a minute that were set; none where none were.
    #[must_use]
    pub fn requests_a_minute(&self) -> Option<u32> {
        self.core.as_ref()?.with(|queue, _| queue.company.configured())
    }

    /// Takes leave for a call: now, or in its turn.
    pub(crate) async fn acquire(&self, ask: Ask<'_>) -> Result<Pass, Held> {
        let own = match &self.core {
            None => None,
            Some(core) => Some((Arc::clone(core), core.acquire(&ask).await?)),
        };
        // From here on, dropping it gives back what was taken.
        let mut pass = Pass::new(own);
        if let Some(shared) = &self.shared {
            let begun = Instant::now();
            let until =
                if ask.wait {
                    ask.until
                } else {
                    // To ask is no wait, but must end as well.
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
                // Dropped, it takes nothing.
                Some(until) => tokio::time::timeout_at(until, take)
                    .await
                    .unwrap_or_else(|_| Err(begun.elapsed())),
                None => take.await,
            };
            match taken {
                Ok(()) => pass.taken(Arc::clone(shared)),
                Err(wait) => return Err(Held { wait, limit: COMPANY }),
            }
        }
        Ok(pass)
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut debug = f.debug_struct("Limits");
        if let Some(core) = &self.core {
            core.with(|queue, _| {
                debug
                    .field("requests_a_minute", &queue.company.limit())
                    .field("remaining", &queue.company.said.remaining)
                    .field("on_their_way", &queue.company.flying())
                    .field("waiting", &queue.waiting());
            });
        }
        debug.finish_non_exhaustive()
    }
}

/// What is to be sent.
pub(crate) struct Ask<'a> {
    pub(crate) operation: &'static Operation,
    /// The values of the path's placeholders, in their order.
    pub(crate) path: &'a [Box<str>],
    pub(crate) priority: Priority,
    /// When the call would be given up.
    pub(crate) until: Option<Instant>,
    /// Whether to wait at all.
    pub(crate) wait: bool,
}

/// A call that cannot go in time.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct Held {
    /// How long it would have to wait, at least.
    pub(crate) wait: Duration,
    /// The name of the limit that it would wait for: of a class, or `company`.
    pub(crate) limit: &'static str,
}
