//! `cargo xtask codegen`, the main job: generates every target from `spec/`.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use front_codegen::ir::Api;
use front_codegen::sync::{self, Drift, Files, Lock, Report};
use front_codegen::{Target, targets};

use crate::cli::{Command, Entry, Outcome};
use crate::load::load;
use crate::stamp::Stamp;
use crate::ui::{Ui, count};

pub(crate) const ENTRY: Entry = Entry {
    name: "codegen",
    summary: "Generate the crate and everything else from spec/ (the main job)",
    usage: "",
    arguments: &[(
        "--check",
        "Write nothing; fail with a diff if a file would change",
    )],
    new: || Box::<Codegen>::default(),
};

/// The arguments.
#[derive(Debug, Default)]
struct Codegen {
    check: bool,
}

impl Command for Codegen {
    fn option(
        &mut self,
        name: &str,
        _: &mut lexopt::Parser,
    ) -> Result<bool, lexopt::Error> {
        self.check |= name == "check";
        Ok(name == "check")
    }

    fn run(self: Box<Self>, root: &Path, ui: &Ui) -> Outcome {
        update(root, targets(), self.check, ENTRY.name, ui)
    }
}

/// The file that is locked while files are written.
const LOCK: &str = "target/codegen.lock";

/// A folder that belongs to the generator, and the files that it must contain.
struct Output {
    folder: &'static str,
    files: Files,
}

impl Output {
    fn of(target: &Target, api: &Api) -> Self {
        Self { folder: target.folder, files: (target.make)(api) }
    }
}

/// Updates the folders of `targets` from the spec, or with `check` reports what would change. `command` is the name in hints.
pub(crate) fn update(
    root: &Path,
    targets: &[Target],
    check: bool,
    command: &str,
    ui: &Ui,
) -> Outcome {
    // Taken before the spec is read: after a wait, an older reading would overwrite a newer result.
    let _lock = match (!check).then(|| lock(root, ui)).transpose() {
        Ok(lock) => lock,
        Err(error) => {
            ui.error(format_args!("error: {}", error.in_full()));
            return Outcome::Failure;
        }
    };
    let start = Instant::now();
    let stamp = Stamp::new(root, targets.iter().map(|target| target.folder));
    if !check && let Some(summary) = stamp.summary() {
        ui.info(format_args!("{summary} ({} ms)", start.elapsed().as_millis()));
        return Outcome::Success;
    }
    let (Some(api), warnings) = load(root, ui) else {
        ui.error("nothing was written");
        return Outcome::Failure;
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
                ui.info(format_args!("{made}: {folders} {verb} up to date"));
                Outcome::Success
            }
            number => {
                let number = match number {
                    1 => "1 file is".to_owned(),
                    many => format!("{many} files are"),
                };
                ui.error(format_args!(
                    "\nerror: {number} out of date\nhelp: run `cargo xtask {command}` and commit the result"
                ));
                Outcome::Failure
            }
        })
    } else {
        write(root, &outputs, ui).map(|report| {
            let summary = |written: usize, unchanged: usize, removed: usize| {
                let written = count(written, "file");
                format!("{made}: {written} written, {unchanged} unchanged, {removed} removed in {folders}")
            };
            let (written, removed) = (report.written.len(), report.removed.len());
            // Warnings must be printed by every run.
            if warnings == 0 {
                stamp.save(&summary(0, written + report.unchanged, 0));
            }
            ui.info(format_args!(
                "{} ({} ms)",
                summary(written, report.unchanged, removed),
                start.elapsed().as_millis(),
            ));
            Outcome::Success
        })
    };
    result.unwrap_or_else(|error| {
        ui.error(format_args!("error: {}", error.in_full()));
        Outcome::Failure
    })
}

/// Waits until no other run holds the lock.
fn lock(root: &Path, ui: &Ui) -> Result<Lock, sync::Error> {
    let path = root.join(LOCK);
    let mut waits = false;
    loop {
        if let Some(lock) = Lock::take(&path)? {
            return Ok(lock);
        }
        if !std::mem::replace(&mut waits, true) {
            ui.error(format_args!(
                "waiting for another run, which holds {LOCK}"
            ));
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// Writes the files and returns the totals.
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

/// Reports every file that is out of date and returns their number.
fn drift(root: &Path, outputs: &[Output], ui: &Ui) -> Result<usize, sync::Error> {
    let mut number = 0;
    for Output { folder, files } in outputs {
        for one in sync::drift(&root.join(folder), files)? {
            number += 1;
            match one {
                Drift::Changed { diff, .. } => ui.error(diff.trim_end()),
                Drift::Missing { path } => {
                    ui.error(format_args!("missing: {folder}/{path}"))
                }
                Drift::Orphan { path } => {
                    ui.error(format_args!("nothing generates {folder}/{path}"))
                }
            }
        }
    }
    Ok(number)
}
