//! Several programs under one budget, each of which sees the others only by what is left.

use super::load::{Outcome, WORKERS, mixture, run};
use super::*;

const CALLS: usize = 2500;

async fn outcome(
    name: &str,
    programs: usize,
    workers: u64,
    acts: Vec<Act>,
    rules: Rules,
    path: Path,
) -> Outcome {
    let limits = (0..programs).map(|_| RateLimiter::new()).collect();
    run(name, limits, workers, Front::new(rules, path), acts, rules).await
}

#[tokio::test(start_paused = true)]
async fn two_busy_programs() {
    for workers in WORKERS {
        for (seed, limit) in [(1, 50), (2, 100), (3, 200)] {
            let name = format!("two_busy_programs {limit}");
            let rules = Rules { phase: 11.0 * seed as f64, ..Rules::new(limit) };
            let acts = mixture(CALLS, seed);
            let outcome = outcome(&name, 2, workers, acts, rules, Path::Whole).await;
            let refused = outcome.company + outcome.operation_limit;
            assert!(refused * 100 <= CALLS * 2, "{name} {workers} {outcome:?}");
            assert!(outcome.throughput >= 95.0, "{name} {workers} {outcome:?}");
        }
    }
}

/// Limits of operations are counted for all programs together, too.
#[tokio::test(start_paused = true)]
async fn two_busy_programs_at_limits_of_operations() {
    for workers in WORKERS {
        let mut dice = Dice(5);
        let acts = (0..CALLS).map(|_| match dice.roll(10) {
            0..5 => Act { operation: &SEARCH, ..Act::plain() },
            5..8 => Act { operation: &BOX, each: dice.roll(2), ..Act::plain() },
            _ => Act::plain(),
        });
        let acts = acts.collect();
        let name = "two_busy_programs_at_limits_of_operations";
        let outcome =
            outcome(name, 2, workers, acts, Rules::new(200), Path::Whole).await;
        let refused = outcome.company + outcome.operation_limit;
        assert!(refused * 100 <= CALLS * 2, "{workers} {outcome:?}");
    }
}

/// Each of two busy programs gets one response of five without headers.
#[tokio::test(start_paused = true)]
async fn two_busy_programs_without_all_headers() {
    for workers in WORKERS {
        let name = "two_busy_programs_without_all_headers";
        let acts = mixture(CALLS, 4);
        let path = Path::Silent(200);
        let outcome = outcome(name, 2, workers, acts, Rules::new(100), path).await;
        let refused = outcome.company + outcome.operation_limit;
        assert!(refused * 100 <= CALLS * 2, "{workers} {outcome:?}");
        assert!(outcome.throughput >= 90.0, "{workers} {outcome:?}");
    }
}
