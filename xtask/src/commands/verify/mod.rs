//! `cargo xtask verify` and `diff --verify`: compare the report's verdict on Rust with tools that inspect the crate itself.
//!
//! The crates of both specs use the same generator and runtime, so that only the specs make a difference. The report may be
//! stricter than the tools, and must never be less strict.

mod scratch_crate;
mod evidence;
mod examples;
mod verdict;
mod tools;

use std::fs;
use std::path::Path;

use front_codegen::generate;
use front_codegen::ir::Api;
use front_codegen::sync::Files;
use front_diff::report::bump::Needs;

use crate::cli::{Command, Entry, Outcome};
use crate::ui::{Ui, count};
use scratch_crate::ScratchCrate;
use evidence::worst;
use examples::Side;
use verdict::Verdict;
use tools::Tool;

pub(crate) const ENTRY: Entry = Entry {
    name: "verify",
    summary: "Compare the diff's verdicts on Rust with two independent tools",
    usage: "",
    arguments: &[(
        "--install",
        "Install cargo-semver-checks and cargo-public-api if they are missing (some minutes each)",
    )],
    new: || Box::<Verify>::default(),
};

/// The arguments.
#[derive(Debug, Default)]
struct Verify {
    install: bool,
}

impl Command for Verify {
    fn option(
        &mut self,
        name: &str,
        _: &mut lexopt::Parser,
    ) -> Result<bool, lexopt::Error> {
        self.install |= name == "install";
        Ok(name == "install")
    }

    fn run(self: Box<Self>, root: &Path, ui: &Ui) -> Outcome {
        run(root, self.install, ui)
    }
}

/// Compares the verdict of every rule on its example with those of the tools.
fn run(root: &Path, install: bool, ui: &Ui) -> Outcome {
    let outcome = tools(install, ui).and_then(|tools| rules(root, &tools, ui));
    outcome.unwrap_or_else(|why| {
        ui.error(format_args!("error: {why}"));
        Outcome::Unavailable
    })
}

/// Compares the version bump that a report on two APIs requires with the tools. Returns a sentence for the report if the tools
/// agree. Errors have been reported.
pub(crate) fn change(
    root: &Path,
    [base, head]: [&Api; 2],
    reported: Needs,
    ui: &Ui,
) -> Result<String, Outcome> {
    let verdicts = || {
        let tools = tools(false, ui)?;
        let scratch_crate = ScratchCrate::new(root)?;
        let base = scratch_crate.json("base", &crate_of(root, base)?, ui)?;
        let head = scratch_crate.json("head", &crate_of(root, head)?, ui)?;
        let verdict = |tool: Tool| {
            let evidence = tool.evidence(&base, &head)?;
            Ok((tool, Verdict { name: "this change".to_owned(), reported, evidence }))
        };
        tools.into_iter().map(verdict).collect::<Result<Vec<_>, String>>()
    };
    let verdicts = verdicts().map_err(|why| {
        ui.error(format_args!("error: {why}"));
        Outcome::Unavailable
    })?;
    let mut summary = format!("verified: {} by the report", reported.as_str());
    for (tool, verdict) in verdicts {
        if let Some(error_message) = verdict.error_message(tool) {
            ui.error(error_message);
            return Err(Outcome::InternalError);
        }
        let required = worst(&verdict.evidence).as_str();
        summary.push_str(&format!(", {required} by {}", tool.package()));
    }
    Ok(summary)
}

/// Returns the files of `front-api` with other generated code, by path under `src`.
fn crate_of(root: &Path, api: &Api) -> Result<Files, String> {
    let path = root.join("front-api/src/lib.rs");
    let lib = fs::read_to_string(&path)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    let mut files = Files::new();
    files.insert("lib.rs", lib);
    for (path, text) in generate(api).iter() {
        files.insert(format!("generated/{path}"), text);
    }
    Ok(files)
}

/// Returns the available tools. Missing tools are installed if requested, and reported otherwise.
fn tools(install: bool, ui: &Ui) -> Result<Vec<Tool>, String> {
    let (mut available, mut missing) = (Vec::new(), Vec::new());
    for tool in Tool::ALL {
        match tool.version() {
            Some(version) => {
                ui.step(format_args!("{} {version}", tool.package()));
                available.push(tool);
            }
            None if install => {
                ui.info(format_args!("installing {}: this takes some minutes", tool.package()));
                tool.install()?;
                available.push(tool);
            }
            None => missing.push(tool.package()),
        }
    }
    let help = "help: `cargo xtask verify --install` installs the missing tools";
    if available.is_empty() {
        let names = missing.join(" nor ");
        return Err(format!("no tool to verify with: neither {names} is installed\n{help}"));
    }
    for name in missing {
        ui.error(format_args!("warning: {name} is missing and was not used\n{help}"));
    }
    Ok(available)
}

/// Compares the version bump of every rule's example with the evidence of the tools.
fn rules(root: &Path, tools: &[Tool], ui: &Ui) -> Result<Outcome, String> {
    let examples = examples::all()?;
    let scratch_crate = ScratchCrate::new(root)?;
    let json = |name, side| scratch_crate.json(name, &examples::files(&examples, side)?, ui);
    let base = json("examples-base", Side::Base)?;
    let head = json("examples-head", Side::Head)?;
    let mut outcome = Outcome::Success;
    for &tool in tools {
        let findings = tool.evidence(&base, &head)?;
        let all = findings.len();
        let (verdicts, unassigned) = examples::assign(&examples, findings);
        let mut only_report = Vec::new();
        for one in &verdicts {
            ui.detail(one);
            if let Some(error_message) = one.error_message(tool) {
                ui.error(error_message);
                outcome = Outcome::InternalError;
            }
            only_report.extend(one.is_stricter().then_some(one.name.as_str()));
        }
        if !unassigned.is_empty() {
            let (tool, lines) = (tool.package(), evidence::lines_of_worst(&unassigned));
            ui.error(format_args!(
                "error: these findings of {tool} belong to no rule's example:{lines}"
            ));
            outcome = Outcome::InternalError;
        }
        ui.info(format_args!(
            "{}: {} in {}; major only by the report: {}",
            tool.package(),
            count(all, "finding"),
            count(examples.len(), "example"),
            if only_report.is_empty() { "none".to_owned() } else { only_report.join(", ") }
        ));
    }
    Ok(outcome)
}
