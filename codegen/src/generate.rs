//! Emits and renders all files of a resolved API, on all cores.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::emit::{self, File};
use crate::ir::Api;
use crate::render::render;
use crate::sync::Files;

/// Returns the generated files for tests of the crate: `answers.rs`, which contains the type that decodes the response of each
/// operation, and `calls.rs`, with calls that use every constructor and every setter.
#[must_use]
pub fn for_tests(api: &Api) -> Files {
    let files = emit::for_tests(api).into_iter();
    files.map(|file| (file.path.clone(), render(file))).collect()
}

/// Returns all files of the generated crate. The output depends only on the API, not on the number of cores.
#[must_use]
pub fn generate(api: &Api) -> Files {
    each_file(api, |file| (file.path.clone(), render(file))).into_iter().collect()
}

/// Applies `make` to every file of the generated crate, on all cores and in no particular order.
pub fn each_file<T: Send>(api: &Api, make: impl Fn(File) -> T + Sync) -> Vec<T> {
    let units = emit::units(api);
    let workers =
        thread::available_parallelism().map_or(1, NonZero::get).min(units.len());
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(units.len()));
    // Rust items are not `Send`, so each item is created and consumed on the same thread.
    let work = || {
        while let Some(&unit) = units.get(next.fetch_add(1, Ordering::Relaxed)) {
            let one = make(emit::emit(api, unit));
            results.lock().expect("a panic of one worker ends all workers").push(one);
        }
    };
    thread::scope(|scope| {
        for _ in 1..workers {
            scope.spawn(work);
        }
        work();
    });
    results.into_inner().expect("a panic of one worker ends all workers")
}
