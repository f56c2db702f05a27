//! `cargo xtask codegen`, the main job, and `cargo xtask schema`, a part of it: what is made of `spec/`.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use front_codegen::ir::Api;
use front_codegen::sync::{self, Drift, Files, Lock, Report};
use front_codegen::{SCHEMA, Target, targets};

use crate::Outcome;
use crate::spec::load;
use crate::ui::{Ui, count};

/// What is held while files are written.
const LOCK: &str = "target/codegen.lock";

/// A folder that holds nothing but what is made.
struct Output {
    folder: &'static str,
    files: Files,
}

impl Output {
    fn of(target: &Target, api: &Api) -> Self {
        Self { folder: target.folder, files: (target.make)(api) }
    }
}

/// Writes what the spec says, or with `check` tells what would be written.
pub(crate) fn run(root: &Path, check: bool, ui: &Ui) -> Outcome {
    bring(root, targets(), check, "codegen", ui)
}

/// Writes the schemas alone, or with `check` tells what would be written.
pub(crate) fn schema(root: &Path, check: bool, ui: &Ui) -> Outcome {
    bring(root, &[SCHEMA], check, "schema", ui)
}

/// Brings folders in line with the spec; `command` does it.
fn bring(
    root: &Path,
    targets: &[Target],
    check: bool,
    command: &str,
    ui: &Ui,
) -> Outcome {
    // Held before anything is read: who had to wait must not write what the spec said then.
    let _lock = match (!check).then(|| lock(root, ui)).transpose() {
        Ok(lock) => lock,
        Err(error) => {
            ui.wrong(format_args!("error: {}", error.in_full()));
            return Outcome::Found;
        }
    };
    let start = Instant::now();
    let (Some(api), _) = load(root, ui) else {
        ui.wrong("nothing was written");
        return Outcome::Found;
    };
    let outputs: Vec<Output> =
        targets.iter().map(|target| Output::of(target, &api)).collect();
    let folders: Vec<&str> = outputs.iter().map(|output| output.folder).collect();
    let folders = match &folders[..] {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        one => one.concat(),
    };
    let made = format!(
        "{}, {}, {}",
        count(api.resources.len(), "resource"),
        count(api.resources.iter().map(|of| of.endpoints.len()).sum(), "operation"),
        count(api.types.len(), "type"),
    );
    let result = if check {
        drift(root, &outputs, ui).map(|drifted| match drifted {
            0 => {
                let verb = if outputs.len() == 1 { "is" } else { "are" };
                ui.say(format_args!("{made}: {folders} {verb} fresh"));
                Outcome::Fine
            }
            number => {
                let number = match number {
                    1 => "1 file is".to_owned(),
                    many => format!("{many} files are"),
                };
                ui.wrong(format_args!(
                    "\nerror: {number} not what spec/ says\nhelp: run `cargo xtask {command}` and commit the result"
                ));
                Outcome::Found
            }
        })
    } else {
        write(root, &outputs, ui).map(|report| {
            ui.say(format_args!(
                "{made}: {} written, {} unchanged, {} removed in {folders} ({} ms)",
                count(report.written.len(), "file"),
                report.unchanged,
                report.removed.len(),
                start.elapsed().as_millis(),
            ));
            Outcome::Fine
        })
    };
    result.unwrap_or_else(|error| {
        ui.wrong(format_args!("error: {}", error.in_full()));
        Outcome::Found
    })
}

/// Waits until no other run writes.
fn lock(root: &Path, ui: &Ui) -> Result<Lock, sync::Error> {
    let path = root.join(LOCK);
    let mut waits = false;
    loop {
        if let Some(lock) = Lock::take(&path)? {
            return Ok(lock);
        }
        if !std::mem::replace(&mut waits, true) {
            ui.wrong(format_args!(
                "another run writes; waiting until it lets go of {LOCK}"
            ));
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// Writes, and gives what that was in all.
fn write(root: &Path, outputs: &[Output], ui: &Ui) -> Result<Report, sync::Error> {
    let mut all = Report::default();
    for Output { folder, files } in outputs {
        sync::check(&root.join(folder), files)?;
    }
    for Output { folder, files } in outputs {
        let report = sync::write(&root.join(folder), files)?;
        for path in &report.written {
            ui.detail(format_args!("wrote {folder}/{path}"));
        }
        for path in &report.removed {
            ui.detail(format_args!("removed {folder}/{path}"));
        }
        all.written.extend(report.written);
        all.removed.extend(report.removed);
        all.unchanged += report.unchanged;
    }
    Ok(all)
}

/// Tells what is not what the spec says, and gives how many files that are.
fn drift(root: &Path, outputs: &[Output], ui: &Ui) -> Result<usize, sync::Error> {
    let mut number = 0;
    for Output { folder, files } in outputs {
        for one in sync::drift(&root.join(folder), files)? {
            number += 1;
            match one {
                Drift::Changed { diff, .. } => ui.wrong(diff.trim_end()),
                Drift::Missing { path } => {
                    ui.wrong(format_args!("missing: {folder}/{path}"))
                }
                Drift::Orphan { path } => {
                    ui.wrong(format_args!("nothing generates {folder}/{path}"))
                }
            }
        }
    }
    Ok(number)
}
