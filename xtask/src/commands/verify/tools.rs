//! The tools that judge what Rust is public, by JSON that `rustdoc` wrote: which are here, and what they say.

use std::path::Path;
use std::process::{Command, Output};

use super::charge::{Charge, failures, gone};

/// A tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    /// Knows what each release may hold.
    SemverChecks,
    /// Lists what is public.
    PublicApi,
}

impl Tool {
    /// All there are.
    pub(crate) const ALL: [Self; 2] = [Self::SemverChecks, Self::PublicApi];

    /// The package that has it.
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

    /// Its version, where it is here.
    pub(crate) fn version(self) -> Option<String> {
        let output = self.command().arg("--version").output().ok()?;
        let text = String::from_utf8_lossy(&output.stdout);
        output
            .status
            .success()
            .then(|| text.split_whitespace().last().map(str::to_owned))?
    }

    /// Installs it as cargo's user would.
    pub(crate) fn install(self) -> Result<(), String> {
        let mut command = crate::cargo();
        command.args(["install", "--locked", self.package()]);
        let status = command.status();
        status
            .is_ok_and(|status| status.success())
            .then_some(())
            .ok_or_else(|| format!("{command:?} fails; what cargo says stands above"))
    }

    /// What it holds against going from `base` to `head`.
    pub(crate) fn charges(
        self,
        base: &Path,
        head: &Path,
    ) -> Result<Vec<Charge>, String> {
        match self {
            Self::SemverChecks => {
                let release = |kind: &str| {
                    let mut command = self.command();
                    command.args(["--color", "never", "--release-type", kind]);
                    command.arg("--baseline-rustdoc").arg(base);
                    command.arg("--current-rustdoc").arg(head);
                    // 100: it found something.
                    self.printed(&mut command, &[0, 100])
                };
                Ok(failures(&release("patch")?, &release("minor")?))
            }
            Self::PublicApi => {
                let list = |json: &Path| {
                    let mut command = self.command();
                    // Without what every type has and what the compiler finds out of itself.
                    command
                        .args(["-ss", "--color", "never", "--rustdoc-json"])
                        .arg(json);
                    self.printed(&mut command, &[0])
                };
                Ok(gone(&list(base)?, &list(head)?))
            }
        }
    }

    fn printed(self, command: &mut Command, fine: &[i32]) -> Result<String, String> {
        let Output { status, stdout, stderr } = command
            .output()
            .map_err(|error| format!("{command:?} cannot be started: {error}"))?;
        if status.code().is_some_and(|code| fine.contains(&code)) {
            return Ok(String::from_utf8_lossy(&stdout).into_owned());
        }
        Err(format!(
            "{} does not take what this toolchain's rustdoc writes:\n{}\nhelp: `cargo install --locked {}` installs its newest version",
            self.package(),
            String::from_utf8_lossy(&stderr).trim_end(),
            self.package()
        ))
    }
}
