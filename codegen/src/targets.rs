//! Everything that `cargo xtask codegen` writes: one list for the command, `--check`, the drift test and the summary line. A new
//! output is one module that creates its files, and one line here.

use crate::generate::{for_tests, generate};
use crate::ir::Api;
use crate::operations;
use crate::schema;
use crate::sync::Files;

/// A folder that contains only generated files.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// A short name.
    pub name: &'static str,
    /// The folder, from the project's root, with `/`.
    pub folder: &'static str,
    /// Creates the files in it.
    pub make: fn(&Api) -> Files,
}

/// The schemas by which editors check the files of the spec.
pub const SCHEMA: Target =
    Target { name: "schema", folder: schema::FOLDER, make: schema::files };

/// Returns all targets, in the order in which they are written.
#[must_use]
pub fn targets() -> &'static [Target] {
    const TARGETS: &[Target] = &[
        Target { name: "crate", folder: "front-api/src/generated", make: generate },
        Target { name: "tests", folder: "tests/tests/generated", make: for_tests },
        SCHEMA,
        Target { name: "docs", folder: "front-api/docs", make: operations::docs },
    ];
    TARGETS
}
