//! What keeps calls within Front's limits before they are sent.
//!
//! [`queue`] holds who waits and who goes, in the order of [`line`]. What may go is said by [`company`], the budget that all of a
//! company's programs draw on, and by [`guard`], the limits that operations have beside it. The budget is
//! what Front told last ([`window`], [`burst`], [`clock`]), or, where Front tells nothing, our own count
//! ([`own`]). [`core`] is the queue behind its lock, [`pass`] the leave that a call is given.

mod burst;
mod clock;
mod company;
mod core;
mod guard;
mod line;
mod own;
mod pass;
mod priority;
mod queue;
mod shared;
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
pub(crate) use self::pass::Pass;
pub use self::priority::Priority;
use self::queue::COMPANY;
pub use self::shared::SharedBudget;
use super::operation::Operation;
use super::rates::RateLimits;

/// Keeps calls within Front's limits: those that would be refused wait until they would not.
///
/// Front counts the calls of a company, whoever makes them. So there should be one of these for each
/// company in a process, however many clients and tokens it has: clones share what they know. What Front
/// counts apart, as it does for a partner's integration, takes one of its own.
///
/// - The company's budget is what Front's answers tell of it, so that programs which are not known of
///   count as well. Until the first answer one call goes alone.
/// - Limits of single operations ([`Operation::rate_limit`]) hold from the start, each for what it is
///   for: a channel that is busy holds up nobody else.
/// - Calls go in the order in which they came, [interactive](Priority::Interactive) ones first.
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
    /// Limits that learn the company's budget from Front's answers. Where those do not tell it, calls are
    /// not limited but by what their operations are.
    #[must_use]
    pub fn new() -> Self {
        Self::requests_per_minute(0)
    }

    /// Limits of a company that may make so many requests a minute. What Front tells counts more; this is
    /// for before it has told and where it does not. 0 is as [`new`](Self::new).
    ///
    /// Front's burst allowance, half as many again, comes on top: a first minute may see one and a half times as
    /// many calls.
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
            let longest = match ask.until {
                _ if !ask.wait => Some(Duration::ZERO),
                until => {
                    until.map(|until| until.saturating_duration_since(Instant::now()))
                }
            };
            match shared.take(longest).await {
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
