//! Emits and renders all files of a resolved API, on all cores.

use crate::emit::{self, File};
use crate::ir::Api;
use crate::parallel;
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

/// Applies `make` to every file of the generated crate, on all cores.
pub fn each_file<T: Send>(api: &Api, make: impl Fn(File) -> T + Sync) -> Vec<T> {
    parallel::map(emit::units(api), |unit| make(emit::emit(api, unit)))
}
