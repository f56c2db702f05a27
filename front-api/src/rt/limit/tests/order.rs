//! The order in which calls are sent, and that cancelled calls lose no part of the budget.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::time::timeout;

use super::*;
use crate::rt::limit::SharedBudget;

fn spawn(
    limits: &RateLimiter,
    order: &Arc<Mutex<Vec<usize>>>,
    number: usize,
    priority: Priority,
) -> tokio::task::JoinHandle<()> {
    let (limits, order) = (limits.clone(), Arc::clone(order));
    tokio::spawn(async move {
        let ask = Ask { priority, ..ask(&PLAIN, &[]) };
        let mut permit = limits.acquire(ask).await.expect("a permit");
        permit.sent(Instant::now());
        order.lock().expect("not poisoned").push(number);
        pause(0.1).await;
        // A budget of ten calls in each window.
        let window = number as i64 / 10;
        permit.answered(&signals(9 - number as u32 % 10, 1_000_030 + 60 * window));
    })
}

#[tokio::test(start_paused = true)]
async fn first_come_first_served() {
    let (limits, order) = (RateLimiter::new(), Arc::default());
    let tasks: Vec<_> = (0..64)
        .map(|number| spawn(&limits, &order, number, Priority::Interactive))
        .collect();
    for task in tasks {
        task.await.expect("it finishes");
    }
    assert_eq!(*order.lock().expect("not poisoned"), (0..64).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn interactive_calls_are_sent_before_background_calls() {
    let (limits, order) = (RateLimiter::new(), Arc::default());
    // One call in flight delays all others.
    let mut first = try_now(&limits, &PLAIN).await.expect("the first");
    first.sent(Instant::now());
    let mut tasks = Vec::new();
    for number in 0..20 {
        let priority = match number % 2 {
            0 => Priority::Background,
            _ => Priority::Interactive,
        };
        tasks.push(spawn(&limits, &order, number, priority));
    }
    tokio::task::yield_now().await;
    assert_eq!(limits.waiting(), 20);
    first.answered(&signals(50, 1_000_030));
    for task in tasks {
        task.await.expect("it finishes");
    }
    let expected: Vec<_> = (1..20).step_by(2).chain((0..20).step_by(2)).collect();
    assert_eq!(*order.lock().expect("not poisoned"), expected);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_not_polled_does_not_block_others() {
    let limits = RateLimiter::new();
    let mut first = try_now(&limits, &PLAIN).await.expect("the first");
    first.sent(Instant::now());
    first.answered(&signals(0, 1_000_030));
    let mut stuck = Box::pin(limits.acquire(ask(&PLAIN, &[])));
    assert!(timeout(Duration::ZERO, stuck.as_mut()).await.is_err());
    let start = Instant::now();
    // The first call sleeps until the reset, and its task is not polled. The first probe is granted to it.
    let second = limits.acquire(ask(&PLAIN, &[])).await.expect("a permit");
    assert!((33.0..33.2).contains(&start.elapsed().as_secs_f64()));
    drop(second);
    // A permit that was granted to a dropped future does not block others either.
    drop(stuck);
    assert!(try_now(&limits, &PLAIN).await.is_ok());
}

/// Waiting tasks are woken when they may send, and rarely otherwise.
#[tokio::test(start_paused = true)]
async fn tasks_are_rarely_woken_without_need() {
    const WAIT: usize = 2000;
    let program = Program::new(RateLimiter::new(), Rules::new(100));
    let polls = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..WAIT)
        .map(|_| {
            let (program, polls) = (Arc::clone(&program), Arc::clone(&polls));
            tokio::spawn(async move {
                let mut acquire = Box::pin(program.limits.acquire(ask(&PLAIN, &[])));
                let permit = std::future::poll_fn(|cx| {
                    polls.fetch_add(1, Ordering::Relaxed);
                    acquire.as_mut().poll(cx)
                });
                let permit = permit.await.expect("a permit");
                let (there, back) =
                    (Duration::from_millis(20), Duration::from_millis(30));
                program.send(permit, TestCall::plain(), there, back).await;
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("it finishes");
    }
    program.assert_idle();
    let polls = polls.load(Ordering::Relaxed);
    assert!(polls < 5 * WAIT, "{polls} polls");
}

/// A shared budget with a fixed number of calls for all processes.
#[derive(Debug, Default)]
struct Shared {
    left: AtomicUsize,
    signals: AtomicUsize,
}

#[derive(Clone, Debug)]
struct Handle(Arc<Shared>);

impl SharedBudget for Handle {
    fn take(
        &self,
        longest: Option<Duration>,
    ) -> Pin<Box<dyn Future<Output = Result<(), Duration>> + Send + '_>> {
        Box::pin(async move {
            pause(1.0).await;
            let less = |left: usize| left.checked_sub(1);
            let taken =
                self.0.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, less);
            taken.map(|_| ()).map_err(|_| longest.unwrap_or_default())
        })
    }

    fn give_back(&self) {
        self.0.left.fetch_add(1, Ordering::Relaxed);
    }

    fn signals(&self, rates: &RateLimitHeaders) {
        self.0.signals.store(rates.remaining.unwrap_or(0) as usize, Ordering::Relaxed);
    }
}

#[tokio::test(start_paused = true)]
async fn a_shared_budget_is_used_last() {
    let shared = Handle(Arc::default());
    let limits = RateLimiter::new().with_shared(shared.clone());
    let left = || shared.0.left.load(Ordering::Relaxed);
    shared.0.left.store(2, Ordering::Relaxed);
    let take = || limits.acquire(ask(&PLAIN, &[]));
    take().await.expect("one").unsent();
    drop(take().await);
    // A call that is cancelled meanwhile has taken nothing from either budget.
    assert!(timeout(Duration::from_millis(500), take()).await.is_err());
    assert_eq!(left(), 2);
    let mut permit = take().await.expect("one");
    permit.sent(Instant::now());
    permit.answered(&signals(50, 1_000_030));
    assert_eq!((left(), shared.0.signals.load(Ordering::Relaxed)), (1, 50));
    let mut lost = take().await.expect("one");
    lost.sent(Instant::now());
    drop(lost);
    let until = Some(Instant::now() + Duration::from_secs(9));
    let none = limits.acquire(Ask { until, ..ask(&PLAIN, &[]) }).await;
    let none = none.expect_err("none left");
    assert_eq!((none.limit, none.wait.as_secs()), ("company", 9));
    assert_eq!(left(), 0);
}

/// Calls are cancelled while they wait, before they reach the server, and before the response arrives.
#[tokio::test(start_paused = true)]
async fn cancelled_calls_lose_no_budget() {
    let rules = Rules::new(100);
    let program = Program::new(RateLimiter::new(), rules);
    // The end of a window.
    let end = Duration::from_secs_f64(rules.phase + 10.0 * 60.0);
    let workers: Vec<_> = (0..64)
        .map(|seed| {
            let program = Arc::clone(&program);
            tokio::spawn(async move {
                let mut random = Random(seed);
                loop {
                    let test_call = match random.below(4) {
                        0 => TestCall {
                            operation: &BOX_TOO,
                            each: random.below(9),
                            ..TestCall::plain()
                        },
                        _ => TestCall::plain(),
                    };
                    let priority = match random.below(3) {
                        0 => Priority::Background,
                        _ => Priority::Interactive,
                    };
                    let test_call = TestCall { priority, ..test_call };
                    let (there, back) = (random.millis(10, 200), random.millis(10, 200));
                    let patience = match random.below(4) {
                        0 => Duration::from_secs(500),
                        1 => random.millis(0, 400),
                        _ => random.millis(0, 9000),
                    };
                    let _ =
                        timeout(patience, program.call(test_call, there, back)).await;
                }
            })
        })
        .collect();
    tokio::time::sleep_until(program.front.start + end - Duration::from_millis(10))
        .await;
    for worker in workers {
        worker.abort();
        let _ = worker.await;
    }
    program.assert_idle();
    let sent = {
        let model = program.front.model.lock().expect("not poisoned");
        Model::capacity(rules, program.now())
            - f64::from(model.left().0)
            - model.left().1
    };
    let capacity = Model::capacity(rules, program.now());
    assert!(sent >= 0.97 * capacity, "{sent} of {capacity}");
    let refused = program.refused();
    assert!(refused[0] <= 20 && refused[1] == 0, "{refused:?}");
    // After some calls that are not cancelled, the limiter knows exactly what is left.
    pause(5.0).await;
    for _ in 0..10 {
        program
            .call(
                TestCall::plain(),
                Duration::from_millis(30),
                Duration::from_millis(30),
            )
            .await;
    }
    program.assert_idle();
    let (remaining, burst) = program.front.model.lock().expect("not poisoned").left();
    let (left, unaccounted) = program
        .limits
        .core
        .as_ref()
        .expect("a limiter that is on")
        .with(|queue, now| queue.company.view(now));
    assert_eq!((left, unaccounted), (remaining + burst as u32, 0));
}

/// In real time, by several threads.
#[test]
fn threads_share_a_limiter() {
    let limits = RateLimiter::new();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_time()
                    .build()
                    .expect("a runtime");
                runtime.block_on(async {
                    let tasks: Vec<_> = (0..20)
                        .map(|_| {
                            let limits = limits.clone();
                            tokio::spawn(async move {
                                for _ in 0..25 {
                                    let permit = limits.acquire(ask(&PLAIN, &[])).await;
                                    let mut permit = permit.expect("a permit");
                                    permit.sent(Instant::now());
                                    tokio::task::yield_now().await;
                                    // So few calls are left that other tasks have to wait.
                                    permit.answered(&RateSignals {
                                        date: None,
                                        ..signals(3, 60)
                                    });
                                }
                            })
                        })
                        .collect();
                    for task in tasks {
                        task.await.expect("it finishes");
                    }
                });
            });
        }
    });
    assert_eq!(limits.waiting(), 0);
}
