//! Several programs with one budget. Each program detects the others only by what is left.

use super::load::{Outcome, WORKERS, mixture, run};
use super::*;

const CALLS: usize = 2500;

async fn outcome(
    name: &str,
    programs: usize,
    workers: u64,
    test_calls: Vec<TestCall>,
    rules: Rules,
    path: Network,
) -> Outcome {
    let limits = (0..programs).map(|_| RateLimiter::new()).collect();
    run(name, limits, workers, Front::new(rules, path), test_calls, rules).await
}

#[tokio::test(start_paused = true)]
async fn two_busy_programs() {
    for workers in WORKERS {
        for (seed, limit) in [(1, 50), (2, 100), (3, 200)] {
            let name = format!("two_busy_programs {limit}");
            let rules = Rules { phase: 11.0 * seed as f64, ..Rules::new(limit) };
            let test_calls = mixture(CALLS, seed);
            let outcome =
                outcome(&name, 2, workers, test_calls, rules, Network::Reliable).await;
            let refused = outcome.company + outcome.operation_limit;
            assert!(refused * 100 <= CALLS * 2, "{name} {workers} {outcome:?}");
            assert!(outcome.throughput >= 95.0, "{name} {workers} {outcome:?}");
        }
    }
}

/// Front counts the limits of operations for all programs together as well.
#[tokio::test(start_paused = true)]
async fn two_busy_programs_at_limits_of_operations() {
    for workers in WORKERS {
        let mut random = Random(5);
        let test_calls = (0..CALLS).map(|_| match random.below(10) {
            0..5 => TestCall { operation: &SEARCH, ..TestCall::plain() },
            5..8 => {
                TestCall { operation: &BOX, each: random.below(2), ..TestCall::plain() }
            }
            _ => TestCall::plain(),
        });
        let test_calls = test_calls.collect();
        let name = "two_busy_programs_at_limits_of_operations";
        let outcome =
            outcome(name, 2, workers, test_calls, Rules::new(200), Network::Reliable)
                .await;
        let refused = outcome.company + outcome.operation_limit;
        assert!(refused * 100 <= CALLS * 2, "{workers} {outcome:?}");
    }
}

/// Each of two busy programs gets one response of five without headers.
#[tokio::test(start_paused = true)]
async fn two_busy_programs_without_all_headers() {
    for workers in WORKERS {
        let name = "two_busy_programs_without_all_headers";
        let test_calls = mixture(CALLS, 4);
        let path = Network::Silent(200);
        let outcome = outcome(name, 2, workers, test_calls, Rules::new(100), path).await;
        let refused = outcome.company + outcome.operation_limit;
        assert!(refused * 100 <= CALLS * 2, "{workers} {outcome:?}");
        assert!(outcome.throughput >= 90.0, "{workers} {outcome:?}");
    }
}
