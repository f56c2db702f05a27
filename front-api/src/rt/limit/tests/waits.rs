//! How long a refusal and a shared budget may hold calls.

use std::future::{Future, pending};
use std::pin::Pin;

use super::*;
use crate::rt::limit::{SharedBudget, longest_wait};

/// A year, and more than any clock can say.
const ABSURD: [u64; 2] = [31_536_000, u64::MAX];

/// No window explains a wait of more than a minute.
#[tokio::test(start_paused = true)]
async fn a_refusal_stops_nobody_for_longer_than_a_window() {
    for wait in ABSURD {
        for rates in [RateLimitHeaders::default(), signals(0, 1_000_030).rates] {
            let limits = RateLimiter::new();
            let first = try_now(&limits, &PLAIN).await.expect("the first");
            let refused = refused(Some(wait), false);
            first.answered(&RateSignals { rates, refused, ..RateSignals::default() });
            let start = Instant::now();
            let mut passes =
                vec![limits.acquire(ask(&PLAIN, &[])).await.expect("it waits")];
            assert_eq!(start.elapsed().as_secs(), 60);
            // It is a probe.
            assert!(try_now(&limits, &PLAIN).await.is_err());
            passes.remove(0).answered(&signals(90, 1_000_090));
            assert!(try_now(&limits, &PLAIN).await.is_ok());
        }
    }
}

/// Nor one of a limit of its operation of more than that limit's window.
#[tokio::test(start_paused = true)]
async fn nor_does_a_refusal_by_a_guard() {
    for wait in ABSURD {
        for (operation, seconds) in [(&OTHER, 60), (&BOX_TOO, 60), (&SEEN, 3603)] {
            let limits = RateLimiter::new();
            let path = ["a".into()];
            let ask = ask(operation, &path);
            let refused = refused(Some(wait), true);
            let signals = RateSignals { refused, ..signals(90, 1_000_030) };
            limits.acquire(ask).await.expect("the first").answered(&signals);
            let start = Instant::now();
            let ask = Ask { operation, path: &path, ..super::ask(operation, &[]) };
            limits.acquire(ask).await.expect("it waits").answered(&silent());
            assert_eq!(start.elapsed().as_secs(), seconds);
        }
    }
    let longest =
        |operation, operation_limit| longest_wait(operation, operation_limit).as_secs();
    assert_eq!([longest(&SEEN, true), longest(&SEEN, false)], [3603, 60]);
    assert_eq!([longest(&BOX, true), longest(&PLAIN, true)], [60, 60]);
}

/// A budget that never says anything.
#[derive(Debug)]
struct Silent;

impl SharedBudget for Silent {
    fn take(
        &self,
        _: Option<Duration>,
    ) -> Pin<Box<dyn Future<Output = Result<(), Duration>> + Send + '_>> {
        Box::pin(pending())
    }

    fn give_back(&self) {
        unreachable!("nothing was taken");
    }
}

#[tokio::test(start_paused = true)]
async fn a_shared_budget_holds_no_call_beyond_its_deadline() {
    for (wait, seconds) in [(true, 7), (false, 1)] {
        let limits = RateLimiter::new().with_shared(Silent);
        let start = Instant::now();
        let until = Some(start + Duration::from_secs(7));
        let taken = limits.acquire(Ask { until, wait, ..ask(&PLAIN, &[]) });
        let taken = tokio::time::timeout(Duration::from_secs(600), taken).await;
        let held = taken.expect("it ends").expect_err("nothing was taken");
        assert_eq!((held.limit, held.wait.as_secs()), ("company", seconds));
        assert_eq!(start.elapsed().as_secs(), seconds);
        // What was taken here was given back.
        assert_eq!((limits.in_flight(), limits.waiting()), (0, 0));
    }
}
