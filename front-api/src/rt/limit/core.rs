//! The queue behind its lock, and the future that waits in it.

use std::future::{self, Future};
use std::pin::pin;
use std::sync::{Mutex, PoisonError};
use std::task::Poll;

use tokio::time::{self, Instant};

use super::line::Ticket;
use super::queue::{Entered, Grant, Polled, Queue};
use super::{Ask, Refusal};

/// The queue, shared by all clones of a limiter.
#[derive(Debug)]
pub(super) struct Core(Mutex<Queue>);

impl Core {
    pub(super) fn new(configured: Option<u32>) -> Self {
        Self(Mutex::new(Queue::new(configured)))
    }

    /// Calls `act` with the locked queue, then wakes the tasks that it admitted. They are woken after the lock is
    /// released, because they may take it.
    pub(super) fn with<R>(&self, act: impl FnOnce(&mut Queue, Instant) -> R) -> R {
        // No operation panics while the queue is inconsistent, so a poisoned lock can be used.
        let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let result = act(&mut queue, Instant::now());
        let wake = std::mem::take(&mut queue.wake);
        drop(queue);
        for waker in wake {
            waker.wake();
        }
        result
    }

    /// Waits until a call is admitted.
    pub(super) async fn acquire(&self, ask: &Ask<'_>) -> Result<Grant, Refusal> {
        match self.with(|queue, now| queue.enter(ask, now)) {
            Entered::Go(grant) => Ok(grant),
            Entered::Refused(held) => Err(held),
            Entered::Wait(ticket) => {
                QueuePosition { core: self, ticket }.wait(ask.until).await
            }
        }
    }
}

/// A position in the queue. Dropping it leaves the queue and returns an unused admission.
struct QueuePosition<'a> {
    core: &'a Core,
    ticket: Ticket,
}

impl QueuePosition<'_> {
    async fn wait(self, until: Option<Instant>) -> Result<Grant, Refusal> {
        let mut sleep = pin!(time::sleep_until(Instant::now()));
        future::poll_fn(|cx| {
            loop {
                let ticket = self.ticket;
                let polled = self
                    .core
                    .with(|queue, now| queue.poll(ticket, until, cx.waker(), now));
                match polled {
                    Polled::Go(grant) => return Poll::Ready(Ok(grant)),
                    Polled::Refused(held) => return Poll::Ready(Err(held)),
                    Polled::Sleep(None) => return Poll::Pending,
                    Polled::Sleep(Some(at)) => {
                        if sleep.deadline() != at || sleep.is_elapsed() {
                            sleep.as_mut().reset(at);
                        }
                        if sleep.as_mut().poll(cx).is_pending() {
                            return Poll::Pending;
                        }
                    }
                }
            }
        })
        .await
    }
}

impl Drop for QueuePosition<'_> {
    fn drop(&mut self) {
        self.core.with(|queue, now| queue.cancel(self.ticket, now));
    }
}
