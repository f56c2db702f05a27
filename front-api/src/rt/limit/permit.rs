//! The permit of one call, from its admission until its response has arrived.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use super::core::Core;
use super::queue::{End, Grant};
use super::shared::SharedBudget;
use crate::rt::rates::RateSignals;

/// The permission to send one call. The caller reports how the call has ended. Without such a report, dropping
/// the permit returns it if the call was not sent, and counts it as spent if it was.
pub(crate) struct Permit {
    own: Option<(Arc<Core>, Grant)>,
    /// The shared budget that has counted the call.
    shared: Option<Arc<dyn SharedBudget>>,
    waited: Option<(Duration, &'static str)>,
    sent: Option<Instant>,
}

impl Permit {
    pub(super) fn new(own: Option<(Arc<Core>, Grant)>) -> Self {
        let waited = own.as_ref().and_then(|(_, grant)| grant.waited);
        Self { own, shared: None, waited, sent: None }
    }

    /// Records that a shared budget has counted the call as well.
    pub(super) fn taken(&mut self, shared: Arc<dyn SharedBudget>) {
        self.shared = Some(shared);
    }

    /// Returns how long the call waited, and the limit that it waited for last. `None` if it did not wait.
    pub(crate) fn waited(&self) -> Option<(Duration, &'static str)> {
        self.waited
    }

    /// Records that the call is sent: from now on Front may count it.
    pub(crate) fn sent(&mut self, now: Instant) {
        self.sent = Some(now);
    }

    /// Records the response.
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

    /// Records that certainly nothing of the call has reached Front.
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
