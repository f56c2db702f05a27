//! The limits of operations, which apply in addition to the company's budget.

use std::cmp::Reverse;
use std::collections::hash_map::{Entry, RandomState};
use std::collections::{BTreeSet, BinaryHeap, HashMap, VecDeque};
use std::hash::BuildHasher;
use std::time::Duration;

use tokio::time::Instant;

use super::company::PROBE_TIMEOUT;
use super::line::Ticket;
use super::window::MINUTE;
use crate::rt::operation::{Limit, Operation, RateLimitClass};

/// Clocks may drift against each other by one part in this many.
const DRIFT: u32 = 1000;
/// A map with a smaller capacity is not shrunk.
const FEW: usize = 64;

/// What a limit applies to: a class (or an operation without one), and the value that the limit counts by.
/// Only a hash of the value is kept: it needs no allocation, and no id stays in memory.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub(super) struct Key {
    name: &'static str,
    each: u64,
}

/// The limits of all keys that were used recently.
#[derive(Debug, Default)]
pub(super) struct OperationLimits {
    map: HashMap<Key, OperationLimit>,
    /// When slots become free and blocks end. There is one event for each used slot.
    events: BinaryHeap<Reverse<(Instant, Key)>>,
    /// The number of limits of operations without a class. Usually 0.
    blocks: usize,
    hasher: RandomState,
}

/// The values from which the limits of operations are computed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Allowance {
    /// The company's requests per minute.
    pub(super) limit: u32,
    /// This process's share of a limit that several programs use. 1 where no other program uses it.
    pub(super) share: f64,
    /// Whether the last window has shown that no other program uses the limit.
    pub(super) alone: bool,
}

/// The limit of one key.
///
/// A slot becomes free a whole period after the *response* to the call that used it. So Front never counts more
/// calls in a period than there are slots, whenever its windows begin and however long calls take.
#[derive(Debug, Default)]
pub(super) struct OperationLimit {
    class: Option<&'static RateLimitClass>,
    in_flight: usize,
    /// When the slots of finished calls become free, in order.
    used: VecDeque<Instant>,
    /// Until when Front has refused calls.
    blocked: Option<Instant>,
    /// From this moment on, one call is in flight at a time, until one is not refused.
    probing: Option<Instant>,
    /// When the last call was allowed.
    taken: Option<Instant>,
    /// Until when other programs are assumed to use the limit: without them, no call would have been refused.
    crowded: Option<Instant>,
    /// Calls that wait only for the company's budget: no more than there are free slots, unless the number of
    /// slots has decreased.
    pub(super) in_line: BTreeSet<Ticket>,
    /// Calls that wait for a slot. All of them are less urgent than those in `in_line`.
    pub(super) waiting: BTreeSet<Ticket>,
}

/// Returns the class that limits an operation. `None` where only the company's budget does.
fn class(operation: &Operation) -> Option<&'static RateLimitClass> {
    operation.rate_limit.filter(|class| class.limit != Limit::Company)
}

impl OperationLimits {
    /// Returns the key of a call.
    pub(super) fn key(&self, operation: &Operation, path: &[Box<str>]) -> Key {
        let (name, value) = match class(operation) {
            None => (operation.name, path.first()),
            Some(class) => {
                let placeholder_index =
                    class.each.and_then(|each| placeholder_index(operation.path, each));
                (
                    class.name,
                    placeholder_index
                        .and_then(|placeholder_index| path.get(placeholder_index)),
                )
            }
        };
        let each = value.map_or(0, |value| self.hasher.hash_one(value));
        Key { name, each }
    }

    /// Returns the limit of a call. `None` where only the company's budget limits it.
    pub(super) fn of(
        &mut self,
        operation: &Operation,
        key: Key,
    ) -> Option<&mut OperationLimit> {
        match class(operation) {
            Some(class) => Some(self.map.entry(key).or_insert_with(|| OperationLimit {
                class: Some(class),
                ..OperationLimit::default()
            })),
            None if self.blocks == 0 => None,
            None => self.map.get_mut(&key),
        }
    }

    pub(super) fn get(&mut self, key: Key) -> Option<&mut OperationLimit> {
        self.map.get_mut(&key)
    }

    /// Records that a call is allowed.
    pub(super) fn take(&mut self, key: Key, now: Instant) {
        let Some(operation_limit) = self.map.get_mut(&key) else { return };
        operation_limit.in_flight += 1;
        operation_limit.taken = Some(now);
        if operation_limit.probing.is_some() {
            self.events.push(Reverse((now + PROBE_TIMEOUT, key)));
        }
    }

    /// Records that a call has ended. If it was sent (`spent`), its slot is used for a period from now on.
    pub(super) fn ended(&mut self, key: Key, spent: bool, now: Instant) {
        let Some(operation_limit) = self.map.get_mut(&key) else { return };
        operation_limit.in_flight -= 1;
        if let Some(class) = operation_limit.class.filter(|_| spent) {
            let free = now + period(class);
            operation_limit.used.push_back(free);
            self.events.push(Reverse((free, key)));
        }
    }

    /// Records that the limit of an operation refused a call, and the wait that Front requests. A wait longer
    /// than a window is shortened.
    pub(super) fn block(&mut self, key: Key, wait: Duration, now: Instant) {
        let operation_limit = match self.map.entry(key) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                self.blocks += 1;
                entry.insert(OperationLimit::default())
            }
        };
        let until = now + wait.min(longest(operation_limit.class));
        operation_limit.blocked = operation_limit.blocked.max(Some(until));
        operation_limit.probing = operation_limit.blocked;
        let crowded = until + MINUTE;
        operation_limit.crowded = Some(crowded);
        let moments = [Some(until), Some(crowded), operation_limit.patience()];
        self.events.extend(moments.into_iter().flatten().map(|at| Reverse((at, key))));
    }

    /// Records that Front has not refused a call that was sent at `sent`.
    pub(super) fn not_refused(&mut self, key: Key, sent: Instant) {
        if let Some(operation_limit) = self.map.get_mut(&key) {
            operation_limit.probing =
                operation_limit.probing.filter(|from| sent < *from);
        }
    }

    /// Removes the next event that is over, and returns its key.
    pub(super) fn expired(&mut self, now: Instant) -> Option<Key> {
        let Reverse((_, key)) = *self.events.peek().filter(|event| event.0.0 <= now)?;
        self.events.pop();
        let Some(operation_limit) = self.map.get_mut(&key) else { return Some(key) };
        while operation_limit.used.front().is_some_and(|free| *free <= now) {
            operation_limit.used.pop_front();
        }
        operation_limit.blocked = operation_limit.blocked.filter(|until| *until > now);
        operation_limit.crowded = operation_limit.crowded.filter(|until| *until > now);
        Some(key)
    }

    /// Removes a key that is no longer in use.
    pub(super) fn tidy(&mut self, key: Key) {
        let idle = |operation_limit: &OperationLimit| {
            operation_limit.in_flight == 0
                && operation_limit.used.is_empty()
                && operation_limit.blocked.is_none()
                && operation_limit.crowded.is_none()
                && operation_limit.in_line.is_empty()
                && operation_limit.waiting.is_empty()
        };
        if let Entry::Occupied(entry) = self.map.entry(key)
            && idle(entry.get())
        {
            self.blocks -= usize::from(entry.remove().class.is_none());
            if self.map.capacity() > FEW && self.map.len() < self.map.capacity() / 8 {
                self.map.shrink_to(self.map.len() * 2);
                self.events.shrink_to(self.events.len() * 2);
            }
        }
    }

    #[cfg(test)]
    pub(super) fn len(&self) -> (usize, usize) {
        (self.map.len(), self.events.len())
    }
}

impl OperationLimit {
    /// Returns the name of its class, or of the operation without one.
    pub(super) fn name(&self, key: Key) -> &'static str {
        self.class.map_or(key.name, |class| class.name)
    }

    /// Returns how many calls may be sent now.
    pub(super) fn free(&self, allowance: Allowance, now: Instant) -> usize {
        if self.blocked.is_some_and(|until| until > now) {
            return 0;
        }
        let slots = self.slots(allowance, now);
        let mut free = slots.saturating_sub(self.in_flight + self.used.len());
        let share = |class: &RateLimitClass| matches!(class.limit, Limit::Share { .. });
        if self.class.is_some_and(share) && !allowance.alone {
            // As with the budget itself: only a part is in flight at once where other programs may send calls
            // meanwhile.
            let may_add_in_flight = slots.saturating_sub(self.used.len()) / 4;
            free = free.min(may_add_in_flight.max(1).saturating_sub(self.in_flight));
        }
        match (self.probing, self.patience()) {
            (None, _) => free,
            (Some(_), Some(until)) if now < until => 0,
            (Some(_), _) => free.min(1),
        }
    }

    /// Returns how long the response to the only call in flight is waited for.
    fn patience(&self) -> Option<Instant> {
        self.taken.filter(|_| self.in_flight > 0).map(|taken| taken + PROBE_TIMEOUT)
    }

    /// Returns when time alone allows another call. `None` where only a response can.
    pub(super) fn next(&self, now: Instant) -> Option<Instant> {
        if let Some(until) = self.blocked.filter(|until| *until > now) {
            return Some(until);
        }
        let probe =
            self.patience().filter(|until| self.probing.is_some() && *until > now);
        probe.or(self.used.front().copied())
    }

    /// Returns the earliest moment for a call that is behind all waiting calls.
    pub(super) fn earliest(&self, allowance: Allowance, now: Instant) -> Instant {
        let ahead = self.in_line.len() + self.waiting.len();
        let slots = self.slots(allowance, now);
        let free = slots.saturating_sub(self.in_flight + self.used.len());
        let blocked = self.blocked.map_or(now, |until| until.max(now));
        let (Some(class), Some(ahead)) = (self.class, ahead.checked_sub(free)) else {
            return blocked;
        };
        let period = period(class);
        // Used slots become free in their order, and the slots of calls in flight after them.
        let slot = self.used.get(ahead % slots).copied().unwrap_or(now + period);
        let rounds = u32::try_from(ahead / slots).unwrap_or(u32::MAX);
        blocked.max(slot + period.saturating_mul(rounds).min(MINUTE * 60 * 24))
    }

    fn slots(&self, allowance: Allowance, now: Instant) -> usize {
        let Some(class) = self.class else { return usize::MAX };
        let slots = match (class.limit, class.pace_at) {
            (Limit::Rate(rate), pace) => f64::from(pace.unwrap_or(rate).calls),
            (Limit::Share { percent }, _) => {
                f64::from(allowance.limit) * f64::from(percent) / 100.0
            }
            (Limit::Company, _) => return usize::MAX,
        };
        let crowded = self.crowded.is_some_and(|until| now < until);
        let share = if crowded { allowance.share.min(0.5) } else { allowance.share };
        // A limit of 0 would block every call, so at least 1 is allowed and Front decides. The cast
        // saturates.
        ((slots.floor() * share) as usize).max(1)
    }
}

/// Returns the longest wait that is accepted from a refusal: the length of the limit's window, or of the
/// company's.
fn longest(class: Option<&RateLimitClass>) -> Duration {
    class.map_or(MINUTE, |class| period(class).max(MINUTE))
}

/// Returns the longest wait that is accepted from the refusal of a call. `operation_limit`: the operation's own limit
/// refused it.
pub(crate) fn longest_wait(operation: &Operation, operation_limit: bool) -> Duration {
    longest(class(operation).filter(|_| operation_limit))
}

/// Returns how long a slot stays used after the response.
fn period(class: &RateLimitClass) -> Duration {
    let period = match (class.limit, class.pace_at) {
        (Limit::Rate(rate), pace) => {
            Duration::from_secs(u64::from(pace.unwrap_or(rate).seconds))
        }
        (Limit::Share { .. } | Limit::Company, _) => MINUTE,
    };
    period + period / DRIFT
}

/// Returns the index of a placeholder among the placeholders of a path.
fn placeholder_index(path: &str, name: &str) -> Option<usize> {
    let names = path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    names.into_iter().position(|placeholder| placeholder == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_index_of_a_placeholder() {
        assert_eq!(placeholder_index("/a/{a_id}/b/{b_id}", "a_id"), Some(0));
        assert_eq!(placeholder_index("/a/{a_id}/b/{b_id}", "b_id"), Some(1));
        assert_eq!(placeholder_index("/a/{a_id}", "c_id"), None);
    }
}
