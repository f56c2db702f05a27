//! Who goes when, and that nothing is lost when calls are given up.

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
        let mut permit = limits.acquire(ask).await.expect("it waits");
        permit.sent(Instant::now());
        order.lock().expect("sound").push(number);
        pause(0.1).await;
        // A budget of ten at a time.
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
        task.await.expect("it ends");
    }
    assert_eq!(*order.lock().expect("sound"), (0..64).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn interactive_calls_go_before_background_ones() {
    let (limits, order) = (RateLimiter::new(), Arc::default());
    // One on its way holds up all others.
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
        task.await.expect("it ends");
    }
    let expected: Vec<_> = (1..20).step_by(2).chain((0..20).step_by(2)).collect();
    assert_eq!(*order.lock().expect("sound"), expected);
}

#[tokio::test(start_paused = true)]
async fn one_that_is_not_polled_holds_up_nobody() {
    let limits = RateLimiter::new();
    let mut first = try_now(&limits, &PLAIN).await.expect("the first");
    first.sent(Instant::now());
    first.answered(&signals(0, 1_000_030));
    let mut stuck = Box::pin(limits.acquire(ask(&PLAIN, &[])));
    assert!(timeout(Duration::ZERO, stuck.as_mut()).await.is_err());
    let start = Instant::now();
    // The first one sleeps until the reset, and nobody wakes it. The probe is granted to it, unseen.
    let second = limits.acquire(ask(&PLAIN, &[])).await.expect("it waits");
    assert!((33.0..33.2).contains(&start.elapsed().as_secs_f64()));
    drop(second);
    // Nor does one that is granted and dropped unseen.
    drop(stuck);
    assert!(try_now(&limits, &PLAIN).await.is_ok());
}

/// Those that wait are woken when they may go, and hardly otherwise.
#[tokio::test(start_paused = true)]
async fn nobody_is_woken_for_nothing() {
    const WAIT: usize = 2000;
    let rig = Rig::new(RateLimiter::new(), Rules::new(100));
    let polls = Arc::new(AtomicUsize::new(0));
    let tasks: Vec<_> = (0..WAIT)
        .map(|_| {
            let (rig, polls) = (Arc::clone(&rig), Arc::clone(&polls));
            tokio::spawn(async move {
                let mut leave = Box::pin(rig.limits.acquire(ask(&PLAIN, &[])));
                let permit = std::future::poll_fn(|cx| {
                    polls.fetch_add(1, Ordering::Relaxed);
                    leave.as_mut().poll(cx)
                });
                let permit = permit.await.expect("it waits");
                let (there, back) =
                    (Duration::from_millis(20), Duration::from_millis(30));
                rig.send(permit, Act::plain(), there, back).await;
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("it ends");
    }
    rig.idle();
    let polls = polls.load(Ordering::Relaxed);
    assert!(polls < 5 * WAIT, "{polls} polls");
}

/// A budget of which there is a certain number, for all processes.
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
async fn a_shared_budget_is_asked_last() {
    let shared = Handle(Arc::default());
    let limits = RateLimiter::new().with_shared(shared.clone());
    let left = || shared.0.left.load(Ordering::Relaxed);
    shared.0.left.store(2, Ordering::Relaxed);
    let take = || limits.acquire(ask(&PLAIN, &[]));
    take().await.expect("one").unsent();
    drop(take().await);
    // One that is given up meanwhile has taken nothing, here or there.
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

/// Calls that are given up while they wait, on their way there and on their way back.
#[tokio::test(start_paused = true)]
async fn nothing_is_lost_when_calls_are_given_up() {
    let rules = Rules::new(100);
    let rig = Rig::new(RateLimiter::new(), rules);
    // The end of a window.
    let end = Duration::from_secs_f64(rules.phase + 10.0 * 60.0);
    let workers: Vec<_> = (0..64)
        .map(|seed| {
            let rig = Arc::clone(&rig);
            tokio::spawn(async move {
                let mut dice = Dice(seed);
                loop {
                    let act = match dice.roll(4) {
                        0 => Act {
                            operation: &BOX_TOO,
                            each: dice.roll(9),
                            ..Act::plain()
                        },
                        _ => Act::plain(),
                    };
                    let priority = match dice.roll(3) {
                        0 => Priority::Background,
                        _ => Priority::Interactive,
                    };
                    let act = Act { priority, ..act };
                    let (there, back) = (dice.millis(10, 200), dice.millis(10, 200));
                    let patience = match dice.roll(4) {
                        0 => Duration::from_secs(500),
                        1 => dice.millis(0, 400),
                        _ => dice.millis(0, 9000),
                    };
                    let _ = timeout(patience, rig.call(act, there, back)).await;
                }
            })
        })
        .collect();
    tokio::time::sleep_until(rig.front.start + end - Duration::from_millis(10)).await;
    for worker in workers {
        worker.abort();
        let _ = worker.await;
    }
    rig.idle();
    let made = {
        let model = rig.front.model.lock().expect("sound");
        Model::capacity(rules, rig.now()) - f64::from(model.left().0) - model.left().1
    };
    let could = Model::capacity(rules, rig.now());
    assert!(made >= 0.97 * could, "{made} of {could}");
    let refused = rig.refused();
    assert!(refused[0] <= 20 && refused[1] == 0, "{refused:?}");
    // After some that are not given up, what is known is what is.
    pause(5.0).await;
    for _ in 0..10 {
        rig.call(Act::plain(), Duration::from_millis(30), Duration::from_millis(30))
            .await;
    }
    rig.idle();
    let (remaining, burst) = rig.front.model.lock().expect("sound").left();
    let (left, unaccounted) = rig
        .limits
        .core
        .as_ref()
        .expect("limits that limit")
        .with(|queue, now| queue.company.view(now));
    assert_eq!((left, unaccounted), (remaining + burst as u32, 0));
}

/// In real time, by several threads.
#[test]
fn threads_share_it() {
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
                                    let mut permit = permit.expect("it waits");
                                    permit.sent(Instant::now());
                                    tokio::task::yield_now().await;
                                    // So little that others have to wait for it.
                                    permit.answered(&RateSignals {
                                        date: None,
                                        ..signals(3, 60)
                                    });
                                }
                            })
                        })
                        .collect();
                    for task in tasks {
                        task.await.expect("it ends");
                    }
                });
            });
        }
    });
    assert_eq!(limits.waiting(), 0);
}
