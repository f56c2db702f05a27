//! Thousands of calls against a server that keeps to Front's guide: none is refused, and little of what
//! the server allows is left.

use std::sync::Mutex;

use super::*;

const CALLS: usize = 5000;
/// Few tasks and many: what is wrong with many may go well with few.
pub(super) const WORKERS: [u64; 2] = [64, 2000];

/// What Front is asked for in the test, in a mixture.
fn act(dice: &mut Dice) -> Act {
    let (operation, each) = match dice.roll(1000) {
        0..100 => (&SEARCH, 0),
        100..180 => (&BOX, dice.roll(10)),
        180..260 => (&BOX_TOO, dice.roll(200)),
        260..300 => (&SEEN, dice.roll(300)),
        300..305 => (&REPORT, 0),
        305..400 => (&OTHER, dice.roll(50)),
        _ => (&PLAIN, 0),
    };
    Act { operation, each, priority: Priority::Interactive }
}

/// What came of it.
#[derive(Debug)]
pub(super) struct Outcome {
    /// How much of the time would have been enough, in percent.
    pub(super) throughput: f64,
    /// Calls that the company's budget refused, and that limits of operations did.
    pub(super) company: usize,
    pub(super) operation_limit: usize,
}

/// Runs as many calls as there are acts through several programs, with so many tasks each.
pub(super) async fn run(
    name: &str,
    programs: Vec<RateLimiter>,
    workers: u64,
    front: Arc<Front>,
    acts: Vec<Act>,
    rules: Rules,
) -> Outcome {
    let calls = acts.len() as f64;
    let acts = Arc::new(Mutex::new(acts));
    let mut tasks = Vec::new();
    let mut rigs = Vec::new();
    for limits in programs {
        let rig = Rig::at(limits, Arc::clone(&front));
        for _ in 0..workers {
            let (rig, acts) = (Arc::clone(&rig), Arc::clone(&acts));
            let seed = tasks.len() as u64;
            tasks.push(tokio::spawn(async move {
                let mut dice = Dice(seed);
                loop {
                    let act = acts.lock().expect("sound").pop();
                    let Some(act) = act else { return };
                    let (there, back) = (dice.millis(10, 200), dice.millis(10, 200));
                    rig.call(act, there, back).await;
                }
            }));
        }
        rigs.push(rig);
    }
    for task in tasks {
        task.await.expect("it ends");
    }
    for rig in rigs {
        rig.idle();
    }
    let took = front.now();
    // The moment at which a server that is never idle would have let the last one through.
    let mut best = 0.0;
    while Model::capacity(rules, best) < calls {
        best += 0.01;
    }
    let [company, operation_limit] = front.model.lock().expect("sound").refused();
    let throughput = 100.0 * best / took;
    let outcome = Outcome { throughput, company, operation_limit };
    // Seen with `--nocapture`.
    #[allow(clippy::print_stderr, reason = "the numbers are what one runs it for")]
    {
        eprintln!(
            "{name}, {workers} tasks: {took:.0} s of {best:.0} s at best, {outcome:.2?}"
        );
    }
    outcome
}

/// Acts in a mixture.
pub(super) fn mixture(calls: usize, seed: u64) -> Vec<Act> {
    let mut dice = Dice(seed);
    (0..calls).map(|_| act(&mut dice)).collect()
}

/// One program that calls a server which is hindered by nothing, with so many tasks.
async fn alone(name: &str, workers: u64, limits: RateLimiter, rules: Rules) -> Outcome {
    let acts = mixture(CALLS, 7 + u64::from(rules.spent));
    let front = Front::new(rules, Path::Whole);
    run(name, vec![limits], workers, front, acts, rules).await
}

macro_rules! rows {
    ($($name:ident: $limits:expr, $rules:expr;)*) => {
        $(
            #[tokio::test(start_paused = true)]
            async fn $name() {
                for workers in WORKERS {
                    let outcome =
                        alone(stringify!($name), workers, $limits, $rules).await;
                    assert_eq!((outcome.company, outcome.operation_limit), (0, 0), "{outcome:?}");
                    assert!(outcome.throughput >= 98.0, "{outcome:?}");
                }
            }
        )*
    };
}

fn half(limit: u32) -> Rules {
    let rules = Rules::new(limit);
    Rules { spent: limit / 2, burst: rules.burst / 2.0, ..rules }
}

rows! {
    fifty: RateLimiter::requests_per_minute(50), Rules::new(50);
    hundred: RateLimiter::requests_per_minute(100), Rules::new(100);
    two_hundred: RateLimiter::requests_per_minute(200), Rules::new(200);
    unknown_plan: RateLimiter::new(), Rules::new(100);
    wrong_plan: RateLimiter::requests_per_minute(200), Rules::new(100);
    half_spent: RateLimiter::new(), half(100);
    half_spent_fifty: RateLimiter::new(), half(50);
    clock_ahead: RateLimiter::new(), Rules { clock: 2.0, ..half(100) };
    clock_behind: RateLimiter::new(), Rules { clock: -2.0, ..half(100) };
    clock_far_behind: RateLimiter::new(), Rules { clock: -4000.5, phase: 59.9, ..half(100) };
    fractions: RateLimiter::new(), Rules { whole: false, phase: 5.77, ..half(100) };
    sliding: RateLimiter::requests_per_minute(100), Rules { sliding: true, ..half(100) };
    sliding_two_hundred: RateLimiter::new(), Rules { sliding: true, ..half(200) };
}

/// Servers of all kinds.
#[test]
fn whatever_the_server() {
    for seed in 0..6 {
        let mut dice = Dice(seed);
        let limit = [50, 100, 120, 200][dice.roll(4) as usize];
        let rules = Rules {
            phase: dice.roll(60_000) as f64 / 1000.0,
            spent: dice.roll(u64::from(limit)) as u32,
            burst: dice.roll(u64::from(limit) * 50) as f64 / 100.0,
            clock: dice.roll(8000) as f64 / 1000.0 - 4.0,
            whole: dice.roll(3) > 0,
            sliding: dice.roll(2) > 0,
            ..Rules::new(limit)
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime");
        let name = format!("whatever_the_server {seed}");
        let workers = WORKERS[seed as usize % 2];
        let outcome = runtime.block_on(alone(&name, workers, RateLimiter::new(), rules));
        assert_eq!(
            (outcome.company, outcome.operation_limit),
            (0, 0),
            "{rules:?} {outcome:?}"
        );
        assert!(outcome.throughput >= 98.0, "{rules:?} {outcome:?}");
    }
}

/// That nothing is left cannot be known before the first answer.
#[tokio::test(start_paused = true)]
async fn all_spent() {
    let rules = Rules { spent: 100, burst: 0.0, ..Rules::new(100) };
    for workers in WORKERS {
        let outcome = alone("all_spent", workers, RateLimiter::new(), rules).await;
        assert_eq!((outcome.company, outcome.operation_limit), (1, 0), "{outcome:?}");
        assert!(outcome.throughput >= 98.0, "{outcome:?}");
    }
}

/// Without its headers the burst allowance is not used, and what of it refills is lost.
#[tokio::test(start_paused = true)]
async fn no_burst_headers() {
    let rules = Rules { burst_headers: false, burst: 0.0, ..Rules::new(100) };
    for workers in WORKERS {
        let outcome =
            alone("no_burst_headers", workers, RateLimiter::new(), rules).await;
        assert_eq!((outcome.company, outcome.operation_limit), (0, 0), "{outcome:?}");
        assert!(outcome.throughput >= 98.0 / 1.05, "{outcome:?}");
    }
}

/// By our own count: every call is reckoned from its answer, and the server's windows are not known.
#[tokio::test(start_paused = true)]
async fn no_headers() {
    let rules = Rules { headers: false, ..Rules::new(100) };
    for workers in WORKERS {
        let outcome =
            alone("no_headers", workers, RateLimiter::requests_per_minute(100), rules)
                .await;
        assert_eq!((outcome.company, outcome.operation_limit), (0, 0), "{outcome:?}");
        assert!(outcome.throughput >= 90.0, "{outcome:?}");
    }
}

/// What others spend between an answer and the next call nobody can know: a few may be refused.
#[tokio::test(start_paused = true)]
async fn others_spend() {
    let rules = Rules { other_programs: 30.0, ..Rules::new(100) };
    for workers in WORKERS {
        let outcome = alone("others_spend", workers, RateLimiter::new(), rules).await;
        assert_eq!(outcome.operation_limit, 0, "{outcome:?}");
        assert!(outcome.company <= CALLS / 100, "{outcome:?}");
        assert!(outcome.throughput >= 98.0 * 0.7, "{outcome:?}");
    }
}
