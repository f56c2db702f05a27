//! The company's budget, rule by rule.

use super::*;
use crate::rt::limit::queue::COMPANY;

const RESET: i64 = 1_000_030;

async fn go(limits: &RateLimiter) -> Permit {
    let mut permit = try_now(limits, &PLAIN).await.expect("it may go");
    permit.sent(Instant::now());
    permit
}

async fn held(limits: &RateLimiter) -> f64 {
    let held = try_now(limits, &PLAIN).await.expect_err("it may not go");
    assert_eq!(held.limit, COMPANY);
    held.wait.as_secs_f64()
}

/// How many more may go by what is known, though not all of them at once.
async fn room(limits: &RateLimiter) -> u32 {
    tokio::task::yield_now().await;
    let core = limits.core.as_ref().expect("limits that limit");
    core.with(|queue, now| queue.company.room(now))
}

async fn with(signals: RateSignals) -> RateLimiter {
    let limits = RateLimiter::new();
    go(&limits).await.answered(&signals);
    let core = limits.core.as_ref().expect("limits that limit");
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
async fn one_call_goes_first() {
    let limits = RateLimiter::requests_per_minute(100);
    let first = go(&limits).await;
    assert_eq!(held(&limits).await, 0.1);
    // One that was not sent says nothing.
    first.unsent();
    let first = go(&limits).await;
    first.answered(&signals(7, RESET));
    assert_eq!(room(&limits).await, 7);
    assert_eq!(limits.rates().remaining, Some(7));
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_hangs_holds_up_nobody_for_long() {
    let limits = RateLimiter::new();
    let _hangs = go(&limits).await;
    let start = Instant::now();
    let next = limits.acquire(ask(&PLAIN, &[])).await.expect("it waits");
    assert_eq!(start.elapsed().as_secs(), 2);
    let (waited, limit) = next.waited().expect("it has waited");
    assert_eq!((waited.as_secs(), limit), (2, COMPANY));
}

/// What is never reported is never allowed: one call at a time goes, as many in a minute as any plan allows.
#[tokio::test(start_paused = true)]
async fn counts_itself_where_front_does_not_tell() {
    for nothing in [silent(), gateway()] {
        let limits = RateLimiter::new();
        for _ in 0..50 {
            let one = go(&limits).await;
            assert!(held(&limits).await > 0.0);
            one.answered(&nothing);
        }
        assert_eq!(held(&limits).await, 60.0);
        pause(60.0).await;
        // What Front tells counts more.
        go(&limits).await.answered(&signals(3, RESET));
        assert_eq!(room(&limits).await, 3);
    }
}

/// Where a limit was set, a tenth of it goes at once.
#[tokio::test(start_paused = true)]
async fn counts_up_to_what_was_set_where_front_does_not_tell() {
    let limits = RateLimiter::requests_per_minute(30);
    let first = go(&limits).await;
    assert_eq!(held(&limits).await, 0.1);
    first.answered(&silent());
    pause(1.0).await;
    for _ in 0..9 {
        let three = [go(&limits).await, go(&limits).await, go(&limits).await];
        assert_eq!(held(&limits).await, 0.1);
        three.into_iter().for_each(|permit| permit.answered(&silent()));
    }
    go(&limits).await.answered(&silent());
    pause(1.0).await;
    let last = go(&limits).await;
    // The first one counts until a minute after its answer.
    assert_eq!(held(&limits).await, 58.0);
    last.answered(&signals(3, RESET));
    assert_eq!(room(&limits).await, 3);
}

/// A limit of nothing is none.
#[tokio::test(start_paused = true)]
async fn a_limit_of_zero_stops_nobody() {
    let limits = RateLimiter::new();
    let rates = RateLimitHeaders { limit: Some(0), ..RateLimitHeaders::default() };
    for _ in 0..50 {
        go(&limits).await.answered(&RateSignals { rates, ..silent() });
    }
    assert_eq!(held(&limits).await, 60.0);
}

/// Other programs may send theirs at the same moment, so only a part of what is left goes at once.
#[tokio::test(start_paused = true)]
async fn a_part_of_what_is_left_goes_at_once() {
    async fn may_add_in_flight(limits: &RateLimiter) -> usize {
        let mut passes = Vec::new();
        while let Ok(permit) = try_now(limits, &PLAIN).await {
            passes.push(permit);
            assert!(passes.len() <= 100, "there is no limit");
        }
        passes.len()
    }
    let limits = RateLimiter::new();
    go(&limits).await.answered(&signals(80, RESET));
    // Whether others are there is not known yet.
    assert_eq!(may_add_in_flight(&limits).await, 20);
    let limits = with(signals(80, RESET)).await;
    assert_eq!(may_add_in_flight(&limits).await, 40);
    let limits = with(signals(12, RESET)).await;
    assert_eq!(may_add_in_flight(&limits).await, 10);
    // Calls that take long hold up others for 2 s each.
    let limits = RateLimiter::new();
    go(&limits).await.answered(&signals(5, RESET));
    let start = Instant::now();
    let mut slow = Vec::new();
    for seconds in [0, 2, 4] {
        slow.push(limits.acquire(ask(&PLAIN, &[])).await.expect("it waits"));
        assert_eq!(start.elapsed().as_secs(), seconds);
    }
}

#[tokio::test(start_paused = true)]
async fn answers_count_in_whatever_order_they_come() {
    let limits = with(signals(50, RESET)).await;
    let mut passes = Vec::new();
    for _ in 0..10 {
        passes.push(go(&limits).await);
    }
    assert_eq!(room(&limits).await, 40);
    // The last one that Front saw answers first: nine of ours are in it, but that is not known yet.
    passes.pop().expect("one").answered(&signals(40, RESET));
    assert_eq!(room(&limits).await, 31);
    for (remaining, permit) in (41..50).zip(passes) {
        permit.answered(&signals(remaining, RESET));
    }
    assert_eq!(room(&limits).await, 40);
}

#[tokio::test(start_paused = true)]
async fn answers_of_an_old_window_tell_nothing() {
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
async fn what_has_no_answer_counts_until_a_later_one_tells() {
    let limits = with(signals(10, RESET)).await;
    let early = go(&limits).await;
    drop(go(&limits).await);
    drop(go(&limits).await);
    assert_eq!(room(&limits).await, 7);
    // It was sent before those were given up: they may have come after it.
    early.answered(&signals(9, RESET));
    assert_eq!(room(&limits).await, 7);
    pause(0.5).await;
    go(&limits).await.answered(&signals(7, RESET));
    assert_eq!(room(&limits).await, 5);
    pause(0.6).await;
    go(&limits).await.answered(&signals(6, RESET));
    assert_eq!(room(&limits).await, 6);
    // They are all that is left: whether they were counted is found out.
    let passes: Vec<_> = vec![go(&limits).await, go(&limits).await, go(&limits).await];
    drop(passes);
    let passes: Vec<_> = vec![go(&limits).await, go(&limits).await, go(&limits).await];
    drop(passes);
    assert_eq!(room(&limits).await, 0);
    pause(1.0).await;
    assert_eq!(room(&limits).await, 1);
    pause(0.1).await;
    go(&limits).await.answered(&signals(5, RESET));
    assert_eq!(room(&limits).await, 5);
}

#[tokio::test(start_paused = true)]
async fn waits_for_the_reset_and_asks_with_one_call() {
    let limits = with(signals(0, RESET)).await;
    // Up to a second each for the date and for the reset, and 50 ms for the clocks.
    assert_eq!(held(&limits).await, 31.05);
    let now = Instant::now();
    let until = Some(now + Duration::from_secs(31));
    let late = limits.acquire(Ask { until, ..ask(&PLAIN, &[]) }).await;
    assert_eq!(late.expect_err("too late").wait.as_secs_f64(), 31.05);
    assert_eq!(Instant::now(), now);

    let start = Instant::now();
    let mut permit = limits.acquire(ask(&PLAIN, &[])).await.expect("it waits");
    assert!((31.05..31.06).contains(&start.elapsed().as_secs_f64()));
    permit.sent(Instant::now());
    assert_eq!(held(&limits).await, 0.1);
    // It came too early after all, which the burst allowance paid for.
    let early = RateSignals { date: None, ..signals(0, RESET) };
    permit.answered(&early);
    assert_eq!(held(&limits).await, 0.5);
    pause(0.5).await;
    go(&limits).await.answered(&early);
    assert_eq!(held(&limits).await, 1.0);
    pause(1.0).await;
    go(&limits).await.answered(&signals(99, RESET + 60));
    assert_eq!(room(&limits).await, 99);
}

#[tokio::test(start_paused = true)]
async fn those_ahead_are_reckoned_with() {
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
    assert_eq!(held(&limits).await, 31.05 + 120.0);
    for task in tasks {
        task.abort();
        let _ = task.await;
    }
    assert_eq!((limits.waiting(), held(&limits).await), (0, 31.05));
}

#[tokio::test(start_paused = true)]
async fn gives_up_when_the_time_is_over() {
    let limits = RateLimiter::new();
    let _first = go(&limits).await;
    let start = Instant::now();
    let until = Some(start + Duration::from_millis(1500));
    // That it will be too late is not known when it comes.
    let late = limits.acquire(Ask { until, ..ask(&PLAIN, &[]) }).await;
    assert_eq!(late.expect_err("too late").limit, COMPANY);
    assert_eq!(start.elapsed().as_millis(), 1500);
    assert_eq!(limits.waiting(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_stops_all() {
    let limits = with(signals(50, RESET)).await;
    let other = go(&limits).await;
    go(&limits).await.answered(&refusal(Some(7)));
    assert_eq!(held(&limits).await, 7.0);
    // An answer to a call that was sent before changes nothing.
    other.answered(&signals(20, RESET));
    assert_eq!(held(&limits).await, 7.0);
    pause(7.0).await;
    let probe = go(&limits).await;
    assert_eq!(held(&limits).await, 0.1);
    probe.answered(&signals(19, RESET));
    // Others must have spent most of it, so one is left to them.
    assert_eq!(room(&limits).await, 18);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_that_says_nothing_stops_until_the_reset_or_for_a_while() {
    let limits = with(signals(50, RESET)).await;
    go(&limits)
        .await
        .answered(&RateSignals { refused: refused(None, false), ..signals(0, RESET) });
    assert_eq!(held(&limits).await, 31.05);

    let limits = with(refusal(None)).await;
    for pauses in [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 32.0] {
        assert_eq!(held(&limits).await, pauses);
        pause(pauses).await;
        go(&limits).await.answered(&refusal(None));
    }
    pause(32.0).await;
    go(&limits).await.answered(&silent());
    go(&limits).await.answered(&refusal(None));
    assert_eq!(held(&limits).await, 1.0);
}

#[tokio::test(start_paused = true)]
async fn a_window_that_nobody_told_of_is_entered_carefully() {
    let limits = with(signals(50, RESET)).await;
    pause(300.0).await;
    assert_eq!(room(&limits).await, 10);
    go(&limits).await.answered(&signals(80, RESET + 300));
    // Others are there, as 19 calls are missing that are not ours: one is left to them.
    assert_eq!(room(&limits).await, 79);
}

#[tokio::test(start_paused = true)]
async fn draws_on_the_burst_allowance_as_it_refills() {
    let limits = with(burst(signals(1, RESET), 50, 2)).await;
    assert_eq!(room(&limits).await, 3);
    let last = [go(&limits).await, go(&limits).await, go(&limits).await];
    for (permit, left) in last.into_iter().zip([2, 1, 0]) {
        permit.answered(&burst(signals(0, RESET), 50, left));
    }
    // 50 in ten minutes, and a little to be sure.
    assert!((12.0..12.5).contains(&held(&limits).await));
    pause(12.5).await;
    go(&limits).await.answered(&burst(signals(0, RESET), 50, 0));
    // What had refilled beyond one call is kept.
    assert!((11.5..12.0).contains(&held(&limits).await));
}

#[tokio::test(start_paused = true)]
async fn the_least_that_is_left_of_the_burst_allowance_counts() {
    let tells = |left| burst(signals(0, RESET), 50, left);
    let limits = with(tells(10)).await;
    let (first, second, third) =
        (go(&limits).await, go(&limits).await, go(&limits).await);
    pause(0.1).await;
    first.answered(&tells(9));
    pause(0.1).await;
    let fourth = go(&limits).await;
    pause(0.1).await;
    // Front saw it last. The answer to the fourth, sent before this one came, is older.
    second.answered(&tells(6));
    pause(0.1).await;
    fourth.answered(&tells(7));
    assert_eq!(room(&limits).await, 5);
    third.answered(&tells(8));
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
    let _one = background().await.expect("of the window");
    assert_eq!(background().await.expect_err("none left").wait.as_secs_f64(), 31.05);
    assert_eq!(room(&limits).await, 2);
}

#[tokio::test(start_paused = true)]
async fn without_a_date_a_window_is_over_after_a_minute() {
    let limits = with(RateSignals { date: None, ..signals(0, RESET) }).await;
    assert_eq!(held(&limits).await, 60.0);
}

#[tokio::test(start_paused = true)]
async fn off_limits_nothing() {
    let limits = RateLimiter::off();
    let mut passes = Vec::new();
    for _ in 0..300 {
        passes.push(go(&limits).await);
    }
    passes.pop().expect("one").answered(&refusal(Some(9)));
    let _more = go(&limits).await;
    assert_eq!((limits.waiting(), limits.rates()), (0, RateLimitHeaders::default()));
    assert_eq!(format!("{limits:?}"), "RateLimiter { .. }");
}
