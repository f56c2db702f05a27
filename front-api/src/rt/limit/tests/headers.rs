//! No response breaks the limiter or delays calls for long, whatever it reports.

use proptest::prelude::*;

use super::*;

/// Returns an arbitrary number of a header.
fn number() -> impl Strategy<Value = Option<u32>> {
    prop_oneof![
        Just(None),
        Just(Some(0)),
        Just(Some(1)),
        (0..200_u32).prop_map(Some),
        any::<u32>().prop_map(Some),
    ]
}

/// Returns an arbitrary `retry-after` in seconds.
fn requested_wait() -> impl Strategy<Value = u64> {
    prop_oneof![5 => 0..20_u64, 1 => 0..1_000_000_u64, 1 => Just(u64::MAX)]
}

/// Returns a moment in milliseconds since 1970: near the present, or arbitrary.
fn moment() -> impl Strategy<Value = i64> {
    prop_oneof![
        1_000_000_000..1_000_090_000_i64,
        (1_000_000..1_000_090_i64).prop_map(|seconds| seconds * 1000),
        Just(0),
        any::<i64>(),
    ]
}

prop_compose! {
    fn response()(
        numbers in prop::array::uniform4(number()),
        reset in prop::option::of(moment()),
        date in prop::option::of(moment()),
        refusal in prop::option::weighted(0.3, (prop::option::of(requested_wait()), any::<bool>())),
        [negative, counted] in prop::array::uniform2(any::<bool>()),
    ) -> RateSignals {
        let mut rates = RateLimitHeaders::default();
        [rates.limit, rates.remaining, rates.burst_limit, rates.burst_remaining] = numbers;
        rates.reset = reset.map(Timestamp::from_millis);
        let date = date.and_then(|date| u64::try_from(date / 1000).ok());
        let refused = refusal.and_then(|(wait, operation_limit)| refused(wait, operation_limit));
        RateSignals { rates, negative, date, counted, refused }
    }
}

#[derive(Clone, Debug)]
enum Step {
    Response(RateSignals),
    Lost,
    Unsent,
    Another,
    Pause(u64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        6 => response().prop_map(Step::Response),
        1 => Just(Step::Lost),
        1 => Just(Step::Unsent),
        3 => Just(Step::Another),
        2 => (0..70_000_u64).prop_map(Step::Pause),
    ]
}

/// The longest wait that is accepted, in seconds.
const LONGEST: u64 = 60;
/// The longest wait without `retry-after`, in seconds: a window, a second, and the drift of clocks.
const WINDOW: f64 = 61.2;

async fn run(steps: Vec<Step>, operation: &'static Operation) {
    let limits = RateLimiter::requests_per_minute(50);
    let path = ["a".into()];
    let mut in_flight = Vec::new();
    let mut requested_wait = 0;
    for step in steps {
        if let Step::Response(signals) = &step {
            let wait = signals.refused.and_then(|refused| refused.wait);
            requested_wait =
                requested_wait.max(wait.map_or(0, |wait| wait.as_secs().min(LONGEST)));
        }
        let start = Instant::now();
        let most = Duration::from_secs(3600);
        let permit = tokio::time::timeout(most, limits.acquire(ask(operation, &path)));
        let mut permit = permit.await.expect("it does not hang").expect("a permit");
        let waited = start.elapsed().as_secs_f64();
        assert!(waited <= WINDOW + requested_wait as f64, "{waited} s");
        permit.sent(Instant::now());
        match step {
            Step::Response(signals) => {
                in_flight.push(permit);
                in_flight.swap_remove(0).answered(&signals);
            }
            Step::Lost => drop(permit),
            Step::Unsent => permit.unsent(),
            Step::Another => in_flight.push(permit),
            Step::Pause(millis) => {
                sleep(Duration::from_millis(millis)).await;
                permit.answered(&RateSignals::default());
            }
        }
        // If several calls stay without a response, no further call is admitted.
        if in_flight.len() > 1 {
            in_flight.clear();
        }
    }
    drop(in_flight);
    assert_eq!(limits.waiting(), 0);
    limits
        .core
        .as_ref()
        .expect("a limiter that is on")
        .with(|queue, _| assert_eq!(queue.company.in_flight(), 0));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn no_response_delays_calls_for_long(steps in prop::collection::vec(step(), 1..40)) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime");
        runtime.block_on(run(steps.clone(), &PLAIN));
        runtime.block_on(run(steps, &BOX_TOO));
    }
}
