//! The queue of calls: which calls wait, and which may be sent.
//!
//! There is no background task. Every event (a response, a cancelled call, a timer) admits as many waiting
//! calls as the limits allow and wakes their tasks. The first call in the queue sleeps until time alone
//! allows the next call. The others sleep a little longer, depending on their position, in case the tasks
//! before them are not polled.

use std::collections::BTreeMap;
use std::task::Waker;
use std::time::Duration;

use tokio::time::Instant;

use super::company::{Admission, Company};
use super::line::{Line, Ticket};
use super::operation_limit::{Key, OperationLimits};
use super::{Ask, Refusal};
use crate::rt::rates::RateSignals;

/// The name of the company's budget where a limit is reported by name.
pub(super) const COMPANY: &str = "company";
/// The shortest sleep: the resolution of the timers.
const TICK: Duration = Duration::from_millis(1);
/// How much longer the second call in the queue sleeps than the first. The third sleeps longer by four times
/// this value, the fourth by nine times. So one of the first few calls acts soon if the first is not polled,
/// and few of thousands wake up without need.
const STAGGER: Duration = Duration::from_millis(5);
/// The position in the queue from which the stagger is constant.
const FURTHEST: u32 = 1000;
/// The wait that is reported for a call that only a response can admit: the typical time of a response.
const RESPONSE_TIME: Duration = Duration::from_millis(100);
/// How long a refusal without `retry-after` blocks a limit of an operation.
const DEFAULT_BLOCK: Duration = Duration::from_secs(1);

/// The state of all limits, and the calls that wait for them.
#[derive(Debug)]
pub(super) struct Queue {
    pub(super) company: Company,
    pub(super) operation_limits: OperationLimits,
    line: Line,
    waiters: BTreeMap<Ticket, Waiter>,
    /// How many of the waiters are admitted and have not been polled since.
    granted: usize,
    number: u64,
    /// The tasks to wake after the lock is released.
    pub(super) wake: Vec<Waker>,
}

#[derive(Debug)]
struct Waiter {
    key: Key,
    guarded: bool,
    since: Instant,
    /// The limit that it waits for, or waited for last.
    limit: &'static str,
    /// When it joined the line, where calls wait only for the company's budget.
    in_line: Option<Instant>,
    granted: Option<Admission>,
    waker: Option<Waker>,
    /// When its timer fires.
    timer: Option<Instant>,
}

/// The admission of a call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grant {
    pub(super) admission: Admission,
    pub(super) key: Key,
    /// Whether a limit of the operation counts the call.
    pub(super) guarded: bool,
    pub(super) waited: Option<(Duration, &'static str)>,
}

/// How a call has ended.
pub(super) enum End<'a> {
    /// It was not sent.
    Unsent,
    /// It was sent, and its response will not be seen.
    Lost,
    /// It was sent at this moment, and its response reports this.
    Answered(Instant, &'a RateSignals),
}

/// The result of [`Queue::enter`].
pub(super) enum Entered {
    Go(Grant),
    Wait(Ticket),
    Refused(Refusal),
}

/// The result of [`Queue::poll`].
pub(super) enum Polled {
    Go(Grant),
    Sleep(Option<Instant>),
    Refused(Refusal),
}

impl Queue {
    pub(super) fn new(configured: Option<u32>) -> Self {
        Self {
            company: Company::new(configured),
            operation_limits: OperationLimits::default(),
            line: Line::default(),
            waiters: BTreeMap::new(),
            granted: 0,
            number: 0,
            wake: Vec::new(),
        }
    }

    pub(super) fn waiting(&self) -> usize {
        self.waiters.len() - self.granted
    }

    /// Admits a new call, queues it, or refuses it where it must not wait or cannot be sent in time.
    pub(super) fn enter(&mut self, ask: &Ask<'_>, now: Instant) -> Entered {
        self.settle(now);
        let limit = self.company.allowance();
        let key = self.operation_limits.key(ask.operation, ask.path);
        let ticket = Ticket::new(ask.priority, self.number);
        let operation_limit = self.operation_limits.of(ask.operation, key);
        let guarded = operation_limit.is_some();
        let (mut open, mut at, mut name) = (true, now, COMPANY);
        if let Some(operation_limit) = operation_limit {
            let free = operation_limit.free(limit, now);
            // A call may take the slot of a less urgent call in the line.
            let last = operation_limit.in_line.last();
            open = free > operation_limit.in_line.len()
                || free > 0 && last.is_some_and(|last| ticket < *last);
            if !open {
                (at, name) =
                    (operation_limit.earliest(limit, now), operation_limit.name(key));
            }
        }
        // `settle` has admitted all earlier calls that may be sent, so this call overtakes no other.
        if open && let Some(admission) = self.company.admission(ask.priority, now) {
            let grant = Grant { admission, key, guarded, waited: None };
            self.take(grant, now);
            self.displace(key, now);
            return Entered::Go(grant);
        }
        if self.company.admission(ask.priority, now).is_none() {
            let ahead = self.line.ahead(ask.priority);
            let company = self.company.earliest(ask.priority, ahead, now);
            if open || company > at {
                (at, name) = (company, COMPANY);
            }
        }
        let wait = at - now;
        if !ask.wait || ask.until.is_some_and(|until| until < at) {
            self.operation_limits.tidy(key);
            let wait = if wait.is_zero() { RESPONSE_TIME } else { wait };
            return Entered::Refused(Refusal { wait, limit: name });
        }
        self.number += 1;
        let waiter = Waiter {
            key,
            guarded,
            since: now,
            limit: COMPANY,
            in_line: None,
            granted: None,
            waker: None,
            timer: None,
        };
        self.waiters.insert(ticket, waiter);
        if open {
            self.line_up(ticket, now);
            self.displace(key, now);
        } else if let Some(operation_limit) = self.operation_limits.get(key) {
            operation_limit.waiting.insert(ticket);
            let waiter = self.waiters.get_mut(&ticket).expect("it was inserted above");
            waiter.limit = operation_limit.name(key);
            self.wake_first_waiting(key, now);
        }
        Entered::Wait(ticket)
    }

    /// Polls a waiting call: it is admitted, sleeps on, or is refused where it cannot be sent in time.
    pub(super) fn poll(
        &mut self,
        ticket: Ticket,
        until: Option<Instant>,
        waker: &Waker,
        now: Instant,
    ) -> Polled {
        self.settle(now);
        let waiter = self
            .waiters
            .get_mut(&ticket)
            .expect("a ticket is polled only while it waits");
        if let Some(admission) = waiter.granted {
            let waited = Some((now - waiter.since, waiter.limit));
            let grant =
                Grant { admission, key: waiter.key, guarded: waiter.guarded, waited };
            self.waiters.remove(&ticket);
            self.granted -= 1;
            return Polled::Go(grant);
        }
        let key = waiter.key;
        let (next, first) = if waiter.in_line.is_some() {
            (self.company.next(ticket.priority(), now), self.line.first())
        } else {
            let operation_limit =
                self.operation_limits.get(key).expect("the limit it waits for exists");
            (operation_limit.next(now), operation_limit.waiting.first())
        };
        // Reports that arrived since it was queued may show that it cannot be sent in time.
        let certain = match &waiter.in_line {
            Some(_) => self.company.earliest(ticket.priority(), 0, now),
            None => now,
        };
        if until.is_some_and(|until| until <= now || until < certain) {
            let limit = waiter.limit;
            let wait =
                next.map_or(RESPONSE_TIME, |next| next.saturating_duration_since(now));
            return Polled::Refused(Refusal { wait, limit });
        }
        let before = first.map_or(0, |first| ticket.after(*first)).min(FURTHEST);
        waiter.timer =
            next.map(|next| next.max(now + TICK) + STAGGER * (before * before));
        if !waiter.waker.as_ref().is_some_and(|known| known.will_wake(waker)) {
            // The old waker is not dropped under the lock: dropping it may drop its task, which may own a permit.
            self.wake.extend(waiter.waker.replace(waker.clone()));
        }
        Polled::Sleep(waiter.timer.into_iter().chain(until).min())
    }

    /// Removes a call that no longer waits. An admission that was not used is returned.
    pub(super) fn cancel(&mut self, ticket: Ticket, now: Instant) {
        let Some(waiter) = self.waiters.remove(&ticket) else { return };
        let Waiter { key, guarded, granted, .. } = waiter;
        if let Some(admission) = granted {
            self.granted -= 1;
            let grant = Grant { admission, key, guarded, waited: None };
            return self.end(&grant, End::Unsent, now);
        }
        self.line.remove(ticket);
        if let Some(operation_limit) = self.operation_limits.get(key) {
            operation_limit.in_line.remove(&ticket);
            operation_limit.waiting.remove(&ticket);
        }
        self.promote(key, now);
        self.settle(now);
    }

    /// Records how an admitted call has ended.
    pub(super) fn end(&mut self, grant: &Grant, end: End<'_>, now: Instant) {
        let Grant { admission, key, guarded, .. } = *grant;
        if guarded {
            self.operation_limits.ended(key, !matches!(end, End::Unsent), now);
        }
        match end {
            End::Unsent => self.company.unsent(admission),
            End::Lost => self.company.lost(admission, now),
            End::Answered(sent, signals) => {
                let company = self.company.answered(admission, sent, now, signals);
                match signals.refused {
                    Some(refused) if !company => {
                        self.operation_limits.block(
                            key,
                            refused.wait.unwrap_or(DEFAULT_BLOCK),
                            now,
                        );
                        self.displace(key, now);
                    }
                    // A response that neither succeeds nor reports anything may come from a gateway.
                    None if signals.counted || !signals.is_silent() => {
                        self.operation_limits.not_refused(key, sent);
                    }
                    _ => {}
                }
            }
        }
        self.promote(key, now);
        self.settle(now);
    }

    /// Admits all calls that the limits allow now.
    fn settle(&mut self, now: Instant) {
        while let Some(key) = self.operation_limits.expired(now) {
            self.promote(key, now);
        }
        while let Some(&ticket) = self.line.first() {
            let limit = self.company.allowance();
            let waiter = self
                .waiters
                .get_mut(&ticket)
                .expect("every ticket in the line has a waiter");
            let key = waiter.key;
            if let Some(operation_limit) = self.operation_limits.get(key)
                && operation_limit.free(limit, now) == 0
            {
                // Since it joined the line, the limit of its operation was lowered or created.
                operation_limit.in_line.remove(&ticket);
                operation_limit.waiting.insert(ticket);
                (waiter.in_line, waiter.limit) = (None, operation_limit.name(key));
                waiter.guarded = true;
                self.line.remove(ticket);
                self.wake_first_waiting(key, now);
                continue;
            }
            let Some(admission) = self.company.admission(ticket.priority(), now) else {
                break;
            };
            if waiter.in_line != Some(now) {
                waiter.limit = COMPANY;
            }
            waiter.granted = Some(admission);
            self.wake.extend(waiter.waker.take());
            let grant = Grant { admission, key, guarded: waiter.guarded, waited: None };
            self.line.remove(ticket);
            self.granted += 1;
            if let Some(operation_limit) = self.operation_limits.get(key) {
                operation_limit.in_line.remove(&ticket);
            }
            self.take(grant, now);
        }
        if let Some(&first) = self.line.first() {
            let next = self.company.next(first.priority(), now);
            self.wake_by(first, next, now);
        }
    }

    fn take(&mut self, grant: Grant, now: Instant) {
        self.company.take(grant.admission, now);
        if grant.guarded {
            self.operation_limits.take(grant.key, now);
        }
    }

    /// Moves calls that waited for a slot of this limit into the line, as far as slots are free.
    fn promote(&mut self, key: Key, now: Instant) {
        let limit = self.company.allowance();
        while let Some(operation_limit) = self.operation_limits.get(key)
            && operation_limit.in_line.len() < operation_limit.free(limit, now)
            && let Some(ticket) = operation_limit.waiting.pop_first()
        {
            self.line_up(ticket, now);
        }
        self.wake_first_waiting(key, now);
        self.operation_limits.tidy(key);
    }

    fn line_up(&mut self, ticket: Ticket, now: Instant) {
        let waiter = self.waiters.get_mut(&ticket).expect("every ticket has a waiter");
        waiter.in_line = Some(now);
        self.line.insert(ticket);
        if let Some(operation_limit) =
            self.operation_limits.get(waiter.key).filter(|_| waiter.guarded)
        {
            operation_limit.in_line.insert(ticket);
        }
    }

    /// Moves the least urgent calls out of the line where more calls than free slots are in it.
    fn displace(&mut self, key: Key, now: Instant) {
        let limit = self.company.allowance();
        while let Some(operation_limit) = self.operation_limits.get(key)
            && operation_limit.in_line.len() > operation_limit.free(limit, now)
            && let Some(ticket) = operation_limit.in_line.pop_last()
        {
            operation_limit.waiting.insert(ticket);
            let name = operation_limit.name(key);
            self.line.remove(ticket);
            let waiter = self
                .waiters
                .get_mut(&ticket)
                .expect("every ticket in the line has a waiter");
            (waiter.in_line, waiter.limit) = (None, name);
            self.wake_first_waiting(key, now);
        }
    }

    fn wake_first_waiting(&mut self, key: Key, now: Instant) {
        let Some(operation_limit) = self.operation_limits.get(key) else { return };
        if let Some(&first) = operation_limit.waiting.first() {
            let next = operation_limit.next(now);
            self.wake_by(first, next, now);
        }
    }

    /// Wakes a call so that it resets its timer to `next`, unless its timer fires earlier anyway.
    fn wake_by(&mut self, ticket: Ticket, next: Option<Instant>, now: Instant) {
        let (Some(waiter), Some(next)) = (self.waiters.get_mut(&ticket), next) else {
            return;
        };
        let next = next.max(now + TICK);
        if waiter.timer.is_none_or(|timer| timer > next) {
            waiter.timer = Some(next);
            self.wake.extend(waiter.waker.take());
        }
    }
}
