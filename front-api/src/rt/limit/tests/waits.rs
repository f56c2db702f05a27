//! How long a refusal and a shared budget may delay calls.

use std::future::{Future, pending};
use std::pin::Pin;

use super::*;
use crate::rt::limit::{SharedBudget, longest_wait};

/// A year, and more seconds than any clock can represent.
const ABSURD: [u64; 2] = [31_536_000, u64::MAX];

/// A wait of more than a minute cannot be right, because a window is a minute long.
#[tokio::test(start_paused = true)]
async fn a_refusal_delays_calls_by_a_window_at_most() {
    for wait in ABSURD {
        for rates in [RateLimitHeaders::default(), signals(0, 1_000_030).rates] {
            let limits = RateLimiter::new();
            let first = try_now(&limits, &PLAIN).await.expect("the first");
            let refused = refused(Some(wait), false);
            first.answered(&RateSignals { rates, refused, ..RateSignals::default() });
            let start = Instant::now();
            let mut permits =
                vec![limits.acquire(ask(&PLAIN, &[])).await.expect("a permit")];
            assert_eq!(start.elapsed().as_secs(), 60);
            // It is a probe.
            assert!(try_now(&limits, &PLAIN).await.is_err());
            permits.remove(0).answered(&signals(90, 1_000_090));
            assert!(try_now(&limits, &PLAIN).await.is_ok());
        }
    }
}

/// A refusal by the limit of an operation delays its calls by the window of that limit, or a minute.
#[tokio::test(start_paused = true)]
async fn a_refusal_by_an_operation_limit_delays_calls_by_its_window_at_most() {
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
            limits.acquire(ask).await.expect("a permit").answered(&silent());
            assert_eq!(start.elapsed().as_secs(), seconds);
        }
    }
    let longest =
        |operation, operation_limit| longest_wait(operation, operation_limit).as_secs();
    assert_eq!([longest(&SEEN, true), longest(&SEEN, false)], [3603, 60]);
    assert_eq!([longest(&BOX, true), longest(&PLAIN, true)], [60, 60]);
}

/// A shared budget that never responds.
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
async fn a_shared_budget_delays_no_call_beyond_its_deadline() {
    for (wait, seconds) in [(true, 7), (false, 1)] {
        let limits = RateLimiter::new().with_shared(Silent);
        let start = Instant::now();
        let until = Some(start + Duration::from_secs(7));
        let taken = limits.acquire(Ask { until, wait, ..ask(&PLAIN, &[]) });
        let taken = tokio::time::timeout(Duration::from_secs(600), taken).await;
        let refusal = taken.expect("it finishes").expect_err("nothing was taken");
        assert_eq!((refusal.limit, refusal.wait.as_secs()), ("company", seconds));
        assert_eq!(start.elapsed().as_secs(), seconds);
        // The permit of this process was returned.
        assert_eq!((limits.in_flight(), limits.waiting()), (0, 0));
    }
}
