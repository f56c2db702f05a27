//! `operations.md`: all calls of the API on one page, with a table for each resource.

use std::fmt::Write as _;

use super::{Row, markdown};
use crate::ir::Api;
use crate::markdown::prose;
use crate::sync::{Files, MARK};

/// Creates the files of the documentation folder.
#[must_use]
pub fn docs(api: &Api) -> Files {
    [("operations.md", page(api))].into_iter().collect()
}

fn page(api: &Api) -> String {
    let number: usize = api.resources.iter().map(|of| of.endpoints.len()).sum();
    let mut text = format!(
        "<!-- {MARK} by cargo xtask codegen from spec/. Do not edit. -->\n\n\
         # Operations\n\n\
         All {number} calls of the `front-api` crate. `tags.list` is `front.tags().list()` in Rust. The token needs the \
         permission in the column `Capability`; where Front's guide and its published document name different ones, both are \
         shown. `cargo xtask operations NAME` shows everything about one call.\n"
    );
    for resource in api.resources.iter().filter(|of| !of.endpoints.is_empty()) {
        let rows: Vec<Row<'_>> = resource
            .endpoints
            .iter()
            .map(|endpoint| Row::of(api, resource, endpoint))
            .collect();
        let _infallible = write!(
            text,
            "\n## {}\n\n{}\n\n{}",
            resource.name.plain(),
            prose(&resource.about),
            markdown::rows(&rows)
        );
    }
    text
}
