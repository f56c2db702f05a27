//! The rules of the company's budget, one test each.

use super::*;
use crate::rt::limit::queue::COMPANY;

const RESET: i64 = 1_000_030;

async fn go(limits: &RateLimiter) -> Permit {
    let mut permit = try_now(limits, &PLAIN).await.expect("a permit");
    permit.sent(Instant::now());
    permit
}

/// Asserts that the company's budget refuses a call. Returns the wait in seconds.
async fn refused_wait(limits: &RateLimiter) -> f64 {
    let refusal = try_now(limits, &PLAIN).await.expect_err("a refusal");
    assert_eq!(refusal.limit, COMPANY);
    refusal.wait.as_secs_f64()
}

/// Returns how many more calls are allowed, though not all of them at once.
async fn room(limits: &RateLimiter) -> u32 {
    tokio::task::yield_now().await;
    let core = limits.core.as_ref().expect("a limiter that is on");
    core.with(|queue, now| queue.company.room(now))
}

async fn with(signals: RateSignals) -> RateLimiter {
    let limits = RateLimiter::new();
    go(&limits).await.answered(&signals);
    let core = limits.core.as_ref().expect("a limiter that is on");
    core.with(|queue, _| queue.company.assume_alone());
    limits
}

fn burst(mut signals: RateSignals, limit: u32, remaining: u32) -> RateSignals {
    signals.rates.burst_limit = Some(limit);
    signals.rates.burst_remaining = Some(remaining);
    signals
}

fn refusal(wait: Option<u64>) -> RateSignals {
    RateSignals { refused: refused(wait, false), ..RateSignals::default() }
}

#[tokio::test(start_paused = true)]
async fn one_call_is_sent_first() {
    let limits = RateLimiter::requests_per_minute(100);
    let first = go(&limits).await;
    assert_eq!(refused_wait(&limits).await, 0.1);
    // A call that was not sent reports nothing.
    first.unsent();
    let first = go(&limits).await;
    first.answered(&signals(7, RESET));
    assert_eq!(room(&limits).await, 7);
    assert_eq!(limits.rates().remaining, Some(7));
}

#[tokio::test(start_paused = true)]
async fn a_slow_probe_delays_the_next_call_by_two_seconds() {
    let limits = RateLimiter::new();
    let _hangs = go(&limits).await;
    let start = Instant::now();
    let next = limits.acquire(ask(&PLAIN, &[])).await.expect("a permit");
    assert_eq!(start.elapsed().as_secs(), 2);
    let (waited, limit) = next.waited().expect("a wait");
    assert_eq!((waited.as_secs(), limit), (2, COMPANY));
}

/// Only what was reported is allowed: without reports, one call is in flight at a time, and a minute allows what
/// every plan allows.
#[tokio::test(start_paused = true)]
async fn counts_its_own_calls_without_reports() {
    for nothing in [silent(), gateway()] {
        let limits = RateLimiter::new();
        for _ in 0..50 {
            let one = go(&limits).await;
            assert!(refused_wait(&limits).await > 0.0);
            one.answered(&nothing);
        }
        assert_eq!(refused_wait(&limits).await, 60.0);
        pause(60.0).await;
        // A report takes precedence.
        go(&limits).await.answered(&signals(3, RESET));
        assert_eq!(room(&limits).await, 3);
    }
}

/// Where a limit was set, a tenth of it may be in flight.
#[tokio::test(start_paused = true)]
async fn counts_up_to_the_configured_limit_without_reports() {
    let limits = RateLimiter::requests_per_minute(30);
    let first = go(&limits).await;
    assert_eq!(refused_wait(&limits).await, 0.1);
    first.answered(&silent());
    pause(1.0).await;
    for _ in 0..9 {
        let three = [go(&limits).await, go(&limits).await, go(&limits).await];
        assert_eq!(refused_wait(&limits).await, 0.1);
        three.into_iter().for_each(|permit| permit.answered(&silent()));
    }
    go(&limits).await.answered(&silent());
    pause(1.0).await;
    let last = go(&limits).await;
    // The first call counts until a minute after its response.
    assert_eq!(refused_wait(&limits).await, 58.0);
    last.answered(&signals(3, RESET));
    assert_eq!(room(&limits).await, 3);
}

/// A reported limit of 0 is ignored.
#[tokio::test(start_paused = true)]
async fn a_limit_of_zero_is_ignored() {
    let limits = RateLimiter::new();
    let rates = RateLimitHeaders { limit: Some(0), ..RateLimitHeaders::default() };
    for _ in 0..50 {
        go(&limits).await.answered(&RateSignals { rates, ..silent() });
    }
    assert_eq!(refused_wait(&limits).await, 60.0);
}

/// Other programs may send calls at the same moment, so only a part of what is left may be in flight.
#[tokio::test(start_paused = true)]
async fn only_a_part_of_what_is_left_may_be_in_flight() {
    async fn may_add_in_flight(limits: &RateLimiter) -> usize {
        let mut permits = Vec::new();
        while let Ok(permit) = try_now(limits, &PLAIN).await {
            permits.push(permit);
            assert!(permits.len() <= 100, "no rate limit applies");
        }
        permits.len()
    }
    let limits = RateLimiter::new();
    go(&limits).await.answered(&signals(80, RESET));
    // Whether other programs use the budget is not known yet.
    assert_eq!(may_add_in_flight(&limits).await, 20);
    let limits = with(signals(80, RESET)).await;
    assert_eq!(may_add_in_flight(&limits).await, 40);
    let limits = with(signals(12, RESET)).await;
    assert_eq!(may_add_in_flight(&limits).await, 10);
    // Each slow call delays the next one by 2 s.
    let limits = RateLimiter::new();
    go(&limits).await.answered(&signals(5, RESET));
    let start = Instant::now();
    let mut slow = Vec::new();
    for seconds in [0, 2, 4] {
        slow.push(limits.acquire(ask(&PLAIN, &[])).await.expect("a permit"));
        assert_eq!(start.elapsed().as_secs(), seconds);
    }
}

#[tokio::test(start_paused = true)]
async fn responses_count_in_any_order() {
    let limits = with(signals(50, RESET)).await;
    let mut permits = Vec::new();
    for _ in 0..10 {
        permits.push(go(&limits).await);
    }
    assert_eq!(room(&limits).await, 40);
    // The response to the last call arrives first. It includes the other nine calls, but that is not known yet.
    permits.pop().expect("one").answered(&signals(40, RESET));
    assert_eq!(room(&limits).await, 31);
    for (remaining, permit) in (41..50).zip(permits) {
        permit.answered(&signals(remaining, RESET));
    }
    assert_eq!(room(&limits).await, 40);
}

#[tokio::test(start_paused = true)]
async fn responses_of_an_old_window_are_ignored() {
    let limits = with(signals(5, RESET)).await;
    let slow = go(&limits).await;
    let slower = go(&limits).await;
    let first = go(&limits).await;
    first.answered(&signals(99, RESET + 60));
    assert_eq!(room(&limits).await, 97);
    slow.answered(&signals(0, RESET));
    assert_eq!(room(&limits).await, 98);
    let refused = RateSignals { refused: refused(Some(9), false), ..signals(0, RESET) };
    slower.answered(&refused);
    assert_eq!(room(&limits).await, 99);
}

#[tokio::test(start_paused = true)]
async fn a_call_without_a_response_counts_until_a_later_report() {
    let limits = with(signals(10, RESET)).await;
    let early = go(&limits).await;
    drop(go(&limits).await);
    drop(go(&limits).await);
    assert_eq!(room(&limits).await, 7);
    // It was sent before the other two were cancelled: they may have arrived after it.
    early.answered(&signals(9, RESET));
    assert_eq!(room(&limits).await, 7);
    pause(0.5).await;
    go(&limits).await.answered(&signals(7, RESET));
    assert_eq!(room(&limits).await, 5);
    pause(0.6).await;
    go(&limits).await.answered(&signals(6, RESET));
    assert_eq!(room(&limits).await, 6);
    // These calls are all that is left: a probe finds out whether Front has counted them.
    let permits: Vec<_> = vec![go(&limits).await, go(&limits).await, go(&limits).await];
    drop(permits);
    let permits: Vec<_> = vec![go(&limits).await, go(&limits).await, go(&limits).await];
    drop(permits);
    assert_eq!(room(&limits).await, 0);
    pause(1.0).await;
    assert_eq!(room(&limits).await, 1);
    pause(0.1).await;
    go(&limits).await.answered(&signals(5, RESET));
    assert_eq!(room(&limits).await, 5);
}

#[tokio::test(start_paused = true)]
async fn waits_for_the_reset_and_sends_one_probe() {
    let limits = with(signals(0, RESET)).await;
    // The date and the reset are rounded by up to a second each, and clocks drift by 50 ms.
    assert_eq!(refused_wait(&limits).await, 31.05);
    let now = Instant::now();
    let until = Some(now + Duration::from_secs(31));
    let late = limits.acquire(Ask { until, ..ask(&PLAIN, &[]) }).await;
    assert_eq!(late.expect_err("too late").wait.as_secs_f64(), 31.05);
    assert_eq!(Instant::now(), now);

    let start = Instant::now();
    let mut permit = limits.acquire(ask(&PLAIN, &[])).await.expect("a permit");
    assert!((31.05..31.06).contains(&start.elapsed().as_secs_f64()));
    permit.sent(Instant::now());
    assert_eq!(refused_wait(&limits).await, 0.1);
    // It arrived too early and used the burst allowance.
    let early = RateSignals { date: None, ..signals(0, RESET) };
    permit.answered(&early);
    assert_eq!(refused_wait(&limits).await, 0.5);
    pause(0.5).await;
    go(&limits).await.answered(&early);
    assert_eq!(refused_wait(&limits).await, 1.0);
    pause(1.0).await;
    go(&limits).await.answered(&signals(99, RESET + 60));
    assert_eq!(room(&limits).await, 99);
}

#[tokio::test(start_paused = true)]
async fn the_wait_includes_the_calls_ahead() {
    let limits = RateLimiter::new();
    let mut rates = signals(0, RESET);
    rates.rates.limit = Some(3);
    go(&limits).await.answered(&rates);
    let mut tasks = Vec::new();
    for _ in 0..7 {
        let limits = limits.clone();
        tasks.push(tokio::spawn(async move {
            let _ = limits.acquire(ask(&PLAIN, &[])).await;
        }));
    }
    tokio::task::yield_now().await;
    assert_eq!(limits.waiting(), 7);
    assert_eq!(refused_wait(&limits).await, 31.05 + 120.0);
    for task in tasks {
        task.abort();
        let _ = task.await;
    }
    assert_eq!((limits.waiting(), refused_wait(&limits).await), (0, 31.05));
}

#[tokio::test(start_paused = true)]
async fn fails_at_the_deadline() {
    let limits = RateLimiter::new();
    let _first = go(&limits).await;
    let start = Instant::now();
    let until = Some(start + Duration::from_millis(1500));
    // When it is queued, nothing shows that it will be too late.
    let late = limits.acquire(Ask { until, ..ask(&PLAIN, &[]) }).await;
    assert_eq!(late.expect_err("too late").limit, COMPANY);
    assert_eq!(start.elapsed().as_millis(), 1500);
    assert_eq!(limits.waiting(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_stops_all_calls() {
    let limits = with(signals(50, RESET)).await;
    let other = go(&limits).await;
    go(&limits).await.answered(&refusal(Some(7)));
    assert_eq!(refused_wait(&limits).await, 7.0);
    // The response to a call that was sent before the refusal changes nothing.
    other.answered(&signals(20, RESET));
    assert_eq!(refused_wait(&limits).await, 7.0);
    pause(7.0).await;
    let probe = go(&limits).await;
    assert_eq!(refused_wait(&limits).await, 0.1);
    probe.answered(&signals(19, RESET));
    // Other programs must have spent most of it, so one call is reserved for them.
    assert_eq!(room(&limits).await, 18);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_without_retry_after_stops_until_the_reset_or_backs_off() {
    let limits = with(signals(50, RESET)).await;
    go(&limits)
        .await
        .answered(&RateSignals { refused: refused(None, false), ..signals(0, RESET) });
    assert_eq!(refused_wait(&limits).await, 31.05);

    let limits = with(refusal(None)).await;
    for pauses in [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 32.0] {
        assert_eq!(refused_wait(&limits).await, pauses);
        pause(pauses).await;
        go(&limits).await.answered(&refusal(None));
    }
    pause(32.0).await;
    go(&limits).await.answered(&silent());
    go(&limits).await.answered(&refusal(None));
    assert_eq!(refused_wait(&limits).await, 1.0);
}

#[tokio::test(start_paused = true)]
async fn a_window_without_a_report_starts_with_few_calls() {
    let limits = with(signals(50, RESET)).await;
    pause(300.0).await;
    assert_eq!(room(&limits).await, 10);
    go(&limits).await.answered(&signals(80, RESET + 300));
    // Other programs have made 19 of the missing calls: one call is reserved for them.
    assert_eq!(room(&limits).await, 79);
}

#[tokio::test(start_paused = true)]
async fn uses_the_burst_allowance_as_it_refills() {
    let limits = with(burst(signals(1, RESET), 50, 2)).await;
    assert_eq!(room(&limits).await, 3);
    let last = [go(&limits).await, go(&limits).await, go(&limits).await];
    for (permit, left) in last.into_iter().zip([2, 1, 0]) {
        permit.answered(&burst(signals(0, RESET), 50, left));
    }
    // 50 calls in ten minutes, plus a small reserve.
    assert!((12.0..12.5).contains(&refused_wait(&limits).await));
    pause(12.5).await;
    go(&limits).await.answered(&burst(signals(0, RESET), 50, 0));
    // The fraction that had refilled beyond one call is kept.
    assert!((11.5..12.0).contains(&refused_wait(&limits).await));
}

#[tokio::test(start_paused = true)]
async fn the_smallest_reported_burst_allowance_counts() {
    let report = |left| burst(signals(0, RESET), 50, left);
    let limits = with(report(10)).await;
    let (first, second, third) =
        (go(&limits).await, go(&limits).await, go(&limits).await);
    pause(0.1).await;
    first.answered(&report(9));
    pause(0.1).await;
    let fourth = go(&limits).await;
    pause(0.1).await;
    // Front counted it last. The fourth call was sent before this response arrived, so its response is older.
    second.answered(&report(6));
    pause(0.1).await;
    fourth.answered(&report(7));
    assert_eq!(room(&limits).await, 5);
    third.answered(&report(8));
    assert_eq!(room(&limits).await, 6);
}

#[tokio::test(start_paused = true)]
async fn background_calls_leave_the_burst_allowance() {
    let limits = with(burst(signals(1, RESET), 50, 2)).await;
    let background = || async {
        let ask = ask(&PLAIN, &[]);
        let ask = Ask { wait: false, priority: Priority::Background, ..ask };
        limits.acquire(ask).await
    };
    let _one = background().await.expect("a call of the window");
    assert_eq!(background().await.expect_err("none left").wait.as_secs_f64(), 31.05);
    assert_eq!(room(&limits).await, 2);
}

#[tokio::test(start_paused = true)]
async fn without_a_date_a_window_ends_after_a_minute() {
    let limits = with(RateSignals { date: None, ..signals(0, RESET) }).await;
    assert_eq!(refused_wait(&limits).await, 60.0);
}

#[tokio::test(start_paused = true)]
async fn a_limiter_that_is_off_limits_nothing() {
    let limits = RateLimiter::off();
    let mut permits = Vec::new();
    for _ in 0..300 {
        permits.push(go(&limits).await);
    }
    permits.pop().expect("one").answered(&refusal(Some(9)));
    let _more = go(&limits).await;
    assert_eq!((limits.waiting(), limits.rates()), (0, RateLimitHeaders::default()));
    assert_eq!(format!("{limits:?}"), "RateLimiter { .. }");
}
