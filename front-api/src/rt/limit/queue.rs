//! The queue of calls: who waits, who goes.
//!
//! Whoever changes something (an answer, a call that is given up, a moment that has come) lets as many
//! go as may, and wakes those. There is no task in the background. That a moment comes is seen by the
//! first in the queue, who sleeps until then; the others sleep a little longer, each by its place, in
//! case that those before them are not polled.

use std::collections::BTreeMap;
use std::task::Waker;
use std::time::Duration;

use tokio::time::Instant;

use super::company::{Admission, Company};
use super::line::{Line, Ticket};
use super::operation_limit::{Key, OperationLimits};
use super::{Ask, Held};
use crate::rt::rates::RateSignals;

/// The name of the company's budget among limits.
pub(super) const COMPANY: &str = "company";
/// The shortest sleep: timers are no finer.
const TICK: Duration = Duration::from_millis(1);
/// How much longer the second in the queue sleeps than the first. The third sleeps longer by four times
/// that, the fourth by nine times: so the first few stand in for each other at once, and of thousands
/// hardly anybody wakes for nothing.
const STAGGER: Duration = Duration::from_millis(5);
/// Where in the queue this ends to grow.
const FURTHEST: u32 = 1000;
/// The wait of a refused call where only an answer can let it go: about as long as one takes.
const ANSWER: Duration = Duration::from_millis(100);
/// How long a limit of an operation is closed where Front does not say.
const BLOCK: Duration = Duration::from_secs(1);

/// What the limits know, and who waits for them.
#[derive(Debug)]
pub(super) struct Queue {
    pub(super) company: Company,
    pub(super) operation_limits: OperationLimits,
    line: Line,
    waiters: BTreeMap<Ticket, Waiter>,
    /// How many of those may go and have not seen it.
    granted: usize,
    number: u64,
    /// To be woken when the lock is released.
    pub(super) wake: Vec<Waker>,
}

#[derive(Debug)]
struct Waiter {
    key: Key,
    guarded: bool,
    since: Instant,
    /// What it waits for, or has waited for last.
    limit: &'static str,
    /// When it began to wait for nothing but the company's budget.
    lined: Option<Instant>,
    granted: Option<Admission>,
    waker: Option<Waker>,
    /// Until when it sleeps.
    armed: Option<Instant>,
}

/// Leave for a call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grant {
    pub(super) leave: Admission,
    pub(super) key: Key,
    /// Whether the key has a guard that counts it.
    pub(super) guarded: bool,
    pub(super) waited: Option<(Duration, &'static str)>,
}

/// What became of a call.
pub(super) enum End<'a> {
    Unsent,
    Lost,
    Answered(Instant, &'a RateSignals),
}

/// What a call is told when it comes.
pub(super) enum Entered {
    Go(Grant),
    Wait(Ticket),
    Refused(Held),
}

/// What one that waits is told.
pub(super) enum Polled {
    Go(Grant),
    Sleep(Option<Instant>),
    Refused(Held),
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

    /// A call comes.
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
            // The slot of a less urgent call that waits in line may be had.
            let last = operation_limit.lined.last();
            open = free > operation_limit.lined.len()
                || free > 0 && last.is_some_and(|last| ticket < *last);
            if !open {
                (at, name) =
                    (operation_limit.earliest(limit, now), operation_limit.name(key));
            }
        }
        // All that were ahead and could go have gone: nobody is overtaken.
        if open && let Some(leave) = self.company.leave(ask.priority, now) {
            let grant = Grant { leave, key, guarded, waited: None };
            self.take(grant, now);
            self.displace(key, now);
            return Entered::Go(grant);
        }
        if self.company.leave(ask.priority, now).is_none() {
            let ahead = self.line.ahead(ask.priority);
            let company = self.company.earliest(ask.priority, ahead, now);
            if open || company > at {
                (at, name) = (company, COMPANY);
            }
        }
        let wait = at - now;
        if !ask.wait || ask.until.is_some_and(|until| until < at) {
            self.operation_limits.tidy(key);
            let wait = if wait.is_zero() { ANSWER } else { wait };
            return Entered::Refused(Held { wait, limit: name });
        }
        self.number += 1;
        let waiter = Waiter {
            key,
            guarded,
            since: now,
            limit: COMPANY,
            lined: None,
            granted: None,
            waker: None,
            armed: None,
        };
        self.waiters.insert(ticket, waiter);
        if open {
            self.line_up(ticket, now);
            self.displace(key, now);
        } else if let Some(operation_limit) = self.operation_limits.get(key) {
            operation_limit.held.insert(ticket);
            let waiter = self.waiters.get_mut(&ticket).expect("it has just come");
            waiter.limit = operation_limit.name(key);
            self.rouse_held(key, now);
        }
        Entered::Wait(ticket)
    }

    /// One that waits asks again.
    pub(super) fn poll(
        &mut self,
        ticket: Ticket,
        until: Option<Instant>,
        waker: &Waker,
        now: Instant,
    ) -> Polled {
        self.settle(now);
        let waiter =
            self.waiters.get_mut(&ticket).expect("it waits until it is signals");
        if let Some(leave) = waiter.granted {
            let waited = Some((now - waiter.since, waiter.limit));
            let grant =
                Grant { leave, key: waiter.key, guarded: waiter.guarded, waited };
            self.waiters.remove(&ticket);
            self.granted -= 1;
            return Polled::Go(grant);
        }
        let key = waiter.key;
        let (next, first) = if waiter.lined.is_some() {
            (self.company.next(ticket.priority(), now), self.line.first())
        } else {
            let operation_limit =
                self.operation_limits.get(key).expect("it is held by a operation_limit");
            (operation_limit.next(now), operation_limit.held.first())
        };
        // What is known since it came may say that it waits for nothing.
        let certain = match &waiter.lined {
            Some(_) => self.company.earliest(ticket.priority(), 0, now),
            None => now,
        };
        if until.is_some_and(|until| until <= now || until < certain) {
            let limit = waiter.limit;
            let wait = next.map_or(ANSWER, |next| next.saturating_duration_since(now));
            return Polled::Refused(Held { wait, limit });
        }
        let before = first.map_or(0, |first| ticket.after(*first)).min(FURTHEST);
        waiter.armed =
            next.map(|next| next.max(now + TICK) + STAGGER * (before * before));
        if !waiter.waker.as_ref().is_some_and(|known| known.will_wake(waker)) {
            // What is replaced is not dropped under the lock: that may drop whatever it belongs to.
            self.wake.extend(waiter.waker.replace(waker.clone()));
        }
        Polled::Sleep(waiter.armed.into_iter().chain(until).min())
    }

    /// One does not wait any more.
    pub(super) fn leave(&mut self, ticket: Ticket, now: Instant) {
        let Some(waiter) = self.waiters.remove(&ticket) else { return };
        let Waiter { key, guarded, granted, .. } = waiter;
        if let Some(leave) = granted {
            self.granted -= 1;
            let grant = Grant { leave, key, guarded, waited: None };
            return self.end(&grant, End::Unsent, now);
        }
        self.line.remove(ticket);
        if let Some(operation_limit) = self.operation_limits.get(key) {
            operation_limit.lined.remove(&ticket);
            operation_limit.held.remove(&ticket);
        }
        self.promote(key, now);
        self.settle(now);
    }

    /// A call has ended.
    pub(super) fn end(&mut self, grant: &Grant, end: End<'_>, now: Instant) {
        let Grant { leave, key, guarded, .. } = *grant;
        if guarded {
            self.operation_limits.landed(key, !matches!(end, End::Unsent), now);
        }
        match end {
            End::Unsent => self.company.unsent(leave),
            End::Lost => self.company.lost(leave, now),
            End::Answered(sent, signals) => {
                let company = self.company.answered(leave, sent, now, signals);
                match signals.refused {
                    Some(refused) if !company => {
                        self.operation_limits.block(
                            key,
                            refused.wait.unwrap_or(BLOCK),
                            now,
                        );
                        self.displace(key, now);
                    }
                    // A response that neither succeeds nor reports anything may come from a gateway.
                    None if signals.counted || !signals.is_silent() => {
                        self.operation_limits.went_well(key, sent);
                    }
                    _ => {}
                }
            }
        }
        self.promote(key, now);
        self.settle(now);
    }

    /// Lets everybody go who may.
    fn settle(&mut self, now: Instant) {
        while let Some(key) = self.operation_limits.expired(now) {
            self.promote(key, now);
        }
        while let Some(&ticket) = self.line.first() {
            let limit = self.company.allowance();
            let waiter = self.waiters.get_mut(&ticket).expect("who is in line waits");
            let key = waiter.key;
            if let Some(operation_limit) = self.operation_limits.get(key)
                && operation_limit.free(limit, now) == 0
            {
                // Its limit has become less since it was lined up, or there was none.
                operation_limit.lined.remove(&ticket);
                operation_limit.held.insert(ticket);
                (waiter.lined, waiter.limit) = (None, operation_limit.name(key));
                waiter.guarded = true;
                self.line.remove(ticket);
                self.rouse_held(key, now);
                continue;
            }
            let Some(leave) = self.company.leave(ticket.priority(), now) else { break };
            if waiter.lined != Some(now) {
                waiter.limit = COMPANY;
            }
            waiter.granted = Some(leave);
            self.wake.extend(waiter.waker.take());
            let grant = Grant { leave, key, guarded: waiter.guarded, waited: None };
            self.line.remove(ticket);
            self.granted += 1;
            if let Some(operation_limit) = self.operation_limits.get(key) {
                operation_limit.lined.remove(&ticket);
            }
            self.take(grant, now);
        }
        if let Some(&first) = self.line.first() {
            let next = self.company.next(first.priority(), now);
            self.rouse(first, next, now);
        }
    }

    fn take(&mut self, grant: Grant, now: Instant) {
        self.company.take(grant.leave, now);
        if grant.guarded {
            self.operation_limits.take(grant.key, now);
        }
    }

    /// Lines up those that a guard holds and need not any more.
    fn promote(&mut self, key: Key, now: Instant) {
        let limit = self.company.allowance();
        while let Some(operation_limit) = self.operation_limits.get(key)
            && operation_limit.lined.len() < operation_limit.free(limit, now)
            && let Some(ticket) = operation_limit.held.pop_first()
        {
            self.line_up(ticket, now);
        }
        self.rouse_held(key, now);
        self.operation_limits.tidy(key);
    }

    fn line_up(&mut self, ticket: Ticket, now: Instant) {
        let waiter = self.waiters.get_mut(&ticket).expect("who is lined up waits");
        waiter.lined = Some(now);
        self.line.insert(ticket);
        if let Some(operation_limit) =
            self.operation_limits.get(waiter.key).filter(|_| waiter.guarded)
        {
            operation_limit.lined.insert(ticket);
        }
    }

    /// Takes the least urgent out of line where a more urgent call has its slot.
    fn displace(&mut self, key: Key, now: Instant) {
        let limit = self.company.allowance();
        while let Some(operation_limit) = self.operation_limits.get(key)
            && operation_limit.lined.len() > operation_limit.free(limit, now)
            && let Some(ticket) = operation_limit.lined.pop_last()
        {
            operation_limit.held.insert(ticket);
            let name = operation_limit.name(key);
            self.line.remove(ticket);
            let waiter = self.waiters.get_mut(&ticket).expect("who was lined up waits");
            (waiter.lined, waiter.limit) = (None, name);
            self.rouse_held(key, now);
        }
    }

    fn rouse_held(&mut self, key: Key, now: Instant) {
        let Some(operation_limit) = self.operation_limits.get(key) else { return };
        if let Some(&first) = operation_limit.held.first() {
            let next = operation_limit.next(now);
            self.rouse(first, next, now);
        }
    }

    /// Wakes one that is the first to act at a moment, unless it will be awake by then.
    fn rouse(&mut self, ticket: Ticket, next: Option<Instant>, now: Instant) {
        let (Some(waiter), Some(next)) = (self.waiters.get_mut(&ticket), next) else {
            return;
        };
        let next = next.max(now + TICK);
        if waiter.armed.is_none_or(|armed| armed > next) {
            waiter.armed = Some(next);
            self.wake.extend(waiter.waker.take());
        }
    }
}
