//! `cargo xtask schema`: generates only the JSON schemas that editors use for `spec/`.

use std::path::Path;

use front_codegen::SCHEMA;

use super::codegen::update;
use crate::cli::{Command, Entry, Outcome};
use crate::ui::Ui;

pub(crate) const ENTRY: Entry = Entry {
    name: "schema",
    summary: "Generate spec/schema for editors; `codegen` does it, too",
    usage: "",
    arguments: &[(
        "--check",
        "Write nothing; fail with a diff if a file would change",
    )],
    new: || Box::<Schema>::default(),
};

/// The arguments.
#[derive(Debug, Default)]
struct Schema {
    check: bool,
}

impl Command for Schema {
    fn option(
        &mut self,
        name: &str,
        _: &mut lexopt::Parser,
    ) -> Result<bool, lexopt::Error> {
        self.check |= name == "check";
        Ok(name == "check")
    }

    fn run(self: Box<Self>, root: &Path, ui: &Ui) -> Outcome {
        update(root, &[SCHEMA], self.check, ENTRY.name, ui)
    }
}
