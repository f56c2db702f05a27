//! The company's budget where Front does not tell it: as it was set, by our own count.

use std::collections::VecDeque;

use tokio::time::Instant;

use super::burst::Burst;
use super::priority::Priority;
use super::window::MINUTE;

/// So many calls in any minute, and the burst allowance on top.
#[derive(Debug)]
pub(super) struct Own {
    limit: u32,
    /// When the calls of the last minute stop to count, in order.
    used: VecDeque<Instant>,
    burst: Burst,
    /// Calls on their way that drew on the burst allowance.
    drawn: u32,
}

impl Own {
    pub(super) fn new(limit: u32, now: Instant) -> Self {
        let burst = Burst::full(limit, now);
        Self { limit, used: VecDeque::new(), burst, drawn: 0 }
    }

    /// Whether a call may go beside those on their way.
    pub(super) fn allows(&self, priority: Priority, flying: u32, now: Instant) -> bool {
        self.fits(flying, now)
            || priority == Priority::Interactive && self.burst.left(now) > 0
    }

    /// A call goes.
    pub(super) fn take(&mut self, flying: u32, now: Instant) {
        if !self.fits(flying, now) {
            self.burst.draw(now);
            self.drawn += 1;
        }
    }

    /// A call has come back.
    pub(super) fn spent(&mut self, now: Instant) {
        while self.used.front().is_some_and(|until| *until <= now) {
            self.used.pop_front();
        }
        match self.drawn {
            0 => self.used.push_back(now + MINUTE),
            drawn => self.drawn = drawn - 1,
        }
    }

    /// A call was not sent.
    pub(super) fn unsent(&mut self, now: Instant) {
        if self.drawn > 0 {
            self.drawn -= 1;
            self.burst.give_back(now);
        }
    }

    /// When time alone will let another call go.
    pub(super) fn next(&self, priority: Priority, now: Instant) -> Option<Instant> {
        let over = self.used.partition_point(|until| *until <= now);
        let slot = self.used.get(over).copied();
        let burst = match priority {
            Priority::Interactive => self.burst.when(1),
            Priority::Background => None,
        };
        slot.into_iter().chain(burst).filter(|at| *at > now).min()
    }

    fn fits(&self, flying: u32, now: Instant) -> bool {
        let over = self.used.partition_point(|until| *until <= now);
        let used = self.used.len() - over + flying.saturating_sub(self.drawn) as usize;
        used < self.limit as usize
    }
}
