//! Thousands of calls against a server that follows Front's guide: it refuses none, and the calls use nearly all
//! that it allows.

use std::sync::Mutex;

use super::*;

const CALLS: usize = 5000;
/// Few tasks and many tasks: some faults appear only with many.
pub(super) const WORKERS: [u64; 2] = [64, 2000];

/// Returns a random call of the mixture.
fn test_call(random: &mut Random) -> TestCall {
    let (operation, each) = match random.below(1000) {
        0..100 => (&SEARCH, 0),
        100..180 => (&BOX, random.below(10)),
        180..260 => (&BOX_TOO, random.below(200)),
        260..300 => (&SEEN, random.below(300)),
        300..305 => (&REPORT, 0),
        305..400 => (&OTHER, random.below(50)),
        _ => (&PLAIN, 0),
    };
    TestCall { operation, each, priority: Priority::Interactive }
}

/// The result of a run.
#[derive(Debug)]
pub(super) struct Outcome {
    /// The shortest possible time as a share of the time that was needed, in percent.
    pub(super) throughput: f64,
    /// Calls that the company's budget refused.
    pub(super) company: usize,
    /// Calls that the limits of operations refused.
    pub(super) operation_limit: usize,
}

/// Makes all calls with several programs, each with this number of tasks.
pub(super) async fn run(
    name: &str,
    programs: Vec<RateLimiter>,
    workers: u64,
    front: Arc<Front>,
    test_calls: Vec<TestCall>,
    rules: Rules,
) -> Outcome {
    let calls = test_calls.len() as f64;
    let test_calls = Arc::new(Mutex::new(test_calls));
    let mut tasks = Vec::new();
    let mut started = Vec::new();
    for limits in programs {
        let program = Program::at(limits, Arc::clone(&front));
        for _ in 0..workers {
            let (program, test_calls) = (Arc::clone(&program), Arc::clone(&test_calls));
            let seed = tasks.len() as u64;
            tasks.push(tokio::spawn(async move {
                let mut random = Random(seed);
                loop {
                    let test_call = test_calls.lock().expect("not poisoned").pop();
                    let Some(test_call) = test_call else { return };
                    let (there, back) = (random.millis(10, 200), random.millis(10, 200));
                    program.call(test_call, there, back).await;
                }
            }));
        }
        started.push(program);
    }
    for task in tasks {
        task.await.expect("it finishes");
    }
    for program in started {
        program.assert_idle();
    }
    let elapsed = front.now();
    // The moment at which a server that is never idle would have accepted the last call.
    let mut shortest = 0.0;
    while Model::capacity(rules, shortest) < calls {
        shortest += 0.01;
    }
    let [company, operation_limit] = front.model.lock().expect("not poisoned").refused();
    let throughput = 100.0 * shortest / elapsed;
    let outcome = Outcome { throughput, company, operation_limit };
    // Visible with `--nocapture`.
    #[allow(
        clippy::print_stderr,
        reason = "the numbers are the purpose of a manual run"
    )]
    {
        eprintln!(
            "{name}, {workers} tasks: {elapsed:.0} s of {shortest:.0} s at least, {outcome:.2?}"
        );
    }
    outcome
}

/// Returns a random mixture of calls.
pub(super) fn mixture(calls: usize, seed: u64) -> Vec<TestCall> {
    let mut random = Random(seed);
    (0..calls).map(|_| test_call(&mut random)).collect()
}

/// Makes calls with one program over a reliable network.
async fn alone(name: &str, workers: u64, limits: RateLimiter, rules: Rules) -> Outcome {
    let test_calls = mixture(CALLS, 7 + u64::from(rules.spent));
    let front = Front::new(rules, Network::Reliable);
    run(name, vec![limits], workers, front, test_calls, rules).await
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

/// Servers with random rules.
#[test]
fn random_servers() {
    for seed in 0..6 {
        let mut random = Random(seed);
        let limit = [50, 100, 120, 200][random.below(4) as usize];
        let rules = Rules {
            phase: random.below(60_000) as f64 / 1000.0,
            spent: random.below(u64::from(limit)) as u32,
            burst: random.below(u64::from(limit) * 50) as f64 / 100.0,
            clock: random.below(8000) as f64 / 1000.0 - 4.0,
            whole: random.below(3) > 0,
            sliding: random.below(2) > 0,
            ..Rules::new(limit)
        };
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime");
        let name = format!("random_servers {seed}");
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

/// Before the first response, the limiter cannot know that nothing is left.
#[tokio::test(start_paused = true)]
async fn all_spent() {
    let rules = Rules { spent: 100, burst: 0.0, ..Rules::new(100) };
    for workers in WORKERS {
        let outcome = alone("all_spent", workers, RateLimiter::new(), rules).await;
        assert_eq!((outcome.company, outcome.operation_limit), (1, 0), "{outcome:?}");
        assert!(outcome.throughput >= 98.0, "{outcome:?}");
    }
}

/// Without its headers the burst allowance is not used.
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

/// Without headers, every call counts for a minute after its response, and the server's windows are unknown.
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

/// Other programs may spend calls between a response and the next call, so a few calls may be refused.
#[tokio::test(start_paused = true)]
async fn other_programs_spend() {
    let rules = Rules { other_programs: 30.0, ..Rules::new(100) };
    for workers in WORKERS {
        let outcome =
            alone("other_programs_spend", workers, RateLimiter::new(), rules).await;
        assert_eq!(outcome.operation_limit, 0, "{outcome:?}");
        assert!(outcome.company <= CALLS / 100, "{outcome:?}");
        assert!(outcome.throughput >= 98.0 * 0.7, "{outcome:?}");
    }
}
