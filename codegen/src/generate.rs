//! From a resolved API to every file's text: emitted and rendered file by file, on all cores.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::emit::{self, File};
use crate::ir::Api;
use crate::render::render;
use crate::sync::Files;

/// What the tests of the generated crate are told of it: `answers.rs`, which type reads the answer of which operation, and
/// `calls.rs`, calls that use every constructor and every setter.
#[must_use]
pub fn for_tests(api: &Api) -> Files {
    let files = emit::for_tests(api).into_iter();
    files.map(|file| (file.path.clone(), render(file))).collect()
}

/// Every file of the generated crate. The same API gives the same bytes, however many cores there are.
#[must_use]
pub fn generate(api: &Api) -> Files {
    each_file(api, |file| (file.path.clone(), render(file))).into_iter().collect()
}

/// What becomes of every file of the generated crate, on all cores and in no order.
pub fn each_file<T: Send>(api: &Api, make: impl Fn(File) -> T + Sync) -> Vec<T> {
    let units = emit::units(api);
    let workers =
        thread::available_parallelism().map_or(1, NonZero::get).min(units.len());
    let next = AtomicUsize::new(0);
    let made = Mutex::new(Vec::with_capacity(units.len()));
    // Rust items hold reference counts that stay on their thread, so an item is made and used up on one.
    let work = || {
        while let Some(&unit) = units.get(next.fetch_add(1, Ordering::Relaxed)) {
            let one = make(emit::emit(api, unit));
            made.lock()
                .expect("a worker that panics takes the others with it")
                .push(one);
        }
    };
    thread::scope(|scope| {
        for _ in 1..workers {
            scope.spawn(work);
        }
        work();
    });
    made.into_inner().expect("a worker that panics takes the others with it")
}
