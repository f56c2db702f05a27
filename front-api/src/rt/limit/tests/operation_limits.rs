//! The rules of the limits of operations, one test each.

use super::*;

/// Returns a limiter with a large company's budget.
async fn unlimited() -> RateLimiter {
    let limits = RateLimiter::new();
    let mut large = signals(1_000_000, 1_000_030);
    large.rates.limit = Some(1_000_000);
    try_now(&limits, &PLAIN).await.expect("the first").answered(&large);
    limits
}

async fn go(
    limits: &RateLimiter,
    operation: &'static Operation,
    path: &[&str],
) -> Permit {
    try_go(limits, operation, path).await.expect("a permit")
}

/// Asserts that the limit of the operation refuses a call. Returns the wait in seconds.
async fn refused_wait(
    limits: &RateLimiter,
    operation: &'static Operation,
    path: &[&str],
) -> f64 {
    let refusal = try_go(limits, operation, path).await.expect_err("a refusal");
    let name = operation.rate_limit.map_or(operation.name, |class| class.name);
    assert_eq!(refusal.limit, name);
    refusal.wait.as_secs_f64()
}

async fn try_go(
    limits: &RateLimiter,
    operation: &'static Operation,
    path: &[&str],
) -> Result<Permit, Refusal> {
    let path: Vec<Box<str>> = path.iter().map(|&value| value.into()).collect();
    let mut permit =
        limits.acquire(Ask { wait: false, ..ask(operation, &path) }).await?;
    permit.sent(Instant::now());
    Ok(permit)
}

/// Returns the number of keys and of events that are in memory.
fn sizes(limits: &RateLimiter) -> (usize, usize) {
    limits
        .core
        .as_ref()
        .expect("a limiter that is on")
        .with(|queue, _| queue.operation_limits.len())
}

#[tokio::test(start_paused = true)]
async fn a_slot_is_free_a_period_after_the_response() {
    let limits = unlimited().await;
    let mut permits = Vec::new();
    for _ in 0..4 {
        permits.push(go(&limits, &BOX, &["a", "b"]).await);
    }
    // The limit belongs to the box. All operations on it share the limit.
    permits.push(go(&limits, &BOX_TOO, &["b"]).await);
    assert_eq!(refused_wait(&limits, &BOX_TOO, &["b"]).await, 1.001);
    let _others = [
        go(&limits, &BOX_TOO, &["a"]).await,
        go(&limits, &BOX, &["b", "a"]).await,
        go(&limits, &PLAIN, &[]).await,
    ];
    pause(5.0).await;
    permits.pop().expect("one").answered(&RateSignals::default());
    assert_eq!(refused_wait(&limits, &BOX, &["a", "b"]).await, 1.001);
    // A cancelled call may have reached Front until now. A call that was not sent has not.
    pause(0.5).await;
    drop(permits.pop());
    permits.pop().expect("one").unsent();
    permits.push(go(&limits, &BOX, &["a", "b"]).await);
    assert_eq!(refused_wait(&limits, &BOX, &["a", "b"]).await, 0.501);
    pause(0.501).await;
    permits.push(go(&limits, &BOX, &["a", "b"]).await);
    assert_eq!(refused_wait(&limits, &BOX, &["a", "b"]).await, 0.5);
}

#[tokio::test(start_paused = true)]
async fn keeps_the_slower_pace() {
    let limits = unlimited().await;
    go(&limits, &REPORT, &[]).await.answered(&RateSignals::default());
    assert_eq!(refused_wait(&limits, &REPORT, &[]).await, 3.003);
}

#[tokio::test(start_paused = true)]
async fn does_not_delay_calls_of_other_limits() {
    let limits = unlimited().await;
    for _ in 0..5 {
        go(&limits, &BOX_TOO, &["a"]).await.answered(&RateSignals::default());
    }
    let waits = limits.clone();
    let waits = tokio::spawn(async move {
        let path = ["a".into()];
        waits.acquire(ask(&BOX_TOO, &path)).await.expect("a permit").waited()
    });
    tokio::task::yield_now().await;
    assert_eq!(limits.waiting(), 1);
    let _others = [
        go(&limits, &BOX_TOO, &["b"]).await,
        go(&limits, &PLAIN, &[]).await,
        go(&limits, &SEEN, &["a"]).await,
    ];
    let (waited, limit) = waits.await.expect("it finishes").expect("a wait");
    assert_eq!((waited.as_secs(), limit), (1, "five"));
}

#[tokio::test(start_paused = true)]
async fn a_share_is_a_share_of_the_company_limit() {
    // While the limit is unknown, the share is of the smallest plan's limit.
    let limits = RateLimiter::new();
    for _ in 0..20 {
        go(&limits, &SEARCH, &[]).await.answered(&silent());
    }
    assert_eq!(refused_wait(&limits, &SEARCH, &[]).await, 60.06);
    go(&limits, &PLAIN, &[]).await.answered(&silent());
    let limits = RateLimiter::new();
    go(&limits, &PLAIN, &[]).await.answered(&signals(90, 1_000_030));
    for remaining in (50..90).rev() {
        go(&limits, &SEARCH, &[]).await.answered(&signals(remaining, 1_000_030));
    }
    assert_eq!(refused_wait(&limits, &SEARCH, &[]).await, 60.06);
    let _other = go(&limits, &PLAIN, &[]).await;
    // The share of a configured limit.
    let limits = RateLimiter::requests_per_minute(10);
    go(&limits, &PLAIN, &[]).await.answered(&silent());
    for _ in 0..4 {
        go(&limits, &SEARCH, &[]).await.answered(&silent());
    }
    assert_eq!(refused_wait(&limits, &SEARCH, &[]).await, 60.06);
}

#[tokio::test(start_paused = true)]
async fn a_refusal_by_an_operation_limit_blocks_only_its_key() {
    let limits = unlimited().await;
    let refusal =
        |wait| RateSignals { refused: refused(wait, true), ..RateSignals::default() };
    go(&limits, &BOX_TOO, &["a"]).await.answered(&refusal(Some(20)));
    assert_eq!(refused_wait(&limits, &BOX, &["x", "a"]).await, 20.0);
    let _other = go(&limits, &BOX_TOO, &["b"]).await;
    // The key of an operation without a class is its first path value.
    go(&limits, &OTHER, &["a"]).await.answered(&refusal(None));
    assert_eq!(refused_wait(&limits, &OTHER, &["a"]).await, 1.0);
    let _others = [go(&limits, &OTHER, &["b"]).await, go(&limits, &PLAIN, &[]).await];
    pause(1.0).await;
    go(&limits, &OTHER, &["a"]).await.answered(&RateSignals::default());
    // The company's budget is not spent, so the budget did not refuse the call.
    let spared =
        RateSignals { refused: refused(Some(5), false), ..signals(50, 1_000_030) };
    go(&limits, &OTHER, &["c"]).await.answered(&spared);
    assert_eq!(refused_wait(&limits, &OTHER, &["c"]).await, 5.0);
    let _other = go(&limits, &OTHER, &["a"]).await;
    pause(60.0).await;
    let _all = [go(&limits, &OTHER, &["c"]).await, go(&limits, &BOX_TOO, &["a"]).await];
}

/// After a refusal, one of the waiting calls is sent first.
#[tokio::test(start_paused = true)]
async fn after_a_refusal_one_call_is_a_probe() {
    let limits = unlimited().await;
    for (operation, most) in [(&OTHER, 1000), (&BOX_TOO, 2)] {
        let path = ["a"];
        let refusal =
            RateSignals { refused: refused(Some(1), true), ..RateSignals::default() };
        go(&limits, operation, &path).await.answered(&refusal);
        pause(2.5).await;
        let probe = go(&limits, operation, &path).await;
        assert!(try_go(&limits, operation, &path).await.is_err());
        // A gateway's response reports nothing.
        probe.answered(&gateway());
        let probe = go(&limits, operation, &path).await;
        assert!(try_go(&limits, operation, &path).await.is_err());
        probe.answered(&refusal);
        pause(2.5).await;
        // A slow call does not delay other calls for long.
        let hangs = go(&limits, operation, &path).await;
        assert!(try_go(&limits, operation, &path).await.is_err());
        pause(2.5).await;
        go(&limits, operation, &path).await.answered(&silent());
        drop(hangs);
        pause(2.5).await;
        // Other programs use the limit as well, so half of it is reserved for them.
        let mut permits = Vec::new();
        while permits.len() < most
            && let Ok(permit) = try_go(&limits, operation, &path).await
        {
            permits.push(permit);
        }
        assert_eq!(permits.len(), most);
        assert_eq!(try_go(&limits, operation, &path).await.is_ok(), most == 1000);
    }
}

#[tokio::test(start_paused = true)]
async fn a_more_urgent_call_takes_the_slot() {
    let limits = RateLimiter::new();
    go(&limits, &PLAIN, &[]).await.answered(&signals(0, 1_000_030));
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut tasks = Vec::new();
    for number in 0..12 {
        let priority =
            if number < 6 { Priority::Background } else { Priority::Interactive };
        let (limits, order) = (limits.clone(), Arc::clone(&order));
        tasks.push(tokio::spawn(async move {
            let path = ["a".into()];
            let ask = Ask { priority, ..ask(&BOX_TOO, &path) };
            let mut permit = limits.acquire(ask).await.expect("a permit");
            permit.sent(Instant::now());
            pause(0.1).await;
            order.lock().expect("not poisoned").push(number);
            permit.answered(&signals(90 - number, 1_000_090));
        }));
    }
    for task in tasks {
        task.await.expect("it finishes");
    }
    let order = order.lock().expect("not poisoned");
    assert_eq!(*order, [6, 7, 8, 9, 10, 11, 0, 1, 2, 3, 4, 5]);
}

#[tokio::test(start_paused = true)]
async fn unused_keys_are_removed() {
    let limits = unlimited().await;
    for number in 0..100_000_u32 {
        if number % 100 == 0 {
            pause(0.01).await;
        }
        go(&limits, &BOX_TOO, &[&number.to_string()])
            .await
            .answered(&RateSignals::default());
    }
    let (keys, events) = sizes(&limits);
    assert!(keys <= 10_200 && events <= 10_200, "{keys} keys, {events} events");
    go(&limits, &OTHER, &["a"]).await.answered(&RateSignals {
        refused: refused(Some(2), true),
        ..RateSignals::default()
    });
    pause(62.0).await;
    drop(try_now(&limits, &PLAIN).await);
    assert_eq!(sizes(&limits), (0, 0));
}
