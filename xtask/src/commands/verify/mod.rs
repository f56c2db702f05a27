//! `cargo xtask verify` and `diff --verify`: what the report says of Rust, held against tools that look at the crate itself.
//!
//! The crate is made of both specs by this generator, over this runtime, so that nothing differs but what the specs do. The
//! report may be stricter than the tools, and is never milder.

mod bench;
mod charge;
mod examples;
mod held;
mod tools;

use std::fs;
use std::path::Path;

use front_codegen::generate;
use front_codegen::ir::Api;
use front_codegen::sync::Files;
use front_diff::report::bump::Needs;

use crate::cli::{Command, Entry, Outcome};
use crate::ui::{Ui, count};
use bench::Bench;
use charge::worst;
use examples::Which;
use held::Held;
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
    let held = tools(install, ui).and_then(|tools| rules(root, &tools, ui));
    held.unwrap_or_else(|why| {
        ui.wrong(format_args!("error: {why}"));
        Outcome::Unavailable
    })
}

/// Holds the version that a report on two APIs asks for against the tools. The sentence says that it holds, and is for
/// whoever reads the report; that it does not has been said.
pub(crate) fn change(
    root: &Path,
    [base, head]: [&Api; 2],
    ours: Needs,
    ui: &Ui,
) -> Result<String, Outcome> {
    let held = || {
        let tools = tools(false, ui)?;
        let bench = Bench::new(root)?;
        let base = bench.json("base", &crate_of(root, base)?, ui)?;
        let head = bench.json("head", &crate_of(root, head)?, ui)?;
        let held = |tool: Tool| {
            let theirs = tool.charges(&base, &head)?;
            Ok((tool, Held { name: "this change".to_owned(), ours, theirs }))
        };
        tools.into_iter().map(held).collect::<Result<Vec<_>, String>>()
    };
    let held = held().map_err(|why| {
        ui.wrong(format_args!("error: {why}"));
        Outcome::Unavailable
    })?;
    let mut said = format!("verified: {} by the report", ours.as_str());
    for (tool, held) in held {
        if let Some(complaint) = held.complaint(tool) {
            ui.wrong(complaint);
            return Err(Outcome::InternalError);
        }
        let theirs = worst(&held.theirs).as_str();
        said.push_str(&format!(", {theirs} by {}", tool.package()));
    }
    Ok(said)
}

/// The files of `front-api` with another generated half, by path under `src`.
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

/// The tools that are here, once what is missing was installed where that was asked for. What stays missing is said.
fn tools(install: bool, ui: &Ui) -> Result<Vec<Tool>, String> {
    let (mut here, mut missing) = (Vec::new(), Vec::new());
    for tool in Tool::ALL {
        match tool.version() {
            Some(version) => {
                ui.step(format_args!("{} {version}", tool.package()));
                here.push(tool);
            }
            None if install => {
                ui.say(format_args!("installing {}: some minutes", tool.package()));
                tool.install()?;
                here.push(tool);
            }
            None => missing.push(tool.package()),
        }
    }
    let help = "help: `cargo xtask verify --install` installs what is missing";
    if here.is_empty() {
        let names = missing.join(" nor ");
        return Err(format!("neither {names} is here to verify with\n{help}"));
    }
    for name in missing {
        ui.wrong(format_args!("warning: {name} is not here, and has no say\n{help}"));
    }
    Ok(here)
}

/// Holds what every rule's example needs against what the tools say of its module.
fn rules(root: &Path, tools: &[Tool], ui: &Ui) -> Result<Outcome, String> {
    let examples = examples::all()?;
    let bench = Bench::new(root)?;
    let json = |name, which| bench.json(name, &examples::files(&examples, which)?, ui);
    let base = json("examples-base", Which::Base)?;
    let head = json("examples-head", Which::Head)?;
    let mut outcome = Outcome::Success;
    for &tool in tools {
        let charges = tool.charges(&base, &head)?;
        let all = charges.len();
        let (held, strays) = examples::deal(&examples, charges);
        let mut alone = Vec::new();
        for one in &held {
            ui.detail(one);
            if let Some(complaint) = one.complaint(tool) {
                ui.wrong(complaint);
                outcome = Outcome::InternalError;
            }
            alone.extend(one.is_ours_alone().then_some(one.name.as_str()));
        }
        if !strays.is_empty() {
            let (tool, lines) = (tool.package(), charge::shown(&strays));
            ui.wrong(format_args!(
                "error: {tool} says this of no rule's example:{lines}"
            ));
            outcome = Outcome::InternalError;
        }
        ui.say(format_args!(
            "{}: {} about {}; major by the report alone: {}",
            tool.package(),
            count(all, "charge"),
            count(examples.len(), "example"),
            if alone.is_empty() { "none".to_owned() } else { alone.join(", ") }
        ));
    }
    Ok(outcome)
}
