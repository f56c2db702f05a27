//! The company's budget: what is left of it for us, and which call may go.

use std::time::Duration;

use tokio::time::Instant;

use super::clock::Clock;
use super::own::Own;
use super::priority::Priority;
use super::window::{MINUTE, Turn, Window};
use crate::rt::rates::{RateLimits, Refused, Told};

/// How long the answer to a probe is waited for before another one goes: a call that takes long must
/// not hold up all others.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long after it was dropped a call may still reach Front.
const LINGER: Duration = Duration::from_secs(1);
/// The pause after a probe that came too early, at first.
const EARLY: Duration = Duration::from_millis(500);
/// The pause after a refusal that does not say how long to wait, at first.
const BACKOFF: Duration = Duration::from_secs(1);
/// How often a pause is doubled.
const DOUBLINGS: u32 = 5;
/// The longest wait that a refusal is believed to ask for.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// What is known of the company's budget, and what of ours is on its way.
#[derive(Debug)]
pub(super) struct Company {
    budget: Budget,
    configured: Option<u32>,
    /// What Front said last.
    pub(super) said: RateLimits,
    clock: Clock,
    /// Calls that may go or have gone, and whose answer is not here.
    flying: u32,
    /// Calls that ended without an answer that tells: Front may have counted them. Each counts until an
    /// answer tells to a call that was sent after this moment.
    ghosts: Vec<Instant>,
    /// Nothing goes before this moment, and then one call at a time until one goes well.
    gate: Option<Instant>,
    /// Probes in a row that brought nothing.
    fruitless: u32,
    /// Probes on their way.
    probes: u32,
    /// When the last one went.
    probed: Option<Instant>,
}

#[derive(Debug)]
enum Budget {
    /// No answer was heard yet.
    Unheard,
    /// Front tells it.
    Told(Window),
    /// Front does not tell it: by our own count, if it was set.
    Own(Option<Own>),
}

/// How a call may go.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Leave {
    /// There is budget for it.
    Budget,
    /// To find out whether there is.
    Probe,
}

impl Company {
    pub(super) fn new(configured: Option<u32>) -> Self {
        Self {
            budget: Budget::Unheard,
            configured,
            said: RateLimits::default(),
            clock: Clock::default(),
            flying: 0,
            ghosts: Vec::new(),
            gate: None,
            fruitless: 0,
            probes: 0,
            probed: None,
        }
    }

    /// Calls that a window allows, where that is known.
    pub(super) fn limit(&self) -> Option<u32> {
        self.said.limit.or(self.configured)
    }

    pub(super) fn configured(&self) -> Option<u32> {
        self.configured
    }

    pub(super) fn flying(&self) -> u32 {
        self.flying
    }

    /// Calls that are left by what is known, and ghosts.
    #[cfg(test)]
    pub(super) fn view(&self, now: Instant) -> (u32, usize) {
        let Budget::Told(window) = &self.budget else { panic!("Front tells it") };
        (window.left(Priority::Interactive, now), self.ghosts.len())
    }

    /// Whether a call may go now.
    pub(super) fn leave(&self, priority: Priority, now: Instant) -> Option<Leave> {
        if let Some(gate) = self.gate {
            return if now >= gate { self.probe(now) } else { None };
        }
        match &self.budget {
            Budget::Unheard => self.probe(now),
            Budget::Own(own) => {
                let allows = |own: &Own| own.allows(priority, self.flying, now);
                own.as_ref().is_none_or(allows).then_some(Leave::Budget)
            }
            Budget::Told(window) => {
                let over = now >= window.end(&self.clock);
                let left = window.left(priority, now);
                let left = if over { left.min(window.blind()) } else { left };
                if left > self.charged() {
                    Some(Leave::Budget)
                } else if over || left > 0 && self.haunted(now) {
                    self.probe(now)
                } else {
                    None
                }
            }
        }
    }

    /// A call goes.
    pub(super) fn take(&mut self, leave: Leave, now: Instant) {
        if leave == Leave::Probe {
            self.probes += 1;
            self.probed = Some(now);
        }
        if let Budget::Own(Some(own)) = &mut self.budget {
            own.take(self.flying, now);
        }
        self.flying += 1;
    }

    /// A call was not sent after all.
    pub(super) fn unsent(&mut self, leave: Leave, now: Instant) {
        self.landed(leave);
        if let Budget::Own(Some(own)) = &mut self.budget {
            own.unsent(now);
        }
    }

    /// A call was sent, and nobody waits for its answer any more.
    pub(super) fn lost(&mut self, leave: Leave, now: Instant) {
        self.landed(leave);
        self.untold(now, now + LINGER);
    }

    /// The answer to a call is here. Whether a refusal was the company's.
    pub(super) fn answered(
        &mut self,
        leave: Leave,
        sent: Instant,
        now: Instant,
        told: &Told,
    ) -> bool {
        self.landed(leave);
        if let Some(date) = told.date {
            self.clock.observe(date, sent, now);
        }
        let before = self.end();
        let over = before.is_none_or(|end| sent >= end);
        let turn = if told.rates.remaining.is_some() {
            Some(self.tell(&told.rates, sent, now))
        } else {
            self.said.limit = told.rates.limit.or(self.said.limit);
            self.unheard(over, now);
            None
        };
        let spent = told.rates.remaining.unwrap_or(0) == 0;
        let refused = told.refused.filter(|refused| !refused.guard && spent);
        match refused {
            // What an old window refused says nothing of this one.
            Some(_) if turn == Some(Turn::Old) => {}
            Some(refused) => self.refuse(refused, sent, now),
            None => self.went_well(turn, over, sent, now),
        }
        refused.is_some()
    }

    /// When time alone will let another call go; none where only an answer can.
    pub(super) fn next(&self, priority: Priority, now: Instant) -> Option<Instant> {
        let probe = |at: Instant| match self.probed {
            Some(probed) if self.probes > 0 => at.max(probed + PATIENCE),
            _ => at,
        };
        let mut moments = [None; 3];
        match (self.gate, &self.budget) {
            (Some(gate), _) => moments[0] = Some(probe(gate)),
            (None, Budget::Unheard) => moments[0] = Some(probe(now)),
            (None, Budget::Own(own)) => {
                moments[0] = own.as_ref().and_then(|own| own.next(priority, now));
            }
            (None, Budget::Told(window)) => {
                moments[0] = Some(probe(window.end(&self.clock)));
                if priority == Priority::Interactive {
                    moments[1] = window.when(self.charged() + 1);
                }
                if self.flying == 0 {
                    moments[2] = self.ghosts.iter().max().copied();
                }
            }
        }
        moments.into_iter().flatten().filter(|at| *at > now).min()
    }

    /// No call that has `ahead` others before it can go earlier, as far as is known.
    pub(super) fn earliest(
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
        let Budget::Told(window) = &self.budget else {
            // All that is known is that others are ahead.
            return self
                .next(priority, now)
                .filter(|_| self.probes == 0)
                .map_or(now, queued);
        };
        let needed = self.charged().saturating_add(ahead).saturating_add(1);
        if needed <= window.left(priority, now)
            || window.left(priority, now) > 0 && self.haunted(now)
        {
            return now;
        }
        let end = queued(window.end(&self.clock));
        match priority {
            Priority::Background => end,
            Priority::Interactive => {
                window.when(needed).map_or(end, |at| at.max(now).min(end))
            }
        }
    }

    /// What counts against what is left.
    fn charged(&self) -> u32 {
        // There are as many ghosts as calls in two minutes at most.
        self.flying.saturating_add(self.ghosts.len() as u32)
    }

    fn probe(&self, now: Instant) -> Option<Leave> {
        let waited = self.probed.is_none_or(|probed| now >= probed + PATIENCE);
        (self.probes == 0 || waited).then_some(Leave::Probe)
    }

    /// Whether only ghosts may have spent what is left. They may as well have not: a probe tells.
    fn haunted(&self, now: Instant) -> bool {
        self.flying == 0 && self.ghosts.iter().all(|ghost| now >= *ghost)
    }

    fn end(&self) -> Option<Instant> {
        match &self.budget {
            Budget::Told(window) => Some(window.end(&self.clock)),
            Budget::Unheard | Budget::Own(_) => None,
        }
    }

    fn landed(&mut self, leave: Leave) {
        self.flying -= 1;
        if leave == Leave::Probe {
            self.probes -= 1;
        }
    }

    /// A call ended without an answer that tells: Front counts it, if at all, before `until`.
    fn untold(&mut self, now: Instant, until: Instant) {
        match &mut self.budget {
            Budget::Own(Some(own)) => own.spent(now),
            Budget::Own(None) => {}
            Budget::Unheard | Budget::Told(_) => {
                // The window that older ones fell into is over.
                self.ghosts.retain(|ghost| *ghost + MINUTE > now);
                self.ghosts.push(until);
            }
        }
    }

    /// An answer does not tell what is left.
    fn unheard(&mut self, over: bool, now: Instant) {
        match self.budget {
            // Front does not tell, or does not any more.
            Budget::Unheard | Budget::Told(_) if over => {
                self.budget =
                    Budget::Own(self.configured.map(|limit| Own::new(limit, now)));
                self.ghosts.clear();
            }
            _ => {}
        }
        self.untold(now, now);
    }

    /// An answer tells what is left.
    fn tell(&mut self, rates: &RateLimits, sent: Instant, now: Instant) -> Turn {
        self.ghosts.retain(|ghost| *ghost >= sent);
        let alone = self.charged() == 0;
        let turn = match &mut self.budget {
            Budget::Told(window) => window.update(rates, &self.clock, alone, sent, now),
            budget => {
                *budget = Budget::Told(Window::new(rates, now));
                Turn::New
            }
        };
        if turn != Turn::Old {
            self.said = *rates;
        }
        turn
    }

    fn refuse(&mut self, refused: Refused, sent: Instant, now: Instant) {
        let end = self.end().filter(|end| *end > now);
        if let Budget::Told(window) = &mut self.budget {
            window.refused(now);
        }
        // Of calls that were refused together, the first one says it.
        if self.gate.is_none_or(|gate| sent >= gate) {
            self.fruitless += 1;
        }
        let asked = refused.wait.map(|wait| now + wait.min(LONGEST));
        let gate = match (asked, end) {
            // It was waited for as asked, and somebody else was faster: the window's end is surer.
            (Some(asked), Some(end)) if self.fruitless > 1 => asked.max(end),
            (asked, end) => asked.or(end).unwrap_or(now + self.pause(BACKOFF)),
        };
        self.gate = self.gate.max(Some(gate));
    }

    fn went_well(
        &mut self,
        turn: Option<Turn>,
        over: bool,
        sent: Instant,
        now: Instant,
    ) {
        if turn == Some(Turn::Old) {
            return;
        }
        if turn == Some(Turn::New) || self.gate.is_some_and(|gate| sent >= gate) {
            self.gate = None;
        }
        let empty = match &self.budget {
            Budget::Told(window) => window.left(Priority::Interactive, now) == 0,
            Budget::Unheard | Budget::Own(_) => false,
        };
        if turn == Some(Turn::Same) && over && empty {
            // The window should have been over.
            self.fruitless += 1;
            self.gate = self.gate.max(Some(now + self.pause(EARLY)));
        } else if self.gate.is_none() {
            self.fruitless = 0;
        }
    }

    fn pause(&self, first: Duration) -> Duration {
        first * (1 << self.fruitless.saturating_sub(1).min(DOUBLINGS))
    }
}
