//! The order in which calls are sent.

use std::collections::BTreeSet;

use super::priority::Priority;

/// A position in the queue: interactive calls first, then by the order of arrival.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) struct Ticket {
    background: bool,
    number: u64,
}

impl Ticket {
    pub(super) fn new(priority: Priority, number: u64) -> Self {
        Self { background: priority == Priority::Background, number }
    }

    pub(super) fn priority(self) -> Priority {
        if self.background { Priority::Background } else { Priority::Interactive }
    }

    /// Returns how many calls have arrived since `other`, at most.
    pub(super) fn after(self, other: Self) -> u32 {
        u32::try_from(self.number.saturating_sub(other.number)).unwrap_or(u32::MAX)
    }
}

/// The calls that wait only for the company's budget.
#[derive(Debug, Default)]
pub(super) struct Line {
    tickets: BTreeSet<Ticket>,
    /// How many of the calls are interactive.
    interactive: u32,
}

impl Line {
    pub(super) fn first(&self) -> Option<&Ticket> {
        self.tickets.first()
    }

    pub(super) fn insert(&mut self, ticket: Ticket) {
        let new = self.tickets.insert(ticket);
        self.interactive += u32::from(new && !ticket.background);
    }

    pub(super) fn remove(&mut self, ticket: Ticket) {
        let was = self.tickets.remove(&ticket);
        self.interactive -= u32::from(was && !ticket.background);
    }

    /// Returns how many calls are sent before a call that arrives now.
    pub(super) fn ahead(&self, priority: Priority) -> u32 {
        match priority {
            Priority::Interactive => self.interactive,
            Priority::Background => {
                u32::try_from(self.tickets.len()).unwrap_or(u32::MAX)
            }
        }
    }
}
