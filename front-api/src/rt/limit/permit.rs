//! Leave for one call, from before it is sent until its answer is here.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::core::Core;
use super::queue::{End, Grant};
use super::shared::SharedBudget;
use crate::rt::rates::RateSignals;

/// Leave for one call. What becomes of the call is told to it; where nothing is told, dropping it says
/// enough: a call that was not sent is given back, one that was sent is spent.
pub(crate) struct Permit {
    own: Option<(Arc<Core>, Grant)>,
    /// Where leave was taken from it.
    shared: Option<Arc<dyn SharedBudget>>,
    waited: Option<(Duration, &'static str)>,
    sent: Option<Instant>,
}

impl Permit {
    pub(super) fn new(own: Option<(Arc<Core>, Grant)>) -> Self {
        let waited = own.as_ref().and_then(|(_, grant)| grant.waited);
        Self { own, shared: None, waited, sent: None }
    }

    /// Leave was taken from a shared budget as well.
    pub(super) fn taken(&mut self, shared: Arc<dyn SharedBudget>) {
        self.shared = Some(shared);
    }

    /// How long it was waited for, and the limit that was waited for last; none where it was there at
    /// once.
    pub(crate) fn waited(&self) -> Option<(Duration, &'static str)> {
        self.waited
    }

    /// The call is sent: from here on Front may count it.
    pub(crate) fn sent(&mut self, now: Instant) {
        self.sent = Some(now);
    }

    /// The answer is here.
    pub(crate) fn answered(mut self, signals: &RateSignals) {
        if let Some(shared) = self.shared.take()
            && signals.rates.remaining.is_some()
        {
            shared.signals(&signals.rates);
        }
        if let Some((core, grant)) = self.own.take() {
            core.with(|queue, now| {
                let sent = self.sent.unwrap_or(now);
                queue.end(&grant, End::Answered(sent, signals), now);
            });
        }
    }

    /// Certainly nothing of it has reached Front.
    pub(crate) fn unsent(mut self) {
        self.sent = None;
    }
}

impl Drop for Permit {
    fn drop(&mut self) {
        if let Some(shared) = self.shared.take()
            && self.sent.is_none()
        {
            shared.give_back();
        }
        if let Some((core, grant)) = self.own.take() {
            let end = if self.sent.is_some() { End::Lost } else { End::Unsent };
            core.with(|queue, now| queue.end(&grant, end, now));
        }
    }
}

impl fmt::Debug for Permit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Permit")
            .field("sent", &self.sent.is_some())
            .finish_non_exhaustive()
    }
}
