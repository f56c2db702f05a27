//! When calls may be sent: when time alone allows the next call, and the earliest moment for a waiting call.

use tokio::time::Instant;

use super::{Company, PROBE_TIMEOUT};
use crate::rt::limit::priority::Priority;
use crate::rt::limit::window::MINUTE;

impl Company {
    /// Returns when time alone allows another call. `None` where only a response can.
    pub(in crate::rt::limit) fn next(
        &self,
        priority: Priority,
        now: Instant,
    ) -> Option<Instant> {
        let freed = self.unaccounted.next(now);
        let probe = |at: Instant| {
            let patience = self.last_probe.filter(|_| self.probes > 0);
            let patience = patience.map(|last_probe| last_probe + PROBE_TIMEOUT);
            let freed = freed.into_iter().chain(self.minute_over()).min();
            let freed = freed.filter(|_| self.is_counted_out(now));
            Some(at).max(patience).max(freed)
        };
        let slow = self.last_admitted.map(|last_admitted| last_admitted + PROBE_TIMEOUT);
        let mut moments = [None; 5];
        match (self.gate, &self.window) {
            (Some(gate), _) => moments[0] = probe(gate),
            (None, None) => {
                moments = [probe(now), probe(now).max(slow), None, None, None];
            }
            (None, Some(window)) => {
                moments[0] = probe(window.end(&self.clock));
                let charged = self.charged(now);
                if priority == Priority::Interactive && !self.other_programs.are_there()
                {
                    moments[1] = window.when(charged + 1);
                }
                if self.in_flight == 0 {
                    moments[2] = self.unaccounted.arrived();
                }
                if self.left(window, priority, now) > charged {
                    moments[3] = slow;
                }
                moments[4] = freed;
            }
        }
        moments.into_iter().flatten().filter(|at| *at > now).min()
    }

    /// Returns the earliest known moment at which a call with `ahead` other calls before it can be sent.
    pub(in crate::rt::limit) fn earliest(
        &self,
        priority: Priority,
        ahead: u32,
        now: Instant,
    ) -> Instant {
        let minutes = self.limit().map_or(0, |limit| ahead / limit.max(1));
        let queued = |at: Instant| at.max(now) + MINUTE * minutes;
        if let Some(gate) = self.gate {
            return queued(gate);
        }
        let freed = self.unaccounted.next(now);
        let Some(window) = &self.window else {
            return freed.filter(|_| self.is_counted_out(now)).map_or(now, queued);
        };
        let needed = self.charged(now).saturating_add(ahead).saturating_add(1);
        let left = self.left(window, priority, now);
        if needed <= left || self.needs_probe(left, now) {
            return now;
        }
        let burst = match priority {
            Priority::Background => None,
            Priority::Interactive => window.when(needed),
        };
        // A call that no longer counts makes room for one call. The calls ahead are first.
        let moments = [burst, freed.filter(|_| ahead == 0)];
        let end = queued(window.end(&self.clock));
        moments.into_iter().flatten().map(|at| at.max(now)).fold(end, Instant::min)
    }
}
