//! `cargo xtask codegen`: the main job.

use std::path::Path;
use std::time::Instant;

use front_codegen::sync::{self, Drift};
use front_codegen::{emit, render};

use crate::Outcome;
use crate::spec::load;
use crate::ui::{Ui, count};

/// The generator's folder.
const OUTPUT: &str = "front-api/src/generated";

/// Writes what the spec says, or with `check` tells what would be written.
pub(crate) fn run(root: &Path, check: bool, ui: &Ui) -> Outcome {
    let start = Instant::now();
    let (Some(api), _) = load(root, ui) else {
        ui.wrong("nothing was written");
        return Outcome::Found;
    };
    let files = render::files(emit::emit(&api));
    let output = root.join(OUTPUT);
    let made = format!(
        "{}, {}, {}",
        count(api.resources.len(), "resource"),
        count(api.resources.iter().map(|of| of.endpoints.len()).sum(), "operation"),
        count(api.types.len(), "type"),
    );
    let result = if check {
        sync::drift(&output, &files).map(|drift| fresh(&drift, &made, ui))
    } else {
        sync::write(&output, &files).map(|report| {
            for path in &report.written {
                ui.detail(format_args!("wrote {OUTPUT}/{path}"));
            }
            for path in &report.removed {
                ui.detail(format_args!("removed {OUTPUT}/{path}"));
            }
            ui.say(format_args!(
                "{made}: {} written, {} unchanged, {} removed in {OUTPUT} ({} ms)",
                count(report.written.len(), "file"),
                report.unchanged,
                report.removed.len(),
                start.elapsed().as_millis(),
            ));
            Outcome::Fine
        })
    };
    result.unwrap_or_else(|error| {
        ui.wrong(format_args!("error: {error}"));
        Outcome::Found
    })
}

/// Tells whether the folder is what the spec says.
fn fresh(drift: &[Drift], made: &str, ui: &Ui) -> Outcome {
    if drift.is_empty() {
        ui.say(format_args!("{made}: {OUTPUT} is fresh"));
        return Outcome::Fine;
    }
    for one in drift {
        match one {
            Drift::Changed { diff, .. } => ui.wrong(diff.trim_end()),
            Drift::Missing { path } => {
                ui.wrong(format_args!("missing: {OUTPUT}/{path}"))
            }
            Drift::Orphan { path } => {
                ui.wrong(format_args!("nothing generates {OUTPUT}/{path}"))
            }
        }
    }
    let number = match drift.len() {
        1 => "1 file is".to_owned(),
        many => format!("{many} files are"),
    };
    ui.wrong(format_args!(
        "\nerror: {number} not what spec/ says\nhelp: run `cargo xtask codegen` and commit the result"
    ));
    Outcome::Found
}
