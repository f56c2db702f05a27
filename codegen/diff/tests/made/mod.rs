//! A report on changes that were made by hand: what it tells is tested apart from what a comparison finds.

#![allow(dead_code, reason = "not every test needs all of it")]

use front_codegen::ir::Api;
use front_codegen::source::Step;
use front_codegen::spec::Ack;
use front_codegen::spec::Spec;
use front_codegen::{resolve, spec};
use front_diff::Diff;
use front_diff::example;
use front_diff::finding::{
    At, Axes, Finding, Operational, Permission, Reach, Rust, Subject, Wire,
};
use front_diff::report::{Report, Versions, report};
use front_diff::rule::{Mirror, Rule};
use semver::Version;

const TAGS: &str = "spec/resources/tags.yaml";

macro_rules! rule {
    ($name:ident, $id:literal) => {
        pub(crate) static $name: Rule = Rule {
            id: $id,
            about: "",
            effects: &[],
            mirror: Mirror::Waived("made by hand"),
            page: "",
        };
    };
}
rule!(REMOVED, "operation-removed");
rule!(OPTIONAL, "body-field-became-optional");
rule!(CAPABILITY, "capability-changed");
rule!(TIGHTER, "body-constraint-tightened");
rule!(VALUE, "enum-value-added");
rule!(ABOUT, "about-changed");

pub(crate) fn read(change: Option<&str>) -> (Spec, Api) {
    let mut files = example::small().unwrap();
    if let Some(change) = change {
        let tags = files.get_mut("resources/tags.yaml").unwrap();
        example::merge(tags, serde_yaml::from_str(change).unwrap());
    }
    let (spec, _) = spec::read_texts(example::texts(files).unwrap()).unwrap();
    let api = resolve::resolve(&spec).0.unwrap();
    (spec, api)
}

fn at(path: &[&str]) -> Option<At> {
    let path = path.iter().map(|key| Step::from(*key)).collect();
    Some(At { file: TAGS.to_owned(), path })
}

fn finding(
    rule: &'static Rule,
    kind: &'static str,
    id: &str,
    message: &str,
    axes: Axes,
) -> Finding {
    Finding {
        rule,
        subject: Subject { kind, id: id.to_owned(), resource: "tags".to_owned() },
        axes,
        old: None,
        new: None,
        at: None,
        was: None,
        reach: Reach::default(),
        message: message.to_owned(),
        notes: Vec::new(),
        explains: Vec::new(),
    }
}

/// One of each kind, worst first.
pub(crate) fn findings() -> Vec<Finding> {
    let none = Axes::default();
    let mut removed = finding(
        &REMOVED,
        "operation",
        "tags.get",
        "`tags.get` is gone; it was not deprecated before",
        Axes { rust: Rust::Major, wire: Wire::Break, ..none },
    );
    removed.old = Some("GET /tags/{tag_id}".to_owned());
    removed.was = at(&["endpoints", "get"]);
    removed.notes = vec![(
        "wire",
        "released versions call what Front may not answer any more".into(),
    )];
    let mut optional = finding(
        &OPTIONAL,
        "field",
        "CreateTag.name",
        "`CreateTag.name` need not be given any more",
        Axes { rust: Rust::Major, wire: Wire::Additive, ..none },
    );
    optional.old = Some("required string".to_owned());
    optional.new = Some("string".to_owned());
    optional.at = at(&["types", "CreateTag", "fields", "name"]);
    optional.was = optional.at.clone();
    optional.reach.operations = vec!["tags.create".to_owned()];
    optional.notes = vec![("rust", "`Tags::create` loses an argument".to_owned())];
    let mut all = vec![removed, optional];
    for name in ["list", "create"] {
        let mut capability = finding(
            &CAPABILITY,
            "operation",
            &format!("tags.{name}"),
            &format!("`tags.{name}` needs `tags:write` now, and not `tags:read`"),
            Axes { permission: Permission::Wider, ..none },
        );
        capability.old = Some("tags:read".to_owned());
        capability.new = Some("tags:write".to_owned());
        capability.at = at(&["endpoints", name, "capability"]);
        capability.was = capability.at.clone();
        capability.notes =
            vec![("permission", "a token with only `tags:read` gets 403".to_owned())];
        all.push(capability);
    }
    let mut tighter = finding(
        &TIGHTER,
        "field",
        "CreateTag.description",
        "`CreateTag.description` takes 64 characters, and not 128",
        Axes { operational: Operational::Tighter, ..none },
    );
    tighter.old = Some("128".to_owned());
    tighter.new = Some("64".to_owned());
    tighter.at = at(&["types", "CreateTag", "fields", "description"]);
    all.push(tighter);
    let mut value = finding(
        &VALUE,
        "value",
        "SortOrder.random",
        "`SortOrder` gains `random`",
        Axes { rust: Rust::Minor, wire: Wire::Additive, ..none },
    );
    value.new = Some("random".to_owned());
    value.at = at(&["types", "SortOrder", "values"]);
    value.reach.operations = vec!["tags.list".to_owned()];
    all.push(value);
    for name in ["Tag", "SortOrder"] {
        let message = format!("`{name}` is described in other words");
        let mut about = finding(&ABOUT, "type", name, &message, none);
        about.at = at(&["types", name, "about"]);
        all.push(about);
    }
    all
}

pub(crate) fn versions(base: &str, head: &str) -> Versions {
    Versions { base: Version::parse(base).ok(), head: Version::parse(head).ok() }
}

pub(crate) fn ack(id: &str, rule: &str, subject: &str) -> Ack {
    Ack {
        id: id.to_owned(),
        rule: rule.to_owned(),
        subject: subject.to_owned(),
        reason: "Front answers 404 since May.".to_owned(),
    }
}

pub(crate) fn of(findings: Vec<Finding>, versions: Versions, acks: &[Ack]) -> Report {
    let base = read(None);
    let head = read(Some(
        "endpoints:\n  get: null\n  list:\n    capability: tags:write\ntypes:\n  CreateTag:\n    fields:\n      name: string\n  SortOrder:\n    values: [asc, desc, random]\n",
    ));
    let diff = Diff { findings, unexplained: Vec::new() };
    let base = &base.1;
    let head = &head.1;
    report(&diff, base, head, versions, acks)
}

pub(crate) fn sample() -> Report {
    let unused = ack("0123456789ab", "operation-removed", "tags.old");
    of(findings(), versions("0.4.2", "0.4.3"), &[unused])
}
