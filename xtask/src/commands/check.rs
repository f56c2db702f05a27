//! `cargo xtask check`: checks `spec/` and reports every problem.

use std::path::Path;

use crate::cli::{Command, Entry, Outcome};
use crate::load::load;
use crate::ui::{Ui, count};

pub(crate) const ENTRY: Entry = Entry {
    name: "check",
    summary: "Check spec/ and report every problem",
    usage: "",
    arguments: &[("--deny-warnings", "Fail on warnings, too")],
    new: || Box::<Check>::default(),
};

/// The arguments.
#[derive(Debug, Default)]
struct Check {
    deny_warnings: bool,
}

impl Command for Check {
    fn option(
        &mut self,
        name: &str,
        _: &mut lexopt::Parser,
    ) -> Result<bool, lexopt::Error> {
        self.deny_warnings |= name == "deny-warnings";
        Ok(name == "deny-warnings")
    }

    fn run(self: Box<Self>, root: &Path, ui: &Ui) -> Outcome {
        match load(root, ui) {
            (Some(_), warnings) if warnings > 0 && self.deny_warnings => Outcome::Failure,
            (Some(api), _) => {
                ui.info(format_args!(
                    "spec/ is valid: {}, {}, {}",
                    count(api.resources.len(), "resource"),
                    count(
                        api.resources.iter().map(|of| of.endpoints.len()).sum(),
                        "operation"
                    ),
                    count(api.types.len(), "type"),
                ));
                Outcome::Success
            }
            (None, _) => Outcome::Failure,
        }
    }
}
