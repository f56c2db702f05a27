//! From a resolved API to every file's text: emitted and rendered file by file, on all cores.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::emit;
use crate::ir::Api;
use crate::render::render;
use crate::sync::Files;

/// What the tests of the generated crate are told of it: `answers.rs`, which type reads the answer of which operation.
#[must_use]
pub fn for_tests(api: &Api) -> Files {
    let file = emit::answers(api);
    [(file.path.clone(), render(file))].into_iter().collect()
}

/// Every file of the generated crate. The same API gives the same bytes, however many cores there are.
#[must_use]
pub fn generate(api: &Api) -> Files {
    let units = emit::units(api);
    let workers =
        thread::available_parallelism().map_or(1, NonZero::get).min(units.len());
    let next = AtomicUsize::new(0);
    let files = Mutex::new(Files::new());
    // Rust items hold reference counts that stay on their thread, so an item is made and printed on one.
    let work = || {
        while let Some(&unit) = units.get(next.fetch_add(1, Ordering::Relaxed)) {
            let file = emit::emit(api, unit);
            let path = file.path.clone();
            let text = render(file);
            files
                .lock()
                .expect("a worker that panics takes the others with it")
                .insert(path, text);
        }
    };
    thread::scope(|scope| {
        for _ in 1..workers {
            scope.spawn(work);
        }
        work();
    });
    files.into_inner().expect("a worker that panics takes the others with it")
}
