//! The tools that compare public APIs by the JSON of `rustdoc`, and their output.

use std::path::Path;
use std::process::{Command, Output};

use super::evidence::{Evidence, failures, removed};

/// A tool that compares public APIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    /// Reports which release a change requires.
    SemverChecks,
    /// Lists the public API.
    PublicApi,
}

impl Tool {
    /// All tools.
    pub(crate) const ALL: [Self; 2] = [Self::SemverChecks, Self::PublicApi];

    /// Returns the tool's package.
    pub(crate) fn package(self) -> &'static str {
        match self {
            Self::SemverChecks => "cargo-semver-checks",
            Self::PublicApi => "cargo-public-api",
        }
    }

    fn command(self) -> Command {
        let mut command = crate::cargo();
        command.arg(match self {
            Self::SemverChecks => "semver-checks",
            Self::PublicApi => "public-api",
        });
        command
    }

    /// Returns the installed version. `None` if the tool is missing.
    pub(crate) fn version(self) -> Option<String> {
        let output = self.command().arg("--version").output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout);
        output
            .status
            .success()
            .then(|| text.split_whitespace().last().map(str::to_owned))?
    }

    /// Installs the tool with `cargo install`.
    pub(crate) fn install(self) -> Result<(), String> {
        let mut command = crate::cargo();
        command.args(["install", "--locked", self.package()]);
        let status = command.status();
        status
            .is_ok_and(|status| status.success())
            .then_some(())
            .ok_or_else(|| format!("{command:?} failed: see the output of cargo above"))
    }

    /// Returns the tool's evidence about the change from `base` to `head`.
    pub(crate) fn evidence(
        self,
        base: &Path,
        head: &Path,
    ) -> Result<Vec<Evidence>, String> {
        match self {
            Self::SemverChecks => {
                let release = |kind: &str| {
                    let mut command = self.command();
                    command.args(["--color", "never", "--release-type", kind]);
                    command.arg("--baseline-rustdoc").arg(base);
                    command.arg("--current-rustdoc").arg(head);
                    // Exit code 100: the tool has findings.
                    self.output_of(&mut command, &[0, 100])
                };
                Ok(failures(&release("patch")?, &release("minor")?))
            }
            Self::PublicApi => {
                let list = |json: &Path| {
                    let mut command = self.command();
                    // Without blanket and auto trait implementations.
                    command
                        .args(["-ss", "--color", "never", "--rustdoc-json"])
                        .arg(json);
                    self.output_of(&mut command, &[0])
                };
                Ok(removed(&list(base)?, &list(head)?))
            }
        }
    }

    fn output_of(self, command: &mut Command, accepted_codes: &[i32]) -> Result<String, String> {
        let Output { status, stdout, stderr } = command
            .output()
            .map_err(|error| format!("failed to start {command:?}: {error}"))?;
        if status.code().is_some_and(|code| accepted_codes.contains(&code)) {
            return Ok(String::from_utf8_lossy(&stdout).into_owned());
        }
        Err(format!(
            "{} failed on the output of this toolchain's rustdoc:\n{}\nhelp: `cargo install --locked {}` installs the newest version",
            self.package(),
            String::from_utf8_lossy(&stderr).trim_end(),
            self.package()
        ))
    }
}
