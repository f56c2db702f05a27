//! The examples of all rules as one crate of each side: a module a rule, over one runtime.

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

use super::charge::Charge;
use super::held::Held;

/// The module that holds the rules'.
const MODULE: &str = "examples";

/// A rule's example, generated.
pub(crate) struct Example {
    /// The rule.
    pub(crate) rule: &'static Rule,
    /// What the report says that it needs.
    pub(crate) needs: Needs,
    base: Files,
    head: Files,
}

/// One of the sides.
#[derive(Clone, Copy)]
pub(crate) enum Which {
    Base,
    Head,
}

/// The examples of all rules.
pub(crate) fn all() -> Result<Vec<Example>, String> {
    catalog::all().into_iter().map(example).collect()
}

fn example(rule: &'static Rule) -> Result<Example, String> {
    let wrong = |why: String| format!("the example of {}: {why}", rule.id);
    let of = rule.example().map_err(|error| wrong(error.to_string()))?;
    let base = read(of.before).map_err(wrong)?;
    let head = read(of.after).map_err(wrong)?;
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

/// The files of a side, by path under `src`.
///
/// Every rule's module has a `Client` of its own, since the calls of a resource hang on it: all else of the runtime is one
/// for all. The runtime itself is made for the small spec.
pub(crate) fn files(all: &[Example], which: Which) -> Result<Files, String> {
    let (_, small) = read(small().and_then(texts).map_err(|error| error.to_string())?)?;
    let mut files = Files::new();
    for (path, text) in generate(&small).iter() {
        files.insert(format!("generated/{path}"), text);
    }
    let mut list = String::new();
    for one in all {
        let module = module(one.rule);
        let _infallible = writeln!(list, "pub mod {module};");
        let of = match which {
            Which::Base => &one.base,
            Which::Head => &one.head,
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

/// Deals out to each rule's example what a tool says of its module. What it says of none of them comes second.
pub(crate) fn deal(
    all: &[Example],
    mut charges: Vec<Charge>,
) -> (Vec<Held>, Vec<Charge>) {
    let held = |one: &Example| {
        let module = module(one.rule);
        let its = |charge: &mut Charge| module_in(&charge.what) == Some(&module);
        let theirs = charges.extract_if(.., its).collect();
        Held { name: one.rule.id.to_owned(), ours: one.needs, theirs }
    };
    (all.iter().map(held).collect(), charges)
}

/// The module of a rule: `field_removed`.
fn module(rule: &Rule) -> String {
    rule.id.replace('-', "_")
}

/// The rule's module that a line of a tool's speaks of: it names a path, or a file.
fn module_in(line: &str) -> Option<&str> {
    let marks = ["::examples::", "src/examples/", "src\\examples\\"];
    let (_, rest) = marks.iter().find_map(|mark| line.rsplit_once(mark))?;
    let end = rest.find(|c: char| c != '_' && !c.is_ascii_alphanumeric());
    Some(&rest[..end.unwrap_or(rest.len())])
}

/// The crate: the runtime with what it is made for, and the examples.
const LIB: &str = "\
mod generated;
mod rt;
pub mod examples;
pub use generated::*;
pub use rt::*;
";

/// What a rule's module has of the runtime.
const CLIENT: &str = "
pub use rt::Client;

pub(crate) mod rt {
    pub(crate) use crate::rt::*;

    /// A client of its own, on which the calls of this module hang.
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
