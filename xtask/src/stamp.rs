//! Remembers a successful run of `codegen`, so that the next run with the same spec, outputs and program has nothing to do.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use front_codegen::sync;

/// The file that remembers the run.
const FILE: &str = "target/codegen.stamp";

/// The files that a run reads and writes.
pub(crate) struct Stamp {
    file: PathBuf,
    folders: Vec<PathBuf>,
}

impl Stamp {
    /// Covers `spec/` and these output folders.
    pub(crate) fn new(root: &Path, outputs: impl Iterator<Item = &'static str>) -> Self {
        let folders = outputs.chain(["spec"]).map(|folder| root.join(folder)).collect();
        Self { file: root.join(FILE), folders }
    }

    /// Returns the summary of the remembered run if nothing has changed since.
    pub(crate) fn summary(&self) -> Option<String> {
        let text = fs::read_to_string(&self.file).ok()?;
        let (key, summary) = text.split_once('\n')?;
        (key == self.key()?).then(|| summary.to_owned())
    }

    /// Remembers a run that printed nothing except this summary. A failure only means that the next run does all the work.
    pub(crate) fn save(&self, summary: &str) {
        if let Some(key) = self.key() {
            let _best_effort = fs::write(&self.file, format!("{key}\n{summary}"));
        }
    }

    /// Returns a text that differs if a file or the program differs; `None` if that cannot be determined.
    fn key(&self) -> Option<String> {
        let program = fs::metadata(std::env::current_exe().ok()?).ok()?;
        let built = program.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        let files =
            sync::fingerprint(self.folders.iter().map(PathBuf::as_path)).ok()??;
        Some(format!("{files:016x} {} {}", program.len(), built.as_nanos()))
    }
}
