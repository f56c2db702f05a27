//! Every kind of change has a page, whose example is found as the page says; and the other way round as its mirror.
//!
//! An example is a change of the small spec (`Before`, which may be missing), and a change of that (`After`). `BLESS=1` writes
//! what is said into the pages.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use front_codegen::ir::Api;
use front_codegen::spec::Spec;
use front_codegen::{resolve, spec};
use front_diff::catalog::{all, named};
use front_diff::report::{Versions, report, text};
use front_diff::rule::{Mirror, Rule};
use front_diff::{Diff, diff};

fn read(texts: Vec<(String, String)>) -> (Spec, Api) {
    let (spec, problems) = spec::read_texts(texts).unwrap();
    let (api, meaning) = resolve::resolve(&spec);
    let errors = problems.has_errors() || meaning.has_errors();
    assert!(
        !errors,
        "{}{}",
        problems.render(&spec.sources, false),
        meaning.render(&spec.sources, false)
    );
    (spec, api.unwrap())
}

fn said(found: &Diff) -> String {
    assert!(found.unexplained.is_empty(), "nobody explains {:#?}", found.unexplained);
    let lines: Vec<String> = found.findings.iter().map(ToString::to_string).collect();
    lines.join("\n")
}

fn page_is_true(rule: &Rule) {
    let example = rule.example().unwrap();
    let (old, new) = (read(example.before), read(example.after));
    let old = &old.1;
    let new = &new.1;
    let found = diff(old, new);
    let text = said(&found);
    let ids: Vec<&str> = found.findings.iter().map(|finding| finding.rule.id).collect();
    assert!(ids.contains(&rule.id), "{}: finds {ids:?}", rule.id);
    let (head, rest) = rule.page.split_once("## Says\n\n```text\n").unwrap();
    let (known, tail) = rest.split_once("```").unwrap();
    if std::env::var_os("BLESS").is_some() {
        let path = front_tests::root().join("codegen/diff/src/explain");
        let page = format!("{head}## Says\n\n```text\n{text}\n```{tail}");
        fs::write(path.join(format!("{}.md", rule.id)), page).unwrap();
    } else {
        assert_eq!(known.trim_end(), text, "{}", rule.id);
    }
    let back = diff(new, old);
    said(&back);
    let ids: Vec<&str> = back.findings.iter().map(|finding| finding.rule.id).collect();
    let mirror = match rule.mirror {
        Mirror::Itself => rule.id,
        Mirror::Of(other) => other,
        Mirror::Waived(_) => return,
    };
    assert!(ids.contains(&mirror), "{}: the other way round {ids:?}", rule.id);
    for side in [old, new] {
        assert_eq!(said(&diff(side, side)), "", "{}: with itself", rule.id);
    }
}

#[test]
fn every_page_is_true() {
    let rules = all();
    assert!(!rules.is_empty());
    let failed: Vec<&str> = rules
        .iter()
        .filter(|rule| std::panic::catch_unwind(|| page_is_true(rule)).is_err())
        .map(|rule| rule.id)
        .collect();
    assert!(failed.is_empty(), "{failed:?}");
}

#[test]
fn every_id_is_one_rule_and_every_mirror_is_there() {
    let mut ids: Vec<&str> = all().iter().map(|rule| rule.id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    for rule in all() {
        if let Mirror::Of(other) = rule.mirror {
            let back = named(other).unwrap_or_else(|| panic!("{}: no {other}", rule.id));
            assert!(
                matches!(back.mirror, Mirror::Of(id) if id == rule.id),
                "{other} does not mirror {}",
                rule.id
            );
        }
    }
}

/// Words of a sentence that says what goes wrong.
const HARM: &[&str] = &[
    "Front refuses",
    "may refuse",
    "or refuse",
    "take it otherwise",
    "fail",
    "cannot read",
    "miss",
    "in vain",
    "give an error",
    "not found",
    "may lack",
];

/// A sentence that says what goes wrong on an axis, and a title that does not name the axis, contradict each other.
#[test]
fn a_title_names_every_axis_on_which_something_goes_wrong() {
    let mut silent = Vec::new();
    let mut checked = 0;
    for rule in all() {
        let example = rule.example().unwrap();
        let (old, new) = (read(example.before), read(example.after));
        let sides = [&old.1, &new.1];
        for [base, head] in [sides, [sides[1], sides[0]]] {
            let found = diff(base, head);
            for finding in found.findings {
                let id = finding.rule.id;
                let axes: Vec<&str> = finding
                    .notes
                    .iter()
                    .filter(|(_, note)| HARM.iter().any(|word| note.contains(word)))
                    .map(|(axis, _)| *axis)
                    .filter(|axis| *axis == "wire")
                    .collect();
                let one = Diff { findings: vec![finding], unexplained: Vec::new() };
                let told = report(&one, base, head, Versions::default(), &[]);
                let shown = text(&told, false, true);
                let title = shown.lines().find(|line| line.contains(&format!("[{id}]")));
                let title =
                    title.unwrap_or_default().split('[').next().unwrap().to_owned();
                checked += axes.len();
                silent.extend(
                    axes.iter()
                        .filter(|axis| !title.contains(**axis))
                        .map(|axis| format!("{id}: {title}, and not {axis}")),
                );
            }
        }
    }
    silent.sort_unstable();
    silent.dedup();
    assert!(checked > 50, "{checked}");
    assert!(silent.is_empty(), "{silent:#?}");
}
