//! The examples of all rules as one crate for each side: a module for each rule, with one runtime.

use std::fmt::Write as _;

use front_codegen::ir::Api;
use front_codegen::spec::Spec;
use front_codegen::sync::Files;
use front_codegen::{generate, resolve, spec};
use front_diff::catalog;
use front_diff::diff;
use front_diff::example::{small, texts};
use front_diff::report::bump::Needs;
use front_diff::rule::Rule;

use super::evidence::Evidence;
use super::verdict::Verdict;

/// The module that contains the modules of the rules.
const MODULE: &str = "examples";

/// The generated example of a rule.
pub(crate) struct Example {
    /// The rule.
    pub(crate) rule: &'static Rule,
    /// The version bump that the report requires.
    pub(crate) needs: Needs,
    base: Files,
    head: Files,
}

/// A side of the example.
#[derive(Clone, Copy)]
pub(crate) enum Side {
    Base,
    Head,
}

/// Returns the examples of all rules.
pub(crate) fn all() -> Result<Vec<Example>, String> {
    catalog::all().into_iter().map(example).collect()
}

fn example(rule: &'static Rule) -> Result<Example, String> {
    let with_rule = |why: String| format!("the example of {}: {why}", rule.id);
    let of = rule.example().map_err(|error| with_rule(error.to_string()))?;
    let base = read(of.before).map_err(with_rule)?;
    let head = read(of.after).map_err(with_rule)?;
    let found = diff(&base.1, &head.1);
    Ok(Example {
        rule,
        needs: Needs::of(&found),
        base: generate(&base.1),
        head: generate(&head.1),
    })
}

fn read(texts: Vec<(String, String)>) -> Result<(Spec, Api), String> {
    let (spec, _) = spec::read_texts(texts)
        .map_err(|unread| unread.problems.render(&unread.sources, false))?;
    let (api, problems) = resolve::resolve(&spec);
    let api = api.ok_or_else(|| problems.render(&spec.sources, false))?;
    Ok((spec, api))
}

/// Returns the files of a side, by path under `src`.
///
/// Every rule's module has its own `Client`, because the calls of a resource are its methods. The modules share the rest of
/// the runtime, which is generated for the small spec.
pub(crate) fn files(all: &[Example], side: Side) -> Result<Files, String> {
    let (_, small) = read(small().and_then(texts).map_err(|error| error.to_string())?)?;
    let mut files = Files::new();
    for (path, text) in generate(&small).iter() {
        files.insert(format!("generated/{path}"), text);
    }
    let mut list = String::new();
    for one in all {
        let module = module(one.rule);
        let _infallible = writeln!(list, "pub mod {module};");
        let of = match side {
            Side::Base => &one.base,
            Side::Head => &one.head,
        };
        for (path, text) in of.iter() {
            let mut text = text
                .replace("crate::generated", &format!("crate::{MODULE}::{module}"))
                .replace("crate::rt", &format!("crate::{MODULE}::{module}::rt"));
            if path == "mod.rs" {
                text.push_str(CLIENT);
            }
            files.insert(format!("{MODULE}/{module}/{path}"), text);
        }
    }
    files.insert(format!("{MODULE}/mod.rs"), list);
    files.insert("lib.rs", LIB);
    Ok(files)
}

/// Assigns the evidence of a tool to the examples of the rules. Also returns the evidence that belongs to no example.
pub(crate) fn assign(
    all: &[Example],
    mut evidence: Vec<Evidence>,
) -> (Vec<Verdict>, Vec<Evidence>) {
    let verdict = |one: &Example| {
        let module = module(one.rule);
        let is_own = |finding: &mut Evidence| module_in(&finding.what) == Some(&module);
        let own = evidence.extract_if(.., is_own).collect();
        Verdict { name: one.rule.id.to_owned(), reported: one.needs, evidence: own }
    };
    (all.iter().map(verdict).collect(), evidence)
}

/// Returns the module of a rule: `field_removed`.
fn module(rule: &Rule) -> String {
    rule.id.replace('-', "_")
}

/// Returns the rule's module in the path or file name of a tool's line.
fn module_in(line: &str) -> Option<&str> {
    let marks = ["::examples::", "src/examples/", "src\\examples\\"];
    let (_, rest) = marks.iter().find_map(|mark| line.rsplit_once(mark))?;
    let end = rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric());
    Some(&rest[..end.unwrap_or(rest.len())])
}

/// The root of the crate: the runtime with its generated code, and the examples.
const LIB: &str = "\
mod generated;
mod rt;
pub mod examples;
pub use generated::*;
pub use rt::*;
";

/// The runtime that a rule's module uses.
const CLIENT: &str = "
pub use rt::Client;

pub(crate) mod rt {
    pub(crate) use crate::rt::*;

    /// The client of this module, with its calls as methods.
    pub struct Client<G = crate::rt::Everything>(pub(crate) crate::rt::Client<G>);
}
";

#[cfg(test)]
mod tests {
    use super::module_in;

    #[test]
    fn a_line_names_its_rule() {
        for (line, module) in [
            (
                "pub fn front_api::examples::field_removed::tags::Tag::name()",
                Some("field_removed"),
            ),
            (
                "field name of struct Tag, previously in file /examples/src/examples/case_added/tags.rs:4",
                Some("case_added"),
            ),
            (
                "field x of struct Y, previously in file C:\\src\\examples\\case_added\\tags.rs:4",
                Some("case_added"),
            ),
            ("pub struct front_api::Client<G>", None),
        ] {
            assert_eq!(module_in(line), module, "{line}");
        }
    }
}
